"""El veredicto de una comprobación: qué pasó, qué falló, por qué, y cuánto vale."""

from __future__ import annotations

from dataclasses import dataclass, field

from .diagnosis.result import Diagnosis
from .telling import plain

PASSED, FAILED = "✔", "✘"


class Refusal:
    """Why a function is left without points whatever its aspects say: to count, not to read."""

    UNWRITTEN = "sin-escribir"
    READY_MADE = "biblioteca-ajena"
    INTERRUPTED = "interrumpida"
    BROKEN_RULES = "cuaderno-sin-respuesta"
    OUR_FAULT = "fallo-nuestro"
    OTHER = "rechazada"


@dataclass(frozen=True)
class AspectResult:
    """One aspect of a check: its share of the points, and its first failure, in Spanish.

    ``case`` is the label of the call that failed, and ``place`` the position in its answer.
    """

    name: str
    weight: float
    failure: str | None = None
    case: str | None = None
    place: tuple[int, ...] | None = None

    @property
    def passed(self) -> bool:
        return self.failure is None


@dataclass(frozen=True)
class Verdict:
    """What the judge decided on one function.

    ``score`` is the share of the points earned, from 0 to 1: the weights of the aspects passed.
    ``rejected`` is a reason that leaves no points whatever the aspects say, and ``rejected_as`` its
    kind, one of ``Refusal``. ``cause`` is the likely mistake, in words, and ``cause_id`` its id in
    the catalogue: the words may change, and the id is what a class is counted by. ``diagnosis`` is
    all that is known of what went wrong, and ``keras`` what the right answer agrees with, as in
    ``keras.layers.Conv2D``.
    """

    check_id: str
    aspects: tuple[AspectResult, ...] = ()
    rejected: str | None = None
    cause: str | None = None
    hint: str | None = None
    cause_id: str | None = None
    rejected_as: str | None = None
    diagnosis: Diagnosis | None = None
    keras: str | None = None
    seed: int | None = field(default=None, compare=False)

    @property
    def score(self) -> float:
        if self.rejected:
            return 0.0
        return round(sum(aspect.weight for aspect in self.aspects if aspect.passed), 6)

    @property
    def passed(self) -> bool:
        return not self.rejected and all(aspect.passed for aspect in self.aspects)

    @property
    def why(self) -> str:
        """The reason of what is missing, in one line: the cause where it is known."""
        failures = [f"{a.name}: {a.failure}" for a in self.aspects if not a.passed]
        from .diagnosis.stop_kinds import STOPPED

        if failures and self.cause_id in STOPPED:
            return failures[0]  # Where it stopped and with what says more than the name of it.
        return self.rejected or self.cause or (failures[0] if failures else "")

    @property
    def mistake(self) -> str:
        """The id that the mistake is counted by, or both where two were made at once.

        Of a refusal, its kind; empty where none is known.
        """
        known = self.diagnosis.ids if self.diagnosis else ()
        return " + ".join(known) or self.cause_id or self.rejected_as or ""

    @property
    def trace(self) -> str:
        """What a teacher looks the mistake up and repeats the run by; empty where there is none.

        Whoever reads it has been judged: the inputs of the next run come from another seed.
        """
        if self.passed or self.rejected_as == Refusal.UNWRITTEN:
            return ""
        mistake = self.mistake and f"error: {self.mistake}"
        seed = "" if self.seed is None else f"semilla {self.seed}"
        return " · ".join(filter(None, (mistake, seed)))

    def summary(self) -> str:
        """Verdict and reason in one line."""
        return f"{100 * self.score:.0f} % de los puntos en {self.check_id}: {self.why}"

    def report(self) -> str:
        """The few lines that a student reads under the cell."""
        share = f"{100 * self.score:.0f} % de los puntos"
        title = "todo correcto" if self.passed else share
        lines = [f"{PASSED if self.passed else FAILED} {self.check_id}: {title}"]
        if self.rejected:
            lines.append(f"  {FAILED} {self.rejected}")
        for aspect in self.aspects:
            mark = PASSED if aspect.passed else FAILED
            lines.append(
                f"  {mark} {aspect.name}" + ("" if aspect.passed else f": {aspect.failure}")
            )
        if not self.passed:
            lines += [f"  {line}" for line in plain.lines(self.diagnosis, self.cause, self.hint)]
        if self.keras and not self.passed and not self.rejected:
            lines.append(f"  {plain.keras_line(self.keras)}")
        return "\n".join(lines)
