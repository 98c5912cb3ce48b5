"""Pages that cannot be read, are there twice, are missing, or stand in the wrong place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_changes import CERTAIN, CIVIL, UNCERTAIN, told
from auditing_forms import (
    full_page,
    numbered,
    printed,
)
from auditing_sheets import line, problems
from auditing_volumes import Paper, complete, found, lacking, mark, run, volume

from schemas.base import State
from schemas.reading import PageKind
from schemas.report import Effect, Problem


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ({"kind": PageKind.BLACK}, [CERTAIN]),
        ({"kind": PageKind.UNREADABLE}, [CERTAIN]),
        ({"low_quality": True, "quality": 0.6, "lines": printed("模糊" * 40, 0.6)}, [CERTAIN]),
        ({"low_quality": True, "quality": 0.6, "lines": printed("塑封", 0.6)}, [UNCERTAIN]),
        ({"low_quality": True, "quality": 0.0}, [UNCERTAIN]),
        ({"low_quality": True, "quality": 0.9, "dpi": 300, "lines": printed("审判员", 0.9)}, []),
        ({"low_quality": True, "quality": 0.9, "dpi": 150, "lines": printed("审判员", 0.9)}, [UNCERTAIN]),
    ],
)
def test_pages_that_cannot_be_read_are_scanned_again(reading, expected):
    """One finding for all of them; the scan is to blame where much was read and badly, few words may lie under a seal."""
    rows, case = complete(CIVIL)
    papers = [replace(paper, reading=reading) if paper.type in ("evidence", "pleading") else paper for _, paper in rows]
    result = run(volume(papers, case))
    assert [finding.state for finding in result.findings if finding.problem is Problem.ILLEGIBLE] == expected
    assert all(len(finding.evidence) == 2 for finding in result.findings)


def test_the_same_paper_twice():
    """The same picture, or nearly the same text where a volume holds one: noted. Blank backs are alike without a word."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    text = (
        "委托人陈小明委托广东海岸律师事务所李强律师为其与某公司机动车交通事故责任纠纷一案的一审诉讼代理人，代理权限为一般代理。"
        * 3
    )
    place = next(index for index, paper in enumerate(papers) if paper.type == "power_of_attorney")
    papers[place] = replace(papers[place], text=text)
    twice = [*papers[: place + 1], replace(papers[place], text=text[:-1]), *papers[place + 1 :]]
    assert told(run(volume(twice, case))) == [("duplicate", Problem.DUPLICATE, CERTAIN, Effect.NOTE)]
    other = [
        *papers[: place + 1],
        replace(papers[place], text=text.replace("一审", "特别授权，包括代为承认、放弃、变更诉讼请求") + "变更" * 40),
        *papers[place + 1 :],
    ]
    assert told(run(volume(other, case))) == []
    blank = Paper("blank", reading={"kind": PageKind.BLANK, "sha256": "same"})
    assert told(run(volume([*papers, blank, blank], case))) == []
    same = [
        replace(paper, reading={"sha256": "one"}) if paper.type in ("evidence", "pleading") else paper
        for paper in papers
    ]
    assert told(run(volume(same, case))) == [("duplicate", Problem.DUPLICATE, CERTAIN, Effect.NOTE)]


def judgment(texts, certain=True):
    rows, case = complete(CIVIL)
    papers = [replace(paper, texts=texts) if paper.type == "outcome_document" else paper for _, paper in rows]
    if not certain:
        papers.append(Paper("other", state=State.UNCERTAIN, score=0.2, certain=False))
    return run(volume(papers, case))


def test_pages_that_a_paper_counts_and_lacks():
    """Its own `第n页 共m页` shows the gap; a loose page may be the one; a muddled count shows nothing."""
    assert told(judgment(("第1页 共3页", "第2页 共3页", "审判长 第3页 共3页"))) == []
    assert told(judgment(("第1页 共3页", "审判长 第3页 共3页"))) == [
        ("page_gap", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)
    ]
    assert told(judgment(("第1页 共3页", "审判长 第3页 共3页"), certain=False)) == [
        ("page_gap", Problem.INCOMPLETE, UNCERTAIN, Effect.BLOCKS)
    ]
    for first, last in (("第1页／共3 页", "审判长\n第3页／共3页"), ("判决如下\n1/3", "审判长\n- 3 / 3 -")):
        assert told(judgment((first, last))) == [("page_gap", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)]
    assert told(judgment(("第1页 共3页", "审判长 第3页 共5页"))) == []
    assert told(judgment(("第1页 共3页", "审判长"))) == []
    assert told(judgment(("本院认为\n— 1 —", "审判长\n— 3 —"))) == [
        ("page_gap", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)
    ]
    assert told(judgment(("本院认为\n1", "判决如下\n2", "审判长\n3"))) == []
    assert told(judgment(("本院认为\n17", "审判长\n19"))) == []


def test_numbers_of_the_whole_volume_are_no_papers_own():
    """`12/60` on its last line says nothing about what a paper lacks."""
    rows, case = complete(CIVIL)
    papers = [replace(paper, texts=(f"{paper.text}\n{number}/60",)) for number, (_, paper) in enumerate(rows, start=1)]
    assert told(run(volume(papers, case))) == told(run(volume([paper for _, paper in rows], case)))


def test_a_last_page_that_lacks_by_its_own_count_is_told_once():
    """The seal and the date stood on it: one cause, one finding, whatever else looks for them."""
    rows, case = complete(CIVIL)
    cut = {"texts": ("第1页 共2页",), "marks": {"organ_seal": mark(State.MISSING)}, "fields": {"date": lacking()}}
    papers = [replace(paper, **cut) if paper.type == "outcome_document" else paper for _, paper in rows]
    assert told(run(volume(papers, case))) == [("page_gap", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)]


def test_a_judgment_without_its_end():
    """No judges, no seal, no date: the last page lacks, told once. With a seal it has an end."""

    rows, case = complete(CIVIL)

    def ended(**changes):
        papers = [
            replace(paper, text="判决如下：", **changes) if paper.type == "outcome_document" else paper
            for _, paper in rows
        ]
        return told(run(volume(papers, case)))

    gone = {"fields": {"date": lacking()}, "marks": {"organ_seal": mark(State.MISSING)}}
    assert ended(**gone) == [("ending", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)]
    assert ended() == []
    half = {"fields": {"date": lacking()}, "marks": {"organ_seal": mark()}}
    assert ended(**half) == [("ending", Problem.INCOMPLETE, UNCERTAIN, Effect.BLOCKS)]


def test_a_paper_out_of_its_place():
    """The fewest papers that have to move are named, in one finding; doubtful papers are left out."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    report_ = papers.pop(next(index for index, paper in enumerate(papers) if paper.type == "closing_report"))
    result = run(volume([papers[0], report_, *papers[1:]], case))
    assert told(result) == [("misplaced", Problem.MISPLACED, CERTAIN, Effect.CORRECT)]
    assert result.findings[0].evidence[0].page == 2
    doubtful = replace(report_, state=State.UNCERTAIN, score=0.9, certain=False)
    assert told(run(volume([papers[0], doubtful, *papers[1:]], case))) == []


@pytest.mark.parametrize(
    ("last", "score", "expected"),
    [
        ("我当时就和他说这件事情不能这样处理，他却说如果我不同意他就要把我的东西全部", 0.99, [("incomplete", "uncertain", "correct")]),
        ("我当时就和他说这件事情不能这样处理，他却说如果我不同意他就要把我的东西拿走。", 0.99, []),
        ("我当时就和他说这件事情不能这样处理，他却说如果我不同意他就要把我的东西全部", 0.7, []),
        ("以上笔录我看过，", 0.99, []),
    ],
)  # fmt: skip
def test_a_record_that_breaks_off(last, score, expected):
    """A full page that ends in mid-sentence; a line that was read badly may have ended."""
    rows, facts = complete(CIVIL)
    record = full_page(last, score)
    papers = [replace(record, fields={}) if paper.type == "interview_record" else paper for _, paper in rows]
    assert problems(run(volume(papers, facts)), "broken_off") == expected


def test_a_record_with_its_date_on_the_last_page_does_not_break_off():
    """Signed and dated, it ends there."""
    record = full_page("我当时就和他说这件事情不能这样处理，他却说如果我不同意他就要把我的东西全部")
    rows, facts = complete(CIVIL)
    at = next(number for number, (_, paper) in enumerate(rows, start=1) if paper.type == "interview_record")
    dated = {"date": found("2025-03-07").model_copy(update={"page": at})}
    papers = [replace(record, fields=dated) if paper.type == "interview_record" else paper for _, paper in rows]
    assert problems(run(volume(papers, facts)), "broken_off") == []


@pytest.mark.parametrize(
    ("last", "score", "expected"),
    [
        ("第八条承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构并由法律援助机", 0.99, [("incomplete", "uncertain", "blocks")]),
        ("第八条承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构处理。", 0.7, []),
        ("第八条承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构并由法律援助机", 0.7, []),
    ],
)  # fmt: skip
def test_an_agreement_that_breaks_off_before_its_signatures(last, score, expected):
    """A full page that ends in mid-sentence lacks the page that is signed; a line that was read badly may have ended."""
    rows, facts = complete(CIVIL)
    short = replace(full_page(last, score), type="representation_agreement", marks={}, fields={})
    papers = [short if paper.type == "representation_agreement" else paper for _, paper in rows]
    assert problems(run(volume(papers, facts)), "broken_off.agreement") == expected


def test_a_number_of_the_volume_that_is_passed_over_inside_a_paper():
    """The stamps jump within the judgment and run on behind it; one misread number is no jump."""
    rows, facts = complete(CIVIL)
    papers = [
        replace(paper, texts=("判决如下", "审判长")) if paper.type == "outcome_document" else paper for _, paper in rows
    ]
    file = volume(papers, facts)
    last = next(document.last_page for document in file.documents if document.type == "outcome_document")
    count = len(file.pages)
    assert problems(run(numbered(file, range(1, count + 1))), "page_gap") == []
    jumping = [*range(1, last), *range(last + 1, count + 2)]
    assert problems(run(numbered(file, jumping)), "page_gap") == [("incomplete", "uncertain", "blocks")]
    shortened = [*range(1, last - 1), 2, *range(last, count + 1)]
    assert problems(run(numbered(file, shortened)), "page_gap") == []
    misread = [*range(1, last), last + 30, *range(last + 1, count + 1)]
    assert problems(run(numbered(file, misread)), "page_gap") == []


def test_only_the_bound_volume_has_an_order():
    """A Word file beside the scan is handed in at the end, and stands nowhere."""
    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    astray = papers.pop(next(index for index, paper in enumerate(papers) if paper.type == "representation_agreement"))
    file = volume([*papers, astray], facts)
    assert problems(run(file), "misplaced") == [("misplaced", "certain", "correct")]
    last = file.pages[-1]
    beside = last.model_copy(update={"page": last.page.model_copy(update={"part": "02协议.docx"})})
    assert problems(run(file.model_copy(update={"pages": (*file.pages[:-1], beside)})), "misplaced") == []


def test_a_paper_that_nobody_asks_for_is_never_certainly_astray():
    """A receipt near the end may be what the court gave the lawyer, whatever receipts are called."""
    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows if paper.type != "materials_receipt"]
    at = next(index for index, paper in enumerate(papers) if paper.type == "closing_report")
    receipt = Paper("materials_receipt", fields={"date": found("2025-04-20")})
    report = run(volume([*papers[:at], receipt, *papers[at:]], facts))
    assert problems(report, "misplaced") == [("misplaced", "uncertain", "correct")]


def test_one_part_of_the_volume_off_is_a_question():
    """Against a reconstructed order, what stands in the part next door may be another office's way."""
    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    astray = (
        papers.pop(next(index for index, paper in enumerate(papers) if paper.type == "outcome_receipt"))
        if any(paper.type == "outcome_receipt" for paper in papers)
        else Paper("outcome_receipt", fields={"date": found("2025-04-20")})
    )
    hearing = next(index for index, paper in enumerate(papers) if paper.type == "hearing_record")
    report = run(volume([*papers[:hearing], astray, *papers[hearing:]], facts))
    assert problems(report, "misplaced") == [("misplaced", "uncertain", "correct")]


@pytest.mark.parametrize(
    ("foot", "more", "expected"),
    [
        (0.88, (), [("incomplete", "uncertain", "blocks")]),
        (0.78, (), []),
        (0.88, ("甲方（签名）：",), []),
        (0.88, ("2025年3月7日",), []),
    ],
    ids=["down to the foot", "room below", "a place to sign", "a date"],
)
def test_an_agreement_that_fills_its_page_and_is_signed_nowhere(foot, more, expected):
    """Its last clause ends in a full stop at the foot of the page: the sheet with the signatures is not there."""
    rows, facts = complete(CIVIL)
    clause = "第七条法律援助机构作出终止法律援助决定的，本协议自行终止，双方应当办理交接手续。"
    sheet = (*(line(text, foot - 0.1) for text in more), line(clause, foot))
    short = replace(full_page(clause), type="representation_agreement", marks={}, fields={}, reading={"lines": sheet})
    papers = [short if paper.type == "representation_agreement" else paper for _, paper in rows]
    assert problems(run(volume(papers, facts)), "broken_off.agreement") == expected
