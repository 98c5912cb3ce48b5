"""Commands that write into the outbox, when its share is not connected: a sentence, and nothing has happened."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from commanding import Run, refused

from pipeline import registry
from pipeline.desk import outbox
from pipeline.desk.outbox import Outbox
from pipeline.registry.models import JournalEvent
from pipeline.settings import load_settings
from schemas.case import Kind, Origin, Stage
from schemas.registration import Organ, Recipient, Registration
from schemas.report import AuditReport, Decision, ReportCase, Source, Subsidy
from schemas.roster import Assignment, Lawyer
from schemas.volume import FieldValue

TAKEN = date(2026, 3, 2)
LAWYER = Lawyer(licence="14401202010000001", name="李闻舟", firm="某律师事务所", email="li@example.org")


def registered(recipient: str) -> str:
    case = Registration(
        received_on=TAKEN, kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST, origin=Origin.APPLIED, cause="盗窃罪",
        recipient=Recipient(name=recipient), organ=Organ(name="某法院"),
    )  # fmt: skip
    return registry.register_case(case, who="赵一").number


def audited(number: str) -> AuditReport:
    fields = {"case_number": number, "recipient_name": "某丙", "lawyer_name": LAWYER.name}
    made = AuditReport(
        source=Source(name="卷.pdf", sha256="1" * 64, pages=2),
        status="audited",
        case=ReportCase(
            kind=None,
            stage=None,
            origin=None,
            fields={name: FieldValue(value=value, state="found") for name, value in fields.items()},
        ),
        subsidy=Subsidy(decision=Decision.BLOCKED),
    )
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    registry.record_report(claim.submission_id, made)
    registry.record_delivered(claim.submission_id, "案件丙/第1次审查")
    return made


@pytest.fixture
def numbers(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str]:
    """An open case, a closed one whose file is owed, an audited one; the share of the outbox is gone."""
    monkeypatch.setenv("JUANZONG_MAIL__ENABLED", "1")
    monkeypatch.setenv("JUANZONG_MAIL__HOST", "localhost")
    monkeypatch.setenv("JUANZONG_MAIL__SENDER", "office@example.org")
    load_settings.cache_clear()
    made = registered("某甲"), registered("某乙"), registered("某丙")
    registry.keep_roster([LAWYER], who="赵一")
    for number in made[1:]:
        registry.record_assignment(
            Assignment(case_number=number, lawyer=LAWYER, assigned_on=TAKEN, chosen_by="赵一", why="轮到")
        )
    registry.record_closed(made[1], on=TAKEN, why="判决生效", who="赵一")
    report = audited(made[2])
    (tmp_path / "审查报告.json").write_text(report.model_dump_json(by_alias=True), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "mount_point", lambda _path: tmp_path / "outbox")
        Outbox(load_settings()).demand_there()
    (tmp_path / "outbox" / ".juanzong" / "outbox").unlink()
    (tmp_path / "outbox" / ".juanzong").rmdir()
    return made


COMMANDS = (
    "assign {0} --to 李闻舟 --why 轮到",
    "letter supplement {1} --material 身份证复印件",
    "review step {2} 签发",
    "papers refusal 审查报告.json --why 逾期未补正 --out outbox/案件丙",
    "papers typical-case 审查报告.json --out outbox/案件丙",
    "due --letters",
    "mail notice {2}",
    "mail reminders outbox/结案材料报送提醒函/2026-03-02",
    "audit 审查报告.json --out outbox/案件丙",
    "archive 审查报告.json --out outbox/案件丙",
    "backup 备份",
    "run --once",
)


def test_a_command_without_its_outbox_says_so_and_does_nothing(
    run: Run, numbers: tuple[str, str, str], tmp_path: Path
) -> None:
    """No number is drawn, nothing is recorded, nothing lies in the empty folder: whichever command it is."""
    before = told()
    for command in COMMANDS:
        assert "发件箱没有连接" in refused(run(*command.format(*numbers).split())), command
        assert told() == before, command
        assert list((tmp_path / "outbox").iterdir()) == [], command


def told() -> list[str]:
    return [json.loads(event.content)["what"] for event in JournalEvent.objects.order_by("number")]
