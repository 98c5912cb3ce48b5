"""The papers that the office writes when it assigns a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from pipeline.drafting.assignment.papers import assignment_papers
from pipeline.drafting.assignment.serving import draft_receipts
from pipeline.drafting.assignment.values import (
    TextValues,
    case_values,
    grant_values,
    lawyer_values,
    letter_values,
    mandate_values,
    notice_values,
)
from pipeline.drafting.rendering import Values, render
from schemas.draft import DRAFT_TITLES, Draft, DraftKind, Office
from schemas.registration import CaseRecord
from schemas.roster import Assignment, Lawyer


def draft_assignment(  # noqa: PLR0913, PLR0917 - all that the papers of an assignment rest on
    record: CaseRecord,
    assignment: Assignment,
    office: Office,
    day: date,
    numbers: Mapping[DraftKind, str],
    without: Collection[DraftKind] = (),
) -> tuple[Draft, ...]:
    """The papers of one assignment (`assignment_papers`), dated `day`, in the order of a case's life.

    `without` names papers that are not due again, when a lawyer is replaced.
    `numbers` holds the number of each paper that bears one (`schemas.numbering.LETTER_WORDS`); a paper whose number is
    not given gets a blank to write it in. 送达回证 is a sheet for each who is served. The same input gives the same
    bytes. Raises `StandardError` for a bad template, before anything is written anywhere.
    """
    kinds = [kind for kind in assignment_papers(record) if kind not in without]
    drafts = [
        draft_paper(kind, paper_values(kind, record, assignment.lawyer, office, day, numbers), office)
        for kind in kinds
        if kind is not DraftKind.SERVICE_RECEIPT
    ]
    if DraftKind.SERVICE_RECEIPT in kinds:
        drafts += draft_receipts(record, assignment.lawyer, office, kinds, numbers)
    return tuple(drafts)


def paper_values(  # noqa: PLR0913, PLR0917 - all that a paper of an assignment rests on
    kind: DraftKind,
    record: CaseRecord,
    lawyer: Lawyer,
    office: Office,
    day: date,
    numbers: Mapping[DraftKind, str],
) -> TextValues:
    """The placeholders of one paper of the set, but for 送达回证."""
    special: TextValues = {}
    if kind is DraftKind.GRANT_DECISION:
        special = grant_values(record.registration, lawyer)
    elif kind is DraftKind.ASSIGNMENT_NOTICE:
        special = notice_values(record, lawyer)
    elif kind in {DraftKind.CIVIL_LETTER, DraftKind.CRIMINAL_LETTER}:
        special = letter_values(record.registration)
    else:
        special = mandate_values(record, numbers.get(DraftKind.ASSIGNMENT_NOTICE, ""))
    return {**case_values(record, office, day, numbers.get(kind, "")), **lawyer_values(lawyer), **special}


def draft_paper(kind: DraftKind, values: Values, office: Office) -> Draft:
    content = render(kind, values, office.templates_dir)
    return Draft(kind=kind, file_name=f"{DRAFT_TITLES[kind]}.docx", content=content)
