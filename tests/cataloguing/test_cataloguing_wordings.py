"""What is looked up before it is tried: the words of wordings, rows with dates, titles by their ends, pages sorted once."""

from __future__ import annotations

import pytest
from cataloguing_pages import LETTER, page
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import DataObject, data, from_regex
from rapidfuzz.distance import Levenshtein

from pipeline.cataloguing import catalogue, catalogue_sorted, sort_pages
from pipeline.cataloguing.dates import find_dates, may_be_dated
from pipeline.cataloguing.likeness import near_forms
from pipeline.cataloguing.tables import title_forms
from pipeline.cataloguing.text import lines_without_blanks, without_blanks
from pipeline.cataloguing.wordings import wording
from schemas.case import KnownCase, KnownRecipient


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("受援人(?:姓名)?", ("受援人",)),
        ("(?:会见|谈话)(?:时间|日期)?", ("会见", "谈话")),
        ("(?:第二百条|第三百条)之规定", ("第二百条", "第三百条")),
        ("(?:二|三)百条之规定", ("百条之规定",)),
        (r"出生:?\u5e74(?P<day>日期)", ("出生",)),
        (r"\d{2}年[^]年]月\[日\]", ("月[日]",)),
        (r"(?P<sort>民|刑)事(?P=sort)", ("事",)),
        ("会见{0,2}笔录?", ("会",)),
        ("会见{,3}", ("会",)),
        ("申请{", ("申请{",)),
        ("[签署]名{2,}", ("名",)),
        ("(?=合议庭)[审判]", ()),
        ("(?:问|答|)[:;]", ()),
        ("问*答?", ()),
        ("(?i:no)", ()),
        ("(?i)no", ()),
    ],
)
def test_a_wording_knows_the_words_that_no_match_can_do_without(expression: str, words: tuple[str, ...]) -> None:
    """The words are those of which every match holds one; there are none where a match may do without any."""
    assert wording(expression).words == words


TRICKY = (
    "(?:(?:一审|二审)阶段|再审)(?!程序)", r"第(?:[一二三]|\d{1,3})项|附件\(\d\)", "(?:会见|谈话)+?笔?录{1,2}", "(?<=于)现?羁押|押[于在]",
    r"(?i:abc)号|\]号", r"[\]号]+(?P<x>案|件)号", "a{,2}b{0}c+d*?e", r"\u7533请|\x41书\.", "(?:)函|公(?:函)?", "[^号]号(?=为)为",
)  # fmt: skip


@pytest.mark.parametrize("expression", TRICKY)
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=data())
def test_no_match_is_without_the_words_that_a_wording_needs(expression: str, data: DataObject) -> None:
    """Whatever an expression matches holds one of its words; else it would be overlooked."""
    text = data.draw(from_regex(expression))
    assert wording(expression).may_stand_in(text)


@pytest.mark.parametrize("text", ["谈话日期：", "会见", "约见时间", ""])
def test_a_wording_is_found_where_its_expression_is(text: str) -> None:
    """Looking for words first changes nothing of what is found."""
    asked = wording("(?:会见|谈话)(?:时间|日期)?")
    plain = asked.pattern.search(text)
    assert (asked.search(text) is None) is (plain is None)
    assert [each.span() for each in asked.finditer(text)] == [each.span() for each in asked.pattern.finditer(text)]


DATED = [
    "2024年3月5日",
    "二〇二四年三月五日",
    "年 月 日".replace(" ", ""),
    "2024.3.5",
    "20240305",
    "D24.5.16",
    "2O24年l月I日",
]


@pytest.mark.parametrize("text", DATED)
def test_a_row_with_a_date_is_never_passed_over(text: str) -> None:
    """Every form of a date is seen in the pass over all rows, at the first row, the last one, and between others."""
    assert find_dates(text)
    assert may_be_dated([text, "", "申请人", f"于{text}签收", "年", "月", text]) == [
        True,
        False,
        False,
        True,
        False,
        False,
        True,
    ]


def test_rows_that_together_look_like_a_date_are_none() -> None:
    """`年` at the end of one row and `月` at the beginning of the next make no date."""
    assert may_be_dated(["2024年", "3月", "5日"]) == [False, False, False]


@pytest.mark.parametrize(
    "text", ["法律授助决定书", "法律援助决定", "去律援助决定书", "法律援助决定书书", "会见笔录表格"]
)
def test_titles_one_edit_away_are_all_found(text: str) -> None:
    """Looking titles up by their beginnings and ends finds those that measuring every one finds."""
    measured = {
        form for form in title_forms() if len(form) >= 5 and Levenshtein.distance(form, text, score_cutoff=1) <= 1
    }
    assert {form for form, _ in near_forms(text, 1)} == measured


@pytest.mark.parametrize("texts", [["申 请 人", "（签名）_", "", " "], ["一\x00二", "三 四"], []])
def test_lines_lose_their_blanks_together_as_they_do_alone(texts: list[str]) -> None:
    """All lines in one pass come out as each by itself, also where one holds the character that parts them."""
    assert lines_without_blanks(texts) == [without_blanks(text) for text in texts]


def test_pages_sorted_once_can_be_catalogued_as_often_as_more_gets_known() -> None:
    """A volume made of sorted pages is that of the pages themselves, whatever was made of them before."""
    pages = [
        page(1, "法律援助申请表", ["申请人姓名：陈志强", "申请日期：2024年3月5日", LETTER]),
        page(2, "居民身份证", ["姓名：王小明", "公民身份号码：440802199001010011"]),
    ]
    known = KnownCase(recipient=KnownRecipient(name="陈志强"))
    pages_sorted = sort_pages(pages)
    catalogue_sorted(pages_sorted, known)
    assert catalogue_sorted(pages_sorted, KnownCase()) == catalogue(pages, KnownCase())
    assert catalogue_sorted(pages_sorted, known) == catalogue(pages, known)
