"""Percentiles of grey levels by counting (灰度分位): a page has dozens of lines, and sorting their pixels takes long."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def levels(values: NDArray[Any], *shares: float) -> tuple[float, ...]:
    """The values below which these percentages of all values lie, as `numpy.percentile` gives them.

    For whole values of which none is negative.
    """
    reached = np.cumsum(np.bincount(values.ravel()))
    places = [share / 100 * (int(reached[-1]) - 1) for share in shares]
    return tuple(_between(reached, place) for place in places)


def _between(reached: NDArray[np.intp], place: float) -> float:
    """The value at a place, not always whole, in the sorted row of all values."""
    whole = int(place)
    low, high = np.searchsorted(reached, (whole, whole + 1), side="right")
    high = min(high, len(reached) - 1)
    if high == low:
        return float(low)
    # From the nearer of the two, as numpy does: the same to the last digit.
    share = place - whole
    return float(low + (high - low) * share if share < 0.5 else high - (high - low) * (1 - share))  # noqa: PLR2004
