"""The second look at numbers: which reading of the same ink is believed, and how much."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading.engine import RawLine
from pipeline.reading.rereading import DISPUTED, is_doubtful, is_form_number, weighed


def line(text, score=0.98, weakest=0.99):
    return RawLine(text, score, np.array([[0, 0], [100, 0], [100, 20], [0, 20]], np.float32), weakest)


def test_two_readings_that_agree_keep_their_score():
    """The same digits twice: the better reading stands."""
    best = weighed([line("2024年3月5日", 0.9), line("2024年3月5日", 0.97)])
    assert (best.text, best.score) == ("2024年3月5日", 0.97)


def test_a_disputed_digit_is_never_sure():
    """Two digits for the same ink: whatever is kept says that it is not sure."""
    best = weighed([line("2024年3月5日", 0.99), line("2024年8月5日", 0.98)])
    assert best.score <= DISPUTED


def test_the_majority_is_believed_if_it_is_sure():
    """Two of three readings agree and are sure: the third, from under the seal, does not matter."""
    best = weighed([line("2023年4月21日"), line("2023年4月21日"), line("2023年4月2日", 0.996)])
    assert best.text == "2023年4月21日"
    assert best.score > DISPUTED


def test_an_unsure_majority_stays_disputed():
    """Two bad readings that agree do not make a good one."""
    best = weighed([line("2023年4月21日", 0.7, 0.4), line("2023年4月21日", 0.7, 0.4), line("2023年4月27日", 0.8)])
    assert best.score <= DISPUTED


def test_a_digit_cut_off_by_the_tight_box_is_won_back():
    """The wider box sees the first digit of the year that the tighter one cut off."""
    best = weighed([line("024年4月19日", 0.97), line("2024年4月19日", 0.95)])
    assert best.text == "2024年4月19日"
    assert best.score > DISPUTED


def test_a_table_rule_is_not_read_as_a_one():
    """A 1 that only the wider box sees may be the rule of the table."""
    assert weighed([line("3月5日"), line("13月5日")]).score <= DISPUTED


@pytest.mark.parametrize(
    ("reading", "again"),
    [
        (line("广东某某律师事务所", 0.5), False),
        (line("本院于2024年3月5日立案受理后，依法适用简易程序，公开开庭进行了审理", 0.99), False),
        (line("本院于2024年3月5日立案受理后，依法适用简易程序，公开开庭进行了审理", 0.9), True),
        (line("本院于2024年3月5日立案受理后，依法适用简易程序，公开开庭进行了审理", 0.99, 0.5), True),
        (line("本院于224年3月5日立案受理后，依法适用简易程序，公开开庭进行了审理", 0.99), True),
        (line("甲方于223.5.11签收，乙方于同日将全部材料移交给甲方，双方没有争议", 0.99), True),
        (line("甲方于23.5.11签收，乙方于同日将全部材料移交给甲方，双方没有争议", 0.99), False),
        (line("440803199003124511", 0.999), True),
    ],
)
def test_which_numbers_get_a_second_look(reading, again):
    """Doubtful numbers, impossible years and the numbers of forms; prose read well is left alone."""
    assert (is_doubtful(reading) or is_form_number(reading)) is again
