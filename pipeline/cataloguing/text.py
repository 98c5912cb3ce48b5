"""One way to write a text (文字归一): full-width forms, brackets, look-alike glyphs and blanks.

`tidy` is for what a clerk sees (fields): half-width, one kind of brackets, the characters as they stand.
`fold` is for comparing: look-alike and traditional glyphs become one, character for character, so that positions in
the folded text are positions in the tidy one. `compact` also drops all blanks.
"""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pipeline.letters import simplified

_BRACKETS = str.maketrans(
    {"［": "〔", "］": "〕", "【": "〔", "】": "〕", "[": "〔", "]": "〕", "﹝": "〔", "﹞": "〕", "{": "(", "}": ")",
     "○": "〇", "◯": "〇", "：": ":", "﹕": ":"}
)  # fmt: skip

_GLYPHS = str.maketrans("後尙帳於⽇⽉", "后尚账于日月")
"""Beyond the traditional letters: those that are letters of the simplified set, too, and radicals that stand for letters."""

_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\ufeff_]+")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _BRACKETS)))}•∙‧・⋅●]")
_DOTS = re.compile(r"[•∙‧・⋅●]")
_NOT_TITLE = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003134f〇0-9A-Za-z/、()]+")


@lru_cache(maxsize=16384)
def tidy(text: str) -> str:
    """`text` half-width, with one kind of each bracket and without control characters; blanks stay."""
    return tidied(text)


def tidied(text: str) -> str:
    """As `tidy`, of a text that is not worth remembering."""
    normal = unicodedata.normalize("NFKC", text)
    if _ODD.search(normal) is None:
        return normal
    return _DOTS.sub("·", normal.translate(_BRACKETS))


def fold(text: str) -> str:
    """`text` with look-alike and traditional glyphs made one; as long as `text`."""
    return simplified(text.translate(_GLYPHS))


@lru_cache(maxsize=16384)
def compact(text: str) -> str:
    """`text` tidy, folded and without blanks: what labels and titles are compared with."""
    return _BLANKS.sub("", fold(tidy(text)))


@lru_cache(maxsize=16384)
def without_blanks(text: str) -> str:
    """`text` tidy and without blanks, glyphs as they stand: what fields are taken from."""
    return _BLANKS.sub("", tidy(text))


@lru_cache(maxsize=16384)
def title_key(text: str) -> str:
    """What counts of a title: characters, digits, the slash, the enumeration comma and round brackets."""
    return folded_key(compact(text))


def folded_key(compacted: str) -> str:
    """What counts of a title that is compact already. On a page of one bit 目 loses a stroke."""
    return _NOT_TITLE.sub("", compacted).replace("日录", "目录")


def lines_without_blanks(texts: Sequence[str]) -> list[str]:
    """`without_blanks` of each of `texts`; all in one pass, which costs a fifth of as many calls."""
    joined = _PARTING.join(texts)
    parts = _BLANKS.sub("", tidied(joined)).split(_PARTING)
    return parts if len(parts) == len(texts) else [without_blanks(text) for text in texts]


_PARTING = "\x00"
"""Parts texts that are worked on as one: no blank, and no character that joins with its neighbours."""


LOOK_ALIKES: tuple[frozenset[str], ...] = tuple(
    frozenset(group)
    for group in (
        "赡瞻", "己已巳", "末未", "士土", "日曰", "人入八", "戊戌戍成", "王玉", "千干于", "刀力", "天夫无元", "大太犬", "目自且",
        "白百", "田由甲申", "今令", "问间闻", "贝见", "李季", "杨扬", "陈阵", "徐涂", "郑邓", "刘对", "梁粱", "班斑", "辛幸",
        "侯候", "治冶", "洁浩", "祥详", "萍平苹", "芳方", "伟炜玮", "晓哓", "敏致", "丽俪", "婷停", "静净", "莉利", "岚风",
        "宁字", "宇字", "凤风", "沈沉", "汪江", "洪供", "钟种", "姜美", "崔雀", "潘番", "邹邵", "熊能", "孟盂", "龙尤", "万方",
        "段假", "雷霄", "汤场", "尹伊", "黎梨", "常尝", "武式", "乔桥", "贺货", "赖懒", "龚袭", "文交", "付什", "国囯", "建健",
        "军车", "华毕", "明朋", "强张", "军罕", "超起", "勇男", "杰木", "波泼", "辉挥", "刚则", "健建", "俊後", "帆帜", "斌武",
        "彬杉", "博傅", "宏宠", "海每", "坤神", "林木", "清请情", "荣菜", "少小", "圣怪", "思恩", "泰秦", "添漆", "微徽", "炎災",
    )
)  # fmt: skip
"""Characters that a reader of scans takes for one another."""


def one_glyph_apart(one: str, other: str) -> bool:
    """True if the two differ in exactly one character, or in one that is missing."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def look_alike(one: str, other: str) -> bool:
    """True if the two differ in one character only, and those two are easily taken for one another."""
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and any(pairs[0][0] in group and pairs[0][1] in group for group in LOOK_ALIKES)


_SECOND_LEVEL = 0xD8
"""First byte of GB 2312 from which its second level begins, the characters that are used less."""


@lru_cache(maxsize=4096)
def rarity(char: str) -> int:
    """0 for one of the 3,755 characters that are used most (GB 2312, first level), 1 for one of the second, 2 for others."""
    try:
        first = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 2
    return int(first >= _SECOND_LEVEL)
