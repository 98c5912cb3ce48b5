"""Trials of the rules about sheets, forms, lists, pages, and what papers say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditing_changes import CIVIL, TRIAL
from auditing_forms import PROGRESS, REPORT, all_titles, contents, form, full_page, note, progress, ticks, without
from auditing_sheets import line
from auditing_trials import File, Trial
from auditing_volumes import Paper, complete, found, lacking, mark

from schemas.base import State
from schemas.reading import PageKind, TextSource

FOUND, MISSING, UNSURE = State.FOUND, State.MISSING, State.UNCERTAIN
LOOSE = Paper("other", state=State.UNCERTAIN, score=0.2, certain=False)
PAGES = len(complete(CIVIL)[0])


def holding(paper: Paper, *more: Paper, **changes: Any) -> File:
    """The file with this paper's words in place of those of its type."""
    return File(CIVIL, {paper.type: {"text": paper.text, "reading": paper.reading, **changes}}, more=more)


def in_word(paper: Paper) -> Paper:
    """The same in a Word file, where nothing hides from the reading."""
    return replace(paper, reading={**paper.reading, "text_source": TextSource.LAYER})


def blank(paper: Paper) -> File:
    return File(CIVIL, more=(paper,))


EMPTY = form({label for label, _ in REPORT})
RESULTS = {"判决/裁决结案": FOUND, "调解": MISSING, "和解": MISSING, "撤诉": MISSING}
ADOPTED = {"全部采纳": MISSING, "部分采纳": FOUND, "未采纳": MISSING}


def ticked(boxes: dict[str, State], **states: State) -> File:
    paper = ticks(**{**boxes, **states})
    checklist = TRIAL if "未采纳" in boxes else CIVIL
    return File(checklist, {"closing_report": {"text": paper.text, "reading": paper.reading}})


BROKEN = "我当时就和他说这件事情不能这样处理，他却说如果我不同意他就要把我的东西全部"
WHOLE = "我当时就和他说这件事情不能这样处理，他却说如果我不同意他就要把我的东西拿走。"


def ending_in(type_: str, last: str, score: float = 0.99) -> File:
    """A full page that ends in this line, neither dated nor signed there."""
    paper = full_page(last, score)
    undated = {"fields": {"date": found("2025-03-07", state=UNSURE)}, "marks": {}}
    return File(CIVIL, {type_: {"text": paper.text, "reading": paper.reading, **undated}})


def paged(*texts: str, loose: bool = False) -> File:
    return File(CIVIL, {"outcome_document": {"texts": texts}}, more=(LOOSE,) if loose else ())


def judgment(date: Any, seal: State) -> File:
    return File(CIVIL, {"outcome_document": {"text": "判决如下：", "fields": {"date": date}, "marks": {"organ_seal": mark(seal)}}})  # fmt: skip


def scanned(**reading: Any) -> File:
    return File(CIVIL, {"evidence": {"reading": reading}})


MANDATE = "委托人陈小明委托广东海岸律师事务所李强律师为其与某公司一案的一审诉讼代理人，代理权限为一般代理。" * 3


def twice(other: str, state: State = FOUND) -> File:
    copy = Paper("power_of_attorney", text=other, fields={"date": found("2025-03-06")}, state=state)
    return File(CIVIL, {"power_of_attorney": {"text": MANDATE}}, more=(copy,))


def entries(rows: Any, *more: Paper) -> File:
    record = progress(rows)
    return File(CIVIL, {"progress_record": {"text": record.text, "reading": record.reading}}, more=more)


def dated_otherwise(row: int, day: str) -> list[tuple[str, ...]]:
    rows = [list(entry) for entry in PROGRESS]
    rows[row][1] = day
    return [tuple(entry) for entry in rows]


def receipt(type_: str, text: str) -> File:
    return File(CIVIL, more=(Paper(type_, text=text),))


PAID = "收款收据 今收到陈小明交来律师费人民币3000元整"
DEPOSIT = "收款收据 今收到陈小明交来押金人民币3000元整"
UNREADABLE = "收□收据 今收到陈小明交来□□□人民币3000元整"


def earning(amount: str, *, pen: bool = False) -> File:
    lines = (line("人均月收入", 0.3, 0.1), line(amount, 0.3, 0.5, pen=pen))
    return File(CIVIL, {"means_statement": {"reading": {"lines": lines}}})


def listing(titles: list[str], **reading: Any) -> File:
    return holding(contents(titles, **reading))


def visit(answer: str) -> File:
    return receipt("return_visit", f"受援人回访记录表 {answer} 对服务是否满意：满意。")


PAPERS = {
    "form_filled": Trial(holding(in_word(form({"案由"}))), holding(form()), holding(form({"案由"})), asked=True),
    "blank_form": Trial(blank(in_word(EMPTY)), blank(form()), blank(EMPTY), asked=True),
    "result_ticked": Trial(
        ticked(RESULTS, **{"判决/裁决结案": MISSING, "调解": FOUND}), ticked(RESULTS),
        ticked(RESULTS, **{"判决/裁决结案": UNSURE, "调解": FOUND}), certain=False,
    ),
    "result_ticked.adoption": Trial(
        ticked(ADOPTED, 部分采纳=MISSING), ticked(ADOPTED), ticked(ADOPTED, 部分采纳=UNSURE), certain=False
    ),
    "broken_off": Trial(
        ending_in("interview_record", BROKEN), ending_in("interview_record", WHOLE),
        ending_in("interview_record", BROKEN, 0.7), certain=False,
    ),
    "broken_off.agreement": Trial(
        ending_in("representation_agreement", BROKEN), ending_in("representation_agreement", "乙方（盖章）：　　年　月　日"),
        ending_in("representation_agreement", BROKEN, 0.7), certain=False,
    ),
    "contents": Trial(
        listing([*all_titles(), "庭前会议记录"]), listing(all_titles()),
        listing([*all_titles(), "庭前会议记录"], low_quality=True), certain=False,
    ),
    "page_count": Trial(
        holding(note(f"本卷共{PAGES + 9}页")), holding(note(f"本卷共{PAGES}页")), holding(note(f"本卷共{str(PAGES)[0]}页"))
    ),
    "progress_acts.notification": Trial(
        entries(without("受援人")), entries(PROGRESS), entries(without("受援人"), LOOSE), asked=True
    ),
    "progress_acts.steps": Trial(
        entries(without("出庭")), entries(PROGRESS), entries(without("出庭"), LOOSE), asked=True
    ),
    "progress_dates": Trial(
        entries(dated_otherwise(3, "2025.3.6")), entries(PROGRESS), entries(dated_otherwise(2, "2025.4.3")), asked=True
    ),
    "page_gap": Trial(
        paged("第1页 共3页", "审判长 第3页 共3页"), paged("第1页 共3页", "第2页 共3页", "审判长 第3页 共3页"),
        paged("第1页 共3页", "审判长 第3页 共3页", loose=True), asked=True,
    ),
    "ending": Trial(
        judgment(lacking(), MISSING), judgment(found("2025-04-20"), FOUND), judgment(lacking(), FOUND), asked=True
    ),
    "illegible": Trial(
        scanned(kind=PageKind.BLACK), scanned(quality=0.97), scanned(low_quality=True, quality=0.0), asked=True
    ),
    "duplicate": Trial(twice(MANDATE), twice(MANDATE.replace("一审", "二审" * 9)), twice(MANDATE, UNSURE)),
    "misplaced": Trial(
        File(CIVIL, moved={"closing_report": 1}), File(CIVIL),
        File(CIVIL, moved={"closing_report": 1}, papers={"closing_report": {"state": UNSURE, "score": 0.9, "certain": False}}),
    ),
    "fee_taken": Trial(receipt("other", PAID), receipt("other", DEPOSIT), receipt("other", UNREADABLE), certain=False),
    "fee_taken.among_evidence": Trial(
        receipt("evidence", PAID), receipt("evidence", DEPOSIT), receipt("evidence", UNREADABLE), certain=False
    ),
    "fee_told": Trial(
        visit("有无收取财物：有。签委托书那天交了300元车费给律师，没有开票。"), visit("有无收取财物：没有。对方赔了3000元。"),
        visit("有无收取财物：□。签委托书那天交了□□□元车费给律师。"), certain=False,
    ),
    "means_limit": Trial(
        earning("2300元"), earning("1500元"), earning("2300元", pen=True), asked=True,
        parameters={"limits": [{"monthly": 1500}]},
    ),
}  # fmt: skip
"""Rule to its trial."""
