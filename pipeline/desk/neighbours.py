"""What the office's other closing files have in common with one (他案): looked up once the audit has said which case it is."""

from __future__ import annotations

from pipeline import registry
from schemas.case import CaseFacts
from schemas.outline import CaseOutline
from schemas.report import AuditReport
from schemas.volume import Volume


def neighbours_of(report: AuditReport) -> tuple[CaseOutline, ...]:
    """The other cases with the same number, the same number of the organ, or the same person."""
    outline = _outline(report, None)
    return () if outline is None else registry.outlines_near(outline, report.source.sha256)


def keep_outline(report: AuditReport, volume: Volume) -> None:
    """Keeps what later closing files are held against."""
    outline = _outline(report, volume)
    if outline is not None:
        registry.keep_outline(outline, report.source.sha256)


def _outline(report: AuditReport, volume: Volume | None) -> CaseOutline | None:
    """What the file says of itself; without its volume, all but the side on which the recipient stands."""
    from pipeline.auditing import outline_of  # noqa: PLC0415 - loaded by the first audit

    if report.case is None:
        return None
    papers = Volume(pages=(), documents=()) if volume is None else volume
    told = papers.model_copy(update={"fields": report.case.fields})
    return outline_of(told, CaseFacts(facts=report.case.facts))
