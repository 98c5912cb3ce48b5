"""Names are not made of running text, and what a pen wrote needs a second source."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.volume import FieldValue, Page


def approval(*body: str) -> Page:
    return page(
        1,
        "法律援助审批表",
        [
            ["案件编号", "湛霞法援民字〔2024〕12号"],
            "申请事项：劳动争议仲裁",
            *body,
            "审批意见：同意给予法律援助",
            "2024年3月5日",
        ],
    )


def name_on(sheet: Page, field: str = "recipient_name") -> FieldValue | None:
    return catalogue([sheet]).documents[0].fields.get(field)


@pytest.mark.parametrize(
    "words",
    [
        "经审查，申请人符合法律援助条件。",
        "申请人提供的材料齐全。",
        "申请人应当如实陈述案情，受援人对结果无异议。",
        "申请人符合",
        "当事人应当配合，受援人满意。",
    ],
)
def test_running_text_names_nobody(words: str) -> None:
    """The words that follow 申请人 in a sentence are no name, even where they begin with a surname."""
    assert name_on(approval(words)) is None


@pytest.mark.parametrize("words", ["申请人陈志强，男，1990年3月7日出生", "申请人：陈志强", "申请人陈志强"])
def test_a_name_right_behind_its_label_ends_there(words: str) -> None:
    """A head of parties states the name without a colon; sex or a comma follows, or nothing."""
    name = name_on(approval(words))
    assert name is not None
    assert name.value == "陈志强"


def test_a_date_by_pen_alone_is_uncertain() -> None:
    """A pen's date which no other place confirms is a question, however high its score."""
    sheet = page(1, "授权委托书", ["委托人：陈志强", line("2024年3月6日", 0.5, score=0.995, pen=True)])
    date = name_on(sheet, "date")
    assert date is not None
    assert (date.value, date.state) == ("2024-03-06", State.UNCERTAIN)


def test_a_date_by_pen_is_found_where_another_paper_states_it() -> None:
    """Two papers of one day confirm each other."""
    mandate = page(1, "授权委托书", ["委托人：陈志强", line("2024年3月6日", 0.5, score=0.995, pen=True)])
    agreement = page(2, "法律援助委托代理协议", ["甲方：陈志强", "乙方：广东渔光律师事务所", "2024年3月6日"])
    date = catalogue([mandate, agreement]).documents[0].fields["date"]
    assert (date.value, date.state) == ("2024-03-06", State.FOUND)
