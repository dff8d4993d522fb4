"""``curso``: help in Spanish; a person's mistake is one line and a status, never a traceback."""

import io
import re
import subprocess
import sys

import pytest
from classroom import UNIT, hand_in, new_course, solved
from typer.main import get_command

from autograder.cli import app, main

VERBS = (
    "alumnos",
    "nuevo",
    "entregar",
    "canvas",
    "moodle",
    "demo",
    "publicar",
    "calificar",
    "progreso",
    "aceptar",
    "informe",
    "comentarios",
    "comprobar-unidad",
    "copias",
    "datos",
    "entrenar",
    "doctor",
)
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|args|show|message|exit|default|required|error|env|range"
    r"|text|path|file|directory|integer|float|boolean)\b|<\S+>|\{",
    re.IGNORECASE,
)


def refused(capsys, *arguments):
    """The one line on stderr of a call that must fail."""
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    assert status in (1, 2)
    assert captured.out == ""
    assert captured.err.startswith("curso: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_the_help_lists_every_verb(capsys):
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(verb in text for verb in VERBS)
    assert not ENGLISH.search(text)
    assert set(get_command(app).commands) == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_in_spanish(verb, capsys):
    assert main([verb, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.split()[0] == "Uso:"
    assert f" {verb} " in text
    assert not ENGLISH.search(text)


def test_the_help_names_the_values_that_options_take(capsys):
    main(["aceptar", "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[-1:] == ["CARPETA"] for line in lines if "Uso:" in line)
    assert any(line.split()[1:3] == ["--figura", "ARCHIVO"] for line in lines)


def test_help_is_shown_without_waiting_for_what_only_grading_needs():
    code = (
        "import sys; from autograder.cli import app, main; main(['--help']);"
        "print([m for m in ('conv2d_lib', 'nbgrader', 'numba', 'tensorflow') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nada"], "no existe la orden 'nada'"),
        (["publicar", "--rapido"], "no existe la opción --rapido"),
        (["aceptar"], "falta CARPETA"),
        (["calificar", "--procesos", "muchos"], "el valor de --procesos no es válido"),
        (["calificar", "--procesos", "0"], "el valor de --procesos no es válido"),
        (["datos", "--carpeta"], "a la opción --carpeta le falta su valor"),
        (["datos", "sobra"], "sobran argumentos: sobra"),
    ],
)
def test_errors_of_use_are_told_in_spanish(arguments, line, capsys):
    assert line in refused(capsys, *arguments)


PLAIN = {"ascii": "+ practica: quitar anios x", "cp1252": "+ práctica: quitar años x", "utf-8": "✔"}


@pytest.mark.parametrize("alphabet", PLAIN)
def test_no_alphabet_of_a_terminal_stops_an_order(alphabet, monkeypatch):
    """As a pipe of Windows has it, or a server whose language is of before UTF-8."""
    bytes_out, bytes_err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(bytes_out, alphabet, write_through=True))
    monkeypatch.setattr("sys.stderr", io.TextIOWrapper(bytes_err, alphabet, write_through=True))
    monkeypatch.setattr("autograder.cli.run", lambda *_: print("✔ práctica: quitar años ✘"))
    main(["informe"])
    assert PLAIN[alphabet] in bytes_out.getvalue().decode(alphabet)
    monkeypatch.undo()


@pytest.mark.parametrize("verb", ["publicar", "calificar", "informe", "demo"])
def test_outside_a_course_it_says_where_to_go(verb, tmp_path, capsys):
    line = refused(capsys, verb, "--curso", tmp_path)
    assert "no hay un curso" in line
    assert "--curso" in line


def test_an_unknown_unit_is_refused_with_those_there_are(tmp_path, capsys):
    new_course(tmp_path)
    assert "las de este curso son: 1_convolucion" in refused(
        capsys, "publicar", "9", "--curso", tmp_path
    )


def test_publishing_grading_and_reporting_a_class(tmp_path, capsys):
    course = new_course(tmp_path)
    assert main(["publicar", "1", "--curso", str(tmp_path)]) == 0
    assert (course.release / UNIT / "convolucion.ipynb").is_file()
    assert main(["publicar", "--comprobar", "--curso", str(tmp_path)]) == 0
    hand_in(course, "Ana", solved())
    hand_in(course, "Luis", "{")
    capsys.readouterr()
    assert main(["calificar", "1", "--curso", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "✔ Ana · 1_convolucion · 20 / 20" in text
    assert "✘ Luis · 1_convolucion · 0 / 20 · convolucion.ipynb no es JSON válido" in text
    assert "1 entrega calificada y 1 sin poder calificar" in text
    assert main(["informe", "--curso", str(tmp_path)]) == 0
    assert "Ana" in (tmp_path / "informe" / "index.html").read_text(encoding="utf-8")
    for name in ("notas.csv", "errores.csv"):
        assert (tmp_path / "informe" / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_stale_release_is_pointed_out_and_left_alone(tmp_path, capsys):
    course = new_course(tmp_path)
    main(["publicar", "--curso", str(tmp_path)])
    published = course.release / UNIT / "convolucion.ipynb"
    published.write_text(published.read_text(encoding="utf-8").replace("cuatro", "cinco"))
    (course.release / UNIT / "sobra.txt").touch()
    before = published.read_bytes()
    capsys.readouterr()
    line = refused(capsys, "publicar", "--comprobar", "--curso", tmp_path)
    assert f"{UNIT}/convolucion.ipynb, {UNIT}/sobra.txt" in line
    assert published.read_bytes() == before


def test_a_source_cell_without_its_check_is_not_published(tmp_path, capsys):
    course = new_course(tmp_path)
    source = course.source / UNIT / "convolucion.ipynb"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace('comprobar(\\"1_convolucion.conv2d\\"', "assert (conv2d"))
    line = refused(capsys, "publicar", "--curso", tmp_path)
    assert (
        "la celda «conv2d-comprobacion» tiene pruebas propias (lleva puntos y no llama una vez"
        in line
    )
    assert not (course.release / UNIT).exists()
