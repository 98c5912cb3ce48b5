"""Kind, stage and origin of every sort of file, told from a few of its papers alone."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.case import Fact, KnownCase
from schemas.reading import TickBox
from schemas.volume import Page

Told = tuple[str, ...]
ASSIGNED = "请于收到本通知书之日起五日内与受援人签订委托协议。特此通知"


def _papers(*papers: Told) -> list[Page]:
    """Each paper: its title, then its lines."""
    return [page(number, title, lines) for number, (title, *lines) in enumerate(papers, 1)]


APPLICATION: Told = ("法律援助申请表", "申请人：陈志强", "申请事项：详见附件", "申请人保证以上情况属实")
GRANT: Told = ("给予法律援助决定书", "陈志强：", "经审查，你的申请符合规定，决定给予法律援助。特此通知")

FILES: dict[str, tuple[str, str | None, str | None, list[Told]]] = {
    "labour arbitration": ("labour_arbitration", None, "applied", [
        APPLICATION, GRANT,
        ("指派通知书", "广东渔光律师事务所：", "陈志强劳动争议仲裁一案，现指派你单位承办。", ASSIGNED),
        ("劳动人事争议仲裁申请书", "申请人：陈志强", "被申请人：某某公司", "仲裁请求：支付工资", "此致劳动人事争议仲裁委员会"),
        ("仲裁裁决书", "湛劳人仲案字〔2024〕77号", "本委认为，裁决如下：", "首席仲裁员 王某"),
    ]),
    "civil, first instance": ("civil", "trial_first", "applied", [
        APPLICATION, GRANT,
        ("民事起诉状", "原告：陈志强", "被告：某某公司", "诉讼请求：支付赔偿款", "事实与理由：略", "此致湛江市霞山区人民法院"),
        ("民事判决书", "（2024）粤0803民初15号", "原告陈志强", "审理终结", "判决如下：", "如不服本判决，可以上诉"),
    ]),
    "civil, second instance": ("civil", "trial_second", "applied", [
        APPLICATION,
        ("民事上诉状", "上诉人：陈志强", "不服一审判决", "上诉请求：撤销原判", "此致湛江市中级人民法院"),
        ("民事判决书", "（2024）粤08民终150号", "上诉人陈志强", "审理终结", "判决如下：", "本判决为终审判决"),
    ]),
    "administrative": ("administrative", "trial_first", "applied", [
        APPLICATION, GRANT,
        ("行政起诉状", "原告：陈志强", "被告：某某局", "诉讼请求：撤销行政行为", "事实与理由：略", "此致湛江市霞山区人民法院"),
        ("行政判决书", "（2024）粤0803行初5号", "原告陈志强", "审理终结", "判决如下：", "如不服本判决，可以上诉"),
    ]),
    "reconsideration": ("administrative_reconsideration", None, "applied", [
        APPLICATION,
        ("行政复议申请书", "申请人：陈志强", "被申请人：某某局", "行政复议请求：撤销行政行为", "事实和理由：略"),
        ("行政复议决定书", "湛府行复〔2024〕12号", "申请人陈志强", "审理查明", "决定如下："),
    ]),
    "enforcement": ("enforcement", None, "applied", [
        APPLICATION,
        ("指派通知书", "广东渔光律师事务所：", "陈志强申请执行一案，现指派你单位代理执行阶段事务。", ASSIGNED),
        ("强制执行申请书", "申请执行人：陈志强", "被执行人：某某公司", "申请事项：强制执行判决", "此致湛江市霞山区人民法院"),
        ("执行裁定书", "（2024）粤0803执123号", "裁定如下：", "终结本次执行程序"),
    ]),
    "no litigation": ("non_litigation", None, "applied", [
        APPLICATION,
        ("指派通知书", "广东渔光律师事务所：", "陈志强非诉讼调解一案，现指派你单位承办非诉讼法律事务。", ASSIGNED),
        ("人民调解协议书", "甲方：陈志强", "乙方：某某公司", "双方自愿达成如下协议", "调解员：王某"),
        ("结案报告表", "援助形式：非诉讼代理", "受援人：陈志强", "承办结果：调解", "结案日期：2024年6月5日"),
    ]),
    "duty help": ("duty_help", "prosecution", "notified", [
        ("值班律师提供法律帮助通知书", "湛江市霞山区法律援助处：", "犯罪嫌疑人陈志强涉嫌盗窃罪，没有委托辩护人，请安排值班律师提供法律帮助。", "湛江市霞山区人民检察院"),
        ("值班律师提供法律帮助情况登记表", "犯罪嫌疑人：陈志强", "值班律师：李明", "帮助内容：法律咨询、程序选择建议"),
    ]),
    "plea help": ("plea_help", "prosecution", "notified", [
        ("值班律师提供法律帮助通知书", "湛江市霞山区法律援助处：", "犯罪嫌疑人陈志强涉嫌盗窃罪，请安排值班律师见证签署认罪认罚具结书。", "湛江市霞山区人民检察院"),
        ("结案报告表", "援助形式：认罪认罚见证", "受援人：陈志强", "结案日期：2024年6月5日", "承办结果：已见证"),
    ]),
    "drafting": ("drafting", None, "applied", [
        APPLICATION,
        ("代拟法律文书", "代书人：李明", "代拟文书名称：民事起诉状", "签收：陈志强"),
        ("结案报告表", "援助形式：代拟法律文书", "受援人：陈志强", "结案日期：2024年6月5日"),
    ]),
    "victim's agent": ("criminal_representation", "trial_first", "applied", [
        APPLICATION, GRANT,
        ("刑事法律援助公函", "湛江市霞山区人民法院：", "现指派李明律师担任被害人陈志强的诉讼代理人。特此函告。", "湛江市霞山区法律援助处"),
        ("授权委托书", "委托人：陈志强", "受委托人：李明", "被害人陈志强委托李明担任诉讼代理人，至一审审理终结止"),
        ("结案报告表", "援助形式：刑事代理", "受援人：陈志强", "结案日期：2024年6月5日"),
        ("刑事判决书", "（2024）粤0803刑初123号", "公诉机关湛江市霞山区人民检察院", "审理终结", "判决如下："),
    ]),
    "civil suit in a criminal case": ("criminal_civil", "trial_first", "applied", [
        APPLICATION, GRANT,
        ("刑事附带民事起诉状", "附带民事诉讼原告人：陈志强", "诉讼请求：赔偿损失", "事实与理由：略", "此致湛江市霞山区人民法院"),
        ("指派通知书", "广东渔光律师事务所：", "陈志强附带民事诉讼一案，现指派你单位承办。", ASSIGNED),
        ("刑事附带民事判决书", "（2024）粤0803刑初123号", "审理终结", "判决如下：", "如不服本判决，可以上诉"),
    ]),
    "plea help by its register": ("plea_help", "prosecution", "notified", [
        ("值班律师提供法律帮助通知书", "湛江市霞山区法律援助处：", "犯罪嫌疑人陈志强因签署认罪认罚具结书，请安排值班律师提供法律帮助。", "湛江市霞山区人民检察院"),
        ("值班律师提供法律帮助情况登记表", "犯罪嫌疑人：陈志强", "值班律师：李明", "听取其意见，并见证其自愿签署认罪认罚具结书。"),
        ("值班律师法律帮助工作台账", "序号", "日期", "值班律师"),
        ("卷宗", "案件类别：值班律师法律帮助"),
    ]),
    "civil suit ticked as representation": ("criminal_civil", "trial_first", "applied", [
        APPLICATION, GRANT,
        ("授权委托书", "委托人：陈志强", "受委托人：李明", "委托李明担任附带民事诉讼原告人陈志强的诉讼代理人"),
        ("刑事附带民事起诉状", "附带民事诉讼原告人：陈志强", "诉讼请求：赔偿损失", "事实与理由：略", "此致湛江市霞山区人民法院"),
        ("结案报告表", "援助形式：刑事代理", "受援人：陈志强", "结案日期：2024年6月5日"),
        ("法律援助审批表", "援助形式：刑事代理", "申请人：陈志强"),
    ]),
    "transferred": ("criminal_defence", "investigation", "transferred", [
        ("转交法律援助申请函", "湛江市霞山区法律援助处：", "现将羁押于我所的犯罪嫌疑人陈志强提出的法律援助申请转交你单位。", "湛江市看守所"),
        APPLICATION, GRANT,
        ("指派通知书", "广东渔光律师事务所：", "经审查陈志强的申请，本处决定提供法律援助，请为犯罪嫌疑人陈志强提供辩护。", "你单位自收到本通知书之日起办理。"),
        ("授权委托书", "委托人：陈志强", "受委托人：李明", "委托李明担任侦查阶段辩护人"),
    ]),
    "drafting by its receipt": ("drafting", None, "applied", [
        ("法律援助咨询登记表", "咨询人：陈志强", "咨询事项：民间借贷", "解答意见：告知可以起诉，为其代拟起诉状"),
        ("民事起诉状", "原告：陈志强", "被告：某某公司", "诉讼请求：归还借款", "事实与理由：略", "此致湛江市霞山区人民法院"),
        ("代拟法律文书签收单", "文书名称：民事起诉状", "受援人：陈志强", "签收日期：2024年6月5日"),
        ("卷宗", "类别：代拟法律文书", "受援人：陈志强"),
    ]),
    "death sentence review": ("criminal_defence", "death_review", "notified", [
        ("通知辩护公函", "广东省法律援助处：", "本院复核的被告人陈志强死刑复核案件，被告人申请法律援助，请指派律师为其提供辩护。", "最高人民法院"),
        ("指派通知书", "广东渔光律师事务所：", "陈志强死刑复核案件，现指派你单位担任辩护人。", ASSIGNED),
        ("授权委托书", "委托人：陈志强", "受委托人：李明", "委托李明担任死刑复核阶段辩护人"),
    ]),
    "retrial": ("criminal_defence", "retrial", "notified", [
        ("通知辩护公函", "湛江市法律援助处：", "本院审理的被告人陈志强再审一案，没有委托辩护人，请指派律师为其提供辩护。", "湛江市中级人民法院"),
        ("授权委托书", "委托人：陈志强", "受委托人：李明", "委托李明担任再审阶段辩护人"),
        ("刑事判决书", "（2024）粤08刑再12号", "辩护人李明", "审理终结", "判决如下：", "本判决为终审判决"),
    ]),
    "compulsory treatment": ("criminal_representation", "trial_first", "notified", [
        ("强制医疗通知代理公函", "湛江市霞山区法律援助处：", "被申请人陈志强强制医疗一案，没有委托诉讼代理人，请指派律师担任其诉讼代理人。", "湛江市霞山区人民法院"),
        ("强制医疗决定书", "（2024）粤0803刑医1号", "被申请人陈志强", "决定如下："),
    ]),
}  # fmt: skip


def _value(fact: Fact | None) -> tuple[object, State] | None:
    return None if fact is None else (fact.value, fact.state)


@pytest.mark.parametrize("name", FILES)
def test_the_sort_of_case_is_told_and_never_wrong(name: str) -> None:
    """The kind is found; stage and origin are right where they are told, and never surely another."""
    kind, stage, origin, papers = FILES[name]
    facts = catalogue(_papers(*papers)).facts.facts
    assert _value(facts.get("kind")) == (kind, State.FOUND)
    for told, right in (("stage", stage), ("origin", origin)):
        fact = facts.get(told)
        if fact is not None and fact.state is State.FOUND:
            assert fact.value == right, told
        if right is not None:
            assert fact is not None, told
            assert fact.value in (right, None), told


@pytest.mark.parametrize(
    ("organ", "stage"),
    [
        ("临江市公安局城北分局", "investigation"),
        ("临江市城北区人民检察院", "prosecution"),
        ("临江市城北区人民法院", "trial_first"),
    ],
)
def test_duty_help_is_at_the_stage_of_the_organ_that_it_names(organ: str, stage: str) -> None:
    """Without a notice the register tells whose case it is."""
    register = page(1, "值班律师提供法律帮助情况登记表", [["办案机关", organ], ["值班律师", "李明"], "帮助方式：会见"])
    wish = page(2, "法律帮助申请表", [["办案机关", organ], "本人申请值班律师提供法律帮助。"])
    told = catalogue([register, wish]).facts.facts["stage"]
    assert told.value == stage


def test_what_a_clerk_gives_wins_over_every_paper() -> None:
    """Kind, stage and origin from the known case are certain, whatever the papers say."""
    given = KnownCase.model_validate({"kind": "civil", "stage": "retrial", "origin": "transferred"})
    facts = catalogue(_papers(*FILES["duty help"][3]), given).facts.facts
    assert [(facts[name].value, facts[name].given) for name in ("kind", "stage", "origin")] == [
        ("civil", True),
        ("retrial", True),
        ("transferred", True),
    ]


def test_choices_that_nobody_ticked_are_no_statement() -> None:
    """A form prints every kind of aid; only the ticked one speaks, and the rest of the file."""
    labels = ("刑事辩护", "刑事代理", "民事诉讼代理", "非诉讼代理")
    lines = [line(label, 0.3, left=0.15 + 0.2 * column) for column, label in enumerate(labels)]
    boxes = tuple(
        TickBox(box=(0.12 + 0.2 * column, 0.3, 0.14 + 0.2 * column, 0.315), state=State.MISSING, label=label, score=0.9)
        for column, label in enumerate(labels)
    )
    form = page(5, "委托代理协议", [*lines, "甲方：陈志强", "乙方：广东渔光律师事务所"], tick_boxes=boxes)
    papers = _papers(*FILES["enforcement"][3])
    for pages in ([*papers, form], papers):
        assert _value(catalogue(pages).facts.facts["kind"]) == ("enforcement", State.FOUND)


@pytest.mark.parametrize(("words", "expected"), [("经书面审查，决定如下：", False), ("本机关依法举行听证。", None)])
def test_a_reconsideration_without_a_hearing(words: str, expected: bool | None) -> None:
    """Most reconsiderations are decided on paper: where the decision speaks of no hearing, none was held."""
    told = [
        APPLICATION,
        ("行政复议申请书", "申请人：陈志强", "被申请人：某某局", "行政复议请求：撤销行政行为", "事实和理由：略"),
        ("行政复议决定书", "湛府行复〔2024〕12号", "申请人陈志强", "审理查明", words),
    ]
    held = catalogue(_papers(*told)).facts.facts["hearing_held"]
    assert held.value is expected
