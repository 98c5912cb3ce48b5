"""Numbers of cases and letters (案件编号、文书编号): the patterns that an office writes them by, and their series."""

from __future__ import annotations

import re
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field

from schemas.base import Frozen
from schemas.case import Kind, Stage
from schemas.draft import DraftKind

VARIABLES = ("area_short", "area_code", "doc_word", "class", "stage", "year", "seq")
"""What a pattern may name: 地区简称、行政区划代码、文书代字、案件类别字、阶段字、年份、顺序号."""

CLASS_WORDS: dict[Kind, str] = {
    Kind.CRIMINAL_DEFENCE: "刑",
    Kind.CRIMINAL_REPRESENTATION: "刑",
    Kind.CRIMINAL_CIVIL: "刑",
    Kind.CIVIL: "民",
    Kind.LABOUR_ARBITRATION: "民",
    Kind.ADMINISTRATIVE: "行",
    Kind.ADMINISTRATIVE_RECONSIDERATION: "行",
    Kind.NON_LITIGATION: "民",
    Kind.ENFORCEMENT: "民",
    Kind.DUTY_HELP: "刑",
    Kind.PLEA_HELP: "刑",
    Kind.DRAFTING: "民",
    Kind.CONSULTATION: "民",
}
"""The three classes that the numbers seen in closing files tell apart (刑、民、行)."""

STAGE_WORDS: dict[Stage, str] = {
    Stage.INVESTIGATION: "侦",
    Stage.PROSECUTION: "诉",
    Stage.TRIAL_FIRST: "审",
    Stage.TRIAL_SECOND: "二审",
    Stage.DEATH_REVIEW: "核",
    Stage.RETRIAL: "再审",
}

LETTER_WORDS: dict[DraftKind, str] = {
    DraftKind.SUPPLEMENT_NOTICE: "补",
    DraftKind.GRANT_DECISION: "决",
    DraftKind.ASSIGNMENT_NOTICE: "指",
    DraftKind.CIVIL_LETTER: "函",
    DraftKind.CRIMINAL_LETTER: "函",
    DraftKind.MEETING_LETTER: "会函",
    DraftKind.LAWYER_CHANGE_NOTICE: "换",
    DraftKind.TERMINATION_DECISION: "终",
    DraftKind.TERMINATION_LETTER: "终函",
    DraftKind.DEFICIENCY_NOTICE: "正",
    DraftKind.SUBSIDY_SUSPENSION: "缓发",
    DraftKind.SUBSIDY_REFUSAL: "不发",
}
"""The word (文书代字) in each letter's number; a paper that is not here bears none."""

_YEAR_FORMAT, _SEQUENCE_FORMAT = re.compile(r"|0?\d?d"), re.compile(r"|0[1-9]d|d")
_DIGITS = r"\{(?:year|area_code)(?::[^}]*)?\}"
_LONGEST = 80


def _checked(pattern: str) -> str:
    """A pattern that gives each number once, or a Chinese sentence that says what is wrong with it."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise ValueError(f"编号格式“{pattern}”的花括号不成对") from error
    named = [(name, form or "", conversion) for _, name, form, conversion in parts if name is not None]
    for name, form, conversion in named:
        if name not in VARIABLES:
            allowed = "、".join(f"{{{variable}}}" for variable in VARIABLES)
            raise ValueError(f"编号格式“{pattern}”中的“{{{name}}}”不是可用的项目，可用：{allowed}")
        shape = _SEQUENCE_FORMAT if name == "seq" else _YEAR_FORMAT if name == "year" else re.compile("")
        if conversion or not shape.fullmatch(form):
            raise ValueError(f"编号格式“{pattern}”中“{name}”的写法有误，顺序号可以写作{{seq}}或者{{seq:03d}}")
    for needed, title in (("year", "年份"), ("seq", "顺序号")):
        if [name for name, _, _ in named].count(needed) != 1:
            raise ValueError(f"编号格式“{pattern}”应当含有且只含有一个{title}{{{needed}}}，否则编号会重复")
    if len(pattern) > _LONGEST or not pattern.isprintable():
        raise ValueError(f"编号格式“{pattern}”过长或者含有不可见字符")
    if "{{" in pattern or "}}" in pattern:
        raise ValueError(f"编号格式“{pattern}”不能含有成双的花括号")
    if re.search(rf"(\d|{_DIGITS})\{{seq|\{{seq(:[^}}]*)?\}}(\d|{_DIGITS})", pattern):
        raise ValueError(f"编号格式“{pattern}”的顺序号与其他数字之间应当有文字隔开")
    return pattern


def _checked_case(pattern: str) -> str:
    if "{doc_word}" in pattern:
        raise ValueError(f"案件编号格式“{pattern}”不能使用文书代字{{doc_word}}")
    return pattern


NumberPattern = Annotated[str, AfterValidator(_checked)]
CasePattern = Annotated[str, AfterValidator(_checked), AfterValidator(_checked_case)]


class Series(Frozen):
    """One series of numbers (编号序列): a word and a year, within which the sequence runs from 1 without gaps."""

    word: str
    """The series' name: the number without year and sequence, e.g. 湛法援指字."""
    year: int
    form: str
    """The number with everything filled in but `{seq}`."""

    def written(self, sequence: int) -> str:
        return self.form.format(seq=sequence)

    def sequence_of(self, number: str) -> int | None:
        """The sequence in a number of this series; None if it is not one."""
        before, after = (re.escape(part) for part in re.split(r"\{seq[^}]*\}", self.form))
        found = re.fullmatch(rf"{before}0*([1-9]\d{{0,8}}){after}", number)
        return int(found.group(1)) if found else None

    def sequence_in(self, text: str) -> int | None:
        """The sequence of the first number of this series that stands in a text; None if there is none."""
        before, after = (re.escape(part) for part in re.split(r"\{seq[^}]*\}", self.form))
        found = re.search(rf"(?<!\w){before}0*([1-9]\d{{0,8}}){after}", text)
        return int(found.group(1)) if found else None


class Numbering(Frozen):
    """How an office numbers its cases and letters (编号规则)."""

    area_short: str = Field(default="", max_length=10, description="地区简称，例如 湛")
    area_code: str = Field(default="", pattern=r"^\d{0,6}$", description="行政区划代码，例如 0803")
    case: CasePattern = Field(default="{area_short}法援{class}字〔{year}〕{seq}号", description="案件编号格式")
    letter: NumberPattern = Field(default="{area_short}法援{doc_word}字〔{year}〕{seq}号", description="文书编号格式")
    letters: dict[str, NumberPattern] = Field(
        default_factory=dict, description="个别文书代字另用的编号格式，以文书代字为键"
    )

    def case_series(self, kind: Kind, stage: Stage | None, year: int) -> Series:
        return self._series(self.case, "", kind, stage, year)

    def letter_series(self, word: str, kind: Kind, stage: Stage | None, year: int) -> Series:
        """The series of a letter's word (文书代字, see `LETTER_WORDS`)."""
        return self._series(self.letters.get(word, self.letter), word, kind, stage, year)

    def _series(self, pattern: str, word: str, kind: Kind, stage: Stage | None, year: int) -> Series:
        filled = {
            "area_short": self.area_short,
            "area_code": self.area_code,
            "doc_word": word,
            "class": CLASS_WORDS[kind],
            "stage": STAGE_WORDS[stage] if stage is not None else "",
            "year": year,
        }
        form = "".join(
            text + ("" if name is None else _slot(form) if name == "seq" else format(filled[name], form or ""))
            for text, name, form, _ in Formatter().parse(pattern)
        )
        return Series(word=_name(pattern, {**filled, "year": ""}), year=year, form=form)


def _slot(form: str | None) -> str:
    return f"{{seq:{form}}}" if form else "{seq}"


def _name(pattern: str, filled: dict[str, object]) -> str:
    """The pattern without year and sequence, and without the signs that held them."""
    bare = "".join(
        text + ("" if name is None or name == "seq" else str(filled[name]))
        for text, name, _, _ in Formatter().parse(pattern)
    )
    return re.sub(r"[〔〕（）()\[\]【】]|年|第?号$", "", bare)
