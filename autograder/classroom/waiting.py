"""Esperar a las máquinas sin callar: cuántas hay, hasta cuándo se espera y cómo se arranca otra."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from .reaching import LOCAL

SAY_SECONDS = 20.0  # Between two lines about the same wait.
PATIENT_SECONDS = 20.0  # Machines that are there prove what they are in less, as a rule.


class Waiting:
    """Says at once that nobody has come, and again every so often; of machines that are there and
    have not answered, only where they take long.

    Parameters
    ----------
    tell : callable
        Hears each line.
    address : str
        Where machines are waited for.
    """

    def __init__(self, tell: Callable[[str], None], address: str) -> None:
        self._tell, self._address = tell, address
        self.over()

    def over(self) -> None:
        """Somebody is there: the next wait is another."""
        self._began: float | None = None
        self._said: float | None = None

    def wait(self, silent: int, end: float) -> None:
        """It is being waited, until ``end`` of the monotonic clock, for ``silent`` machines that
        are there and for any other that comes.
        """
        now = time.monotonic()
        self._began = self._began if self._began is not None else now
        since = now - (self._began if self._said is None else self._said)
        if since < (SAY_SECONDS if self._said is not None else PATIENT_SECONDS if silent else 0):
            return
        self._said = now
        left = max(0.0, end - now)
        until = datetime.now() + timedelta(seconds=left)
        if silent:
            which = "una máquina que no ha" if silent == 1 else f"{silent} máquinas que no han"
            whom = f"hay {which} contestado todavía en {self._address}"
        else:
            whom = f"todavía no hay ninguna máquina que califique en {self._address}"
            if not self._address.startswith(LOCAL):
                whom += (
                    ": arranca una, en otra terminal o en otra máquina, con "
                    f"«dask worker {self._address} --memory-limit 0»"
                )
        self._tell(f"{whom}. Se espera hasta las {until:%H:%M:%S} ({left:.0f} s)")
