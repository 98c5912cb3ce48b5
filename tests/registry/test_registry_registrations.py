"""Registered cases, their numbers, the roster and the assignments."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry.models import JournalEvent
from schemas.case import Kind, Origin, Stage
from schemas.numbering import Numbering
from schemas.registration import Recipient, Registration
from schemas.report import AuditReport, ReportCase, Source
from schemas.roster import Assignment, Lawyer
from schemas.volume import FieldValue

NUMBERING = Numbering(area_short="虚")


@pytest.fixture(autouse=True)
def state(tmp_path: Path) -> Iterator[Path]:
    registry.open_registry(tmp_path / "台账")
    yield tmp_path / "台账"
    registry.close_registry()


def registration(name: str = "某甲", **changes: object) -> Registration:
    given = {
        "received_on": date(2024, 3, 5),
        "kind": Kind.CIVIL,
        "stage": Stage.TRIAL_FIRST,
        "origin": Origin.APPLIED,
        "cause": "追索劳动报酬纠纷",
        "recipient": Recipient(name=name),
    }
    return Registration(**{**given, **changes})


def lawyer(licence: str = "14408202010000001", **changes: object) -> Lawyer:
    return Lawyer(**{"licence": licence, "name": "李某", "firm": "广东虚构律师事务所", **changes})


def assigned(number: str, to: Lawyer, replaces: str = "") -> Assignment:
    return Assignment(
        case_number=number,
        lawyer=to,
        assigned_on=date(2024, 3, 6),
        chosen_by="赵一",
        why="轮到",
        replaces=replaces,
    )


def events() -> list[dict[str, object]]:
    return [json.loads(event.content) for event in JournalEvent.objects.order_by("number")]


def test_cases_are_numbered_in_order_class_by_class():
    """Each class of case and each year has its own series from 1, written by the office's pattern."""
    numbers = [
        registry.register_case(registration(**given), who="赵一", numbering=NUMBERING).number
        for given in (
            {"name": "某甲"},
            {"name": "某乙"},
            {"name": "某丙", "kind": Kind.CRIMINAL_DEFENCE},
            {"name": "某丁", "received_on": date(2025, 1, 2)},
        )
    ]
    assert numbers == [
        "虚法援民字〔2024〕1号",
        "虚法援民字〔2024〕2号",
        "虚法援刑字〔2024〕1号",
        "虚法援民字〔2025〕1号",
    ]
    assert [record.number for record in registry.list_cases()] == numbers


def test_a_case_is_found_however_its_number_is_written():
    """Brackets and widths are spelling; what was registered comes back whole."""
    record = registry.register_case(registration(), who="赵一", number="虚法援民字〔2024〕12号")
    assert registry.find_case("虚法援民字[２０２４] 12号") == record
    assert record.registration == registration()
    assert registry.find_case("虚法援民字〔2024〕13号") is None


def test_the_same_case_is_told_and_not_registered_twice():
    """A telephone number put right makes no other case; the number that the case has is in the answer."""
    first = registry.register_case(registration(), who="赵一")
    again = registration(recipient=Recipient(name="某 甲", phone="13800000000"))
    with pytest.raises(registry.AlreadyRegisteredError, match="已经登记") as told:
        registry.register_case(again, who="钱二")
    assert told.value.record == first
    assert len(list(registry.list_cases())) == 1
    assert len(list(registry.drawn_numbers())) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": Stage.TRIAL_SECOND},
        {"received_on": date(2024, 3, 6)},
        {"cause": "工伤保险待遇纠纷"},
        {"recipient": Recipient(name="某甲", id_number="440801199001011232")},
        {"opponents": ("虚构乙公司",)},
    ],
)
def test_another_case_of_the_same_name_is_registered(changes):
    """Another stage, day, cause, identity number or other side is another case."""
    person = Recipient(name="某甲", id_number="44080119900101123X")
    registry.register_case(registration(recipient=person, opponents=("虚构甲公司",)), who="赵一")
    registry.register_case(registration(**{"recipient": person, "opponents": ("虚构甲公司",), **changes}), who="赵一")
    assert len(list(registry.list_cases())) == 2


def test_a_number_given_by_hand_is_never_drawn():
    """An office that begins in the middle of the year goes on from its last number; a taken one is refused."""
    registry.register_case(registration("某甲"), who="赵一", number="虚法援民字〔2024〕31号", numbering=NUMBERING)
    drawn = registry.register_case(registration("某乙"), who="赵一", numbering=NUMBERING)
    assert drawn.number == "虚法援民字〔2024〕32号"
    with pytest.raises(registry.AlreadyRegisteredError):
        registry.register_case(registration("某丙"), who="赵一", number="虚法援民字[2024]32号", numbering=NUMBERING)


def test_what_fails_gives_its_number_back():
    """A number drawn in a transaction that fails is drawn by the next: no gap, and no event of it."""

    def fail() -> None:
        with registry.one_act():
            assert registry.draw_number("虚法援指字", 2024, who="赵一", about="甲") == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert registry.draw_number("虚法援指字", 2024, who="赵一", about="乙") == 1
    assert [event["about"]["purpose"] for event in events()] == ["乙"]


def test_a_void_number_is_told_and_not_given_again():
    """It stays in its series with the reason in the journal; what was never given cannot become void."""
    registry.draw_number("虚法援指字", 2024, who="赵一", about="甲")
    registry.void_number("虚法援指字", 2024, 1, why="打印错误", who="钱二")
    assert registry.draw_number("虚法援指字", 2024, who="赵一", about="甲") == 2
    assert [(drawn.sequence, drawn.void) for drawn in registry.drawn_numbers(about="甲")] == [(1, True), (2, False)]
    voided = events()[1]
    assert (voided["what"], voided["who"], voided["about"]["why"]) == ("number_voided", "钱二", "打印错误")
    for sequence, why in ((1, "再次"), (3, "没有"), (2, " ")):
        with pytest.raises(UsageError):
            registry.void_number("虚法援指字", 2024, sequence, why=why, who="钱二")


def _draw(state: Path, times: int) -> list[int]:
    registry.open_registry(state)
    try:
        return [registry.draw_number("虚法援指字", 2024, who="赵一", about="并发") for _ in range(times)]
    finally:
        registry.close_registry()


def test_two_processes_never_get_the_same_number(state):
    """Three at once: every number once, none left out, and the journal's chain whole."""
    registry.close_registry()
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        drawn = [number for part in pool.starmap(_draw, [(state, 15)] * 3) for number in part]
    assert sorted(drawn) == list(range(1, 46))
    assert registry.verify_journal().whole


def test_the_roster_is_kept_as_it_was_handed_in():
    """A new roster takes the place of the old; the journal counts what changed; one licence stands once."""
    first, second, third = lawyer("1"), lawyer("2"), lawyer("3")
    registry.keep_roster([second, first], who="赵一")
    assert registry.roster() == (second, first)
    changed = first.model_copy(update={"phone": "13800000000"})
    registry.keep_roster([changed, third], who="赵一")
    assert registry.roster() == (changed, third)
    assert events()[-1]["about"] == {"lawyers": 2, "added": 1, "changed": 1, "removed": 1}
    with pytest.raises(UsageError, match="重复"):
        registry.keep_roster([first, first], who="赵一")


def test_the_same_roster_again_is_no_event():
    """Reading the same workbook in again changes nothing."""
    registry.keep_roster([lawyer()], who="赵一")
    registry.keep_roster([lawyer()], who="赵一")
    assert len(events()) == 1


def test_an_assignment_stands_until_it_is_replaced():
    """Another lawyer comes in only in place of the one who is there; who chose and why stands in the journal."""
    number = registry.register_case(registration(), who="赵一").number
    one, other = lawyer("1"), lawyer("2")
    registry.record_assignment(assigned(number, one))
    for wrong in (assigned(number, other), assigned(number, other, replaces="9")):
        with pytest.raises(UsageError, match="更换"):
            registry.record_assignment(wrong)
    registry.record_assignment(assigned(number, other, replaces="1"))
    assert [each.lawyer.licence for each in registry.assignments(number)] == ["1", "2"]
    assert registry.open_cases() == {"2": 1}
    told = [(event["what"], event["who"], event["about"]["why"]) for event in events()[-2:]]
    assert told == [("assigned", "赵一", "轮到"), ("replaced", "赵一", "轮到")]


def test_an_unknown_case_is_refused():
    """Nothing is assigned to a number that nobody registered."""
    with pytest.raises(UsageError, match="台账中没有"):
        registry.record_assignment(assigned("虚法援民字〔2024〕99号", lawyer()))
    with pytest.raises(UsageError):
        registry.assignments("虚法援民字〔2024〕99号")


def test_a_case_counts_as_open_until_its_closing_file_is_audited():
    """What came in, or was told to be closed, no longer loads the lawyer."""
    numbers = [registry.register_case(registration(name), who="赵一").number for name in ("某甲", "某乙", "某丙")]
    for number in numbers:
        registry.record_assignment(assigned(number, lawyer("1")))
    assert registry.open_cases() == {"1": 3}
    registry.record_closed(numbers[1], on=date(2024, 9, 1), why="终止法律援助", who="赵一")
    submitted = registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1/卷.pdf")
    registry.claim_next("tests")
    fields = {
        "case_number": FieldValue(value=numbers[0], state="found"),
        "recipient_name": FieldValue(value="某甲", state="found"),
    }
    case = ReportCase(kind=None, stage=None, origin=None, fields=fields)
    registry.record_report(
        submitted.submission_id,
        AuditReport(source=Source(name="卷.pdf", sha256="1" * 64, pages=1), status="audited", case=case),
    )
    assert registry.open_cases() == {"1": 1}
    assert registry.assignments(numbers[0])[0].case_number == numbers[0]


@pytest.mark.parametrize(
    ("written", "asked"),
    [("阿依古丽·某", "阿依古丽•某"), ("Ｊｏｈｎ某", "John 某"), ("某“甲”", "某“甲”"), ('某"甲\\', '某"甲\\')],
)
def test_cases_that_name_somebody_are_found_however_he_is_written(written: str, asked: str) -> None:
    """Other dots, other widths, signs that JSON writes otherwise; as the recipient, or among the opponents."""
    registry.register_case(registration(written), who="赵一", number="甲1号")
    registry.register_case(registration("某乙", opponents=(written,)), who="赵一", number="甲2号")
    registry.register_case(registration("某丙"), who="赵一", number="甲3号")
    assert [record.number for record in registry.list_cases([asked, ""])] == ["甲1号", "甲2号"]
    assert list(registry.list_cases([])) == []
