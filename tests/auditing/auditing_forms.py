"""Forms and lists as they are printed: the record of what was done, the contents list, the report, the last sheet."""

from __future__ import annotations

from dataclasses import replace

from auditing_changes import CIVIL
from auditing_sheets import line, sheet, table
from auditing_volumes import complete

from schemas.reading import Line, TickBox

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


def note(text, *, pen=False, score=0.99):
    return sheet("volume_note", (line("卷内备考表", 0.1, 0.4), line(text, 0.2, score=score, pen=pen)))


REPORT = (
    ("案件编号", "湛法援民字〔2025〕12号"), ("承办机构", "广东海岸律师事务所"), ("受援人", "陈小明"), ("案由", "离婚纠纷"),
    ("办案机关", "某县人民法院"), ("指派日期", "2025年3月5日"), ("结案日期", "2025年4月20日"),
)  # fmt: skip


def form(open_=(), **reading):
    rows = [(label, "" if label in open_ else value) for label, value in REPORT]
    return sheet("closing_report", table(*rows, columns=(0.1, 0.3)), reading=reading)


def ticks(**states):
    boxes = tuple(
        TickBox(label=label, box=(0.1, 0.1, 0.2, 0.2), state=state, score=0.95) for label, state in states.items()
    )
    return sheet("closing_report", table(("受援人", "陈小明"), columns=(0.1, 0.3)), reading={"tick_boxes": boxes})


def full_page(last, score=0.99):
    lines = tuple(line("问：案件的经过是怎样的？答：是这样的，" * 2, 0.1 + 0.02 * number) for number in range(38))
    return sheet("interview_record", (*lines, line(last, 0.88, score=score)))


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


def printed(text, score):
    return (Line(text=text, box=(0.1, 0.1, 0.9, 0.12), score=score),)
