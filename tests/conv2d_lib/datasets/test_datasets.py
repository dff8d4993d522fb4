"""Fashion-MNIST from a folder, from Keras's cache and from mirrors; damaged files; no network."""

import gzip
import hashlib
import http.server
import os
import struct
import subprocess
import sys
import threading

import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib.datasets import download
from conv2d_lib.datasets import sets as datasets
from conv2d_lib.datasets.idx import read_idx

SHAPES = {
    "train-images-idx3-ubyte.gz": (40, 28, 28),
    "train-labels-idx1-ubyte.gz": (40,),
    "t10k-images-idx3-ubyte.gz": (20, 28, 28),
    "t10k-labels-idx1-ubyte.gz": (20,),
}
LABELS = "t10k-labels-idx1-ubyte.gz"


def idx_bytes(array, magic=None):
    magic = 0x0800 | array.ndim if magic is None else magic
    header = struct.pack(f">{1 + array.ndim}I", magic, *array.shape)
    return gzip.compress(header + array.tobytes())


def content(shape):
    if len(shape) == 1:
        return np.arange(shape[0], dtype=np.uint8) % 10
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


@pytest.fixture
def small(monkeypatch, tmp_path):
    """The data set in miniature: same names and format, forty and twenty images."""
    files = {name: idx_bytes(content(shape)) for name, shape in SHAPES.items()}
    published = {
        name: datasets.DataFile(
            shape,
            hashlib.md5(files[name]).hexdigest(),
            hashlib.sha256(gzip.decompress(files[name])).hexdigest(),
        )
        for name, shape in SHAPES.items()
    }
    monkeypatch.setattr(datasets, "FASHION_MNIST_FILES", published)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("FASHION_MNIST_DIR", raising=False)
    return files


@pytest.fixture
def folder(small, tmp_path):
    for name, data in small.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def serve():
    """Starts tiny servers on this machine: ``serve({name: bytes})`` gives a mirror's address."""
    servers = []

    def start(files):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                data = files.get(self.path.lstrip("/"))
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def check(loaded):
    (x_train, y_train), (x_test, y_test) = loaded
    assert (x_train.shape, y_train.shape) == ((40, 28, 28), (40,))
    assert (x_test.shape, y_test.shape) == ((20, 28, 28), (20,))
    assert {a.dtype for a in (x_train, y_train, x_test, y_test)} == {np.dtype(np.uint8)}
    np.testing.assert_array_equal(x_train, content((40, 28, 28)))


def test_a_given_folder_is_read(folder):
    check(cl.load_fashion_mnist(folder))


def test_the_environment_names_the_folder(folder, monkeypatch):
    monkeypatch.setenv("FASHION_MNIST_DIR", str(folder))
    check(cl.load_fashion_mnist())


def test_the_cache_of_keras_is_used_without_network(small, monkeypatch):
    cache = datasets.keras_folder()
    cache.mkdir(parents=True)
    for name, data in small.items():
        (cache / name).write_bytes(data)
    monkeypatch.setattr(datasets, "FASHION_MNIST_MIRRORS", ())
    check(cl.load_fashion_mnist())


def test_the_second_mirror_is_used_when_the_first_fails(small, serve, monkeypatch):
    mirrors = (serve({}), serve(dict.fromkeys(small, b"not it")), serve(small))
    monkeypatch.setattr(datasets, "FASHION_MNIST_MIRRORS", mirrors)
    check(cl.load_fashion_mnist())
    assert sorted(path.name for path in datasets.keras_folder().iterdir()) == sorted(SHAPES)


def test_downloads_are_silent_on_standard_output(small, serve, monkeypatch, capfd):
    monkeypatch.setattr(datasets, "FASHION_MNIST_MIRRORS", (serve(small),))
    check(cl.load_fashion_mnist())
    assert "Downloading" not in "".join(capfd.readouterr())


def test_a_wrong_checksum_is_never_kept(small, serve, monkeypatch):
    altered = {name: data + b"\0" for name, data in small.items()}
    monkeypatch.setattr(datasets, "FASHION_MNIST_MIRRORS", (serve(altered),))
    with pytest.raises(FileNotFoundError, match="otro MD5"):
        cl.load_fashion_mnist()
    assert list(datasets.keras_folder().glob("*.gz")) == []


def test_without_data_or_network_one_line_says_where_to_put_what(small, serve, monkeypatch):
    monkeypatch.setattr(datasets, "FASHION_MNIST_MIRRORS", (serve({}), "http://127.0.0.1:9/"))
    with pytest.raises(FileNotFoundError) as error:
        cl.load_fashion_mnist()
    message = str(error.value)
    assert "\n" not in message
    for said in (*SHAPES, str(datasets.keras_folder()), "FASHION_MNIST_DIR", "respondió 404"):
        assert said in message
    assert "no hay conexión" in message


def test_a_mirror_that_never_answers_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(download, "TIMEOUT_SECONDS", 0.3)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as s:
        # Nobody accepts the connection: it is established and stays silent.
        mirror = f"http://127.0.0.1:{s.server_port}/"
        with pytest.raises(OSError, match="no respondió"):
            download.fetch("x.gz", "0" * 32, [mirror], tmp_path)


def test_an_incomplete_folder_says_what_is_missing(folder):
    (folder / LABELS).unlink()
    with pytest.raises(FileNotFoundError, match=f"falta {LABELS}"):
        cl.load_fashion_mnist(folder)


@pytest.mark.parametrize("name", SHAPES)
def test_other_data_under_the_same_names_is_not_fashion_mnist(folder, small, name):
    """KMNIST has these names, shapes and balanced classes: one number tells it apart."""
    array, _ = read_idx(folder / name, SHAPES[name])
    other = array.copy()
    other.flat[[0, 1]] = other.flat[[1, 0]]
    assert (other != array).any()
    (folder / name).write_bytes(idx_bytes(other))
    with pytest.raises(ValueError, match="no es de Fashion-MNIST") as error:
        cl.load_fashion_mnist(folder)
    assert str(folder / name) in str(error.value)
    assert "\n" not in str(error.value)


def test_files_compressed_in_another_way_are_the_same_data(folder, small):
    for name, data in small.items():
        raw = gzip.decompress(data)
        half = len(raw) // 2
        again = gzip.compress(raw[:half], 1, mtime=9) + gzip.compress(raw[half:], 0, mtime=9)
        assert again != data
        (folder / name).write_bytes(again)
    check(cl.load_fashion_mnist(folder))


def bomb(shape):
    return gzip.compress(struct.pack(">2I", 0x0801, *shape) + bytes(50_000_000))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda good: good[: len(good) // 2], "está cortado"),
        (lambda good: b"", "está cortado"),
        (lambda good: b"<html>404</html>", "no es un archivo gzip"),
        (lambda good: good[:12] + b"\xff\xff\xff" + good[15:], "gzip válido o está dañado"),
        (lambda good: gzip.compress(b"\0\0"), "cabecera tiene 2 bytes"),
        (lambda good: idx_bytes(content((20,)), magic=0x0D01), "mágico es 0x00000d01"),
        (lambda good: idx_bytes(content((21,))), r"forma \(21,\)"),
        (lambda good: gzip.compress(gzip.decompress(good)[:-3]), "tiene 17 bytes de datos"),
        (lambda good: bomb((20,)), "sobran datos"),
        (lambda good: idx_bytes(np.zeros(20, np.uint8)), "otros datos"),
        (lambda good: idx_bytes(content((20,))[::-1]), "no es de Fashion-MNIST"),
    ],
)
def test_a_damaged_file_is_one_line_with_its_name_and_the_remedy(folder, small, damage, says):
    (folder / LABELS).write_bytes(damage(small[LABELS]))
    with pytest.raises(ValueError, match=says) as error:
        cl.load_fashion_mnist(folder)
    message = str(error.value)
    assert str(folder / LABELS) in message
    assert "Bórralo" in message
    assert "\n" not in message


def test_a_bomb_is_not_unpacked(tmp_path):
    import tracemalloc

    path = tmp_path / "bomb.gz"
    path.write_bytes(bomb((20,)))
    tracemalloc.start()
    with pytest.raises(ValueError, match="sobran"):
        read_idx(path, (20,))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_the_published_names_shapes_and_sums():
    published = datasets.FASHION_MNIST_FILES
    assert list(published) == list(SHAPES)
    assert published[LABELS][:2] == ((10_000,), "bb300cfdad3c16e7a12a480ee83cd310")
    assert all(len(file.sha256) == 64 for file in published.values())
    assert all(mirror.endswith("/") for mirror in datasets.FASHION_MNIST_MIRRORS)
    assert len(datasets.FASHION_MNIST_MIRRORS) > 1
    assert len(cl.FASHION_MNIST_CLASSES) == 10


if "FASHION_MNIST_DIR" in os.environ:

    def test_the_real_data_has_the_published_mean_and_deviation():
        (x_train, y_train), (x_test, y_test) = cl.load_fashion_mnist()
        assert x_train.mean() == pytest.approx(72.94035223214286, abs=1e-9)
        assert x_train.std() == pytest.approx(90.02118235130519, abs=1e-9)
        assert (x_test.shape, y_train[0], y_test[0]) == ((10_000, 28, 28), 9, 9)


@pytest.mark.parametrize("name", ["china", "flower"])
def test_sample_images_are_float_pictures(name):
    image = cl.load_sample_image(name)
    assert image.shape == (427, 640, 3)
    assert image.dtype == np.float32
    assert image.min() >= 0
    assert 0.5 < image.max() <= 1


def test_an_unknown_sample_image_says_which_there_are():
    with pytest.raises(ValueError, match=r"'gato'.*'china' y 'flower'"):
        cl.load_sample_image("gato")


def test_what_scikit_learn_brings_is_read_as_it_reads_it_and_without_importing_it():
    code = (
        "import sys, conv2d_lib as cl\n"
        "from conv2d_lib.explorer.pictures import photographs\n"
        "china, (train, test) = cl.load_sample_image('china'), cl.load_digits()\n"
        "assert [p['id'] for p in photographs()] == ['china', 'flower']\n"
        "assert 'sklearn' not in sys.modules and 'scipy' not in sys.modules\n"
        "import numpy as np\n"
        "from sklearn.datasets import load_digits, load_sample_image\n"
        "np.testing.assert_array_equal(china, load_sample_image('china.jpg').astype('f4') / 255)\n"
        "digits = load_digits()\n"
        "np.testing.assert_array_equal(np.concatenate([train[0], test[0]]), digits.images)\n"
        "np.testing.assert_array_equal(np.concatenate([train[1], test[1]]), digits.target)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=240)


def test_where_nothing_can_be_written_it_is_said_before_any_download(tmp_path):
    (tmp_path / "archivo").touch()
    with pytest.raises(OSError, match="archivo/datos no se puede escribir"):
        download.fetch("x.gz", "0", ["http://127.0.0.1:9/"], tmp_path / "archivo" / "datos")
