"""El juez: examina la función de un estudiante y escribe el veredicto en su propio registro."""

from __future__ import annotations

import logging
import secrets
import warnings
from collections.abc import Callable

import numpy as np

from ..common.errors import CursoError
from ..wire.protocol import Connection, Message, ProtocolError
from .check import UNWRITTEN, Check, Findings, Rejected, Unwritten
from .remote import Interrupted, Remote
from .telling import rich
from .telling.bounded import bounded
from .verdict import Refusal, Verdict

CUT_SHORT = "la comprobación se interrumpió antes de terminar (¿un bucle que no acaba?)"
BROKEN_RULES = "el cuaderno no respondió como se esperaba, y la comprobación no se completó"
OUR_FAULT = (
    "el corrector falló (no es culpa tuya): muestra esta línea a tu docente "
    "(comprobación {}, semilla {})"
)

NOT_LOADED = (
    "el juez no pudo cargar sus comprobaciones ({}); vuelve a instalar el curso o avisa a tu "
    "docente"
)

_logger = logging.getLogger(__name__)


def judge(check: Check, remote: Remote, seed: int | None = None) -> Verdict:
    """Examine one function.

    Parameters
    ----------
    check : Check
        What is asked.
    remote : Remote
        The function, wherever it runs.
    seed : int, optional
        For repeating a run; otherwise drawn afresh, out of the student's reach.

    Raises
    ------
    ProtocolError
        If the notebook breaks the rules of the conversation.
    """
    seed = secrets.randbits(64) if seed is None else seed
    findings = Findings(check.aspects)
    try:
        # NaN, infinities and overflows in what came are answers to judge, not news for stderr.
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            check.examine(remote, np.random.default_rng(seed), findings)
    except Rejected as rejection:
        hint = None if isinstance(rejection, Unwritten) else check.hint
        return _refused(check, rejection.args[0], rejection.kind, hint, seed)
    except Interrupted:
        return _refused(check, CUT_SHORT, Refusal.INTERRUPTED, check.hint, seed)
    except ProtocolError:
        raise
    except CursoError as error:
        reason = f"{error.args[0]} (semilla {seed})"
        return _refused(check, reason, Refusal.OUR_FAULT, None, seed)
    except (Exception, SystemExit):  # This would end the judge, and its notebook would wait.
        _logger.exception("check %s failed with seed %d", check.id, seed)
        return _refused(check, OUR_FAULT.format(check.id, seed), Refusal.OUR_FAULT, None, seed)
    return Verdict(
        check.id,
        findings.results(),
        cause=findings.cause,
        cause_id=findings.cause_id,
        hint=check.hint,
        diagnosis=bounded(findings.diagnosis),
        seed=seed,
        keras=getattr(check, "keras", None),
    )


def _refused(
    check: Check, reason: str, kind: str, hint: str | None, seed: int | None = None
) -> Verdict:
    """No points, for one reason; the aspects are not told."""
    return Verdict(check.id, rejected=reason, rejected_as=kind, hint=hint, seed=seed)


def serve(
    connection: Connection,
    find_check: Callable[[str], Check],
    log: Callable[[Verdict], None],
    watch: bool = True,
) -> None:
    """Answer one notebook's requests until it goes away.

    Parameters
    ----------
    connection : Connection
    find_check : callable
        From an id to its check; ``KeyError`` with a Spanish line where there is none.
    log : callable
        Receives each verdict before the notebook does: the mark comes from there, whatever the
        notebook shows afterwards.
    watch : bool
        Whether functions of one's own are watched for the libraries that they lean on; there is no
        need where those libraries are absent.
    """
    try:
        while True:
            request = connection.receive()
            if request.op != "check":
                raise ProtocolError(f"petición inesperada: {request.op}")
            check_id = str(request.body.get("id", ""))[:100]
            connection.send(_examine(check_id, connection, find_check, log, watch))
    except (EOFError, OSError, ProtocolError):
        # The notebook went away or broke the rules: there is nobody to answer.
        connection.close()


def _examine(
    check_id: str,
    connection: Connection,
    find_check: Callable[[str], Check],
    log: Callable[[Verdict], None],
    watch: bool,
) -> Message:
    try:
        check = find_check(check_id)
    except KeyError as unknown:
        return Message("refused", {"reason": unknown.args[0]})
    except Exception as error:
        _logger.exception("the checks could not be loaded")
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return Message("refused", {"reason": NOT_LOADED.format(said)})
    try:
        verdict = judge(check, Remote(connection, watch and check.own_implementation))
    except ProtocolError:
        log(_refused(check, BROKEN_RULES, Refusal.BROKEN_RULES, check.hint))
        raise
    log(verdict)
    body = {
        "passed": verdict.passed,
        "score": verdict.score,
        "report": verdict.report(),
        "summary": verdict.summary(),
        "page": _page(verdict),
        "unwritten": UNWRITTEN if verdict.rejected == UNWRITTEN else None,
    }
    return Message("verdict", body)


def _page(verdict: Verdict) -> str | None:
    """The report as HTML; its text is there whatever happens here."""
    try:
        return rich.page(verdict)
    except Exception:
        _logger.exception("the report of %s could not be drawn", verdict.check_id)
        return None
