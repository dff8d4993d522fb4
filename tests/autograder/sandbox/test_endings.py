"""Whoever closes a kernel reads how it was, as far as that is known, and nothing that is not so."""

from __future__ import annotations

import textwrap

import pytest
from classroom import cell, solved

from autograder.common.limits import Limits
from autograder.sandbox import kernel as outside
from autograder.sandbox.kernel import CellRun
from autograder.submission.endings import ENDED, names_of, why_ended
from autograder.submission.execution import NO_VERDICT, execute

NAMED = {
    "builtins.len": "import builtins; builtins.len = None",
    "builtins.isinstance": "import builtins; del builtins.isinstance",
    "builtins.BaseException": "import builtins; builtins.BaseException = builtins.type = None",
    "json.dumps": "import json; json.dumps = None",
    "numpy.frombuffer": "import numpy; numpy.frombuffer = None; print(1)",
    "threading.main_thread": "import threading; threading.main_thread = None",
    "socket.socket.sendall": "import socket; socket.socket.sendall = None",
    "__import__ y 90 más": "import builtins; vars(builtins).clear()",
}
ENDINGS = {
    "con código 3": "import os; os._exit(3)",
    "señal SIGKILL": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "señal SIGSEGV": "import ctypes; ctypes.string_at(0)",
    "señal SIGALRM": "import signal, time; signal.setitimer(0, 0.01); time.sleep(9)",
    "cerró el canal": "import os; os.closerange(3, 20)",
    "algo que no es de quien": "import os; os.write(3, b'x' * 99)",
}


def why(start, source: str) -> str:
    run = start().execute(source)
    assert (run.ended, run.alive) == ("died", False)
    line = why_ended(run)
    assert line.startswith(f"{ENDED}: ")
    assert "\n" not in line
    return line


@pytest.mark.parametrize(("name", "source"), NAMED.items(), ids=NAMED)
def test_what_a_notebook_changed_of_what_runs_it_is_named(start, name, source):
    line = why(start, source)
    assert "el cuaderno cambió" in line
    assert name.split()[0] in line
    assert "memoria" not in line


@pytest.mark.parametrize(("words", "source"), ENDINGS.items(), ids=ENDINGS)
def test_how_a_process_ended_is_said_as_it_was(start, words, source):
    line = why(start, source)
    assert words in line
    assert ("memoria" in line) == (words in ("señal SIGKILL", "señal SIGSEGV"))


def test_where_nobody_says_how_it_ended_nothing_is_supposed(start, monkeypatch):
    """As on a machine where who keeps it is late to say it."""
    monkeypatch.setattr(outside, "FAREWELL_SECONDS", 0.0)
    assert why_ended(CellRun(ended="died", alive=False)) == ENDED
    line = why_ended(start().execute("import os; os._exit(3)"))
    assert line == ENDED or "código 3" in line


def test_what_a_notebook_says_of_itself_is_names_and_a_line_or_nothing(start):
    lie = """
        from autograder.sandbox.shell import OUTBOX
        from autograder.wire.protocol import Message
        import os
        names = ["<b>x</b>", 7, "builtins.len", "builtins." + "x" * 999, "a.b\\n"]
        OUTBOX.say(Message("broken", {{"changed": {changed}, "said": {said}}}))
        os._exit(0)
    """
    said = {"changed": "names", "said": "7"}
    run = start().execute(textwrap.dedent(lie.format(**said)))
    assert run.changed == ("builtins.len",)
    said = {"changed": "'len'", "said": "'uno\\n\\x1b[31mdos' * 99"}
    line = why_ended(start().execute(textwrap.dedent(lie.format(**said))))
    assert "uno dos" in line
    assert len(line) < 300


def test_a_process_that_could_not_be_made_ready_is_no_fault_of_its_notebook():
    run = CellRun(ended="died", alive=False, farewell={"code": outside.NOT_STARTED})
    assert why_ended(run) == f"{ENDED}: su proceso no llegó a arrancar en esta máquina"


def test_an_error_of_the_cell_s_own_is_not_put_down_to_what_else_was_changed():
    notebook = solved()
    cell(notebook, "conv2d-ejemplos").source = "import time; time.sleep = None; del conv2d"
    (*_, last) = execute(notebook).checks
    assert last.reason.endswith("NameError: name 'conv2d' is not defined")
    cell(notebook, "conv2d-ejemplos").source = "import builtins; builtins.pow = 1; del conv2d"
    (*_, last) = execute(notebook).checks
    assert last.reason.endswith("is not defined; el cuaderno había cambiado builtins.pow")


def test_a_function_that_does_not_reach_the_judge_is_told_what_was_changed():
    notebook = solved()
    cell(notebook, "conv2d-ejemplos").source = "import sys; sys.stdout = None"
    execution = execute(notebook)
    assert execution.checks[-1].reason == f"{NO_VERDICT}; el cuaderno había cambiado sys.stdout"
    assert [check.points for check in execution.checks[:-1]] == [5, 3, 5]


def test_a_few_names_are_said_and_the_rest_counted():
    assert names_of(("a.b",)) == "a.b"
    assert names_of(("a.b", "a.c")) == "a.b y a.c"
    assert names_of(("a.b", "a.c", "a.d")) == "a.b, a.c y a.d"
    assert names_of(("a.b", "a.c", "a.d", "a.e", "a.f")) == "a.b, a.c, a.d y 2 más"


def test_too_many_threads_are_said_with_how_many_there_may_be(start):
    source = "import threading, time\n"
    source += "for _ in range(8): threading.Thread(target=time.sleep, args=(9,)).start()\n"
    run = start(Limits(threads=4)).execute(source + "time.sleep(9)")
    assert why_ended(run) == f"{ENDED}: creó demasiados hilos (caben 4)"
