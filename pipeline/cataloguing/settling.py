"""Each paper's fields in the light of the case's (要素互校): confirmed, doubted, or found in its text."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.cataloguing.fields import WITHOUT_FIELDS, PaperReadings
from pipeline.cataloguing.layout import around
from pipeline.cataloguing.readings import CONFIRMED, SURE, Reading
from pipeline.cataloguing.rivals import LIKELY, LIKELY_BY_PEN, by_pen, in_doubt, may_be, wavers
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.text import compact, fold, look_alike, one_glyph_apart
from pipeline.cataloguing.weighing import NAMES, NUMBERS, PERSONS, VOTED, key_of
from schemas.base import State
from schemas.volume import FieldValue


def settle(paper: PaperReadings, case: dict[str, FieldValue]) -> dict[str, FieldValue]:
    """The paper's own fields, seen with the case's: a misread name becomes uncertain, a name in the text is found."""
    fields: dict[str, FieldValue] = {}
    if paper.date is not None and not _says_nothing(paper.date):
        fields["date"] = paper.date
    for name, readings in paper.readings.items():
        if readings:
            fields[name] = _settled(name, paper, readings, case.get(name))
    if "number" in fields:
        fields["number"] = _number(paper, fields["number"], case)
    if _of_another_stage(paper, fields, case):
        fields = {name: value for name, value in fields.items() if name not in _COUNSEL or _same(name, value, case)}
    if paper.type == "agent_identity":
        fields = {name: value for name, value in fields.items() if not _of_the_agent(name, value, case)}
    if paper.type not in WITHOUT_FIELDS:
        for name in (*NAMES, "recipient_id_number", "cause"):
            found = _named_in(paper, case.get(name)) if name not in fields else None
            if found is not None:
                fields[name] = found
    return fields


_COUNSEL = ("lawyer_name", "firm_name")
_FORMS_OF_THE_CASE = frozenset(
    {"cover", "closing_report", "progress_record", "subsidy_form", "return_visit", "volume_note", "handling_summary"}
)
"""Forms of the office that bear the number of the case itself."""
_ANOTHER_STAGE = frozenset({"prosecution_opinion", "indictment", "non_prosecution_decision", "plea_affidavit"})
"""Papers of the organ before the court: who defended then need not be the lawyer of this case."""


def _same(name: str, value: FieldValue, case: dict[str, FieldValue]) -> bool:
    other = case.get(name)
    return (
        other is not None
        and other.value is not None
        and value.value is not None
        and key_of(name, value.value) == key_of(name, other.value)
    )


def _of_another_stage(paper: PaperReadings, fields: dict[str, FieldValue], case: dict[str, FieldValue]) -> bool:
    """True for a paper of an earlier stage, such as the judgment appealed against: its number is not the case's."""
    if paper.type in _ANOTHER_STAGE:
        return True
    own, current = fields.get("organ_case_number"), case.get("organ_case_number")
    if paper.type != "outcome_document" or own is None or current is None or current.state is not State.FOUND:
        return False
    return own.value is not None and not _same("organ_case_number", own, case)


def _number(paper: PaperReadings, own: FieldValue, case: dict[str, FieldValue]) -> FieldValue:
    """A paper's number, found where it is the case's; on the case's own forms a number that nearly is, is a question."""
    for name in ("case_number", "organ_case_number"):
        known = case.get(name)
        if known is None or not known.value or known.state is not State.FOUND or not own.value:
            continue
        apart = Levenshtein.distance(key_of(name, own.value), key_of(name, known.value))
        if apart == 0 and own.score >= CONFIRMED:
            return own.model_copy(update={"state": State.FOUND})
        if apart == 1 and name == "case_number" and paper.type in _FORMS_OF_THE_CASE:
            return _doubted(own)
    return own


def _says_nothing(date: FieldValue) -> bool:
    return date.value is None and date.state is State.UNCERTAIN and date.score == 0


def _of_the_agent(name: str, value: FieldValue, case: dict[str, FieldValue]) -> bool:
    """True for a name or number on an agent's papers that is not the recipient's."""
    return name in ("recipient_name", "recipient_id_number") and (name not in case or value.value != case[name].value)


def _settled(name: str, paper: PaperReadings, readings: list[Reading], case: FieldValue | None) -> FieldValue:
    own = paper.best(name)
    assert own is not None
    if case is None or case.value is None:
        return own.field()
    key = key_of(name, case.value)
    same = [one for one in readings if key_of(name, one.value) == key]
    if same and name == "cause" and all(one.value != case.value for one in same):
        inside = _named_in(paper, case)
        if inside is not None:
            return inside
    if same and not _said_otherwise(own, same, case):
        best = _agreeing(name, same, case)
        return best.model_copy(update={"value": case.value}) if _clipped(name, best, case) else best
    run_into = name == "organ_name" and not own.formed and own.value.endswith(case.value)
    inside = _named_in(paper, case) if run_into or name in (*NAMES, "recipient_id_number", "cause") else None
    if inside is not None:
        signed = name in PERSONS and _only_signed(paper, own, case.value)
        return own.field().model_copy(update={"state": State.UNCERTAIN}) if signed else inside
    if name in PERSONS and (_misread_for(own, case.value) or _lost_letters(own.value, case.value)):
        return own.field().model_copy(update={"value": case.value, "state": State.UNCERTAIN})
    return _differing(name, own, case)


def _only_signed(paper: PaperReadings, own: Reading, case: str) -> bool:
    """True where the case's name is but signed, and the form was filled in with another, one letter off, read without doubt."""
    if own.handwritten or own.weight < _AT_LABEL or not own.formed or own.score < SURE or in_doubt(own.doubts):
        return False
    if not one_glyph_apart(fold(own.value), fold(case)):
        return False
    stated = [(view, segment) for view in paper.views for segment in view.segments if compact(case) in segment.folded]
    return all(by_pen(view, case, segment.box) for view, segment in stated)


_AT_LABEL = 0.9


def _said_otherwise(own: Reading, same: list[Reading], case: FieldValue) -> bool:
    """True where the paper has the case's value, itself in doubt, only in its text, and another at its own label."""
    return case.state is not State.FOUND and own not in same and own.weight > max(one.weight for one in same)


def _agreeing(name: str, same: list[Reading], case: FieldValue) -> FieldValue:
    """The surest of the readings that state the case's value; of what the file spells in two ways, as sure as its letters."""
    chosen = max(same, key=lambda one: (one.value == case.value, one.legible, one.weight, one.score))
    field = chosen.confirmed(case)
    if case.state is State.FOUND:
        return field
    unsure = (name in PERSONS and in_doubt(chosen.doubts)) or (name in NUMBERS and wavers(chosen.doubts))
    return _doubted(field) if unsure else field


def _misread_for(own: Reading, case: str) -> bool:
    """True where the recogniser all but read the case's name."""
    doubts = own.doubts
    if not doubts or own.view is None:
        return False
    pen = may_be(own.value, case, doubts, LIKELY_BY_PEN) and by_pen(own.view, own.value, own.box)
    return pen or may_be(own.value, case, doubts, LIKELY)


def _lost_letters(own: str, case: str) -> bool:
    """True for `黄永师`, which was `黄永康律师` before letters were lost between the name and the word behind it."""
    return own.endswith("师") and len(own) > 1 and case.startswith(own[:-1])


def _clipped(name: str, own: FieldValue, case: FieldValue) -> bool:
    """True for a charge or cause without the word that calls it one: 盗窃 is the 盗窃罪 of the other papers."""
    return (
        name == "cause" and case.value is not None and case.value in {f"{own.value}{word}" for word in _SORTS_OF_CAUSE}
    )


_SORTS_OF_CAUSE = ("罪", "纠纷", "争议")


@cache
def _known_causes() -> frozenset[str]:
    data = table("causes")
    return frozenset({*(f"{name}罪" for name in data["charges"]), *data["causes"]})


def _slip(name: str, own: str, case: str) -> bool:
    """True where a differing value is rather a misreading: a cause that there is none of, as long as the known one of
    the case; a number with the case's figures and other words."""
    if name == "cause":
        return len(own) == len(case) and case in _known_causes() and own not in _known_causes()
    if name in NUMBERS:
        one, other = key_of(name, own), key_of(name, case)
        return re.findall(r"\d+", one) == re.findall(r"\d+", other) and Levenshtein.distance(one, other) == 1
    return False


def _differing(name: str, own: Reading, case: FieldValue) -> FieldValue:
    """A value other than the case's: certain only if it was read by its own label, without doubt, and is no misreading."""
    value = own.field()
    doubtful = (
        own.weight < 0.9
        or not own.formed
        or own.score < 0.97
        or _misread_of_case(name, own.value, case.value or "", own.score)
        or (case.state is not State.FOUND and name in NAMES)
        or (name in PERSONS and one_glyph_apart(own.value, case.value or "") and in_doubt(own.doubts))
    )
    if name == "organ_name" and not _same_sort(own.value, case.value or ""):
        doubtful = not own.formed
    elif name in ("organ_name", "cause", "organ_case_number"):
        longer = max(len(own.value), len(case.value or ""))
        doubtful = 0 < Levenshtein.distance(fold(own.value), fold(case.value or "")) <= 0.34 * longer
    if (doubtful or _slip(name, own.value, case.value or "")) and name in VOTED:
        return value.model_copy(update={"state": State.UNCERTAIN, "score": min(value.score, 0.6)})
    return value


_SORTS = ("法院", "检察院", "公安", "仲裁", "看守所")


def _same_sort(one: str, other: str) -> bool:
    """True for two courts, two procuratorates and so on; a court is no misreading of a procuratorate."""
    return [sort in one for sort in _SORTS] == [sort in other for sort in _SORTS]


def _misread_of_case(name: str, value: str, case: str, own_score: float) -> bool:
    one, other = fold(value), fold(case)
    if own_score < 0.985 and name in NAMES and one_glyph_apart(one, other):
        return True
    if name == "firm_name":
        return one_glyph_apart(one, other)
    return look_alike(one, other) or (abs(len(one) - len(other)) == 1 and one_glyph_apart(one, other))


def _named_in(paper: PaperReadings, case: FieldValue | None) -> FieldValue | None:
    """The case's value where the paper's text holds it as it stands; no surer than the case's own."""
    if case is None or not case.value or case.state is State.MISSING or len(case.value) < 2:
        return None
    wanted = compact(case.value)
    for view in paper.views:
        at = view.folded.find(wanted)
        if at >= 0:
            box, score = view.locate(at, at + len(wanted))
            sure = case.state is State.FOUND and score >= 0.85 and not view.reading.low_quality
            state = State.FOUND if sure else State.UNCERTAIN
            return FieldValue(value=case.value, state=state, page=view.number, box=box, score=round(score, 4))
    return _named_in_cell(paper, case.value, case.state) if len(wanted) >= _WRAPS else None


_WRAPS = 5
"""Characters from which a value may run over two lines of a cell."""


def _named_in_cell(paper: PaperReadings, value: str, known: State) -> FieldValue | None:
    """The case's value where it runs over the lines of a narrow cell, which other cells of the row separate."""
    wanted = compact(value)
    for view in paper.views:
        for lines, joined in view.stacks if all(char in view.folded for char in wanted) else ():
            if wanted in joined:
                score = min(line.score for line in lines)
                sure = known is State.FOUND and score >= 0.85 and not view.reading.low_quality
                box = around([line.box for line in lines])
                state = State.FOUND if sure else State.UNCERTAIN
                return FieldValue(value=value, state=state, page=view.number, box=box, score=round(score, 4))
    return None


_DATES = ("date", "assigned_on", "closed_on", "hearing_date")


def in_time(papers: Sequence[dict[str, FieldValue]]) -> list[dict[str, FieldValue]]:
    """The papers' fields, in which a date far outside the years of the others, or before what it follows, is a question."""
    years = sorted(
        int(field.value[:4])
        for fields in papers
        for name, field in fields.items()
        if name == "date" and field.value and field.state is State.FOUND
    )
    papers = _in_order(papers)
    if len(years) < 5:
        return papers
    middle = years[len(years) // 2]
    return [
        {name: _doubted(field) if name in _DATES and _far(field, middle) else field for name, field in fields.items()}
        for fields in papers
    ]


_COURSE = ("assigned_on", "closed_on")


def _in_order(papers: Sequence[dict[str, FieldValue]]) -> list[dict[str, FieldValue]]:
    """The papers' fields, where one says that a case was closed before it was assigned: the day that no other paper has is a question."""
    stated = Counter((name, fields[name].value) for fields in papers for name in _COURSE if name in fields)
    return [
        {
            name: _doubted(field) if name in _COURSE and stated[name, field.value] == 1 else field
            for name, field in fields.items()
        }
        if _closed_before_assigned(fields)
        else fields
        for fields in papers
    ]


def _closed_before_assigned(fields: dict[str, FieldValue]) -> bool:
    days = [fields[name].value for name in _COURSE if name in fields]
    return len(days) == len(_COURSE) and None not in days and str(days[0]) > str(days[1])


def _far(field: FieldValue, middle: int) -> bool:
    """More than two years after, or six before, the middle of the file."""
    return field.value is not None and not middle - 6 <= int(field.value[:4]) <= middle + 2


def _doubted(field: FieldValue) -> FieldValue:
    return field.model_copy(update={"state": State.UNCERTAIN, "score": min(field.score, 0.6)})
