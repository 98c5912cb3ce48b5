"""The coercive measure: detention, release on bail, and which of them came last."""

from __future__ import annotations

import pytest
from cataloguing_pages import page, tick

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.case import Fact
from schemas.volume import Page

LETTER = page(
    1,
    ["湛江市霞山区法律援助处", "指派通知书"],
    ["广东渔光律师事务所：", "本处决定对陈志强涉嫌盗窃罪一案（一审阶段）提供法律援助，现指派你所李明律师担任辩护人。", "2024年3月5日"],
)  # fmt: skip


def charge(number: int, told: str, before: str = "") -> Page:
    return page(
        number,
        ["湛江市霞山区人民检察院", "起诉书"],
        [
            "霞检刑诉〔2024〕12号",
            *([before] if before else []),
            f"被告人陈志强，男，1990年3月7日出生，住湛江市霞山区。{told}",
            "本案由湛江市公安局侦查终结，以被告人陈志强涉嫌盗窃罪移送审查起诉。",
            "2024年2月20日",
        ],
    )


def decision(number: int, title: str, told: str, date: str) -> Page:
    return page(number, ["湛江市公安局", title], ["湛公〔2024〕8号", f"陈志强：{told}", "湛江市公安局", date])


MEETING = page(
    9, "会见笔录", ["会见地点：湛江市第一看守所", "被会见人：陈志强", "会见人：李明", "问：你好。", "2024年3月7日"]
)
DETENTION = decision(7, "拘留通知书", "因涉嫌盗窃罪被依法刑事拘留，现羁押于湛江市第一看守所。", "2024年1月2日")
BAIL = decision(8, "取保候审决定书", "因涉嫌盗窃罪，决定对其取保候审，期限从即日起算。", "2024年3月9日")
UNDATED_BAIL = decision(8, "取保候审决定书", "因涉嫌盗窃罪，决定对其取保候审，期限从即日起算。", "")


def custody(*pages: Page) -> Fact:
    numbered = [entry.model_copy(update={"number": number}) for number, entry in enumerate(pages, start=1)]
    return catalogue(numbered).facts.facts["custody"]


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("因涉嫌盗窃罪于2024年1月2日被刑事拘留，同年1月15日经批准逮捕，现羁押于湛江市第一看守所。", "detained"),
        ("因涉嫌盗窃罪于2024年1月2日被刑事拘留，同年1月15日被取保候审。", "bail"),
        ("因涉嫌盗窃罪于2024年1月2日被取保候审，同年2月15日被依法逮捕。", "detained"),
        ("因涉嫌盗窃罪于2024年1月2日被刑事拘留，同年2月1日被监视居住。", "residential"),
    ],
)
def test_the_last_measure_that_the_charge_tells_counts(told: str, value: str) -> None:
    """Measures follow one another in the particulars."""
    found = custody(LETTER, charge(2, told))
    assert (found.value, found.state) == (value, State.FOUND)


def test_the_measures_of_another_accused_say_nothing() -> None:
    """A charge against two tells both persons' measures in the same words."""
    other = "被告人王大力，男，1988年5月2日出生。2024年1月2日被逮捕，现羁押于湛江市第一看守所。"
    found = custody(LETTER, charge(2, "2024年1月2日被取保候审。", before=other))
    assert (found.value, found.state) == ("bail", State.FOUND)


def test_a_release_after_the_detention_ends_it() -> None:
    """The decisions on file are dated, and the release is the later one, whatever an earlier meeting says."""
    found = custody(LETTER, DETENTION, BAIL, MEETING)
    assert (found.value, found.state) == ("bail", State.FOUND)


def test_a_release_without_a_date_leaves_it_open() -> None:
    """Nobody can say which came last: both stay possible."""
    found = custody(LETTER, DETENTION, UNDATED_BAIL, MEETING)
    assert found.state is State.UNCERTAIN
    assert {found.value, *found.rivals} == {"detained", "bail"}


@pytest.mark.parametrize(
    ("more", "value"),
    [
        (page(2, "承办情况通报/报告记录", ["承办人：李明", "2024年3月7日 到湛江市第一看守所会见受援人，了解案情", "承办人签名：李明"]), "detained"),
        (page(2, ["湛江市霞山区法律援助处", "法律援助会见介绍信"], ["湛江市第一看守所：", "兹介绍李明律师前往你所会见陈志强。", "2024年3月6日"]), "detained"),
        (page(2, "法律援助申请表", ["姓名：陈志强", "申请事项：涉嫌盗窃罪", "□在押 ☑取保候审", "2024年3月1日"], tick_boxes=(tick("取保候审"),)), "bail"),
        (page(2, "法律援助申请表", ["姓名：陈志强", "申请事项：涉嫌盗窃罪", "☑在押 □取保候审", "2024年3月1日"], tick_boxes=(tick("在押"),)), "detained"),
    ],
    ids=["met in a detention house", "a letter to it", "ticked bail", "ticked custody"],
)  # fmt: skip
def test_other_papers_tell_of_custody_too(more: Page, value: str) -> None:
    """The record of the work, a letter to the detention house, a ticked box."""
    assert custody(LETTER, more).value == value


def test_a_motion_for_bail_is_no_bail() -> None:
    """What the lawyer asks for has not been granted."""
    motion = page(
        3, "取保候审申请书", ["申请人：李明", "申请事项：对犯罪嫌疑人陈志强变更强制措施为取保候审", "2024年3月8日"]
    )
    found = custody(LETTER, DETENTION, MEETING, motion)
    assert (found.value, found.state) == ("detained", State.FOUND)


def test_outside_criminal_defence_nobody_is_in_custody() -> None:
    """A civil claim has no coercive measure."""
    civil = page(
        1,
        "民事起诉状",
        ["原告：陈志强，男，1990年3月7日出生。", "被告：某公司", "诉讼请求：判令被告支付劳动报酬。", "2024年3月8日"],
    )
    judged = page(2, ["湛江市霞山区人民法院", "民事判决书"], ["（2024）粤0803民初12号", "原告：陈志强。被告：某公司。", "判决如下：被告支付原告劳动报酬。", "审判长 王某", "2024年5月8日"])  # fmt: skip
    assert custody(civil, judged).value == "none"
