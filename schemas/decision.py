"""What a person decides about an audited closing file (人工认定). A decision stands beside the reading, never in its place."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from schemas.base import Frozen
from schemas.registration import Name


class Verdict(StrEnum):
    """What a person says of a finding."""

    CONFIRMED = "confirmed"
    """It is so (属实)."""
    DISMISSED = "dismissed"
    """It is not so, or does not matter in this case (不成立)."""
    WITHDRAWN = "withdrawn"
    """What was said before is taken back: the finding stands as the program found it."""


VERDICT_TITLES: dict[Verdict, str] = {
    Verdict.CONFIRMED: "认定属实",
    Verdict.DISMISSED: "认定不成立",
    Verdict.WITHDRAWN: "撤回认定",
}


class Ruling(Frozen):
    """A person's word on one finding. The last ruling about a finding counts."""

    finding: str
    """The finding's identity through the rounds, see `pipeline.auditing.finding_identity`."""
    verdict: Verdict
    by: Name
    at: datetime
    why: str = ""


class PaperCorrection(Frozen):
    """A person's word on what paper a page belongs to. The last one about a page counts; type None takes it back."""

    page: str
    """SHA-256 of the page as it was read: it holds in every round that has the same page."""
    type: str | None
    by: Name
    at: datetime


class FieldCorrection(Frozen):
    """A person's word on a case field. The last one about a field counts; value None takes it back."""

    field: str
    value: str | None
    by: Name
    at: datetime


class Decisions(Frozen):
    """All that persons have decided about one case, oldest first."""

    rulings: tuple[Ruling, ...] = ()
    papers: tuple[PaperCorrection, ...] = ()
    fields: tuple[FieldCorrection, ...] = ()

    def ruling_on(self, finding: str) -> Ruling | None:
        """The ruling that counts, None where there is none or it was taken back."""
        last = next((ruling for ruling in reversed(self.rulings) if ruling.finding == finding), None)
        return None if last is None or last.verdict is Verdict.WITHDRAWN else last

    def paper_of(self, page: str) -> str | None:
        """The type that a person gave the page, None where nobody did."""
        return next((told.type for told in reversed(self.papers) if told.page == page), None)

    def field_value(self, field: str) -> str | None:
        """The value that a person gave the field, None where nobody did."""
        return next((told.value for told in reversed(self.fields) if told.field == field), None)
