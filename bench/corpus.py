"""The closing files that the bench puts through the audit: half of them complete, half with one or two defects."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.demo import STYLES, SampleCase, make_case
from schemas.case import Kind, Origin, Stage

DEFENCE, FIRST = Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST
Sort = tuple[Kind, Stage | None, Origin]

SORTS: tuple[Sort, ...] = (
    (DEFENCE, FIRST, Origin.NOTIFIED),
    (Kind.CIVIL, FIRST, Origin.APPLIED),
    (DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED),
    (Kind.LABOUR_ARBITRATION, None, Origin.APPLIED),
    (DEFENCE, Stage.PROSECUTION, Origin.NOTIFIED),
    (DEFENCE, Stage.INVESTIGATION, Origin.APPLIED),
    (DEFENCE, FIRST, Origin.APPLIED),
)

ANYWHERE: tuple[tuple[str, ...], ...] = (
    ("missing:power_of_attorney",),
    ("unsigned:power_of_attorney",),
    ("unsealed:assignment_notice",),
    ("missing:closing_report",),
    ("inconsistent:advocacy_statement:recipient_name",),
    ("missing:advocacy_statement", "undated:power_of_attorney"),
    ("missing:assignment_notice",),
    ("inconsistent:closing_report:case_number",),
    ("late:closing_report",),
    ("missing:rights_notice", "unsigned:closing_report"),
    ("duplicate:assignment_notice",),
    ("out_of_sequence:advocacy_statement",),
    ("missing:progress_record",),
    ("illegible:power_of_attorney",),
    ("misplaced:closing_report",),
)
IN_COURT: tuple[tuple[str, ...], ...] = (
    ("missing:hearing_record",),
    ("incomplete:outcome_document",),
    ("missing:outcome_document",),
    ("unsealed:outcome_document", "missing:hearing_notice"),
)
IN_CUSTODY: tuple[tuple[str, ...], ...] = (
    ("out_of_sequence:meeting_record",),
    ("unsigned:meeting_record",),
    ("missing:meeting_record",),
    ("foreign:meeting_record",),
)
APPLIED: tuple[tuple[str, ...], ...] = (
    ("missing:application_form",),
    ("missing:identity_document",),
    ("unsigned:application_form", "missing:grant_decision"),
    ("unsealed:representation_agreement",),
)


def defects_for(sort: Sort, turn: int) -> tuple[str, ...]:
    """The defects of the `turn`-th defective file of this sort."""
    kind, stage, origin = sort
    choice = list(ANYWHERE)
    choice += IN_COURT if stage in {None, FIRST} else ()
    choice += IN_CUSTODY if kind is DEFENCE else ()
    choice += APPLIED if origin is Origin.APPLIED else ()
    return choice[(turn * 7 + len(sort[0])) % len(choice)]


def corpus(files: int, seed: int) -> Iterator[SampleCase]:
    """`files` closing files; the same arguments give the same ones. Every second one is complete."""
    styles = list(STYLES)
    for index in range(files):
        sort = SORTS[(index // 2 + index) % len(SORTS)]
        style = styles[(index + seed) % len(styles)]
        defects = () if index % 2 == 0 else defects_for(sort, index + seed)
        yield make_case(f"bench-{seed}-{index}", *sort, style, defects, untidy=index % 4 == 3)
