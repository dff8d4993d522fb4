"""Numbers of the lessons are written as in Spanish, and as the explorer writes them."""

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
