"""One reading of one field (要素读数), and when it is sure enough to be found."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

from typing import NamedTuple

from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.rivals import doubts_in
from schemas.base import Box, State
from schemas.reading import Doubt
from schemas.volume import FieldValue

SURE = 0.96
"""Line score from which a value that nothing else confirms is found. Print reads at 0.98 and above on an office scan;
what was filled in by hand and still taken for print reads lower."""
SURE_PEN = 0.98
"""Line score from which handwriting that another place or paper confirms is found."""
CONFIRMED = 0.8
"""Line score that is enough for a value which other papers, or a check digit, confirm."""


class Reading(NamedTuple):
    """A value read at one place."""

    value: str
    page: int
    box: Box | None
    score: float
    formed: bool
    """True if it has the form that such a value must have (a check digit that fits, a real date, a known surname)."""
    weight: float = 1.0
    """How much its label says that it is this field: 1 by its own label, less by position or wording."""
    handwritten: bool = False
    trusted_page: bool = True
    view: PageView | None = None
    """The page that it was read on."""

    @property
    def legible(self) -> bool:
        """True if nothing in the reading itself is in doubt; what was written by hand still needs a second source."""
        needed = SURE_PEN if self.handwritten else SURE
        return self.formed and self.trusted_page and self.score >= needed and self.weight >= 0.5

    @property
    def doubts(self) -> tuple[Doubt, ...] | None:
        """Other letters that may stand in the value; None where nothing is known of them."""
        return None if self.view is None else doubts_in(self.view, self.value, self.box)

    @property
    def found(self) -> bool:
        """True for print that was read without doubt. A pen's figures are misread with a high score as well."""
        return self.legible and not self.handwritten

    def confirmed(self, case: FieldValue) -> FieldValue:
        """The reading as a field that the case's own value, found in other papers too, confirms."""
        value = self.field()
        if case.state is State.FOUND and case.value == self.value and self.score >= CONFIRMED and self.formed:
            return value.model_copy(update={"state": State.FOUND})
        return value

    def field(self) -> FieldValue:
        """The reading as a field, found or uncertain."""
        score = self.score if self.formed else min(self.score, 0.6)
        state = State.FOUND if self.found else State.UNCERTAIN
        return FieldValue(value=self.value, state=state, page=self.page, box=self.box, score=round(score, 4))


def reading(  # noqa: PLR0913 - what there is to know of a reading
    view: PageView,
    value: str,
    box: Box | None,
    score: float,
    *,
    formed: bool,
    weight: float = 1.0,
    handwritten: bool = False,
) -> Reading:
    """A reading on `view`'s page, which must itself be read well for the value to be found."""
    trusted = view.well_read or (view.quality >= 0.85 and not view.reading.low_quality)
    return Reading(value, view.number, box, score, formed, weight, handwritten, trusted, view)


def best(readings: list[Reading]) -> Reading | None:
    """The reading to believe: by label first, then form, then score; the earliest of equals."""
    if not readings:
        return None
    return max(
        readings, key=lambda one: (one.legible, round(one.weight, 1), one.formed, round(one.score, 1), -one.page)
    )
