"""La configuración de nbgrader del curso, que ``nbgrader_config.py`` y ``curso`` comparten."""

from __future__ import annotations

import glob
from pathlib import Path

from traitlets.config import Config

from ..course.database_url import of_file
from ..course.own_units import LEFT_THERE, NOT_RELEASED
from ..gradebook.cell_marks import BEGIN_SOLUTION, END_SOLUTION
from . import guards, spanish_validator

STUB = (
    "# ESCRIBE TU CÓDIGO AQUÍ, en lugar de la línea siguiente.\n"
    'raise NotImplementedError("esta función todavía no está escrita")'
)
TEXT_STUB = "*ESCRIBE TU RESPUESTA AQUÍ*"


def configure(c: Config, root: Path | str) -> Config:
    """Set what the course needs of nbgrader on ``c``, for the course folder ``root``."""
    root = Path(root).resolve()
    guards.install(root)
    c.CourseDirectory.root = str(root)
    gradebook = root / "gradebook.db"
    if (address := of_file(gradebook)) != f"sqlite:///{gradebook}":
        # nbgrader would join them as text, and keep the marks beside the course.
        c.CourseDirectory.db_url = address
    # Only what is read with mistrust goes into autograded/: a student's folder may hold links to
    # any file of the grader's, and nbgrader would copy what they lead to.
    c.CourseDirectory.ignore = [
        *LEFT_THERE, "feedback", *NOT_RELEASED,
        str(Path(glob.escape(str(root / "submitted"))) / "*" / "*"),
    ]  # fmt: skip
    c.Autograde.exporter_class = "autograder.nbgrader_ext.preprocessors.SubmissionExporter"

    spanish_validator.install(c)
    c.ClearSolutions.code_stub = {"python": STUB}
    c.ClearSolutions.text_stub = TEXT_STUB
    c.ClearSolutions.begin_solution_delimeter = BEGIN_SOLUTION
    c.ClearSolutions.end_solution_delimeter = END_SOLUTION
    c.GenerateAssignment.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        "nbgrader.preprocessors.LockCells",
        "nbgrader.preprocessors.ClearSolutions",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.CheckCellMetadata",
        "nbgrader.preprocessors.ComputeChecksums",
        "autograder.nbgrader_ext.preprocessors.SaveCells",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
        "autograder.nbgrader_ext.preprocessors.NobodysVariant",
        "nbgrader.preprocessors.ComputeChecksums",
        "autograder.nbgrader_ext.preprocessors.AddFirstCell",
        "autograder.nbgrader_ext.preprocessors.AddPublishedCases",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        "autograder.nbgrader_ext.preprocessors.RestoreCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "autograder.nbgrader_ext.preprocessors.ExecuteWithJudge",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "autograder.gradebook.standing_marks.StandingMarks",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.ExchangeFactory.release_feedback = "autograder.nbgrader_ext.feedback_release.ReleaseFeedback"
    c.GenerateFeedback.exporter_class = "autograder.nbgrader_ext.feedback_page.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []
    # Feedback and formgrader show what a student wrote in the instructor's browser.
    c.HTMLExporter.filters = {
        name: f"autograder.nbgrader_ext.safe_pages.{name}"
        for name in ("markdown2html", "highlight_code", "ansi2html", "strip_files_prefix")
    }
    return c
