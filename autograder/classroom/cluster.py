"""Calificar en muchas máquinas, con Dask: quién puede, qué lleva cada una, y qué vuelve."""

from __future__ import annotations

import asyncio
import math
import queue
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from itertools import count
from typing import Any

from ..checks.fashion_mnist import location
from ..common.errors import CursoError
from ..sandbox.flavours import Flavour
from ..submission.jobs import Graded, Job
from ..submission.outputs import one_line
from . import cluster_worker, reaching
from .build import build, differences
from .carried import FailedElsewhere, NotCarried, packed_job, result_from
from .machines import Given, Machine, Present
from .pools import SLACK_SECONDS
from .waiting import Waiting
from .workers import ATTEMPTS, LOOK_AHEAD, WorkerDied

READY_SECONDS = 120.0  # For the first machine to prove what it is; it may be importing for long.
GRACE_SECONDS = 60.0  # For a machine, or the scheduler, to come back before a class is left.
LOOK_SECONDS = 1.0  # Between two looks at which machines there are.
SAY_SECONDS = 10.0  # For the scheduler to say so.
MOST_THREADS = 256  # Of a machine that says it has more: what it is given is in memory here.
MOST_LOSSES = 3  # Machines that went away with a job before the job is thought to be why.
# What says that a machine, or what lies between, is slow: of the machine it says nothing. Before
# Python 3.11 those of asyncio's are not the language's own.
SLOW = (TimeoutError, asyncio.TimeoutError, OSError, asyncio.CancelledError, CancelledError)


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
        self._machines: dict[str, Machine] = {}
        self._asked: dict[str, tuple[Any, Present]] = {}  # Those that are proving what they are.
        self._refused: dict[str, str] = {}
        self._heard = True  # Whether the scheduler said which machines there are when last asked.
        self._flavours: list[str] = []
        self._done: queue.SimpleQueue = queue.SimpleQueue()
        self._given: dict[int, Given] = {}
        self._looked = 0.0
        self._longest = math.inf  # Seconds for a machine to answer the last of what it was given.
        self._silent = 0  # Machines that are there, and have not said what they are.
        self._waiting = Waiting(tell, address)

    def check(self, isolated: bool) -> None:
        self._isolated = isolated
        if self._client is None:
            self._connect()
        end = time.monotonic() + READY_SECONDS
        while not self._machines and time.monotonic() < end:
            self._look()
            if self._machines or (self._refused and not self._asked):
                break
            if self._heard:
                self._waiting.wait(self._silent, end)
            time.sleep(0.1)
        self._waiting.over()
        if not self._machines:
            silent = dict.fromkeys(self._asked, "no ha contestado todavía")
            found = {**silent, **self._refused}
            reasons = "; ".join(f"{at}: {why}" for at, why in found.items())
            reasons = reasons or "no hay ninguna (se arrancan con «dask worker» y esta dirección)"
            raise CursoError(f"ninguna máquina de {self._address} puede calificar: {reasons}")

    def expect(self, flavour: Flavour) -> None:
        self._flavours.append(flavour.name)
        for address in self._machines:
            self._at(address, cluster_worker.expect, flavour.name)

    def run(
        self, jobs: Iterable[Job], notebook_seconds: float, idle: Callable[[], None]
    ) -> Iterator[tuple[Job, Graded | Exception]]:
        source, numbers = iter(jobs), count()
        again: deque[Given] = deque()
        seconds, more, alone_since = notebook_seconds + SLACK_SECONDS, True, time.monotonic()
        self._longest = seconds * ATTEMPTS * (1 + LOOK_AHEAD) + READY_SECONDS
        while True:
            if time.monotonic() - self._looked >= LOOK_SECONDS:
                idle()  # To look is to wait, if the scheduler is slow.
            again.extend(self._look())
            while (machine := self._freest()) and (again or more):
                if again:
                    self._give(machine, again.popleft(), seconds)
                elif (job := next(source, None)) is not None:
                    self._give(machine, Given(job, next(numbers)), seconds)
                else:
                    more = False
            if not self._given and not again and not more:
                return
            if self._machines and self._heard:
                alone_since = time.monotonic()
                self._waiting.over()
            elif time.monotonic() - alone_since > self._patience:
                raise CursoError(
                    f"{'no queda ninguna máquina' if self._heard else 'no contesta nadie'} en "
                    f"{self._address}; lo calificado está anotado: "
                    "repite la orden cuando vuelvan, y seguirá donde se quedó"
                )
            elif self._heard:
                self._waiting.wait(self._silent, alone_since + self._patience)
            if self._done.empty():
                idle()
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
                    alone_since = time.monotonic()

    @property
    def _patience(self) -> float:
        """How long a class waits for a machine; longer for one that is there and has not answered
        yet, as one that is importing, or at the end of somebody else's notebook.
        """
        return READY_SECONDS + GRACE_SECONDS if self._asked else GRACE_SECONDS

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
        self._client, self._local = reaching.connected(self._address)

    def _at(self, address: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call in one machine, and in no other."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # That a submission is large: it travels once.
            return self._client.submit(
                function, *arguments, workers=[address], allow_other_workers=False, pure=False
            )

    def _look(self) -> list[Given]:
        """Ask new machines what they are, let in those that answered, and miss those that left.

        Returns
        -------
        list of Given
            What those that left were doing.
        """
        if time.monotonic() - self._looked < LOOK_SECONDS and self._machines:
            return []
        self._looked = time.monotonic()
        present = self._present()
        if present is None:
            return []  # Busy, or cut for a while: what was known of them is what is known.
        self._forget_those_that_left(present)
        self._silent = len(present.keys() - self._machines.keys() - self._refused.keys())
        for address, there in present.items():
            if address not in {*self._machines, *self._asked, *self._refused}:
                asked = self._at(address, cluster_worker.introduce, self._isolated)
                self._asked[address] = asked, there
        for address, (asked, there) in list(self._asked.items()):
            if asked.status != "pending":
                del self._asked[address]
                self._let_in(address, asked, there)
        lost = []
        for address, machine in list(self._machines.items()):
            gone = address not in present or present[address].folder != machine.folder
            if not gone and not self._is_stuck(machine):
                continue
            if not gone:
                self._refused[address] = "dejó de contestar"
            went = "se fue" if gone else "no contesta a lo que se le dio"
            self._tell(f"la máquina {address} {went}; lo que hacía pasa a las demás")
            for number in self._machines.pop(address).given:
                given = self._given.pop(number)
                given.losses += 1
                lost.append(given)
        return lost

    def _is_stuck(self, machine: Machine) -> bool:
        """Whether it has been longer with a job than any takes: it is there, and does nothing."""
        now = time.monotonic()
        return any(now - self._given[number].since > self._longest for number in machine.given)

    def _forget_those_that_left(self, present: dict[str, Present]) -> None:
        """Of those that were asked or refused: another may come with the same address."""
        for address, (_, there) in list(self._asked.items()):
            if present.get(address) != there:
                del self._asked[address]
        for address in self._refused.keys() - present.keys():
            del self._refused[address]

    def _present(self) -> dict[str, Present] | None:
        """What the scheduler itself says of Dask's workers; None where it cannot be asked now.

        Not ``Client.scheduler_info``: it gives what was said last, and every two seconds its client
        asks for no workers; where the scheduler is slow to answer, that is what it gives.
        """
        if self._client is None or self._client.status == "closed":
            with suppress(CursoError):
                if self._local is None:
                    self._connect()
        about: Any = None
        if self._is_connected():
            with suppress(Exception):
                identity = self._client.scheduler.identity
                about = self._client.sync(identity, callback_timeout=SAY_SECONDS)["workers"]
        self._heard = about is not None
        if about is None:
            return None
        return {
            address: Present(
                min(max(1, int(one["nthreads"])), MOST_THREADS), str(one["local_directory"])
            )
            for address, one in about.items()
        }

    def _is_connected(self) -> bool:
        return self._client is not None and self._client.status == "running"

    def _let_in(self, address: str, asked: Any, there: Present) -> None:
        """Let a machine grade, if it is as this one, and can isolate."""
        problem = ""
        try:
            theirs = asked.result(timeout=reaching.CONNECT_SECONDS)
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
            if isinstance(error, SLOW) or not self._is_connected():
                return  # At the next look it is asked again.
            said = one_line(str(error), 120) or type(error).__name__
            problem = f"no supo decir qué tiene, ¿le falta el curso? ({said})"
        if problem:
            self._refused[address] = problem
            self._tell(f"la máquina {address} no califica: {problem}")
        else:
            self._machines[address] = Machine(address, there.folder, there.room * (1 + LOOK_AHEAD))

    def _send_data(self, address: str) -> None:
        """Fashion-MNIST, once, to a machine that has none."""
        from conv2d_lib.datasets.sets import FASHION_MNIST_FILES

        names, folder = list(FASHION_MNIST_FILES), location()
        if not all((folder / name).is_file() for name in names):
            return
        if not self._client.run(cluster_worker.has_data, names, workers=[address])[address]:
            files = {name: (folder / name).read_bytes() for name in names}
            self._client.run(cluster_worker.take_data, files, workers=[address])

    def _freest(self) -> Machine | None:
        """The machine with the least to do, if any has room for more."""
        if not self._is_connected():
            return None
        machines = self._machines.values()
        machine = min(machines, key=lambda one: len(one.given) / one.room, default=None)
        return machine if machine and len(machine.given) < machine.room else None

    def _give(self, machine: Machine, given: Given, seconds: float) -> None:
        carried = packed_job(given.job)
        future = self._at(machine.address, cluster_worker.grade, carried, seconds)
        given.machine, given.future, given.since = machine.address, future, time.monotonic()
        self._given[given.number] = given
        machine.given.add(given.number)
        number = given.number
        future.add_done_callback(lambda future: self._done.put((number, future)))

    def _result(self, given: Given) -> Graded | Exception | None:
        """What came of a job; None where it is to be given again."""
        self._given.pop(given.number)
        if given.machine in self._machines:
            self._machines[given.machine].given.discard(given.number)
        future, given.future = given.future, None
        if future.status == "finished":
            try:
                return result_from(future.result(timeout=READY_SECONDS), given.job)
            except NotCarried as error:
                return error
            except Exception:
                pass  # It was lost on its way here.
        given.losses += 1
        if given.losses < MOST_LOSSES:
            return None
        return WorkerDied(f"{MOST_LOSSES} máquinas se fueron mientras lo calificaban")


__all__ = ["Cluster", "FailedElsewhere"]
