"""What is refused while something else is asked: one line that says what came, nothing changed."""

from __future__ import annotations

import errno

import matplotlib.pyplot as plt
import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib import datasets, optimizers, plots, regularizers
from conv2d_lib.datasets import bundled, sets
from conv2d_lib.plots.figures import describe
from conv2d_lib.pooling import max_pooling2d_forward


def built(**options):
    layer = cl.Dense(3, **options)
    layer.build((None, 4))
    return layer


def network():
    model = cl.Sequential([cl.Dense(3)])
    model.build((None, 4))
    return model


def test_weights_that_no_memory_holds_are_refused_before_they_are_asked_for():
    with pytest.raises(ValueError, match="no caben en la memoria"):
        cl.initializers.get("zeros")((2**20, 2**20))


@pytest.mark.parametrize("wrong", [5, None, "pesos", {1: 2}])
def test_weights_that_are_no_list_change_nothing(wrong):
    layer = built()
    before = [array.copy() for array in layer.get_weights()]
    with pytest.raises(ValueError, match="se dan en una lista"):
        layer.set_weights(wrong)
    for array, same in zip(layer.get_weights(), before, strict=True):
        np.testing.assert_array_equal(array, same)


def test_an_initializer_of_one_s_own_gives_the_shape_that_it_is_asked_for():
    with pytest.raises(ValueError, match=r"devolvió la forma"):
        built(kernel_initializer=lambda shape, dtype: np.zeros((2, 2), dtype))


def test_a_built_layer_takes_as_many_inputs_as_it_was_built_for():
    with pytest.raises(ValueError, match="se construyó para 4 entradas"):
        built()(np.ones((2, 5), np.float32))


@pytest.mark.parametrize("name", ["beta_1", "beta_2"])
def test_a_memory_that_forgets_nothing_is_refused(name):
    with pytest.raises(ValueError, match=f"«{name}» debe ser menor que 1"):
        optimizers.Adam(**{name: 1.0})


def test_a_class_that_needs_arguments_is_not_taken_for_an_object():
    class Mine(regularizers.Regularizer):
        def __init__(self, needed):
            self.needed = needed

    with pytest.raises(ValueError, match="Mine necesita argumentos"):
        regularizers.get(Mine)


def test_a_penalty_of_one_s_own_is_a_number():
    with pytest.raises(ValueError, match="devuelve un número"):
        regularizers.penalty(lambda x: np.ones(2), np.ones(3))


def test_a_gradient_of_another_shape_does_not_go_back_through_the_pooling():
    x = np.ones((1, 4, 4, 1), np.float32)
    _, backward = max_pooling2d_forward(x, 2, None, "valid", "channels_last")
    with pytest.raises(ValueError, match="debe tener la forma de la salida"):
        backward(np.ones((1, 3, 2, 1), np.float32))


def test_a_kernel_larger_than_its_image_has_nowhere_to_stand():
    with pytest.raises(ValueError, match="debe caber"):
        cl.didactic.correlate2d_loops(np.ones((2, 2)), np.ones((3, 3)))


def test_the_words_of_a_figure_are_words():
    figure = plt.figure()
    with pytest.raises(ValueError, match="texto alternativo"):
        describe(figure, 5)
    plt.close(figure)


def test_axes_are_those_of_matplotlib():
    with pytest.raises(ValueError, match="«ax» debe ser"):
        plots.show_image(np.ones((3, 3)), ax="arriba")


def test_a_fashion_mnist_file_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    def broken(path, shape):
        raise OSError(errno.EIO, "words of the system's")

    monkeypatch.setattr(sets, "read_idx", broken)
    (name, *_) = sets.FASHION_MNIST_FILES
    with pytest.raises(ValueError, match=rf"no se puede leer \(error {errno.EIO}\)"):
        sets._read(tmp_path / name)


def test_without_scikit_learn_its_images_are_missed_by_name(monkeypatch):
    monkeypatch.setattr(bundled.importlib.util, "find_spec", lambda name: None)
    assert bundled.bundled_file("data", "digits.csv.gz") is None
    with pytest.raises(FileNotFoundError, match="pip install scikit-learn"):
        bundled._needed("data", "digits.csv.gz")


def test_what_the_library_does_not_have_is_said_in_spanish():
    with pytest.raises(AttributeError, match="conv2d_lib no tiene «conv3d»"):
        _ = cl.conv3d
    assert datasets is cl.datasets


def test_a_constraint_of_one_s_own_keeps_the_shape_of_the_weights():
    model = cl.Sequential([cl.Dense(2, kernel_constraint=lambda w: w[:1], activation="softmax")])
    model.build((None, 3))
    model.compile("sgd")
    with pytest.raises(ValueError, match="devuelve pesos de la forma que recibe"):
        model.fit(np.ones((4, 3), np.float32), np.zeros(4, int), epochs=1, verbose=0)


def test_weights_that_could_not_be_written_leave_the_earlier_file_and_nothing_else(
    tmp_path, monkeypatch
):
    model = network()
    path = tmp_path / "red.weights.h5"
    model.save_weights(path)
    before = path.read_bytes()

    def full(*names):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No se pudo escribir"):
        model.save_weights(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["red.weights.h5"]


def test_weights_are_not_written_into_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="No existe la carpeta"):
        network().save_weights(tmp_path / "no" / "red.weights.h5")


def test_arrays_of_numpy_are_no_file_of_weights(tmp_path):
    path = tmp_path / "pesos.npz"
    np.savez(path, a=np.ones(3))
    with pytest.raises(ValueError, match=r"no es de Keras \(\.npz\)"):
        network().load_weights(path)


def test_what_a_metric_and_a_rate_are_made_of_is_told():
    rate = optimizers.CosineDecay(0.1, 100, alpha=0.2)
    assert optimizers.CosineDecay(**rate.get_config()).get_config() == rate.get_config()
    assert "conv2d" in dir(cl)


def test_a_large_picture_with_signs_is_drawn_without_its_rarest_numbers():
    """One extreme pixel would leave all the others white."""
    pixels = np.random.default_rng(0).normal(size=(200, 200))
    pixels[0, 0] = 1e6
    figure = plots.show_panels([("con signo", pixels)], "una imagen")
    low, high = figure.axes[0].images[0].get_clim()
    assert (low, high) == (-high, high)
    assert high < 10
    plt.close(figure)
