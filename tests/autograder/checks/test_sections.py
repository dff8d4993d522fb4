"""Every lesson's section that a diagnosis sends to is a heading that stands in that lesson."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from autograder.checks import UNITS, checks_of
from autograder.judging.telling.sections import Section

COURSE = Path(__file__).parents[3] / "course"


def headings() -> set[tuple[str, str]]:
    """Lesson and heading, without the marks of Markdown, of every lesson."""
    found = set()
    for path in COURSE.glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                for heading in re.findall(r"(?m)^#{1,4} +(.+?) *$", cell.source):
                    found.add((path.stem, re.sub(r"[`*]", "", heading)))
    return found


def mistakes():
    for unit in UNITS:
        for check in checks_of(unit):
            yield from getattr(check, "misconceptions", ())
            yield from getattr(check, "mistakes", ())


def test_every_section_that_is_sent_to_is_a_heading_of_its_lesson():
    known = headings()
    named = {(m.id, text) for m in mistakes() if (text := getattr(m, "section", ""))}
    lost = {
        (name, text)
        for name, text in named
        if (Section.of(text).lesson, Section.of(text).heading) not in known
    }
    assert lost == set()


@pytest.mark.parametrize(
    ("text", "words", "link"),
    [
        (
            "1_convolucion#¿Convolución o correlación cruzada?",
            "lección 1, «¿Convolución o correlación cruzada?»",
            "../../course/1_convolucion.ipynb#%C2%BFConvoluci%C3%B3n-o-correlaci%C3%B3n-cruzada%3F",
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
