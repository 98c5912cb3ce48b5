"""Rules that look where something stands on a sheet: each raised, not raised, and left open where it was not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from auditing_sheets import audited, line, problems, sheet, table
from auditing_volumes import Paper, complete, found, list_of, run, volume

from schemas.base import State
from schemas.case import Kind, Origin, Stage
from schemas.reading import PageKind, TextSource, TickBox
from schemas.report import Duty

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)

PROGRESS = (
    ("1", "2025.3.5", "直接", "接受指派，领取材料"),
    ("2", "2025.3.7", "直接", "约见受援人，核实案情"),
    ("3", "2025.4.1", "直接", "出庭参加庭审"),
    ("4", "2025.4.20", "直接", "领取民事判决书"),
    ("5", "2025.4.21", "电话", "向受援人通报案件结果"),
)


def progress(rows=PROGRESS, **reading):
    lines = (line("承办情况通报记录", 0.05, 0.35), *table(*rows))
    return sheet("progress_record", lines, reading=reading)


def without(word):
    """The record as it would have been kept without these entries: its rows are numbered through."""
    rows = [row for row in PROGRESS if word not in row[3]]
    return tuple((str(number), *row[1:]) for number, row in enumerate(rows, 1))


@pytest.mark.parametrize(
    "rows",
    [
        tuple(row for row in PROGRESS if "受援人" not in row[3]),
        tuple((*row[:3], "" if "受援人" in row[3] else row[3]) for row in PROGRESS),
    ],
)
def test_a_record_with_an_unread_row_or_cell_lacks_nothing(rows):
    """A number that is passed over, or a row without its text: what stood there is not known."""
    report = audited(CIVIL, progress(rows))
    assert [finding for finding in report.findings if "progress_acts" in finding.rule] == []


def test_a_record_that_speaks_of_everything_is_no_finding():
    """The rows are read, and what must stand in them does."""
    report = audited(CIVIL, progress())
    assert [finding.message for finding in report.findings] == []


def test_nobody_told_the_recipient():
    """No entry of a talk or a report to the recipient: put right before archiving."""
    rows = without("受援人")
    assert problems(audited(CIVIL, progress(rows)), "progress_acts.notification") == [
        ("incomplete", "certain", "correct")
    ]


@pytest.mark.parametrize("reading", [{"quality": 0.6}, {"kind": PageKind.HANDWRITTEN}])
def test_a_record_that_was_not_read_well_lacks_nothing(reading):
    """What could not be read is not missing."""
    rows = without("受援人")
    assert problems(audited(CIVIL, progress(rows, **reading)), "progress_acts.notification") == []


def test_a_record_with_a_lost_character_lacks_nothing():
    """A gap inside a line may have held the word."""
    rows = (*without("受援人"), ("5", "2025.4.21", "电话", "向受 人通 案件结果"))
    assert problems(audited(CIVIL, progress(rows)), "progress_acts.notification") == []


def test_a_loose_page_may_be_the_rest_of_the_record():
    """With a page that nobody knows, the gap is a question."""
    rows, facts = complete(CIVIL)
    record = progress(without("受援人"))
    papers = [replace(record, marks=paper.marks) if paper.type == "progress_record" else paper for _, paper in rows]
    loose = Paper("other", state=State.UNCERTAIN, score=0.2, certain=False)
    report = run(volume([*papers, loose], facts))
    assert problems(report, "progress_acts.notification") == [("incomplete", "uncertain", "correct")]


def test_the_hearing_is_not_recorded():
    """Other steps that the record passes over are noted."""
    assert problems(audited(CIVIL, progress(without("出庭"))), "progress_acts.steps") == [
        ("incomplete", "certain", "note")
    ]


def test_an_entry_that_runs_backwards():
    """One day before the entry above is a slip; a table in no order of days says nothing."""
    slip = [list(row) for row in PROGRESS]
    slip[3][1] = "2025.3.6"
    assert problems(audited(CIVIL, progress(slip)), "progress_dates") == [("out_of_sequence", "certain", "correct")]
    jumbled = [PROGRESS[index] for index in (2, 0, 4, 1, 3)]
    assert problems(audited(CIVIL, progress(jumbled)), "progress_dates") == []


def test_the_hearing_on_another_day_than_the_record_of_it():
    """Two days for one hearing: a question. Two hearings: nothing to compare."""
    moved = [list(row) for row in PROGRESS]
    moved[2][1] = "2025.4.3"
    assert problems(audited(CIVIL, progress(moved)), "progress_dates") == [("inconsistent", "uncertain", "correct")]
    twice = [*PROGRESS[:3], ("3", "2025.4.3", "直接", "出庭参加第二次庭审"), *PROGRESS[3:]]
    assert problems(audited(CIVIL, progress(twice)), "progress_dates") == []


def test_an_entry_before_the_assignment():
    """Nobody works on a case before it is assigned, unless the paper of that day tells it already."""
    early = (("1", "2025.3.2", "直接", "约见受援人"), *PROGRESS)
    fields = {"assigned_on": found("2025-03-05")}
    assert problems(audited(CIVIL, progress(early), fields=fields), "progress_dates") == [
        ("out_of_sequence", "uncertain", "correct")
    ]
    told = (("1", "2025.3.3", "直接", "约见受援人"), *PROGRESS)
    assert problems(audited(CIVIL, progress(told), fields=fields), "progress_dates") == []


LISTED = ["法律援助申请表", "指派通知书", "授权委托书", "谈话笔录", "民事判决书", "承办情况通报/报告记录", "结案报告表"]


def contents(titles, pages=None, **reading):
    rows = [(str(number), title, str((pages or {}).get(title, number))) for number, title in enumerate(titles, start=1)]
    lines = (
        line("卷内目录", 0.05, 0.45),
        *table(("序号", "题名", "页码"), columns=(0.1, 0.25, 0.8), top=0.1),
        *table(*rows, columns=(0.1, 0.25, 0.8), top=0.15),
    )
    return sheet("contents_list", lines, reading=reading)


def all_titles():
    from auditing_volumes import material_title

    return [
        material_title(paper.type) for _, paper in complete(CIVIL)[0] if paper.type not in ("cover", "contents_list")
    ]


def test_a_list_that_names_every_paper():
    """Nothing to say of it."""
    assert problems(audited(CIVIL, contents(all_titles())), "contents") == []


def test_a_list_that_names_a_paper_too_many():
    """A paper that is listed and that no page can be is a question."""
    report = audited(CIVIL, contents([*all_titles(), "庭前会议记录"]))
    assert problems(report, "contents") == [("inconsistent", "uncertain", "correct")]
    assert any("庭前会议记录" in finding.message for finding in report.findings)


def test_a_missing_paper_is_told_once():
    """Where the checklist misses the listed paper, its own finding says so."""
    rows, facts = complete(CIVIL)
    listed = replace(contents(all_titles()), marks={})
    papers = [
        listed if paper.type == "contents_list" else paper for _, paper in rows if paper.type != "assignment_notice"
    ]
    assert [finding.document_type for finding in run(volume(papers, facts)).findings] == ["assignment_notice"]


def test_a_list_that_leaves_a_paper_out():
    """A paper of ours that the list passes over; one of a kind that lists pass over is none."""
    titles = [title for title in all_titles() if title != "授权委托书"]
    report = audited(CIVIL, contents(titles))
    assert problems(report, "contents") == [("inconsistent", "uncertain", "correct")]
    assert "授权委托书" in report.findings[0].message
    loose = [title for title in all_titles() if title not in ("证据目录", "身份证明")]
    assert problems(audited(CIVIL, contents(loose)), "contents") == []


def test_a_list_with_an_unread_row_leaves_nothing_out():
    """A number without a title is a row that was not read: the paper may stand there."""
    report = audited(CIVIL, contents(["" if title == "授权委托书" else title for title in all_titles()]))
    assert problems(report, "contents") == []


@pytest.mark.parametrize("reading", [{"quality": 0.7}, {"low_quality": True}])
def test_a_list_that_was_not_read_says_nothing(reading):
    """Nor does one of which only a few rows could be read."""
    assert problems(audited(CIVIL, contents(LISTED, **reading)), "contents") == []
    assert problems(audited(CIVIL, contents(LISTED[:3])), "contents") == []


def stamped(papers, shift=0):
    """The papers with a number in the corner, through the volume."""
    return [
        replace(
            paper,
            reading={
                **paper.reading,
                "lines": (*paper.reading.get("lines", ()), line(str(number + shift), 0.03, 0.92)),
            },
        )
        for number, paper in enumerate(papers, start=1)
    ]


@pytest.mark.parametrize(("listed", "expected"), [(0, []), (1, []), (5, [("inconsistent", "uncertain", "correct")])])
def test_a_wrong_page_in_the_list(listed, expected):
    """Pages are held against the numbers stamped on the sheets; one more or less may be a title sheet."""
    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    from auditing_volumes import material_title

    pages = {material_title(paper.type): number for number, paper in enumerate(papers, start=1)}
    pages["结案报告表"] += listed
    papers = [contents(all_titles(), pages) if paper.type == "contents_list" else paper for paper in papers]
    assert problems(run(volume(stamped(papers), facts)), "contents") == expected


def note(text, *, pen=False, score=0.99):
    return sheet("volume_note", (line("卷内备考表", 0.1, 0.4), line(text, 0.2, score=score, pen=pen)))


@pytest.mark.parametrize(
    ("offset", "pen", "expected"),
    [
        (0, False, []),
        (-3, False, []),
        (9, False, ["certain"]),
        (-9, False, ["certain"]),
        (9, True, []),
    ],
)
def test_the_number_of_pages_on_the_last_sheet(offset, pen, expected):
    """It may leave out cover, list and note; a number by pen is misread too often to be asked about."""
    pages = len(complete(CIVIL)[0])
    report = audited(CIVIL, note(f"本卷共{pages + offset}页，已按相关规定立卷归档。", pen=pen))
    assert [state for _, state, _ in problems(report, "page_count")] == expected


def test_a_count_that_may_have_lost_a_figure_is_asked_about():
    """`3` may be what was read of `30`."""
    pages = len(complete(CIVIL)[0])
    report = audited(CIVIL, note(f"本卷共{str(pages)[0]}页，已按相关规定立卷归档。"))
    assert [state for _, state, _ in problems(report, "page_count")] == ["uncertain"]


def test_pages_of_a_word_file_are_not_counted():
    """A text has no sheets."""
    rows, facts = complete(CIVIL)
    papers = [note("本卷共99页") if paper.type == "volume_note" else paper for _, paper in rows]
    papers[0] = replace(papers[0], reading={"text_source": TextSource.LAYER})
    assert problems(run(volume(papers, facts)), "page_count") == []


@pytest.mark.parametrize(
    ("first", "second", "pen", "expected"),
    [
        ("马桂芳", "罗美珊", False, []),
        ("马桂芳", "马桂芳", False, [("inconsistent", "certain", "correct")]),
        ("马桂芳", "马桂芳", True, [("inconsistent", "uncertain", "correct")]),
        ("", "马桂芳", False, []),
    ],
)
def test_who_checks_is_not_who_binds(first, second, pen, expected):
    """The same name twice; by pen it is a question; where one was not read there is nothing to compare."""
    lines = (line(f"立卷人：{first}", 0.6, 0.6, pen=pen), line(f"检查人：{second}", 0.65, 0.6, pen=pen))
    assert problems(audited(CIVIL, sheet("volume_note", lines)), "distinct_people.volume_note") == expected


def test_who_approves_the_subsidy_is_not_who_checks_the_file():
    """The office's own matter."""
    rows, facts = complete(CIVIL)
    form = sheet("subsidy_form", (line("核卷人：麦伟强", 0.3, 0.6), line("审批人：麦伟强", 0.4, 0.6)))
    report = run(volume([*(paper for _, paper in rows), form], facts))
    assert problems(report, "distinct_people.subsidy_form") == [("inconsistent", "certain", "note")]
    assert [finding.duty for finding in report.findings] == [Duty.OFFICE]


REPORT = (
    ("案件编号", "湛法援民字〔2025〕12号"), ("承办机构", "广东海岸律师事务所"), ("受援人", "陈小明"), ("案由", "离婚纠纷"),
    ("办案机关", "某县人民法院"), ("指派日期", "2025年3月5日"), ("结案日期", "2025年4月20日"),
)  # fmt: skip


def form(open_=(), **reading):
    rows = [(label, "" if label in open_ else value) for label, value in REPORT]
    return sheet("closing_report", table(*rows, columns=(0.1, 0.3)), reading=reading)


def test_a_form_that_is_filled_in():
    """Every label has its value beside it."""
    assert problems(audited(CIVIL, form()), "form_filled") == []


@pytest.mark.parametrize(
    ("reading", "expected"),
    [({}, ["uncertain"]), ({"text_source": TextSource.LAYER}, ["certain"]), ({"quality": 0.5}, [])],
)
def test_a_box_left_open(reading, expected):
    """On a scan a pen may have been overlooked; in a Word file nothing hides; on a poor page nothing is said."""
    report = audited(CIVIL, form({"案由"}, **reading))
    assert [state for _, state, _ in problems(report, "form_filled")] == expected


def test_a_form_that_someone_wrote_on_by_pen_has_no_open_box():
    """What a pen wrote may not have been read."""
    paper = form({"案由"})
    paper = replace(paper, reading={"lines": (*paper.reading["lines"], line("离婚", 0.5, 0.4, pen=True))})
    assert problems(audited(CIVIL, paper), "form_filled") == []


def test_a_blank_form_in_the_file():
    """Labels and nothing else: not one finding a box, but that the form is blank."""
    rows, facts = complete(CIVIL)
    blank = form({label for label, _ in REPORT})
    report = run(volume([*(paper for _, paper in rows), blank], facts))
    assert problems(report, "blank_form") == [("forbidden", "uncertain", "correct")]
    assert problems(report, "form_filled") == []


def ticks(**states):
    boxes = tuple(
        TickBox(label=label, box=(0.1, 0.1, 0.2, 0.2), state=state, score=0.95) for label, state in states.items()
    )
    return sheet("closing_report", table(("受援人", "陈小明"), columns=(0.1, 0.3)), reading={"tick_boxes": boxes})


FOUND, MISSING, UNSURE = State.FOUND, State.MISSING, State.UNCERTAIN


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({"判决/裁决结案": FOUND, "调解": MISSING, "和解": MISSING, "撤诉": MISSING}, []),
        ({"判决/裁决结案": MISSING, "调解": FOUND, "和解": MISSING, "撤诉": MISSING}, [("inconsistent", "uncertain", "correct")]),
        ({"判决/裁决结案": MISSING, "调解": MISSING, "和解": MISSING, "撤诉": MISSING}, [("incomplete", "uncertain", "correct")]),
        ({"判决/裁决结案": MISSING, "调解": MISSING, "和解": MISSING}, []),
        ({"判决/裁决结案": UNSURE, "调解": FOUND, "和解": MISSING, "撤诉": MISSING}, []),
        ({"判决/裁决结案": FOUND, "调解": FOUND, "和解": MISSING, "撤诉": MISSING}, []),
    ],
)  # fmt: skip
def test_the_result_that_is_ticked(states, expected):
    """One tick against another result, or none at all, is a question; a box that was not seen surely settles nothing."""
    assert problems(audited(CIVIL, ticks(**states)), "result_ticked") == expected


def full_page(last, score=0.99):
    lines = tuple(line("问：案件的经过是怎样的？答：是这样的，" * 2, 0.1 + 0.02 * number) for number in range(38))
    return sheet("interview_record", (*lines, line(last, 0.88, score=score)))


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


def numbered(file, numbers):
    """The volume with these numbers in the corners of its pages."""
    pages = tuple(
        entry.model_copy(
            update={
                "page": entry.page.model_copy(
                    update={
                        "reading": entry.page.reading.model_copy(update={"lines": (line(str(number), 0.03, 0.92),)})
                    }
                )
            }
        )
        for entry, number in zip(file.pages, numbers, strict=True)
    )
    return file.model_copy(update={"pages": pages})


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


def test_the_receipt_of_the_judgment_closes_the_case():
    """A closing day that is not the day of receipt is noted."""
    receipt = Paper("outcome_receipt", fields={"date": found("2025-04-22")})
    rows, facts = complete(CIVIL)
    for closed, expected in (("2025-04-22", []), ("2025-04-20", [("inconsistent", "certain", "note")])):
        papers = [
            replace(paper, fields={**paper.fields, "closed_on": found(closed)})
            if paper.type == "closing_report"
            else paper
            for _, paper in rows
        ]
        at = next(index for index, paper in enumerate(papers) if paper.type == "outcome_document") + 1
        report = run(volume([*papers[:at], receipt, *papers[at:]], facts))
        assert problems(report, "same_day.closing") == expected


def test_a_day_is_a_day_in_any_dress():
    """Dots, dashes, characters; what is no day is none."""
    from pipeline.auditing.daywords import days_in

    for text in ("2024.3.5", "2024-03-05", "2024年3月5日", "二〇二四年三月五日", "二○二四年三月五日"):
        assert [day for day, _, _ in days_in(text)] == [date(2024, 3, 5)], text
    assert [day for day, _, _ in days_in("二〇二四年十二月三十一日")] == [date(2024, 12, 31)]
    assert list(days_in("2024.13.5，2024年2月30日，二〇二四年十十月三日")) == []


def test_a_form_that_is_signed_and_otherwise_empty():
    """Its boxes are open; that someone signed it by pen does not fill them."""
    rows, facts = complete(CIVIL)
    empty = form({label for label, _ in REPORT})
    signed = line("承办人（签名）：李强", 0.8, 0.5, pen=True)
    empty = replace(empty, reading={"lines": (*empty.reading["lines"], signed)})
    papers = [
        replace(empty, marks=paper.marks, fields=paper.fields) if paper.type == "closing_report" else paper
        for _, paper in rows
    ]
    report = run(volume(papers, facts))
    assert problems(report, "form_filled") == [("incomplete", "uncertain", "correct")]
    assert problems(report, "blank_form") == []


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (("1", "2", "3-4", "7", "8", "9"), [("inconsistent", "uncertain", "correct")]),
        (("1", "2", "3-4", "5", "6", "7"), []),
        (("1", "3", "5-6", "9", "12", "14"), []),
    ],
)
def test_a_list_that_passes_pages_over(pages, expected):
    """One gap in a list that gives its papers' ends is a paper left out; many gaps are another way to count."""
    titles = ["法律援助申请表", "指派通知书", "谈话笔录", "代理词", "民事判决书", "结案报告表"]
    more = [title for title in all_titles() if title not in titles]
    last = int(pages[-1])
    numbers = dict(zip(titles, pages, strict=True)) | {title: str(last + at) for at, title in enumerate(more, start=1)}
    assert problems(audited(CIVIL, contents([*titles, *more], numbers)), "contents") == expected


@pytest.mark.parametrize(
    ("last", "score", "expected"),
    [
        ("第八条承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构并由法律援助机", 0.99, [("incomplete", "uncertain", "blocks")]),
        ("第八条承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构处理。", 0.99, []),
        ("第八条承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构并由法律援助机", 0.7, []),
    ],
)  # fmt: skip
def test_an_agreement_that_breaks_off_before_its_signatures(last, score, expected):
    """A full page that ends in mid-sentence lacks the page that is signed; a line that was read badly may have ended."""
    rows, facts = complete(CIVIL)
    short = replace(full_page(last, score), type="representation_agreement", marks={}, fields={})
    papers = [short if paper.type == "representation_agreement" else paper for _, paper in rows]
    assert problems(run(volume(papers, facts)), "broken_off.agreement") == expected


PHONE = "联系电话：1380000{}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("123", "123", [("inconsistent", "uncertain", "note")]),
        ("1234", "1234", []),
        ("123", "1234", []),
    ],
)
def test_a_telephone_number_that_is_too_short(one, other, expected):
    """Two papers with the same ten digits; a whole number and one that only one paper has short say nothing."""
    papers = [
        sheet(type_, (line(PHONE.format(digits), 0.3),))
        for type_, digits in (("application_form", one), ("interview_record", other))
    ]
    assert problems(audited(CIVIL, *papers), "phone") == expected


@pytest.mark.parametrize(
    ("payee", "values", "expected"),
    [
        ("赵四", {}, [("inconsistent", "uncertain", "note")]),
        ("李明", {}, []),
        ("赵四", {"score": 0.8}, []),
        ("赵四", {"pen": True}, []),
    ],
)
def test_the_subsidy_is_received_by_the_lawyer_or_the_firm(payee, values, expected):
    """Another name in print is asked about; what a pen wrote or nobody read for sure is not."""
    paid = sheet("subsidy_form", (line("领款人", 0.3, 0.1), line(payee, 0.3, 0.4, **values)))
    fields = {"lawyer_name": found("李明"), "firm_name": found("广东海岸律师事务所")}
    assert problems(audited(CIVIL, paid, fields=fields), "payee") == expected


def test_a_label_that_stands_twice_is_answered_once():
    """Where the form is signed off its label says who signs, and is no open box."""
    paper = form()
    paper = replace(paper, reading={"lines": (*paper.reading["lines"], line("案由", 0.9, 0.1))})
    assert problems(audited(CIVIL, paper), "form_filled") == []
