"""A lesson that a diagnosis sends to is there, under the heading it names."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from autograder.checks import UNITS, checks_of, lessons

COURSE = Path(__file__).parents[3] / "course"
SECTIONS = {value for name, value in vars(lessons).items() if name.isupper()}


def headings(notebook: str) -> set[str]:
    """The headings of a lesson as they are read."""
    cells = nbformat.read(COURSE / f"{notebook}.ipynb", as_version=4).cells
    lines = [
        line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    ]
    titles = [line.lstrip("#").strip() for line in lines if re.match("#{1,6} ", line)]
    return {re.sub("[`*]", "", title) for title in titles}


def test_there_are_sections():
    assert len(SECTIONS) > 25


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_section_is_a_heading_of_its_lesson(section):
    notebook, _, heading = section.partition("#")
    assert heading in headings(notebook)


def test_every_misconception_sends_to_one_of_them():
    sent = {
        mistake.section
        for unit in UNITS
        for check in checks_of(unit).values()
        for mistake in getattr(check, "misconceptions", ())
        if mistake.section
    }
    assert sent <= SECTIONS
