"""Facts that take more than signs (推算的事实): age, result, whether an organ is in charge, file review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.cataloguing.dates import find_dates
from pipeline.cataloguing.evidence import Paper
from pipeline.cataloguing.numbers import check_digit_fits
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.wordings import wording
from schemas.base import Place, State
from schemas.case import Fact, Kind, Stage
from schemas.volume import FieldValue

_CRIMINAL = frozenset({Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL})
_ORGAN_KINDS = _CRIMINAL | {
    Kind.CIVIL, Kind.LABOUR_ARBITRATION, Kind.ADMINISTRATIVE, Kind.ADMINISTRATIVE_RECONSIDERATION, Kind.ENFORCEMENT,
    Kind.DUTY_HELP, Kind.PLEA_HELP,
}  # fmt: skip
_UNKNOWN = Fact(value=None, state=State.UNCERTAIN, score=0.0)
ADULT = 18


def organ_fact(kind: Fact, value: Kind | None) -> Fact:
    """Whether a court, procuratorate or other organ handles the case: it follows from the kind."""
    if value is None or kind.state is not State.FOUND or value is Kind.NON_LITIGATION:
        return _UNKNOWN
    return Fact(value=value in _ORGAN_KINDS, state=State.FOUND, score=kind.score, source="依案件类别")


def outcome_fact(papers: Sequence[Paper], stage: Stage | None) -> Fact:
    """How the case ended: by the paper that ended it; before trial by the organ's next step."""
    rows: dict[str, dict[str, object]] = table("facts")["outcome"]
    if stage is Stage.INVESTIGATION:
        rows = {
            "transferred": {"in": ["prosecution_opinion", "non_prosecution_decision"], "says": "移送|起诉意见"},
            **rows,
        }
    if stage is Stage.PROSECUTION:
        rows = {**{k: rows[k] for k in ("terminated", "not_indicted", "dismissed")}, "indicted": {"in": ["indictment"]}}
    ended = [paper for paper in papers if paper.type == "outcome_document"][-1:]
    told = [paper for paper in papers if paper.type != "outcome_document" or paper in ended]
    for value, row in rows.items():
        for paper in told:
            types, says = row["in"], row.get("says")
            if paper.type not in (types if isinstance(types, list) else ()):
                continue
            match = wording(str(says)).search(paper.text) if says else None
            if says and match is None:
                continue
            place = paper.locate(match.start(), match.end()) if match else paper.first
            state = State.FOUND if paper.sure else State.UNCERTAIN
            return Fact(
                value=value,
                state=state,
                score=0.95 if paper.sure else 0.6,
                evidence=(place,),
                source=f"依《{paper.title}》",
            )
    return _UNKNOWN


def file_review_fact(papers: Sequence[Paper], kind: Kind | None, stage: Stage | None) -> Fact:
    """Whether the lawyer had to read the organ's file: from prosecution on; in civil cases as respondent or on appeal."""
    noted = next((paper for paper in papers if paper.type == "file_review_note" and paper.sure), None)
    if noted is not None:
        return Fact(
            value=True, state=State.FOUND, score=0.95, evidence=(noted.first,), source=f"卷内有《{noted.title}》"
        )
    if kind is None:
        return _UNKNOWN
    if kind in _CRIMINAL or kind is Kind.ADMINISTRATIVE:
        if stage is None and kind in _CRIMINAL:
            return _UNKNOWN
        due = stage is not Stage.INVESTIGATION
        return Fact(value=due, state=State.FOUND, score=0.9, source="依案件类别和办案阶段")
    if kind is Kind.CIVIL:
        responds = any(paper.type == "pleading" and re.search("答辩状|答辩人", paper.text) for paper in papers)
        if stage in (Stage.TRIAL_SECOND, Stage.RETRIAL) or responds:
            return Fact(value=True, state=State.UNCERTAIN, score=0.7, source="应诉、二审、再审案件应当阅卷")
    return Fact(value=False, state=State.FOUND, score=0.85, source="依案件类别")


def _reference_day(fields: dict[str, FieldValue], papers: Sequence[Paper]) -> date | None:
    """The earliest sure date of the file: the day from which age is counted."""
    assigned = fields.get("assigned_on")
    days = [assigned.value] if assigned is not None and assigned.value and assigned.state is State.FOUND else []
    if not days:
        days = [
            paper.fields["date"].value
            for paper in papers
            if "date" in paper.fields and paper.fields["date"].state is State.FOUND and paper.fields["date"].value
            and paper.type in ("assignment_notice", "defence_notice", "application_form", "official_letter", "grant_decision")
        ]  # fmt: skip
    return min((date.fromisoformat(day) for day in days if day), default=None)


def _birthday(fields: dict[str, FieldValue], papers: Sequence[Paper]) -> tuple[date, Place] | None:
    number = fields.get("recipient_id_number")
    if number is not None and number.value and number.state is State.FOUND and check_digit_fits(number.value):
        text = number.value
        try:
            return date(int(text[6:10]), int(text[10:12]), int(text[12:14])), Place(
                page=number.page or 1, box=number.box
            )
        except ValueError:
            return None
    name = fields.get("recipient_name")
    if name is None or not name.value:
        return None
    born = re.compile(re.escape(name.value) + r"[^。]{0,24}?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:出?生)")
    for paper in papers:
        match = born.search(paper.text)
        hits = find_dates(match.group(1)) if match else []
        if match and hits and hits[0].value:
            return date.fromisoformat(hits[0].value), paper.locate(match.start(1), match.end(1))
    return None


def age_fact(papers: Sequence[Paper], fields: dict[str, FieldValue], read: Fact) -> Fact:
    """Whether the recipient is a minor: by birth date where it is known, else by what the papers say.

    Who came of age within the two years before the file began may have been a minor at the time of the offence.
    """
    born, day = _birthday(fields, papers), _reference_day(fields, papers)
    if born is None or day is None:
        return read
    age = day.year - born[0].year - ((day.month, day.day) < (born[0].month, born[0].day))
    source = f"依出生日期，指派时{age}周岁"
    if age < ADULT:
        return Fact(value=True, state=State.FOUND, score=0.97, evidence=(born[1],), source=source)
    if age >= ADULT + 2:
        return Fact(value=False, state=State.FOUND, score=0.97, evidence=(born[1],), source=source)
    if read.value is True:
        return read
    return Fact(
        value=False, state=State.UNCERTAIN, score=0.6, evidence=(born[1],), source=source + "，行为时是否成年待核"
    )
