"""Papers that take more than a title: lists, chats, contracts, shared titles, later pages."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page, raw_page, tick

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.case import Kind, Origin, Stage
from schemas.reading import PageKind
from schemas.volume import Page, Volume


def types(volume: Volume) -> list[str]:
    return [document.type for document in volume.documents]


TALK = [
    "时间：2024年3月18日15时",
    "地点：广东渔光律师事务所接待室",
    ["询问人：李明", "记录人：王芳"],
    "被询问人：陈志强",
    "问：你是否同意由我代理？",
    "答：同意。",
]


def test_the_last_sheet_of_a_contents_list_is_no_paper_of_its_own() -> None:
    """One entry alone on a sheet belongs to the list before it."""
    first = page(1, "卷内目录", [["序号", "文书名称", "页码"], ["1", "指派通知书", "1"], ["2", "授权委托书", "2"]])
    volume = catalogue([first, page(2, None, [["30", "受援人回访记录表", "36"]])])
    assert set(types(volume)) == {"contents_list"}
    assert all(entry.certain for entry in volume.pages)


def test_a_list_with_more_columns_is_a_contents_list() -> None:
    """Numbers, bodies and dates between the running number and the page do not hide the titles."""
    rows = [
        ["1", "粤援指〔2024〕12号", "湛江市法律援助处", "指派通知书", "3"],
        ["2", "", "陈志强", "授权委托书", "4"],
    ]
    assert types(catalogue([page(1, None, rows)])) == ["contents_list"]


def test_a_chat_is_evidence() -> None:
    """Times of day between short messages are those of a messenger."""
    chat = page(
        2,
        None,
        ["老板最近资金紧，再等等", "2024年4月17日晚上11:12", "等了半年了", "2024年4月18日上午9:19", "那你写个条"],
    )
    assert types(catalogue([page(1, "证据目录", ["证据名称 证明内容"]), chat]))[-1] == "evidence"


def test_an_unknown_contract_is_evidence() -> None:
    """A contract between parties that no form names is a paper of the dispute."""
    contract = page(
        1, "劳务分包协议", ["甲方：湛江市宏基工程有限公司", "乙方：陈志强", "合同价款按实际结算，工程金额另计。"]
    )
    assert types(catalogue([contract])) == ["evidence"]


def test_a_shared_title_is_named_by_the_sort_of_case() -> None:
    """The same title is a talk in a civil case and a meeting in a criminal one."""
    record = page(1, "会见当事人谈话笔录", TALK)
    assert types(catalogue([record, page(2, "民事起诉状", ["原告：陈志强", "诉讼请求：一、判令支付工资"])]))[0] == (
        "interview_record"
    )


def test_the_second_page_of_a_judgment_stays_with_it() -> None:
    """The evidence that a judgment tells of does not make evidence of its page."""
    first = page(1, ["湛江市劳动人事争议仲裁委员会", "仲裁裁决书"], ["申请人陈志强，男", "本案现已审理终结。"] * 4)
    second = page(
        2,
        None,
        [
            "申请人提交了证据：劳动合同书、工资表、微信聊天记录、银行流水。",
            "经审理查明：申请人在被申请人处工作，双方签订书面劳动合同。",
            "本委认为，被申请人应当支付。裁决如下：",
            "如不服本裁决，可自收到裁决书之日起十五日内向人民法院提起诉讼。",
        ],
    )
    assert types(catalogue([first, second])) == ["outcome_document"]


def duty_file() -> list[Page]:
    notice = page(
        1,
        ["湛江市霞山区人民检察院", "值班律师提供法律帮助通知书"],
        [
            "湛江市霞山区法律援助处：",
            "犯罪嫌疑人陈志强没有委托辩护人，请安排值班律师为其提供法律帮助。",
            "2024年2月6日",
        ],
    )
    register = page(
        2,
        "值班律师提供法律帮助情况登记表",
        [["受援人", "陈志强"], ["阶段", "审查起诉"], ["帮助内容", "法律咨询 见证认罪认罚具结书签署"], "值班律师：李明"],
    )
    return [notice, register]


def test_duty_help_is_told_from_witnessing_a_plea() -> None:
    """An option that nobody ticked says nothing; kind, origin and stage follow from the notice and the register."""
    facts = catalogue(duty_file()).facts.facts
    assert [facts[name].value for name in ("kind", "origin", "stage")] == [
        Kind.DUTY_HELP, Origin.NOTIFIED, Stage.PROSECUTION,
    ]  # fmt: skip
    assert facts["kind"].state is State.FOUND


def test_a_judgment_outweighs_a_box_that_seems_ticked() -> None:
    """A case that ended by judgment was not settled, whatever a box on the form looks like."""
    judgment = page(
        1, ["湛江市霞山区人民法院", "民事判决书"], ["原告陈志强", "本院认为", "判决如下：", "一、支付工资。"]
    )
    report = page(
        2,
        "结案报告表",
        [["承办结果", "判决 调解"], "援助形式：民事诉讼代理"],
        tick_boxes=(tick("判决/裁决结案"), tick("调解")),
    )
    settled = catalogue([judgment, report]).facts.facts["settled"]
    assert (settled.value, settled.state) == (False, State.FOUND)


def test_a_choice_whose_box_stands_at_the_end_of_the_line_before_is_no_result() -> None:
    """What stands beside the row's label is one of the printed choices, and the award may have lost its last page."""
    body = [
        "援助形式：劳动争议仲裁代理",
        ["", "民事、行政案件：☑判决/裁决结案（□胜诉 □败诉） □调解 □"],
        ["承办结果", "和解 □撤诉"],
    ]
    rows = page(1, "结案报告表", body).reading.lines
    unticked = tuple(
        tick(label, State.MISSING).model_copy(
            update={"box": (line.box[0] + 0.05, line.box[1], line.box[2], line.box[3])}
        )
        for line in rows
        for label in ("胜诉", "败诉", "调解", "撤诉")
        if label in line.text
    )
    report = page(1, "结案报告表", body, tick_boxes=unticked)
    facts = catalogue([report]).facts.facts
    assert facts["settled"].value is not True
    assert facts["withdrawn"].value is not True


def test_a_result_that_is_written_out_counts() -> None:
    """A form without boxes says how the case ended in words."""
    report = page(1, "结案报告表", ["援助形式：民事诉讼代理", ["结案方式：", "调解"]])
    assert catalogue([report]).facts.facts["settled"].value is True


def test_a_list_numbered_in_words_is_a_contents_list() -> None:
    """An office that writes letters numbers its list as their heads: `(一)  法律援助申请书  第1页`."""
    titles = ["法律援助申请书", "身份证明", "法律援助审查意见书", "给予法律援助决定书", "送达签收函", "指派函"]
    numbers = "一二三四五六"
    rows = [
        [f"（{number}）", title, f"第{at}页"] for at, (number, title) in enumerate(zip(numbers, titles, strict=True), 1)
    ]
    assert types(catalogue([page(1, "目录", rows)])) == ["contents_list"]
    assert types(catalogue([page(1, "目录", ["".join(row) for row in rows])])) == ["contents_list"]


def test_an_opinion_on_an_application_is_its_approval() -> None:
    """`法律援助审查意见书` is the office's form of approval, not the check of a closed file."""
    body = [
        "受援人：蓝秋菊；案由：离婚纠纷。",
        "基本情况",
        "申请人蓝秋菊家庭人均月收入600元。",
        "审查意见",
        "属法律援助范围，建议给予援助。",
        "审批意见",
        "同意援助。",
        "负责人：盘永安  2025年3月5日",
    ]
    assert types(catalogue([page(1, "法律援助审查意见书", body)])) == ["approval_form"]


def test_a_known_title_at_the_left_beats_what_the_form_is_filled_with() -> None:
    """A form printed by a system has its title over the table's left end; a cell names an allowance."""
    cells = [
        ["案件编号", "浦法援〔2025〕行字第9号"],
        ["受援人", "万桂香", "案由", "停发最低生活保障金"],
        ["审查意见", "申请人系无固定生活来源的老年人，免予核查。"],
        ["审批意见", "同意援助。"],
    ]
    assert types(catalogue([page(1, None, ["法律援助事项审查表", *cells])])) == ["approval_form"]


def test_a_decision_to_stop_an_allowance_is_what_the_case_is_about() -> None:
    """The decision names the allowance as a card of it does, and takes it away."""
    body = [
        "万桂香：",
        "经信息比对，你家庭经济状况不再符合《广东省最低生活保障办法》规定的条件。我局决定停发最低生活保障金。",
        "如不服本决定，可自收到之日起六十日内申请行政复议。",
        "浦阳县民政局",
        "2024年11月28日",
    ]
    assert types(catalogue([page(1, ["浦阳县民政局", "停发最低生活保障金决定书"], body)])) == ["case_basis"]


def test_a_certificate_of_a_worker_away_from_home_exempts() -> None:
    """`证明` says nothing of itself: that someone works away from home spares the check of means."""
    body = ["兹证明施阿福系我居委会辖区内外来务工人员，农业户口。", "滨海社区居民委员会", "2025年3月14日"]
    assert types(catalogue([page(1, "证明", body)])) == ["means_exemption"]


def test_a_letter_to_a_court_is_the_offices_or_the_firms_by_who_wrote_it() -> None:
    """`法律援助出庭函` is a title of both: the office assigns a firm's lawyer, the firm takes the assignment."""
    office = ["罗岭县人民法院:", "关于龙世荣盗窃罪一案,我单位指派广东岭罗律师事务所隋国安律师为其辩护人,请接洽。",
              "此致", "罗岭县法律援助处", "2023年10月11日"]  # fmt: skip
    firm = ["罗岭县人民法院:", "本所接受罗岭县法律援助处指派,现指派我所律师隋国安担任龙世荣的辩护人。",
            "特此函告", "广东岭罗律师事务所", "2023年10月11日"]  # fmt: skip
    told = [catalogue([page(1, "法律援助出庭函", lines)]).documents[0].type for lines in (office, firm)]
    assert told == ["official_letter", "firm_letter"]


def test_a_traditional_glyph_is_the_same_word() -> None:
    """Some faces print 談話 for 谈话."""
    (record,) = catalogue([page(1, "受援人談話記录", ["问:你有什么诉求?", "答:补工资。", "受援人:陈小明"])]).documents
    assert (record.type, record.state) == ("interview_record", State.FOUND)


@pytest.mark.parametrize(("quality", "certain"), [(0.97, True), (0.88, False)])
def test_a_record_by_pen_goes_on_where_it_was_read_well(quality: float, certain: bool) -> None:
    """Its second page has questions and answers and nothing like a title."""
    told = ["问:社保有没有交?", "答:2019年以后才交。", "问:你的诉讼请求是什么?", "答:补工资,赔偿金按八年算。"]
    first = page(1, "询问笔录", ["询问人:李海燕", "被询问人:陈小明", *told])
    lines = [line(text, 0.1 + 0.04 * at, pen=True, score=quality) for at, text in enumerate(told)]
    second = raw_page(2, [*lines, line("被询问人签名:", 0.5)], kind=PageKind.HANDWRITTEN, quality=quality)
    volume = catalogue([first, second])
    assert (volume.pages[1].document, volume.pages[1].certain) == (0, certain)


def test_a_number_is_the_papers_own_where_its_label_says_so() -> None:
    """`通知书编号` stands beside `案件编号` in one row of a system's form."""
    rows = [["通知书编号", "云屏法援指〔2025〕0037号", "案件编号", "云屏法援刑〔2025〕0037号"], ["承办人员", "褚明岚"]]
    (notice,) = catalogue([page(1, "指派通知书", [*rows, "受援人:蒙小川"])]).documents
    assert notice.fields["number"].value == "云屏法援指〔2025〕0037号"
    assert notice.fields["case_number"].value == "云屏法援刑〔2025〕0037号"


def test_a_sheet_with_the_firm_and_an_empty_date_ends_the_paper_before() -> None:
    """The last page of a speech has nothing but who signs it and the place for the day."""
    speech = page(1, "辩护词", ["审判长、审判员:", "广东明屿律师事务所接受指派,担任被告人陈小明的辩护人,发表如下辩护意见:",
                              "一、被告人认罪认罚,依法可以从宽处理。", "综上所述,恳请合议庭采纳上述意见,"])  # fmt: skip
    volume = catalogue([speech, raw_page(2, [line("17", 0.03), line("广东明屿律师事务所", 0.09, left=0.66), line("年月日", 0.12, left=0.7)])])  # fmt: skip
    assert (volume.pages[1].document, volume.pages[1].certain) == (0, True)


@pytest.mark.parametrize("read", ["赡养费纠纷", "赡养/费纠纷"])
def test_a_pens_stroke_is_no_part_of_a_cause(read: str) -> None:
    """A stroke between two letters is read as one of its own."""
    (report,) = catalogue([page(1, "结案报告表", [f"案由:{read}", "承办人:李海燕", "受援人:陈小明"])]).documents
    assert report.fields["cause"].value == "赡养费纠纷"
