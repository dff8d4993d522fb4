"""``curso nuevo``: un curso donde sea; ponerlo al día no toca lo que alguien cambió."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.course.in_force import check_in_force
from autograder.course.scale import Scale
from autograder.distribution import material as package
from autograder.distribution import new_course
from autograder.distribution.new_course import RECORD, make
from autograder.nbgrader_ext import publishing

ROOT = Path(__file__).parents[3]
UNIT = "source/1_convolucion/convolucion.ipynb"
LESSON = "course/1_convolucion.ipynb"


@pytest.fixture
def later(monkeypatch):
    """The package of a later version: what it brings is that and a word more."""

    def install(*changed: str, without: str = "") -> None:
        def material(*words):
            files = package.material(*words)
            return {
                path: data + b"\n" if path in changed else data
                for path, data in files.items()
                if path != without
            }

        monkeypatch.setattr(new_course, "material", material)

    return install


def state(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_course_is_made_anywhere_with_its_units_its_name_and_its_scale(tmp_path):
    folder = tmp_path / "Mis cursos" / "visión"
    assert main(["nuevo", str(folder), "--nombre", "vision", "--unidades", "1,4",
                 "--nota-maxima", "20"]) == 0  # fmt: skip
    course = Course.at(folder)
    check_in_force(course)
    assert course.units() == ["1_convolucion", "4_padding"]
    assert course.course_id == "vision"
    assert Scale.of(course.config).maximum == 20
    lessons = {path.name for path in (ROOT / "course").glob("*.ipynb")}
    assert {path.name for path in (folder / "course").iterdir()} == lessons
    publishing.publish(course, ["1_convolucion"])
    published = ROOT / "release" / "1_convolucion" / "convolucion.ipynb"
    assert (folder / "release/1_convolucion/convolucion.ipynb").read_bytes() == (
        published.read_bytes()
    )


def test_what_is_private_is_in_no_repository_by_an_oversight(tmp_path):
    make(tmp_path, units=["1"])
    private = ("variantes.secreto", "variantes.secreto.1", "gradebook.db", "gradebook.db-wal")
    private += tuple(f"{name}/ana/x.ipynb" for name in ("submitted", "autograded", "feedback"))
    private += ("personales/variantes.csv", "informe/notas.csv")
    for name in (*private, "release/1_convolucion/convolucion.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    order = ["git", "ls-files", "--others", "--exclude-standard"]
    found = subprocess.run(order, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert set(private) & set(found.splitlines()) == set()
    assert {
        "source/1_convolucion/convolucion.ipynb",
        "release/1_convolucion/convolucion.ipynb",
    } <= (set(found.splitlines()))


def test_made_again_nothing_changes(tmp_path, capsys):
    folder = tmp_path / "curso"
    make(folder, units=["1"])
    before = state(folder)
    assert main(["nuevo", str(folder)]) == 0
    assert "está al día" in capsys.readouterr().out
    assert state(folder) == before


def test_brought_up_to_date_what_was_edited_or_taken_away_stays_so_and_is_said(tmp_path, later):
    folder = tmp_path / "curso"
    make(folder, units=["1"])
    (folder / UNIT).write_text("lo mío")
    (folder / "LEEME.md").unlink()
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text() + "# lo mío\n")
    later(UNIT, LESSON, "LEEME.md")
    made = make(folder)
    assert (made.new, made.updated) == ([], [LESSON])
    assert sorted(made.left) == ["LEEME.md", UNIT]  # The package's configuration is the same.
    assert (folder / UNIT).read_text() == "lo mío"
    assert not (folder / "LEEME.md").exists()
    assert (folder / LESSON).read_bytes() == (ROOT / LESSON).read_bytes() + b"\n"
    assert make(folder).left == made.left  # Said as long as it is so.


def test_a_file_that_was_there_before_is_never_overwritten(tmp_path):
    folder = tmp_path / "curso"
    (folder / "course").mkdir(parents=True)
    (folder / LESSON).write_text("de antes")
    made = make(folder, units=["1"])
    assert made.left == [LESSON]
    assert (folder / LESSON).read_text() == "de antes"


def test_another_unit_is_added_to_those_that_there_are(tmp_path):
    folder = tmp_path / "curso"
    make(folder, units=["1"])
    assert make(folder, units=["4_padding"]).new == ["source/4_padding/padding.ipynb"]
    assert Course.at(folder).units() == ["1_convolucion", "4_padding"]


def test_what_the_package_no_longer_brings_stays_and_is_said(tmp_path, later):
    folder = tmp_path / "curso"
    make(folder, units=["1"])
    later(without=LESSON)
    assert make(folder).gone == [LESSON]
    assert (folder / LESSON).is_file()


@pytest.mark.parametrize("step", [0, 1, 2, 5, 9])
@pytest.mark.parametrize("upgrade", [False, True])
def test_cut_short_at_any_write_the_next_run_finishes(tmp_path, later, monkeypatch, step, upgrade):
    folder, whole = tmp_path / "curso", tmp_path / "otro" / "curso"
    if upgrade:
        make(folder, units=["1"])
        later(UNIT, LESSON, "LEEME.md", "course/2_filtros.ipynb")
    make(whole, units=["1"])
    replace, done = Path.replace, []

    def dies(self, target):
        if len(done) == step:
            raise KeyboardInterrupt
        done.append(target)
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dies)
        try:
            make(folder, units=["1"])
        except KeyboardInterrupt:
            assert not upgrade or len(done) == step
    make(folder, units=["1"])
    left = {path: data for path, data in state(folder).items() if not path.endswith(".nuevo")}
    assert left == state(whole)


def test_through_a_link_nothing_is_written(tmp_path):
    folder, elsewhere = tmp_path / "curso", tmp_path / "ajeno"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "source").symlink_to(elsewhere)
    assert UNIT in make(folder, units=["1"]).left
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("content", ["", "[]", '{"archivos": 3}', "[" * 100_000])
def test_a_record_that_is_broken_is_one_line_and_nothing_is_touched(tmp_path, content):
    folder = tmp_path / "curso"
    make(folder, units=["1"])
    (folder / RECORD).write_text(content)
    before = state(folder)
    with pytest.raises(CursoError, match="no se entiende: bórralo"):
        make(folder)
    assert state(folder) == before
    os.unlink(folder / RECORD)
    assert make(folder, units=["1"]).left == []
    assert json.loads((folder / RECORD).read_text())["unidades"] == ["1_convolucion"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--nombre", 'x"; import os'], "no sirve de nombre"),
        (["--nombre", "../otro"], "no sirve de nombre"),
        (["--unidades", "9"], "no existe la unidad «9»"),
        (["--nota-maxima", "20}"], "la nota máxima es un número entero"),
    ],
)
def test_what_cannot_be_is_one_line_and_makes_nothing(tmp_path, capsys, words, said):
    assert main(["nuevo", str(tmp_path / "curso"), *words]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not (tmp_path / "curso").exists()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Visión por computador 2026", "Vision-por-computador-2026"),
        ("A\u0301lgebra (grupo 2)", "Algebra-grupo-2"),
        ("_v", "v"),
    ],
)
def test_a_folder_with_spaces_and_accents_gives_the_course_a_plain_name(tmp_path, folder, name):
    make(tmp_path / folder, units=["1"])
    assert json.loads((tmp_path / folder / RECORD).read_text())["nombre"] == name
    # And later, wherever it is moved to, it is the same course.
    (tmp_path / folder).rename(tmp_path / "otra")
    make(tmp_path / "otra")
    assert json.loads((tmp_path / "otra" / RECORD).read_text())["nombre"] == name


def test_where_nothing_can_be_written_it_is_one_line_in_spanish(tmp_path, capsys, monkeypatch):
    def refused(path, data):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "write_bytes", refused)
    assert main(["nuevo", str(tmp_path / "curso")]) == 1
    told = capsys.readouterr().err
    assert "está en un sitio de solo lectura" in told
    assert "Errno" not in told
    assert told.count("\n") == 1


def test_a_student_s_package_says_that_it_has_no_course_in_it(tmp_path, monkeypatch):
    (tmp_path / "site" / "autograder").mkdir(parents=True)
    there = str(tmp_path / "site" / "autograder" / "__init__.py")
    monkeypatch.setattr(package.autograder, "__file__", there)
    with pytest.raises(CursoError, match="es el que se reparte a los estudiantes"):
        make(tmp_path / "curso")
