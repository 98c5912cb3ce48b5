"""The sheets around the papers of a volume: cover (卷宗封面), contents list (卷内目录), closing note (卷内备考表).

What was not read for certain is left blank: these sheets are filled in and signed by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.archiving.sheets import (
    BOTTOM,
    LEFT,
    MIDDLE,
    RIGHT,
    Area,
    Mark,
    Rule,
    Words,
    cell,
    centred,
    frame,
    text_width,
    wrapped,
)
from schemas.arrangement import ArrangedVolume
from schemas.base import State
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.contents import ContentsLine
from schemas.report import AuditReport

_ROW = 11.5
_LABEL = 28.0


def cover_sheet(report: AuditReport, volume: ArrangedVolume, office_name: str) -> list[Mark]:
    """The cover, with the fields of 4.2 of the field's rules."""
    marks: list[Mark] = [
        centred(42, office_name, 22, bold=True),
        centred(66, "法律援助案件卷宗", 32, bold=True),
    ]
    if volume.title:
        marks.append(centred(84, f"（{volume.title}）", 18))
    top, half = 98.0, (RIGHT - LEFT) / 2
    rows = _cover_rows(report, volume)
    for number, row in enumerate(rows):
        y = top + number * _ROW
        wide = half if len(row) > 1 else 2 * half
        for position, (label, value) in enumerate(row):
            x = LEFT + position * half
            marks += cell(Area(x, y, _LABEL, _ROW), label, 12, centre=True)
            marks += cell(Area(x + _LABEL, y, wide - _LABEL, _ROW), value, 12)
            marks.append(Rule(x + _LABEL, y, x + _LABEL, y + _ROW))
            if position:
                marks.append(Rule(x, y, x, y + _ROW))
        if number:
            marks.append(Rule(LEFT, y, RIGHT, y))
    return marks + frame(Area(LEFT, top, RIGHT - LEFT, len(rows) * _ROW), 1.2)


def _cover_rows(report: AuditReport, volume: ArrangedVolume) -> list[list[tuple[str, str]]]:
    field = _Fields(report)
    return [
        [("案件编号", field("case_number"))],
        [("案件类别", field.title("kind")), ("办案阶段", field.title("stage"))],
        [("受援人", field("recipient_name")), ("案件来源", field.title("origin"))],
        [("案由", field("cause"))],
        [("对方当事人", "")],
        [("承办单位", field("firm_name")), ("承办人", field("lawyer_name"))],
        [("办案机关", field("organ_name")), ("办案机关案号", field("organ_case_number"))],
        [("指派日期", field.day("assigned_on")), ("结案日期", field.day("closed_on"))],
        [("办理结果", field("result"))],
        [("归档日期", ""), ("保管期限", "")],
        [("立卷人", ""), ("卷内页数", f"{volume.numbered}页")],
        [("档号", ""), ("备注", "")],
    ]


class _Fields:
    """Values of the case as a form may print them: as facts only if they were found."""

    def __init__(self, report: AuditReport) -> None:
        self._case = report.case

    def __call__(self, name: str) -> str:
        value = self._case.fields.get(name) if self._case is not None else None
        return value.value if value is not None and value.state is State.FOUND and value.value else ""

    def day(self, name: str) -> str:
        parts = self(name).split("-")
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日" if len(parts) == 3 else self(name)  # noqa: PLR2004

    def title(self, name: str) -> str:
        if self._case is None:
            return ""
        fact = self._case.facts.get(name)
        if fact is not None and fact.state is not State.FOUND:
            return ""
        kind, stage, origin = self._case.kind, self._case.stage, self._case.origin
        titles = {
            "kind": KIND_TITLES[kind] if kind is not None else "",
            "stage": STAGE_TITLES[stage] if stage is not None else "",
            "origin": ORIGIN_TITLES[origin] if origin is not None else "",
        }
        return titles[name]


_COLUMNS = (
    ("序号", 12.0), ("文号", 30.0), ("责任者", 28.0), ("题名", 45.0), ("日期", 21.0), ("页号", 15.0), ("备注", 14.0),
)  # fmt: skip
_SIZE = 10.5
_LINE = 5.2
"""Millimetres from line to line in a row of the list."""
_LEAST = 9.0
_CENTRED = frozenset((0, 4, 5))


def contents_sheets(lines: Sequence[ContentsLine], volume: ArrangedVolume) -> list[list[Mark]]:
    """The contents list, on as many sheets as it takes."""
    rows = [(line, _height(line)) for line in lines]
    sheets: list[list[Mark]] = []
    while rows or not sheets:
        marks, y = _contents_head(volume, first=not sheets)
        while rows and y + rows[0][1] <= BOTTOM:
            line, high = rows.pop(0)
            marks += _contents_row(line, y, high)
            y += high
        marks.append(Rule(LEFT, y, RIGHT, y, 1.2))
        sheets.append(marks)
    return sheets


def _contents_head(volume: ArrangedVolume, *, first: bool) -> tuple[list[Mark], float]:
    title = "卷 内 目 录" + (f"（{volume.title}）" if volume.title else "") + ("" if first else "（续）")
    marks: list[Mark] = [centred(34, title, 20, bold=True)]
    y, x = 46.0, LEFT
    for name, wide in _COLUMNS:
        marks += cell(Area(x, y, wide, 10), name, 11, centre=True)
        x += wide
    marks += _grid(y, 10)
    marks.append(Rule(LEFT, y, RIGHT, y, 1.2))
    return marks, y + 10


def _cells(line: ContentsLine) -> tuple[str, ...]:
    return (line.number, line.reference, line.author, line.title, line.date, line.pages, line.remark)


def _height(line: ContentsLine) -> float:
    most = max(len(wrapped(text, wide - 2, _SIZE)) for text, (_, wide) in zip(_cells(line), _COLUMNS, strict=True))
    return min(BOTTOM - 60, max(_LEAST, most * _LINE + 2))


def _contents_row(line: ContentsLine, y: float, high: float) -> list[Mark]:
    marks, x = _grid(y, high), LEFT
    for position, (text, (_, wide)) in enumerate(zip(_cells(line), _COLUMNS, strict=True)):
        marks += cell(Area(x, y, wide, high), text, _SIZE, centre=position in _CENTRED)
        x += wide
    return marks


def _grid(y: float, high: float) -> list[Mark]:
    marks: list[Mark] = [Rule(LEFT, y + high, RIGHT, y + high)]
    x = LEFT
    for wide in (*(wide for _, wide in _COLUMNS), 0.0):
        outer = x in {LEFT, RIGHT}
        marks.append(Rule(x, y, x, y + high, 1.2 if outer else 0.7))
        x += wide
    return marks


def note_sheet(volume: ArrangedVolume, remarks: Sequence[str]) -> list[Mark]:
    """The closing note: how many pages, what is to be known of them, and room for those who sign."""
    title = "卷 内 备 考 表" + (f"（{volume.title}）" if volume.title else "")
    high = 215.0
    marks: list[Mark] = [centred(38, title, 20, bold=True), *frame(Area(LEFT, 50, RIGHT - LEFT, high), 1.2)]
    marks.append(Words(LEFT + 6, 62, "本卷情况说明：", 14, bold=True))
    y, room = 74.0, RIGHT - LEFT - 12
    size = 14.0 if len(remarks) < 5 else 11.0  # noqa: PLR2004 - a long note in smaller print
    for text in (f"本卷共 {volume.numbered} 页，已按相关规定立卷归档。", *remarks):
        for part in wrapped(f"　　{text}", room, size):
            if y < 50 + high - 50:
                marks.append(Words(LEFT + 6, y, part, size))
            y += size * 0.62
    for number, label in enumerate(("立 卷 人：", "检 查 人：", "立卷时间：")):
        line = 50 + high - 36 + number * 12
        marks.append(Words(MIDDLE + 12, line, label, 14))
        end = "　　　年　　月　　日" if number == 2 else ""  # noqa: PLR2004 - the last of three
        marks.append(Words(MIDDLE + 12 + text_width(label, 14), line, end, 14))
        if not end:
            marks.append(Rule(MIDDLE + 12 + text_width(label, 14), line + 3, RIGHT - 8, line + 3, 0.5))
    return marks


def absent_sheet(part: str, part_page: int, scan_page: int, reason: str) -> list[Mark]:
    """In the place of a page that cannot be opened."""
    marks: list[Mark] = [centred(70, "说　明　页", 22, bold=True), *frame(Area(LEFT, 90, 165, 80), 1.2)]
    texts = (
        "此处原有一页，扫描件无法打开，未能收入本归档副本。",
        f"扫描页次：第{scan_page}页",
        f"所在文件：{part or '（不明）'}，第{part_page}页",
        f"原因：{reason}",
        "原始扫描件保存于“02_原始扫描”，请重新扫描该页后重新制作。",
    )
    y = 104.0
    for text in texts:
        for line in wrapped(text, 153, 14):
            marks.append(Words(LEFT + 6, y, line, 14))
            y += 9
    return marks
