"""Un servidor de cuadernos que muere se reemplaza: el cuaderno siguiente no lo nota."""

from __future__ import annotations

from autograder.common.limits import Limits
from autograder.sandbox import servers
from autograder.sandbox.flavours import NUMPY
from autograder.submission.kernel import JudgedKernel


def start() -> JudgedKernel:
    return JudgedKernel(NUMPY, None, Limits(), log=lambda verdict: None)


def test_a_server_that_was_killed_is_replaced():
    before = start()
    for process in servers._processes:
        process.kill()
        process.wait()
    # A notebook that runs already has a keeper of its own.
    assert before.run("1", 30).ended == "ok"
    after = start()
    assert after.run("1", 30).ended == "ok"
    before.stop()
    after.stop()
