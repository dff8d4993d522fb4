"""``curso entregar``: un zip con lo que hay que entregar, desde cualquier carpeta, pase o no."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output

from autograder.checks import UNITS
from autograder.cli import app
from autograder.common.errors import CursoError
from autograder.delivery.hand_in import LIST, find_work, hand_in, saved_ago
from autograder.terminal.spanish_typer import run

ROOT = Path(__file__).parents[3]
UNIT, NAME = "1_convolucion", "convolucion.ipynb"
FIRST = f"{UNIT}.correlacion2d"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A student's folder with the released notebook, a little further in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clase").mkdir()
    shutil.copy(ROOT / "release" / UNIT / NAME, tmp_path / "clase")
    return tmp_path / "clase"


def change(path: Path, **sources: str) -> None:
    """Put sources in cells, by id (with its hyphens as underscores), and save."""
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id.replace("-", "_"), cell.source)
    nbformat.write(notebook, path)


def executed(path: Path, printed: str, *, check: int = 3, function: int = 2, rich=False) -> None:
    """The first check as Jupyter saves it, with that output."""
    notebook = nbformat.read(path, 4)
    cells = {cell.id: cell for cell in notebook.cells}
    asked, written = cells["correlacion2d-comprobacion"], cells["correlacion2d-solucion"]
    asked.execution_count, written.execution_count = check, function
    shown = (
        new_output("display_data", data={"text/plain": printed, "text/html": "<b>x</b>"})
        if rich
        else new_output("stream", name="stdout", text=printed)
    )
    asked.outputs = [shown]
    nbformat.write(notebook, path)


def said_of(folder: Path) -> str:
    work = find_work(folder, None)
    (said,) = (said for said in work.said if said.check == FIRST)
    return f"{said.mark} {said.line}"


def test_the_zip_has_the_notebook_under_its_unit_and_a_list_of_what_is_in_it(home, capsys):
    assert run(app, ["entregar"]) == 0
    with zipfile.ZipFile("entrega_1_convolucion.zip") as archive:
        assert archive.namelist() == [f"{UNIT}/{NAME}", f"{UNIT}/{LIST}"]
        data = archive.read(f"{UNIT}/{NAME}")
        listed = json.loads(archive.read(f"{UNIT}/{LIST}"))
    assert data == (home / NAME).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert listed["archivos"] == {NAME: {"bytes": len(data), "sha256": digest}}
    assert set(listed["dijo"]) == set(UNITS[UNIT].checks)
    shown = capsys.readouterr().out
    assert shown.count("no se ha ejecutado") == 4
    assert "✔ entrega_1_convolucion.zip" in shown


def test_the_same_work_gives_the_same_bytes(home):
    work = find_work(home, "1")
    first = hand_in(work, home).path.read_bytes()
    os.utime(home / NAME, (1, 1))
    assert hand_in(find_work(home, "1"), home).path.read_bytes() == first
    assert sorted(p.name for p in home.iterdir()) == [NAME, "entrega_1_convolucion.zip"]


def test_one_that_was_never_saved_is_told_from_one_just_saved(home):
    assert saved_ago(find_work(home, None)) == "hace un momento"
    os.utime(home / NAME, (1, 1))  # As it comes out of the zip that is handed out.
    assert saved_ago(find_work(home, None)).endswith("o nunca desde que te lo dieron")


@pytest.mark.parametrize("rich", [False, True])
def test_what_comprobar_said_is_said_again(home, rich):
    executed(home / NAME, f"✘ {FIRST}: 20 % de los puntos\n  ✔ forma\n  ✘ valores: x", rich=rich)
    assert said_of(home) == "✘ 20 % de los puntos"
    executed(home / NAME, f"✔ {FIRST}: todo correcto\n  ✔ forma", rich=rich)
    assert said_of(home) == "✔ todo correcto"


def test_a_check_older_than_the_function_is_not_believed(home):
    executed(home / NAME, f"✔ {FIRST}: todo correcto", check=3, function=8)
    assert said_of(home).startswith("? ejecutaste la función después de comprobarla")


def test_a_check_that_is_gone_is_said_and_the_zip_is_made(home, capsys):
    change(home / NAME, correlacion2d_comprobacion="pass")
    assert run(app, ["entregar", "1"]) == 0
    assert "correlacion2d: el cuaderno ya no tiene su celda de comprobar" in capsys.readouterr().out


def test_a_renamed_notebook_is_known_by_its_cells_and_handed_in_with_its_name(home, capsys):
    (home / NAME).rename(home / "Tarea de Ana (2).ipynb")
    assert run(app, ["entregar"]) == 0
    with zipfile.ZipFile("entrega_1_convolucion.zip") as archive:
        assert f"{UNIT}/{NAME}" in archive.namelist()
    assert "Tarea de Ana (2).ipynb va como convolucion.ipynb" in capsys.readouterr().out


def test_the_published_name_comes_before_its_copies_and_two_alike_are_asked_for(home):
    shutil.copy(home / NAME, home / "convolucion-Copy1.ipynb")
    assert find_work(home, None).path.name == NAME
    for folder in ("a", "b"):
        (home / folder).mkdir()
        shutil.copy(home / NAME, home / folder)
    (home / NAME).unlink()
    (home / "convolucion-Copy1.ipynb").unlink()
    assert find_work(home, None).unit == UNIT  # The same twice is no question.
    change(home / "b" / NAME, correlacion2d_solucion="def correlacion2d(imagen, kernel): ...")
    with pytest.raises(CursoError, match="hay varios cuadernos"):
        find_work(home, None)


def test_of_several_units_one_has_to_be_named(home):
    shutil.copy(ROOT / "release" / "2_filtros" / "filtros.ipynb", home)
    with pytest.raises(CursoError, match=r"varias unidades \(1_convolucion, 2_filtros\)"):
        find_work(home, None)
    assert find_work(home, "2").unit == "2_filtros"
    with pytest.raises(CursoError, match="ningún cuaderno de la unidad 9"):
        find_work(home, "9")
    with pytest.raises(CursoError, match="no existe la unidad «nueve»"):
        find_work(home, "nueve")
    assert find_work(home / "filtros.ipynb", None).path == home / "filtros.ipynb"


def test_the_homework_s_weights_go_beside_it_and_what_is_missing_is_said(tmp_path):
    unit = "5_fashion_mnist"
    shutil.copy(ROOT / "release" / unit / "tarea.ipynb", tmp_path)
    (tmp_path / "cnn.weights.h5").write_bytes(b"pesos")
    (tmp_path / "mlp.weights.h5").touch()
    os.truncate(tmp_path / "mlp.weights.h5", 33 << 20)
    delivery = hand_in(find_work(tmp_path, None), tmp_path)
    assert delivery.names == ("cnn.weights.h5", "tarea.ipynb")
    told = " ".join(delivery.notes)
    assert "mlp.weights.h5 no va: pesa 33 MB y se admiten 32 MB" in told
    assert "falta mlp_equivalente.weights.h5" in told


def test_what_the_notebook_uses_goes_with_it_and_what_it_does_not_stays(home):
    for name in ("ayuda.py", "otra.py", "ajena.py", "random.py", "kernel.npy", "fotos.txt"):
        (home / name).write_text("import otra\n" if name == "ayuda.py" else "")
    solution = "import ayuda, random\nnp.load('kernel.npy')"
    change(home / NAME, correlacion2d_solucion=solution)
    delivery = hand_in(find_work(home, None), home)
    assert delivery.names == ("ayuda.py", NAME, "kernel.npy", "otra.py")
    (note,) = delivery.notes
    assert note.startswith("random.py no va: ")


def test_a_link_to_another_file_of_the_machine_is_not_packed(home, tmp_path):
    (tmp_path / "secreto.txt").write_text("clave")
    (home / "kernel.txt").symlink_to(tmp_path / "secreto.txt")
    change(home / NAME, correlacion2d_solucion="open('kernel.txt')")
    delivery = hand_in(find_work(home, None), home)
    assert delivery.names == (NAME,)
    assert "kernel.txt no va: es un enlace simbólico" in delivery.notes[0]


def test_where_nothing_can_be_written_it_says_what_to_do_and_leaves_nothing(home, monkeypatch):
    def refused(path, data):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    work = find_work(home, None)
    monkeypatch.setattr(Path, "write_bytes", refused)
    with pytest.raises(CursoError) as told:
        hand_in(work, home)
    assert "está en un sitio de solo lectura; ve a una carpeta tuya" in told.value.args[0]
    assert f"curso entregar --carpeta {home}" in told.value.args[0]
    assert [path.name for path in home.iterdir()] == [NAME]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[1]", b'{"cells": 3}', b'{"cells": [3]}', b"[" * 100_000]
)
def test_a_file_that_is_no_notebook_is_one_line(home, content, capsys):
    from autograder.cli import main

    (home / NAME).write_bytes(content)
    assert main(["entregar"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "no es un cuaderno de Jupyter, o está dañado" in told


def test_what_a_notebook_prints_cannot_move_the_terminal_s_cursor(home):
    executed(home / NAME, f"✘ {FIRST}: 20 %\x1b[2J\x1b[1;1H de \u202elos puntos")
    assert said_of(home) == "✘ 20 % de los puntos"


def test_strange_cells_do_not_stop_it(home):
    tree = json.loads((home / NAME).read_text(encoding="utf-8"))
    for cell in tree["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [3, {"data": 4}, {"text": [5, "x"]}, {"data": {"text/plain": None}}]
            cell["execution_count"] = "muchas"
    (home / NAME).write_text(json.dumps(tree), encoding="utf-8")
    assert len(find_work(home, None).said) == 4
