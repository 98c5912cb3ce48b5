"""Labels that a signature belongs to, told from prose that speaks of signing."""

from __future__ import annotations

import pytest

from pipeline.reading.marks.labels import labels_in


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("承办人（签名）：", ["承办人（签名）："]),
        ("被会见人签名：", ["被会见人签名："]),
        ("受援人（签字或捺印）", ["受援人（签字或捺印）"]),
        ("委托人(签名）：陈某山", ["委托人(签名）："]),
        ("受助人签名", ["受助人签名"]),
        ("受送达人签名（盖章）及日期", ["受送达人签名（盖章）及日期"]),
        ("受送达人签收及日", ["受送达人签收及日"]),
        ("承办律师签名李小兰", ["承办律师签名"]),
        ("申请人（签字）：        代理人（签字）：", ["申请人（签字）：", "代理人（签字）："]),
        ("以上笔录我看过，和我说的一样。被会见人签名：", ["被会见人签名："]),
        ("签名或者盖章：", ["签名或者盖章："]),
        ("甲方（委托人）签名：", ["甲方（委托人）签名："]),
        ("签名：      年   月   日", ["签名："]),
        ("审批人签字：2024年3月5日", ["审批人签字："]),
    ],
)
def test_printed_label_is_found_as_it_stands(text: str, labels: list[str]) -> None:
    """Brackets, colons, names and dates behind it do not matter."""
    assert [label.text for label in labels_in(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "本协议自双方签名或者盖章后生效",
        "本协议经甲乙双方签字盖章后生效，一式三份。",
        "请申请人在每页下方签名并捺印",
        "承办人姓名",
        "应当由被会见人签名，拒绝签名的应当注明",
        "会见笔录应当交被会见人核对无误后签名",
        "办案人员签名处",
        "签收日期",
        "甲方应当于签字之日起三日内付款",
        "二〇二四年三月五日",
        "",
    ],
)
def test_prose_about_signing_is_no_label(text: str) -> None:
    """Words that go on after 签名 speak of signing, they do not ask for it."""
    assert labels_in(text) == ()


@pytest.mark.parametrize("text", ["申请人：陈某山", "承办人：", "甲方：", "被告知人： "])
def test_role_with_colon_is_a_bare_label(text: str) -> None:
    """Whether a bare role is a place to sign depends on where it stands in the paper."""
    (label,) = labels_in(text)
    assert label.bare


def test_bare_role_before_long_prose_is_no_label() -> None:
    """A party's description in the head of a pleading."""
    assert labels_in("原告：陈某山，男，1980年1月1日出生，汉族，住某某市某某区") == ()


def test_blank_between_role_and_bracket_is_a_gap_to_sign_in() -> None:
    """受委托人：________（签名）"""
    (label,) = labels_in("受委托人：__________（签名）")
    assert label.gap_end - label.gap_start > 5
    assert not label.bare


def test_the_unit_before_a_role_does_not_hide_the_label() -> None:
    """OCR drops the blank between the firm and its lawyer's place to sign."""
    (label,) = labels_in("江西博闻律师事务所律师:")
    assert label.text == "律师:"


def test_a_unit_that_is_spoken_of_in_prose_makes_no_label() -> None:
    """A sentence that goes on after the firm's name is prose."""
    assert not labels_in("由江西博闻律师事务所律师担任辩护人")


def test_two_roles_with_their_names_and_days_are_two_labels() -> None:
    """`被会见人：甲乙丙 2022.9.14 会见律师：丁戊己`: how much follows a label counts as far as the next one."""
    found = labels_in("被会见人：陈某山 2022.9.14 会见律师：李某文")
    assert [label.text for label in found] == ["被会见人：", "会见律师："]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("被会见人陈某山 2022.9.14 第1页 共3页", ["被会见人"]),
        ("被会见人陈某山2022年9月14日", ["被会见人"]),
        ("被告人陈某山2022年9月14日供述", []),
        ("被告人陈某山", []),
    ],
)
def test_a_role_whose_colon_was_lost_is_told_by_the_name_and_day_behind_it(text: str, labels: list[str]) -> None:
    """A thumb or a fold hides the colon; prose goes on behind the day."""
    assert [label.text for label in labels_in(text)] == labels
