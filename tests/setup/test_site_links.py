"""A link of the site that leads to nothing, or asks another machine, is told and stops it."""

from __future__ import annotations

import sys

import pytest

from sitio import __main__ as command
from sitio import addresses, lessons, links

GOOD = (
    '<link rel="stylesheet" href="estilo.css"><script src="a%20b.js?v=1"></script>'
    '<h2 id="qué-es">¿?</h2><a href="#qu%C3%A9-es">aquí</a><a href="#">arriba</a>'
    '<a href="hoja/otra.html#fin">otra</a><a href="https://keras.io/x">fuera</a>'
    '<a href="mailto:a@b.es">correo</a><img src="data:image/png;base64,AA==">'
)
OTHER = '<p id="fin"></p><a href="../index.html#qu%C3%A9-es">vuelta</a>'


@pytest.fixture
def site(tmp_path):
    (tmp_path / "hoja").mkdir()
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "hoja" / "otra.html").write_text(OTHER, encoding="utf-8")
    for name in ("estilo.css", "a b.js"):
        (tmp_path / name).touch()
    return tmp_path


def test_links_that_lead_somewhere_are_none_of_its_problems(site):
    assert links.problems(site) == []


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('<a href="no.html">x</a>', "index.html enlaza a algo que no está: no.html"),
        ('<img src="img/no.png">', "index.html enlaza a algo que no está: img/no.png"),
        (
            '<a href="hoja/otra.html#medio">x</a>',
            "index.html enlaza a un sitio que no hay en esa página: hoja/otra.html#medio",
        ),
        ('<a href="#medio">x</a>', "index.html enlaza a un sitio que no hay en esa página: #medio"),
        (
            '<script src="https://cdn.example/x.js"></script>',
            "index.html pide a otra máquina: https://cdn.example/x.js",
        ),
        (
            '<link rel="stylesheet" href="//cdn.example/x.css">',
            "index.html pide a otra máquina: //cdn.example/x.css",
        ),
    ],
)
def test_what_leads_nowhere_or_elsewhere_is_told(site, added, said):
    (site / "index.html").write_text(GOOD + added, encoding="utf-8")
    assert links.problems(site) == [said]


def test_a_site_with_a_broken_link_is_not_put_in_the_place_of_the_old_one(
    monkeypatch, capsys, tmp_path
):
    class Sphinx:
        statuscode = 0

        def __init__(self, **options):
            self.folder = options["outdir"]

        def build(self):
            command.Path(self.folder).mkdir()
            command.Path(self.folder, "index.html").write_text('<a href="no.html">x</a>')

    monkeypatch.setattr(command, "Sphinx", Sphinx)
    monkeypatch.setattr(command, "prepare", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["sitio", "--destino", str(tmp_path / "html")])
    assert command.main() == 1
    assert capsys.readouterr().err == "index.html enlaza a algo que no está: no.html\n"
    assert list((tmp_path / "html").iterdir()) == []


@pytest.mark.parametrize("base", ["https://colab.example/github/yo/curso/blob/main", ""])
def test_the_address_of_colab_is_set_in_one_place(monkeypatch, base):
    monkeypatch.setattr(addresses, "COLAB", base)
    offered = lessons._offer("course/1_convolucion.ipynb")
    assert (f"[ábrelo en Colab]({base}/course/1_convolucion.ipynb)" in offered) is bool(base)
    assert ("Colab" in offered) is bool(base)
