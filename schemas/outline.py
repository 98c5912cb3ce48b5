"""What is kept of a closing file to hold others against it (案件要点): who was helped, in which case, by whom."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from schemas.base import Frozen
from schemas.case import Kind, Stage


class Side(StrEnum):
    """On which side of a dispute the recipient stands (诉讼地位)."""

    CLAIMANT = "claimant"
    """原告、申请人、上诉人."""
    RESPONDENT = "respondent"
    """被告、被申请人、被上诉人."""


class CaseOutline(Frozen):
    """Only what was read for certain; what was not is empty."""

    number: str
    """案件编号."""
    recipient: str
    kind: Kind | None = None
    stage: Stage | None = None
    person: str = ""
    """Digest of the recipient's identity number, by which two of one name are told apart."""
    lawyer: str = ""
    firm: str = ""
    organ_case_number: str = ""
    side: Side | None = None
    helped_on: date | None = None
    """For help on duty and the like, which have no number of a court: the day on which it was given."""
    paid: bool = False
    """Whether its subsidy has been paid, by the registry."""
