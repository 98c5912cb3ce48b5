"""Which letters a report calls for."""

from __future__ import annotations

from datetime import date

from pipeline.drafting.contents import contents_values
from pipeline.drafting.notice import notice_findings, notice_values
from pipeline.drafting.opinion import opinion_values
from pipeline.drafting.rendering import Values, render
from schemas.draft import Draft, DraftKind, Office
from schemas.report import AuditReport

FILE_NAMES: dict[DraftKind, str] = {
    DraftKind.AUDIT_OPINION: "审查意见书.docx",
    DraftKind.DEFICIENCY_NOTICE: "补正通知书（草稿）.docx",
    DraftKind.CONTENTS_LIST: "卷内目录.docx",
}


def draft(report: AuditReport, office: Office, day: date, round_number: int) -> tuple[Draft, ...]:
    """The letters about `report`, drafted on `day` in the `round_number`-th round (from 1).

    Always the audit opinion (审查意见书) and the contents list (卷内目录); the deficiency notice (补正通知书) only where
    the lawyer certainly has something to put right. A closing file that could not be opened calls for none: what is
    wrong with it, `delivering` says. The same input gives the same bytes. Raises `StandardError` for a bad template.
    """
    if report.status != "audited":
        return ()
    drafts = [_rendered(DraftKind.AUDIT_OPINION, office, opinion_values(report, office, day, round_number))]
    if notice_findings(report):
        drafts.append(_rendered(DraftKind.DEFICIENCY_NOTICE, office, notice_values(report, office, round_number)))
    drafts.append(_rendered(DraftKind.CONTENTS_LIST, office, contents_values(report, office)))
    return tuple(drafts)


def _rendered(kind: DraftKind, office: Office, values: Values) -> Draft:
    return Draft(kind=kind, file_name=FILE_NAMES[kind], content=render(kind, values, office.templates_dir))
