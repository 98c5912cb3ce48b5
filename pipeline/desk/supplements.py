"""What is handed in later (补正材料): which case it belongs to, and whether it is a closing file by itself."""

from __future__ import annotations

from pipeline import registry
from pipeline.desk.returns import returned_case
from pipeline.registry import BaseRound
from schemas.materials import OTHER
from schemas.report import AuditReport
from schemas.volume import Volume

WHOLE_PAPERS, WHOLE_PAGES = 0.6, 0.6
"""So large a share of the types of paper, or of the pages, of the round before makes a new closing file of its own."""


def supplemented_round(report: AuditReport, volume: Volume) -> BaseRound | None:
    """The round that this submission supplements; None where it is a closing file by itself, or belongs to no case.

    A person's word counts most, then the code of a notice on the first page, then case number and recipient, then
    recipient and lawyer of a case that waits for papers. What could belong to two cases belongs to none.
    """
    told = registry.base_by_word(report)
    if told is not None:
        return told
    base = _matched(report, volume)
    return None if base is None or _is_whole(report, base.report) else base


def is_of_audited_case(report: AuditReport, volume: Volume) -> bool:
    """Whether papers surely are of a case that has been audited, or answer to a notice of ours, whatever they are."""
    code = returned_case(entry.page for entry in volume.pages)
    if code is not None or registry.base_by_word(report) is not None:
        return True
    return registry.base_by_key(report) is not None or registry.base_by_people(report) is not None


def _matched(report: AuditReport, volume: Volume) -> BaseRound | None:
    code = returned_case(entry.page for entry in volume.pages)
    if code is not None:
        return registry.base_by_code(code, report)
    return registry.base_by_key(report) or registry.base_by_people(report)


def _is_whole(report: AuditReport, before: AuditReport) -> bool:
    """Whether the submission replaces the closing file instead of adding to it."""
    types, known = _types(report), _types(before)
    papers = len(types & known) / len(known) if known else 1.0
    pages = report.source.pages / before.source.pages if before.source.pages else 1.0
    return papers >= WHOLE_PAPERS or (pages >= WHOLE_PAGES and papers >= WHOLE_PAPERS / 2)


def _types(report: AuditReport) -> set[str]:
    return {document.type for document in report.documents if document.type not in (None, OTHER)}
