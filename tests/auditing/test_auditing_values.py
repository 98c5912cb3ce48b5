"""Comparing values: the same, alike, other, not comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.auditing.glyphs import look_alike
from pipeline.auditing.values import (
    COMPARERS,
    Likeness,
    compare_causes,
    compare_firms,
    compare_identity_numbers,
    compare_names,
    compare_numbers,
    stage_of,
    valid_identity_number,
)

SAME, SIMILAR, OTHER, INCOMPARABLE = Likeness.SAME, Likeness.SIMILAR, Likeness.OTHER, Likeness.INCOMPARABLE

surnames = st.sampled_from("陈李张刘黄林吴周")
given_names = st.text("明伟芳丽华强军磊", min_size=1, max_size=2)
persons = st.tuples(surnames, given_names).map("".join)


@pytest.mark.parametrize(("one", "other"), ["李季", "未末", "己已", "杨扬", "陈阵", "王玉"])
def test_characters_that_recognition_mixes_up(one, other):
    """Drawn side by side they hardly differ."""
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(("one", "other"), ["小晓", "陈李", "芳方", "明涛", "1三"])
def test_characters_that_only_sound_or_mean_alike(one, other):
    """A homophone is another character."""
    assert not look_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("李强、王芳", "王芳", SAME),
        ("李强律师", "李强", SAME),
        ("李 强", "李强", SAME),
        ("陈某某", "陈小明", SAME),
        ("某某某", "陈小明", OTHER),
        ("王某", "陈小明", OTHER),
        ("阿依古丽·买买提", "阿依古丽买买提", SAME),
        ("", "陈小明", INCOMPARABLE),
    ],
)
def test_names(one, other, likeness):
    """Titles, blanks, masks and several people."""
    assert compare_names(one, other) is likeness


@given(persons, persons)
def test_names_compare_alike_both_ways(one, other):
    """No side is privileged, and a name is itself."""
    assert compare_names(one, other) is compare_names(other, one)
    assert compare_names(one, one) is SAME


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("广东海岸律师事务所", "广东海岸（湛江）律师事务所", SAME),
        ("广东海岸律师事务所", "广东海岸律师事务", SAME),
        ("广东海岸律师事务所", "广东潮声律师事务所", OTHER),
    ],
)
def test_firms(one, other, likeness):
    """A branch in brackets and a short name are the same firm."""
    assert compare_firms(one, other) is likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("（2024）粤0803刑初12号", "(2024)粤0803刑初12号", SAME),
        ("湛援指字[2024]第012号", "湛援指字〔2024〕12号", SAME),
        ("〔2024〕12号", "〔2024〕42号", OTHER),
        ("〔2024〕11号", "〔2024〕17号", SIMILAR),
        ("〔2024〕12号", "（2024）粤0803刑初12号", INCOMPARABLE),
    ],
)
def test_numbers(one, other, likeness):
    """Brackets and leading zeros do not count; different series are not compared."""
    assert compare_numbers(one, other) is likeness


@given(st.text("0123456789", min_size=17, max_size=17))
def test_exactly_one_check_digit_is_right(body):
    """GB 11643: of the eleven signs one fits."""
    assert sum(valid_identity_number(body + digit) for digit in "0123456789X") == 1


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_misread_digit_never_makes_a_certain_contradiction(body, place, step):
    """The check digit shows that one of the two was misread."""
    number = next(body + digit for digit in "0123456789X" if valid_identity_number(body + digit))
    misread = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert compare_identity_numbers(number, misread) is SIMILAR
    assert compare_identity_numbers(number, number.lower()) is SAME


def test_a_masked_identity_number_is_no_contradiction():
    """Asterisks hide digits and say nothing."""
    assert compare_identity_numbers("440803********1238", "440803199001011238") is SAME
    assert compare_identity_numbers("4408031990", "440803199001011238") is INCOMPARABLE


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [("盗窃罪", "涉嫌盗窃一案", SAME), ("盗窃罪", "诈骗罪", OTHER), ("罪", "诈骗罪", INCOMPARABLE)],
)
def test_causes(one, other, likeness):
    """Only charges without a character in common are other."""
    assert compare_causes(one, other) is likeness


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("侦查阶段", "investigation"),
        ("审查起诉阶段", "prosecution"),
        ("一审（审理）阶段", "trial_first"),
        ("trial_second", "trial_second"),
        ("侦查/审查起诉/一审", None),
        ("审判阶段", None),
    ],
)
def test_stages(text, stage):
    """A form that prints every stage says none."""
    assert stage_of(text) == stage


@given(st.sampled_from(sorted(COMPARERS)), st.text(max_size=30), st.text(max_size=30))
def test_whatever_was_read_can_be_compared(name, one, other):
    """Recognition may give anything; comparing never breaks."""
    assert COMPARERS[name](one, other) in Likeness
