"""Which letters a report calls for, and what stands in them."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from drafting_documents import opened, table_under, text_of
from drafting_reports import CERTAIN, UNCERTAIN, case, found, report, uncertain

from pipeline.drafting import draft
from pipeline.drafting.notice import notice_values
from pipeline.drafting.opinion import opinion_values
from pipeline.drafting.rendering import clean_text, render
from schemas.base import Place, State
from schemas.case import Fact, Kind
from schemas.draft import Draft, DraftKind, Office
from schemas.report import AuditReport, Decision, Duty, Effect, ItemState, ReportError, Source, Standing

OFFICE = Office(name="湛江市霞山区法律援助处", phone="0759-2200000")
DAY = date(2026, 3, 9)
VOLUME = (
    DraftKind.CASE_SUMMARY,
    DraftKind.VOLUME_COVER,
    DraftKind.CONTENTS_LIST,
    DraftKind.REVIEW_FORM,
    DraftKind.VOLUME_NOTE,
)
"""What every audited file gets beside the opinion."""


def letters(audited: AuditReport, office: Office = OFFICE) -> tuple[Draft, ...]:
    return _drafted(audited.model_dump_json(by_alias=True), office)


@cache
def _drafted(audited: str, office: Office) -> tuple[Draft, ...]:
    """Most tests look at the same few reports."""
    return draft(AuditReport.model_validate_json(audited), office, DAY, 1)


def opinion(audited: AuditReport) -> Draft:
    """The opinion alone, which is quicker than all three letters."""
    values = opinion_values(audited, OFFICE, DAY, 1)
    return Draft(kind=DraftKind.AUDIT_OPINION, file_name="", content=render(DraftKind.AUDIT_OPINION, values, None))


def notice(audited: AuditReport, office: Office = OFFICE) -> Draft:
    values = notice_values(audited, office, 1)
    content = render(DraftKind.DEFICIENCY_NOTICE, values, None)
    return Draft(kind=DraftKind.DEFICIENCY_NOTICE, file_name="", content=content)


def kinds(audited: AuditReport) -> list[DraftKind]:
    return [letter.kind for letter in letters(audited)]


def test_complete_file_gets_no_notice() -> None:
    """Nothing is demanded of the lawyer of a complete file."""
    assert kinds(report()) == [DraftKind.AUDIT_OPINION, DraftKind.SUBSIDY_APPROVAL, *VOLUME]
    assert "经审查，该卷材料齐全、规范，建议按规定发放补贴。" in text_of(opinion(report()))


def test_uncertain_findings_alone_call_for_no_notice() -> None:
    """What a person has yet to look at is never demanded."""
    assert DraftKind.DEFICIENCY_NOTICE not in kinds(report(UNCERTAIN, decision=Decision.UNDETERMINED))


@pytest.mark.parametrize("change", [{"effect": Effect.NOTE}, {"duty": Duty.OFFICE}])
def test_what_is_not_the_lawyers_to_mend_calls_for_no_notice(change: dict[str, object]) -> None:
    """A mere remark, or a paper that the office owes, is not asked of the lawyer."""
    audited = report((CERTAIN[0].model_copy(update=change),))
    assert DraftKind.DEFICIENCY_NOTICE not in kinds(audited)
    assert CERTAIN[0].message in text_of(opinion(audited))


def test_unreadable_file_gets_no_letters() -> None:
    """A file that could not be opened has nothing to write about."""
    broken = AuditReport(
        source=Source(name="坏.pdf", sha256="0" * 64, pages=0),
        status="unreadable",
        error=ReportError(code="corrupt", message="文件已损坏，无法打开。"),
    )
    assert letters(broken) == ()


def test_notice_states_certain_findings_only_and_blocking_ones_first() -> None:
    """The table lists what blocks, then what is to be corrected; no remark, nothing uncertain."""
    rows = table_under(notice(report((CERTAIN[2], CERTAIN[3], *CERTAIN[:2], *UNCERTAIN))), "补正要求")
    assert [row[2] for row in rows[1:]] == [CERTAIN[0].message, CERTAIN[1].message, CERTAIN[2].message]
    assert [row[6] for row in rows[1:]] == ["是", "是", "否"]
    assert [row[3] for row in rows[1:]] == ["卷内未见", "7、8", "27"]


def test_notice_has_what_a_lawyer_needs() -> None:
    """Addressee, case, term, consequence, objection, contact, receipt, and the mark of a draft."""
    letter = notice(report(CERTAIN, decision=Decision.BLOCKED))
    text = text_of(letter)
    for part in (
        "广东海之岸律师事务所、承办人李闻舟：", "湛法援刑字〔2024〕112号", "受援人为陈小满", "自收到本通知之日起10个工作日内",
        "逾期不补正或者补正后仍不符合要求的", "不予发放补贴", "0759-2200000", "补正通知书回执", "共28页",
        "存在3项需要补正的问题，其中2项在补正前暂缓发放补贴",
    ):  # fmt: skip
        assert part in text
    heads = [opened(letter).sections[0].header, opened(letter).sections[0].even_page_header]
    assert {head.paragraphs[0].text for head in heads} == {"草稿，经审核签发后生效"}


@pytest.mark.parametrize(
    ("office_days", "standard_days", "working", "term"),
    [
        (15, 10, True, "起15个工作日内"),
        (None, 10, True, "起10个工作日内"),
        (None, 30, False, "起30日内"),
        (None, None, True, "个工作日内"),
    ],
)
def test_term_is_the_offices_or_the_standards(
    office_days: int | None, standard_days: int | None, working: bool, term: str
) -> None:
    """The term to put things right is the office's own, else the standard's, else a blank to fill in."""
    audited = report(CERTAIN)
    assert audited.standard is not None
    terms = {"cure_days": standard_days, "cure_working_days": working}
    audited = audited.model_copy(update={"standard": audited.standard.model_copy(update=terms)})
    assert term in text_of(notice(audited, OFFICE.model_copy(update={"cure_days": office_days})))


def test_notice_without_blocking_findings_does_not_threaten_the_subsidy() -> None:
    """Where nothing blocks, the consequence does not speak of withholding."""
    text = text_of(notice(report(CERTAIN[2:3])))
    assert "不予发放补贴" not in text
    assert "暂缓发放补贴" not in text


def test_reconstructed_ground_is_marked_and_official_one_is_not() -> None:
    """The reader sees which ground is yet to be checked against the official text."""
    letter = notice(report(CERTAIN))
    assert [row[4].endswith("※") for row in table_under(letter, "补正要求")[1:]] == [True, True, False]
    assert "依据待核" in text_of(letter)
    confirmed = tuple(finding.model_copy(update={"standing": Standing.CONFIRMED}) for finding in CERTAIN)
    assert "※" not in text_of(notice(report(confirmed)))


def test_uncertain_value_is_a_blank_and_never_a_fact() -> None:
    """A doubtful reading is left to a person, in every letter."""
    doubtful = case(
        lawyer_name=uncertain("李闻丹", 5), firm_name=uncertain(None, 5), case_number=uncertain("湛法援〔2024〕1号", 4)
    )
    drafts = letters(report(CERTAIN, of_case=doubtful))
    everything = "\n".join(text_of(letter) for letter in drafts)
    assert "李闻丹" not in everything
    assert "湛法援〔2024〕1号" not in everything
    assert "＿＿＿＿（待核，见第5页）" in text_of(drafts[0])
    assert "＿＿＿＿＿＿（待核）、承办人＿＿＿＿＿＿（待核）：" in text_of(drafts[1])


def test_uncertain_kind_is_a_blank() -> None:
    """The case's kind is printed only if it is certain."""
    facts = {"kind": Fact(value="criminal_defence", state=State.UNCERTAIN, evidence=(Place(page=4),))}
    audited = report(of_case=case().model_copy(update={"facts": facts}))
    head = [cell.text for row in opened(opinion(audited)).tables[0].rows for cell in row.cells]
    assert head[head.index("案件类别") + 1] == "＿＿＿＿（待核，见第4页）"


def test_kind_without_stages_leaves_no_question() -> None:
    """An arbitration has no stage, so nobody is asked for one."""
    of_case = case().model_copy(update={"kind": Kind.LABOUR_ARBITRATION, "stage": None})
    head = [cell.text for row in opened(opinion(report(of_case=of_case))).tables[0].rows for cell in row.cells]
    assert head[head.index("办案阶段") + 1] == "—"


def test_opinion_keeps_uncertain_findings_apart() -> None:
    """What is to be checked has its own section with pages and what would settle it."""
    audited = report(CERTAIN + UNCERTAIN, decision=Decision.BLOCKED)
    letter = opinion(audited)
    certain = table_under(letter, "处理要求")
    open_ = table_under(letter, "核实要点")
    assert [row[2] for row in certain[1:]] == [finding.message for finding in CERTAIN]
    assert [row[2:5] for row in open_[1:]] == [
        [UNCERTAIN[0].message, "10", UNCERTAIN[0].reason],
        [UNCERTAIN[1].message, "4、5", UNCERTAIN[1].reason],
    ]


def test_sections_close_up_when_one_is_empty() -> None:
    """Numbers of sections have no gap, whichever sections are left out."""
    headings = [
        p.text for p in opened(opinion(report(UNCERTAIN))).paragraphs if p.style and p.style.name == "Heading 1"
    ]
    assert headings == ["一、审查结论", "二、结案材料审查表", "三、待人工核实事项", "四、据以审查的案件事实"]


def test_checklist_points_to_the_findings() -> None:
    """Each line of the checklist says how it fared and which finding tells more."""
    rows = table_under(opinion(report(CERTAIN + UNCERTAIN)), "审查结果")
    by_title = {row[1]: row[3:] for row in rows[1:]}
    assert by_title["会见笔录"] == ["不规范", "6—9", "问题2：缺签名"]
    assert by_title["阅卷笔录"] == ["待核", "—", "待核1：缺失"]
    assert by_title["通知辩护公函"] == ["齐全", "3", ""]


def test_checklist_leaves_out_what_the_case_does_not_need() -> None:
    """Items of no concern are counted, not listed; the others keep the standard's numbers."""
    audited = report()
    rows = table_under(opinion(audited), "审查结果")
    assert "受援人回访记录表" not in {row[1] for row in rows}
    assert "未列入" in text_of(opinion(audited))
    first = audited.checklist[0].model_copy(update={"state": ItemState.NOT_REQUIRED})
    shifted = audited.model_copy(update={"checklist": (first, *audited.checklist[1:])})
    assert table_under(opinion(shifted), "审查结果")[1][0] == "2"


def test_finding_about_several_items_is_named_after_its_own() -> None:
    """A finding that two items share bears the name of the item whose rule raised it."""
    audited = report(CERTAIN[:1])
    others = tuple(row.model_copy(update={"findings": ("F1",)}) for row in audited.checklist[:2])
    own = audited.checklist[6].model_copy(update={"item": "hearing_record"})
    rows = table_under(notice(audited.model_copy(update={"checklist": (*others, own)})), "补正要求")
    assert rows[1][1] == "庭审笔录或者庭审情况记录"


def test_finding_about_several_papers_names_them() -> None:
    """Where a finding is about the papers on its pages, these are named."""
    seals = UNCERTAIN[0].model_copy(update={"document_type": None, "evidence": (Place(page=3), Place(page=4))})
    rows = table_under(opinion(report((seals.model_copy(update={"id": "F9"}),))), "核实要点")
    assert rows[1][1] == "通知辩护公函、指派通知书"


def test_poor_pages_are_named_for_rescanning() -> None:
    """The opinion names the pages that are too poor to be trusted."""
    rows = table_under(opinion(report(poor_pages=(9, 10, 13))), "原因")
    assert rows[1][0] == "9、10、13"


@pytest.mark.parametrize(
    ("decision", "findings", "sentence"),
    [
        (Decision.BLOCKED, CERTAIN, "有2项问题影响补贴发放，建议补正前暂缓发放补贴。另有1项问题应当在归档前补正。"),
        (Decision.UNDETERMINED, UNCERTAIN, "待人工核实后提出意见。有2项事项程序未能确认"),
        (Decision.PAYABLE, CERTAIN[3:], "未发现影响补贴发放的问题，建议按规定发放补贴。附1项提示"),
        (Decision.PAYABLE, CERTAIN[2:3], "未发现影响补贴发放的问题，建议按规定发放补贴。有1项问题应当在归档前补正。"),
    ],
)
def test_verdict_says_what_was_decided(decision: Decision, findings: tuple, sentence: str) -> None:
    """The conclusion follows the decision and counts what is left to do."""
    assert sentence in text_of(opinion(report(findings, decision=decision)))


@pytest.mark.parametrize(
    "name", ["喆玥堃镕昇祎赟璟晞", "𬱖", "<甲&乙>", "甲<乙", 'A & B\'s "C"', "{{ 甲 }}", "{% if %}"]
)
def test_names_survive_whole(name: str) -> None:
    """Rare characters, signs of markup and of templates are printed as they are."""
    drafts = letters(report(CERTAIN, of_case=case(recipient_name=found(name))))
    assert len(drafts) == 9
    for letter in drafts:
        # 案件摘要隐去姓名
        assert letter.kind is DraftKind.CASE_SUMMARY or name in text_of(letter)


def test_control_characters_and_breaks_do_no_harm() -> None:
    """What a Word document cannot hold is left out; a break from the scan becomes a space."""
    dirty = CERTAIN[0].model_copy(update={"message": "第一行\n第二行\x00\x0b\uffff\t末尾"})
    assert "第一行 第二行 末尾" in text_of(opinion(report((dirty,))))


def test_same_input_gives_the_same_bytes() -> None:
    """Drafting twice makes no difference that a file comparison could see."""
    audited = report(CERTAIN + UNCERTAIN)
    assert draft(audited, OFFICE, DAY, 1) == draft(audited, OFFICE, DAY, 1)


def test_thousand_findings_are_all_there() -> None:
    """A hopeless file still gets a notice with every line."""
    many = tuple(CERTAIN[0].model_copy(update={"id": f"F{n}", "message": f"问题甲{n}"}) for n in range(1, 1001))
    lines = text_of(notice(report(many))).splitlines()
    assert [line for line in lines if line.startswith("问题甲")] == [f"问题甲{n}" for n in range(1, 1001)]


def test_half_characters_from_a_scan_are_dropped() -> None:
    """A stray surrogate cannot be written and is left out."""
    assert clean_text("甲\ud800乙") == "甲乙"


def test_report_without_case_standard_and_checklist_is_drafted() -> None:
    """Empty optional parts leave blanks and no empty table."""
    bare = AuditReport(source=Source(name="甲.pdf", sha256="b" * 64, pages=3), status="audited", findings=CERTAIN[:1])
    drafts = letters(bare)
    assert [letter.kind for letter in drafts] == [
        DraftKind.AUDIT_OPINION,
        DraftKind.DEFICIENCY_NOTICE,
        DraftKind.SERVICE_RECEIPT,
        *VOLUME,
    ]
    assert "结案材料审查表" not in text_of(drafts[0])
    assert "None" not in "".join(text_of(letter) for letter in drafts)


def test_facts_show_their_source_and_doubt() -> None:
    """A fact is printed with where it comes from; a doubtful one as 待核."""
    rows = {row[0]: row[1:] for row in table_under(opinion(report()), "认定")}
    assert rows["已开庭审理"] == ["是", "判决书载明“公开开庭进行了审理”", "20"]
    assert rows["认罪认罚"][0] == "待核"
    assert rows["强制措施"][:2] == ["羁押", "由本机构提供"]
