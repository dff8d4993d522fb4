"""Un cuaderno en el recinto: sus celdas dan lo que darían en Jupyter, dentro de sus límites."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from inside import error, value
from notebook_processes import PATIENCE

from autograder.common.limits import MIB, Limits


def test_cells_share_names_and_give_their_outputs_in_order(start):
    kernel = start()
    assert kernel.execute("a = 20").outputs == []
    run = kernel.execute("print('hola, ñandú'); a + 1")
    assert [o["output_type"] for o in run.outputs] == ["stream", "execute_result"]
    assert run.outputs[0]["text"] == "hola, ñandú\n"
    assert value(run) == "21"


def test_an_exception_is_an_output_and_the_notebook_goes_on(start):
    kernel = start()
    run = kernel.execute("1 / 0")
    assert (run.ended, run.alive) == ("error", True)
    assert error(run) == "ZeroDivisionError: division by zero"
    assert value(kernel.execute("2")) == "2"


def test_figures_come_as_png(start):
    run = start().execute("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert "image/png" in run.outputs[-1]["data"]


def test_magics_and_await_work_as_in_a_notebook(start):
    kernel = start()
    assert kernel.execute("%timeit -n1 -r1 1").ended == "ok"
    assert kernel.execute("import asyncio\nawait asyncio.sleep(0)").ended == "ok"


def test_each_notebook_starts_clean(start):
    start().execute("import numpy; numpy.broken = True; leftover = 1")
    assert value(
        start().execute("import numpy; hasattr(numpy, 'broken'), 'leftover' in dir()")
    ) == ("(False, False)")


def test_the_judge_hears_the_function_and_logs_the_verdict(start):
    kernel = start()
    run = kernel.execute(
        "from autograder import comprobar\n"
        "comprobar('2_filtros.parametros_dense', lambda entradas, unidades, use_bias=True:"
        " entradas * unidades + use_bias * unidades)"
    )
    assert run.ended == "ok"
    assert [(v.check_id, v.score) for v in kernel.verdicts] == [("2_filtros.parametros_dense", 1.0)]


def test_an_endless_cell_is_interrupted_and_the_notebook_goes_on(start):
    kernel = start(patient=True)
    run = kernel.execute("while True: pass", 1.0)
    assert (run.ended, run.alive) == ("timeout", True)
    assert value(kernel.execute("1 + 1")) == "2"


def test_a_cell_that_ignores_interrupts_is_ended(start):
    kernel = start()
    ignore = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    run = kernel.execute(ignore + "while True: pass", 1.0)
    assert (run.ended, run.alive) == ("timeout", False)
    assert kernel.execute("1").ended == "died"


def test_a_flood_of_output_is_cut(start):
    kernel = start(Limits(kept_bytes=50_000, flood_bytes=100_000))
    run = kernel.execute("while True: print('x' * 1000)")
    assert run.ended == "flood"
    assert not run.whole
    assert sum(len(o.get("text", "")) for o in run.outputs) <= 50_000


def test_long_output_is_not_kept_whole_and_costs_nothing(start):
    run = start(Limits(kept_bytes=20_000)).execute("for i in range(9999): print(i)\n7")
    assert (run.ended, run.whole) == ("ok", False)


@pytest.mark.parametrize(
    "source",
    ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
    ids=["exit", "kill"],
)
def test_a_cell_that_kills_its_process_is_noticed_at_once(start, source):
    run = start().execute(source)
    assert (run.ended, run.alive) == ("died", False)


def test_memory_is_bounded(start):
    run = start(Limits(memory_bytes=600 * MIB)).execute("x = bytearray(800 * 1024 ** 2)")
    assert error(run).startswith("MemoryError")


def test_the_private_folder_is_bounded(start):
    kernel = start(Limits(folder_bytes=4 * MIB))
    run = kernel.execute("for i in range(9): open(f'f{i}', 'wb').write(bytes(1024 ** 2))")
    assert "No space left" in error(run)


def test_input_fails_at_once_and_says_why(start):
    assert "no hay nadie que responda" in error(start().execute("input('¿Cómo te llamas? ')"))


def test_the_files_of_the_submission_are_there_as_a_copy(start, tmp_path):
    (tmp_path / "ayuda.py").write_text("def doble(x): return 2 * x")
    kernel = start(folder=tmp_path)
    assert value(kernel.execute("import ayuda; ayuda.doble(21)")) == "42"
    kernel.execute("open('ayuda.py', 'w').write('')")
    assert "doble" in (tmp_path / "ayuda.py").read_text()


def test_everything_dies_with_a_grader_that_is_killed(tmp_path):
    script = textwrap.dedent("""
        import socket, sys, time
        from autograder.common.limits import Limits
        from autograder.sandbox import servers
        from autograder.sandbox.flavours import NUMPY
        from autograder.sandbox.kernel import Kernel
        kernel = Kernel(servers.server_of(NUMPY), socket.socketpair()[0], Limits())
        print(servers._processes[0].pid, flush=True)
        kernel.execute("while True: pass")
    """)
    grader = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    server = int(grader.stdout.readline())
    time.sleep(0.5)
    assert family(server)
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    deadline = time.monotonic() + PATIENCE
    while family(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert family(server) == []


def family(session: int) -> list[str]:
    """Commands of the processes of a fork server's session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == session:
                    stat = (entry / "stat").read_text()
                    if stat.rpartition(")")[2].split()[0] != "Z":
                        found.append((entry / "comm").read_text())
            except OSError:
                continue
    return found
