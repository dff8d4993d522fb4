"""Los errores de una celda que se dicen de otro modo: nombres que aún no existen, y lo no escrito.

``comprobar("…", conv2d)`` with no ``conv2d`` never reaches us, and neither does ``conv2d()`` with
its arguments missing: IPython lets exceptions be shown in another way, and one Spanish line is
shown. An example that calls a function not yet written says so, and lets the cells below run. All
other errors are shown as ever, and stop the notebook as ever.
"""

from __future__ import annotations

import ast
import difflib
import linecache
from types import FunctionType, TracebackType
from typing import Any

from ..common.failures import UNWRITTEN, executed_by_nbgrader
from . import cell_lines
from .call_forms import usage
from .cell_lines import is_cell
from .progress import say

_MOST_NAMES = 2000


def install() -> None:
    """In a notebook's kernel, where nobody has asked for something of their own."""
    shell = cell_lines.notebook_shell()
    if shell is None or shell.custom_exceptions != ():
        return
    shell.set_custom_exc((NameError, TypeError, NotImplementedError), _show)
    if not executed_by_nbgrader():
        shell.events.register("post_run_cell", _go_on)


def _is_unwritten(error: BaseException | None) -> bool:
    return type(error) is NotImplementedError and error.args == (UNWRITTEN,)


def _go_on(result: Any) -> None:
    """«Ejecutar todas las celdas» stops at a cell that fails: this one did not, it waits."""
    if _is_unwritten(result.error_in_exec):
        result.error_in_exec = None


def _show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    if _is_unwritten(error) and not executed_by_nbgrader():
        place = cell_lines.of_traceback(trace)
        say(f"○ {UNWRITTEN}" + (f" ({place.short})" if place else ""))
        return
    try:
        line = explain(error, trace, shell.user_ns)
    except Exception:
        line = None  # Whatever it is, IPython shows it.
    if line is None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)
    else:
        error.args = (line,)
        shell._showtraceback(kind, error, [f"{kind.__name__}: {line}"])


def explain(error: BaseException, trace: TracebackType, known: dict[str, Any]) -> str | None:
    """One Spanish line for an error of the line that calls ``comprobar``; None for any other."""
    while trace.tb_next is not None and not is_cell(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    filename = trace.tb_frame.f_code.co_filename
    if trace.tb_next is not None or not is_cell(filename):
        return None
    call = _call_of_comprobar("".join(linecache.getlines(filename)), trace.tb_lineno)
    if call is None:
        return None
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    ids = [one.value for one in given if isinstance(one, ast.Constant)]
    form = usage(next((one for one in ids if isinstance(one, str)), None))
    if isinstance(error, NotImplementedError):
        return None
    if isinstance(error, NameError):
        if error.name not in {one.id for one in ast.walk(call) if isinstance(one, ast.Name)}:
            return None
        return _unknown_name(error.name or "", form, known)
    if any(isinstance(one, ast.Call) for one in given):
        return f"comprobar recibe la función misma, sin llamarla: escribe {form}, sin paréntesis"
    return None


def _call_of_comprobar(source: str, line: int) -> ast.Call | None:
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "comprobar"
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return calls[0] if calls else None


def _unknown_name(name: str, form: str, known: dict[str, Any]) -> str:
    if name == "comprobar":
        return "comprobar todavía no existe: ejecuta la primera celda, que lo importa"
    written = [one for one, value in list(known.items())[-_MOST_NAMES:] if _is_written_here(value)]
    near = difflib.get_close_matches(name, written, 1)
    if near:
        return f"«{name}» no existe; ¿querías decir «{near[0]}»?"
    return (
        f"«{name}» todavía no existe: ejecuta antes la celda que define tu función (si reiniciaste "
        f"el kernel, todas desde la primera), y escribe {form}"
    )


def _is_written_here(value: Any) -> bool:
    return type(value) is FunctionType and value.__module__ == "__main__"
