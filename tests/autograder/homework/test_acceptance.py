"""The homework is accepted or refused by what its weights do, each refusal with its reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import h5py
import numpy as np
import pytest
from keras_files import CNN_SHAPES, dense_shapes, random_layers, write_weights

from autograder.checks.homework_networks import (
    recognise_cnn,
    recognise_equivalent_mlp,
    recognise_mlp,
)
from autograder.common.errors import CursoError
from autograder.common.numbers_es import exact_percent
from autograder.homework import acceptance, data, train
from autograder.homework.acceptance import ACCEPTED, REFUSED, REVIEW, accept
from autograder.judging.networks import output
from autograder.terminal import acceptance_view

SAME_SHAPES = CNN_SHAPES | {"dense": (3136, 128)}
FILES = [f"{name}.weights.h5" for name in acceptance.NETWORKS]


class Homework:
    """Networks in a folder: a random CNN, images that it labels, and MLPs that learnt 88 % of them.

    Fifty images, which the 64 features of an MLP's last layer can be fitted to.
    """

    def __init__(self, folder: Path, cnn_shapes=CNN_SHAPES, equivalent=(256, 96, 10)) -> None:
        rng = np.random.default_rng(5)
        self.folder, self.rng = folder, rng
        self.images = rng.integers(0, 256, (50, 28, 28)).astype(np.uint8)
        self.cnn = random_layers(rng, cnn_shapes)
        self.mlp = random_layers(rng, dense_shapes(128, 64, 10))
        self.equivalent = random_layers(rng, dense_shapes(*equivalent))
        # Centred answers: otherwise one class takes all the images.
        self.cnn["dense_1"][1] -= self.answers(recognise_cnn, self.cnn).mean(axis=0)
        self.labels = self.answers(recognise_cnn, self.cnn).argmax(axis=1)
        for mlp in (self.mlp, self.equivalent):
            self.fit(mlp)
        self.save()

    def fit(self, mlp, right=0.88) -> None:
        """Give an MLP the last layer that answers this share of the labels, the last ones."""
        wanted = self.labels.copy()
        wanted[: round((1 - right) * len(wanted))] += 2
        x = self.images.reshape(len(self.images), -1) / np.float64(255)
        for kernel, bias in (mlp["dense_0"], mlp["dense_1"]):
            x = np.maximum(x @ kernel + bias, 0)
        x -= x.mean(axis=0)
        solved = np.linalg.lstsq(x, np.eye(10)[wanted % 10] - 0.1, rcond=None)[0]
        mlp["dense_2"] = [solved.astype("f4"), np.zeros(10, "f4")]
        recognise = recognise_mlp if mlp is self.mlp else recognise_equivalent_mlp
        mlp["dense_2"][1] -= self.answers(recognise, mlp).mean(axis=0)

    def answers(self, recognise, layers, scale=1 / 255) -> np.ndarray:
        x = self.images[..., None].astype(np.float32) * np.float32(scale)
        return output(recognise(list(layers.values())), x)

    def save(self) -> None:
        for file, layers in zip(FILES, (self.cnn, self.mlp, self.equivalent), strict=True):
            write_weights(self.folder / file, layers)

    def mislabel(self, share: float) -> None:
        wrong = int(share * len(self.labels))
        self.labels[:wrong] = (self.labels[:wrong] + 1) % 10

    def accept(self) -> acceptance.AcceptanceResult:
        return accept(self.folder, (self.images, self.labels))

    def states(self) -> dict[str, str]:
        return {criterion.name: criterion.state for criterion in self.accept().criteria}


@pytest.fixture
def homework(tmp_path):
    return Homework(tmp_path)


def refusals(result) -> dict[str, str]:
    return {each.name: each.text for each in result.criteria if each.state == REFUSED}


def test_a_cnn_that_reaches_91_percent_and_beats_both_mlps_is_accepted(homework):
    homework.mislabel(0.08)
    result = homework.accept()
    assert result.accepted
    assert {criterion.state for criterion in result.criteria} == {ACCEPTED}
    cnn, mlp, equivalent = result.networks
    assert cnn.accuracy == pytest.approx(0.92)
    assert (cnn.parameters, cnn.in_convolutions, cnn.in_dense) == (225_034, 18_816, 206_218)
    assert (mlp.parameters, equivalent.parameters) == (109_386, 226_602)
    assert [each.image for each in result.maps] == [0, 1, 2]
    assert json.loads(json.dumps(result.to_dict()))["accepted"] is True


def test_same_padding_is_accepted_with_an_mlp_of_its_own_size(tmp_path):
    homework = Homework(tmp_path, SAME_SHAPES, (440, 170, 10))
    homework.mislabel(0.07)
    result = homework.accept()
    assert result.accepted
    assert result.networks[0].parameters == 421_642


def test_less_than_91_percent_is_refused_with_the_accuracy(homework):
    homework.mislabel(0.10)
    result = homework.accept()
    assert not result.accepted
    assert refusals(result) == {"la CNN llega al 91 %": "acierta el 90,00 %"}


def test_more_than_this_network_can_reach_is_flagged_for_review(homework):
    result = homework.accept()
    assert result.accepted
    assert homework.states()["acierto creíble"] == REVIEW


def test_a_cnn_that_does_not_beat_an_mlp_is_refused(homework):
    homework.labels = homework.answers(recognise_mlp, homework.mlp).argmax(axis=1)
    assert homework.states()["la CNN supera al MLP"] == REFUSED


@pytest.mark.parametrize("name", ["mlp", "equivalent"])
def test_an_mlp_that_was_not_trained_is_refused_and_said_so(homework, name):
    sizes = (128, 64, 10) if name == "mlp" else (256, 96, 10)
    setattr(homework, name, random_layers(homework.rng, dense_shapes(*sizes)))
    homework.mislabel(0.08)
    homework.save()
    title = "MLP" if name == "mlp" else "MLP equivalente"
    (reason,) = [
        text
        for row, text in refusals(homework.accept()).items()
        if row == f"el {title} está entrenado"
    ]
    assert "no se entrenó, o se quedó a medias" in reason
    assert homework.states()[f"la CNN supera al {title}"] == ACCEPTED


@pytest.mark.parametrize(("right", "trained"), [(0.82, False), (0.86, True)])
def test_an_mlp_counts_as_trained_from_84_percent(homework, right, trained):
    homework.fit(homework.mlp, right)
    homework.mislabel(0.08)
    homework.save()
    assert ("el MLP está entrenado" not in refusals(homework.accept())) is trained


@pytest.mark.parametrize("equivalent", [(128, 64, 10), (266, 108, 10)])
def test_an_equivalent_mlp_of_another_size_is_refused(tmp_path, equivalent):
    homework = Homework(tmp_path, equivalent=equivalent)
    homework.mislabel(0.08)
    assert list(refusals(homework.accept())) == ["la CNN no tiene más parámetros"]


def test_dead_maps_are_refused(homework):
    kernel, bias = homework.cnn["conv2d"]
    kernel[..., :20], bias[:20] = 0, 0.5
    homework.save()
    reason = refusals(homework.accept())["los mapas de la primera convolución viven"]
    assert int(reason.split()[2]) <= 12


def test_a_network_trained_without_dividing_by_255_learns_it(homework):
    kernel, bias = homework.cnn["conv2d"]
    homework.cnn["conv2d"] = [kernel / 255, bias]
    homework.save()
    assert "dividirlas entre 255" in refusals(homework.accept())["imágenes entre 0 y 1"]


def test_an_mlp_trained_without_dividing_by_255_learns_it(homework):
    kernel, bias = homework.mlp["dense_0"]
    homework.mlp["dense_0"] = [kernel / 255, bias]
    homework.save()
    reason = refusals(homework.accept())["imágenes entre 0 y 1"]
    assert "el MLP acierta el 88,00 %" in reason


def test_weights_in_bfloat16_are_read_as_the_numbers_they_are(homework):
    kernel = homework.cnn["conv2d"][0]
    halves = (kernel.view("<u4") >> 16).astype("<u2")
    write_weights(homework.folder / FILES[0], homework.cnn)
    with h5py.File(homework.folder / FILES[0], "r+") as file:
        variables = file["layers/conv2d/vars"]
        del variables["0"]
        variables.create_dataset("0", data=halves.view("V2"))
        variables["0"].attrs["dtype"] = "bfloat16"
    specs, problems = acceptance.read_networks(homework.folder)
    assert not problems
    read = specs["cnn"].weights[0][0]
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read.view("<u4") >> 16, halves)
    np.testing.assert_allclose(read, kernel, rtol=1 / 128)


def _truncated(path, homework):
    path.write_bytes(path.read_bytes()[:200_000])


def _not_hdf5(path, homework):
    path.write_bytes(b"PK\x03\x04 un modelo .keras")


def _missing(path, homework):
    path.unlink()


def _nan(path, homework):
    homework.cnn["dense"][0][0, 0] = np.nan
    write_weights(path, homework.cnn)


def _another_network(path, homework):
    write_weights(path, homework.mlp)


def _wrong_shape(path, homework):
    wrong = CNN_SHAPES | {"conv2d": (5, 5, 1, 32)}
    write_weights(path, random_layers(homework.rng, wrong))


def _without_bias(path, homework):
    write_weights(path, {name: arrays[:1] for name, arrays in homework.cnn.items()})


def _batch_normalization(path, homework):
    write_weights(path, homework.cnn | {"bn": [np.ones(32, np.float32)] * 4})


BAD = {
    _truncated: "dañado o incompleto",
    _not_hdf5: "no es un archivo HDF5",
    _missing: "falta el archivo",
    _nan: "NaN o infinitos",
    _another_network: "(784, 128)",
    _wrong_shape: "(5, 5, 1, 32)",
    _without_bias: "le falta el bias",
    _batch_normalization: "solo se esperan kernel y bias",
}


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_bad_file_is_one_clear_line_and_never_a_traceback(spoil, homework, monkeypatch, capsys):
    spoil(homework.folder / "cnn.weights.h5", homework)
    test = (homework.images, homework.labels)
    monkeypatch.setattr(acceptance_view, "load", lambda folder: (test, test))
    assert acceptance_view.run(homework.folder) == 1
    line, decision = capsys.readouterr().out.splitlines()
    assert line.startswith("✘ cnn.weights.h5: ")
    assert BAD[spoil] in line
    assert decision == "Rechazada"


def test_every_bad_file_is_named_at_once(tmp_path):
    assert list(refusals(accept(tmp_path, (np.zeros((3, 28, 28)), np.zeros(3, int))))) == FILES


def test_the_command_prints_tables_writes_the_figure_and_exits_0(homework, monkeypatch, capsys):
    homework.mislabel(0.08)
    test = (homework.images, homework.labels)
    monkeypatch.setattr(acceptance_view, "load", lambda folder: (test, test))
    figure = homework.folder / "mapas.png"
    assert acceptance_view.run(homework.folder, figure=figure) == 0
    printed = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    for words in ("92,00 %", "225 034", "MLP equivalente", "Mapas vivos", "Aceptada"):
        assert words in printed
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_missing_folder_and_missing_data_are_one_line(tmp_path):
    with pytest.raises(CursoError, match="no existe la carpeta"):
        acceptance_view.run(tmp_path / "nada")
    with pytest.raises(CursoError, match="no está Fashion-MNIST completo"):
        acceptance_view.run(tmp_path, data=tmp_path)
    with pytest.raises(CursoError, match=r"la figura es un \.png"):
        acceptance_view.run(tmp_path, figure=tmp_path / "mapas.doc")


def test_training_saves_a_folder_that_the_acceptance_measures_as_keras_does(
    tmp_path, monkeypatch, capsys
):
    rng = np.random.default_rng(0)
    data = rng.integers(0, 256, (200, 28, 28)).astype(np.uint8), rng.integers(0, 10, 200)
    monkeypatch.setattr(train, "load", lambda: (data, data))
    assert train.run(tmp_path, epochs=2, seed=1) == 0
    printed = capsys.readouterr().out
    for row in accept(tmp_path, data).networks:
        assert f"✔ {row.title}: {exact_percent(row.accuracy)}" in printed
    with pytest.raises(CursoError, match="al menos una época"):
        train.run(tmp_path, epochs=0)


if os.environ.get("FASHION_MNIST_DIR"):

    def test_one_epoch_on_the_real_data_is_refused_for_its_accuracy(tmp_path):
        assert train.run(tmp_path, epochs=1) == 0
        _, test = data.load()
        result = accept(tmp_path, test)
        assert not result.accepted
        assert list(refusals(result)) == ["la CNN llega al 91 %"]
        assert 0.8 < result.networks[0].accuracy < 0.91
