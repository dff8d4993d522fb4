"""Weights are read as bounded arrays, and a file made to do harm is one Spanish line."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys

import h5py
import numpy as np
import pytest
from keras_files import CNN_SHAPES, random_layers, write_weights

from autograder.homework.weights import MAX_FILE_BYTES, UnreadableWeights, read_weights
from autograder.submission.weights_files import MAX_WEIGHTS_BYTES, read_weights_files
from autograder.wire.protocol import decode


@pytest.fixture
def layers():
    return random_layers(np.random.default_rng(1), CNN_SHAPES)


@pytest.fixture
def good(tmp_path, layers):
    return write_weights(tmp_path / "cnn.weights.h5", layers)


def test_arrays_come_by_layer_without_optimizer_or_random_state(good, layers):
    groups = read_weights(good)
    assert len(groups) == len(layers)
    for group, arrays in zip(groups, layers.values(), strict=True):
        for read, written in zip(group, arrays, strict=True):
            np.testing.assert_array_equal(read, written)


def test_models_inside_models_and_other_names_are_read(tmp_path):
    path = tmp_path / "x.weights.h5"
    with h5py.File(path, "w") as file:
        file["layers/sequential/layers/convolución ñ/vars/0"] = np.ones((3, 3, 1, 2), np.float64)
        file["cabeza/vars/0"] = np.ones((4, 2), np.float16)
    shapes = sorted(array.shape for group in read_weights(path) for array in group)
    assert shapes == [(3, 3, 1, 2), (4, 2)]


def test_more_than_ten_variables_keep_their_numeric_order(tmp_path):
    path = tmp_path / "x.weights.h5"
    with h5py.File(path, "w") as file:
        for index in range(12):
            file[f"layers/a/vars/{index}"] = np.full(1, index, np.float32)
    (group,) = read_weights(path)
    assert [int(array[0]) for array in group] == list(range(12))


def _external_link(file, tmp_path):
    write_weights(tmp_path / "other.h5", {"a": [np.ones((2, 2), np.float32)]})
    file["layers/a"] = h5py.ExternalLink(str(tmp_path / "other.h5"), "/layers/a")


def _soft_link(file, tmp_path):
    file["layers/a/vars/0"] = np.ones(3, np.float32)
    file["layers/b"] = h5py.SoftLink("/layers/a")


def _virtual(file, tmp_path):
    with h5py.File(tmp_path / "source.h5", "w") as source:
        source["secret"] = np.ones(3, np.float32)
    layout = h5py.VirtualLayout((3,), np.float32)
    layout[:] = h5py.VirtualSource(tmp_path / "source.h5", "secret", (3,))
    file.create_virtual_dataset("layers/a/vars/0", layout)


def _external_storage(file, tmp_path):
    (tmp_path / "raw").write_bytes(b"\0" * 12)
    where = [(str(tmp_path / "raw"), 0, 12)]
    file.create_dataset("layers/a/vars/0", (3,), np.float32, external=where)


def _compressed(file, tmp_path):
    zeros = np.zeros((1000, 1000), np.float32)
    file.create_dataset("layers/a/vars/0", data=zeros, compression="gzip")


def _huge(file, tmp_path):
    # Declared, never stored: a small file that asks for terabytes.
    file.create_dataset("layers/a/vars/0", (1 << 20, 1 << 20), np.float32, chunks=(64, 64))


def _integers(file, tmp_path):
    file["layers/a/vars/0"] = np.ones((2, 2), np.int64)


def _text(file, tmp_path):
    file["layers/a/vars/0"] = "hola"


def _cycle(file, tmp_path):
    file.create_group("layers/a")
    file["layers/a/again"] = file["layers"]


def _crowd(file, tmp_path):
    for index in range(2_500):
        file.create_group(f"layers/{index}")


def _group_for_a_weight(file, tmp_path):
    file.create_group("layers/a/vars/0")


def _whole_model(file, tmp_path):
    file["model_weights/conv/sequential/conv/kernel"] = np.ones((3, 3, 1, 2), np.float32)


HOSTILE = {
    _external_link: "enlaces a otra parte",
    _soft_link: "enlaces a otra parte",
    _virtual: "comprimidos, virtuales o externos",
    _external_storage: "comprimidos, virtuales o externos",
    _compressed: "comprimidos, virtuales o externos",
    _huge: "demasiados números",
    _integers: "coma flotante",
    _text: "coma flotante",
    _cycle: "demasiados niveles",
    _crowd: "demasiados objetos",
    _group_for_a_weight: "disposición de Keras 3",
    _whole_model: "save_weights",
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__.strip("_"))
def test_a_file_that_keras_would_not_write_is_refused_with_its_reason(make, tmp_path):
    path = tmp_path / "x.weights.h5"
    with h5py.File(path, "w") as file:
        make(file, tmp_path)
    with pytest.raises(UnreadableWeights, match=HOSTILE[make]) as refused:
        read_weights(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kept", [0.999, 0.5, 0.01])
def test_a_truncated_file_is_said_to_be_damaged(good, kept):
    content = good.read_bytes()
    good.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(UnreadableWeights, match="dañado o incompleto"):
        read_weights(good)


def test_flipped_bytes_give_arrays_or_a_reason(good):
    content = good.read_bytes()
    rng = np.random.default_rng(3)
    for _ in range(8):
        damaged = bytearray(content)
        # HDF5's own structures stand in the first kilobytes.
        for place in rng.integers(8, 6_000, 20):
            damaged[place] = rng.integers(256)
        good.write_bytes(damaged)
        try:
            groups = read_weights(good)
        except UnreadableWeights:
            continue
        assert all(isinstance(array, np.ndarray) for group in groups for array in group)


def test_a_file_is_read_by_the_rule_of_submissions(tmp_path, good):
    """A hard link may be a file of whoever grades; what one door takes, the other takes too."""
    hard = tmp_path / "entrega" / "cnn.weights.h5"
    hard.parent.mkdir()
    os.link(good, hard)
    notes: list[str] = []
    assert read_weights_files(hard.parent, notes) == {}
    with pytest.raises(UnreadableWeights) as refused:
        read_weights(hard)
    assert notes == [f"cnn.weights.h5: {refused.value.args[0]}"]
    assert "enlace duro" in notes[0]
    assert MAX_WEIGHTS_BYTES == MAX_FILE_BYTES


def test_what_is_no_file_is_refused_without_opening_it(tmp_path, good):
    link, pipe = tmp_path / "enlace.h5", tmp_path / "tubo.h5"
    link.symlink_to(good)
    os.mkfifo(pipe)
    empty = tmp_path / "vacío.h5"
    empty.touch()
    notebook = tmp_path / "cuaderno.h5"
    notebook.write_text("{}")
    large = tmp_path / "grande.h5"
    with open(large, "wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    reasons = {
        tmp_path / "nada.h5": "falta el archivo",
        link: "es un enlace",
        pipe: "no es un archivo",
        tmp_path: "no es un archivo",
        empty: "está vacío",
        notebook: "no es un archivo HDF5",
        large: "pasa de 32 MB",
    }
    for path, reason in reasons.items():
        with pytest.raises(UnreadableWeights, match=reason):
            read_weights(path)


# What a file that takes over HDF5 could do: it runs where the file is read.
TAKEN_OVER = """
import os, socket
from autograder.homework import weights_reader

def tried(attempt):
    try:
        return str(attempt())
    except OSError as error:
        return type(error).__name__

def read_groups(content):
    raise weights_reader.Refused(repr({
        "reads": tried(lambda: open(SECRET).read()),
        "writes": tried(lambda: open(SECRET, "a").write("x")),
        "lists": tried(lambda: os.listdir("/home") + os.listdir("/root")),
        "connects": tried(lambda: socket.create_connection(("127.0.0.1", 9), 1)),
        "runs": tried(lambda: os.execv("/bin/true", ["true"])),
        "forks": tried(os.fork),
        "kills": tried(lambda: os.kill(PARENT, 0)),
        "processes": tried(lambda: [name for name in os.listdir("/proc") if name.isdigit()]),
    }))

weights_reader.read_groups = read_groups
weights_reader.main()
"""


@pytest.mark.skipif(
    shutil.which("bwrap") is None and not os.environ.get("CI"),
    reason="esta máquina no tiene bubblewrap",
)
def test_whoever_took_over_the_reader_would_find_nothing(tmp_path):
    secret = tmp_path / "secreto.txt"
    secret.write_text("no")
    program = f"SECRET, PARENT = {str(secret)!r}, {os.getpid()}\n{TAKEN_OVER}"
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True)
    found = ast.literal_eval(decode(done.stdout).body["reason"])
    assert found.pop("processes") in ("[]", "FileNotFoundError")
    assert secret.read_text() == "no"
    assert set(found.values()) <= {"PermissionError", "FileNotFoundError", "ProcessLookupError"}
