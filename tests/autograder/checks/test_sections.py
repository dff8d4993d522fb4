"""Every lesson's section that a diagnosis sends to is a heading that stands in that lesson."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from autograder.checks import UNITS, checks_of
from autograder.judging.diagnosis.general import GENERAL
from autograder.judging.diagnosis.stop_kinds import REFUSED, STOPS
from autograder.judging.telling.sections import Section

COURSE = Path(__file__).parents[3] / "course"


def cells_of_headings() -> dict[str, str]:
    """The cell of every heading of every lesson, by ``lesson#heading`` without Markdown's marks."""
    found = {}
    for path in COURSE.glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                for heading in re.findall(r"(?m)^#{1,4} +(.+?) *$", cell.source):
                    found[f"{path.stem}#{re.sub(r'[`*]', '', heading)}"] = cell.id
    return found


def mistakes():
    for unit in UNITS:
        for check in checks_of(unit):
            yield from getattr(check, "misconceptions", ())
            yield from getattr(check, "mistakes", ())
    yield from (*GENERAL, REFUSED, *(stop for _, _, stop in STOPS))


def sections() -> set[str]:
    return {text for mistake in mistakes() if (text := getattr(mistake, "section", ""))}


def test_every_section_that_is_sent_to_is_a_heading_of_its_lesson():
    assert sections() - cells_of_headings().keys() == set()


def test_every_mistake_sends_to_a_section():
    assert [mistake.id for mistake in mistakes() if not mistake.section] == []


def test_every_section_is_linked_at_the_cell_that_it_begins_in():
    """``python docs/apartados.py`` writes those cells down again."""
    cells = cells_of_headings()
    for text in sections():
        assert Section.of(text).link.endswith(f".ipynb#cell-id={cells[text]}"), text


@pytest.mark.parametrize(
    ("text", "words", "link"),
    [
        (
            "1_convolucion#¿Convolución o correlación cruzada?",
            "lección 1, «¿Convolución o correlación cruzada?»",
            "../../course/1_convolucion.ipynb#cell-id=giro-pregunta",
        ),
        (
            "d_errores_y_preguntas",
            "apéndice D",
            "../../course/d_errores_y_preguntas.ipynb",
        ),
    ],
)
def test_a_section_is_said_in_words_and_as_a_link(text: str, words: str, link: str):
    section = Section.of(text)
    assert (section.words, section.link) == (words, link)
