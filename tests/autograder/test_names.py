"""A name that is allowed is only text on formgrader's pages, which put it there as it comes."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, FileSystemLoader
from nbgrader.server_extensions.formgrader import handlers

from autograder.submissions import name_problem

ALLOWED = ("O'Connor", "D'Angelo-L'Hôpital", "Ana & Luis", "José Ñandú (2)", "100%_nada", "'''")
REFUSED = ("<b>", 'a"b', "`a`", "{{7*7}}", "a\\b", "&lt;img&gt;", "A&#47;..", "R&D", "&", ".oculto")
PAGES = ("manage_students_assignments.tpl", "manage_students_notebook_submissions.tpl")


class Structure(HTMLParser):
    """The tags of a page, and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, [(name, value) for name, value in attrs if name != "href"]))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.scripts and self.lasttag == "script":
            self.scripts[-1] += data


def page_with(name: str, template: str) -> tuple[str, Structure]:
    environment = Environment(loader=FileSystemLoader([handlers.template_path]))
    values = {"student_id": name, "assignment_id": "1_convolucion", "base_url": "", "windows": 0}
    page = environment.get_template(template).render(**values)
    structure = Structure()
    structure.feed(page)
    return page, structure


@pytest.mark.parametrize("template", PAGES)
@pytest.mark.parametrize("name", ALLOWED)
def test_an_allowed_name_is_only_text_on_formgraders_pages(name, template):
    assert name_problem(name) is None
    page, structure = page_with(name, template)
    _, expected = page_with("ana", template)
    assert structure.tags == expected.tags
    literals = re.findall(r'var student_id = (".*");', page)
    assert [json.loads(literal) for literal in literals] == [name]
    scripts = [script.replace(name, "ana") for script in structure.scripts]
    assert scripts == expected.scripts


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_could_be_more_than_text_is_refused(name):
    assert name_problem(name)
