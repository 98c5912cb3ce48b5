"""kill -9 while persons decide and papers come in later: each decision counts once, each round is one."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from desk_office import Office, read_json_report
from faults_days import what_remains
from faults_killing import Day, compare_killed

from pipeline import registry
from pipeline.auditing import with_rulings
from pipeline.auditing.rulings import identified
from pipeline.commands import review
from pipeline.desk.issuing import unwritten_notice
from pipeline.registry import Supplemented
from pipeline.settings import load_settings
from schemas.life import Act
from schemas.report import AuditReport, Certainty, Decision, Effect, Finding, Problem, Subsidy

NUMBER = "虚法援刑字〔2024〕7号"
CASE = {"case_number": NUMBER, "recipient_name": "某甲"}
LATER, NAMELESS = "补交材料.json", "无名材料.json"
LACKING = identified(
    Finding(
        id="F1",
        rule="gd/criminal_defence.trial_first/hearing_record",
        problem=Problem.MISSING,
        document_type="hearing_record",
        state=Certainty.UNCERTAIN,
        effect=Effect.BLOCKS,
        message="未见《庭审笔录》。",
        basis="",
        remedy="请补交。",
    ),
    {},
)


def audit(original: Path, name: str) -> AuditReport | Supplemented:
    """An audit that finds one paper lacking, knows what persons said of it, and joins what comes later to its case."""
    read = read_json_report(original, name)
    found = read.model_copy(update={"findings": (LACKING,), "subsidy": Subsidy(decision=Decision.BLOCKED)})
    base = registry.base_by_word(read) or (registry.base_by_key(read) if name == LATER else None)
    if base is None:
        return with_rulings(found, registry.decisions_about(found))
    together = found.model_copy(update={"source": base.report.source, "case": base.report.case})
    return Supplemented(report=with_rulings(together, registry.decisions_about(together)), base=base.round_id)


def stock(root: Path) -> None:
    """A case whose first round is delivered; a paper of nobody's; and one of the case that has just come in."""
    office = Office(root)
    names = {"inbox": office.inbox, "outbox": office.outbox, "state": office.state}
    (root / "juanzong.toml").write_text("".join(f'{name} = "{path.name}"\n' for name, path in names.items()))
    office.drop("1卷.json", **CASE)
    office.drop(NAMELESS, note="庭前会议")
    office.settle(office.open(process=audit))
    office.drop(LATER, **CASE, note="补交")


def run_office(root: Path) -> None:
    office = Office(root)
    office.settle(office.open(process=audit))
    registry.close_registry()


def looked(root: Path, look: Callable[[], object]) -> object:
    """What a person sees who looks into the registry before giving a command."""
    registry.open_registry(root / "台账")
    try:
        return look()
    finally:
        registry.close_registry()


def verdict() -> str:
    ruling = registry.decisions_of(registry.life(NUMBER).key).ruling_on(LACKING.identity)
    return "" if ruling is None else ruling.verdict.value


def corrected() -> str | None:
    return registry.decisions_of(registry.life(NUMBER).key).field_value("cause")


def joined() -> bool:
    return any(line.number == 3 for line in registry.life(NUMBER).rounds) or registry.is_anything_waiting()


def done(act: Act) -> bool:
    return act in {event.act for event in registry.life(NUMBER).events}


def issued() -> bool:
    """Recorded, and written: what was cut short in between is shown to whoever looks at the case."""
    return done(Act.ISSUE_NOTICE) and unwritten_notice(NUMBER, load_settings()) is None


def work(root: Path) -> None:
    """Persons give their commands one after the other, each unless it shows that it was given; the office runs between."""
    os.chdir(root)
    load_settings.cache_clear()

    def said(is_done: Callable[[], object], command: Callable[..., None], *arguments: Any, **options: Any) -> None:
        if not looked(root, is_done):
            command(*arguments, **options)

    run_office(root)
    said(verdict, review.rule, NUMBER, ["F1"], confirm=True, by="周某")
    run_office(root)
    said(corrected, review.correct, NUMBER, papers=None, fields=["案由=盗窃罪"], by="周某")
    run_office(root)
    said(issued, review.step, NUMBER, "签发", by="周某")
    said(joined, review.join, NAMELESS, NUMBER, by="周某")
    run_office(root)
    said(lambda: verdict() == "dismissed", review.rule, NUMBER, ["F1"], dismiss=True, why="已核对", by="周某")
    run_office(root)
    for step, act, who in (("核卷", Act.CHECK, "吴某"), ("审批", Act.APPROVE, "郑某"), ("发放", Act.PAY, "郑某")):
        said(partial(done, act), review.step, NUMBER, step, by=who)
    run_office(root)


def left(root: Path) -> dict[str, object]:
    def decided() -> object:
        key = registry.life(NUMBER).key
        decisions, events = registry.decisions_of(key), registry.life(NUMBER).events
        return (
            [(ruling.finding, ruling.verdict, ruling.by) for ruling in decisions.rulings],
            [(field.field, field.value) for field in decisions.fields],
            [(event.act, event.by, event.round) for event in events],
            registry.life(NUMBER).state,
        )

    return {**what_remains(root), "decided": looked(root, decided)}


DAY = Day(stock, work, left)


def test_an_undisturbed_day_of_decisions_is_what_it_should_be(tmp_path):
    """Every decision is told once, each supplement is a round, and the case ends paid."""
    root = tmp_path / "office"
    stock(root)
    registry.close_registry()
    here = Path.cwd()
    try:
        work(root)
    finally:
        os.chdir(here)
        load_settings.cache_clear()
    found = left(root)
    assert found["decided"][3] == "paid"
    assert found["told"]["ruling_decided"] == 2
    assert found["told"]["field_decided"] == found["told"]["supplement_told"] == found["told"]["pay"] == 1
    numbers = [(number, revision, base) for key, number, revision, base, *_ in found["rounds"] if NUMBER in key]
    assert {(number, base) for number, _, base in numbers} == {(1, None), (2, 1), (3, 2)}
    assert found["undelivered"] == []


def test_killed_while_persons_decide_each_decision_counts_once(tmp_path, clone):
    """A sample over the day; the full set is marked full."""
    compare_killed(DAY, tmp_path, clone, most=2)


@pytest.mark.full
def test_killed_before_every_step_of_such_a_day_each_decision_counts_once(tmp_path, clone):
    """Every step of the day, one by one."""
    compare_killed(DAY, tmp_path, clone)
