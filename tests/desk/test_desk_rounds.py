"""A case over its rounds: what a person decides is in the next look at the same file, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from pipeline import registry
from pipeline.desk import run_desk
from pipeline.settings import Settings
from schemas.decision import FieldCorrection, Ruling, Verdict
from schemas.life import CaseState
from schemas.report import AuditReport, Certainty, Decision

NUMBER = "虚江法援刑字〔2024〕12号"
PAPER = (
    "指派通知书",
    f"{NUMBER}",
    "广东某岸律师事务所：",
    "我处决定对赵小满涉嫌盗窃罪一案（审查起诉阶段）提供法律援助，现指派你所李闻舟律师担任其辩护人。",
    "案件编号：" + NUMBER,
    "受援人：赵小满",
    "承办律师：李闻舟",
    "特此通知。",
    "虚江市法律援助处",
    "2024年3月5日",
)


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    settings = Settings(
        inbox=tmp_path / "收件箱",
        outbox=tmp_path / "发件箱",
        state=tmp_path / "台账",
        engine="tests.engines:reading",
        workers=1,
        quiet_seconds=0.0,
        rescan_seconds=0.1,
    )
    settings.inbox.mkdir()
    document = docx.Document()
    for line in PAPER:
        document.add_paragraph(line)
    document.save(str(settings.inbox / "卷宗.docx"))
    run_desk(settings, once=True)
    registry.open_registry(settings.state)
    return settings


def reports(office: Settings, folder: str) -> AuditReport:
    (found,) = office.outbox.glob(f"*/{folder}/审查报告.json")
    return AuditReport.model_validate_json(found.read_bytes())


def test_rulings_are_in_the_next_look_at_the_file(office: Settings) -> None:
    """Dismissed findings hold up nothing any more; the first look stays as it was delivered."""
    first = reports(office, "第1次审查")
    assert first.subsidy is not None
    assert first.subsidy.decision is not Decision.PAYABLE
    at = registry.latest_round(NUMBER).audited_at
    said = [
        Ruling(finding=found.identity, verdict=Verdict.DISMISSED, by="周某", at=at, why="已核对纸质卷")
        for found in first.findings
    ]
    registry.record_decisions(NUMBER, said)
    assert registry.recheck(NUMBER, by="周某")
    registry.close_registry()
    run_desk(office, once=True)
    second = reports(office, "第1次审查（复核1）")
    assert second.subsidy is not None
    assert second.subsidy.decision is Decision.PAYABLE
    assert {found.identity for found in second.dismissed} == {found.identity for found in first.findings}
    assert reports(office, "第1次审查") == first
    registry.open_registry(office.state)
    assert registry.life(NUMBER).state is CaseState.COMPLETE
    registry.close_registry()


def test_confirmed_question_goes_into_the_notice(office: Settings) -> None:
    """What a person has confirmed is stated to the lawyer as a fact."""
    asked = [found for found in reports(office, "第1次审查").findings if found.state is Certainty.UNCERTAIN]
    assert asked
    at = registry.latest_round(NUMBER).audited_at
    registry.record_decisions(NUMBER, [Ruling(finding=asked[0].identity, verdict=Verdict.CONFIRMED, by="周某", at=at)])
    registry.recheck(NUMBER, by="周某")
    registry.close_registry()
    run_desk(office, once=True)
    again = {found.identity: found for found in reports(office, "第1次审查（复核1）").findings}
    assert again[asked[0].identity].state is Certainty.CERTAIN


def test_corrected_field_is_certain_in_the_next_look(office: Settings) -> None:
    """A person's word on the cause counts for more than what was read."""
    at = registry.latest_round(NUMBER).audited_at
    registry.record_decisions(NUMBER, [FieldCorrection(field="cause", value="抢劫罪", by="周某", at=at)])
    registry.recheck(NUMBER, by="周某")
    registry.close_registry()
    run_desk(office, once=True)
    case = reports(office, "第1次审查（复核1）").case
    assert case is not None
    assert case.fields["cause"].value == "抢劫罪"
    assert case.fields["cause"].state == "found"
