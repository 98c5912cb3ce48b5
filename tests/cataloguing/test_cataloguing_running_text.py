"""Names are not made of running text, and what a pen wrote needs a second source."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.reading import TickBox
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


def test_a_hearing_day_that_runs_into_the_next_line() -> None:
    """`2024年7月1` and `7日` are one day; the first line alone would be another."""
    notice = page(
        1,
        ["湛江市霞山区人民法院", "出庭通知书"],
        [
            "李明律师：",
            "本院受理的陈志强盗窃罪一案，定于2024年7月1",
            "7日上午9时在第二审判庭公开开庭审理。",
            "2024年6月20日",
        ],
    )
    day = name_on(notice, "hearing_date")
    assert day is not None
    assert day.value == "2024-07-17"


@pytest.mark.parametrize(
    "words",
    [
        ["被告于2024年11月30日前支付5400元，于", "2024年12月31日前支付5400元。"],
        ["原告诉被告一案，本院于2024年9月2日立案后，依法公开开庭进行了审理。"],
    ],
)
def test_a_day_of_payment_or_filing_is_no_day_of_the_hearing(words: list[str]) -> None:
    """`于` stands before every day of a sentence; only what follows tells what was done on it."""
    sheet = page(1, ["临江市人民法院", "民事调解书"], ["（2024）粤0899民初16号", *words])
    assert catalogue([sheet]).documents[0].fields.get("hearing_date") is None


def test_a_name_in_an_order_is_read_where_it_applies_or_is_defended() -> None:
    """An order names the recipient in its sentence alone."""
    order = page(
        1,
        "指派通知书",
        ["经审查邓紫轩的申请，本处决定提供法律援助，现指派你单位谢昇律师担任邓紫轩的委托代理人。", "2024年6月20日"],
    )
    name = name_on(order)
    assert name is not None
    assert name.value == "邓紫轩"


@pytest.mark.parametrize(
    ("debt", "expected"),
    [("今欠陈志强人民币贰万元整，定于年底前付清。", "evidence"), ("今欠陈志强工资贰万元整。", "means_exemption")],
)
def test_a_note_of_debt_is_a_ground_for_aid_only_for_wages(debt: str, expected: str) -> None:
    """A private debt is what the claim rests on; unpaid wages free from the means check."""
    note = page(1, "欠条", [debt, "欠款人：王大力", "2023年8月6日"])
    assert catalogue([note]).documents[0].type == expected


def test_a_note_of_debt_by_a_hard_hand_is_known_by_what_it_says() -> None:
    """Its title was not read, and 欠 reads as 夕; it goes on no identity card."""
    card = page(1, "中华人民共和国居民身份证", ["姓名陈志强", "公民身份号码440803199003071234", "签发机关湛江市公安局"])
    body = [
        "今夕陈志强2023年9月至2024年1月工资共计人氏币贰万元整",
        "定于2024年2月8日前付洁。",
        "夕款单位：海岸木业有限公司",
    ]
    owed = page(2, None, body)
    assert [paper.type for paper in catalogue([card, owed]).documents] == ["identity_document", "means_exemption"]


def test_the_second_page_of_an_application_offers_papers_to_tick() -> None:
    """What is handed in, to be ticked, is no title of what stands there."""
    applied = page(1, "法律援助申请表", ["申请人：陈志强", "案由：追索劳动报酬", ["申请事项", "劳动争议仲裁"]])
    offered = line("身份证明经济困难状况说明表案件材料（欠条、劳动合同）", 0.3, left=0.2)
    boxes = tuple(
        TickBox(label=label, box=(left, 0.302, left + 0.015, 0.312), state=State.FOUND, score=0.97)
        for label, left in (("身份证明", 0.2), ("经济困难状况说明表", 0.31), ("案件材料", 0.52))
    )
    body = [
        "公司一共欠我工资23680元，有老板签字盖章的欠条。",
        line("提交材料", 0.3, left=0.1),
        offered,
        "本人保证以上内容及所提交材料真实、合法、有效。",
        "申请人（签名或按指印）：陈志强",
        "2024年4月8日",
    ]
    second = page(2, None, body, tick_boxes=boxes)
    assert [(paper.type, paper.last_page) for paper in catalogue([applied, second]).documents] == [
        ("application_form", 2)
    ]


def test_what_lies_between_application_and_approval_belongs_to_the_application() -> None:
    """Unpaid wages free from the means check, beyond doubt; a paper of the police was not copied from a file yet."""
    applied = page(1, "法律援助申请表", ["申请人：陈志强", "案由：追索劳动报酬", "本人承诺以上内容属实。"])
    owed = page(2, "欠条", ["今欠陈志强工资贰万元整。", "欠款人：王大力", "2023年8月6日"])
    told = page(3, ["云岭县公安局", "鉴定意见通知书"], ["陈志强：", "我局聘请有关人员，对陈志强的损伤程度进行了鉴定。"])
    decided = page(4, "法律援助审批表", ["申请人：陈志强", "审查意见：符合条件", "审批意见：同意", "2023年9月6日"])
    papers = catalogue([applied, owed, told, decided]).documents
    assert [paper.type for paper in papers] == ["application_form", "means_exemption", "case_basis", "approval_form"]
    assert papers[1].state is State.FOUND


def test_the_last_row_of_a_list_alone_on_a_page() -> None:
    """A list's second page may hold one row, whose title runs over two lines of its cell."""
    rows = [
        [str(number), title, str(number)] for number, title in enumerate(("指派通知书", "授权委托书", "会见笔录"), 1)
    ]
    first = page(1, "卷内文件目录", [["序号", "文件名称", "页次"], *rows])
    last = page(2, None, [["4", "法律援助补贴审批"], line("表", 0.078, left=0.3)])
    assert [document.type for document in catalogue([first, last]).documents] == ["contents_list"]
