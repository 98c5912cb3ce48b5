"""Two leaves scanned side by side (两页拼扫): a sheet of A3 lying, which may hold two papers."""

from __future__ import annotations

from pipeline.cataloguing.scoring import PageScore
from pipeline.cataloguing.titles import TitleMatch
from schemas.base import Box

_LIKE_A_TITLE = 0.4
"""How much a line of the other half must look like a title, and how well its words must be one's."""
_FULL = 1.0
_MIDDLE = 0.5
_TOP = 0.35
"""Share of the page's height in which a paper's title stands."""


def beside(score: PageScore, type_: str) -> tuple[str, ...]:
    """The types of the papers that stand beside one of `type_` on a sheet of two leaves: each by a title in full, in the half
    in which the paper's own is not."""
    if not score.view.reading.is_spread:
        return ()
    own = {half for match in score.titles if type_ in match.types and (half := _half(match.box)) is not None}
    if len(own) != 1:
        return ()
    others = [match for match in score.titles if type_ not in match.types and _is_title(match)]
    types = (match.types[0] for match in others if len(match.types) == 1 and _half(match.box) not in (None, *own))
    return tuple(dict.fromkeys(types))


def _is_title(match: TitleMatch) -> bool:
    return match.exact and match.quality >= _FULL and match.likeness >= _LIKE_A_TITLE and match.box[1] < _TOP


def _half(box: Box) -> int | None:
    """0: in the left leaf; 1: in the right one; None: across both."""
    if box[2] <= _MIDDLE:
        return 0
    return 1 if box[0] >= _MIDDLE else None
