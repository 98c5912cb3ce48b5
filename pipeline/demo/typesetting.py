"""From blocks to sheets: lines are broken, tables ruled, pages turned."""

from __future__ import annotations

from pipeline.demo.blocks import Block, Drawing, Gap, NewPage, Paper, Rule, Signature, SignOff, Table, Text, Title
from pipeline.demo.faces import width
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Print, Stroke, moved
from pipeline.demo.press import (
    SEAL_DIAMETER,
    SIGNING_ROOM,
    Press,
    Sheet,
    date_ops,
    line_ops,
    paragraphs,
    runs_of,
    set_sign_off,
    signature_ops,
    wrapped,
)
from pipeline.demo.styles import Style
from pipeline.demo.tables import set_table


def typeset(paper: Paper, style: Style, seed: str) -> tuple[Sheet, ...]:
    """The pages of `paper`, all of them, also those that the file lacks."""
    press = Press(paper, style, seed, y=paper.margins[1])
    for block in paper.blocks:
        _set(press, block)
    press.turn()
    total = len(press.sheets)
    return tuple(_with_foot(press, sheet, number, total) for number, sheet in enumerate(press.sheets, 1))


def _set(press: Press, block: Block) -> None:
    match block:
        case Title():
            _set_title(press, block)
        case Text():
            _set_text(press, block)
        case Signature():
            _set_signature(press, block)
        case SignOff():
            size = press.paper.size
            press.need(max(SEAL_DIAMETER * 0.8, size * 1.6 * (len(block.lines) + 1)))
            set_sign_off(press, block, press.right, size)
        case Table():
            set_table(press, block)
        case Gap():
            press.y += block.height
        case Rule():
            _set_rule(press, block)
        case NewPage():
            press.turn()
        case Drawing():
            press.need(block.height)
            press.operations += [moved(each, press.left, press.y) for each in block.operations]
            press.lines += block.lines
            press.y += block.height


def _with_foot(press: Press, sheet: Sheet, number: int, total: int) -> Sheet:
    operations, lines = list(sheet.operations), list(sheet.lines)
    signature = press.paper.each_page
    if signature is not None and number < total:
        signed = signature.signed and number not in press.paper.unsigned_pages
        place = signature_ops(press, signature, signed, press.left + 520, PAGE_HEIGHT - 245, 33)
        operations += place
        lines.append(signature.label)
    text = {"of": f"第{number}页　共{total}页", "dash": f"—  {number}  —", "number": str(number), "": ""}[
        press.paper.foot
    ]
    if text:
        x = PAGE_WIDTH / 2 - width(press.face, 28, text) / 2
        operations.append(Print(x, PAGE_HEIGHT - 130, text, press.face, 28))
        lines.append(text)
    return Sheet(tuple(operations), tuple(lines))


def _set_title(press: Press, title: Title) -> None:
    face, text = title.face or press.style.title_face, title.text
    spacing = title.size * 0.9 if title.spaced and len(text) <= 8 else 0  # noqa: PLR2004 - long titles do not fit spaced
    length = width(face, title.size, text, spacing) - spacing
    size = title.size
    if length > press.right - press.left:
        size = int(size * (press.right - press.left) / length)
        length = width(face, size, text, spacing) - spacing
    x = PAGE_WIDTH / 2 - length / 2
    press.operations.append(Print(x, press.y, text, face, size, bold=True, colour=title.colour, spacing=spacing))
    press.lines.append(text)
    press.y += size + title.after


def _set_text(press: Press, text: Text) -> None:
    size = text.size or press.paper.size
    room = press.right - press.left
    indent = size * text.indent if text.align == "left" else 0
    for number, part in enumerate(paragraphs(text.text)):
        for index, line in enumerate(wrapped(runs_of(part), press.face, size, room, indent)):
            press.need(size * 1.3)
            length = sum(width(press.face, size, run) for run, _ in line)
            x = {"left": indent if index == 0 else 0, "centre": (room - length) / 2, "right": room - length}[text.align]
            press.operations += line_ops(
                press, line, press.left + x, size, bold=text.bold, underline=text.underline or press.paper.form
            )
            if press.paper.ruled:
                under = press.y + size * 1.35
                press.operations.append(Stroke(press.left - 10, under, press.right + 10, under, 1, "light"))
            press.y += size * press.paper.leading
        if not part and number:
            press.y += size * press.paper.leading


def _set_signature(press: Press, signature: Signature) -> None:
    size = press.paper.size
    press.need(size * 3.2)
    label_width = width(press.face, size, signature.label)
    x = press.right - label_width - SIGNING_ROOM - 60 if signature.align == "right" else press.left
    press.operations += signature_ops(press, signature, signature.signed, x, press.y, size)
    press.lines.append(signature.label)
    press.y += size * press.paper.leading * 1.1
    if signature.date is not None:
        date_x = x if signature.align == "left" else press.right - SIGNING_ROOM - 150
        press.operations += date_ops(press, signature.date, date_x, press.y, size)
        press.y += size * press.paper.leading


def _set_rule(press: Press, rule: Rule) -> None:
    press.operations.append(Stroke(press.left - 20, press.y, press.right + 20, press.y, 6, rule.colour))
    if rule.double:
        press.operations.append(Stroke(press.left - 20, press.y + 12, press.right + 20, press.y + 12, 2, rule.colour))
    press.y += 46
