"""Fields of a paper (要素提取): every field it states, found, missing or uncertain."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.cataloguing.bodies import (
    number_at,
    own_number,
    read_causes,
    read_firms,
    read_numbers,
    read_organs,
    read_stage,
)
from pipeline.cataloguing.dating import read_date, read_labelled_date
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.people import read_identity_numbers, read_people
from pipeline.cataloguing.readings import Reading, best, reading
from pipeline.cataloguing.signing import PlacedDate, placed_dates
from pipeline.cataloguing.tables import table
from schemas.base import State
from schemas.volume import FieldValue

WITHOUT_FIELDS = frozenset({"contents_list", "other"})
"""A contents list names everything and states nothing; an unknown paper's words mean unknown things."""

STAGED = frozenset(
    {"power_of_attorney", "representation_agreement", "assignment_notice", "official_letter", "closing_report", "cover",
     "meeting_record", "file_review_note", "advocacy_statement", "application_form", "approval_form", "progress_record",
     "duty_help_notice", "duty_help_register", "duty_help_application"}
)  # fmt: skip


@dataclass
class PaperReadings:
    """All readings of one paper, by field, before the papers are weighed against one another."""

    type: str
    views: tuple[PageView, ...]
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    date: FieldValue | None = None
    dates: list[PlacedDate] = field(default_factory=list)
    """All dates that stand in it, whatever they are the dates of."""

    def best(self, name: str) -> Reading | None:
        return best(self.readings.get(name, []))


def read_paper(type_: str, views: tuple[PageView, ...]) -> PaperReadings:
    """Reads all fields of a paper whose pages are `views`."""
    paper = PaperReadings(type_, views)
    paper.dates = placed_dates(views)
    paper.date = read_date(type_, views, paper.dates)
    if type_ in WITHOUT_FIELDS:
        return paper
    paper.readings = {
        "recipient_name": read_people(type_, views, "recipient_name"),
        "lawyer_name": read_people(type_, views, "lawyer_name"),
        "recipient_id_number": read_identity_numbers(type_, views),
        "firm_name": read_firms(views),
        "organ_name": read_organs(type_, views),
        "cause": read_causes(views),
        "case_number": number_at(views, "case_number"),
        "organ_case_number": _organ_numbers(type_, views),
        "stage": _one(read_stage(type_, views)) if type_ in STAGED else [],
    }
    paper.readings["number"] = _one(own_number(type_, views)) or paper.readings["case_number"][:1]
    for name in ("hearing_date", "assigned_on", "closed_on"):
        types = table("fields")[name].get("types")
        if types is None or type_ in types:
            paper.readings[name] = _one(read_labelled_date(views, name))
    _dated_by(paper, "assigned_on", "assignment_notice", 0.9)
    _dated_by(paper, "closed_on", "outcome_receipt", 0.6)
    return paper


def _dated_by(paper: PaperReadings, name: str, type_: str, weight: float) -> None:
    """The day of assignment is that of its notice; the case closes on the day the outcome was received."""
    date = paper.date
    if paper.type == type_ and date is not None and date.value and not paper.readings.get(name):
        formed = date.state is State.FOUND
        paper.readings[name] = [
            Reading(date.value, date.page or paper.views[0].number, date.box, date.score, formed, weight)
        ]


def _one(found: Reading | None) -> list[Reading]:
    return [] if found is None else [found]


def _organ_numbers(type_: str, views: tuple[PageView, ...]) -> list[Reading]:
    """The organ's number at its label; on the organ's own papers also the first one of its kind in the text."""
    found = number_at(views, "organ_case_number")
    issued = type_ in table("fields")["organ_name"]["issued"]
    for hit, view in read_numbers(views):
        if hit.aid or not (issued or hit.court or hit.arbitration):
            continue
        box, score = view.locate(hit.start, hit.end)
        found.append(reading(view, hit.value, box, score, formed=True, weight=0.9 if issued else 0.6))
        break
    return found
