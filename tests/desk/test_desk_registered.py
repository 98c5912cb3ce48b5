"""The registration's facts for a closing file: only where it surely is that case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.desk.registered import registered_facts
from schemas.case import Fact, Kind, KnownCase, Origin, Stage
from schemas.registration import Organ, Recipient, Registration
from schemas.report import AuditReport, ReportCase, Source
from schemas.roster import Assignment, Lawyer
from schemas.volume import FieldValue

NUMBER = "虚法援刑字〔2024〕7号"


@pytest.fixture(autouse=True)
def _registry(tmp_path: Path) -> Iterator[None]:
    registry.open_registry(tmp_path)
    yield
    registry.close_registry()


def register(stage: Stage = Stage.TRIAL_FIRST, number: str = NUMBER, id_number: str = "") -> None:
    registration = Registration(
        received_on=date(2024, 3, 5),
        kind=Kind.CRIMINAL_DEFENCE,
        stage=stage,
        origin=Origin.NOTIFIED,
        recipient=Recipient(name="某甲", id_number=id_number),
        cause="盗窃罪",
        organ=Organ(name="虚构市人民法院", case_number="（2024）虚0001刑初9号"),
    )
    registry.register_case(registration, who="赵一", number=number)


def assign(name: str, licence: str, replaces: str = "") -> None:
    lawyer = Lawyer(licence=licence, name=name, firm="虚构律师事务所", practising_since=date(2015, 1, 1))
    registry.record_assignment(
        Assignment(
            case_number=NUMBER,
            lawyer=lawyer,
            assigned_on=date(2024, 3, 6),
            chosen_by="赵一",
            why="轮到",
            replaces=replaces,
        )
    )


def report(facts: dict[str, Fact] | None = None, state: str = "found", **fields: str) -> AuditReport:
    read = {name: FieldValue(value=value, state=state) for name, value in fields.items()}
    case = ReportCase(kind=None, stage=None, origin=None, fields=read, facts=facts or {})
    return AuditReport(source=Source(name="卷.pdf", sha256="1" * 64, pages=9), status="audited", case=case)


def test_the_number_tells_the_case_and_its_facts():
    """Kind, stage, origin, recipient and the lawyer who stands assigned are certain."""
    register()
    assign("李某", "1")
    known = registered_facts(report(case_number="虚法援刑字[2024]7号", recipient_name="某 甲"))
    assert (known.kind, known.stage, known.origin) == (Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
    assert (known.recipient.name, known.case_number, known.lawyer.name) == ("某甲", NUMBER, "李某")
    assert known.lawyer_changed is None


def test_a_lawyer_who_came_in_is_the_lawyer():
    """That the lawyer was changed is known as well."""
    register()
    assign("李某", "1")
    assign("王某", "2", replaces="1")
    known = registered_facts(report(case_number=NUMBER))
    assert (known.lawyer.name, known.lawyer_changed) == ("王某", True)


def test_a_termination_that_the_office_has_decided_is_known():
    """Aid was ended by a decision of the office's own; a case that is closed for another reason says nothing of that."""
    register()
    read = report(case_number=NUMBER, recipient_name="某甲")
    registry.record_closed(NUMBER, on=date(2024, 5, 1), why="判决生效", who="赵一")
    assert registered_facts(read).aid_terminated is None
    registry.record_reopened(NUMBER, why="写错", who="赵一")
    registry.record_closed(NUMBER, on=date(2024, 5, 1), why="自行委托律师", who="赵一", terminated=True)
    assert registered_facts(read).aid_terminated is True


def test_recipient_and_cause_tell_the_case_where_no_number_was_read():
    """A crime with or without its last sign is the same."""
    register()
    assert registered_facts(report(recipient_name="某甲", cause="盗窃")).case_number == NUMBER


@pytest.mark.parametrize(
    "fields",
    [
        {"case_number": NUMBER, "recipient_name": "某乙"},
        {"case_number": "虚法援刑字〔2024〕8号", "recipient_name": "某甲", "cause": "盗窃罪"},
        {"recipient_name": "某甲"},
        {"recipient_name": "某甲", "cause": "诈骗罪"},
        {"recipient_name": "某甲", "cause": "盗窃罪", "organ_case_number": "（2024）虚0001刑初10号"},
        {},
    ],
)
def test_what_could_be_another_case_takes_nothing(fields):
    """Another person under the number, another number, another cause, another case of the court."""
    register()
    assert registered_facts(report(**fields)) == KnownCase()


def test_an_uncertain_reading_takes_nothing():
    """Only what was read for certain tells the case."""
    register()
    assert registered_facts(report(state="uncertain", case_number=NUMBER, recipient_name="某甲")) == KnownCase()


def test_two_cases_of_a_person_are_not_told_apart_by_the_cause():
    """Each stage is a case of its own."""
    register()
    register(Stage.PROSECUTION, "虚法援刑字〔2024〕3号")
    assert registered_facts(report(recipient_name="某甲", cause="盗窃罪")) == KnownCase()


def test_a_closing_file_of_another_stage_is_another_case():
    """Only the trial is registered; the file is surely of the investigation."""
    register()
    stage = {"stage": Fact(value="investigation", state="found")}
    assert registered_facts(report(stage, recipient_name="某甲", cause="盗窃罪")) == KnownCase()
    likely = {"stage": Fact(value="investigation", state="uncertain")}
    assert registered_facts(report(likely, recipient_name="某甲", cause="盗窃罪")).case_number == NUMBER
