"""送达回证: a sheet for each who is served, with the papers that he gets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from pipeline.drafting.assignment.matters import case_name
from pipeline.drafting.assignment.parties import is_right_organ
from pipeline.drafting.assignment.values import is_detained
from pipeline.drafting.rendering import Row, Values, render
from pipeline.drafting.wording import BLANK
from schemas.draft import DRAFT_TITLES, Draft, DraftKind, Office
from schemas.registration import CaseRecord
from schemas.roster import Lawyer

_LETTERS = (DraftKind.CIVIL_LETTER, DraftKind.CRIMINAL_LETTER)
_OUTWARD_TITLES = dict.fromkeys(_LETTERS, "法律援助公函")
"""A paper that bears another title than its template's file."""


class Served(NamedTuple):
    """Who is served (受送达人), where, and with which papers."""

    role: str
    name: str
    phone: str
    place: str
    papers: tuple[DraftKind, ...]


def draft_receipts(
    record: CaseRecord,
    lawyer: Lawyer,
    office: Office,
    kinds: Collection[DraftKind],
    numbers: Mapping[DraftKind, str],
) -> list[Draft]:
    """A sheet for the recipient, one for the firm, and one for the organ that gets a letter."""
    everybody = (served_recipient(record), served_firm(lawyer), *served_organ(record))
    due = [served._replace(papers=tuple(kind for kind in served.papers if kind in kinds)) for served in everybody]
    return [draft_receipt(record, office, served, numbers) for served in due if served.papers]


def draft_receipt(record: CaseRecord, office: Office, served: Served, numbers: Mapping[DraftKind, str]) -> Draft:
    content = render(DraftKind.SERVICE_RECEIPT, receipt_values(record, office, served, numbers), office.templates_dir)
    return Draft(kind=DraftKind.SERVICE_RECEIPT, file_name=f"送达回证（{served.role}）.docx", content=content)


def receipt_values(record: CaseRecord, office: Office, served: Served, numbers: Mapping[DraftKind, str]) -> Values:
    """The placeholders of `送达回证.docx`."""
    return {
        "机构名称": office.name,
        "案件编号": record.number,
        "受援人": record.registration.recipient.name,
        "案件": case_name(record.registration),
        "受送达人": served.name,
        "受送达人电话": served.phone or BLANK,
        "送达地点": served.place or BLANK,
        "送达文书": [_row(place, kind, numbers) for place, kind in enumerate(served.papers, start=1)],
    }


def _row(place: int, kind: DraftKind, numbers: Mapping[DraftKind, str]) -> Row:
    title = _OUTWARD_TITLES.get(kind, DRAFT_TITLES[kind])
    return {"序号": str(place), "名称": title, "文号": numbers.get(kind, "") or "—", "份数": "1"}


def served_recipient(
    record: CaseRecord, papers: tuple[DraftKind, ...] = (DraftKind.GRANT_DECISION, DraftKind.RIGHTS_NOTICE)
) -> Served:
    """The recipient, where he is held or lives."""
    recipient = record.registration.recipient
    detained = is_detained(record.registration)
    place = recipient.custody_place if detained else recipient.address
    return Served("受援人", recipient.name, "" if detained else recipient.phone, place, papers)


def served_firm(lawyer: Lawyer, papers: tuple[DraftKind, ...] = (DraftKind.ASSIGNMENT_NOTICE,)) -> Served:
    return Served("承办单位", lawyer.firm, lawyer.firm_phone or lawyer.phone, "", papers)


def served_organ(record: CaseRecord, papers: tuple[DraftKind, ...] = _LETTERS) -> tuple[Served, ...]:
    """The organ, if one handles the case; its name is left open where the registered one cannot be right."""
    organ = record.registration.organ
    if organ is None:
        return ()
    name = organ.name if is_right_organ(record.registration) else BLANK
    return (Served("办案机关", name, organ.phone, organ.address, papers),)
