"""El catálogo de cada función de la convolución, en el orden en que se buscan."""

from __future__ import annotations

from functools import partial

from ...judging.diagnosis.misconceptions import Lately, Misconception
from .layout import Layout


def convolution_mistakes(layout: Layout, *options: str) -> Lately:
    """Every mistake that can be made in a function so laid out.

    Parameters
    ----------
    layout : Layout
        What it takes and returns.
    *options : str
        Those it has beyond a plain layer: ``strides`` (with ``padding``), ``dilation_rate``,
        ``groups``.
    """
    return Lately(partial(_made, layout, *options))


def fill_mistakes() -> Lately:
    """Every mistake that can be made in what puts the padding."""

    def made() -> tuple[Misconception, ...]:
        from . import filled

        return filled.fill_mistakes()

    return Lately(made)


def _made(layout: Layout, *options: str) -> tuple[Misconception, ...]:
    from . import (
        again,
        batch,
        bias,
        centred,
        channels,
        chosen,
        dilation,
        distances,
        everywhere,
        flat,
        groups,
        indices,
        kernel,
        lines,
        more_padding,
        odd_layers,
        padded,
        positions,
        precision,
        scales,
        slices,
        strides,
        values,
        whole_answers,
        window,
    )

    own = {
        "strides": (*strides.mistakes(), *padded.layer_mistakes()) if "strides" in options else (),
        "dilation_rate": dilation.mistakes() if "dilation_rate" in options else (),
        "groups": groups.mistakes() if "groups" in options else (),
    }
    return (
        *(mistake for found in own.values() for mistake in found),
        *(bias.mistakes() if layout.layer else ()),
        *kernel.mistakes(layout),
        *channels.mistakes(layout),
        *(batch.mistakes(one_filter="groups" not in options) if layout.layer else ()),
        *values.mistakes(layout),
        *precision.mistakes(layout),
        *scales.mistakes(layout),
        *window.mistakes(layout),
        *positions.mistakes(layout, padded="strides" in options),
        *(() if options else centred.mistakes(layout)),
        *indices.mistakes(layout, *options),
        *lines.mistakes(layout, padded=bool({"strides", "dilation_rate"} & {*options})),
        *everywhere.mistakes(layout),
        *(more_padding.layer_mistakes() if "strides" in options else ()),
        *(odd_layers.mistakes(*options) if layout.layer else ()),
        *slices.mistakes(layout),
        *whole_answers.mistakes(layout, *options),
        *flat.mistakes(layout),
        *(chosen.mistakes(layout, *options) if layout.layer else ()),
        *(distances.of_strides() if "strides" in options else ()),
        *(distances.of_dilation() if "dilation_rate" in options else ()),
        *again.mistakes(layout, padded=bool({"strides", "dilation_rate"} & {*options})),
    )
