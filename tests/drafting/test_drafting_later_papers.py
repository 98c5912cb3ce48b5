"""The papers that a case may need on its way: 补充材料, 会见, 更换人员, 终止."""

from __future__ import annotations

from datetime import date

import pytest
from drafting_assignment_samples import (
    CHANGE,
    CIVIL,
    CRIMINAL,
    DAY,
    LAWYER,
    NUMBERS,
    OFFICE,
    OTHER_LAWYER,
    SUPPLEMENT,
    TERMINATION,
    changed,
)
from drafting_documents import of_kind, text_of
from pydantic import ValidationError

from pipeline.drafting.assignment import (
    draft_lawyer_change,
    draft_meeting_letter,
    draft_supplement,
    draft_termination,
)
from pipeline.errors import UsageError
from schemas.case import Custody
from schemas.draft import DraftKind
from schemas.letter_requests import TERMINATION_GROUND_TITLES, Supplement, Termination, TerminationGround


def test_supplement_notice_lists_what_is_wanted_by_when_and_what_follows() -> None:
    """Article 43: told once, in full; whoever does not answer has withdrawn."""
    notice, receipt = draft_supplement(CIVIL, SUPPLEMENT, OFFICE, DAY, "湛法援补字〔2026〕3号")
    text = text_of(notice)
    for part in (
        "第四十三条第二款", "10个工作日内", "1. 申请人身份证复印件；", "考勤记录。", "需要说明的事项", "视为撤回申请",
    ):  # fmt: skip
        assert part in text
    assert "湛法援补字〔2026〕3号" in text_of(receipt)


def test_supplement_notice_without_points_has_no_empty_list() -> None:
    """What is not asked for leaves no heading."""
    only = Supplement(materials=("户口簿复印件",), days=5, working_days=False)
    text = text_of(draft_supplement(CIVIL, only, OFFICE, DAY, "")[0])
    assert "需要说明" not in text
    assert "起5日内" in text


def test_supplement_of_nothing_is_refused() -> None:
    """A notice that asks for nothing must not go out."""
    with pytest.raises(ValidationError, match="应当写明"):
        Supplement(days=5)


def test_thousand_missing_papers_are_all_listed() -> None:
    """However long the list, each line is there."""
    many = Supplement(materials=tuple(f"材料甲{number}" for number in range(1, 1001)), days=5)
    text = text_of(draft_supplement(CIVIL, many, OFFICE, DAY, "")[0])
    assert "1000. 材料甲1000。" in text
    assert text.count("材料甲") == 1000


def test_meeting_letter_goes_to_the_detention_house() -> None:
    """Who meets whom, and the forty-eight hours of article 39."""
    text = text_of(draft_meeting_letter(CRIMINAL, LAWYER, OFFICE, DAY, "湛法援会函字〔2026〕9号"))
    for part in ("湛江市第一看守所：", "会见被告人陈小满", "第三十九条第二款", "四十八小时", "请贵所予以安排"):
        assert part in text


@pytest.mark.parametrize("free", ["civil", "bail"])
def test_nobody_in_custody_no_meeting_letter(free: str) -> None:
    """A letter to a detention house for somebody who is not there is refused with a sentence."""
    on_bail = CRIMINAL.registration.recipient.model_copy(update={"custody": Custody.BAIL})
    record = CIVIL if free == "civil" else changed(CRIMINAL, recipient=on_bail)
    with pytest.raises(UsageError, match="羁押"):
        draft_meeting_letter(record, LAWYER, OFFICE, DAY, "")


def test_change_to_another_firm_hands_the_case_over() -> None:
    """The firm that had the case ends the agreement and learns to whom the papers go."""
    notice, receipt = draft_lawyer_change(CIVIL, LAWYER, OTHER_LAWYER, CHANGE, OFFICE, DAY, "湛法援换字〔2026〕2号")
    text = text_of(notice)
    for part in (
        "广东海之岸律师事务所：", "2026年3月20日，本机构收到受援人", "你单位不再承办本案", "3个工作日内与受援人解除委托协议",
        "广东南岭律师事务所周望潮律师（联系电话：13800005678）",
    ):  # fmt: skip
        assert part in text
    assert "由你单位更换承办人" not in text
    assert "广东海之岸律师事务所" in text_of(receipt)


def test_change_within_a_firm_names_both() -> None:
    """The firm goes on with another of its people."""
    after = OTHER_LAWYER.model_copy(update={"firm": LAWYER.firm})
    text = text_of(draft_lawyer_change(CIVIL, LAWYER, after, CHANGE, OFFICE, DAY, "")[0])
    assert "将承办人由李闻舟律师更换为周望潮律师" in text
    assert "不再承办" not in text


def test_change_to_the_same_person_is_refused() -> None:
    """A change that changes nothing is a slip."""
    with pytest.raises(UsageError, match="相同"):
        draft_lawyer_change(CIVIL, LAWYER, LAWYER, CHANGE, OFFICE, DAY, "")


def test_termination_quotes_the_law_and_tells_of_the_objection() -> None:
    """Article 48 by item and words to the recipient, with the way of article 49; the letter cites the first one."""
    drafts = draft_termination(CIVIL, LAWYER, TERMINATION, OFFICE, DAY, NUMBERS)
    decision = text_of(of_kind(drafts, DraftKind.TERMINATION_DECISION))
    for part in (
        "第四十八条第一款第（六）项规定的“受援人自行委托律师或者其他代理人”的情形", "自2026年4月7日起终止法律援助",
        "可以向设立本机构的司法行政部门提出", "五日内进行审查", "申请行政复议或者提起行政诉讼", "湛法援决字〔2026〕45号",
    ):  # fmt: skip
        assert part in decision
    letter = text_of(of_kind(drafts, DraftKind.TERMINATION_LETTER))
    for part in ("《法律援助公函》（湛法援函字〔2026〕40号）", "（湛法援终字〔2026〕5号）", "上述指派同时终止"):
        assert part in letter
    assert [each.file_name for each in drafts[2:]] == [
        "送达回证（受援人）.docx", "送达回证（承办单位）.docx", "送达回证（办案机关）.docx",
    ]  # fmt: skip


@pytest.mark.parametrize(("ground", "item"), tuple(zip(TerminationGround, "一二三四五六七八", strict=True)))
def test_each_ground_is_its_item_of_article_48(ground: TerminationGround, item: str) -> None:
    """The order of the grounds is the law's."""
    request = Termination(ground=ground, finding="情况属实。", ends_on=date(2026, 4, 7))
    drafts = draft_termination(changed(CIVIL, organ=None), LAWYER, request, OFFICE, DAY, {})
    text = text_of(drafts[0])
    assert f"第（{item}）项规定的“{TERMINATION_GROUND_TITLES[ground]}”" in text
    assert "情况属实，属于" in text
    assert DraftKind.TERMINATION_LETTER not in {each.kind for each in drafts}
