"""Facts of the case (案件事实), three-valued, from what the papers say and what they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.cataloguing.circumstances import age_fact, file_review_fact, organ_fact, outcome_fact
from pipeline.cataloguing.custody import custody_fact
from pipeline.cataloguing.evidence import Paper, Tally, decide, tally
from pipeline.cataloguing.tables import table
from schemas.base import State
from schemas.case import CaseFacts, Fact, Kind, KnownCase, Origin, Stage
from schemas.volume import FieldValue

STAGED_KINDS = frozenset(
    {Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL, Kind.CIVIL, Kind.ADMINISTRATIVE}
)
"""Kinds whose files are told apart by the stage of the proceedings."""

_CRIMINAL = frozenset({Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL})
_HELP = frozenset({Kind.DUTY_HELP, Kind.PLEA_HELP})
_BEFORE_TRIAL = frozenset({Stage.INVESTIGATION, Stage.PROSECUTION})
_WITHOUT_HEARING_KINDS = frozenset(
    {Kind.NON_LITIGATION, Kind.DUTY_HELP, Kind.PLEA_HELP, Kind.DRAFTING, Kind.ENFORCEMENT}
)


def read_facts(papers: Sequence[Paper], fields: dict[str, FieldValue], known: KnownCase) -> CaseFacts:
    """All facts that the papers tell, those that someone gave on top."""
    rules = table("facts")
    facts: dict[str, Fact] = {}
    stages = _stage_rows(papers)
    kind = _given(known.kind) or _kind(papers, _given(known.stage) or decide(stages))
    facts["kind"] = kind
    kind_value = Kind(str(kind.value)) if kind.value else None
    stage = _given(known.stage) or _stage(stages, kind_value)
    if stage is not None:
        facts["stage"] = stage
    stage_value = Stage(str(stage.value)) if stage is not None and stage.value else None
    facts["origin"] = _given(known.origin) or _origin(papers)
    facts["custody"] = custody_fact(kind, kind_value, papers, fields.get("recipient_name"))
    facts["means_check"] = decide(tally("means_check", rules["means_check"], papers))
    facts["result"] = outcome_fact(papers, stage_value)
    for name in _yes_or_no(rules):
        facts[name] = _truth(name, rules[name], papers)
    facts["minor"] = age_fact(papers, fields, facts["minor"])
    facts["organ_handles"] = organ_fact(kind, kind_value)
    facts["file_review_due"] = file_review_fact(papers, kind_value, stage_value)
    _follow(papers, facts, kind, kind_value, stage, stage_value)
    _put_given(facts, known)
    return CaseFacts(facts={name: fact for name, fact in facts.items() if fact is not None})


def _yes_or_no(rules: dict[str, object]) -> list[str]:
    named = ("sure", "majority", "rival", "kind", "stage", "origin", "custody", "means_check", "outcome")
    return [name for name in rules if name not in named]


def _given(value: object) -> Fact | None:
    if value is None:
        return None
    return Fact(value=str(value), state=State.FOUND, source="由工作人员提供", given=True)


_NARROWER_KINDS = (
    (Kind.CRIMINAL_CIVIL, Kind.CRIMINAL_REPRESENTATION, 6.0),
    (Kind.PLEA_HELP, Kind.DUTY_HELP, 6.0),
    (Kind.ENFORCEMENT, Kind.CIVIL, 6.0),
)
"""Kinds for which the forms have no box: they are ticked as the wider kind; and that of files in which the judgment of the
wider kind lies as well. With the weight of the signs, of several papers, from which what speaks for the wider kind speaks
for the narrower."""
_NARROWER_ORIGINS = ((Origin.TRANSFERRED, Origin.APPLIED, 8.0), (Origin.URGENT, Origin.APPLIED, 16.0))
"""Origins in whose files an application lies as well."""


def _kind(papers: Sequence[Paper], stage: Fact) -> Fact:
    """The kind. During the investigation no plea is witnessed: a form that mentions it tells of legal help."""
    rows = tally("kind", table("facts")["kind"], papers)
    if stage.value == Stage.INVESTIGATION and stage.state is State.FOUND:
        rows = [replace(row, value=str(Kind.DUTY_HELP)) if row.value == Kind.PLEA_HELP else row for row in rows]
    return _perhaps_witnessed(rows, decide(_narrowed(rows, _NARROWER_KINDS)))


def _perhaps_witnessed(rows: list[Tally], fact: Fact) -> Fact:
    """The kind, left open between help on duty and the witnessing of a plea where one paper surely speaks of that: every
    sign of the one fits the other as well."""
    plea = sum(row.weight for row in rows if row.value == Kind.PLEA_HELP and row.sure)
    if fact.value != Kind.DUTY_HELP or fact.state is not State.FOUND or plea < table("facts")["sure"]:
        return fact
    return fact.model_copy(update={"state": State.UNCERTAIN, "rivals": (Kind.PLEA_HELP.value,)})


def _origin(papers: Sequence[Paper]) -> Fact:
    return decide(_narrowed(tally("origin", table("facts")["origin"], papers), _NARROWER_ORIGINS))


def _narrowed(rows: list[Tally], pairs: Sequence[tuple[str, str, float]]) -> list[Tally]:
    for narrow, wide, needed in pairs:
        if sum(row.weight for row in rows if row.value == narrow and row.sure) >= needed:
            rows = [replace(row, value=str(narrow)) if row.value == wide else row for row in rows]
    return rows


def _stage_rows(papers: Sequence[Paper]) -> list[Tally]:
    rows = tally("stage", table("facts")["stage"], papers)
    for paper in papers:
        stated = paper.fields.get("stage")
        if stated is not None and stated.value and stated.state is State.FOUND:
            rows.append(Tally(stated.value, 3.0, paper.place(stated), f"《{paper.title}》写明办案阶段", paper.sure))
    return rows


def _stage(rows: list[Tally], kind: Kind | None) -> Fact | None:
    """The stage; None for a kind that has none, and for legal help where no paper states it."""
    if kind is not None and kind not in STAGED_KINDS | _HELP:
        return None
    if kind is not None and kind not in _CRIMINAL | _HELP:
        rows = [row for row in rows if row.value not in ("investigation", "prosecution", "death_review")]
    stage = decide(rows)
    return None if kind in _HELP and stage.state is not State.FOUND else stage


def _truth(name: str, rules: dict[str, object], papers: Sequence[Paper]) -> Fact:
    """A yes-or-no fact: by its signs, else by the silence of papers that would have told."""
    values = {value: signs for value, signs in rules.items() if value in ("true", "false")}
    rows = tally(name, values, papers)
    if rows:
        rows += _silence(rules.get("silent"), papers)
        fact = decide(rows)
        return fact.model_copy(update={"value": fact.value == "true" if fact.value is not None else None})
    witnesses = rules.get("witnesses")
    if "default" not in rules or not isinstance(witnesses, list):
        return Fact(value=None, state=State.UNCERTAIN, score=0.0)
    heard = [paper for paper in papers if paper.type in witnesses and paper.sure and paper.well_read]
    if not heard:
        return Fact(value=None, state=State.UNCERTAIN, score=0.0)
    titles = "、".join(dict.fromkeys(f"《{paper.title}》" for paper in heard[:3]))
    evidence = tuple(paper.first for paper in heard[:3])
    return Fact(value=False, state=State.FOUND, score=0.9, evidence=evidence, source=f"{titles}均未载明")


def _silence(rule: object, papers: Sequence[Paper]) -> list[Tally]:
    """A paper that would surely have said so, and does not, speaks against what others say."""
    if not isinstance(rule, dict) or any(paper.type in rule.get("never_with", ()) for paper in papers):
        return []
    return [
        Tally("false", float(rule["weight"]), paper.first, f"《{paper.title}》未载明", paper.sure)
        for paper in papers
        if paper.type in rule["in"] and paper.sure and paper.well_read and rule["lacks"] not in paper.text
    ][:1]


def _follow(  # noqa: PLR0913, PLR0917 - what facts follow from
    papers: Sequence[Paper],
    facts: dict[str, Fact],
    kind: Fact,
    kind_value: Kind | None,
    stage: Fact | None,
    stage_value: Stage | None,
) -> None:
    """Facts that follow from kind and stage: no hearing and no judgment before the trial stage."""
    if stage_value in _BEFORE_TRIAL and stage is not None and stage.state is State.FOUND:
        source = "侦查、审查起诉阶段不开庭"
        for name in ("hearing_held", "appealable", "pretrial_conference_held"):
            facts[name] = Fact(
                value=False, state=State.FOUND, score=stage.score, evidence=stage.evidence, source=source
            )
    origin = facts["origin"]
    if origin.value == Origin.NOTIFIED.value and origin.state is State.FOUND and facts["agent_applied"].value is None:
        facts["agent_applied"] = Fact(value=False, state=State.FOUND, score=origin.score, source="通知类案件，没有申请")
    if kind_value in _WITHOUT_HEARING_KINDS and kind.state is State.FOUND and facts["hearing_held"].value is not True:
        facts["hearing_held"] = Fact(value=False, state=State.FOUND, score=kind.score, source="该类事项不开庭")
    if kind_value is Kind.ADMINISTRATIVE_RECONSIDERATION and kind.state is State.FOUND and _unheard(facts, papers):
        source = "行政复议未载明举行听证"
        facts["hearing_held"] = Fact(value=False, state=State.FOUND, score=kind.score, source=source)
    if kind_value is not None and kind_value not in _CRIMINAL and kind.state is State.FOUND:
        for name in ("plea", "life_or_death"):
            facts[name] = Fact(value=False, state=State.FOUND, score=kind.score, source="非刑事案件")


def _unheard(facts: dict[str, Fact], papers: Sequence[Paper]) -> bool:
    """True where the decision, well read, speaks of no hearing, and no other paper does: most are made without one."""
    decisions = [paper for paper in papers if paper.type == "outcome_document"]
    return (
        facts["hearing_held"].value is None
        and bool(decisions)
        and all(paper.sure and paper.well_read and "听证" not in paper.text for paper in decisions)
    )


def _put_given(facts: dict[str, Fact], known: KnownCase) -> None:
    for name in list(known.__class__.model_fields):
        value = getattr(known, name)
        if value is not None and name in facts and name not in ("kind", "stage", "origin"):
            facts[name] = Fact(value=value, state=State.FOUND, source="由工作人员提供", given=True)
    for name in ("minor", "sense_disabled", "custody"):
        value = getattr(known.recipient, name)
        if value is not None:
            facts[name] = Fact(value=value, state=State.FOUND, source="由工作人员提供", given=True)
