"""What follows from a defect by the Guangdong checklist (后果): it blocks the subsidy, is to be put right, or is noted."""

from __future__ import annotations

from pipeline.demo.defects import Defect
from pipeline.demo.story import Story
from schemas.case import Kind

CORRECT_PAPERS = {
    "rights_notice", "service_receipt", "hearing_notice", "case_basis", "coercive_measure", "case_acceptance_notice",
    "explanation", "volume_note", "cover", "contents_list", "transfer_letter", "discussion_record", "minor_safeguard",
}  # fmt: skip
"""Papers whose want is put right before archiving, whatever it is that they want."""
NOTED_PAPERS = {
    "hearing_outline", "post_outcome_advice", "return_visit", "materials_receipt", "family_contact_record", "motion",
    "firm_letter", "outcome_receipt",
}  # fmt: skip
PROBLEMS = {"duplicate": "note", "misplaced": "correct", "late": "correct", "illegible": "correct", "foreign": "blocks"}
DETAILS = {
    "case_number": "correct", "each_page": "correct", "organ_case_number": "correct", "cause": "correct",
    "hearing_date": "correct", "entries": "correct", "boxes": "correct",
}  # fmt: skip
BLOCKING_SIGNATURES = {
    "power_of_attorney", "closing_report", "meeting_record", "interview_record", "application_form", "acceptance_confirmation",
    "duty_help_register", "representation_agreement",
}  # fmt: skip
BLOCKING_DATES = {"power_of_attorney", "closing_report", "meeting_record", "interview_record"}
BLOCKING_ORDER = {
    "meeting_record",
    "interview_record",
    "file_review_note",
    "advocacy_statement",
    "closing_report",
    "assignment_notice",
}


def effect_of(defect: Defect, story: Story) -> str:
    """The effect of `defect` in the case of `story`, in the words of the report."""
    if defect.detail in DETAILS:
        return DETAILS[defect.detail]
    if defect.problem in PROBLEMS:
        return PROBLEMS[defect.problem]
    if defect.type in NOTED_PAPERS and not (story.kind is Kind.ENFORCEMENT and defect.type == "motion"):
        return "note"
    return "correct" if defect.type in CORRECT_PAPERS or _only_corrected(defect, story) else "blocks"


def _only_corrected(defect: Defect, story: Story) -> bool:
    type_, drafted = defect.type, story.kind is Kind.DRAFTING
    match defect.problem:
        case "unsigned":
            free = story.criminal and type_ == "representation_agreement"
            return free or drafted or type_ not in BLOCKING_SIGNATURES
        case "undated":
            return type_ not in BLOCKING_DATES
        case "out_of_sequence":
            prompted = story.notified and type_ == "assignment_notice"
            return prompted or type_ not in BLOCKING_ORDER
        case "unsealed" | "missing":
            return type_ in _relaxed(story)
    return False


def _relaxed(story: Story) -> set[str]:
    """Papers that this kind of case wants, but does not wait for."""
    if story.criminal:
        return {"representation_agreement", "appeal_petition"}
    if story.injured:
        return {"prosecution_opinion", "file_review_note"}
    return (
        {"identity_document", "interview_record", "closing_report"}
        if story.kind is Kind.DRAFTING
        else {"file_review_note"}
    )
