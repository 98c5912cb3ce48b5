"""Pieces that many papers share: rows of forms, fields of the truth, the usual signatures."""

from __future__ import annotations

from datetime import date

from pipeline.demo.blocks import Block, Cell, Row, Signature, SignOff, Table, Text, fill
from pipeline.demo.story import Story

Fields = dict[str, str | None]


def stated(story: Story, *names: str, on: date | None = None, number: str | None = None, **more: str | None) -> Fields:
    """The fields of the truth that a paper states; `names` are those of the case that it repeats."""
    known: Fields = {
        "recipient_name": story.recipient.name,
        "recipient_id_number": story.recipient.id_number,
        "lawyer_name": story.lawyer.name,
        "firm_name": story.firm,
        "organ_name": story.organ,
        "organ_case_number": story.organ_case_number,
        "cause": story.matter.cause,
        "case_number": story.case_number,
    }
    fields: Fields = {name: known[name] for name in names if known[name] is not None}
    if on is not None:
        fields["date"] = on.isoformat()
    if number is not None:
        fields["number"] = number
    return fields | more


def head(text: str) -> Cell:
    """A printed label of a form."""
    return Cell(text, align="centre")


def entry(text: str, span: int = 1) -> Cell:
    """What was filled in."""
    return Cell(fill(text), span=span, align="centre" if len(text) < 12 else "left")  # noqa: PLR2004


def form(story: Story, rows: list[tuple[str, str]]) -> tuple[Block, ...]:
    """Labels and entries: as a table, or line by line where the office has no tables."""
    rows, columns = [(story.style.label(label), value) for label, value in rows], story.style.columns
    if story.style.forms == "prose":
        return tuple(Text(f"{label}：{fill(value)}", indent=0) for label, value in rows)
    cells: list[Row] = []
    for start in range(0, len(rows), columns):
        group = rows[start : start + columns]
        pairs = [cell for label, value in group for cell in (head(label), entry(value))]
        if len(group) < columns:
            pairs[-1] = entry(group[-1][1], span=1 + 2 * (columns - len(group)))
        cells.append(Row(tuple(pairs), 72))
    return (Table((0.9, 1.6) * columns, tuple(cells)),)


def number_line(number: str, *, align: str = "right") -> Block:
    return Text(number, align="centre" if align == "centre" else "right", indent=0, size=34)


def office_end(story: Story, on: date) -> SignOff:
    """The office's name, date and seal below a decision or letter."""
    return SignOff((story.style.office,), story.style.official_day(on), story.office_seal())


def recipient_signs(
    story: Story, on: date | None = None, *, label: str = "", fingerprint: bool = False, align: str = "right"
) -> Signature:
    label = label or f"{story.style.recipient_label}（签名）："
    return Signature(
        label, story.recipient.name, "recipient_signature", None if on is None else story.style.day(on),
        fingerprint=fingerprint, align="left" if align == "left" else "right",
    )  # fmt: skip


def lawyer_signs(story: Story, on: date | None = None, *, label: str = "") -> Signature:
    day = None if on is None else story.style.day(on)
    return Signature(label or f"{story.lawyer_label}（签名）：", story.lawyer.name, "lawyer_signature", day)


def staff_signs(story: Story, on: date | None, label: str, name: str) -> Signature:
    return Signature(label, name, "staff_signature", None if on is None else story.style.day(on))


def ticked(options: tuple[str, ...], chosen: str) -> str:
    """Options to tick, with `chosen` ticked; what is no option is written behind 其他."""
    if chosen not in options and "其他" in options:
        return "　".join("□" + option for option in options if option != "其他") + f"　☑其他（{chosen}）"
    return "　".join(("☑" if option == chosen else "□") + option for option in options)
