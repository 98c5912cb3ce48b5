"""Which registered cases a list asks for, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.registry import RegisteredState, Wanted
from schemas.case import Kind, Origin
from schemas.registration import Recipient, Registration
from schemas.report import AuditReport, ReportCase, Source
from schemas.roster import Assignment, Lawyer
from schemas.volume import FieldValue

FIRST = date(2024, 3, 1)
FIRM = "某某（深圳）律师事务所"


@pytest.fixture(autouse=True)
def office(tmp_path: Path) -> Iterator[list[str]]:
    """Five cases, taken on a day apart: one unassigned, one in hand, one ended, one handed in, one given to another lawyer."""
    registry.open_registry(tmp_path / "台账")
    numbers = [registered(number) for number in range(5)]
    for number in numbers[1:]:
        assigned(number, "李闻舟")
    assigned(numbers[4], "李闻", replaces="李闻舟")
    registry.record_closed(numbers[2], on=date(2024, 9, 1), why="受援人撤回申请", who="赵一")
    audited(numbers[3])
    yield numbers
    registry.close_registry()


def registered(number: int) -> str:
    registration = Registration(
        received_on=FIRST + timedelta(days=number),
        kind=Kind.CIVIL,
        origin=Origin.APPLIED,
        recipient=Recipient(name=f"某{'甲乙丙丁戊'[number]}"),
        cause="离婚纠纷",
    )
    return registry.register_case(registration, who="赵一").number


def assigned(number: str, name: str, replaces: str = "") -> None:
    lawyer = Lawyer(licence=name, name=name, firm=FIRM)
    registry.record_assignment(
        Assignment(
            case_number=number,
            lawyer=lawyer,
            assigned_on=FIRST,
            chosen_by="赵一",
            why="轮到",
            replaces=replaces,
        )
    )


def audited(number: str) -> None:
    fields = {"case_number": FieldValue(value=number, state="found")}
    report = AuditReport(
        source=Source(name="卷.pdf", sha256="1" * 64, pages=1),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
    )
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    registry.record_report(claim.submission_id, report)


def found(**wanted: object) -> list[str]:
    """The recipients of the cases that are asked for."""
    rows = registry.wanted_cases(Wanted(**wanted))
    return [each.record.registration.recipient.name for some in registry.listed_cases(rows) for each in some]


def test_each_case_is_in_one_state() -> None:
    """In the order in which they were registered."""
    assert found(state=RegisteredState.UNASSIGNED) == ["某甲"]
    assert found(state=RegisteredState.HANDLED) == ["某乙", "某戊"]
    assert found(state=RegisteredState.CLOSED) == ["某丙"]
    assert found(state=RegisteredState.HANDED_IN) == ["某丁"]
    assert found() == ["某甲", "某乙", "某丙", "某丁", "某戊"]


def test_a_case_is_that_of_the_lawyer_who_stands_assigned() -> None:
    """Not of the one who was replaced, and not of one whose name begins so; the firm finds it, too."""
    assert found(lawyer="李闻舟") == ["某乙", "某丙", "某丁"]
    assert found(lawyer="李闻") == ["某戊"]
    assert found(lawyer="某某(深圳)律师事务所") == ["某乙", "某丙", "某丁", "某戊"]
    assert found(lawyer="李闻舟", state=RegisteredState.HANDLED) == ["某乙"]
    assert found(lawyer="李") == []


def test_cases_of_a_period_are_found_by_the_day_on_which_they_were_taken_on() -> None:
    """First and last day included; either may be left out."""
    second, fourth = FIRST + timedelta(days=1), FIRST + timedelta(days=3)
    assert found(since=second, until=fourth) == ["某乙", "某丙", "某丁"]
    assert found(since=fourth) == ["某丁", "某戊"]
    assert found(until=second) == ["某甲", "某乙"]
    assert found(since=date(2030, 1, 1)) == []


def test_a_listed_case_says_whether_its_file_was_audited_and_how_it_ended(office: list[str]) -> None:
    """What the list shows of each."""
    rows = registry.wanted_cases(Wanted())
    listed = {each.record.number: each for some in registry.listed_cases(rows) for each in some}
    assert [number for number in office if listed[number].handed_in] == [office[3]]
    assert [number for number in office if listed[number].closing] == [office[2]]
    assert listed[office[0]].lawyer is None
