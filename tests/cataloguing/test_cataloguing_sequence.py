"""The volume as a sequence: where papers begin, where they go on, what belongs to none."""

from __future__ import annotations

import pytest
from cataloguing_pages import LETTER, line, page, raw_page, title

from pipeline.cataloguing import catalogue, explain
from schemas.base import State
from schemas.reading import PageKind
from schemas.volume import Page, Volume

MEETING = [
    "会见时间：2024年3月8日9时至10时",
    "会见地点：湛江市第一看守所",
    "会见人：李明",
    "被会见人：陈志强",
    "问：你是否同意我们为你辩护？",
    "答：同意。",
]
ANSWERS = [
    "问：当时你在做什么？",
    "答：我在商场里，拿了一部手机。",
    "问：还有别人吗？",
    "答：没有，就我一个人。",
    "问：赃物在哪里？",
    "答：卖了，钱花掉了",
]


def kinds(volume: Volume) -> list[tuple[str, int, int]]:
    return [(document.type, document.first_page, document.last_page) for document in volume.documents]


def test_a_record_goes_on_over_its_pages() -> None:
    """Pages of questions and answers without a title belong to the record before."""
    volume = catalogue(
        [
            page(1, "会见笔录", MEETING),
            page(2, None, ANSWERS),
            page(3, None, [*ANSWERS[2:], "以上笔录我看过，与我说的一致。", "2024年3月8日"]),
        ]
    )
    assert kinds(volume) == [("meeting_record", 1, 3)]
    assert all(entry.certain for entry in volume.pages)


def test_a_record_whose_speakers_are_called_by_surname_goes_on() -> None:
    """The second page speaks of contracts and wages, as a list of evidence does; the same two people speak."""
    opening = [
        "谈话人：甄思朗  记录人：阮小满",
        "甄:欠了哪几个月的工资？",
        "韦:三月和四月的。",
        "甄:有没有欠条？",
        "韦:有，老板写的。",
    ]
    further = [
        "甄:除了欠条还有什么证据?",
        "韦:劳动合同、考勤表、微信聊天记录、银行流水、工牌。",
        "甄:仲裁请求确定为支付拖欠工资，是否同意?",
        "韦:同意。",
        "以上笔录我看过，和我讲的一样。",
    ]
    volume = catalogue([page(1, "谈话笔录", opening), page(2, None, further)])
    assert kinds(volume) == [("interview_record", 1, 2)]


def test_a_second_title_begins_a_second_record() -> None:
    """Two records in a row are two papers."""
    volume = catalogue(
        [
            page(1, "会见笔录", MEETING),
            page(2, None, ANSWERS),
            page(3, "会见笔录（第二次）", MEETING),
            page(4, None, ANSWERS),
        ]
    )
    assert kinds(volume) == [("meeting_record", 1, 2), ("meeting_record", 3, 4)]


def test_a_running_head_does_not_begin_a_record() -> None:
    """A form that prints its title on every sheet goes on where the opening entries are not repeated."""
    volume = catalogue([page(1, "会见笔录", [*MEETING, "第1页共2页"]), page(2, "会见笔录", [*ANSWERS, "第2页共2页"])])
    assert kinds(volume) == [("meeting_record", 1, 2)]


def test_a_blank_back_belongs_to_nothing_and_breaks_nothing() -> None:
    """A blank page between two pages of a record leaves the record whole."""
    volume = catalogue([page(1, "会见笔录", MEETING), raw_page(2, kind=PageKind.BLANK), page(3, None, ANSWERS)])
    assert kinds(volume) == [("meeting_record", 1, 3)]
    assert volume.pages[1].document is None
    assert volume.pages[1].certain
    assert volume.pages[1].candidates == ()


def test_a_black_page_has_no_alibi() -> None:
    """What cannot be read is never certain."""
    volume = catalogue(
        [
            page(1, "授权委托书", ["委托人：陈志强", "受委托人：李明", "代理权限：一般代理"]),
            raw_page(2, kind=PageKind.BLACK),
            raw_page(3, kind=PageKind.UNREADABLE),
        ]
    )
    assert [entry.certain for entry in volume.pages] == [True, False, False]
    assert [entry.document for entry in volume.pages[1:]] == [None, None]


def test_evidence_follows_its_list() -> None:
    """Contracts, pay slips and screenshots after an evidence list are evidence, a paper for each title."""
    volume = catalogue(
        [
            page(
                1,
                "证据目录",
                [["序号", "证据名称", "证明目的", "页数"], ["1", "劳动合同", "劳动关系", "2"], "提交人：李明"],
            ),
            page(2, "劳动合同书", ["甲方（用人单位）：某某公司", "乙方（劳动者）：陈志强", "劳动报酬：每月五千元"]),
            page(3, "工资表", [["姓名", "应发工资", "实发工资"], ["陈志强", "5000", "4800"]]),
            page(4, "代理词", ["尊敬的仲裁员：", "代理人认为，被申请人应当支付工资。", "综上所述，恳请采纳。"]),
        ]
    )
    assert [document.type for document in volume.documents] == [
        "evidence",
        "evidence",
        "evidence",
        "advocacy_statement",
    ]
    assert [entry.certain for entry in volume.pages] == [True] * 4


def test_a_judgment_runs_to_its_signatures() -> None:
    """The last sheet of a judgment carries no title and still belongs to it."""
    volume = catalogue(
        [
            page(
                1,
                ["湛江市霞山区人民法院", "刑事判决书"],
                [
                    "（2024）粤0803刑初123号",
                    "公诉机关湛江市霞山区人民检察院。",
                    "被告人陈志强，男，1990年出生，因涉嫌盗窃罪被羁押",
                    "辩护人李明，广东某某律师事务所律师，由法律援助机构指派，本案公开开庭审理",
                ],
            ),
            page(
                2,
                None,
                [
                    "终结。经审理查明，被告人盗窃手机一部。本院认为，被告人的行为已构成盗窃罪。判决如下：",
                    "如不服本判决，可在接到判决书的第二日起十日内上诉",
                ],
            ),
            page(3, None, ["审判员王某", "二〇二四年五月十日", "本件与原本核对无异", "书记员赵某"]),
            page(
                4, "结案报告表", ["援助形式：刑事辩护", "承办结果：部分采纳", "结案日期：2024年5月16日", "承办人签名："]
            ),
        ]
    )
    assert kinds(volume) == [("outcome_document", 1, 3), ("closing_report", 4, 4)]


def test_no_pages_make_an_empty_volume() -> None:
    """A volume without pages is empty, not an error."""
    volume = catalogue([])
    assert volume.pages == ()
    assert volume.documents == ()


def test_a_page_of_foreign_text_has_an_alibi() -> None:
    """A full page that was read well and knows no word of any paper is surely none of the vocabulary."""
    volume = catalogue([page(1, None, [LETTER[:36]] * 12)])
    assert volume.documents[0].type == "other"
    assert volume.pages[0].certain


def test_a_poor_scan_is_not_certain_without_its_title() -> None:
    """A low-quality page whose title was lost stays open."""
    lines = [line("问：…答：", 0.1, score=0.62), line("…在看守所…", 0.2, score=0.6)]
    volume = catalogue([raw_page(1, lines, low_quality=True, quality=0.6)])
    assert not volume.pages[0].certain


@pytest.mark.parametrize(
    ("words", "certain"),
    [
        (["受援人", "承办人", "序号", "时间", "方式", "主要内容", "接受指派，领取案件材料", "向受援人通报案件进展", "承办人签名："], True),
        (["一", "二", "三", "四", "五", "六"], False),
    ],
)  # fmt: skip
def test_a_form_filled_in_by_hand_is_known_by_its_title_and_its_words(words: list[str], certain: bool) -> None:
    """A title in small print, not quite where titles stand, is enough where the form's words tell of the same paper."""
    lines = [line("24", 0.03, left=0.9), line("案件承办情况通报记录", 0.07, left=0.36)]
    lines += [line(word, 0.13 + 0.03 * at) for at, word in enumerate(words)]
    volume = catalogue([raw_page(1, lines, kind=PageKind.HANDWRITTEN, quality=0.95)])
    assert volume.documents[0].type == "progress_record"
    assert volume.pages[0].certain is certain


def test_half_a_title_names_its_candidates() -> None:
    """A title that many papers share leaves the page open, with the papers that it could be."""
    volume = catalogue([page(1, "告知书", ["有关事项告知如下：", LETTER[:30]])])
    entry = volume.pages[0]
    assert not entry.certain or len(entry.candidates) > 1


def test_explain_says_why_in_chinese() -> None:
    """Each page's reasons name its title or what stands in it."""
    volume = catalogue([page(1, "会见笔录", MEETING), page(2, None, ANSWERS)])
    assert "标题为“会见笔录”" in explain(volume, 1)
    assert "承接上页" in explain(volume, 2)


def _contents_page(number: int) -> Page:
    return raw_page(
        number, [title("卷内目录"), *(line(f"{i} 材料{i} {i}", 0.1 + 0.03 * i) for i in range(1, 20))], quality=0.98
    )


def test_papers_keep_their_place() -> None:
    """Documents are numbered in page order and every page points to its own."""
    volume = catalogue(
        [_contents_page(1), page(2, "授权委托书", ["委托人：陈志强", "受委托人：李明", "代理权限：一般代理"])]
    )
    assert [entry.document for entry in volume.pages] == [0, 1]
    assert volume.documents[1].state is State.FOUND


@pytest.mark.parametrize(
    ("rows", "certain"),
    [
        (["上诉人（签名）：陈", "2024.2.6"], True),
        (["上诉人", "陈志"], False),
    ],
    ids=["signed by its own party", "no signature"],
)
def test_a_last_page_that_is_only_signed_belongs_to_the_paper_of_who_signs(rows: list[str], certain: bool) -> None:
    """Nothing but a signature and a day: whose it is tells which paper ends there."""
    appeal = page(
        1,
        "刑事上诉状",
        ["上诉人：陈志强，男，1990年3月7日出生。", "上诉请求：", "一、请求撤销原审判决，依法改判；", "事实与理由：", "上诉人不服湛江市霞山区人民法院作出的一审判决，现提出上诉。", "原审判决量刑过重，请求从轻处罚。"],
    )  # fmt: skip
    notice = page(3, ["湛江市中级人民法院", "受理案件通知书"], ["（2024）粤08刑终53号", "陈志强：", "你的上诉状已收到，本院决定立案受理。", "二〇二四年三月一日"])  # fmt: skip
    volume = catalogue([appeal, page(2, None, rows), notice])
    belongs = kinds(volume)[0] == ("appeal_petition", 1, 2)
    assert (belongs and volume.pages[1].certain) is certain
