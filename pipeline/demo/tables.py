"""Ruled tables: the forms of an office."""

from __future__ import annotations

from pipeline.demo.blocks import Cell, Row, Table
from pipeline.demo.faces import width
from pipeline.demo.ink import Operation, Stroke
from pipeline.demo.press import (
    Press,
    Run,
    date_ops,
    line_ops,
    paragraphs,
    runs_of,
    set_sign_off,
    signature_ops,
    wrapped,
)

PADDING = 14
LEADING = 1.42

Lines = list[list[Run]]
Frame = tuple[float, float, float, float]


def set_table(press: Press, table: Table) -> None:
    total = sum(table.widths)
    shares = [each / total * (press.right - press.left) for each in table.widths]
    for row in table.rows:
        _set_row(press, table.size, row, shares)


def _spans(row: Row, shares: list[float]) -> list[float]:
    spans, at = [], 0
    for cell in row.cells:
        spans.append(sum(shares[at : at + cell.span]))
        at += cell.span
    return spans


def _lines(press: Press, cell: Cell, size: int, span: float) -> Lines:
    if cell.vertical:
        return [[(char, False)] for char in cell.text]
    room = span - 2 * PADDING
    return [
        line
        for part in paragraphs(cell.text)
        for line in (list(wrapped(runs_of(part), press.face, size, room, 0)) or [[]])
    ]


def _height(cell: Cell, lines: Lines, size: int) -> float:
    height = len(lines) * size * LEADING + 2 * PADDING
    if cell.signature is not None:
        height += size * (1.9 if cell.signature.date is None else 3.6)
    if cell.sign_off is not None:
        height += size * 1.7 * (len(cell.sign_off.lines) + 1) + 150
    return height


def _set_row(press: Press, size: int, row: Row, shares: list[float]) -> None:
    spans = _spans(row, shares)
    contents = [_lines(press, cell, size, span) for cell, span in zip(row.cells, spans, strict=True)]
    height = max(row.height, *(_height(cell, lines, size) for cell, lines in zip(row.cells, contents, strict=True)))
    press.need(height)
    x, top = press.left, press.y
    for cell, lines, span in zip(row.cells, contents, spans, strict=True):
        _set_cell(press, size, cell, lines, (x, top, x + span, top + height))
        x += span
    press.y = top + height


def _set_cell(press: Press, size: int, cell: Cell, lines: Lines, frame: Frame) -> None:
    x0, y0, x1, y1 = frame
    press.operations += _borders(frame)
    alone = cell.signature is None and cell.sign_off is None
    text_height = len(lines) * size * LEADING
    short = len(lines) <= 2 or cell.align == "centre"  # noqa: PLR2004 - short entries stand in the middle of their cell
    press.y = y0 + (y1 - y0 - text_height) / 2 + size * 0.2 if alone and short else y0 + PADDING + size * 0.2
    for line in lines:
        length = sum(width(press.face, size, text) for text, _ in line)
        x = x0 + (x1 - x0 - length) / 2 if cell.align == "centre" or cell.vertical else x0 + PADDING
        press.operations += line_ops(press, line, x, size, bold=cell.bold, underline=False)
        press.y += size * LEADING
    _set_signature(press, size, cell, frame)


def _set_signature(press: Press, size: int, cell: Cell, frame: Frame) -> None:
    x0, _, x1, y1 = frame
    if cell.signature is not None:
        signature = cell.signature
        dated = signature.date is not None
        x = max(x0 + PADDING, x1 - width(press.face, size, signature.label) - 330)
        y = y1 - size * (3.2 if dated else 1.8)
        press.operations += signature_ops(press, signature, signature.signed, x, y, size)
        press.lines.append(signature.label)
        if signature.date is not None:
            press.operations += date_ops(press, signature.date, x1 - 330, y1 - size * 1.5, size)
    if cell.sign_off is not None:
        press.y = y1 - size * 1.7 * (len(cell.sign_off.lines) + 1) - 40
        set_sign_off(press, cell.sign_off, x1 - PADDING - 60, size)


def _borders(frame: Frame) -> list[Operation]:
    x0, y0, x1, y1 = frame
    sides = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return [Stroke(*side, 2, "rule") for side in sides]
