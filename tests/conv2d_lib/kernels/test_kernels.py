"""What the compiled kernels promise besides their values: threads, processors, cache, messages."""

import os
import subprocess
import sys

import numpy as np
import pytest
from compiled import compiled_functions
from numba.core import caching
from numba.extending import _Intrinsic as Intrinsic

from conv2d_lib import functional
from conv2d_lib.kernels import register_tile, threads
from conv2d_lib.kernels.compilation import cached_jit
from conv2d_lib.kernels.relu import relu_gradient

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
import sys, numpy as np, conv2d_lib as cl
print("aquí", flush=True)
sys.stdin.readline()  # Whoever arrives first waits until all are told to begin.
print(cl.conv2d(np.ones((1, 3, 3, 1), "float32"), np.ones((3, 3, 1, 1), "float32")).item())
"""


def start(code, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def begun(number, cache):
    """That many first calls, that begin when all are there."""
    processes = [start(FIRST_CALL, NUMBA_CACHE_DIR=str(cache)) for _ in range(number)]
    for process in processes:
        assert process.stdout.readline() == "aquí\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return processes


@pytest.mark.parametrize(
    ("features", "unit"),
    [
        ("+avx,+avx2,+fma,+avx512f", (64, 14)),
        ("+avx,+avx2,+fma", (32, 6)),
        ("+avx2,-fma", (0, 6)),
        ("+neon", (16, 7)),
        ("", (0, 6)),
    ],
)
def test_the_tile_is_as_wide_as_the_processor_s_vectors(features, unit, monkeypatch):
    """Asked of Numba's configuration, or else of the processor itself."""
    monkeypatch.setattr(register_tile.config, "CPU_FEATURES", features)
    assert register_tile._vector_unit() == unit
    found = {name[1:]: name[0] == "+" for name in features.split(",") if name}
    monkeypatch.setattr(register_tile.config, "CPU_FEATURES", None)
    monkeypatch.setattr(register_tile.binding, "get_host_cpu_features", lambda: found)
    assert register_tile._vector_unit() == unit
    monkeypatch.setattr(register_tile.config, "DISABLE_JIT", True)
    assert register_tile._vector_unit() == (0, 6)


@pytest.mark.parametrize(
    "environment",
    [
        {"NUMBA_DISABLE_JIT": "1"},
        {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
        {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+avx,+avx2,+fma"},
        # NEON's width on this processor: LLVM ignores the name, conv2d_lib goes by it.
        {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+avx,+fma,+neon"},
    ],
    ids=["python", "plain-loops", "avx2", "neon-wide"],
)
def test_every_kind_of_processor_gives_the_same_values(environment, tmp_path):
    if "NUMBA_CPU_NAME" in environment and os.uname().machine != "x86_64":
        environment = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
    process = start(CHECK_ALL, NUMBA_CACHE_DIR=str(tmp_path), **environment)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert output.endswith("bien\n")


def test_two_processes_may_compile_at_once_and_the_next_need_not(tmp_path):
    processes = begun(2, tmp_path)
    for process in processes:
        output, errors = process.communicate(timeout=300)
        assert output.splitlines()[-1] == "9.0"
        assert output.startswith("conv2d_lib: compilando los kernels")
        assert errors == ""  # nbgrader gives 0 to a cell that writes there
    (process,) = begun(1, tmp_path)
    output, errors = process.communicate(timeout=300)
    assert (output, errors) == ("9.0\n", "")


def test_kernels_work_where_no_folder_can_be_written(monkeypatch):
    monkeypatch.setattr(caching.CompileResultCacheImpl, "_locator_classes", [])
    double = cached_jit()(lambda x: 2 * x)
    assert double(21) == 42


def test_the_cache_watches_every_file_whose_compiled_functions_are_called():
    """Numba's own looks only at the file of the function it compiles."""
    found = list(compiled_functions())
    assert len(found) > 8
    for module, function in found:
        for name in function.__code__.co_names:
            value = vars(module).get(name)
            named = isinstance(value, type) and issubclass(value, tuple)
            if not (named or hasattr(value, "py_func") or isinstance(value, Intrinsic)):
                continue
            home = value if named else getattr(value, "py_func", None) or value._defn
            assert home.__module__ in (module.__name__, *function.watched), (function, name)


def test_an_edit_in_a_watched_file_is_picked_up(tmp_path):
    inner, outer = tmp_path / "inner.py", tmp_path / "outer.py"
    head = "from conv2d_lib.kernels.compilation import cached_jit\n"
    text = head + "@cached_jit()\ndef f(x): return x + {}\n"
    inner.write_text(text.format(1))
    outer.write_text(
        "import inner\nfrom inner import f\nfrom conv2d_lib.kernels.compilation import cached_jit\n"
        "@cached_jit(inner)\ndef g(x): return f(x)\nprint(g(1), sum(g.stats.cache_hits.values()))\n"
    )
    said = []
    for constant in (1, 1, 20):
        inner.write_text(text.format(constant))
        command = [sys.executable, "-B", str(outer)]
        said.append(subprocess.run(command, capture_output=True, text=True).stdout)
    assert said == ["2 0\n", "2 1\n", "21 0\n"]


def test_the_fused_relu_keeps_nan_and_cuts_the_rest():
    x = np.array([-2.0, 3.0, np.nan, np.inf, -np.inf, 0.0], np.float32).reshape(1, 1, 6, 1)
    kernel = np.ones((1, 1, 1, 1), np.float32)
    arguments = (1, "valid", 1, 1, "channels_last")
    out = functional.conv2d_activated(x, kernel, None, *arguments, relu=True)
    np.testing.assert_array_equal(out.ravel(), [0, 3, np.nan, np.inf, 0, 0])


def test_relu_gradient_passes_where_the_output_is_positive():
    y, grad = np.array([0.0, 2.0, 0.0, 5.0]), np.array([1.0, -3.0, np.nan, 4.0])
    np.testing.assert_array_equal(relu_gradient(y, grad), [0, -3, 0, 4])


def test_relu_gradient_reaches_the_last_number(monkeypatch):
    monkeypatch.setattr(threads, "_FLOPS_PER_THREAD", 1)
    y = np.random.default_rng(0).normal(size=(5, 10_007))
    grad = np.random.default_rng(1).normal(size=y.shape)
    np.testing.assert_array_equal(relu_gradient(y, grad), np.where(y > 0, grad, 0))
