"""The figures: what they draw, and the text that a notebook gives to who cannot see them."""

import base64
import io

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from conv2d_lib.plots import lessons as plots
from conv2d_lib.plots import show_panels

SOBEL = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])
RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


FIGURES = {
    "gray": lambda: plots.show_image(RNG.random((8, 9)), title="Foto"),
    "color": lambda: plots.show_image(RNG.random((8, 9, 3))),
    "signed": lambda: plots.show_image(RNG.normal(size=(8, 9, 1))),
    "bytes": lambda: plots.show_image(np.zeros((8, 9), np.uint8)),
    "kernel": lambda: plots.show_kernel(SOBEL, title="Sobel"),
    "filters": lambda: plots.show_filters(RNG.normal(size=(3, 3, 1, 12)), columns=5),
    "color filters": lambda: plots.show_filters(RNG.normal(size=(5, 5, 3, 4))),
    "deep filters": lambda: plots.show_filters(RNG.normal(size=(3, 3, 32, 9))),
    "maps": lambda: plots.show_feature_maps(RNG.random((6, 6, 10))),
    "batch of one": lambda: plots.show_feature_maps(RNG.normal(size=(1, 6, 6, 3))),
    "window": lambda: plots.show_window(RNG.random((6, 7)), SOBEL, 3, 4),
}


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_every_figure_has_a_title_an_alternative_text_and_can_be_drawn(draw):
    figure = draw()
    assert isinstance(figure, matplotlib.figure.Figure)
    figure.canvas.draw()
    title = figure.get_suptitle() or figure.axes[0].get_title()
    assert title
    assert figure.alt.startswith(title)
    assert len(figure.alt) > len(title) + 10


def test_beside_a_picture_there_are_whole_rows_and_columns_and_elsewhere_what_is_asked():
    figure, axes = plt.subplots(1, 3)
    drawn = axes[0].imshow(RNG.random((22, 3)))
    axes[1].plot([0, 0.5])
    axes[2].imshow(RNG.random((4, 4)))
    axes[2].set_xticks([0.5, 2.5])
    figure.colorbar(drawn, ax=axes[0])
    plots.describe(figure, "Una imagen y una recta.")
    figure.canvas.draw()
    whole = [*axes[0].get_xticks(), *axes[0].get_yticks(), *axes[2].get_yticks()]
    assert all(place == int(place) for place in whole)
    assert any(place != int(place) for place in axes[1].get_yticks())
    assert any(place != int(place) for place in figure.axes[3].get_yticks())
    assert list(axes[2].get_xticks()) == [0.5, 2.5]


@pytest.mark.parametrize("name", ["signed", "kernel", "filters", "batch of one"])
def test_what_has_a_sign_is_red_and_blue_with_white_at_zero(name):
    drawn = FIGURES[name]().axes[0].images[0]
    assert drawn.cmap.name == "RdBu"
    assert drawn.norm.vmin == -drawn.norm.vmax


def test_maps_share_their_scale():
    figure = plots.show_feature_maps(np.stack([np.eye(4), 10 * np.eye(4)], axis=-1))
    limits = {(ax.images[0].norm.vmin, ax.images[0].norm.vmax) for ax in figure.axes if ax.images}
    assert limits == {(0, 10)}


def test_a_kernel_is_written_number_by_number():
    texts = {text.get_text() for text in plots.show_kernel(SOBEL * 0.125).axes[0].texts}
    assert texts == {"0,125", "−0,125", "0,25", "−0,25", "0"}


def test_the_window_says_products_and_sum():
    image = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    figure = plots.show_window(image, [[0, 1], [2, 3]], 0, 0)
    assert "0·0 + 1·1 + 3·2 + 4·3 = 19." in figure.alt
    assert figure.axes[2].get_xlabel() == "suma = 19"


def test_the_window_shows_where_its_sum_goes():
    image = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    output = plots.show_window(image, [[0, 1], [2, 3]], 0, 1).axes[3]
    np.testing.assert_array_equal(output.images[0].get_array(), [[19, 25], [37, 43]])
    assert {patch.get_xy() for patch in output.patches} == {(0.5, -0.5)}


def test_the_window_of_a_large_image_has_its_frame_and_no_numbers():
    image = plots.show_window(np.zeros((13, 13)), np.ones((2, 2)), 0, 1).axes[0]
    assert not image.texts
    assert {patch.get_xy() for patch in image.patches} == {(0.5, -0.5)}


def test_panels_have_each_its_own_scale_or_all_the_same():
    panels = {"foto": RNG.random((4, 6, 3)), "gris": np.eye(4), "signo": SOBEL}
    figure = show_panels(panels, "Tres.", label="valor")
    drawn = [ax.images[0] for ax in figure.axes if ax.get_title()]
    assert [ax.get_title() for ax in figure.axes if ax.get_title()] == list(panels)
    assert [image.cmap.name for image in drawn[1:]] == ["gray", "RdBu"]
    assert (drawn[2].norm.vmin, drawn[2].norm.vmax) == (-2, 2)
    assert figure.alt == "Tres."
    twice = show_panels([("igual", np.eye(3)), ("igual", SOBEL)], "Dos.")
    assert [ax.get_title() for ax in twice.axes] == ["igual", "igual"]
    same = show_panels({"a": np.eye(3), "b": SOBEL}, "Dos.", limits=(-3, 3), numbers=True)
    assert {(ax.images[0].norm.vmin, ax.images[0].cmap.name) for ax in same.axes} == {(-3, "RdBu")}
    assert "−2" in {text.get_text() for text in same.axes[1].texts}


def test_a_figure_of_several_panels_gathers_their_texts():
    _, (left, right) = plt.subplots(1, 2)
    plots.show_image(np.eye(3), title="Antes", ax=left)
    figure = plots.show_image(np.eye(3), title="Después", ax=right)
    assert "Antes" in figure.alt
    assert "Después" in figure.alt


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: plots.show_image(np.zeros((2, 2, 4))), r"\(2, 2, 4\)"),
        (lambda: plots.show_kernel(np.zeros(3)), r"\(3,\)"),
        (lambda: plots.show_filters(np.zeros((3, 3))), r"\(3, 3\)"),
        (lambda: plots.show_filters(np.zeros((3, 3, 1, 2)), columns=0), "columns.*0"),
        (lambda: plots.show_feature_maps(np.zeros((2, 3, 3, 1))), r"\(2, 3, 3, 1\)"),
        (lambda: plots.show_window(np.zeros((4, 4)), SOBEL, 2, 0), "2 filas.*fila 2, columna 0"),
        (lambda: plots.describe(plt.figure(), " "), "vacío"),
        (lambda: show_panels([np.eye(2)], "Sin título."), "lista de parejas"),
        (lambda: show_panels({}, "Nada."), "diccionario de títulos e imágenes"),
        (lambda: show_panels({"a": np.zeros(3)}, "Una fila."), r"\(3,\)"),
    ],
)
def test_wrong_shapes_say_what_came(draw, says):
    with pytest.raises(ValueError, match=says):
        draw()


NOTEBOOK = """
import numpy as np
import matplotlib.pyplot as plt
from conv2d_lib import plots
%matplotlib inline
---
plots.show_image(np.eye(3), alt="valor de la celda")
---
figure = plots.show_image(np.eye(3), alt='guardada con "comillas" & <signos>')
---
figure = plots.describe(plt.figure(), "dibujada a mano")
figure.add_subplot().plot([1, 2])
figure
"""


def test_a_notebook_shows_each_figure_once_with_its_alternative_text():
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in NOTEBOOK.split("---")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    pictures = [
        [out for out in cell.outputs if "data" in out and "text/html" in out.data]
        for cell in notebook.cells
    ]
    assert [len(outputs) for outputs in pictures] == [0, 1, 1, 1]
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert [image["alt"] for image in BeautifulSoup(html, "html.parser").find_all("img")] == [
        "valor de la celda",
        'guardada con "comillas" & <signos>',
        "dibujada a mano",
    ]


def luminance(color) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3]]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(ink, paper) -> float:
    low, high = sorted((luminance(to_rgb(ink)), luminance(to_rgb(paper))))
    return (high + 0.05) / (low + 0.05)


def test_on_a_light_or_a_dark_page_a_figure_shows_the_page_and_its_words_are_read():
    figure, axes = plt.subplots(1, 3)
    axes[0].imshow([[0, 1]], cmap="gray")
    axes[0].text(1, 0, "1", color="black")  # on a white cell: it stays
    bars = axes[1].barh(["a", "b"], [1, 2])
    axes[1].bar_label(bars, ["uno", "dos"])
    axes[2].plot([0, 1], label="una")
    (black,) = axes[2].plot([1, 0], "k-")
    axes[2].legend()
    for each in axes:
        each.set(title="título", xlabel="columna", ylabel="fila")
    figure.suptitle("Figura")
    data, _ = plots.describe(figure, "Tres figuras.")._repr_mimebundle_()
    png = base64.b64decode(data["text/html"].split("base64,")[1].split('"')[0])
    pixels = plt.imread(io.BytesIO(png))
    assert pixels.shape[2] == 4
    assert pixels[0, 0, 3] == 0  # no paper of its own
    (kept,) = axes[0].texts
    assert to_rgb(kept.get_color()) == (0, 0, 0)
    words = [t for t in figure.findobj(Text) if t.get_text().strip() and t is not kept]
    assert len(words) > 15
    for text in [*words, black]:
        assert min(contrast(text.get_color(), paper) for paper in ("white", "#111111")) > 4
    assert all(s.get_edgecolor()[:3] != (0, 0, 0) for a in axes for s in a.spines.values())
