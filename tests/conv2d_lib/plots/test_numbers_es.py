"""Numbers of the lessons are written as in Spanish, and as the explorer writes them."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from conv2d_lib import plots

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.9182, 3, "0,918"),
        (3.9330, 2, "3,93"),
        (1290, 0, "1290"),
        (18816, 0, f"18{THIN}816"),
        (2_630_272, 0, f"2{THIN}630{THIN}272"),
        (-0.5, 1, "\u22120,5"),
        (-0.001, 2, "0,00"),
        (np.float32(0.25), 2, "0,25"),
        (np.int64(225_034), 0, f"225{THIN}034"),
    ],
)
def test_a_number_has_its_comma_and_its_thin_spaces(value, decimals, text):
    assert plots.number(value, decimals) == text


def test_what_is_no_number_is_said_in_one_line():
    with pytest.raises(ValueError, match="value"):
        plots.number("mucho")


def test_the_axes_of_a_described_figure_have_decimal_commas():
    figure, axes = plt.subplots(1, 2)
    image = axes[0].imshow(np.linspace(0, 1, 16).reshape(4, 4), vmin=0, vmax=0.5)
    figure.colorbar(image, ax=axes[0])
    axes[1].plot([0, 0.5, 1], [0.25, 0.5, 0.75])
    axes[1].set_xticks([0, 1], ["0.5 es un texto", "b"])
    plots.describe(figure, "Una imagen con su barra, y una línea.")
    figure.canvas.draw()
    written = {label.get_text() for ax in figure.axes for label in ax.get_yticklabels()}
    assert any("," in text for text in written)
    assert not any("." in text for text in written)
    assert "0.5 es un texto" in [label.get_text() for label in axes[1].get_xticklabels()]
    plt.close(figure)
