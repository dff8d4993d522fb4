"""Weights in Keras's .weights.h5 layout: both ways, and what a wrong or hostile file does."""

import h5py
import keras
import numpy as np
import pytest

import conv2d_lib as cl


def network(layers, model):
    made = model(
        [
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(3, 2, use_bias=False),
            layers.Flatten(),
            layers.Dense(5),
            layers.Dense(2),
        ]
    )
    made.build((None, 8, 8, 1))
    return made


@pytest.fixture
def ours():
    return network(cl, cl.Sequential)


@pytest.fixture
def theirs():
    return network(keras.layers, keras.Sequential)


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_weights_go_from_keras_to_here(ours, theirs, tmp_path):
    theirs.save_weights(tmp_path / "cnn.weights.h5")
    ours.load_weights(tmp_path / "cnn.weights.h5")
    assert same(ours.get_weights(), theirs.get_weights())


def test_weights_of_a_trained_and_compiled_keras_model_come_too(ours, theirs, tmp_path):
    theirs.compile("adam", "mse")
    theirs.fit(np.ones((4, 8, 8, 1)), np.ones((4, 2)), verbose=0)
    theirs.save_weights(tmp_path / "cnn.weights.h5")
    ours.load_weights(tmp_path / "cnn.weights.h5")
    assert same(ours.get_weights(), theirs.get_weights())


def test_weights_of_a_functional_keras_model_come_too(ours, theirs, tmp_path):
    inputs = keras.Input((8, 8, 1))
    outputs = inputs
    for layer in theirs.layers:
        outputs = layer(outputs)
    keras.Model(inputs, outputs).save_weights(tmp_path / "cnn.weights.h5")
    ours.load_weights(tmp_path / "cnn.weights.h5")
    assert same(ours.get_weights(), theirs.get_weights())


def test_weights_go_from_here_to_keras(ours, theirs, tmp_path):
    ours.save_weights(str(tmp_path / "cnn.weights.h5"))
    theirs.load_weights(tmp_path / "cnn.weights.h5")
    assert same(ours.get_weights(), theirs.get_weights())
    assert [path.name for path in tmp_path.iterdir()] == ["cnn.weights.h5"]


def test_the_file_has_the_groups_of_keras(ours, theirs, tmp_path):
    def tree(path):
        names = []
        with h5py.File(path) as file:
            file.visit(names.append)
        return sorted(names)

    ours.save_weights(tmp_path / "a.weights.h5")
    theirs.save_weights(tmp_path / "b.weights.h5")
    assert tree(tmp_path / "a.weights.h5") == tree(tmp_path / "b.weights.h5")


def edit(path, change):
    with h5py.File(path, "r+") as file:
        change(file)


def replace(file, data, name="layers/conv2d/vars/0", **options):
    del file[name]
    file.create_dataset(name, data=data, **options)


def link(file, target):
    del file["layers/dense/vars"]
    file["layers/dense/vars"] = target


def virtual(file):
    layout = h5py.VirtualLayout((3, 3, 1, 4), "f4")
    layout[...] = h5py.VirtualSource("/etc/otro.h5", "x", shape=(3, 3, 1, 4))
    del file["layers/conv2d/vars/0"]
    file.create_virtual_dataset("layers/conv2d/vars/0", layout)


def external(file):
    del file["layers/conv2d/vars/0"]
    file.create_dataset(
        "layers/conv2d/vars/0", (3, 3, 1, 4), "f4", external=[("/etc/passwd", 0, 144)]
    )


DAMAGE = {
    "shape": (lambda f: replace(f, np.zeros((3, 3, 2, 4))), r"\(3, 3, 2, 4\).*\(3, 3, 1, 4\)"),
    "huge": (lambda f: replace(f, None, shape=(10**6, 10**6), dtype="f4"), r"\(1000000, 1000000\)"),
    "text": (lambda f: replace(f, np.full((3, 3, 1, 4), b"x")), "tipo"),
    "missing": (lambda f: f.__delitem__("layers/dense/vars/1"), "'dense' tiene 1 arreglos"),
    "no layer": (lambda f: f.__delitem__("layers/conv2d_1"), "'conv2d_1' tiene 0 arreglos"),
    "no layers": (lambda f: f.__delitem__("layers"), "'conv2d' tiene 0"),
    "extra": (lambda f: f.create_dataset("layers/dense_2/vars/0", data=[1.0]), "'dense_2'"),
    "renamed": (lambda f: f.move("layers/dense/vars/0", "layers/dense/vars/9"), "'dense'"),
    "soft link": (lambda f: link(f, h5py.SoftLink("/layers/dense_1/vars")), "propio archivo"),
    "external link": (lambda f: link(f, h5py.ExternalLink("/etc/otro.h5", "/")), "propio archivo"),
    "a group for a number": (lambda f: link(f, f.create_dataset("y", data=1.0)), "no es un grupo"),
    "virtual": (virtual, "otro archivo"),
    "external": (external, "otro archivo"),
}


@pytest.mark.parametrize(("change", "says"), DAMAGE.values(), ids=DAMAGE)
def test_a_file_of_another_network_says_why_and_changes_nothing(ours, tmp_path, change, says):
    path = tmp_path / "cnn.weights.h5"
    network(cl, cl.Sequential).save_weights(path)
    edit(path, change)
    before = ours.get_weights()
    with pytest.raises(ValueError, match=says) as error:
        ours.load_weights(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    assert same(before, ours.get_weights())


@pytest.mark.parametrize("keep", [0, 100, 0.5])
def test_a_file_cut_short_says_so(ours, tmp_path, keep):
    path = tmp_path / "cnn.weights.h5"
    ours.save_weights(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(keep * len(data)) if isinstance(keep, float) else keep])
    with pytest.raises(ValueError, match="no es HDF5 o está dañado"):
        ours.load_weights(path)


def test_weights_in_bfloat16_come_whole(ours, theirs, tmp_path):
    """The upper half of a float32: what Keras saved is read without rounding."""
    with keras.device("cpu"):
        halves = network(Layers("bfloat16"), keras.Sequential)
    halves.save_weights(tmp_path / "cnn.weights.h5")
    ours.load_weights(tmp_path / "cnn.weights.h5")
    expected = [np.asarray(keras.ops.cast(w, "float32")) for w in halves.weights]
    assert same(ours.get_weights(), expected)
    assert any((w != 0).any() for w in expected)


class Layers:
    """Keras's layers, all with one type of number."""

    def __init__(self, dtype):
        self.dtype = dtype

    def __getattr__(self, name):
        return lambda *args, **options: getattr(keras.layers, name)(
            *args, **options, dtype=self.dtype
        )


def whole_model(theirs, path):
    keras.saving.save_model(theirs, path)


def of_keras_2(theirs, path):
    keras.src.legacy.saving.legacy_h5_format.save_weights_to_hdf5_group(
        h5py.File(path, "w"), theirs
    )


def checkpoint(theirs, path):
    path.with_name(f"{path.name}.index").write_bytes(b"...")
    path.with_name(f"{path.name}.data-00000-of-00001").write_bytes(b"...")


def saved_model(theirs, path):
    path.mkdir()
    (path / "saved_model.pb").write_bytes(b"...")


FOREIGN = {
    "a whole model": (whole_model, "cnn.keras", "es un modelo entero de Keras"),
    "a whole model, renamed": (
        lambda theirs, path: (
            whole_model(theirs, path.with_name("x.keras")),
            path.with_name("x.keras").rename(path),
        ),
        "cnn.weights.h5",
        "es un modelo entero de Keras",
    ),
    "a whole model of old": (whole_model, "cnn.h5", "modelo entero en el formato antiguo"),
    "weights of Keras 2": (of_keras_2, "cnn.h5", "la disposición de Keras 2"),
    "a checkpoint": (checkpoint, "cnn", "punto de control de TensorFlow"),
    "a SavedModel": (saved_model, "cnn", "SavedModel"),
    "a folder": (lambda _, path: path.mkdir(), "cnn.weights.h5", "es una carpeta"),
    "text": (lambda _, path: path.write_text("hola"), "cnn.weights.h5", "no es HDF5"),
}


@pytest.mark.parametrize(("write", "name", "says"), FOREIGN.values(), ids=FOREIGN)
def test_what_other_programs_write_is_named_with_its_remedy(
    ours, theirs, tmp_path, monkeypatch, write, name, says
):
    monkeypatch.chdir(tmp_path)  # A message shortens long paths.
    write(theirs, tmp_path / name)
    before = ours.get_weights()
    with pytest.raises(ValueError, match=says) as error:
        ours.load_weights(name)
    message = str(error.value)
    assert "\n" not in message
    assert name in message
    assert any(remedy in message for remedy in ("save_weights", "da la ruta", "Vuelve a guardarlo"))
    assert same(before, ours.get_weights())


def test_paths_that_cannot_be(ours, tmp_path):
    with pytest.raises(ValueError, match=r"\.weights\.h5\. Llegó .*cnn\.h5"):
        ours.save_weights(tmp_path / "cnn.h5")
    with pytest.raises(FileNotFoundError, match="No existe"):
        ours.load_weights(tmp_path / "nada.weights.h5")
    with pytest.raises(ValueError, match="aún no está construida"):
        cl.Sequential([cl.Dense(1)]).save_weights(tmp_path / "x.weights.h5")
