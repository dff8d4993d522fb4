"""What the compiled kernels promise besides their values: threads, processors, cache, messages."""

import multiprocessing
import os
import subprocess
import sys

import numpy as np
import pytest
from numba.core import caching

import conv2d_lib as cl
from conv2d_lib import functional, threads
from conv2d_lib.compilation import cached_jit
from conv2d_lib.relu import relu_gradient

# Runs in a process of its own: every kernel on a small case, against the textbook loops.
CHECK_ALL = """
import numpy as np, conv2d_lib as cl
rng = np.random.default_rng(0)
for filters, groups in ((5, 1), (20, 1), (3, 3)):
    x, kernel = rng.normal(size=(1, 6, 7, 3)), rng.normal(size=(3, 2, 3 // groups, filters))
    x, kernel = x.astype("float32"), kernel.astype("float32")
    dense = np.zeros((3, 2, 3, filters))
    for c in range(3):
        part = slice(None) if groups == 1 else slice(c, c + 1)
        dense[:, :, c, part] = kernel[:, :, c if groups == 1 else 0, part]
    for strides, padding in ((1, "same"), (2, "valid")):
        options = dict(strides=strides, padding=padding, groups=groups)
        out = cl.conv2d(x, kernel, **options)
        expected = cl.conv2d_loops(x, dense, None, strides, padding)
        np.testing.assert_allclose(out, expected, atol=1e-5)
        grad_x, grad_kernel, _ = cl.conv2d_backward(x, kernel, out, **options)
        energy = (out.astype("float64") ** 2).sum()
        np.testing.assert_allclose((grad_x * x).sum(), energy, rtol=1e-4)
        np.testing.assert_allclose((grad_kernel * kernel).sum(), energy, rtol=1e-4)
print("bien")
"""
# Few filters, one kernel: what a first call in a notebook compiles.
FIRST_CALL = """
import numpy as np, conv2d_lib as cl
print(cl.conv2d(np.ones((1, 3, 3, 1), "float32"), np.ones((3, 3, 1, 1), "float32")).item())
"""


def start(code, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("groups", [1, 8])
def test_results_do_not_depend_on_the_number_of_threads(monkeypatch, groups):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(9, 17, 19, 8)).astype(np.float32)
    kernel = rng.normal(size=(3, 3, 8 // groups, 40)).astype(np.float32)
    monkeypatch.setattr(threads, "_FLOPS_PER_THREAD", 1)
    results = []
    for count in (1, 2, 5):
        monkeypatch.setattr(threads, "max_threads", count)
        monkeypatch.setattr(threads, "_pool", None)
        out = cl.conv2d(x, kernel, strides=2, padding="same", groups=groups)
        gradients = cl.conv2d_backward(x, kernel, out, strides=2, padding="same", groups=groups)
        results.append((out, *gradients))
    for other in results[1:]:
        for expected, actual in zip(results[0], other, strict=True):
            np.testing.assert_array_equal(actual, expected)


def test_an_error_in_another_thread_is_not_lost(monkeypatch):
    monkeypatch.setattr(threads, "max_threads", 2)

    def job(start, stop):
        raise RuntimeError("roto")

    with pytest.raises(RuntimeError, match="roto"):
        threads.parallel(job, 8, 10**9)


def _convolve_in_a_child():
    threads.parallel(lambda start, stop: None, 8, 10**9)


def test_a_forked_child_makes_its_own_threads(monkeypatch):
    monkeypatch.setattr(threads, "max_threads", 2)
    _convolve_in_a_child()  # the parent's pool has started
    child = multiprocessing.get_context("fork").Process(target=_convolve_in_a_child)
    child.start()
    child.join(60)
    assert child.exitcode == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"NUMBA_DISABLE_JIT": "1"},
        {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
        {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+avx,+avx2,+fma"},
    ],
    ids=["python", "plain-loops", "avx2"],
)
def test_every_kind_of_processor_gives_the_same_values(environment, tmp_path):
    if "NUMBA_CPU_NAME" in environment and os.uname().machine != "x86_64":
        environment = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
    process = start(CHECK_ALL, NUMBA_CACHE_DIR=str(tmp_path), **environment)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert output.endswith("bien\n")


def test_two_processes_may_compile_at_once_and_the_next_need_not(tmp_path):
    processes = [start(FIRST_CALL, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2)]
    for process in processes:
        output, errors = process.communicate(timeout=300)
        assert output.splitlines()[-1] == "9.0"
        assert output.startswith("conv2d_lib: compilando los kernels")
        assert errors == ""  # nbgrader gives 0 to a cell that writes there
    output, errors = start(FIRST_CALL, NUMBA_CACHE_DIR=str(tmp_path)).communicate(timeout=300)
    assert (output, errors) == ("9.0\n", "")


def test_kernels_work_where_no_folder_can_be_written(monkeypatch):
    monkeypatch.setattr(caching.CompileResultCacheImpl, "_locator_classes", [])
    double = cached_jit()(lambda x: 2 * x)
    assert double(21) == 42


def test_numba_functions_call_only_functions_of_their_own_file():
    """Numba's cache watches the file of the function it compiles, and no other."""
    from conv2d_lib import col2im, kernels, pooling, relu

    for module in (kernels, pooling, col2im, relu):
        compiled = [v for v in vars(module).values() if hasattr(v, "py_func")]
        assert compiled
        assert all(function.py_func.__module__ == module.__name__ for function in compiled)


def test_the_fused_relu_keeps_nan_and_cuts_the_rest():
    x = np.array([-2.0, 3.0, np.nan, np.inf, -np.inf, 0.0], np.float32).reshape(1, 1, 6, 1)
    kernel = np.ones((1, 1, 1, 1), np.float32)
    arguments = (1, "valid", 1, 1, "channels_last")
    out = functional.conv2d_activated(x, kernel, None, *arguments, relu=True)
    np.testing.assert_array_equal(out.ravel(), [0, 3, np.nan, np.inf, 0, 0])


def test_relu_gradient_passes_where_the_output_is_positive():
    y, grad = np.array([0.0, 2.0, 0.0, 5.0]), np.array([1.0, -3.0, np.nan, 4.0])
    out = np.full(4, 7.0)
    relu_gradient(y, grad, out, 1, 4)
    np.testing.assert_array_equal(out, [7, -3, 0, 4])
