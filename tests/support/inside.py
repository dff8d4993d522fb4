"""What a cell left in the sandbox: its value, its error, or all that it printed."""

from __future__ import annotations

from autograder.common.limits import Limits
from autograder.sandbox.flavours import Flavour
from autograder.submission.kernel import JudgedKernel


def value(run) -> str:
    """The text of a cell's last value."""
    (result,) = [o for o in run.outputs if o["output_type"] == "execute_result"]
    return result["data"]["text/plain"]


def error(run) -> str:
    (found,) = [o for o in run.outputs if o["output_type"] == "error"]
    return f"{found['ename']}: {found['evalue']}"


def run_inside(flavour: Flavour, source: str) -> str:
    kernel = JudgedKernel(flavour, None, Limits(), log=lambda verdict: None)
    try:
        run = kernel.run(source, 60)
    finally:
        kernel.stop()
    assert run.ended == "ok", run.outputs
    return "".join(output["text"] for output in run.outputs if output["output_type"] == "stream")
