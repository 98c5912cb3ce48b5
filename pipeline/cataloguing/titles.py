"""Titles (标题识别): which line of a page is its title, and which papers that title may name."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.cataloguing.layout import PageView, Segment, around, joined_folded
from pipeline.cataloguing.likeness import near_forms, one_edit_from, resembles_form
from pipeline.cataloguing.tables import form_lengths, table, title_forms
from pipeline.cataloguing.text import folded_key, title_key
from schemas.base import Box
from schemas.materials import OTHER, load_materials

_SUFFIX = re.compile(
    r"(?:\((?:[^()]{0,14})\)|副本|存根联?|回执联|正本|复印件|样本|范本|抄件|稿|续页?|"
    r"第[一二三四五六七八九十0-9]+[联次份页]|[一二三四五六七]|(?:编号|文号|案号|档号|NO|No|no)[0-9A-Za-z]{0,20}|"
    r"\(?(?:19|20)[0-9]{2}\)?[\u4e00-\u9fff]{0,6}第?[0-9]{0,9}号?|第[0-9]{0,9}号?|[0-9]{1,9}号?|号|(?:共[0-9]*页)?第[0-9]*页(?:共[0-9]*页)?|[0-9]+/[0-9]+)$"
)
_NUMBER_TAIL = re.compile(r"\(?(?:19|20)\d{2}\)?[\u4e00-\u9fff0-9]{0,16}\d号(?:之[一二三四五])?$")
_KNOWN_PREFIX = re.compile(
    r"^(?:.{0,24}(?:法律援助(?:处|中心|机构|工作站|基金会)|人民法院|人民检察院|检察院|公安(?:厅|局|分局)|分局|派出所|律师事务所|法律服务所|"
    r"司法(?:局|厅|部|所)|看守所|仲裁(?:委员会|院|庭|委)|人民政府|委员会|支队|大队|事务所|监狱|医院|公司|中华人民共和国|省|市|县|区|号))?"
    r"(?:(?:19|20)\d\d年?度?(?:\d{1,2}月份?)?(?:[-—至]\d{1,2}月份?)?)?"
    r"(?:关于.{0,40}(?:的|案|一案))?(?:\(?(?:侦查|审查起诉|审判|一审|二审|再审|起诉|庭前|开庭前|死刑复核|执行|仲裁)(?:阶段|程序)?\)?的?)?"
    r"(?:犯罪嫌疑人|被告人|上诉人|受援人|当事人|辩护律师|律师|辩护人|承办律师|法律援助|刑事|民事|行政|刑事附带民事|案件|劳动争议|劳动人事争议|(?:首|再|第[一二三四五六七八九十\d]+)次)*$"
)
_PAPER_NOUN = re.compile(
    r"(?:书|表|单|函|证|状|词|令|票|笔录|记录|报告|协议|合同|目录|清单|回执|凭证|凭单|台账|须知|公告|说明|意见|提纲|证明|登记簿|通知|封面|介绍信|申请|决定|名册|纪要)$"
)
_CONTRACT = re.compile(r"[\u4e00-\u9fff]{2,}(?:合同|协议)书?$")
_AID_CONTRACT = re.compile(r"委托|代理|辩护|援助|律师|聘请|调解|和解|赔偿|谅解|补偿|还款|保密|帮教")
_BODY = re.compile(r"(?:处|局|院|所|厅|委员会|中心|区|市|县|省|公司|大队|支队|人|部|站)$")
_REFERS = re.compile(
    r"^(?:附件?[0-9一二三四]*:?|根据|依据|不服|收到|按照|以上|详见|参见|见|送达|领取|上述|有关|不予|对于|由于|因|经|我|本|你|您|请|将|为|在)"
)


class TitleMatch(NamedTuple):
    """A line that names a paper."""

    text: str
    """As read, without blanks."""
    form: str
    """The form of the table that it matches; empty for an unknown paper's title."""
    types: tuple[str, ...]
    quality: float
    """How well the words match, 0 to 1."""
    likeness: float
    """How much the line looks like a title, 0 to 1."""
    row: int
    box: Box
    exact: bool

    @property
    def strength(self) -> float:
        return self.quality * self.likeness


@dataclass(frozen=True)
class Named:
    """What the words of a title say."""

    form: str
    types: tuple[str, ...]
    quality: float
    exact: bool


_SHEDDING = frozenset(")本根联件稿续页次份一二三四五六七号第0123456789" + string.ascii_letters)
"""How a key ends from whose end something can be taken (`_SUFFIX`, `_NUMBER_TAIL`), a year's words apart."""
_YEAR_NEAR_END = re.compile(r"(?:19|20)[0-9]{2}\)?[\u4e00-\u9fff]*$")
_YEAR_REACH = 13
"""A year, a bracket and as many words as may be taken from behind it, 第 and 号 besides."""


def _bare(key: str) -> list[str]:
    """The key itself, then with copies' marks, counts and numbers taken from its end."""
    stages = [key]
    if key[-1:] not in _SHEDDING and (key.isalpha() or not _YEAR_NEAR_END.search(key, max(0, len(key) - _YEAR_REACH))):
        return stages
    number = _NUMBER_TAIL.search(key)
    if number is not None:
        stages.extend(key[: number.start() - cut] for cut in range(min(9, number.start() - 1)))
    for _ in range(3):
        shorter = _SUFFIX.sub("", stages[-1])
        if shorter != stages[-1] and len(shorter) >= 2:
            stages.append(shorter)
    return stages


def _by_suffix(key: str) -> Named | None:
    forms, size = title_forms(), len(key)
    for length in form_lengths().get(key[-2:], ()):
        form = key[-length:]
        if length <= size and form in forms:
            return Named(form, forms[form], _prefix_quality(key[:-length], form), exact=True)
    return None


def _prefix_quality(prefix: str, form: str) -> float:
    """Words before a title: an issuer or a stage is usual; other words may make it another paper."""
    if not prefix or _KNOWN_PREFIX.match(prefix):
        return 1.0
    if _REFERS.match(prefix):
        return 0.3
    if len(form) >= 4:
        return 0.8 if len(form) >= 5 else 0.7
    return 0.45


def _fuzzy(key: str) -> Named | None:
    """The nearest long form, if it is clearly nearer than any other type's."""
    best: dict[str, tuple[float, str]] = {}
    for window in {key, *(key[-n:] for n in (5, 6, 7, 8, 9, 10, 12) if n < len(key))}:
        if len(window) < 5:
            continue
        limit = max(1, min(3, int(0.34 * len(window)) - (1 if len(window) < 9 else 0)))
        for form, distance in near_forms(window, limit):
            if distance > 1 and form[-1] != window[-1]:
                continue  # 停发最低生活保障金决定书 is a decision, and no 最低生活保障金领取证
            share = distance / len(form)
            for type_ in title_forms()[form]:
                if type_ not in best or share < best[type_][0]:
                    best[type_] = (share, form)
    if not best:
        return None
    nearest = min(share for share, _ in best.values())
    types = tuple(type_ for type_, (share, _) in best.items() if share <= nearest + 0.08)
    form = next(form for share, form in best.values() if share == nearest)
    return Named(form, types, max(0.3, 0.9 - 1.5 * nearest), exact=False)


def name_title(text: str) -> Named | None:
    """Which papers a title's words name, None if they name none that is known."""
    return name_key(title_key(text))


@lru_cache(maxsize=8192)
def name_key(key: str) -> Named | None:
    """As `name_title`, by what counts of the title (`text.title_key`).

    Words in brackets within a title belong to it: `刑事法律援助(通知辩护)呈批表`.
    """
    named = _named_in_full(key)
    inner = _INNER.sub(r"\1", key) if "(" in key and (named is None or named.quality < 1.0) else key
    other = _named_in_full(inner) if inner != key else None
    return named if other is None or (named is not None and named.quality >= other.quality) else other


def _named_in_full(key: str) -> Named | None:
    for stage in _bare(key):
        named = _by_suffix(stage)
        if named is not None and (len(named.form) >= 3 or named.quality >= 1.0):
            return named
    return None


_INNER = re.compile(r"\((?!审批)([^()]{2,6})\)(?=[^()])")
"""Words in brackets within a title; but `申请(审批)表` is the application, its approval at its foot."""


def name_blurred_title(text: str) -> Named | None:
    """As `name_title`, for a title that was read with errors. The name of an office or a court is no title."""
    return _name_blurred(title_key(text))


@lru_cache(maxsize=4096)
def _name_blurred(key: str) -> Named | None:
    if _BODY.search(key):
        return None
    for stage in _bare(key):
        named = _fuzzy(stage)
        if named is not None:
            return named
    return None


def name_line(text: str) -> Named | None:
    """Which papers a title line names. A form at its end gives way to a longer one that is nearly the whole line.

    `?予法律援助决定书` ends like a grant and may be a refusal: where what stands before a long form is half of another
    paper's title, it may be either.
    """
    return _name_line(title_key(text))


@lru_cache(maxsize=4096)
def _name_line(key: str) -> Named | None:
    named = name_key(key)
    if named is None or named.quality >= 1.0:
        return named
    either = _or_longer(key, named)
    if either is not named or len(named.form) >= 6:
        return either
    blurred = _name_blurred(key)
    if blurred is not None and len(blurred.form) >= len(named.form) + 2 and not set(blurred.types) & set(named.types):
        return blurred
    return named


def _or_longer(key: str, named: Named) -> Named:
    """The name, with the types of longer titles from which the whole line differs in one character."""
    near = near_forms(key, 1) if len(key) >= 5 else []
    longer = [form for form, _ in near if len(form) > len(named.form) and form != key]
    types = tuple(dict.fromkeys((*named.types, *(type_ for form in longer for type_ in title_forms()[form]))))
    return named if types == named.types else Named(named.form, types, named.quality, exact=False)


def _groups(view: PageView, listed: frozenset[int]) -> list[tuple[int, tuple[Segment, ...]]]:
    """What may be a title: each segment, each row, and two or three neighbouring rows together."""
    rows = view.rows[:14]
    found: list[tuple[int, tuple[Segment, ...]]] = []
    for index, row in enumerate(rows):
        if index in listed:
            continue
        found.append((index, row))
        if len(row) > 1:
            found.extend((index, (segment,)) for segment in row)
        if len(row) != 1 or len(row[0].folded) > 26:
            continue
        for more in (1, 2):
            following = rows[index + 1 : index + 1 + more]
            if len(following) == more and all(_wraps(row[0], below) for below in following):
                found.append((index, (row[0], *(below[0] for below in following))))
    return found


def _wraps(above: Segment, below: tuple[Segment, ...]) -> bool:
    """True if the row below may be the second line of a title: one line, centred under it, of like size."""
    if len(below) != 1 or len(below[0].folded) > 26:
        return False
    size = below[0].height / max(above.height, 1e-6)
    return 0.7 < size < 1.4 and abs(below[0].centre - above.centre) < 0.08 and below[0].box[1] - above.box[3] < 0.06


def find_titles(view: PageView, listed: frozenset[int] = frozenset()) -> tuple[TitleMatch, ...]:
    """The lines of a page that name a paper, most likely title first; at most five. Rows that list papers are none."""
    found: list[TitleMatch] = []
    blurred: list[tuple[float, int, tuple[Segment, ...]]] = []
    for row, segments in _groups(view, listed):
        likeness = view.title_likeness(row, segments)
        if likeness < 0.3 or _STATES_NUMBER.search(joined_folded(segments)):
            continue
        key = folded_key(joined_folded(segments))
        named = _name_line(key)
        if named is not None:
            text = "".join([segment.text for segment in segments])
            box = around([segment.box for segment in segments])
            found.append(TitleMatch(text, named.form, named.types, named.quality, likeness, row, box, named.exact))
        elif likeness >= 0.55 and len(key) >= 3:
            blurred.append((likeness, row, segments))
    if not any(match.strength >= 0.6 or _stands_as_one(match, view) for match in found):
        found.extend(_blurred_titles(blurred))
    found.sort(key=lambda match: (-round(match.strength, 2), -len(match.form), match.row))
    return tuple(_without_parts(found)[:5])


_STATES_NUMBER = re.compile(r":\W{0,2}\d{8}")
"""`身份证号:510798194803054523`: an entry, whatever its label is called."""


def _stands_as_one(match: TitleMatch, view: PageView) -> bool:
    """True for a paper's known title, letter by letter, alone in one of the first rows: no need to guess at others below."""
    return (
        match.exact
        and match.quality >= 1.0
        and match.row <= 4
        and match.likeness >= 0.5
        and len(view.rows[match.row]) == 1
    )


def _blurred_titles(groups: list[tuple[float, int, tuple[Segment, ...]]]) -> list[TitleMatch]:
    found = []
    for likeness, row, segments in sorted(groups, key=lambda group: -group[0])[:4]:
        text = "".join(segment.text for segment in segments)
        box = around([segment.box for segment in segments])
        named = name_blurred_title(text)
        if named is not None:
            found.append(TitleMatch(text, named.form, named.types, named.quality, likeness, row, box, exact=False))
        elif likeness >= 0.7 and _may_name(text):
            types = ("evidence",) if _is_bargain(title_key(text)) else (OTHER,)
            found.append(TitleMatch(text, "", types, 0.6, likeness, row, box, exact=False))
    return found


def _may_name(text: str) -> bool:
    """True for a line that ends as papers' names do, or that is a known one but for a character."""
    key = title_key(text)
    return len(key) <= 24 and (_PAPER_NOUN.search(key) is not None or bool(nearly_named(text)))


def _is_bargain(key: str) -> bool:
    """True for a contract between parties that no form names: a paper of the dispute, not one of the aid."""
    return bool(_CONTRACT.search(key)) and not _AID_CONTRACT.search(key)


def _without_parts(found: list[TitleMatch]) -> list[TitleMatch]:
    """Drop a match that is only the tail of a longer one on the same rows."""
    return [
        match
        for match in found
        if not any(
            other is not match and other.form.endswith(match.form) and len(other.form) > len(match.form) > 0
            and abs(other.row - match.row) <= 2 and other.strength >= 0.6 * match.strength
            for other in found
        )
    ]  # fmt: skip


@lru_cache(maxsize=1024)
def nearly_named(text: str) -> tuple[str, ...]:
    """The types whose short title an unknown short title is but for one character: `会枧笔录`."""
    return tuple(dict.fromkeys(type_ for form in one_edit_from(title_key(text)) for type_ in title_forms()[form]))


@lru_cache(maxsize=1024)
def resembles_any(text: str) -> bool:
    """True if an unknown title is so near to a known one that it may be another office's name for the same paper."""
    key = title_key(text)
    return resembles_form(key)


@cache
def _generic() -> frozenset[str]:
    return frozenset(table("generic")["forms"])


def is_generic(form: str) -> bool:
    """True for a form that many papers share, such as `申请书`: its page must say which."""
    return form in _generic()


@cache
def _own_forms() -> frozenset[tuple[str, str]]:
    materials = load_materials().items()
    return frozenset((id_, title_key(title)) for id_, material in materials for title in material.titles)


def owns(type_: str, match: TitleMatch) -> bool:
    """True if the title is this type's alone, or one that the vocabulary itself gives it: others only may bear it."""
    return len(match.types) == 1 or (type_, match.form) in _own_forms()
