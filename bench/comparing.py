"""An audit report held against the truth of its closing file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from pipeline.demo import Truth
from pipeline.demo.truth import TrueDefect, TrueDocument
from schemas.base import State
from schemas.report import AuditReport, Certainty, Decision, Effect, Finding, Problem, ReportDocument

BRACKETS = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")"})


@dataclass
class Score:
    """Counts of one closing file or of many, and what went wrong in words."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def note(self, count: str, remark: str) -> None:
        self.counts[count] += 1
        self.remarks.append(f"{count}: {remark}")

    def add(self, other: Score) -> None:
        self.counts.update(other.counts)
        self.remarks += other.remarks


def compared(report: AuditReport, truth: Truth, name: str) -> Score:
    """Everything the bench counts about one file."""
    score = Score()
    if report.status != "audited":
        score.note("files_unreadable", f"{name}: {report.error}")
        return score
    _pages(report, truth, name, score)
    for document in truth.documents:
        match = _match(report, document)
        if match is not None:
            _fields(document, match, name, score)
            _marks(document, match, name, score)
    _case(report, truth, name, score)
    _findings(report, truth, name, score)
    _decision(report, truth, name, score)
    return score


def _pages(report: AuditReport, truth: Truth, name: str, score: Score) -> None:
    score.counts["pages"] += len(truth.pages)
    if len(report.pages) != len(truth.pages):
        score.note("page_count_wrong", f"{name}: {len(report.pages)} instead of {len(truth.pages)}")
    for page, true in zip(report.pages, truth.pages, strict=False):
        right = page.type == true.type or page.type in true.also or true.illegible
        certain = page.state is State.FOUND
        score.counts["pages_right"] += right
        score.counts["pages_uncertain"] += not certain
        if not right:
            kind = "pages_wrong_confident" if certain else "pages_wrong_uncertain"
            score.note(kind, f"{name} p{true.number}: {true.type} read as {page.type}")
        if page.rotation != true.rotation and true.type is not None:
            score.note("rotation_wrong", f"{name} p{true.number}: {true.rotation} read as {page.rotation}")


def _match(report: AuditReport, document: TrueDocument) -> ReportDocument | None:
    """The report's document that shares most pages with `document`, if it is of a right type."""
    best, most = None, 0
    for each in report.documents:
        shared = min(each.last_page, document.last_page) - max(each.first_page, document.first_page) + 1
        if shared > most:
            best, most = each, shared
    return best if best is not None and best.type in {document.type, *document.also} else None


def alike(value: str | None, truth: str | None) -> bool:
    """Whether two values say the same, whatever their brackets, widths and blanks."""
    return _plain(value) == _plain(truth)


def _plain(value: str | None) -> str:
    text = unicodedata.normalize("NFKC", value or "").translate(BRACKETS)
    return re.sub(r"\s|第(?=\d)", "", text)


def _fields(document: TrueDocument, match: ReportDocument, name: str, score: Score) -> None:
    for key, true in document.fields.items():
        read = match.fields.get(key)
        score.counts["fields"] += 1
        if read is None or read.state is not State.FOUND:
            score.counts["fields_not_read"] += true is not None
        elif alike(read.value, true):
            score.counts["fields_right"] += 1
        else:
            score.note("fields_wrong_confident", f"{name} {document.type}.{key}: {true} read as {read.value}")


def _case(report: AuditReport, truth: Truth, name: str, score: Score) -> None:
    assert report.case is not None
    for key in ("kind", "stage", "origin"):
        read, true = getattr(report.case, key), getattr(truth.case, key)
        score.counts["case"] += 1
        score.counts["case_right"] += read == true
        if read != true:
            score.note("case_unknown" if read is None else "case_wrong", f"{name} {key}: {true} read as {read}")
    for key, true in truth.case.fields.items():
        field_read = report.case.fields.get(key)
        score.counts["case_fields"] += true is not None
        if field_read is None or field_read.state is not State.FOUND:
            score.counts["case_fields_not_read"] += true is not None
        elif alike(field_read.value, true):
            score.counts["case_fields_right"] += true is not None
        else:
            score.note("case_fields_wrong_confident", f"{name} case.{key}: {true} read as {field_read.value}")


def _marks(document: TrueDocument, match: ReportDocument, name: str, score: Score) -> None:
    for key, true in document.marks.items():
        mark = match.marks.get(key)
        if mark is None:
            score.counts["marks_not_looked_for"] += 1
            continue
        score.counts[f"marks_{true}"] += 1
        if mark.state is State.UNCERTAIN:
            score.counts[f"marks_{true}_uncertain"] += 1
        elif mark.state == true:
            score.counts[f"marks_{true}_right"] += 1
        else:
            score.note(
                f"marks_{true}_wrong",
                f"{name} p{document.first_page} {document.type}.{key}: {true} read as {mark.state}",
            )


def _pages_of(type_: str, truth: Truth) -> set[int]:
    return {
        page
        for document in truth.documents
        if document.type == type_
        for page in range(document.first_page, document.last_page + 1)
    }


def _touches(finding: Finding, defect: TrueDefect, truth: Truth) -> bool:
    """Whether `finding` speaks of the paper that has the defect."""
    pages = {place.page for place in finding.evidence}
    return finding.document_type == defect.document_type or bool(pages & _pages_of(defect.document_type, truth))


def _answers(finding: Finding, defect: TrueDefect, truth: Truth) -> bool:
    """Whether `finding` is what an audit should say about `defect`."""
    if defect.problem == Problem.ILLEGIBLE and finding.state is Certainty.UNCERTAIN:
        return _touches(finding, defect, truth)  # nobody can tell a smeared paper from a missing one
    broad = {Problem.INCONSISTENT, Problem.OUT_OF_SEQUENCE, Problem.LATE, Problem.FOREIGN}
    if finding.problem != defect.problem:
        return False
    return finding.document_type == defect.document_type or (
        finding.problem in broad and _touches(finding, defect, truth)
    )


def _findings(report: AuditReport, truth: Truth, name: str, score: Score) -> None:
    for defect in truth.defects:
        answers = [each for each in report.findings if _answers(each, defect, truth)]
        group = "missing" if defect.problem == Problem.MISSING else "defect"
        if any(each.state is Certainty.CERTAIN for each in answers):
            score.counts[f"{group}_found_certain"] += 1
        elif answers:
            score.note(
                f"{group}_found_uncertain", f"{name} {defect.problem}:{defect.document_type}: {answers[0].reason}"
            )
        else:
            score.note(f"{group}_missed", f"{name} {defect.problem}:{defect.document_type}:{defect.detail}")
    for finding in report.findings:
        if any(_answers(finding, defect, truth) for defect in truth.defects):
            continue
        if any(_touches(finding, defect, truth) for defect in truth.defects):
            score.note("follow_ups", f"{name} {finding.rule} {finding.problem} {finding.state}: {finding.message}")
        else:
            _unasked(finding, name, score)


def _unasked(finding: Finding, name: str, score: Score) -> None:
    """A finding about papers that have no defect."""
    group = "missing" if finding.problem is Problem.MISSING else "finding"
    kind = f"{group}_wrong_{finding.state}" if finding.effect is not Effect.NOTE else f"note_wrong_{finding.state}"
    score.note(kind, f"{name} {finding.rule} {finding.problem} ({finding.effect}): {finding.message}")


def _decision(report: AuditReport, truth: Truth, name: str, score: Score) -> None:
    assert report.subsidy is not None
    decision = report.subsidy.decision
    blocking = any(defect.effect == Effect.BLOCKS for defect in truth.defects)
    score.counts["files"] += 1
    score.counts["files_undetermined"] += decision is Decision.UNDETERMINED
    if truth.complete:
        score.counts["complete"] += 1
        score.counts[f"complete_{decision}"] += 1
        score.counts["complete_questions"] += sum(each.state is Certainty.UNCERTAIN for each in report.findings)
        if decision is Decision.BLOCKED:
            score.remarks.append(f"complete_blocked: {name} by {report.subsidy.blocking}")
    elif blocking:
        score.counts["blocking"] += 1
        score.counts[f"blocking_{decision}"] += 1
        if decision is Decision.PAYABLE:
            score.remarks.append(f"blocking_payable: {name} {[each.document_type for each in truth.defects]}")
