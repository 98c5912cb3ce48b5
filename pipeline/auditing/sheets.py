"""Checklists as a clerk pins them to the wall (归档材料清单)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.auditing.phrases import days
from pipeline.auditing.simplifying import Settled
from pipeline.auditing.standing import is_open, item_ground
from pipeline.auditing.wording import BLOCKING, NEVER, bears, paper, replaced_by, settled_facts, when_due
from schemas.case import ORIGIN_TITLES, STAGE_TITLES, Kind, Origin, Stage
from schemas.checklist import ChecklistSheet, SheetRow, SheetSection
from schemas.confirmation import Confirmation, Ground
from schemas.report import Effect, Standing
from schemas.standard import DEADLINE_TITLES, Checklist, Duty, Item, Need, Standard

STANDING_TITLES: dict[Standing, str] = {
    Standing.OFFICIAL: "正式文本",
    Standing.RECONSTRUCTED: "推定待核",
    Standing.CONFIRMED: "已经确认",
}


def checklist_sheets(
    standard: Standard,
    kind: Kind | None = None,
    stage: Stage | None = None,
    origin: Origin | None = None,
    confirmations: Mapping[Ground, Confirmation] | None = None,
) -> tuple[ChecklistSheet, ...]:
    """The standard's checklists, narrowed where a kind, stage or origin is given.

    `confirmations` that are in force give a confirmed item the name of who confirmed it and the day.
    """
    return tuple(
        _sheet(standard, checklist, settled_facts(checklist, stage, origin), confirmations or {})
        for checklist in standard.checklists
        if _wanted(checklist, kind, stage, origin)
    )


def _wanted(checklist: Checklist, kind: Kind | None, stage: Stage | None, origin: Origin | None) -> bool:
    return (
        (kind is None or checklist.kind is kind)
        and (stage is None or stage in checklist.stages)
        and (origin is None or origin in checklist.origins)
    )


def _sheet(
    standard: Standard, checklist: Checklist, settled: Settled, confirmations: Mapping[Ground, Confirmation]
) -> ChecklistSheet:
    due = [(item, when) for item in checklist.items if (when := when_due(item, settled)) != NEVER]
    rows = {
        item.key: _row(number, item, (when, settled), checklist, _standing(standard, checklist, item, confirmations))
        for number, (item, when) in enumerate(sorted(due, key=lambda entry: _place(standard, entry[0])), start=1)
    }
    items = [item for item, _ in due]
    return ChecklistSheet(
        kind=checklist.kind,
        stages=checklist.stages,
        origins=checklist.origins,
        title=f"{_title(checklist, settled)}归档材料清单",
        standard_id=standard.id,
        standard=f"{standard.title}（{standard.version.removesuffix('版')}版）",
        standing=standing_sentence([item.standing for item in items]),
        sections=tuple(_sections(standard, items, rows)),
        notes=tuple(_notes(standard, items)),
    )


def _title(checklist: Checklist, settled: Settled) -> str:
    """The checklist's title, with the stage or origin that was chosen of several."""
    narrowed = [
        title
        for name, titles, all_ in (
            ("stage", STAGE_TITLES, len(checklist.stages)),
            ("origin", ORIGIN_TITLES, len(checklist.origins)),
        )
        if len(settled.get(name, ())) == 1 < all_
        for title in (titles[settled[name][0]],)  # type: ignore[index] # the enumerations' values are their keys
    ]
    return f"{checklist.title}（{'，'.join(narrowed)}）" if narrowed else checklist.title


def _place(standard: Standard, item: Item) -> tuple[int, int, int]:
    """Section, then order: the lawyer's volumes, the office's papers, what must stay out."""
    section = 2 if item.need is Need.FORBIDDEN else 1 if item.duty is Duty.OFFICE else 0
    volumes = [volume.id for volume in standard.volumes]
    return section, volumes.index(item.volume) if item.volume in volumes else 0, item.order


def _sections(standard: Standard, items: list[Item], rows: dict[str, SheetRow]) -> Iterator[SheetSection]:
    grouped: dict[str, list[SheetRow]] = {}
    for item in sorted(items, key=lambda one: _place(standard, one)):
        grouped.setdefault(_section_title(standard, item), []).append(rows[item.key])
    for title, members in grouped.items():
        yield SheetSection(title=title, rows=tuple(members))


def _section_title(standard: Standard, item: Item) -> str:
    if item.need is Need.FORBIDDEN:
        return "不得入卷的材料"
    if item.duty is Duty.OFFICE:
        return f"由{standard.office_term}办理的材料"
    return standard.volume_title(item)


def _row(number: int, item: Item, due: tuple[str, Settled], checklist: Checklist, standing: str) -> SheetRow:
    when, settled = due
    instead = replaced_by(item, checklist)
    return SheetRow(
        number=number,
        key=item.key,
        material=paper(item),
        when=f"{when}；缺少的，{instead}" if instead else when,
        marks=bears(item, settled),
        blocks="是" if item.effect is Effect.BLOCKS else "否",
        basis=item.basis,
        standing=standing,
    )


def _standing(
    standard: Standard, checklist: Checklist, item: Item, confirmations: Mapping[Ground, Confirmation]
) -> str:
    act = confirmations.get(item_ground(standard, checklist, item))
    if act is not None:
        return f"已经确认（{act.by}，{act.at.astimezone().date():%Y.%m.%d}）"
    marks_open = item.standing is Standing.OFFICIAL and is_open(item)
    return STANDING_TITLES[item.standing] + ("（签章、日期推定待核）" if marks_open else "")


def standing_sentence(standings: list[Standing]) -> str:
    """How much of a list rests on what."""
    official, confirmed = standings.count(Standing.OFFICIAL), standings.count(Standing.CONFIRMED)
    open_ = standings.count(Standing.RECONSTRUCTED)
    parts = [
        f"{official}项依据系正式文本" if official else "",
        f"{confirmed}项已经本机构核对确认" if confirmed else "",
        f"{open_}项系据公开资料推定、尚待本机构核对正式文本（依据待核）" if open_ else "",
    ]
    return f"本清单共{len(standings)}项：{'，'.join(part for part in parts if part)}。"


def _notes(standard: Standard, items: list[Item]) -> Iterator[str]:
    if any(BLOCKING in bears(item, {}) for item in items):
        yield f"“影响补贴”栏为“是”的，缺少该材料时暂缓发放补贴；标“{BLOCKING}”的，缺少该签名、盖章或者日期时暂缓发放补贴。"
    else:
        yield "“影响补贴”栏为“是”的，缺少该材料时暂缓发放补贴。"
    terms = [
        f"{DEADLINE_TITLES.get(name, name)}{days(deadline)}"
        + ("（依据待核）" if deadline.standing is Standing.RECONSTRUCTED else "")
        for name, deadline in standard.deadlines.items()
    ]
    if terms:
        yield f"期限：{'；'.join(terms)}。"
    for note in standard.notes:
        yield note.text
