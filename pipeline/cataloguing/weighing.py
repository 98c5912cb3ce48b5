"""Case fields (案件要素): what the papers say together, and each paper's own value in that light."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.cataloguing.fields import WITHOUT_FIELDS, PaperReadings
from pipeline.cataloguing.readings import Reading
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.text import compact, fold, look_alike, one_glyph_apart
from schemas.base import State
from schemas.case import KnownCase
from schemas.volume import FieldValue

VOTED = (
    "recipient_name", "recipient_id_number", "lawyer_name", "firm_name", "cause", "organ_name", "organ_case_number",
    "case_number", "assigned_on", "closed_on",
)  # fmt: skip

_NAMES = ("recipient_name", "lawyer_name", "firm_name")


@dataclass(frozen=True)
class Choice:
    """A case field's value and how it was arrived at."""

    field: FieldValue
    given: bool = False


def known_values(known: KnownCase) -> dict[str, str]:
    """Case fields that someone gave."""
    given = {
        "recipient_name": known.recipient.name,
        "recipient_id_number": known.recipient.id_number,
        "lawyer_name": known.lawyer.name,
        "firm_name": known.lawyer.firm,
        "case_number": known.case_number,
        "cause": known.cause,
        "organ_name": known.organ_name,
        "organ_case_number": known.organ_case_number,
        "assigned_on": known.assigned_on.isoformat() if known.assigned_on else None,
        "closed_on": known.closed_on.isoformat() if known.closed_on else None,
    }
    return {name: value for name, value in given.items() if value}


def weigh_fields(papers: Sequence[PaperReadings], known: KnownCase) -> dict[str, FieldValue]:
    """The case fields, weighed over all papers; what was given wins with score 1."""
    given = known_values(known)
    chosen: dict[str, FieldValue] = {}
    for name in VOTED:
        if name in given:
            chosen[name] = FieldValue(value=given[name], state=State.FOUND, score=1.0)
            continue
        voted = _vote(name, papers)
        if voted is not None:
            chosen[name] = voted
    if "case_number" not in chosen:
        fallback = _office_number(papers)
        if fallback is not None:
            chosen["case_number"] = fallback
    return chosen


def _key(name: str, value: str) -> str:
    key = compact(value)
    if name == "cause":
        key = re.sub(r"涉嫌|罪$|纠纷$|一案$", "", key)
    if name in ("case_number", "organ_case_number"):
        key = re.sub(r"第|[()〔〕]", "", key)
        key = re.sub(r"(?<!\d)0+(?=\d)", "", key)
    return key


def _vote(name: str, papers: Sequence[PaperReadings]) -> FieldValue | None:
    """The value most papers state, each paper counting once for each value by its surest reading."""
    priors = table("weights")["papers"].get(name, {})
    ballots: dict[str, list[tuple[float, Reading]]] = defaultdict(list)
    for paper in papers:
        surest: dict[str, Reading] = {}
        for one in paper.readings.get(name, []):
            key = _key(name, one.value)
            if key not in surest or one.weight * one.score > surest[key].weight * surest[key].score:
                surest[key] = one
        prior = priors.get(paper.type, priors.get("default", 1.0))
        for key, one in surest.items():
            worth = prior * one.weight * one.score * (1.0 if one.formed else 0.4)
            if worth > 0:
                ballots[key].append((worth, one))
    return _elect(name, ballots)


def _elect(name: str, ballots: dict[str, list[tuple[float, Reading]]]) -> FieldValue | None:
    if not ballots:
        return None
    totals = {key: sum(worth for worth, _ in votes) for key, votes in ballots.items()}
    winner = max(totals, key=lambda key: (totals[key], len(key)))
    kin = [key for key in totals if key != winner and _misread_of(name, key, winner)]
    rivals = [totals[key] for key in totals if key != winner and key not in kin]
    votes = sorted(ballots[winner], key=lambda vote: -vote[0])
    shown = _surface(name, [one for _, one in votes])
    share = totals[winner] / (totals[winner] + max(rivals, default=0.0))
    agreed = sum(one.found for _, one in votes)
    sure = (
        shown.formed
        and share >= 0.6
        and (agreed >= 2 or (agreed == 1 and not kin and share >= 0.75 and votes[0][0] >= 0.8))
    )
    score = min(1.0, (1 - (1 - shown.score) ** max(1, agreed)) * min(1.0, share + 0.2))
    state = State.FOUND if sure else State.UNCERTAIN
    return FieldValue(value=shown.value, state=state, page=shown.page, box=shown.box, score=round(score, 4))


def _surface(name: str, readings: list[Reading]) -> Reading:
    """The form to show: of a cause the one that calls it a crime or a dispute, else the best supported."""
    if name == "cause":
        whole = [one for one in readings if one.value.endswith(("罪", "纠纷", "争议"))]
        return (whole or readings)[0]
    return next((one for one in readings if one.found), readings[0])


def _misread_of(name: str, key: str, winner: str) -> bool:
    return one_glyph_apart(key, winner) if name in _NAMES else look_alike(key, winner)


def _office_number(papers: Sequence[PaperReadings]) -> FieldValue | None:
    """Without a labelled case number: the number that the office's papers share, else that of the assignment."""
    counts: dict[str, list[Reading]] = defaultdict(list)
    for paper in papers:
        own = paper.best("number")
        if own is not None and re.search("援", own.value):
            counts[_key("case_number", own.value)].append(own)
    if not counts:
        return None
    shared = max(counts.values(), key=len)
    if len(shared) >= 2:
        return shared[0].field()
    assignment = next((p.best("number") for p in papers if p.type == "assignment_notice" and p.best("number")), None)
    if assignment is None or "援" not in assignment.value:
        return None
    return assignment.field().model_copy(update={"state": State.UNCERTAIN})


def settle(paper: PaperReadings, case: dict[str, FieldValue]) -> dict[str, FieldValue]:
    """The paper's own fields, seen with the case's: a misread name becomes uncertain, a name in the text is found."""
    fields: dict[str, FieldValue] = {}
    if paper.date is not None and not _says_nothing(paper.date):
        fields["date"] = paper.date
    for name, readings in paper.readings.items():
        if readings:
            fields[name] = _settled(name, paper, readings, case.get(name))
    if paper.type == "agent_identity":
        fields = {name: value for name, value in fields.items() if not _of_the_agent(name, value, case)}
    if paper.type not in WITHOUT_FIELDS:
        for name in (*_NAMES, "recipient_id_number", "cause"):
            found = _named_in(paper, case.get(name)) if name not in fields else None
            if found is not None:
                fields[name] = found
    return fields


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
    key = _key(name, case.value)
    same = [one for one in readings if _key(name, one.value) == key]
    if same and name == "cause" and all(one.value != case.value for one in same):
        inside = _named_in(paper, case)
        if inside is not None:
            return inside
    if same:
        return max(same, key=lambda one: (one.value == case.value, one.found, one.weight, one.score)).confirmed(case)
    run_into = name == "organ_name" and not own.formed and own.value.endswith(case.value)
    inside = _named_in(paper, case) if run_into or name in (*_NAMES, "recipient_id_number", "cause") else None
    if inside is not None:
        return inside
    return _differing(name, own, case)


def _differing(name: str, own: Reading, case: FieldValue) -> FieldValue:
    """A value other than the case's: certain only if it was read by its own label, without doubt, and is no misreading."""
    value = own.field()
    doubtful = (
        own.weight < 0.9
        or not own.formed
        or own.score < 0.97
        or _misread_of_case(name, own.value, case.value or "", own.score)
        or (case.state is not State.FOUND and name in _NAMES)
    )
    if name in ("organ_name", "cause", "organ_case_number"):
        doubtful = 0 < Levenshtein.distance(fold(own.value), fold(case.value or "")) <= 0.34 * len(own.value)
    if doubtful and name in VOTED:
        return value.model_copy(update={"state": State.UNCERTAIN, "score": min(value.score, 0.6)})
    return value


def _misread_of_case(name: str, value: str, case: str, own_score: float) -> bool:
    one, other = fold(value), fold(case)
    if own_score < 0.985 and name in _NAMES and one_glyph_apart(one, other):
        return True
    if name == "firm_name":
        return one_glyph_apart(one, other)
    return look_alike(one, other) or (abs(len(one) - len(other)) == 1 and one_glyph_apart(one, other))


def _named_in(paper: PaperReadings, case: FieldValue | None) -> FieldValue | None:
    """The case's value where the paper's text holds it as it stands."""
    if case is None or not case.value or case.state is State.MISSING or len(case.value) < 2:
        return None
    wanted = compact(case.value)
    for view in paper.views:
        at = view.folded.find(wanted)
        if at >= 0:
            box, score = view.locate(at, at + len(wanted))
            state = State.FOUND if score >= 0.85 and not view.reading.low_quality else State.UNCERTAIN
            return FieldValue(value=case.value, state=state, page=view.number, box=box, score=round(score, 4))
    return None
