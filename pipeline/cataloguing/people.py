"""Who a paper names (当事人与承办人): the recipient, the lawyer, the identity number."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from functools import cache

from pipeline.cataloguing.cells import Cell, labelled
from pipeline.cataloguing.institutions import find_firms
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.names import HANZI, NAME, STOP, may_be_name, plausible_name, sure_name
from pipeline.cataloguing.numbers import find_identity_numbers
from pipeline.cataloguing.readings import CONFIRMED, SURE, Reading, reading
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.wordings import Wording, wording

_HEAD = re.compile(rf"^({NAME}){STOP}")
_WHOLE = re.compile(rf"^([{HANZI}]{{2,6}}|[{HANZI}]{{1,6}}(?:·[{HANZI}]{{1,8}})+)(?:律师|\(.*\)?)?$")
_GLUED = re.compile(
    rf"^({NAME})(?=$|[^{HANZI}·]|性别|男|女|律师|同志|先生|女士|身份|民族|汉族|年龄|出生|联系|电话|住址|证件)"
)
"""A name right behind its label: it ends there, or what a form or a head of parties states next follows."""
_AFTER_FIRM = wording(
    rf"(?:律师事务所|法律服务所)(?:的)?({NAME})(?=律师|实习|同志|、|担任|为|作为|法律工作者|基层法律服务工作者)"
)
_IN_TEXT = {
    "recipient_name": (
        wording(
            rf"(?:受援人|犯罪嫌疑人|被告人|上诉人|申请人|被害人|原告|被不起诉人|在押人员)(?:\([^()]{{1,12}}\))?:?({NAME}){STOP}"
        ),
        wording(
            rf"(?:为|关于|就|与|对)({NAME})(?=涉嫌|\(身份证|(?:诉|与).{{2,30}}(?:纠纷|争议)|因.{{2,20}}(?:纠纷|争议|一案))"
        ),
        wording(rf"(?:经审查|担任)({NAME})(?=的(?:法律援助)?(?:申请|委托代理人|诉讼代理人|代理人|辩护人))"),
    ),
    "lawyer_name": (
        wording(rf"(?:指派|委派|安排)(?:本所|我所)?(?:律师)?({NAME})(?=律师|担任|为|作为|、)"),
        wording(rf"(?:法律援助(?:承办)?|承办|辩护|援助|指派)律师:?({NAME}){STOP}"),
    ),
}


@cache
def _labels(field: str, type_: str) -> tuple[Wording, ...]:
    rules = table("fields")[field]
    usual = rules["lawyers"] if type_ in rules.get("officers", ()) else rules["labels"]
    return tuple(map(wording, (*rules["by_type"].get(type_, ()), *usual)))


_CARDS = frozenset({"identity_document", "agent_identity"})
_ON_CARD = wording(rf"姓名:?({NAME})(?=性?别|性|民族|[男女]|出|生\d|$)")
"""The name on an identity card, whose label is set so wide that it is read as two lines: `姓`, `名陈某某`."""


def read_people(type_: str, views: tuple[PageView, ...], field: str) -> list[Reading]:
    """All readings of `recipient_name` or `lawyer_name` in a paper."""
    found: list[Reading] = []
    for view in views:
        for rank, label in enumerate(_labels(field, type_)):
            if label.may_stand_in(view.lined):
                found.extend(_at_label(view, label, _of_label(type_, field, rank)))
        for pattern in _IN_TEXT[field]:
            found.extend(_in_text(view, pattern, 0.7))
        if field == "lawyer_name":
            found.extend(_in_text(view, _AFTER_FIRM, 0.9))
        elif type_ in _CARDS:
            found.extend(_in_text(view, _ON_CARD, 0.9))
    if field == "recipient_name" and type_ in table("fields")["recipient_name"]["addressed"]:
        found.extend(_addressed(views[0]))
    return found


def _of_label(type_: str, field: str, rank: int) -> float:
    """What a label weighs. A judgment names whoever appeared in it: the lawyers of the stage before, of other parties."""
    if field == "lawyer_name" and type_ == "outcome_document":
        return 0.85
    return 1.0 if rank < 4 else 0.9


def _at_label(view: PageView, label: Wording, weight: float) -> list[Reading]:
    found = []
    for cell in labelled(view, label):
        name = _named(cell) or _before_firm(cell)
        if name and (plausible_name(name) or (cell.text == name and may_be_name(cell.text))):
            near = weight if cell.near else weight * 0.8
            found.append(
                reading(
                    view,
                    name,
                    cell.box,
                    cell.score,
                    formed=sure_name(name) or (cell.text == name and plausible_name(name)),
                    weight=near,
                    handwritten=cell.handwritten,
                )
            )
    return found


def _named(cell: Cell) -> str | None:
    """The name at the head of a cell. Where nothing parts it from its label, it must end as a name in a form does."""
    if not cell.glued:
        match = _WHOLE.match(cell.text) or _HEAD.match(cell.text)
        return match.group(1) if match else None
    match = _GLUED.match(cell.text)
    return match.group(1) if match and sure_name(match.group(1)) else None


def _before_firm(cell: Cell) -> str | None:
    """The name with the firm's right behind it: `受委托人：陈某某 某某律师事务所律师`."""
    firm = next(iter(find_firms(cell.text)), None)
    name = cell.text[: firm.start] if firm else ""
    return name if sure_name(name) else None


def _in_text(view: PageView, pattern: Wording, weight: float) -> list[Reading]:
    found = []
    for match in pattern.finditer(view.text):
        name = match.group(1)
        if plausible_name(name):
            box, score = view.locate(match.start(1), match.end(1))
            found.append(reading(view, name, box, score, formed=sure_name(name), weight=weight))
    return found


_SALUTATION = re.compile(rf"^({NAME})(?:先生|女士|同志)?:$")


def _addressed(view: PageView) -> list[Reading]:
    """A decision is addressed to the recipient: `陈某某：`."""
    for row in view.rows[1:8]:
        match = _SALUTATION.match(row[0].text) if row[0].text.endswith(":") else None
        if match and plausible_name(match.group(1)):
            return [
                reading(view, match.group(1), row[0].box, row[0].score, formed=sure_name(match.group(1)), weight=0.8)
            ]
    return []


_BESIDE = 36
"""Characters before a number in which it is said whose it is."""
_WHOSE = re.compile(
    r"(?P<other>在场人|合适成年人|法定代理人|监护人)|受援人|被会见人|犯罪嫌疑人|被告人|申请人|当事人|委托人|甲方|姓名|[。；?？!！]"
)


def _is_of_who_is_by(before: str) -> bool:
    """Whether what stands before a number says last that it is of who is there for the recipient: a mother, an adult by law."""
    last = None
    for last in _WHOSE.finditer(before):  # noqa: B007 - the last one counts
        pass
    return last is not None and last["other"] is not None


def read_identity_numbers(type_: str, views: tuple[PageView, ...]) -> list[Reading]:
    """The identity numbers of a paper that can be the recipient's; judgments name those of every party."""
    weight = (
        0.9
        if type_
        not in (
            "indictment",
            "prosecution_opinion",
            "non_prosecution_decision",
            "outcome_document",
            "hearing_record",
            "evidence",
            "file_review_copy",
            "settlement",
        )
        else 0.4
    )
    found = []
    for view in views:
        for hit in find_identity_numbers(view.text):
            if _is_of_who_is_by(view.text[max(0, hit.start - _BESIDE) : hit.start]):
                continue
            box, score = view.locate(hit.start, hit.end)
            sure = max(score, SURE) if hit.valid and score >= CONFIRMED else score
            found.append(reading(view, hit.value, box, sure, formed=hit.valid, weight=weight))
    return found
