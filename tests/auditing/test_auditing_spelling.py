"""Names that differ by one letter: what else the recogniser thought each letter could be tells a wrong name from a slip."""

from __future__ import annotations

import pytest
from auditing_changes import CIVIL, file_with
from auditing_sheets import line, problems
from auditing_volumes import complete, found, run

from schemas.base import State
from schemas.reading import Doubt, Line, TextSource

NAME = found("陈小明")
ELSEWHERE = line("以上情况属实", 0.8).model_copy(update={"doubts": (Doubt(at=0, letter="似", score=0.02),)})
"""A line whose doubts tell that the page's reader keeps them."""


def held(text: str, top: float, *doubts: tuple[int, str, float], pen: bool = False) -> Line:
    return line(text, top, pen=pen).model_copy(
        update={"doubts": tuple(Doubt(at=at, letter=letter, score=score) for at, letter, score in doubts)}
    )


def asked(
    type_: str,
    field: str,
    value: str,
    *lines: Line,
    state: State = State.UNCERTAIN,
    elsewhere: str = "",
    **reading: object,
):
    """What is said of a paper that states `value` in its first line, where the case has 陈小明; `elsewhere`: the cover's words."""
    rows, _ = complete(CIVIL)
    at = next(number for number, (_, paper) in enumerate(rows, start=1) if paper.type == type_)
    stated = found(value, 0.6, state).model_copy(update={"page": at, "box": lines[0].box})
    change = {
        "fields": {field: stated},
        "text": "\n".join(entry.text for entry in lines),
        "reading": {"lines": (*lines, ELSEWHERE), **reading},
    }
    changes = {type_: change, **({"cover": {"text": elsewhere}} if elsewhere else {})}
    report = run(file_with(CIVIL, changes, **{field: NAME}))
    return [state for _, state, _ in problems(report, f"agreement.{field}")]


def test_one_other_letter_in_clear_print_is_a_question():
    """The letter stands there once, beyond any doubt: no slip of the reading, and no more than one witness."""
    assert asked("approval_form", "recipient_name", "陈晓明", held("申请人：陈晓明", 0.2)) == ["uncertain"]


def test_one_other_letter_in_the_recipients_role_is_a_question_in_a_speech_too():
    """Running text says who is meant by his role."""
    spoken = held("原告陈晓明民间借贷纠纷一案的委托诉讼代理人。接受指派后，承办人", 0.2, (10, "貸", 0.002))
    assert asked("advocacy_statement", "recipient_name", "陈晓明", spoken) == ["uncertain"]


@pytest.mark.parametrize(("at", "expected"), [(4, ["uncertain"]), (3, [])])
def test_in_running_print_only_the_letter_that_differs_must_be_clear(at, expected):
    """`原告` stands in print before it: nobody wrote the name into a blank, and a doubt of its neighbour says nothing."""
    spoken = held("原告陈晓明民间借贷纠纷一案", 0.2, (at, "朋", 0.1))
    assert asked("advocacy_statement", "recipient_name", "陈晓明", spoken) == expected


@pytest.mark.parametrize(
    "lines",
    [
        (held("申请人：陈晓明", 0.2, (5, "晚", 0.02)),),
        (held("申请人：陈晓明", 0.2, (6, "朋", 0.02)),),
        (line("申请人：陈晓明", 0.2, score=0.9),),
        (held("申请人：陈晓明", 0.2, pen=True),),
    ],
    ids=["the letter in doubt", "its neighbour in doubt", "a poor line", "by pen"],
)
def test_one_other_letter_that_is_not_beyond_doubt_is_none(lines):
    """A name by pen that was misread has a letter somewhere that was in doubt."""
    assert asked("approval_form", "recipient_name", "陈晓明", *lines) == []


def test_old_readings_say_nothing_of_other_letters():
    """Where no doubts were kept, a name is not clear for want of them."""
    plain = held("申请人：陈晓明", 0.2)
    assert asked("approval_form", "recipient_name", "陈晓明", plain, lines=(plain,)) == []


def test_a_documents_own_text_is_clear():
    """A Word file holds the letters that its writer typed."""
    plain = held("申请人：陈晓明", 0.2)
    layer = {"lines": (plain,), "text_source": TextSource.LAYER}
    assert asked("approval_form", "recipient_name", "陈晓明", plain, **layer) == ["uncertain"]


TWICE = (held("决定对陈晓明一案提供法律援助", 0.2), held("现指派你单位律师担任陈晓明的代理人", 0.3))


def test_one_other_letter_throughout_a_paper_is_certain():
    """Two places in print, each letter beyond doubt, and the right name nowhere."""
    assert asked("assignment_notice", "recipient_name", "陈晓明", *TWICE) == ["certain"]


@pytest.mark.parametrize(
    "lines",
    [
        (*TWICE[:1], held(TWICE[1].text, 0.3, (11, "晚", 0.005))),
        (*TWICE, held("受援人陈小明", 0.4)),
        (held("决定对陈晓明的申请", 0.2), held("现担任陈晓明的代理人", 0.3)),
    ],
    ids=["one in doubt", "the right name as well", "the same words behind"],
)
def test_one_other_letter_is_not_certain_by_half(lines):
    """One doubtful place, the right name beside it, or a lost letter that the next word fills: nothing certain."""
    assert "certain" not in asked("assignment_notice", "recipient_name", "陈晓明", *lines)


def test_a_speech_about_somebody_of_that_name_is_certain_only_where_nobody_is_named_nearly_alike():
    """In a paper that may name several people the role tells; a third spelling may be the right one misread."""
    spoken = (held("上诉人陈晓明故意伤害一案", 0.2), held("一、陈晓明系初犯", 0.3))
    charged = (held("被告人陈晓明故意伤害一案", 0.2), held("一、陈晓明系初犯", 0.3))
    assert asked("advocacy_statement", "recipient_name", "陈晓明", *charged) == ["certain"]
    assert asked("advocacy_statement", "recipient_name", "陈晓明", *spoken) == ["certain"]
    third = held("同案人陈少明已另案处理", 0.4)
    assert asked("advocacy_statement", "recipient_name", "陈晓明", *spoken, third) == ["uncertain"]


def test_two_people_whom_another_paper_names_together_are_no_slip():
    """Brothers who are helped in one case have names that differ by a letter, and papers of their own."""
    both = "受援人：陈小明、陈晓明"
    assert asked("assignment_notice", "recipient_name", "陈晓明", *TWICE, elsewhere=both) == ["uncertain"]


@pytest.mark.parametrize(("doubt", "expected"), [((4, "韩", 0.1), []), (None, ["uncertain"])])
def test_a_lawyers_name_in_doubt_is_not_plainly_there(doubt, expected):
    """The letter that differs was itself in doubt: it says nothing against the assigned lawyer."""
    own = held("受委托人：陈晓明，律师", 0.2, *([(6, "晚", doubt[2])] if doubt else []))
    assert asked("power_of_attorney", "lawyer_name", "陈晓明", own) == expected


@pytest.mark.parametrize(
    ("number", "score", "expected"),
    [("282", 0.95, ["uncertain"]), ("282", 0.8, []), ("817", 0.95, [])],
    ids=["one figure", "a poor line", "quite another number"],
)
def test_a_figure_by_pen_in_the_cases_number_is_a_question(number, score, expected):
    """282 for 252 in the case's number: miswritten or misread, nobody knows but who looks."""
    own = held(f"案件编号：(2024)粤援0793刑{number}号", 0.2, pen=True).model_copy(update={"score": score})
    rows, _ = complete(CIVIL)
    at = next(place for place, (_, paper) in enumerate(rows, start=1) if paper.type == "closing_report")
    stated = found(f"（2024）粤援0793刑{number}号", score, State.UNCERTAIN).model_copy(
        update={"page": at, "box": own.box}
    )
    change = {"fields": {"case_number": stated}, "text": own.text, "reading": {"lines": (own, ELSEWHERE)}}
    report = run(file_with(CIVIL, {"closing_report": change}, case_number=found("（2024）粤援0793刑252号")))
    assert [state for _, state, _ in problems(report, "agreement.case_number")] == expected
