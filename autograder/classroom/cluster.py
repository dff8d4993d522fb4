"""Calificar en muchas máquinas, con Dask: quién puede, qué lleva cada una, y qué vuelve."""

from __future__ import annotations

import asyncio
import logging
import queue
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from ..checks.fashion_mnist import location
from ..common.errors import CursoError
from ..common.extras import missing
from ..sandbox.flavours import Flavour
from ..submission.jobs import Graded, Job
from ..submission.outputs import one_line
from . import cluster_worker
from .build import build, differences
from .carried import FailedElsewhere, NotCarried, packed_job, result_from
from .pools import SLACK_SECONDS
from .workers import LOOK_AHEAD, WorkerDied

LOCAL = "local:"
CONNECT_SECONDS = 15.0
READY_SECONDS = 120.0  # For a machine to prove what it is; it may be importing for the first time.
GRACE_SECONDS = 60.0  # For a machine, or the scheduler, to come back before a class is left.
LOOK_SECONDS = 1.0  # Between two looks at which machines there are.
MOST_LOSSES = 3  # Machines that went away with a job before the job is thought to be why.
# What a machine sends back is read as data: nothing that could be code is opened here.
DATA_ONLY = ["dask", "msgpack"]


@dataclass
class _Machine:
    """A worker of Dask's that has proved what it is."""

    address: str
    room: int
    given: set[int] = field(default_factory=set)


@dataclass
class _Given:
    """A job on its way, by its number."""

    job: Job
    number: int
    losses: int = 0
    machine: str = ""
    future: Any = None


class Cluster:
    """A pool of many machines. Only this process writes; each of them gets a few jobs at a time.

    Parameters
    ----------
    address : str
        Of Dask's scheduler, as in ``tcp://10.0.0.1:8786`` or ``tls://…``; ``local:4`` starts one
        here, with four workers.
    tell : callable
        Hears, in Spanish, which machines are refused and why, and which went away.
    """

    def __init__(self, address: str, tell: Callable[[str], None] = lambda line: None) -> None:
        self._address, self._tell = address, tell
        self._local: Any = None
        self._client: Any = None
        self._isolated = True
        self._machines: dict[str, _Machine] = {}
        self._asked: dict[str, Any] = {}  # Those that are proving what they are.
        self._refused: dict[str, str] = {}
        self._flavours: list[str] = []
        self._done: queue.SimpleQueue = queue.SimpleQueue()
        self._given: dict[int, _Given] = {}
        self._looked = 0.0

    def check(self, isolated: bool) -> None:
        self._isolated = isolated
        if self._client is None:
            self._connect()
        end = time.monotonic() + READY_SECONDS
        while not self._machines and time.monotonic() < end:
            self._look()
            if not self._machines and self._refused and not self._asked:
                break
            time.sleep(0.1)
        if not self._machines:
            reasons = "; ".join(f"{at}: {why}" for at, why in self._refused.items())
            reasons = reasons or "no hay ninguna (se arrancan con «dask worker» y esta dirección)"
            raise CursoError(f"ninguna máquina de {self._address} puede calificar: {reasons}")

    def expect(self, flavour: Flavour) -> None:
        self._flavours.append(flavour.name)
        for address in self._machines:
            self._at(address, cluster_worker.expect, flavour.name)

    def run(
        self, jobs: Iterable[Job], notebook_seconds: float
    ) -> Iterator[tuple[Job, Graded | Exception]]:
        source, numbers = iter(jobs), count()
        again: deque[_Given] = deque()
        seconds, more, alone_since = notebook_seconds + SLACK_SECONDS, True, time.monotonic()
        while True:
            again.extend(self._look())
            while (machine := self._freest()) and (again or more):
                if again:
                    self._give(machine, again.popleft(), seconds)
                elif (job := next(source, None)) is not None:
                    self._give(machine, _Given(job, next(numbers)), seconds)
                else:
                    more = False
            if not self._given and not again and not more:
                return
            if self._machines:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > GRACE_SECONDS:
                raise CursoError(
                    f"no queda ninguna máquina en {self._address}; lo calificado está anotado: "
                    "repite la orden cuando vuelvan, y seguirá donde se quedó"
                )
            with suppress(queue.Empty):
                number, future = self._done.get(timeout=LOOK_SECONDS)
                given = self._given.get(number)
                if given is None or given.future is not future:
                    continue  # It was given to another machine meanwhile.
                result = self._result(given)
                if result is None:
                    again.append(given)
                else:
                    yield given.job, result

    def close(self) -> None:
        """Leave the machines, at rest; those that were started here, end."""
        if self._client is not None and self._machines:
            with suppress(Exception):
                self._client.run(cluster_worker.rest, workers=list(self._machines))
        for one in (self._client, self._local):
            if one is not None:
                with suppress(Exception):
                    one.close(timeout=5)
        self._client = self._local = None

    def _connect(self) -> None:
        try:
            import dask
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise CursoError(f"para calificar en varias máquinas {missing('dask')}") from error
        # What there is to read is ours, also from the workers that are started here.
        dask.config.set({"logging.distributed": "critical"})
        for name in list(logging.root.manager.loggerDict):
            if name.partition(".")[0] in ("distributed", "tornado"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        address = self._address
        if address.startswith(LOCAL):
            number = address.removeprefix(LOCAL)
            if not number.isascii() or not number.isdigit() or not 0 < int(number) <= 256:
                raise CursoError(
                    f"--cluster local:N pide cuántos procesos, de 1 a 256; llegó «{address}»"
                )
            self._local = LocalCluster(
                n_workers=int(number),
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                host="127.0.0.1",
                memory_limit=0,
            )
            address = self._local.scheduler_address
        elif not address.startswith(("tcp://", "tls://")):
            raise CursoError(
                "--cluster pide la dirección del planificador de Dask, como tcp://10.0.0.1:8786, "
                f"o local:N; llegó «{one_line(address, 80)}»"
            )
        try:
            with ThreadPoolExecutor(1) as apart:  # A notebook has a loop running in its own thread.
                apart.submit(asyncio.run, _reach(address)).result()
            self._client = Client(
                address,
                timeout=CONNECT_SECONDS,
                set_as_default=False,
                deserializers=DATA_ONLY,
                serializers=[*DATA_ONLY, "pickle"],
            )
        except CursoError:
            raise
        except Exception as error:
            said = one_line(str(error) or type(error).__name__, 160)
            raise CursoError(
                f"no hay un planificador de Dask en {address} ({said}); arráncalo con "
                "«dask scheduler», o revisa la dirección"
            ) from error

    def _at(self, address: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call in one machine, and in no other."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # That a submission is large: it travels once.
            return self._client.submit(
                function, *arguments, workers=[address], allow_other_workers=False, pure=False
            )

    def _look(self) -> list[_Given]:
        """Ask new machines what they are, let in those that answered, and miss those that left.

        Returns
        -------
        list of _Given
            What those that left were doing.
        """
        if time.monotonic() - self._looked < LOOK_SECONDS and self._machines:
            return []
        self._looked = time.monotonic()
        present = self._present()
        for address, room in present.items():
            if address not in {*self._machines, *self._asked, *self._refused}:
                asked = self._at(address, cluster_worker.introduce, self._isolated)
                self._asked[address] = asked, room, time.monotonic()
        for address, (asked, room, since) in list(self._asked.items()):
            late = time.monotonic() - since > READY_SECONDS
            if address not in present:
                del self._asked[address]
            elif asked.status != "pending" or late:
                del self._asked[address]
                self._let_in(address, asked, room)
        for address in self._refused.keys() - present.keys():
            del self._refused[address]  # Another may come with its address.
        lost = []
        for address in self._machines.keys() - present.keys():
            self._tell(f"la máquina {address} se fue; lo que hacía pasa a las demás")
            for number in self._machines.pop(address).given:
                given = self._given.pop(number)
                given.losses += 1
                lost.append(given)
        return lost

    def _present(self) -> dict[str, int]:
        """How many notebooks at once each of Dask's workers takes, by its address."""
        if self._client is None or self._client.status == "closed":
            with suppress(CursoError):
                if self._local is None:
                    self._connect()
        if self._client is None or self._client.status != "running":
            return {}
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
        except Exception:
            return {}
        return {address: max(1, int(about["nthreads"])) for address, about in workers.items()}

    def _let_in(self, address: str, asked: Any, room: int) -> None:
        """Let a machine grade, if it is as this one, and can isolate."""
        problem = ""
        try:
            theirs = asked.result(timeout=CONNECT_SECONDS)
            if not isinstance(theirs, dict):
                raise TypeError
            if different := differences(build(), theirs):
                problem = f"no tiene lo mismo que esta máquina: {different}"
            elif "problem" in theirs:
                problem = f"no puede aislar los cuadernos: {one_line(str(theirs['problem']), 200)}"
            else:
                self._send_data(address)
                for flavour in self._flavours:
                    self._at(address, cluster_worker.expect, flavour)
        except Exception as error:
            said = one_line(str(error), 120) or type(error).__name__
            problem = f"no supo decir qué tiene, ¿le falta el curso? ({said})"
        if problem:
            self._refused[address] = problem
            self._tell(f"la máquina {address} no califica: {problem}")
        else:
            self._machines[address] = _Machine(address, room * (1 + LOOK_AHEAD))

    def _send_data(self, address: str) -> None:
        """Fashion-MNIST, once, to a machine that has none."""
        from conv2d_lib.datasets.sets import FASHION_MNIST_FILES

        names, folder = list(FASHION_MNIST_FILES), location()
        if not all((folder / name).is_file() for name in names):
            return
        if not self._client.run(cluster_worker.has_data, names, workers=[address])[address]:
            files = {name: (folder / name).read_bytes() for name in names}
            self._client.run(cluster_worker.take_data, files, workers=[address])

    def _freest(self) -> _Machine | None:
        """The machine with the least to do, if any has room for more."""
        machines = self._machines.values()
        machine = min(machines, key=lambda one: len(one.given) / one.room, default=None)
        return machine if machine and len(machine.given) < machine.room else None

    def _give(self, machine: _Machine, given: _Given, seconds: float) -> None:
        carried = packed_job(given.job)
        future = self._at(machine.address, cluster_worker.grade, carried, seconds)
        given.machine, given.future = machine.address, future
        self._given[given.number] = given
        machine.given.add(given.number)
        number = given.number
        future.add_done_callback(lambda future: self._done.put((number, future)))

    def _result(self, given: _Given) -> Graded | Exception | None:
        """What came of a job; None where it is to be given again."""
        self._given.pop(given.number)
        if given.machine in self._machines:
            self._machines[given.machine].given.discard(given.number)
        future, given.future = given.future, None
        if future.status == "finished":
            try:
                return result_from(future.result(timeout=READY_SECONDS))
            except NotCarried as error:
                return error
            except Exception:
                pass  # It was lost on its way here.
        given.losses += 1
        if given.losses < MOST_LOSSES:
            return None
        return WorkerDied(f"{MOST_LOSSES} máquinas se fueron mientras lo calificaban")


async def _reach(address: str) -> None:
    """See that somebody answers there: a client that nobody answers ends with a traceback."""
    from distributed.core import connect
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    if address.startswith("tls://") and arguments.get("ssl_context") is None:
        raise CursoError(
            "para una dirección tls:// hacen falta certificados: los dice docs/cluster.md, en «Con "
            "TLS»"
        )
    comm = await connect(address, timeout=CONNECT_SECONDS, **arguments)
    await comm.close()


__all__ = ["Cluster", "FailedElsewhere"]
