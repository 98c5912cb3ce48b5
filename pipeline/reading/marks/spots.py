"""A place to sign: its label and the rooms in which the signature may stand."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.base import Box


@dataclass(frozen=True)
class Spot:
    """A label and the boxes, in page fractions, in which its signature may stand."""

    label: str
    label_box: Box
    beside: Box
    below: Box | None
    pitch_mm: float
    bare: bool
    masked: tuple[Box, ...]
    """Print that is neither label nor name: dates, other lines."""
    masked_below: tuple[Box, ...] = ()
    """The same for the room below, where a line that was read may be the name."""
    doubtful: bool = False
    """The role may be a field: print behind it proves nothing."""
    followed: bool = False
    """Something like a name was read behind the label: the place is not empty, wherever the ink was looked for."""
