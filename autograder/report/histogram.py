"""La distribución de las notas de la clase, como un SVG que va dentro de la página."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

BINS = 10
WIDTH, HEIGHT = 640, 228
LEFT, RIGHT, TOP, BOTTOM = 40, 24, 28, 50


def histogram_svg(shares: Sequence[float]) -> Markup:
    """Bars of ten percentage points each, with their counts.

    Parameters
    ----------
    shares : sequence of float
        One student each, from 0 to 1.
    """
    counts = [0] * BINS
    for share in shares:
        counts[min(int(share * BINS), BINS - 1)] += 1
    tallest = max([*counts, 1])
    step = (WIDTH - LEFT - RIGHT) / BINS
    base = HEIGHT - BOTTOM
    parts = []
    for index, count in enumerate(counts):
        height = (base - TOP) * count / tallest
        x = LEFT + index * step
        middle = x + step / 2
        if count:
            parts.append(
                f'<rect x="{x + 3:.1f}" y="{base - height:.1f}" width="{step - 6:.1f}" '
                f'height="{height:.1f}" rx="3" class="bar"/>'
                f'<text x="{middle:.1f}" y="{base - height - 6:.1f}" class="count">{count}</text>'
            )
        parts.append(f'<text x="{x:.1f}" y="{base + 18}" class="tick">{10 * index}</text>')
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{base + 18}" class="tick">100</text>')
    parts.append(
        f'<line x1="{LEFT}" y1="{base}" x2="{WIDTH - RIGHT}" y2="{base}" class="axis"/>'
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" class="label">'
        "nota (% de los puntos)</text>"
        f'<text x="20" y="{(TOP + base) / 2}" class="label" '
        f'transform="rotate(-90 20 {(TOP + base) / 2})">estudiantes</text>'
    )
    described = "; ".join(
        f"de {10 * i} a {10 * i + 10} %: {count}" for i, count in enumerate(counts) if count
    )
    return Markup(  # Numbers only: nothing here was written by a student.
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Distribución de las notas. {described}">{"".join(parts)}</svg>'
    )
