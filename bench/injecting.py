"""Which defects can be put into which closing file, and which come next so that all of them come up equally often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pipeline.demo import SampleCase
from pipeline.demo.chance import chance
from pipeline.demo.story import Story
from schemas.case import Kind, Stage

SINGLES: tuple[str, ...] = (
    *(f"missing:{type_}" for type_ in (
        "power_of_attorney", "assignment_notice", "approval_form", "closing_report", "progress_record", "rights_notice",
        "advocacy_statement", "cover", "contents_list", "volume_note", "official_letter", "application_form",
        "identity_document", "means_statement", "grant_decision", "service_receipt", "representation_agreement",
        "defence_notice", "meeting_record", "interview_record", "file_review_note", "hearing_record", "hearing_notice",
        "outcome_document", "indictment", "prosecution_opinion", "pleading", "arbitration_application",
        "reconsideration_application", "appeal_petition", "discussion_record", "duty_help_notice",
        "duty_help_register", "plea_affidavit", "drafted_document", "settlement", "motion", "minor_safeguard",
    )),
    *(f"unsigned:{type_}" for type_ in (
        "power_of_attorney", "closing_report", "advocacy_statement", "progress_record", "application_form", "meeting_record",
        "meeting_record:each_page", "interview_record", "interview_record:each_page", "rights_notice", "approval_form",
        "representation_agreement", "file_review_note", "duty_help_register", "means_statement",
    )),
    *(f"undated:{type_}" for type_ in (
        "power_of_attorney", "closing_report", "advocacy_statement", "grant_decision",
        "assignment_notice", "official_letter",
    )),
    *(f"unsealed:{type_}" for type_ in (
        "assignment_notice", "grant_decision", "official_letter", "representation_agreement", "outcome_document", "defence_notice",
    )),
    *(f"inconsistent:{what}" for what in (
        "advocacy_statement:recipient_name", "assignment_notice:recipient_name", "power_of_attorney:recipient_id_number",
        "closing_report:case_number", "closing_report:lawyer_name", "power_of_attorney:lawyer_name", "closing_report:cause",
        "representation_agreement:firm_name", "power_of_attorney:stage", "hearing_notice:organ_case_number",
        "hearing_notice:hearing_date", "contents_list:entries",
    )),
    *(f"out_of_sequence:{type_}" for type_ in (
        "meeting_record", "interview_record", "file_review_note", "advocacy_statement", "power_of_attorney", "closing_report",
        "assignment_notice",
    )),
    "late:closing_report", "late:grant_decision", "late:assignment_notice",
    "incomplete:outcome_document", "incomplete:outcome_document:last", "incomplete:closing_report:boxes",
    "incomplete:means_statement:boxes", "incomplete:representation_agreement:last",
    "duplicate:assignment_notice", "duplicate:power_of_attorney", "misplaced:closing_report", "misplaced:power_of_attorney",
    "foreign:meeting_record", "foreign:power_of_attorney", "illegible:power_of_attorney", "illegible:closing_report",
    "forbidden:other",
)  # fmt: skip

SMALL = {Kind.DUTY_HELP, Kind.PLEA_HELP, Kind.DRAFTING}
"""Kinds whose files nobody has to bind or to date throughout."""
FIRST_HEARD = {Stage.TRIAL_FIRST, Stage.TRIAL_SECOND, Stage.RETRIAL}
DECIDED = ("判决书", "裁定书", "裁决书")


def _charged(story: Story) -> bool:
    return story.stage is Stage.PROSECUTION or (
        story.stage is Stage.TRIAL_FIRST and story.kind is not Kind.CRIMINAL_CIVIL
    )


CONDITIONS: dict[str, Callable[[Story], bool]] = {
    "cover": lambda story: story.kind not in SMALL,
    "contents_list": lambda story: story.kind not in SMALL,
    "volume_note": lambda story: story.kind not in SMALL,
    "meeting_record": lambda story: not story.helped,  # the register tells of the help as well
    "service_receipt": lambda story: not story.notified,
    "indictment": _charged,
    "prosecution_opinion": lambda story: story.criminal,  # a victim's notice of filing tells of the charge as well
    "settlement": lambda story: story.kind is Kind.NON_LITIGATION,
    "motion": lambda story: story.kind is Kind.ENFORCEMENT,
    "plea_affidavit": lambda story: story.stage is Stage.PROSECUTION,
    "outcome_document": lambda story: story.kind is not Kind.NON_LITIGATION,
    "unsigned:closing_report": lambda story: story.kind is not Kind.DRAFTING,
    "unsigned:interview_record": lambda story: story.kind is not Kind.DRAFTING,
    "missing:interview_record": lambda story: story.kind is not Kind.DRAFTING,
    "out_of_sequence:interview_record": lambda story: story.kind is not Kind.DRAFTING,
    "out_of_sequence:file_review_note": lambda story: story.heard,
    "out_of_sequence:advocacy_statement": lambda story: (
        story.stage in FIRST_HEARD or story.kind is Kind.LABOUR_ARBITRATION
    ),
    "out_of_sequence:closing_report": lambda story: story.proceeding.ending.endswith(DECIDED),
    "late:assignment_notice": lambda story: story.notified,
}
"""By type, or problem and type: in which cases the paper is asked for, and nothing else stands for it."""
NEEDS: dict[str, str] = {
    "late:assignment_notice": "defence_notice", "late:grant_decision": "application_form",
    "out_of_sequence:meeting_record": "assignment_notice", "out_of_sequence:interview_record": "assignment_notice",
    "out_of_sequence:power_of_attorney": "assignment_notice", "out_of_sequence:assignment_notice": "grant_decision",
    "out_of_sequence:file_review_note": "hearing_record", "out_of_sequence:advocacy_statement": "outcome_document",
    "out_of_sequence:closing_report": "outcome_document", "inconsistent:hearing_notice:hearing_date": "hearing_record",
    "inconsistent:hearing_notice:organ_case_number": "hearing_record", "forbidden:other": "rights_notice",
}  # fmt: skip
"""The other paper without which nobody can see the defect, or put it in: the two do not go together in a pair."""
STATED = {"recipient_id_number", "lawyer_name", "firm_name", "case_number", "organ_case_number", "cause"}


def fits(defect: str, case: SampleCase) -> bool:
    """Whether `defect` would be one in this complete file: the paper is there, and the standard asks for what is taken."""
    problem, _, rest = defect.partition(":")
    type_, _, detail = rest.partition(":")
    if problem == "forbidden":
        return any(paper.type == "rights_notice" for paper in case.papers)
    if problem not in {"missing", "unsigned"} and case.story.kind in SMALL:
        return False
    asked = all(CONDITIONS.get(key, _always)(case.story) for key in (type_, f"{problem}:{type_}"))
    return asked and any(paper.type == type_ for paper in case.papers) and _detail_fits(problem, type_, detail, case)


def _always(story: Story) -> bool:
    del story
    return True


def _detail_fits(problem: str, type_: str, detail: str, case: SampleCase) -> bool:
    papers = [paper for paper in case.papers if paper.type == type_]
    if detail in STATED:
        return all(detail in paper.fields for paper in papers) and (detail != "cause" or case.story.class_ == "刑")
    if detail == "stage":
        return case.story.kind is Kind.CRIMINAL_DEFENCE
    if detail == "each_page":
        return all(paper.each_page is not None for paper in papers) and _pages(case, type_) >= 2
    if problem == "incomplete" and detail != "boxes":
        return _pages(case, type_) >= (2 if detail == "last" else 3)
    return True


def _pages(case: SampleCase, type_: str) -> int:
    """Pages of the shortest paper of this type."""
    numbers = [index for index, paper in enumerate(case.papers) if paper.type == type_]
    return min(sum(page.document == number for page in case.pages) for number in numbers)


class Turns:
    """Whose turn it is: of the defects that fit, the one that came up least often so far."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._used: Counter[str] = Counter()

    def some(self, case: SampleCase, count: int) -> tuple[str, ...]:
        """Up to `count` defects for this file, each about another paper."""
        taken: tuple[str, ...] = ()
        for _ in range(count):
            defect = self._next(case, taken)
            taken += (defect,) if defect is not None else ()
        return taken

    def _next(self, case: SampleCase, taken: tuple[str, ...]) -> str | None:
        types = {each.split(":")[1] for each in taken}
        types |= {NEEDS[each] for each in taken if each in NEEDS}
        free = [each for each in SINGLES if not {each.split(":")[1], NEEDS.get(each)} & types and fits(each, case)]
        if not free:
            return None
        chosen = min(free, key=lambda each: (self._used[each], chance(self._seed, case.story.seed, each).random()))
        self._used[chosen] += 1
        return chosen
