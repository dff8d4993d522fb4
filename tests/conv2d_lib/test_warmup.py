"""What is compiled beforehand is what a lesson uses: both types of number, forwards and back."""

from __future__ import annotations

import numpy as np

from conv2d_lib import functional, warmup


def test_kernels_are_compiled_in_both_types_and_for_grouped_channels_too(monkeypatch):
    asked = set()
    backward = functional.conv2d_backward

    def noted(x, kernel, out, groups=1, **options):
        asked.add((x.dtype.type, x.shape[3], groups))
        return backward(x, kernel, out, groups=groups, **options)

    monkeypatch.setattr(functional, "conv2d_backward", noted)
    functional.warm_up()
    assert asked == {
        (dtype, channels, groups)
        for dtype in (np.float32, np.float64)
        for channels, groups in ((2, 1), (1, 1), (2, 2))
    }


def test_it_says_what_it_does_and_how_long_it_took_and_nothing_else(capsys):
    warmup.main()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Compilando los kernels")
    assert line.endswith(" s.")
