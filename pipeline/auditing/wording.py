"""An item of a checklist in the words of a notice on the wall."""

from __future__ import annotations

from pipeline.auditing.conditions import Condition, Fact, Not, parse
from pipeline.auditing.phrases import in_chinese
from pipeline.auditing.simplifying import Settled, simplified
from schemas.case import Origin, Stage
from schemas.materials import material_title
from schemas.report import Effect
from schemas.standard import Checklist, Item, Need, RequiredField, RequiredMark, Substitute
from schemas.volume import FIELD_TITLES, MARK_TITLES

BLOCKING = "★"
"""Stands behind a mark without which the subsidy waits."""

NEEDED = "必备"
OPTIONAL = "有则入卷"
FORBIDDEN = "不得入卷"
NEVER = "本类案件不需要"


_NEGATED = {
    "hearing_held": "未开庭审理",
    "aid_terminated": "未终止法律援助",
    "lawyer_changed": "未更换法律援助人员",
    "minor": "受援人不是未成年人",
    "plea": "未认罪认罚",
    "withdrawn": "未撤诉",
    "organ_handles": "没有办案机关",
}


def clause(condition: Condition) -> str:
    """The condition as a clause that “的” can follow."""
    match condition:
        case Not(Fact(name)) if name in _NEGATED:
            return _NEGATED[name]
        case _:
            return in_chinese(condition)


def settled_facts(checklist: Checklist, stage: Stage | None = None, origin: Origin | None = None) -> Settled:
    """What the choice of a checklist says about a case, narrowed to a stage and origin where given."""
    stages = (stage,) if stage is not None else tuple(one for one in checklist.stages if one is not None)
    origins = (origin,) if origin is not None else checklist.origins
    settled = {"kind": (checklist.kind.value,), "origin": tuple(one.value for one in origins)}
    if stages:
        settled["stage"] = tuple(one.value for one in stages)
    return settled


def paper(item: Item) -> str:
    """The item's name, without brackets."""
    return item.title or material_title(item.materials[0])


def when_due(item: Item, settled: Settled) -> str:
    """When the paper is due: `必备`, `已开庭审理的，应当有`, `有则入卷`, with its exception."""
    if item.need is Need.OPTIONAL:
        return OPTIONAL
    due, open_ = (FORBIDDEN, "不得入卷") if item.need is Need.FORBIDDEN else (NEEDED, "应当有")
    if item.when is not None:
        condition = simplified(parse(item.when), settled)
        if condition is False:
            return NEVER
        if condition is not True:
            due = f"{clause(condition)}的，{open_}"
    return due + _exception(item, settled)


def _exception(item: Item, settled: Settled) -> str:
    if item.unless is None:
        return ""
    condition = simplified(parse(item.unless), settled)
    if condition is False:
        return ""
    return f"（{clause(parse(item.unless) if condition is True else condition)}的除外）"


def bears(item: Item, settled: Settled) -> str:
    """What the paper must bear, those marks starred whose lack holds up the subsidy."""
    marks = [_mark(mark, settled) for mark in item.marks]
    return "、".join([*(text for text in marks if text), *(_field(field) for field in item.fields)])


def _mark(mark: RequiredMark, settled: Settled) -> str:
    """Empty where the mark is never due in these cases."""
    title = MARK_TITLES[mark.mark]
    if mark.each_page:
        title = title.replace("签名", "逐页签名") if "签名" in title else f"{title}（逐页）"
    if mark.materials:
        title = f"{'、'.join(f'《{material_title(id_)}》' for id_ in mark.materials)}的{title}"
    text = title + (BLOCKING if mark.effect is Effect.BLOCKS else "")
    condition = simplified(parse(mark.when), settled) if mark.when is not None else True
    if isinstance(condition, bool):
        return text if condition else ""
    return f"{text}（{clause(condition)}的）"


def _field(field: RequiredField) -> str:
    star = BLOCKING if field.effect is Effect.BLOCKS else ""
    return f"注明日期{star}" if field.field == "date" else f"写明{FIELD_TITLES[field.field]}{star}"


_FEW = 2
"""More substitutes than these are named without their reasons: the list hangs on a wall."""


def replaced_by(item: Item, checklist: Checklist) -> str:
    """`可以情况说明代替（办案机关未提供文书）`; many are put together."""
    if len(item.substitutes) > _FEW:
        names = dict.fromkeys(_substitute(one, checklist) for one in item.substitutes)
        return f"可以载有相应情况的{'、'.join(names)}代替"
    return "；".join(f"可以{_substitute(one, checklist)}代替（{one.reason}）" for one in item.substitutes)


def _substitute(substitute: Substitute, checklist: Checklist) -> str:
    """By the name that the checklist gives it: one material has other titles in other kinds of case."""
    fitting = [item for item in checklist.items if item.materials[0] == substitute.material and item.contains is None]
    own = [item for item in fitting if item.key == substitute.material] or fitting
    return paper(own[0]) if own else material_title(substitute.material)
