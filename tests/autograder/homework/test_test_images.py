"""A class's homework is accepted on images that each grader reads once, while they are the same."""

from __future__ import annotations

import os

import numpy as np
import pytest

from autograder.checks import fashion_mnist
from autograder.homework import acceptance, data
from autograder.submission import jobs
from conv2d_lib.datasets import sets as datasets


@pytest.fixture
def reads(tmp_path, monkeypatch):
    """A folder with files of the right names; how often what is in them was read."""
    for name in datasets.FASHION_MNIST_FILES:
        (tmp_path / name).write_bytes(b"datos")
    monkeypatch.setenv("FASHION_MNIST_DIR", str(tmp_path))
    monkeypatch.setattr(fashion_mnist, "_kept", None)
    done = []

    def load(folder=None):
        done.append(data.location())
        split = (np.zeros((1, 28, 28), np.uint8), np.array([len(done)]))
        return split, split

    monkeypatch.setattr(datasets, "load_fashion_mnist", load)
    return done


def test_a_class_of_homework_reads_the_images_once(reads, monkeypatch):
    monkeypatch.setattr(
        acceptance, "accept", lambda *asked: acceptance.AcceptanceResult(1, (), (), ())
    )
    for _ in range(5):
        assert jobs._accept({"cnn.weights.h5": b"x"}, {})["accepted"]
    assert len(reads) == 1


def test_files_that_change_meanwhile_are_read_again(reads, tmp_path):
    first = data.load_test()
    assert data.load_test() is first
    labels = tmp_path / "t10k-labels-idx1-ubyte.gz"
    labels.write_bytes(b"otros")
    os.utime(labels, ns=(1, 1))
    assert data.load_test() is not first
    assert len(reads) == 2


def test_another_folder_is_read_too(reads, tmp_path, monkeypatch):
    data.load_test()
    other = tmp_path / "otra"
    other.mkdir()
    monkeypatch.setenv("FASHION_MNIST_DIR", str(other))
    data.load_test()
    assert reads == [tmp_path, other]


def test_data_that_could_not_be_read_are_tried_again(reads, monkeypatch):
    good = datasets.load_fashion_mnist
    monkeypatch.setattr(
        datasets, "load_fashion_mnist", lambda folder=None: (_ for _ in ()).throw(ValueError("no"))
    )
    for _ in range(2):
        assert jobs._accept({"cnn.weights.h5": b"x"}, {}) == {"unavailable": "no"}
    monkeypatch.setattr(datasets, "load_fashion_mnist", good)
    assert len(data.load_test()[0]) == 1
