"""Values in narrow cells of forms, which run over several lines beside one label."""

from __future__ import annotations

from cataloguing_pages import line, page, raw_page, title

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.volume import Page


def _form(*cells: tuple[str, float, float]) -> Page:
    """A closing report with these cells: text, left edge, top."""
    return raw_page(1, [title("结案报告表"), *(line(text, top, left=left) for text, left, top in cells)], quality=0.98)


ROW_BEFORE = [("受援人", 0.15, 0.16), ("陈志强", 0.3, 0.16), ("承办人", 0.55, 0.16), ("李明", 0.7, 0.16)]
ROW_AFTER = [
    ("指派日期", 0.15, 0.34),
    ("2024年3月5日", 0.3, 0.34),
    ("结案日期", 0.55, 0.34),
    ("2024年6月5日", 0.7, 0.34),
]


def test_a_value_over_two_lines_beside_its_label_is_one_value() -> None:
    """A firm, a number and a cause that the cell breaks in two are read whole."""
    form = _form(
        *ROW_BEFORE,
        ("（2024）粤援0803", 0.3, 0.211), ("案件编号", 0.15, 0.222), ("刑001号", 0.3, 0.233), ("案由", 0.55, 0.222), ("盗窃罪", 0.7, 0.222),
        ("广东渔光律师事务", 0.3, 0.271), ("承办单位", 0.15, 0.282), ("所", 0.3, 0.293),
        *ROW_AFTER,
    )  # fmt: skip
    fields = catalogue([form]).documents[0].fields
    assert fields["case_number"].value == "（2024）粤援0803刑001号"
    assert fields["firm_name"].value == "广东渔光律师事务所"
    assert fields["number"].value == "（2024）粤援0803刑001号"


def test_a_value_over_three_lines_stands_around_its_label() -> None:
    """The label's own row holds the middle line only; the cell is all three."""
    form = _form(
        *ROW_BEFORE,
        ("追索劳动报酬", 0.3, 0.215), ("案由", 0.15, 0.238), ("及经济补偿争", 0.3, 0.238), ("议", 0.3, 0.261),
        *ROW_AFTER,
    )  # fmt: skip
    cause = catalogue([form]).documents[0].fields["cause"]
    assert (cause.value, cause.state) == ("追索劳动报酬及经济补偿争议", State.FOUND)


def test_values_of_further_rows_do_not_run_into_a_cell() -> None:
    """Where each line has a label of its own, each is a value of its own."""
    form = _form(
        *ROW_BEFORE,
        ("承办单位", 0.15, 0.20), ("广东渔光律师事务所", 0.3, 0.20),
        ("案由", 0.15, 0.222), ("盗窃罪", 0.3, 0.222),
        ("案件编号", 0.15, 0.244), ("湛法援刑字〔2024〕12号", 0.3, 0.244),
        *ROW_AFTER,
    )  # fmt: skip
    fields = catalogue([form]).documents[0].fields
    assert fields["cause"].value == "盗窃罪"
    assert fields["firm_name"].value == "广东渔光律师事务所"
    assert fields["case_number"].value == "湛法援刑字〔2024〕12号"


def test_a_charge_is_known_where_only_the_trial_is_named() -> None:
    """`陈志强盗窃一案` states the charge as well as `涉嫌盗窃罪` does."""
    notice = page(
        1,
        "指派通知书",
        ["广东渔光律师事务所：", "陈志强盗窃一案，本处已决定给予法律援助。现指派你单位承办。", "特此通知"],
    )
    report = page(2, "结案报告表", ["受援人：陈志强", "案由：盗窃罪", "承办结果：部分采纳", "援助形式：刑事辩护"])
    fields = catalogue([notice, report]).documents[0].fields
    assert (fields["cause"].value, fields["cause"].state) == ("盗窃罪", State.FOUND)


def test_a_longer_charge_is_not_cut_to_a_shorter_one() -> None:
    """`合同诈骗一案` is no `诈骗`."""
    notice = page(1, "指派通知书", ["陈志强合同诈骗一案，现指派你单位承办。", "特此通知"])
    assert catalogue([notice]).documents[0].fields["cause"].value == "合同诈骗"
