"""El intérprete del recinto: qué hace donde Jupyter preguntaría, abriría o se cerraría."""

from __future__ import annotations

import ast
import threading

import pytest
from inside import error, value

from autograder.common.limits import Limits


def printed(run) -> str:
    return "".join(o["text"] for o in run.outputs if o["output_type"] == "stream")


# On a desktop, on Colab or in an environment of conda these go on; here, too.
SURVIVED = {
    "ipympl": "%matplotlib widget",
    "the newer name of ipympl": "%matplotlib ipympl",
    "a window of Qt": "%matplotlib qt",
    "a window of Tk": "%matplotlib tk",
    "a window of macOS": "%matplotlib osx",
    "whatever there is": "%matplotlib",
    "automatic": "%matplotlib auto",
    "a loop of windows": "%gui qt",
    "a backend by name": "import matplotlib; matplotlib.use('TkAgg')",
    "a backend for browsers": "import matplotlib; matplotlib.use('WebAgg')",
    "a backend changed later": "import matplotlib.pyplot as p; p.switch_backend('Qt5Agg')",
    "conda": "%conda install -y numpy",
    "mamba": "%mamba install numpy",
    "an extension that is not there": "%load_ext line_profiler",
    "exit": "exit()",
    "quit": "quit",
    "a new kernel": "get_ipython().kernel.do_shutdown(True)",
    "a failing script": "%%bash\nexit 3",
    "pip by subprocess": (
        "import subprocess, sys\n"
        "subprocess.check_call([sys.executable, '-m', 'pip', 'install', 'tqdm'])"
    ),
    "a system that is asked": "import os; assert os.system('nvidia-smi') != 0",
}


@pytest.mark.parametrize("source", SURVIVED.values(), ids=SURVIVED)
def test_what_goes_on_elsewhere_goes_on_here(start, source):
    kernel = start()
    run = kernel.execute(source)
    assert (run.ended, run.alive) == ("ok", True), run.outputs
    assert value(kernel.execute("1 + 1")) == "2"


@pytest.mark.parametrize("window", ["%matplotlib qt", "import matplotlib; matplotlib.use('TkAgg')"])
def test_figures_of_a_window_are_drawn_in_the_notebook(start, window):
    kernel = start()
    kernel.execute(window)
    run = kernel.execute("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert "image/png" in run.outputs[-1]["data"]


def test_a_shell_line_says_one_line_and_gives_what_a_failed_command_gives(start):
    run = start().execute(
        "!pip install -q tqdm\nx = !ls\nprint(list(x), type(x).__name__, _exit_code)\n!{'a' * 500}"
    )
    lines = printed(run).splitlines()
    said = "al calificar no se ejecutan órdenes del sistema: "
    assert lines[:2] == [said + "«pip install -q tqdm»", said + "«ls»"]
    assert lines[2] == "[] SList 126"
    assert lines[3] == said + "«" + "a" * 79 + "…»"


def test_of_a_script_the_names_that_it_fills_exist(start):
    kernel = start()
    kernel.execute("%%bash --out salida --err errores\nls")
    assert value(kernel.execute("salida + errores")) == "''"


@pytest.mark.parametrize("program", ["'/sleep'", "'/bin/sh'", "sys.executable"])
def test_a_program_by_its_path_is_refused_by_the_system_itself(start, program):
    run = start().execute(f"import subprocess, sys; subprocess.run([{program}, '--version'])")
    assert error(run).startswith("PermissionError")


@pytest.mark.parametrize(
    "question", ["input('¿Nombre? ')", "import getpass; getpass.getpass()", "breakpoint()"]
)
def test_a_question_fails_at_once_and_says_that_nobody_is_there(start, question):
    assert "al calificar no hay nadie que responda" in error(start().execute(question))


# --- outputs -------------------------------------------------------------------------------------


def test_an_output_is_updated_in_its_place(start):
    run = start().execute(
        "asa = display('uno', display_id=True)\nprint('entre')\n"
        "asa.update('dos')\nasa.update('tres')"
    )
    assert [o["output_type"] for o in run.outputs] == ["display_data", "stream"]
    assert run.outputs[0]["data"]["text/plain"] == "'tres'"


def test_of_another_cell_an_output_is_not_updated(start):
    kernel = start()
    kernel.execute("asa = display('uno', display_id=True)")
    assert kernel.execute("asa.update('dos')").outputs == []


def test_what_was_cleared_is_not_kept(start):
    run = start().execute(
        "from IPython.display import clear_output\n"
        "print('uno'); clear_output(); print('dos'); clear_output(wait=True); print('tres')\n"
        "clear_output(wait=True)"
    )
    assert printed(run) == "tres\n"


def test_a_drawing_that_is_cleared_and_drawn_again_stays_whole(start):
    run = start(Limits(kept_bytes=50_000, flood_bytes=100_000)).execute(
        "from IPython.display import clear_output\n"
        "for i in range(8): clear_output(wait=True); print('x' * 40_000)"
    )
    assert (run.ended, run.whole, len(printed(run))) == ("ok", True, 40_001)


@pytest.mark.parametrize("said", ["clear_output()", "clear_output(); print('x' * 2000)"])
def test_clearing_without_end_is_a_flood(start, said):
    kernel = start(Limits(kept_bytes=50_000, flood_bytes=100_000))
    run = kernel.execute(f"from IPython.display import clear_output\nwhile True: {said}")
    assert (run.ended, run.alive) == ("flood", True)


def test_updates_are_counted_as_outputs_are(start):
    kernel = start(Limits(kept_bytes=50_000, flood_bytes=100_000))
    run = kernel.execute("a = display(1, display_id=True)\nwhile True: a.update('x' * 9000)")
    assert (run.ended, run.alive) == ("flood", True)
    assert [o["output_type"] for o in run.outputs] == ["display_data", "error"]


@pytest.mark.parametrize(
    "forged",
    [
        "shell.OUTBOX.send({}, display=7, op='update')",
        "shell.OUTBOX.say(protocol.Message('update', {'json': 7}))",
        "shell.OUTBOX.say(protocol.Message('clear', {'json': [1]}))",
        "shell.OUTBOX.say(protocol.Message('output', {}))",
    ],
)
def test_a_strange_message_costs_at_most_its_notebook(start, forged):
    kernel = start()
    run = kernel.execute(
        "import sys\n"
        "shell = sys.modules['autograder.sandbox.shell']\n"
        "protocol = sys.modules['autograder.wire.protocol']\n" + forged
    )
    assert run.ended in ("ok", "error", "died")


def test_threads_that_print_at_once_print_whole_lines(start):
    run = start(Limits(kept_bytes=1 << 22)).execute(
        "import threading\n"
        "def talk(n):\n"
        "    for i in range(500): print(f'{n}:{i}:' + 'x' * 300 + '\\n', end='')\n"
        "threads = [threading.Thread(target=talk, args=(n,)) for n in range(8)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads];"
    )
    assert run.ended == "ok"
    lines = printed(run).splitlines()
    assert set(lines) == {f"{n}:{i}:" + "x" * 300 for n in range(8) for i in range(500)}


# --- the loop of events --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "endless",
    {
        "awaited": "import asyncio\nawait asyncio.sleep(600)",
        "not awaited": "import asyncio\nawait asyncio.sleep(0)\nwhile True: pass",
        "in a task": (
            "import asyncio\nasync def spin():\n    while True: pass\n"
            "t = asyncio.create_task(spin())"
        ),
        "in a callback": (
            "import asyncio\ndef spin():\n    while True: pass\n"
            "asyncio.get_running_loop().call_soon(spin)"
        ),
        "swallows interrupts once": (
            "import asyncio\ntry:\n    await asyncio.sleep(600)\n"
            "except asyncio.CancelledError: print('cortada')"
        ),
    }.items(),
    ids=lambda case: case[0],
)
def test_an_endless_cell_that_awaits_is_interrupted_and_the_notebook_goes_on(start, endless):
    kernel = start(patient=True)
    run = kernel.execute(endless[1], 1.0)
    assert (run.ended, run.alive) == ("timeout", True)
    assert value(kernel.execute("import asyncio\nawait asyncio.sleep(0, 5)")) == "5"


def test_a_cell_that_awaits_nothing_is_not_compiled_twice_to_know_it(start):
    kernel = start()
    kernel.execute("import IPython.core.interactiveshell as shell\nshell._should_be_async = None")
    assert value(kernel.execute("1 + 1")) == "2"
    assert kernel.execute("import asyncio\nawait asyncio.sleep(0)").ended == "error"


def test_of_an_interrupt_the_last_line_shown_is_the_students(start):
    for seconds in (1.0, 10.0):  # Time to come to that line, whatever else the machine does.
        run = start(patient=True).execute("def f():\n    while True: pass\nf()", seconds)
        shown = "\n".join(run.outputs[-1]["traceback"])
        if "while True: pass" in shown:
            break
    assert "while True: pass" in shown
    assert "autograder" not in shown


@pytest.mark.parametrize(
    "deed",
    [
        "loop.stop()",
        "loop.close()",
        "loop.call_soon(loop.stop)",
        "asyncio.set_event_loop(None)",
        "[task.cancel() for task in asyncio.all_tasks()]",
        "import os; [os.close(n) for n in range(5, 9)]",
    ],
)
def test_whatever_is_done_to_the_loop_the_next_cells_run(start, deed):
    kernel = start()
    run = kernel.execute("import asyncio; loop = asyncio.get_running_loop()\n" + deed)
    assert run.alive
    assert value(kernel.execute("1 + 1")) == "2"


def test_tasks_go_on_between_two_cells(start):
    # Asked at once, of another each time: to ask is to run a cell.
    for seconds in (1, 8, 60):
        kernel = start()
        kernel.execute(
            "import asyncio, threading\nended = threading.Event()\n"
            "async def work():\n    await asyncio.sleep(0.01)\n    ended.set()\n"
            "task = asyncio.create_task(work())"
        )
        threading.Event().wait(seconds)
        ended = value(kernel.execute("ended.is_set()"))
        if ended == "True":
            return
    assert ended == "True"


def test_every_magic_of_jupyter_has_its_name_here(start):
    from ipykernel.zmqshell import KernelMagics
    from IPython.core.interactiveshell import InteractiveShell

    stock = InteractiveShell().magics_manager.lsmagic()
    kernel = start()
    for kind in ("line", "cell"):
        here = set(
            ast.literal_eval(
                value(kernel.execute(f"sorted(get_ipython().magics_manager.lsmagic()[{kind!r}])"))
            )
        )
        assert set(stock[kind]) | set(KernelMagics.magics[kind]) <= here
