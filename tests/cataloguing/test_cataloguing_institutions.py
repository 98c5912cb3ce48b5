"""Names of organs and firms cut out of text, and the lists that hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pipeline.cataloguing.institutions import find_organs
from pipeline.cataloguing.likeness import near_forms
from pipeline.cataloguing.tables import title_forms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("认罪认罚内容本人知悉并认可湛江市霞山区人民检察院指控的", "湛江市霞山区人民检察院"),
        ("呼和浩特市人民法院", "呼和浩特市人民法院"),
        ("向于都县人民法院起诉", "于都县人民法院"),
        ("现羁押于湛江市第一看守所", "湛江市第一看守所"),
        ("和平区人民法院", "和平区人民法院"),
        ("贵院湛江市中级人民法院", "湛江市中级人民法院"),
        ("今收到湛江经济技术开发区人民法院送达的", "湛江经济技术开发区人民法院"),
        ("恩施土家族苗族自治州中级人民法院", "恩施土家族苗族自治州中级人民法院"),
        ("湛江市公安局霞山分局", "湛江市公安局霞山分局"),
        ("不服最高人民法院", "最高人民法院"),
        ("将湛江市人民检察院", "湛江市人民检察院"),
        ("从化区人民法院", "从化区人民法院"),
    ],
)
def test_an_organ_begins_where_its_place_does(text: str, name: str) -> None:
    """Words before the place are left out, and places that begin like such words are kept."""
    organ = find_organs(text)[0]
    assert (organ.name, organ.formed) == (name, True)
    assert text[organ.start : organ.end] == name


@pytest.mark.parametrize("text", ["其后果自负和责任由区人民法院", "省高级人民法院"])
def test_an_organ_without_a_place_is_not_well_formed(text: str) -> None:
    """What does not begin with a place is never taken for a whole name."""
    assert not find_organs(text)[0].formed


FORMS = sorted(form for form in title_forms() if 8 <= len(form) <= 12)[::997]


@given(st.sampled_from(FORMS), st.integers(0, 7), st.sampled_from("囗龘A1律"))
def test_the_mask_rules_out_no_near_form(form: str, at: int, char: str) -> None:
    """A form with one character misread, lost or added is still found, with its true distance."""
    for read in (form[:at] + char + form[at + 1 :], form[:at] + form[at + 1 :], form[:at] + char + form[at:]):
        found = dict(near_forms(read, 2))
        assert found[form] == Levenshtein.distance(read, form)


def test_within_a_term_is_no_place() -> None:
    """`六个月内向人民法院` names no court."""
    assert not any(organ.formed for organ in find_organs("可以在六个月内向人民法院提起诉讼"))
    assert [organ.name for organ in find_organs("向佳木斯市向阳区人民法院起诉") if organ.formed] == [
        "佳木斯市向阳区人民法院"
    ]
