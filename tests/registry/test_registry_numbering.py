"""The patterns by which an office writes its numbers."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schemas.case import Kind, Stage
from schemas.numbering import Numbering


def test_a_number_is_written_without_zeros_and_without_ordinal():
    """〔〕, no leading zeros, no 第, unless the office wants them."""
    numbering = Numbering(area_short="虚", letters={"函": "{area_short}{class}援函字〔{year}〕第{seq:03d}号"})
    civil = numbering.letter_series("指", Kind.CIVIL, None, 2024)
    assert (civil.word, civil.written(7)) == ("虚法援指字", "虚法援指字〔2024〕7号")
    criminal = numbering.letter_series("函", Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, 2024)
    assert (criminal.word, criminal.written(7)) == ("虚刑援函字", "虚刑援函字〔2024〕第007号")


def test_a_pattern_with_the_year_first_has_its_own_series():
    """Year in front, area code inside: the series is still one a class and year."""
    numbering = Numbering(
        area_short="虚", area_code="0803", case="（{year}）{area_short}援{area_code}{class}{stage}{seq}号"
    )
    series = numbering.case_series(Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, 2024)
    assert (series.word, series.written(12)) == ("虚援0803刑侦", "（2024）虚援0803刑侦12号")


@pytest.mark.parametrize(
    ("number", "sequence"),
    [
        ("虚法援民字〔2024〕12号", 12),
        ("虚法援民字〔2024〕012号", 12),
        ("虚法援民字〔2023〕12号", None),
        ("虚法援民字〔2024〕0号", None),
    ],
)
def test_a_number_of_the_series_tells_its_sequence(number, sequence):
    """What the office wrote by hand is booked where it belongs."""
    assert Numbering(area_short="虚").case_series(Kind.CIVIL, None, 2024).sequence_of(number) == sequence


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("字〔{year}〕号", "顺序号{seq}"),
        ("字{seq}号", "年份{year}"),
        ("字〔{year}〕{seq}号{seq}", "只含有一个"),
        ("字〔{year}〕{number}号", "不是可用的项目"),
        ("字〔{year}〕{seq.real}号", "不是可用的项目"),
        ("字〔{year}〕{seq:x}号", "写法有误"),
        ("字〔{year}〕{seq!r}号", "写法有误"),
        ("{year}{seq}号", "隔开"),
        ("字{year}号{seq}5", "隔开"),
        ("字〔{year〕{seq}号", "有误|不是可用|不成对"),
        ("{{字}}〔{year}〕{seq}号", "成双"),
        ("字〔{year}〕{seq}号{doc_word}", "文书代字"),
    ],
)
def test_a_pattern_that_could_repeat_a_number_is_refused(pattern, said):
    """A Chinese sentence says what is wrong with it."""
    with pytest.raises(ValidationError, match=said):
        Numbering(case=pattern)
