"""The pages that are only read: by day and by night, on a phone, and printed on white."""

from __future__ import annotations

import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from classroom import UNIT, new_course
from playwright.sync_api import Page

from autograder.distribution.handouts import PAGE, pack
from autograder.likeness.page import COLOURS, render_html
from autograder.likeness.search import Found, Likeness, UnitLikeness
from autograder.likeness.side_by_side import Column, Compared, Shared, Stretch

CODE = "salida[i, j] = np.sum(imagen[i:i + kh, j:j + kw] * kernel)\n"


def copies(folder):
    """A pair that shares a stretch of each colour."""
    runs = [Shared(n, 20, 2 + n, n % 2 == 0, n % 3 == 0) for n in range(1, COLOURS + 1)]
    stretches = [Stretch("def conv2d(x, kernel, bias):\n")]
    for one in runs:
        stretches += [Stretch(CODE, one), Stretch("3", one, instead="5", begins=False)]
    column = Column([("la celda de conv2d", stretches)], 0.8)
    pair = Likeness("ana", "beto", 0.8, 30.0, 1, Compared(column, column, runs))
    listed = [Likeness("ana", f"estudiante {n}", 0.5, 20.0, 1) for n in range(80)]
    unit = UnitLikeness(UNIT, 300, 1, [pair, *listed], [["ana", "beto", "carla"]])
    return render_html(Found([unit], {"ana": "Ana Ñíguez"}))


def how_to_start(folder):
    """What a student unzips."""
    course = new_course(folder / "curso")
    notebook = course.release / UNIT / f"{course.notebook(UNIT)}.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("{}", encoding="utf-8")
    with zipfile.ZipFile(pack(course, UNIT)) as handed:
        (name,) = (one for one in handed.namelist() if one.endswith(PAGE))
        return handed.read(name).decode()


@pytest.mark.parametrize("written", [copies, how_to_start])
def test_it_is_read_by_night_on_a_phone_and_printed_on_white(page: Page, tmp_path, written):
    (tmp_path / "pagina.html").write_text(written(tmp_path), encoding="utf-8")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((tmp_path / "pagina.html").as_uri())
    for scheme, paper in (("dark", "rgb(21, 27, 33)"), ("light", "rgb(255, 255, 255)")):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response
        assert [one["nodes"][:3] for one in found["violations"]] == []
        assert found["passes"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    landmarks = Axe().run(page, options={"runOnly": ["region", "landmark-one-main"]}).response
    assert [one["nodes"][:3] for one in landmarks["violations"]] == []
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
