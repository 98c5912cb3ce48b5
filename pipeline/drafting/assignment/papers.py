"""Which papers the assignment of a case calls for."""

from __future__ import annotations

from pipeline.drafting.assignment.parties import CRIMINAL, is_right_organ
from schemas.case import STAGE_TITLES, Kind, Origin
from schemas.draft import DraftKind
from schemas.registration import CaseRecord

_UNASSIGNED = frozenset({Kind.DUTY_HELP, Kind.PLEA_HELP, Kind.CONSULTATION})
"""Help that is given on the spot: nobody is assigned by notice."""


def assignment_papers(record: CaseRecord) -> tuple[DraftKind, ...]:
    """The papers that the assignment of this case calls for, in the order of a case's life.

    A notified case (通知类) has no application, hence no decision to grant; a case that no organ handles has no
    letter; help on the spot (值班律师法律帮助, 法律咨询) has none of them, and drafting a document (代拟法律文书) is
    no mandate.
    """
    registration = record.registration
    if registration.kind in _UNASSIGNED:
        return ()
    drafting = registration.kind is Kind.DRAFTING
    wanted = {
        DraftKind.GRANT_DECISION: registration.origin is not Origin.NOTIFIED,
        DraftKind.ASSIGNMENT_NOTICE: True,
        DraftKind.CIVIL_LETTER: registration.organ is not None and registration.kind not in CRIMINAL and not drafting,
        DraftKind.CRIMINAL_LETTER: registration.organ is not None and registration.kind in CRIMINAL,
        DraftKind.REPRESENTATION_AGREEMENT: registration.kind is not Kind.CRIMINAL_DEFENCE and not drafting,
        DraftKind.DEFENCE_AGREEMENT: registration.kind is Kind.CRIMINAL_DEFENCE,
        DraftKind.POWER_OF_ATTORNEY: not drafting,
        DraftKind.RIGHTS_NOTICE: True,
        DraftKind.SERVICE_RECEIPT: True,
    }
    return tuple(kind for kind in DraftKind if wanted.get(kind, False))


def assignment_doubts(record: CaseRecord) -> tuple[str, ...]:
    """What a person has to look at in the registration before the papers go out; Chinese sentences."""
    registration = record.registration
    doubts = []
    organ, stage = registration.organ, registration.stage
    if organ is not None and stage is not None and not is_right_organ(registration):
        doubts.append(
            f"登记的办案机关“{organ.name}”与办案阶段“{STAGE_TITLES[stage]}”不符，公函的主送机关留空，请核对后填写。"
        )
    if registration.kind in CRIMINAL and stage is None:
        doubts.append("刑事案件没有登记办案阶段，文书中受援人的称谓、委托期限留空，请核对后填写。")
    return tuple(doubts)
