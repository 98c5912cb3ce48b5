"""Matrices that put pictures on pages: turned, mirrored, at their real size."""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]
"""As PDF has it: x' = a·x + c·y + e, y' = b·x + d·y + f. In unit squares, y points up."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MIRRORED: Matrix = (-1.0, 0.0, 0.0, 1.0, 1.0, 0.0)
_TURNS: dict[int, Matrix] = {
    0: IDENTITY,
    90: (0.0, -1.0, 1.0, 0.0, 0.0, 1.0),
    180: (-1.0, 0.0, 0.0, -1.0, 1.0, 1.0),
    270: (0.0, 1.0, -1.0, 0.0, 1.0, 0.0),
}

POINTS = 72.0
"""Points in an inch."""
A4 = (595.276, 841.89)
_SIDES = (3.0, 14_400.0)
"""Shortest and longest side of a page that PDF/A allows, in points."""


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first` and then `second`."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = second
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)


def scaled(width: float, height: float) -> Matrix:
    return (width, 0.0, 0.0, height, 0.0, 0.0)


def turned(degrees: int) -> Matrix:
    """The unit square turned clockwise by a multiple of 90 degrees, onto itself."""
    return _TURNS[degrees % 360]


def by_orientation(exif: int) -> Matrix:
    """The unit square as the EXIF orientation (1 to 8) of a photograph wants it shown; any other value: as it is."""
    degrees = {3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}.get(exif, 0)
    return times(_MIRRORED, turned(degrees)) if exif in {2, 4, 5, 7} else turned(degrees)


def swaps_sides(degrees: int) -> bool:
    return degrees % 180 != 0


def page_size(width: float, height: float) -> tuple[float, float]:
    """The size in points, made as much smaller or larger as PDF/A demands."""
    longest, shortest = max(width, height), max(1e-6, min(width, height))
    factor = min(1.0, _SIDES[1] / longest)
    factor = max(factor, _SIDES[0] / shortest) if shortest * factor < _SIDES[0] else factor
    return max(_SIDES[0], min(_SIDES[1], width * factor)), max(_SIDES[0], min(_SIDES[1], height * factor))


def operands(matrix: Matrix) -> str:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in matrix)
