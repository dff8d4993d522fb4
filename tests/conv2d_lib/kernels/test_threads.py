"""The threads that share a kernel: nothing done twice, nothing left out, nobody waits for ever."""

import gc
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
import weakref

import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib.kernels import plans, threads
from conv2d_lib.kernels.records import OutSteps
from conv2d_lib.kernels.turns import next_turn

PATIENCE = 300  # Only so that a test that would hang fails instead.


@pytest.mark.parametrize("groups", [1, 8])
def test_results_do_not_depend_on_the_number_of_threads(monkeypatch, groups):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(9, 17, 19, 8)).astype(np.float32)
    kernel = rng.normal(size=(3, 3, 8 // groups, 40)).astype(np.float32)
    monkeypatch.setattr(threads, "_FLOPS_PER_THREAD", 1)
    results = []
    for count in (1, 2, 5):
        monkeypatch.setattr(threads, "max_threads", count)
        out = cl.conv2d(x, kernel, strides=2, padding="same", groups=groups)
        gradients = cl.conv2d_backward(x, kernel, out, strides=2, padding="same", groups=groups)
        results.append((out, *gradients))
    for other in results[1:]:
        for expected, actual in zip(results[0], other, strict=True):
            np.testing.assert_array_equal(actual, expected)


def take_turns(turns, work):
    """A kernel in Python: ``work`` on every block."""
    start, stop = next_turn(turns, 0)
    while start < stop:
        for block in range(start, stop):
            work(block)
        start, stop = next_turn(turns, stop - start)


def shared(work, blocks=64):
    threads.share(take_turns, (work,), blocks, 10**9)


@pytest.fixture
def team(monkeypatch):
    """A team of its own, of three threads."""
    team = threads._Team()
    monkeypatch.setattr(threads, "_team", team)
    monkeypatch.setattr(threads, "max_threads", 3)
    yield team
    team.close()


def test_every_block_is_done_once_job_after_job(team):
    for blocks in (1, 2, 3, 7, 64, 200):
        done = []
        shared(done.append, blocks)
        assert sorted(done) == list(range(blocks))


def test_all_threads_take_part_also_after_they_fell_asleep(team):
    for _ in range(3):
        together = threading.Barrier(3)
        shared(lambda block, together=together: together.wait(PATIENCE), 3)
        time.sleep(0.05)


def test_a_helper_that_comes_late_does_not_touch_the_next_job(team):
    """It may still hold the job before, whose blocks are all taken."""
    for number in range(300):
        done = np.zeros(5, np.int64)
        shared(lambda block, done=done: done.__setitem__(block, done[block] + 1), 5)
        assert (done == 1).all(), number


def test_the_leader_does_not_wait_for_helpers_that_have_not_come(team, monkeypatch):
    shared(lambda block: None)
    time.sleep(0.05)
    done = []
    with monkeypatch.context() as deaf:
        deaf.setattr(threads._Helper, "wake", lambda helper: None)
        shared(done.append)
    assert len(done) == 64


@pytest.mark.parametrize("thread", ["MainThread", "conv2d-0"])
def test_an_error_in_any_thread_is_not_lost(team, thread):
    everyone = threading.Barrier(3)

    def work(block):
        everyone.wait(PATIENCE)
        if threading.current_thread().name == thread:
            raise MemoryError("roto")

    with pytest.raises(MemoryError, match="roto"):
        shared(work, 3)
    done = []
    shared(done.append)
    assert len(done) == 64  # the team goes on


def test_two_threads_may_convolve_at_once(team):
    inside, outcome = threading.Event(), []

    def other():
        inside.wait(PATIENCE)
        shared(outcome.append)

    second = threading.Thread(target=other)
    second.start()

    def work(block):
        inside.set()
        second.join(PATIENCE)

    shared(work, 3)
    assert sorted(outcome) == list(range(64))


def test_a_finished_job_is_let_go(team):
    class Thing:
        pass

    thing = Thing()
    shared(lambda block, thing=thing: None)
    gone = weakref.ref(thing)
    del thing
    for _ in range(200):
        gc.collect()
        if gone() is None:
            break
        time.sleep(0.01)
    assert gone() is None


def _convolve_in_a_child():
    shared(lambda block: None)


def test_a_forked_child_makes_its_own_threads(team):
    _convolve_in_a_child()  # the parent's helpers have started
    child = multiprocessing.get_context("fork").Process(target=_convolve_in_a_child)
    child.start()
    child.join(PATIENCE)
    assert child.exitcode == 0


ENDS_SOON = """
import numpy as np, conv2d_lib as cl
from conv2d_lib.kernels import plans, threads
from conv2d_lib.kernels.records import OutSteps
threads.max_threads = 3
for _ in range(20):
    cl.conv2d(np.ones((8, 64, 64, 8), "float32"), np.ones((3, 3, 8, 32), "float32"))
"""


def test_a_process_may_end_while_its_helpers_still_wait():
    for _ in range(2):
        command = [sys.executable, "-c", ENDS_SOON]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert (done.returncode, done.stderr) == (0, "")


def some_convolutions():
    """Pictures and kernels with the results that one thread gives."""
    rng, cases = np.random.default_rng(0), []
    for batch, side, channels, filters in ((1, 8, 3, 5), (4, 16, 8, 40), (2, 12, 32, 64)):
        x = rng.normal(size=(batch, side, side, channels)).astype(np.float32)
        kernel = rng.normal(size=(3, 3, channels, filters)).astype(np.float32)
        out = cl.conv2d(x, kernel, padding="same")
        cases.append((x, kernel, out, cl.conv2d_backward(x, kernel, out, padding="same")))
    return cases


def _right(x, kernel, out, gradients):
    found = cl.conv2d_backward(x, kernel, out, padding="same")
    return np.array_equal(cl.conv2d(x, kernel, padding="same"), out) and all(
        map(np.array_equal, found, gradients)
    )


def _fork_and_check(case):
    child = os.fork()
    if child == 0:
        os._exit(0 if _right(*case) else 1)
    return os.waitpid(child, 0)[1] == 0


def test_many_threads_naps_and_forks_at_once_give_what_one_thread_gives(team, monkeypatch):
    cases = some_convolutions()
    monkeypatch.setattr(threads, "_FLOPS_PER_THREAD", 1)
    wrong = []

    def work(seed):
        chance = random.Random(seed)
        for turn in range(150):
            case = chance.choice(cases)
            if not _right(*case) or (turn % 50 == seed and not _fork_and_check(case)):
                wrong.append(case[0].shape)
            if chance.random() < 0.1:
                time.sleep(chance.random() / 500)

    callers = [threading.Thread(target=work, args=(seed,), daemon=True) for seed in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(PATIENCE)
        assert not caller.is_alive()
    assert wrong == []


# In planes of 58 × 58 it is read where it is; those of 64 × 64 dispute the same lines of the cache.
@pytest.mark.parametrize(
    ("source", "dilation", "turned", "few"),
    [(58, 1, False, 24), (58, 1, True, 24), (64, 4, True, 16)],
)
def test_two_threads_get_big_blocks_and_many_threads_enough_of_them(
    monkeypatch, source, dilation, turned, few
):
    monkeypatch.setattr(plans, "_MOST_PIXELS", 56 * 14)  # as where a tile has the most rows
    axis = plans.Axis(source, output=56, stride=1, before=0, taps=3, dilation=dilation)
    steps = OutSteps(image=56 * 56 * 32, row=56 * 32, column=32, start=0)
    images, blocks = 4, []
    for count in (2, 16):
        monkeypatch.setattr(plans, "max_threads", count)
        size = images, 32, 32, 1, False, 4
        plan = plans.convolution_plan.__wrapped__(axis, axis, *size, steps, False, (turned,) * 2)
        blocks.append(images * plan.blocks)
    assert blocks == [few, 3 * 16]
