"""The pages that an instructor opens, feedback and formgrader, made by nbgrader itself."""

from __future__ import annotations

import copy
import glob
import logging
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from tests.red_team.attack import NOTEBOOKS


def pages_of(root: Path, config: Config, student: str, unit: str) -> tuple[str, str]:
    """Feedback and formgrader's page of a graded student; an empty text where one fails."""
    return _feedback(root, config, student, unit), _formgrader(root, config, student, unit)


def _feedback(root: Path, config: Config, student: str, unit: str) -> str:
    directory = CourseDirectory(config=config, assignment_id=unit, student_id=glob.escape(student))
    page = Path(NOTEBOOKS[unit]).with_suffix(".html")
    silent = logging.Logger("feedback", logging.CRITICAL)
    try:
        GenerateFeedback(coursedir=directory, config=config, log=silent).start()
        return (root / "feedback" / student / unit / page).read_text("utf-8")
    except (Exception, SystemExit):
        return ""


def _formgrader(root: Path, config: Config, student: str, unit: str) -> str:
    config = copy.deepcopy(config)
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {
        "assignment_id": unit,
        "notebook_id": Path(NOTEBOOKS[unit]).stem,
        "submission_id": "1",
        "index": 0,
        "total": 1,
        "base_url": "",
        "student": student,
        "last_name": None,
        "first_name": None,
        "notebook_path": "",
    }
    path = root / "autograded" / student / unit / NOTEBOOKS[unit]
    try:
        return HTMLExporter(config=config).from_filename(str(path), resources=resources)[0]
    except Exception:
        return ""
