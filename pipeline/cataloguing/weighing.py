"""Case fields (案件要素): what the papers say together."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.cataloguing.bodies import claims_compensation
from pipeline.cataloguing.fields import PaperReadings
from pipeline.cataloguing.names import whole_name
from pipeline.cataloguing.readings import SURE, Reading
from pipeline.cataloguing.rivals import WAVERING, in_doubt, may_be_meant
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.text import compact, look_alike, one_glyph_apart
from schemas.base import State
from schemas.case import KnownCase
from schemas.volume import FieldValue

VOTED = (
    "recipient_name", "recipient_id_number", "lawyer_name", "firm_name", "cause", "organ_name", "organ_case_number",
    "case_number", "assigned_on", "closed_on",
)  # fmt: skip

PERSONS = ("recipient_name", "lawyer_name")
NUMBERS = ("case_number", "organ_case_number")
NAMES = (*PERSONS, "firm_name")
DOUBTFUL = 0.5
"""Share of its weight that a value keeps where no paper has it in clear print."""
CLEARLY = 0.4
"""Of a name's weight: what another, one letter of which may be the misread one, may have at most. Of 宇 and 字, read in
turns of one hand, nobody knows which is the misreading."""


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
            chosen[name] = _in_turns(name, _whole(voted, papers), papers) if name in PERSONS else voted
    if "case_number" not in chosen:
        fallback = _office_number(papers)
        if fallback is not None:
            chosen["case_number"] = fallback
    return chosen


@lru_cache(maxsize=4096)
def key_of(name: str, value: str) -> str:
    """What counts of a value when two are compared: brackets, ordinals and leading zeros do not."""
    key = compact(value)
    if name == "cause":
        key = re.sub(r"涉嫌|罪$|纠纷$|一案$", "", key)
    if name in NUMBERS:
        key = re.sub(r"第|[()〔〕]", "", key)
        key = re.sub(r"(?<!\d)0+(?=\d)", "", key)
    return key


def _vote(name: str, papers: Sequence[PaperReadings]) -> FieldValue | None:
    """The value most papers state, each paper counting once for each value by its surest reading."""
    priors = table("weights")["papers"].get(name, {})
    ballots: dict[str, list[tuple[float, Reading]]] = defaultdict(list)
    labelled = _labelled(papers) if name == "case_number" else frozenset()
    for paper in _telling(name, papers):
        surest: dict[str, Reading] = {}
        for one in (*paper.readings.get(name, ()), *(_own_number(paper, labelled) if labelled else ())):
            key = key_of(name, one.value)
            if key not in surest or one.weight * one.score > surest[key].weight * surest[key].score:
                surest[key] = one
        prior = priors.get(paper.type, priors.get("default", 1.0))
        for key, one in surest.items():
            worth = prior * one.weight * one.score * (1.0 if one.formed else 0.4)
            if worth > 0:
                ballots[key].append((worth, one))
    return _elect(name, ballots)


def _labelled(papers: Sequence[PaperReadings]) -> frozenset[str]:
    """The numbers that papers bear under the label of the case's number."""
    return frozenset(
        key_of("case_number", one.value) for paper in papers for one in paper.readings.get("case_number", ())
    )


def _own_number(paper: PaperReadings, labelled: frozenset[str]) -> list[Reading]:
    """The paper's own number where it is that of the case, as an assignment's is at some offices."""
    return [one for one in paper.readings.get("number", ()) if key_of("case_number", one.value) in labelled]


def _whole(voted: FieldValue, papers: Sequence[PaperReadings]) -> FieldValue:
    """The name that was voted for; never sure, and with its surname, where that was lost where the name is asked for."""
    name = whole_name(voted.value or "", [view.text for paper in papers for view in paper.views])
    return voted if name is None else voted.model_copy(update={"value": name, "state": State.UNCERTAIN})


def _in_turns(name: str, voted: FieldValue, papers: Sequence[PaperReadings]) -> FieldValue:
    """The name that was voted for; not sure where the file reads in turns as another that its readings thought of as well.

    Of 赟 a poor scan makes 赞 nine times in ten; where the rare letter was read twice all the same, it may be the right one.
    """
    value = voted.value or ""
    own = [
        doubts
        for paper in papers
        for one in paper.readings.get(name, ())
        if one.value == value and (doubts := one.doubts) is not None
    ]
    thought = Counter(
        f"{value[: doubt.at]}{doubt.letter}{value[doubt.at + 1 :]}"
        for doubts in own
        for doubt in doubts
        if doubt.score >= WAVERING and may_be_meant(value, doubt)
    )
    others = [other for other, times in thought.items() if times >= _AT_TIMES * len(own)]
    if any(sum(_prints(paper, other) for paper in papers) >= _IN_TURNS for other in others):
        return voted.model_copy(update={"state": State.UNCERTAIN})
    return voted


def _prints(paper: PaperReadings, name: str) -> bool:
    """Whether a line of the paper has the name in print."""
    return any(
        name in line.text and not line.handwritten and line.score >= SURE
        for view in paper.views
        if name in view.text
        for line in view.segments
    )


_AT_TIMES = 0.2
"""Share of a name's readings that hardly read its letter, from which the letter is in question at all."""
_IN_TURNS = 2
"""Papers that have another spelling of a name: one may have it wrong, and is a finding then."""


def _telling(name: str, papers: Sequence[PaperReadings]) -> Sequence[PaperReadings]:
    """The papers that are heard: of the cause of a claim against the state, those of the claim, not those of the charge."""
    if name != "cause":
        return papers
    claims = [paper for paper in papers if claims_compensation(paper.views)]
    return claims if len(claims) > 1 else papers


def _elect(name: str, ballots: dict[str, list[tuple[float, Reading]]]) -> FieldValue | None:
    if not ballots:
        return None
    contested = len(ballots) > 1
    totals = {key: _weight(votes, spelt=contested and name in PERSONS) for key, votes in ballots.items()}
    people = _spellings(totals) if name in PERSONS else [[key] for key in totals]
    backed = max(people, key=lambda keys: (sum(totals[key] for key in keys), max(len(key) for key in keys)))
    winner = max(backed, key=lambda key: (totals[key], len(key)))
    kin = [key for key in totals if key != winner and _misread_of(name, key, winner)]
    rivals_named = [key for key in totals if key != winner and key not in kin]
    rivals = [totals[key] for key in rivals_named]
    votes = sorted(ballots[winner], key=lambda vote: -vote[0])
    shown = _surface(name, [one for _, one in votes])
    share = totals[winner] / (totals[winner] + max(rivals, default=0.0))
    agreed = sum(one.legible for _, one in votes)
    printed = any(one.found for _, one in votes)
    contest = max((totals[key] for key in kin), default=0.0) if name in NAMES else 0.0
    sure = (
        shown.formed
        and share >= 0.6
        and contest <= CLEARLY * totals[winner]
        and not (name in PERSONS and _wavers([one for _, one in votes]))
        and not (name == "organ_case_number" and _is_carried_out(winner, rivals_named))
        and (agreed >= 2 or (agreed == 1 and printed and not kin and share >= 0.75 and votes[0][0] >= 0.8))
    )
    score = min(1.0, (1 - (1 - shown.score) ** max(1, agreed)) * min(1.0, share + 0.2))
    state = State.FOUND if sure else State.UNCERTAIN
    return FieldValue(value=shown.value, state=state, page=shown.page, box=shown.box, score=round(score, 4))


def _is_carried_out(number: str, others: list[str]) -> bool:
    """Whether another number is that under which a judgment is carried out: the case may be its enforcement, and not the suit."""
    return "执" not in number and any(re.search(r"执(?!保)", other) for other in others)


def _spellings(names: Iterable[str]) -> list[list[str]]:
    """The names, those together that are one but for a letter, or for a letter of one between them: 郑赟 and 郑赞."""
    people: list[list[str]] = []
    for name in names:
        near = [spelt for spelt in people if any(one_glyph_apart(name, other) for other in spelt)]
        people = [spelt for spelt in people if spelt not in near]
        people.append([*(other for spelt in near for other in spelt), name])
    return people


def _wavers(readings: list[Reading]) -> bool:
    """Whether the reader thought of one and the same other letter again and again: 赟, too rare for it, where it read 赞."""
    known = [(one.value, doubts) for one in readings if (doubts := one.doubts) is not None]
    thought = Counter(
        other
        for name, doubts in known
        for other in {
            (doubt.at, doubt.letter) for doubt in doubts if doubt.score >= WAVERING and may_be_meant(name, doubt)
        }
    )
    return len(known) > 1 and any(times * 2 >= len(known) for times in thought.values())


def _weight(votes: list[tuple[float, Reading]], *, spelt: bool) -> float:
    """What a value's votes weigh: one that no paper has in clear print may be one hand, misread in the same way each time.

    `spelt`: of a name that others contest, each letter must be clear as well; some print that is none was a pen's.
    """
    printed = any(one.found and not (spelt and in_doubt(one.doubts)) for _, one in votes)
    return sum(worth for worth, _ in votes) * (1.0 if printed else DOUBTFUL)


def _surface(name: str, readings: list[Reading]) -> Reading:
    """The form to show: of a cause the one that calls it a crime or a dispute, else the best supported."""
    if name == "cause":
        whole = [one for one in readings if one.value.endswith(("罪", "纠纷", "争议"))]
        return (whole or readings)[0]
    return next((one for one in readings if one.legible), readings[0])


def _misread_of(name: str, key: str, winner: str) -> bool:
    return one_glyph_apart(key, winner) if name in NAMES else look_alike(key, winner)


def _office_number(papers: Sequence[PaperReadings]) -> FieldValue | None:
    """Without a labelled case number: the number that the office's papers share, else that of the assignment."""
    counts: dict[str, list[Reading]] = defaultdict(list)
    for paper in papers:
        own = paper.best("number")
        if own is not None and re.search("援", own.value):
            counts[key_of("case_number", own.value)].append(own)
    if not counts:
        return None
    shared = max(counts.values(), key=len)
    if len(shared) >= 2:
        return shared[0].field()
    assignment = next((p.best("number") for p in papers if p.type == "assignment_notice" and p.best("number")), None)
    if assignment is None or "援" not in assignment.value:
        return None
    return assignment.field().model_copy(update={"state": State.UNCERTAIN})
