"""What changed in one item of a checklist, in words for the clerk who will feel it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from os.path import commonprefix
from typing import NamedTuple

from pipeline.auditing.conditions import parse
from pipeline.auditing.wording import clause, paper
from schemas.materials import material_title
from schemas.report import Effect, Standing
from schemas.standard import Duty, Item, Need, RequiredField, RequiredMark
from schemas.volume import FIELD_TITLES, MARK_TITLES


class Direction(IntEnum):
    """What a change means for those who hand files in."""

    STRICTER = 0
    LAXER = 1
    ORDER = 2
    OTHER = 3
    GROUND = 4


DIRECTION_TITLES: dict[Direction, str] = {
    Direction.STRICTER: "要求加严",
    Direction.LAXER: "要求放宽",
    Direction.ORDER: "次序、分卷变动",
    Direction.OTHER: "其他调整",
    Direction.GROUND: "依据变动",
}


class Change(NamedTuple):
    direction: Direction
    text: str


NEED_WORDS: dict[Need, str] = {
    Need.REQUIRED: "必备",
    Need.CONDITIONAL: "附条件必备",
    Need.OPTIONAL: "选备",
    Need.FORBIDDEN: "不得入卷",
}
_STRICTNESS = {Need.OPTIONAL: 0, Need.CONDITIONAL: 1, Need.REQUIRED: 2, Need.FORBIDDEN: 3}
_EFFECTS = {Effect.NOTE: 0, Effect.CORRECT: 1, Effect.BLOCKS: 2}
_FOLLOWS = {Effect.BLOCKS: "暂缓发放补贴", Effect.CORRECT: "应当在归档前补正", Effect.NOTE: "只作提示"}
_STANDING_WORDS = {
    Standing.OFFICIAL: "正式文本", Standing.RECONSTRUCTED: "推定待核", Standing.CONFIRMED: "已经确认",
}  # fmt: skip
_DUTY_WORDS = {Duty.LAWYER: "承办人提交", Duty.OFFICE: "法律援助机构办理"}


def named(item: Item) -> str:
    return f"《{paper(item)}》" if "《" not in paper(item) else paper(item)


def due_words(item: Item) -> str:
    """`必备`; `受援人系未成年人的必备（…的除外）`; `选备`; `不得入卷`."""
    words = NEED_WORDS[item.need]
    if item.when is not None:
        words = f"{clause(parse(item.when))}的必备"
    return words + (f"（{clause(parse(item.unless))}的除外）" if item.unless is not None else "")


def added(item: Item) -> Change:
    if item.need is Need.OPTIONAL:
        return Change(Direction.OTHER, f"新增选备材料{named(item)}，有则入卷，缺少时不影响补贴。")
    if item.need is Need.FORBIDDEN:
        return Change(Direction.STRICTER, f"新增不得入卷的材料{named(item)}，入卷的{_FOLLOWS[item.effect]}。")
    return Change(Direction.STRICTER, f"新增{named(item)}：{due_words(item)}，缺少时{_FOLLOWS[item.effect]}。")


def removed(item: Item) -> Change:
    if item.need is Need.OPTIONAL:
        return Change(Direction.OTHER, f"不再列出选备材料{named(item)}。")
    if item.need is Need.FORBIDDEN:
        return Change(Direction.LAXER, f"{named(item)}不再禁止入卷。")
    follows = "，缺少时不再影响补贴" if _blocks(item) else ""
    return Change(Direction.LAXER, f"不再要求{named(item)}（原为{due_words(item)}）{follows}。")


def _blocks(item: Item) -> bool:
    """Whether the subsidy can wait for it: nobody waits for what is optional."""
    return item.effect is Effect.BLOCKS and item.need is not Need.OPTIONAL


def changed(old: Item, new: Item, volumes: tuple[str, str]) -> Iterator[Change]:
    """What differs between two states of an item. `volumes`: titles of its volume before and after."""
    if paper(old) != paper(new):
        yield Change(Direction.OTHER, f"{named(old)}改称{named(new)}。")
    yield from _need_changes(old, new)
    yield from _required_changes(new, _marks(old), _marks(new))
    yield from _required_changes(new, _fields(old), _fields(new))
    yield from _substitute_changes(old, new)
    yield from _material_changes(old, new)
    if (old.contains, old.titled) != (new.contains, new.titled):
        yield Change(Direction.OTHER, f"认定{named(new)}所凭的文字有修改。")
    if old.duty is not new.duty:
        direction = Direction.STRICTER if new.duty is Duty.LAWYER else Direction.LAXER
        yield Change(direction, f"{named(new)}由{_DUTY_WORDS[old.duty]}改为{_DUTY_WORDS[new.duty]}。")
    if volumes[0] != volumes[1] and all(volumes):  # that a file is split at all is said once, for all papers
        yield Change(Direction.ORDER, f"{named(new)}由{volumes[0]}改为装入{volumes[1]}。")
    if old.remedy != new.remedy:
        yield Change(Direction.OTHER, f"{named(new)}缺少时的补正要求改为：{new.remedy or f'请补交{named(new)}。'}")
    yield from _ground_changes(named(new), (old.basis, old.standing), (new.basis, new.standing))


def ground_changes(name: str, old: tuple[str, Standing], new: tuple[str, Standing]) -> Iterator[Change]:
    """A changed basis or standing of whatever is called `name`."""
    yield from _ground_changes(name, old, new)


def _ground_changes(name: str, old: tuple[str, Standing], new: tuple[str, Standing]) -> Iterator[Change]:
    if old[0] != new[0]:
        before, after = _without_common_end(old[0], new[0])
        where = "的依据" if (before, after) == (old[0], new[0]) else "的依据中，"
        yield Change(Direction.GROUND, f"{name}{where}由“{before}”改为“{after}”。")
    if old[1] is not new[1]:
        yield Change(Direction.GROUND, f"{name}的依据状态由{_STANDING_WORDS[old[1]]}改为{_STANDING_WORDS[new[1]]}。")


def _without_common_end(old: str, new: str) -> tuple[str, str]:
    """What differs between two grounds, so that what changed in the same way for many papers is said once.

    Whole norms before a semicolon and a whole remark in brackets at the end are left out where both have them.
    """
    head = commonprefix([old, new]).rpartition("；")  # noqa: RUF071 - of texts, not of paths
    start = len(head[0]) + len(head[1])
    tail = commonprefix([old[start:][::-1], new[start:][::-1]])[::-1]  # noqa: RUF071
    end = len(tail) - tail.find("（") if "（" in tail else 0
    return old[start : len(old) - end], new[start : len(new) - end]


def _need_changes(old: Item, new: Item) -> Iterator[Change]:
    """Need, condition, exception and effect: one sentence, because they are one question to the clerk."""
    parts: list[str] = []
    turns: list[int] = []
    if old.need is not new.need or old.when != new.when:
        parts.append(f"由{due_without_exception(old)}改为{due_without_exception(new)}")
        turns.append(_STRICTNESS[new.need] - _STRICTNESS[old.need])
    if old.unless != new.unless and Need.OPTIONAL not in {old.need, new.need}:
        parts.append(_exception_words(old, new))
        turns.append(-1 if old.unless is None else 1 if new.unless is None else 0)
    consequence = _consequence_words(old, new)
    if consequence:
        parts.append(consequence)
        turns.append(
            _EFFECTS[new.effect] * (new.need is not Need.OPTIONAL)
            - _EFFECTS[old.effect] * (old.need is not Need.OPTIONAL)
        )
    if parts:
        yield Change(_direction(turns), f"{named(new)}{'，'.join(parts)}。")


def _direction(turns: list[int]) -> Direction:
    if any(turn > 0 for turn in turns) and not any(turn < 0 for turn in turns):
        return Direction.STRICTER
    if any(turn < 0 for turn in turns) and not any(turn > 0 for turn in turns):
        return Direction.LAXER
    return Direction.OTHER


def due_without_exception(item: Item) -> str:
    words = due_words(item.model_copy(update={"unless": None}))
    return f"“{words}”" if item.when is not None else words


def _exception_words(old: Item, new: Item) -> str:
    if new.unless is None:
        return "取消除外情形" + (f"（原为{clause(parse(old.unless))}的除外）" if old.unless is not None else "")
    if old.unless is None:
        return f"增加除外情形：{clause(parse(new.unless))}的不要求"
    return f"除外情形由“{clause(parse(old.unless))}”改为“{clause(parse(new.unless))}”"


def _consequence_words(old: Item, new: Item) -> str:
    act = "入卷的" if new.need is Need.FORBIDDEN else "缺少时"
    if _blocks(old) and not _blocks(new):
        follows = "" if new.need is Need.OPTIONAL else f"，{_FOLLOWS[new.effect]}"
        return f"{act}不再影响补贴{follows}"
    if _blocks(new) and not _blocks(old):
        return f"{act}将暂缓发放补贴"
    if old.effect is not new.effect and new.need is not Need.OPTIONAL:
        return f"{act}由{_FOLLOWS[old.effect]}改为{_FOLLOWS[new.effect]}"
    return ""


Required = Mapping[str, RequiredMark | RequiredField]


def _marks(item: Item) -> Required:
    return {f"{'逐页' if mark.each_page else ''}{MARK_TITLES[mark.mark]}": mark for mark in item.marks}


def _fields(item: Item) -> Required:
    return {f"{'注明' if field.field == 'date' else '写明'}{FIELD_TITLES[field.field]}": field for field in item.fields}


def _required_changes(item: Item, old: Required, new: Required) -> Iterator[Change]:
    for title, part in new.items():
        before = old.get(title)
        if before is None:
            yield Change(Direction.STRICTER, f"{named(item)}新增要求{title}，缺少时{_FOLLOWS[part.effect]}。")
            continue
        if before.effect is not part.effect:
            stricter = _EFFECTS[part.effect] > _EFFECTS[before.effect]
            direction = Direction.STRICTER if stricter else Direction.LAXER
            yield Change(
                direction, f"{named(item)}缺少{title}时，由{_FOLLOWS[before.effect]}改为{_FOLLOWS[part.effect]}。"
            )
        if _of_papers(before) != _of_papers(part):
            yield Change(Direction.OTHER, f"{named(item)}要求{title}的材料改为：{_papers_words(part)}。")
        if _condition(before) != _condition(part):
            yield Change(Direction.OTHER, f"{named(item)}要求{title}的情形改为：{_condition_words(part)}。")
    for title in old:
        if title not in new:
            yield Change(Direction.LAXER, f"{named(item)}不再要求{title}。")


def _condition(part: RequiredMark | RequiredField) -> str | None:
    return part.when if isinstance(part, RequiredMark) else None


def _of_papers(part: RequiredMark | RequiredField) -> tuple[str, ...]:
    return part.materials if isinstance(part, RequiredMark) else ()


def _papers_words(part: RequiredMark | RequiredField) -> str:
    return "、".join(f"《{material_title(id_)}》" for id_ in _of_papers(part)) or "该项全部材料"


def _condition_words(part: RequiredMark | RequiredField) -> str:
    when = _condition(part)
    return f"{clause(parse(when))}的" if when is not None else "一律要求"


def _substitute_changes(old: Item, new: Item) -> Iterator[Change]:
    before = {(one.material, one.reason): one for one in old.substitutes}
    after = {(one.material, one.reason): one for one in new.substitutes}
    for (material, reason), substitute in after.items():
        text = f"{named(new)}缺少的，可以《{material_title(material)}》代替（{reason}）"
        if (material, reason) not in before:
            yield Change(Direction.LAXER, f"{text}。")
        elif before[material, reason].needs_confirmation != substitute.needs_confirmation:
            asks = substitute.needs_confirmation
            direction = Direction.STRICTER if asks else Direction.LAXER
            yield Change(direction, f"{text}，{'改为须经工作人员认可' if asks else '不再须经工作人员认可'}。")
    for material, reason in before:
        if (material, reason) not in after:
            text = f"{named(new)}缺少的，不再可以《{material_title(material)}》代替（原为{reason}）。"
            yield Change(Direction.STRICTER, text)


def _material_changes(old: Item, new: Item) -> Iterator[Change]:
    gained = [f"《{material_title(name)}》" for name in new.materials if name not in old.materials]
    lost = [f"《{material_title(name)}》" for name in old.materials if name not in new.materials]
    if gained:
        yield Change(Direction.LAXER, f"{''.join(gained)}也可以作为{named(new)}。")
    if lost:
        yield Change(Direction.STRICTER, f"{''.join(lost)}不再可以作为{named(new)}。")
