"""``curso entrenar``: three networks and their files, with conv2d_lib or, if asked, with Keras."""

import io
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import pytest

from autograder.cli import main
from autograder.homework import train

RNG = np.random.default_rng(0)
FILES = [f"{name}.weights.h5" for name in ("cnn", "mlp", "mlp_equivalente")]
PARAMETERS = {"cnn": 225_034, "mlp": 109_386, "mlp_equivalente": 226_602}


def split(count):
    return RNG.integers(0, 256, (count, 28, 28), np.uint8), np.arange(count) % 10


DATA = split(300), split(50)


@pytest.fixture(autouse=True)
def small_data(monkeypatch):
    monkeypatch.setattr(train, "load", lambda: DATA)


def arrays(path):
    """Every array of a file of weights, by where it is in it."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(
            lambda name, item: (
                found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None
            )
        )
    return {name: array for name, array in found.items() if name.startswith("layers/")}


def trained(folder, *options):
    assert main(["entrenar", str(folder), "--epocas", "2", *options]) == 0
    return {name: arrays(folder / name) for name in FILES}


@dataclass
class Trained:
    """Once with each library: the folder of ours, the files, what was said, and each decay."""

    folder: Path
    ours: dict
    theirs: dict
    text: str
    decays: list


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    import keras

    import conv2d_lib

    seen = []

    class Ours(conv2d_lib.optimizers.CosineDecay):
        def __init__(self, first, steps):
            seen.append((first, steps))
            super().__init__(first, steps)

    class Theirs(keras.optimizers.schedules.CosineDecay):
        def __init__(self, first, steps):
            seen.append((first, steps))
            super().__init__(first, steps)

    folder, said = tmp_path_factory.mktemp("pesos"), io.StringIO()
    with pytest.MonkeyPatch.context() as patches, redirect_stdout(said):
        patches.setattr(train, "load", lambda: DATA)
        patches.setattr(conv2d_lib.optimizers, "CosineDecay", Ours)
        patches.setattr(keras.optimizers.schedules, "CosineDecay", Theirs)
        ours, theirs = trained(folder / "a"), trained(folder / "b", "--keras")
    return Trained(folder / "a", ours, theirs, " ".join(said.getvalue().split()), seen)


def test_the_files_of_both_libraries_hold_the_same_networks(both):
    ours, theirs, text = both.ours, both.theirs, both.text
    for name, title in train.TITLES.items():
        mine, other = ours[f"{name}.weights.h5"], theirs[f"{name}.weights.h5"]
        shapes = {where: array.shape for where, array in mine.items()}
        assert shapes == {where: array.shape for where, array in other.items()}
        assert sum(array.size for array in mine.values()) == PARAMETERS[name]
        assert text.count(f"✔ {title}: ") == 2
    assert f"Compruébalos con: curso aceptar {both.folder}" in text


def test_the_same_seed_trains_the_same_network_and_another_does_not(both, tmp_path):
    first, again = both.ours, trained(tmp_path / "b")
    other = trained(tmp_path / "c", "--semilla", "5")
    for name in FILES:
        for where, array in first[name].items():
            np.testing.assert_array_equal(array, again[name][where])
    assert any((first["cnn.weights.h5"][w] != a).any() for w, a in other["cnn.weights.h5"].items())


def test_both_follow_the_recipe_of_the_lessons(both):
    assert both.decays == [(2e-3, 2 * 3)] * 6


def test_the_bar_is_told_the_epoch_the_step_and_the_accuracy(tmp_path):
    images, labels = split(300)
    data = images[..., None].astype(np.float32) / 255, labels
    for train_network in (train.train_with_conv2d_lib, train.train_with_keras):
        seen = []
        accuracy = train_network(
            "mlp",
            data,
            data,
            tmp_path / "mlp.weights.h5",
            epochs=2,
            seed=1,
            report=lambda *step, seen=seen: seen.append(step),
        )
        assert [step[:2] for step in seen] == [(1, 1), (1, 2), (1, 3), (2, 4), (2, 5), (2, 6)]
        assert all(0 <= step[2] <= 1 for step in seen)
        assert 0 <= accuracy <= 1


def test_ctrl_c_is_one_line_and_what_was_not_finished_is_not_saved(tmp_path, monkeypatch, capsys):
    import conv2d_lib

    real = conv2d_lib.Sequential.fit

    def stopped_at_the_second_step(self, *arguments, on_step, **options):
        def stop(epoch, step, measured):
            if step == 2:
                raise KeyboardInterrupt

        return real(self, *arguments, on_step=stop, **options)

    monkeypatch.setattr(conv2d_lib.Sequential, "fit", stopped_at_the_second_step)
    assert main(["entrenar", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "curso: interrumpido\n"
    assert not list(tmp_path.iterdir())


def test_no_epochs_is_one_spanish_line(tmp_path, capsys):
    assert main(["entrenar", str(tmp_path), "--epocas", "0"]) == 1
    assert capsys.readouterr().err == "curso: hace falta al menos una época y llegó 0\n"


WITHOUT_TENSORFLOW = """
import sys
import numpy as np
from autograder.homework import train
from autograder.cli import main

data = np.zeros((20, 28, 28), np.uint8), np.arange(20) % 10
train.load = lambda: (data, data)
assert main(["entrenar", sys.argv[1], "--epocas", "1"]) == 0
print([name for name in ("keras", "tensorflow") if name in sys.modules])
"""


def test_without_asking_for_it_tensorflow_is_not_imported(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TENSORFLOW, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("[]\n")
    assert done.stderr == ""
