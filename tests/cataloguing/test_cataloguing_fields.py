"""Fields of papers, and what the papers say of the case together."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page

from pipeline.cataloguing import catalogue
from pipeline.cataloguing.numbers import check_digit_fits
from schemas.base import State
from schemas.case import KnownCase, KnownLawyer, KnownRecipient
from schemas.reading import Doubt, Line
from schemas.volume import FieldValue, Page, Volume

ID_NUMBER = next("44080319900307123" + last for last in "0123456789X" if check_digit_fits("44080319900307123" + last))


def assignment(number: int, name: str = "陈志强", date: str = "2024年3月5日", **more: object) -> Page:
    return page(
        number,
        ["湛江市霞山区法律援助处", "指派通知书"],
        [
            "湛霞法援刑字〔2024〕12号",
            "广东渔光律师事务所：",
            f"经审查，本处决定对{name}涉嫌盗窃罪一案提供法律援助，现指派你所承办。",
            "特此通知。",
            "湛江市霞山区法律援助处",
            date,
        ],
        **more,
    )


def closing(number: int, name: str | Line = "陈志强") -> Page:
    return page(
        number,
        "法律援助案件结案报告表",
        [
            ["案件编号", "湛霞法援刑字〔2024〕12号", "承办机构", "广东渔光律师事务所"],
            ["承办人", "李明", "受援人", name if isinstance(name, str) else name.text],
            ["案由", "盗窃罪", "办案机关", "湛江市霞山区人民法院"],
            ["指派日期", "2024年3月5日", "结案日期", "2024年5月16日"],
            "援助形式：刑事辩护",
            "承办结果：部分采纳",
            "填表时间：2024年5月20日",
        ],
    )


def mandate(number: int, name: str = "陈志强") -> Page:
    return page(
        number,
        "授权委托书",
        [
            f"委托人：{name}",
            f"身份证号码：{ID_NUMBER}",
            "受委托人：李明，广东渔光律师事务所律师",
            "代理权限：一般代理，至一审阶段结束止",
            "2024年3月6日",
        ],
    )


def field(volume: Volume, type_: str, name: str) -> FieldValue:
    return volume.of_type(type_)[0][1].fields[name]


def test_a_paper_states_what_it_states() -> None:
    """Number, firm, recipient, charge and sign-off date of an assignment notice are found."""
    volume = catalogue([assignment(1)])
    values = {
        name: volume.documents[0].fields[name].value
        for name in ("number", "firm_name", "recipient_name", "cause", "date")
    }
    assert values == {
        "number": "湛霞法援刑字〔2024〕12号",
        "firm_name": "广东渔光律师事务所",
        "recipient_name": "陈志强",
        "cause": "盗窃罪",
        "date": "2024-03-05",
    }


def test_cells_beside_labels_are_read() -> None:
    """The closing form's table gives every case field."""
    volume = catalogue([closing(1)])
    document = volume.documents[0]
    assert document.fields["assigned_on"].value == "2024-03-05"
    assert document.fields["closed_on"].value == "2024-05-16"
    assert document.fields["date"].value == "2024-05-20"
    assert document.fields["lawyer_name"].value == "李明"
    assert document.fields["organ_name"].value == "湛江市霞山区人民法院"
    assert document.fields["case_number"].value == "湛霞法援刑字〔2024〕12号"


def test_a_lawyer_named_with_the_firm_right_behind_is_read() -> None:
    """On the form a blank parts them, which counts for nothing: `受委托人：彭克俭 湖南澧浦律师事务所律师`."""
    paper = page(
        1,
        "授权委托书",
        ["委托人：陈志强", "受委托人：彭克俭 湖南澧浦律师事务所律师", "代理权限：一般代理", "2024年3月6日"],
    )
    fields = catalogue([paper]).documents[0].fields
    assert (fields["lawyer_name"].value, fields["firm_name"].value) == ("彭克俭", "湖南澧浦律师事务所")


@pytest.mark.parametrize(
    ("stages", "told"), [("□一审 二审再审阶段", False), ("□侦查□审查起诉□一审", False), ("二审阶段", True)]
)
def test_the_last_of_several_stages_to_tick_is_not_the_one(stages: str, told: bool) -> None:
    """Boxes are not always read; which stage is meant, their ticks say."""
    body = ["甲方：陈志强", "乙方：广东渔光律师事务所", f"乙方指派李明律师担任甲方{stages}的辩护人。", "2024年3月6日"]
    stage = catalogue([page(1, "法律援助委托代理协议", body)]).documents[0].fields.get("stage")
    assert (stage is not None and stage.value is not None) is told


@pytest.mark.parametrize(
    ("present", "told"),
    [
        (["在场人：罗惠兰（法定代理人，母亲），身份证号{}"], False),
        (["法定代理人：罗惠兰", "身份证号码：{}"], False),
        (["被会见人：陈志强，身份证号{}", "在场人：罗惠兰（法定代理人）"], True),
        (["法定代理人：罗惠兰。受援人：陈志强，身份证号{}"], True),
    ],
)
def test_the_number_of_who_is_there_for_a_minor_is_not_the_recipients(present: list[str], told: bool) -> None:
    body = [
        "时间：2025年6月17日",
        "会见律师：李明",
        *(line.format(ID_NUMBER) for line in present),
        "问：你是否同意？",
        "答：同意。",
    ]
    fields = catalogue([page(1, "会见犯罪嫌疑人笔录", body)]).documents[0].fields
    value = fields.get("recipient_id_number")
    assert (value is not None and value.value == ID_NUMBER) is told


def test_a_courts_notice_that_the_enforcement_has_ended_is_the_outcome() -> None:
    """`结案通知书` may be a talk's heading as well: who was paid in full before a court was not advised to apply."""
    body = [
        "马文海、陇原县鼎盛建筑劳务有限公司：",
        "申请执行人马文海与被执行人陇原县鼎盛建筑劳务有限公司追索劳动报酬纠纷一案，现被执行人已全部履行完毕，",
        "民事判决书确定的内容已执行完毕，本案予以结案。特此通知。",
        "甘肃省陇原县人民法院",
        "二〇二三年七月五日",
    ]
    assert catalogue([page(1, "结案通知书", body)]).documents[0].type == "outcome_document"


def test_papers_that_agree_make_a_sure_case_field() -> None:
    """Values that several papers state are found for the case."""
    volume = catalogue([assignment(1), mandate(2), closing(3)])
    for name, value in (
        ("recipient_name", "陈志强"),
        ("lawyer_name", "李明"),
        ("firm_name", "广东渔光律师事务所"),
        ("cause", "盗窃罪"),
    ):
        assert (volume.fields[name].value, volume.fields[name].state) == (value, State.FOUND)
    assert volume.fields["recipient_id_number"].value == ID_NUMBER


def test_what_is_given_wins() -> None:
    """A case field that someone gave has score 1, whatever the papers say."""
    known = KnownCase(recipient=KnownRecipient(name="周某某"), lawyer=KnownLawyer(firm="湖南某某律师事务所"))
    volume = catalogue([assignment(1), closing(2)], known)
    assert (volume.fields["recipient_name"].value, volume.fields["recipient_name"].score) == ("周某某", 1.0)
    assert volume.fields["firm_name"].value == "湖南某某律师事务所"


def test_a_look_alike_name_is_uncertain() -> None:
    """One easily misread character does not make a confident second name."""
    volume = catalogue([assignment(1, "李志强"), closing(2, "李志强"), mandate(3, "季志强")])
    value = field(volume, "power_of_attorney", "recipient_name")
    assert value.state is State.UNCERTAIN


def test_another_name_is_reported_as_it_stands() -> None:
    """A clearly printed other name is found: two papers disagree."""
    volume = catalogue([assignment(1), closing(2), mandate(3, "周海波")])
    value = field(volume, "power_of_attorney", "recipient_name")
    assert (value.value, value.state) == ("周海波", State.FOUND)


def test_an_empty_date_place_is_missing() -> None:
    """`年　月　日` with nothing in it means that the paper is not dated."""
    body = ["委托人：陈志强", "受委托人：李明", "代理权限：一般代理", "年    月    日"]
    value = catalogue([page(1, "授权委托书", body)]).documents[0].fields["date"]
    assert value.state is State.MISSING


@pytest.mark.parametrize("written", ["2024年  月  日", "D24.5.16", "2024年13月5日"])
def test_a_half_read_date_is_uncertain(written: str) -> None:
    """What may be a date is neither found nor missing."""
    body = ["委托人：陈志强", "受委托人：李明", "代理权限：一般代理", written]
    value = catalogue([page(1, "授权委托书", body)]).documents[0].fields["date"]
    assert value.state is State.UNCERTAIN


def test_a_record_bears_the_day_of_the_meeting() -> None:
    """The labelled time of a record wins over dates told in it."""
    body = [
        "会见时间：2024年3月8日9时10分",
        "会见地点：湛江市第一看守所",
        "会见人：李明",
        "被会见人：陈志强",
        "问：何时被抓？",
        "答：2024年1月3日。",
    ]
    volume = catalogue([page(1, "会见笔录", body)])
    assert field(volume, "meeting_record", "date").value == "2024-03-08"


def test_a_hearing_notice_has_two_dates() -> None:
    """The day it was written, and the day of the hearing."""
    body = [
        "（2024）粤0803刑初123号",
        "李明律师：",
        "本院定于2024年4月26日9时30分在第一审判庭公开开庭审理，请准时出庭。",
        "湛江市霞山区人民法院",
        "二〇二四年四月十五日",
    ]
    volume = catalogue([page(1, ["湛江市霞山区人民法院", "出庭通知书"], body)])
    assert field(volume, "hearing_notice", "date").value == "2024-04-15"
    assert field(volume, "hearing_notice", "hearing_date").value == "2024-04-26"
    assert field(volume, "hearing_notice", "number").value == "（2024）粤0803刑初123号"


def test_a_wrong_check_digit_is_never_found() -> None:
    """An identity number that cannot be one is uncertain."""
    wrong = ID_NUMBER[:-1] + ("0" if ID_NUMBER[-1] != "0" else "1")
    body = ["姓名 陈志强", "性别 男 民族 汉", f"公民身份号码 {wrong}"]
    volume = catalogue([page(1, None, body)])
    value = field(volume, "identity_document", "recipient_id_number")
    assert (value.value, value.state) == (wrong, State.UNCERTAIN)


def test_a_poor_line_is_not_found() -> None:
    """A name read with a low score is a question, not an answer."""
    body = ["案由：盗窃罪", line("委托人：陈志强", 0.3, score=0.6), "受委托人：李明", "代理权限：一般代理"]
    value = catalogue([page(1, "授权委托书", body)]).documents[0].fields["recipient_name"]
    assert value.state is State.UNCERTAIN


def test_the_identity_card_of_another_is_the_agents() -> None:
    """A card that bears another name than the recipient's belongs to whoever acts for the recipient."""
    card = page(
        4,
        None,
        ["姓名 周海波", "性别 男 民族 汉", "出生 1968年2月1日", f"公民身份号码 {ID_NUMBER}", "签发机关 湛江市公安局"],
    )
    volume = catalogue([assignment(1), mandate(2), closing(3), card])
    document = volume.documents[-1]
    assert document.type == "agent_identity"
    assert "recipient_name" not in document.fields
    assert {candidate.type for candidate in volume.pages[3].candidates} == {"agent_identity", "identity_document"}


def test_a_sort_of_crime_is_no_charge() -> None:
    """An opinion that pleads `过失犯罪` does not name the charge."""
    body = ["辩护意见:自首、赔偿谅解、初犯过失犯罪、认罪认罚，建议适用缓刑。"]
    read = catalogue([assignment(1), page(2, "结案报告", body)]).documents[1].fields.get("cause")
    assert read is None or read.value != "过失犯罪"


def test_the_charge_suffered_is_no_cause_of_the_claim_against_the_state() -> None:
    """Whoever was held without guilt claims compensation; what the charge was stands in every paper of the claim."""
    told = "赔偿请求人陈志强因涉嫌盗窃罪于2022年8月9日被刑事拘留。"
    claim = page(1, "国家赔偿申请书", [told, "赔偿义务机关：湛江市霞山区人民检察院", "2024年3月18日"])
    talk = page(2, "谈话笔录", ["案由：刑事违法羁押国家赔偿", told, "2024年3月12日"])
    end = page(3, "不起诉决定书", ["被不起诉人陈志强涉嫌盗窃罪一案", "决定对陈志强不起诉。", "2023年3月1日"])
    volume = catalogue([claim, talk, end])
    assert "cause" not in volume.documents[0].fields or volume.documents[0].fields["cause"].value != "盗窃罪"
    assert volume.fields["cause"].value == "刑事违法羁押国家赔偿"


@pytest.mark.parametrize(("names", "state"), [("字宇字宇字", State.UNCERTAIN), ("宇宇宇宇字", State.FOUND)])
def test_a_name_spelt_in_two_ways_in_turns_is_a_question(names: str, state: State) -> None:
    """Which of 宇 and 字 a hand wrote, its misreadings do not tell; four against one do."""
    headings = ("指派通知书", "法律援助公函", "谈话笔录", "委托书", "结案报告表")
    sheets = [
        page(place, heading, ["受援人：陈志强", f"承办律师：关振{letter}", "2024年3月5日"])
        for place, (heading, letter) in enumerate(zip(headings, names, strict=True), start=1)
    ]
    assert catalogue(sheets).fields["lawyer_name"].state is state


@pytest.mark.parametrize(("score", "state"), [(0.3, State.UNCERTAIN), (0.01, State.FOUND)])
def test_a_letter_that_the_reader_doubts_on_paper_after_paper_is_a_question(score: float, state: State) -> None:
    """赟 is too rare for the reader, which reads 赞 everywhere and thinks of 赟 each time."""
    headings = ("指派通知书", "法律援助公函", "谈话笔录", "委托书")
    sheets = []
    for place, heading in enumerate(headings, start=1):
        doubted = line("受援人：谢伟赞", 0.2).model_copy(update={"doubts": (Doubt(at=6, letter="赟", score=score),)})
        sheets.append(page(place, heading, [doubted, "承办律师：李明", "2024年3月5日"]))
    assert catalogue(sheets).fields["recipient_name"].state is state


@pytest.mark.parametrize("asked", ["对犯罪嫌疑人陈志强变更强制措施为取保候审", "准许撤回起诉，免收受理费"])
def test_what_a_motion_asks_for_is_no_cause(asked: str) -> None:
    """`申请事项` names the cause on an application, and on a motion what the court or police shall do."""
    motion = page(
        2,
        "取保候审申请书",
        [f"申请事项：{asked}", "事实与理由：", "陈志强涉嫌盗窃罪一案，申请取保候审。", "申请人：李明", "2024年3月8日"],
    )
    read = catalogue([assignment(1), motion, closing(3)]).documents[1].fields["cause"]
    assert read.value == "盗窃罪"


@pytest.mark.parametrize(("pens", "expected"), [(2, State.FOUND), (3, State.UNCERTAIN)])
def test_a_number_in_print_is_held_against_what_pens_made_of_it(pens: int, expected: State) -> None:
    """Two papers have the case number in print; one hand is misread in the same way each time, and does not win by that."""
    printed, misread = "赤援刑字〔2024〕第3号", "游援刑字〔2024〕第3号"
    notice = page(1, "指派通知书", [f"案件编号：{printed}", "广东渔光律师事务所：", "现指派你所李明律师办理。"])
    visit = page(2, "受援人回访记录表", [f"案件编号：{printed}", "受援人：陈志强", "回访情况：满意"])
    by_pen = [
        page(3 + place, heading, [line("案件编号：", 0.12), line(misread, 0.12, left=0.3, pen=True), "受援人：陈志强"])
        for place, heading in enumerate(("法律援助审批表", "承办情况通报/报告记录", "结案报告表")[:pens])
    ]
    field = catalogue([notice, visit, *by_pen]).fields["case_number"]
    assert field.state is expected
    assert field.value == printed or field.state is State.UNCERTAIN


@pytest.mark.parametrize(
    ("row", "value", "state"),
    [
        ("（2025）粤0899刑初214号法援通", "（2025）粤0899刑初214号法援通", State.FOUND),
        ("（2024）粤0798刑医1号通", "（2024）粤0798刑医1号通", State.FOUND),
        ("（2024）粤0803刑初12号之一", "（2024）粤0803刑初12号之一", State.FOUND),
        ("（2024）粤0803刑初12号", "（2024）粤0803刑初12号", State.FOUND),
        ("（2024）粤0803刑初12号通知书", "（2024）粤0803刑初12号", State.FOUND),
        ("（2024）粤0803刑初12号，被告人陈志强", "（2024）粤0803刑初12号", State.FOUND),
        ("（2024）粤0803刑初12号注洪", "（2024）粤0803刑初12号", State.UNCERTAIN),
    ],
)
def test_the_tail_of_a_courts_number_belongs_to_it(row: str, value: str, state: State) -> None:
    """What ends the number's line is part of it if such numbers end so; words nobody knows make it a question."""
    body = [row, "湛江市霞山区法律援助处：", "被告人陈志强没有委托辩护人，请指派律师为其辩护。", "2024年3月1日"]
    notice = catalogue([page(1, ["湛江市霞山区人民法院", "通知辩护公函"], body)]).documents[0]
    own = notice.fields["number"]
    assert (own.value, own.state) == (value, state)


GUARDIANS = next("44080319740317033" + last for last in "0123456789X" if check_digit_fits("44080319740317033" + last))


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("陈建国", GUARDIANS, "agent_identity"),
        ("陈志宏", GUARDIANS, "agent_identity"),
        ("陈志强", ID_NUMBER, "identity_document"),
        ("陈志弹", ID_NUMBER, "identity_document"),
    ],
    ids=["another", "a brother's name", "the recipient", "the recipient misread"],
)
def test_whose_card_it_is_where_its_label_was_read_as_two_lines(name: str, number: str, expected: str) -> None:
    """The label 姓名 is set wide on a card; the name behind it, or the number, tells the recipient's from his guardian's."""
    card = page(
        3,
        None,
        [["姓", f"名{name}"], ["性", "别男民族汉"], "1974年3月17日", f"公民身份号码{number}", "中华人民共和国", "居民身份证", "签发机关湛江市公安局"],
    )  # fmt: skip
    mandated = page(4, "授权委托书", [f"委托人:陈志强 公民身份号码:{ID_NUMBER}", "受委托人:李明", "2024年3月6日"])
    applied = page(
        5, "法律援助申请表", [["姓名", "陈志强"], ["身份证号码", ID_NUMBER], "申请事项:涉嫌盗窃罪一案", "2024年3月1日"]
    )
    volume = catalogue([assignment(1), closing(2), card, mandated, applied])
    assert [entry.type for entry in volume.documents if entry.first_page == 3] == [expected]
    assert volume.fields["recipient_id_number"].value == ID_NUMBER


def test_a_case_about_compulsory_treatment_is_called_so() -> None:
    """No charge and no dispute: what the forms name, and not the word that every notice prints among its grounds."""
    notice = page(
        1,
        ["湛江市霞山区人民法院", "通知代理公函"],
        ["湛江市霞山区法律援助处：", "本院办理的陈志强强制医疗一案，被申请人陈志强没有委托诉讼代理人。", "□强制医疗案件的被申请人或者被告人"],
    )  # fmt: skip
    form = page(2, "法律援助案件结案报告表", [["案由", "强制医疗"], ["受援人", "陈志强"], ["承办人", "李明"]])
    cause = catalogue([notice, form]).fields["cause"]
    assert (cause.value, cause.state) == ("强制医疗", State.FOUND)


def test_a_ground_that_a_notice_prints_to_be_ticked_is_no_cause() -> None:
    """The same word on a notice about a theft says nothing of the case."""
    body = [
        "湛江市霞山区法律援助处：",
        "本院办理的陈志强涉嫌盗窃罪一案，被告人没有委托辩护人。",
        "□强制医疗案件的被申请人或者被告人",
    ]
    notice = page(1, ["湛江市霞山区人民法院", "通知辩护公函"], body)
    assert catalogue([notice]).documents[0].fields["cause"].value == "盗窃罪"


def test_a_form_tells_its_own_number_beside_the_cases() -> None:
    """`文书编号` is the notice's own number, `案件编号` the case's."""
    rows = [["文书编号", "浦法援指〔2025〕行9号", "案件编号", "浦法援〔2025〕行字第9号"], ["承办人员", "佟一鸣"]]
    fields = catalogue([page(1, "法律援助指派通知书", rows)]).documents[0].fields
    assert fields["number"].value == "浦法援指〔2025〕行9号"
    assert fields["case_number"].value == "浦法援〔2025〕行字第9号"


def test_a_charge_ends_where_the_next_label_begins() -> None:
    """`申请事项（案由）：掩饰.隐瞒犯罪所得罪申请形式：刑事辩护` was read as one line, its enumeration comma as a dot."""
    body = ["申请事项（案由）：掩饰.隐瞒犯罪所得罪申请形式：刑事辩护", "申请人：麦锦源"]
    assert catalogue([page(1, "法律援助申请表", body)]).documents[0].fields["cause"].value == "掩饰、隐瞒犯罪所得罪"


def test_a_number_of_enforcement_beside_the_judgments_is_a_question() -> None:
    """The judgment, named again and again, may be what the case is to carry out."""
    judgment = page(
        1, ["岭州市中级人民法院", "民事判决书"], ["（2024）粤0297民初1640号", "原告：陈小明。", "判决如下："]
    )
    proof = page(2, "生效证明", ["本院（2024）粤0297民初1640号民事判决书已于2025年1月6日发生法律效力。"])
    taken = page(
        3, ["岭州市云浦区人民法院", "受理案件通知书"], ["（2025）粤0297执356号", "陈小明：你申请执行一案，本院已立案。"]
    )
    assert catalogue([judgment, proof]).fields["organ_case_number"].value == "（2024）粤0297民初1640号"
    assert catalogue([judgment, proof, taken]).fields["organ_case_number"].state is State.UNCERTAIN
