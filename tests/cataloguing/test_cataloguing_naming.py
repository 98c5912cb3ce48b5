"""Names in running text: a word too many is a glance, a name too few a person's privacy."""

from __future__ import annotations

import pytest

from pipeline.cataloguing.naming import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("被告人卓建国窜至某地，盗走被害人周燕红停放的车辆", ("卓建国", "周燕红")),
        ("无故殴打邻桌顾客邱婉仪、邱晓琳，并砸毁桌椅", ("邱婉仪", "邱晓琳")),
        ("由尹明辉于本判决生效之日起十日内支付", ("尹明辉",)),
        ("被告人王强与被害人李四发生口角", ("王强", "李四")),
        ("原告与欧阳修文因借款发生纠纷", ("欧阳修文",)),
        ("证人司马光称，其与高美玲在农贸市场", ("司马光", "高美玲")),
        ("由艾山·买买提支付", ("艾山·买买提",)),
        ("审判长蔡晓琳人民陪审员沈家豪书记员戴桂芳", ("蔡晓琳", "沈家豪", "戴桂芳")),
    ],
)
def test_names_are_found(text: str, names: tuple[str, ...]) -> None:
    """After a role, in a list, before and behind the little words that stand around names."""
    assert names_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "根据《中华人民共和国民法典》的规定，由原告承担",
        "一、被告人自首，应当从轻处罚；二、双方和解，可以从宽。",
        "被告应支付劳动报酬，尚欠劳务费若干元，有工资表为证",
        "时间、金额、地点均无异议，查明的事实与单位证明一致",
        "陈某某与李某甲发生争执",
        "",
    ],
)
def test_common_words_and_masked_names_are_none(text: str) -> None:
    """Words of every judgment, and names that are masked already, are left alone."""
    assert names_in(text) == ()
