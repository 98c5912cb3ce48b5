"""How an office makes its papers: faces, titles, numbers, dates, words, order. Four offices that never existed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.demo.blocks import Block, Gap, Rule, Title

CHINESE_DIGITS = "〇一二三四五六七八九"
CHINESE_TENS = ("", "十", "二十", "三十")


@dataclass(frozen=True)
class Style:
    """One office's way (样式)."""

    key: str
    city: str
    district: str
    short: str
    """The word for the area in numbers, such as 榕."""
    court_code: str
    office_word: Literal["处", "中心"]
    face: str
    title_face: str
    titles: Literal["plain", "spaced", "office_above", "stage_inside"]
    forms: Literal["table", "prose"]
    numbers: Literal["hexagonal", "single", "square", "padded"]
    dates: Literal["arabic", "dots", "iso"]
    official_dates: Literal["arabic", "chinese"]
    lawyer_label: str
    recipient_label: str
    matter_word: Literal["事项", "案件"]
    approval_title: str
    handwritten: bool
    dates_by_hand: bool
    pen: Literal["black", "blue"]
    foot: Literal["", "of", "dash", "number"]
    page_numbers: bool
    """Page numbers of the volume written into the upper right corner."""

    @property
    def office(self) -> str:
        return f"{self.city}{self.district}法律援助{self.office_word}"

    @property
    def hand(self) -> str:
        return f"clerk-{self.key}"

    def label(self, text: str) -> str:
        """What this office prints for a usual label."""
        return LABELS.get(self.key, {}).get(text, text)

    @property
    def columns(self) -> int:
        """Pairs of label and entry side by side in its forms."""
        return 1 if self.key == "jianglan" else 2

    def day(self, day: date) -> str:
        """A date as people of this office write it."""
        match self.dates:
            case "dots":
                return f"{day.year}.{day.month}.{day.day}"
            case "iso":
                return day.isoformat()
            case "arabic":
                return arabic(day)

    def official_day(self, day: date) -> str:
        """A date as it stands below an official paper."""
        return chinese(day) if self.official_dates == "chinese" else arabic(day)

    def number(self, word: str, class_: str, year: int, running: int) -> str:
        """The number of a paper (文号) of kind `word` (指, 决 …) in a case of class `class_` (刑, 民, 劳)."""
        match self.numbers:
            case "hexagonal":
                return f"{self.short}法援{word}字〔{year}〕{running}号"
            case "single":
                return f"（{year}）粤援{self.court_code}{class_}{running:03d}号"
            case "square":
                return f"{self.short}援{word}字[{year}]第{running}号"
            case "padded":
                return f"{self.short}法援{class_}{word}〔{year}〕第{running:03d}号"

    def case_number(self, class_: str, year: int, running: int) -> str:
        """The number of the case (案件编号)."""
        return self.number("案" if self.numbers == "padded" else class_, class_, year, running)

    def title(self, text: str, stage: str = "") -> tuple[Block, ...]:
        """The title of a form that the office or the lawyer makes."""
        match self.titles:
            case "spaced":
                return (Title(text, spaced=True),)
            case "office_above":
                return (Title(self.office, size=42, after=14), Title(text, size=54))
            case "stage_inside":
                return (Title(f"{stage}{text}" if stage else text),)
            case "plain":
                return (Title(text),)

    def letterhead(self, text: str) -> tuple[Block, ...]:
        """The head of a letter or decision of the office."""
        if self.titles in {"plain", "stage_inside"}:
            return (Title(self.office, size=74, colour="red", after=34), Rule(), Gap(20), Title(text, size=56))
        return self.title(text)


def arabic(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese(day: date) -> str:
    """二〇二四年三月五日."""

    def small(number: int) -> str:
        tens, units = divmod(number, 10)
        return CHINESE_TENS[tens] + (CHINESE_DIGITS[units] if units else "")

    year = "".join(CHINESE_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{small(day.month)}月{small(day.day)}日"


LABELS: dict[str, dict[str, str]] = {
    "nanzhu": {"身份证号码": "公民身份号码", "联系电话": "电话", "住所地": "住址", "所处阶段": "案件阶段"},
    "yunling": {"身份证号码": "身份证号", "案由": "案由（罪名）", "承办单位": "承办机构", "所处阶段": "诉讼阶段"},
    "jianglan": {"住所地": "现住址", "办案机关": "受理机关", "职业": "工作情况", "承办机构": "承办单位"},
}
"""Words of forms in which offices differ; what is not here is printed as usual."""

STYLES: dict[str, Style] = {
    style.key: style
    for style in (
        Style(
            "ronghai", "榕海市", "霞湾区", "榕霞", "0893", "处", "serif", "serif", "plain", "table", "hexagonal",
            "arabic", "arabic", "承办人", "受援人", "事项", "法律援助审批表", False, False, "black",
            "", True,
        ),
        Style(
            "nanzhu", "南渚市", "望洲区", "渚望", "0793", "处", "sans", "sans", "spaced", "prose", "single",
            "arabic", "chinese", "承办律师", "受援人", "事项", "法律援助审查表", True, True, "blue",
            "dash", False,
        ),
        Style(
            "yunling", "云岭市", "赤岸县", "赤", "0993", "中心", "serif", "sans", "office_above", "table", "square",
            "dots", "arabic", "承办人员", "受援人", "案件", "法律援助审批表", True, True, "black",
            "number", True,
        ),
        Style(
            "jianglan", "江岚市", "潮屿区", "江潮", "0694", "中心", "sans", "serif", "stage_inside", "table", "padded",
            "iso", "chinese", "辩护人", "受援人", "案件", "刑事法律援助审批表", False, True,
            "black", "of", False,
        ),
    )
}  # fmt: skip
