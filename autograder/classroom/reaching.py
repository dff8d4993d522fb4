"""Llegar al planificador de Dask de una dirección, o arrancar uno aquí, o decir por qué no."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..common.away import away
from ..common.errors import CursoError
from ..common.extras import missing
from ..common.one_line import one_line

LOCAL = "local:"
CONNECT_SECONDS = 15.0  # For there to be somebody.
ANSWER_SECONDS = 60.0  # For who is there to say that it is a scheduler: it may be busy, or slow.
# What a machine sends back is read as data: nothing that could be code is opened here.
DATA_ONLY = ["dask", "msgpack"]


def connected(address: str) -> tuple[Any, Any]:
    """A client of the scheduler there; and the cluster that was started here, where it asks so.

    Raises
    ------
    CursoError
        If there is none, or the address is none.
    """
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
    local: Any = None
    if address.startswith(LOCAL):
        number = address.removeprefix(LOCAL)
        if not number.isascii() or not number.isdigit() or not 0 < int(number) <= 256:
            raise CursoError(
                f"--cluster local:N pide cuántos procesos, de 1 a 256; llegó «{address}»"
            )
        with away():
            local = LocalCluster(
                n_workers=int(number),
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                host="127.0.0.1",
                memory_limit=0,
            )
        address = local.scheduler_address
    elif not address.startswith(("tcp://", "tls://")):
        raise CursoError(
            "--cluster pide la dirección del planificador de Dask, como tcp://10.0.0.1:8786, "
            f"o local:N; llegó «{one_line(address, 80)}»"
        )
    reached = False
    try:
        with ThreadPoolExecutor(1) as apart:  # A notebook has a loop running in its own thread.
            apart.submit(asyncio.run, _reach(address)).result()
        reached = True
        client = Client(
            address,
            timeout=ANSWER_SECONDS,
            set_as_default=False,
            deserializers=DATA_ONLY,
            serializers=[*DATA_ONLY, "pickle"],
        )
    except Exception as error:
        if local is not None:
            local.close(timeout=5)
        if isinstance(error, CursoError):
            raise
        if reached and isinstance(error, (OSError, asyncio.TimeoutError)):
            raise _silent(address) from error
        said = one_line(str(error) or type(error).__name__, 160)
        raise CursoError(
            f"no hay un planificador de Dask en {address} ({said}); arráncalo con "
            "«dask scheduler», o revisa la dirección"
        ) from error
    return client, local


async def _reach(address: str) -> None:
    """See that somebody answers there: a client that nobody answers ends with a traceback."""
    from distributed.core import connect
    from distributed.security import Security

    security = Security()
    for kind in ("ca_file", "client_cert", "client_key"):
        path = getattr(security, f"tls_{kind}")
        if path and "\n" not in path and not Path(path).is_file():  # It may be what it says, too.
            raise CursoError(
                f"no está el archivo «{one_line(path)}», que la configuración de TLS de Dask "
                "(DASK_DISTRIBUTED__COMM__TLS__…) nombra: revisa su ruta, entre comillas si lleva "
                "espacios"
            )
    arguments = security.get_connection_args("client")
    if address.startswith("tls://") and arguments.get("ssl_context") is None:
        raise CursoError(
            "para una dirección tls:// hacen falta certificados: los dice docs/cluster.md, en «Con "
            "TLS»"
        )
    reached = connect(address, timeout=CONNECT_SECONDS, **arguments)
    try:
        # Dask itself bounds the way there, and not the wait for a first word.
        comm = await asyncio.wait_for(reached, CONNECT_SECONDS + ANSWER_SECONDS)
    except asyncio.TimeoutError as error:
        raise _silent(address) from error
    await comm.close()


def _silent(address: str) -> CursoError:
    return CursoError(
        f"en {address} hay alguien, pero no contesta: si es el planificador y va lento o acaba de "
        "arrancar, repite la orden; si no, revisa la dirección"
    )
