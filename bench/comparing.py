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
BUNDLES = {"evidence", "case_basis"}
"""Types whose papers may rightly be taken for one: where one exhibit ends and the next begins is a matter of taste."""
ITEMS: dict[str, frozenset[str]] = {
    "meeting_record": frozenset({"interview_record"}),
    "interview_record": frozenset({"meeting_record"}),
    "indictment": frozenset({"prosecution_opinion", "non_prosecution_decision", "outcome_document"}),
    "settlement": frozenset({"outcome_document"}),
    "means_statement": frozenset({"means_exemption"}),
    "drafted_document": frozenset({"pleading"}),
    "arbitration_application": frozenset({"pleading"}),
    "prosecution_opinion": frozenset({"indictment", "notice_attachment"}),
    "minor_safeguard": frozenset({"means_exemption"}),  # it proves the age as well: the ground of the notice
}
"""Other types under which the same item of a checklist may stand."""


@dataclass
class Score:
    """Counts of one closing file or of many, counts by rule and by defect, and what went wrong in words."""

    counts: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    """By rule: right, follow_up and wrong findings, each certain or uncertain."""
    defects: dict[str, Counter[str]] = field(default_factory=dict)
    """By defect as asked for: certain, uncertain, missed."""
    remarks: list[str] = field(default_factory=list)

    def note(self, count: str, remark: str) -> None:
        self.counts[count] += 1
        self.remarks.append(f"{count}: {remark}")

    def of_rule(self, finding: Finding, sort: str) -> None:
        self.rules.setdefault(rule_of(finding), Counter())[f"{sort}_{finding.state}"] += 1

    def add(self, other: Score) -> None:
        self.counts.update(other.counts)
        for mine, theirs in ((self.rules, other.rules), (self.defects, other.defects)):
            for key, counts in theirs.items():
                mine.setdefault(key, Counter()).update(counts)
        self.remarks += other.remarks


def rule_of(finding: Finding) -> str:
    """The rule without standard and kind of case, with its problem where an item of a checklist has several."""
    name = finding.rule.rsplit("/", 1)[-1]
    return name if "." in name else f"{name}: {finding.problem}"


def compared(report: AuditReport, truth: Truth, name: str) -> Score:
    """Everything the bench counts about one file."""
    score = Score()
    if report.status != "audited":
        score.note("files_unreadable", f"{name}: {report.error}")
        return score
    _pages(report, truth, name, score)
    _boundaries(report, truth, name, score)
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


def _boundaries(report: AuditReport, truth: Truth, name: str, score: Score) -> None:
    """Pages on which a new paper begins: found, missed, and seen where there is none; page 1 is no art."""
    types = {page.number: page.type for page in truth.pages}
    bundle = [page.type in BUNDLES for page in truth.pages]
    taste = {number for number in range(2, len(bundle) + 1) if bundle[number - 1] and bundle[number - 2]}
    true = {each.first_page for each in truth.documents} - taste - {1}
    read = {each.first_page for each in report.documents} - taste - {1}
    score.counts["boundaries_right"] += len(true & read)
    for page in sorted(true - read):
        score.note("boundaries_missed", f"{name} p{page}: {truth.pages[page - 1].type} begins")
    for page in sorted(read - true):
        score.note("boundaries_false", f"{name} p{page}: inside {types.get(page)}")


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
            score.counts["fields_uncertain"] += read is not None and read.state is State.UNCERTAIN
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
    if defect.problem == Problem.FORBIDDEN:
        return bool(pages & set(defect.pages))
    return _same_item(finding, defect) or bool(pages & _pages_of(defect.document_type, truth))


def _same_item(finding: Finding, defect: TrueDefect) -> bool:
    type_ = defect.document_type
    return finding.document_type == type_ or finding.document_type in ITEMS.get(type_, ())


def _answers(finding: Finding, defect: TrueDefect, truth: Truth) -> bool:
    """Whether `finding` is what an audit should say about `defect`."""
    if defect.problem == Problem.ILLEGIBLE and finding.state is Certainty.UNCERTAIN:
        return _touches(finding, defect, truth)  # nobody can tell a smeared paper from a missing one
    if defect.detail == "last" and finding.problem in {Problem.UNSIGNED, Problem.UNSEALED, Problem.UNDATED}:
        return _same_item(finding, defect)  # its last page was to be signed, sealed and dated
    broad = {Problem.INCONSISTENT, Problem.OUT_OF_SEQUENCE, Problem.LATE, Problem.FOREIGN, Problem.FORBIDDEN}
    if finding.problem != defect.problem:
        return False
    return _same_item(finding, defect) or (finding.problem in broad and _touches(finding, defect, truth))


def _findings(report: AuditReport, truth: Truth, name: str, score: Score) -> None:
    for defect in truth.defects:
        _defect(report, defect, truth, name, score)
    for finding in report.findings:
        if any(_answers(finding, defect, truth) for defect in truth.defects):
            score.of_rule(finding, "right")
        elif any(_touches(finding, defect, truth) for defect in truth.defects):
            score.of_rule(finding, "follow_up")
            score.note("follow_ups", f"{name} {finding.rule} {finding.problem} {finding.state}: {finding.message}")
        else:
            score.of_rule(finding, "wrong")
            _unasked(finding, name, score)


def _defect(report: AuditReport, defect: TrueDefect, truth: Truth, name: str, score: Score) -> None:
    answers = [each for each in report.findings if _answers(each, defect, truth)]
    group = "missing" if defect.problem == Problem.MISSING else "defect"
    label = ":".join(part for part in (defect.problem, defect.document_type, defect.detail) if part)
    counts = score.defects.setdefault(label, Counter())
    if any(each.state is Certainty.CERTAIN for each in answers):
        score.counts[f"{group}_found_certain"] += 1
        counts["certain"] += 1
    elif answers:
        score.note(f"{group}_found_uncertain", f"{name} {label}: {answers[0].reason}")
        counts["uncertain"] += 1
    else:
        score.note(f"{group}_missed", f"{name} {label}")
        counts["missed"] += 1


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
    elif decision is Decision.BLOCKED:
        score.note("unblocking_blocked", f"{name} by {report.subsidy.blocking}")
