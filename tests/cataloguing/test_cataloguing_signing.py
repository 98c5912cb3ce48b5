"""The date at the end of a paper, and what may hide it."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page
from test_cataloguing_fields import assignment, closing, mandate

from pipeline.cataloguing import catalogue
from pipeline.cataloguing.signing import _extensible
from schemas.base import State
from schemas.reading import Line
from schemas.volume import FieldValue


def grant(*end: object) -> FieldValue:
    body = [
        "潮援决〔2022〕169号",
        "陈志强：",
        "你于2022年03月21日因追索劳动报酬争议一案向本处提出的法律援助申请收悉。",
        "经审查，你的申请符合条件，决定给予法律援助。",
        "特此通知。",
        "湛江市霞山区法律援助处",
        *end,
    ]
    return catalogue([page(1, "给予法律援助决定书", body)]).documents[0].fields.get("date", _NOTHING)  # type: ignore[arg-type]


_NOTHING = FieldValue(value=None, state=State.UNCERTAIN)


def test_a_date_in_the_text_is_no_sign_off() -> None:
    """The day of the application is not the day of the decision, whose own date lies under the seal."""
    assert grant().value is None
    assert grant().state is State.UNCERTAIN


def test_a_sign_off_is_found() -> None:
    """The date on a line of its own at the end is the paper's."""
    assert (grant("2022年3月24日").value, grant("2022年3月24日").state) == ("2022-03-24", State.FOUND)


def test_the_day_on_the_slip_at_the_foot_is_the_receivers() -> None:
    """Below `回执` the firm confirms a day later: the decision keeps its own."""
    slip = (
        line("回", 0.62, left=0.45),
        line("执", 0.62, left=0.52),
        line("贵处通知书收悉。", 0.66),
        line("2022年3月28日", 0.7),
    )
    date = grant("2022年3月24日", *slip)
    assert (date.value, date.state) == ("2022-03-24", State.FOUND)


def test_the_day_above_a_sign_off_that_was_not_read_is_not_the_papers() -> None:
    """The last row of a record is no sign-off as long as another stands below, by a pen that nobody could read."""
    date = grant("2022年3月24日", line("223年(月9", 0.7, score=0.55))
    assert (date.value, date.state) == (None, State.UNCERTAIN)


def test_an_empty_place_of_a_sealed_paper_is_missing() -> None:
    """Where the place of the date was read and is empty, nothing is covered."""
    assert grant("年   月   日").state is State.MISSING


def _open(text: str = "年月", width: float = 0.12, *, pen: bool = False) -> Line:
    return Line(text=text, box=(0.66, 0.6, 0.66 + width, 0.62), score=0.99, handwritten=pen)


@pytest.mark.parametrize("text", ["年月", "月日"])
def test_a_place_of_which_a_sign_was_lost_is_as_empty(text: str) -> None:
    """`年  月  日` with nothing written in it, of which the reader kept two signs."""
    date = grant(_open(text))
    assert (date.state, date.box) == (State.MISSING, _open().box)


@pytest.mark.parametrize(
    "beside",
    [
        (_open(pen=True),),
        (_open(width=0.04),),
        (_open(), line("5", 0.601, left=0.8, height=0.02, score=0.6, pen=True)),
        (_open(), line("223年0月(9", 0.7, score=0.55)),
    ],
    ids=["by pen", "set tight", "a figure beside", "another begun"],
)
def test_signs_that_something_may_stand_between_are_not_empty(beside: tuple[Line, ...]) -> None:
    """What a pen filled in and nobody could read is not missing."""
    assert grant(*beside).state is State.UNCERTAIN


def test_a_summons_is_not_dated_by_its_hearing() -> None:
    """The time to appear is a field of the form, not its date."""
    body = [
        ["案号", "（2024）粤0803刑初12号"],
        ["被传唤人", "陈志强"],
        ["应到时间", "2024年5月16日上午9时30分"],
        ["应到处所", "第二审判庭"],
    ]
    fields = catalogue([page(1, ["湛江市霞山区人民法院", "传票"], body)]).documents[0].fields
    assert fields.get("date", _NOTHING).value is None
    assert fields["hearing_date"].value == "2024-05-16"


def test_two_sides_that_date_an_agreement_differently_are_a_question() -> None:
    """A digit under the firm's seal may be lost: neither day is sure."""
    body = [
        "甲方（受援人）：陈志强",
        "乙方：广东渔光律师事务所",
        "本协议一式三份，自双方签名、盖章之日起生效。",
        line("2024年5月27日", 0.6, left=0.12),
        line("2024年5月7日", 0.6, left=0.5),
    ]
    assert catalogue([page(1, "委托代理协议", body)]).documents[0].fields["date"].state is State.UNCERTAIN


@pytest.mark.parametrize(
    ("text", "value", "extensible"),
    [
        ("2024年5月7日", "2024-05-07", True),
        ("2024年5月27日", "2024-05-27", False),
        ("2024-05-07", "2024-05-07", False),
        ("2024年1月13日", "2024-01-13", True),
        ("二〇二四年五月二十日", "2024-05-20", True),
        ("二〇二四年五月二十七日", "2024-05-27", False),
    ],
)
def test_dates_that_may_have_lost_a_character(text: str, value: str, extensible: bool) -> None:
    """One more character makes another date of some dates, and of others none."""
    assert _extensible(value, text) is extensible


def test_a_date_years_off_the_file_is_a_question() -> None:
    """2034 among papers of 2024 is a misread digit, however well it was read."""
    pages = [assignment(1), mandate(2), closing(3), mandate(4), mandate(5), assignment(6, date="2034年3月5日")]
    last = catalogue(pages).documents[-1].fields["date"]
    assert (last.value, last.state) == ("2034-03-05", State.UNCERTAIN)


def test_an_officer_of_the_organ_is_not_the_lawyer() -> None:
    """`承办人` on a letter of the police is the officer in charge."""
    letter = page(
        1,
        ["湛江市公安局霞山分局", "提供法律援助通知书"],
        ["湛江市霞山区法律援助处：", "请指派律师为犯罪嫌疑人陈志强提供辩护。", "承办人：张伟", "2024年3月4日"],
    )
    assert "lawyer_name" not in catalogue([letter, assignment(2), mandate(3), closing(4)]).documents[0].fields


def test_a_signature_that_runs_through_the_date_leaves_it_open() -> None:
    """A stroke through a 5 makes a 3 that reads well."""
    day = line("2024年3月29日", 0.5, left=0.6, height=0.02)
    scrawl = line("场本新", 0.485, left=0.6, height=0.025, score=0.69)
    assert grant(scrawl, day).state is State.UNCERTAIN


def test_a_signature_that_only_touches_the_date_leaves_it_sure() -> None:
    """Boxes of lines have some room around their letters."""
    day = line("2024年3月29日", 0.5, left=0.6, height=0.02)
    scrawl = line("场本新", 0.48, left=0.6, height=0.023, score=0.69)
    assert grant(scrawl, day).state is State.FOUND


def test_a_case_closed_before_it_was_assigned_is_a_question() -> None:
    """A 7 by pen reads as 1: the day of closing would come before that of assignment, which another paper states as well."""
    report = closing(2)
    lines = tuple(
        line_.model_copy(update={"text": "2024年1月16日"}) if line_.text == "2024年5月16日" else line_
        for line_ in report.reading.lines
    )
    misread = report.model_copy(update={"reading": report.reading.model_copy(update={"lines": lines})})
    fields = catalogue([assignment(1), misread]).documents[1].fields
    assert (fields["closed_on"].value, fields["closed_on"].state) == ("2024-01-16", State.UNCERTAIN)
    right = catalogue([assignment(1), report]).documents[1].fields
    assert right["closed_on"].state is State.FOUND
