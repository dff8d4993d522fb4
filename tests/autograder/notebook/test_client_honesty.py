"""Leaning on a library, or lying to the judge, earns nothing at home either, and says so."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest
from at_home import right

from autograder.notebook import client

# --- leaning on a library ------------------------------------------------------------------------


def scipy_aliased(image, kernel):
    from scipy.signal import correlate2d as mine

    return mine(image, kernel, mode="valid")


def scipy_inside_numpy(image, kernel):
    import scipy.ndimage as nd

    full = np.apply_along_axis(lambda row: nd.correlate1d(row, kernel[0]), 1, image)
    return full[: image.shape[0] - kernel.shape[0] + 1, : image.shape[1] - kernel.shape[1] + 1]


def library_of_the_course(image, kernel):
    import conv2d_lib as cl

    return cl.conv2d(image[None, ..., None].astype(np.float32), kernel[..., None, None])[0, ..., 0]


def library_loops(image, kernel):
    from conv2d_lib.didactic import correlate2d_loops

    return correlate2d_loops(image, kernel)


def scipy_in_a_thread(image, kernel):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Thread

    from scipy.signal import correlate2d

    Thread(target=correlate2d, args=(image, kernel)).start()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(correlate2d, image, kernel, mode="valid").result()


@pytest.mark.parametrize(
    ("function", "library"),
    [
        (scipy_in_a_thread, "scipy"),
        (scipy_aliased, "scipy"),
        (scipy_inside_numpy, "scipy"),
        (library_of_the_course, "conv2d_lib"),
        (library_loops, "conv2d_lib"),
    ],
)
def test_leaning_on_a_library_is_told_at_home(report, function, library):
    out, _ = report(function)
    assert f"tu función se apoya en {library}" in out
    assert "0 % de los puntos" in out


def test_a_package_that_nobody_named_is_refused_too(report):
    """What is allowed is on a list; whatever else is installed is not."""
    import joblib

    out, _ = report(lambda image, kernel: joblib.cpu_count() and right(image, kernel))
    assert "tu función se apoya en joblib" in out


def test_a_file_of_ones_own_is_ones_own_though_a_package_has_its_name(
    report, tmp_path, monkeypatch
):
    (tmp_path / "joblib.py").write_text("def igual(x):\n    return x\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "joblib", raising=False)
    import joblib

    out, last = report(lambda image, kernel: joblib.igual(right(image, kernel)))
    monkeypatch.delitem(sys.modules, "joblib")
    assert last == "", out


def test_filters_of_pillow_are_refused_and_its_pictures_are_not(report):
    from PIL import Image, ImageFilter

    def filtered(image, kernel):
        picture = Image.fromarray(image.astype(np.int32))
        return np.asarray(picture.filter(ImageFilter.Kernel((3, 3), range(9))), float)

    def seen(image, kernel):
        assert Image.fromarray(image.astype(np.uint8)).size
        return right(image, kernel)

    out, _ = report(filtered)
    assert "tu función se apoya en PIL.ImageFilter" in out
    assert report(seen)[1] == ""


@pytest.mark.parametrize("line", ["print('paso', image.shape)", "list(tqdm.tqdm(range(3)))"])
def test_to_print_and_to_draw_is_ones_own_work(report, line):
    import joblib  # noqa: F401 - it hangs itself into multiprocessing, which tqdm asks for a lock

    names = {"right": right}
    exec(
        f"import tqdm\ndef own(image, kernel):\n    {line}\n    return right(image, kernel)", names
    )
    out, last = report(names["own"])
    assert last == "", out


def test_leaning_on_tensorflow_is_seen(report, monkeypatch):
    # A stand-in: importing the real one takes seconds, and the watch goes by the module's name.
    fake = type(sys)("tensorflow.nn")
    exec("def conv2d(image, kernel, f):\n    return f(image, kernel)", fake.__dict__)
    monkeypatch.setitem(sys.modules, "tensorflow.nn", fake)
    out, _ = report(lambda image, kernel: fake.conv2d(image, kernel, right))
    assert "tu función se apoya en tensorflow" in out


def test_numba_is_ones_own_work_though_it_imports_scipy_and_tells_conv2d_lib(report):
    import numba

    import conv2d_lib.kernels.compilation  # noqa: F401 - it listens to every compilation

    @numba.njit
    def loops(image, kernel):
        kh, kw = kernel.shape
        out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
        for i in range(out.shape[0]):
            for j in range(out.shape[1]):
                for a in range(kh):
                    window = image[i + a, j : j + kw].astype(np.float64)
                    out[i, j] += np.dot(window, kernel[a].astype(np.float64))
        return out

    out, _ = report(loops)
    assert "todo correcto" in out


def test_finalizers_of_a_library_are_nobodys_work(report, monkeypatch):
    fake = type(sys)("tensorflow.eager")
    exec("class Tensor:\n    def __del__(self):\n        pass", fake.__dict__)

    def with_garbage_about(image, kernel):
        # Enough new lists for the collector to wake.
        assert len([[] for _ in range(5000)]) == 5000
        return right(image, kernel)

    for _ in range(20):
        # A cycle that only the collector frees, as TensorFlow leaves many.
        tensor = fake.Tensor()
        tensor.itself = tensor
    del tensor
    out, _ = report(with_garbage_about)
    assert "todo correcto" in out


# --- forging -------------------------------------------------------------------------------------


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __array__(self, *args, **kwargs):
        return np.zeros((4, 4))

    shape = (4, 4)
    dtype = np.dtype(float)


class LyingArray(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __sub__(self, other):
        return np.zeros(1)

    def __array__(self, *args, **kwargs):
        return np.zeros((4, 4))

    def __array_function__(self, *args, **kwargs):
        return True


class LyingFloat(float):
    def __eq__(self, other):
        return True


def test_objects_that_claim_to_be_equal_earn_nothing(report):
    for lie in (AlwaysEqual(), np.zeros((4, 4)).view(LyingArray), LyingFloat(1), [AlwaysEqual()]):
        out, last = report(lambda image, kernel, lie=lie: lie)
        assert "✘ valores" in out
        assert last


def test_a_patched_numpy_earns_nothing(report, monkeypatch):
    for name in ("allclose", "array_equal", "isclose", "abs", "all", "max"):
        monkeypatch.setattr(np, name, lambda *args, **kwargs: True)
    monkeypatch.setattr(np.testing, "assert_allclose", lambda *args, **kwargs: None)
    out, last = report(lambda image, kernel: np.zeros((4, 4)))
    assert "✘ valores" in out
    assert last


def test_reading_the_judges_socket_finds_no_answers(report):
    seen = []

    def curious(image, kernel):
        reader = client._judge.connection.sock.reader.fileno()
        os.set_blocking(reader, False)
        try:
            os.read(reader, 1 << 16)
        except BlockingIOError:
            seen.append("nothing to read")
        finally:
            os.set_blocking(reader, True)
        return np.zeros((4, 4))

    out, _ = report(curious)
    assert "✘ valores" in out
    assert "nothing to read" in seen


def test_a_verdict_of_ones_own_cannot_be_sent(report):
    def forger(image, kernel):
        forged = client.Message("verdict", {"passed": True, "report": "✔ todo correcto"})
        client._judge.connection.send(forged)
        return right(image, kernel)

    out, last = report(forger)
    assert "todo correcto" not in out
    assert "el juez dejó de responder" in last
    assert report(right)[1] == ""
