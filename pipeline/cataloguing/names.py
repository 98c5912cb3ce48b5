"""Names of people (姓名), told from other words."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.cataloguing.tables import table

HANZI = "\u3400-\u9fff\U00020000-\U0003134f"

_SURNAMES = frozenset("".join(table("names")["surnames"]))
_COMPOUND = frozenset(table("names")["compound"])
_FRONTING = frozenset(table("names")["fronting"])
_NOT_NAMES = frozenset(table("names")["not_names"])
STOP = (
    r"(?=$|[^"
    + HANZI
    + r"·]|性别|男|女|涉嫌|一案|犯罪|因|的|与|诉|系|作为|为|于|联系|电话|身份|民族|汉族|出生|住|律师|同志|先生|女士|申请|案由|承办|受援|"
    r"委托|年龄|签名|签字|日期|等|对|已|在|不服|被|及|和|担任|提供|提出|签署|是|称|自愿|指派|负责|到|向|现|进行|了|由|之|经|公民|居民|户籍|文化|职业|工作|国籍|曾用|依法|享有|同意|"
    r"证件|证号|性|所|家属|案|单位|阶段|羁押|法律|会见|参加|我|你|本|何时|通过|就|应|将|以|从|接受|聘请|盗窃|诈骗|故意|交通|危险|贩卖|抢劫|寻衅|开设|非法|帮助|掩饰|劳动|离婚|机动车|民间|工伤|追索|确认|买卖|租赁|合同|纠纷|执业|专职|手机|邮编|地址|族别|关系|代理|辩护|监护|法定|赡养|抚养|扶养|继承|侵权|财产|工资|经济补偿|社会保险|养老保险|医疗|提供劳务|民间借贷|土地|相邻|行政|行政复议|审判|检察|书记|陪审|记录|原告|被告|第三人|上诉|被上诉|时间|地点|备注|编号|事项|罪名|收到|领取|签收|办理|反映|陈述|认罪|悔罪|共同|辩称|诉称)"
)
NAME = rf"[{HANZI}]{{2,4}}?|[{HANZI}]{{1,6}}(?:·[{HANZI}]{{1,8}}){{1,4}}|[{HANZI}]某[某甲乙丙丁0-9]?"


_NO_NAME = re.compile(
    r"[的了是在与和或及、年月日号元]|[人员方书表证单函所院局处部厂店村镇乡区县市省家期款费间式由类别况码话址业度章]$"
)
"""What no name of four to six characters holds, or ends in."""


def plausible_name(text: str) -> bool:
    """Whether `text` looks like a Chinese person's name: a known surname, two to four characters, no common word."""
    if "·" in text:
        parts = text.split("·")
        return all(1 <= len(part) <= 8 for part in parts) and len(text) >= 4
    if not 2 <= len(text) <= 4 or (text[:2] in _NOT_NAMES or text[:3] in _NOT_NAMES or text in _NOT_NAMES):
        return False
    if text.endswith(
        ("律师", "法院", "公司", "签名", "签字", "日期", "电话", "人员", "单位", "机关", "意见", "阶段", "案件", "罪")
    ):
        return False
    if text[:2] in _COMPOUND:
        return len(text) >= 3
    return text[0] in _SURNAMES and len(text) <= 4


def may_be_name(text: str) -> bool:
    """Whether a cell of its own, beside a label for a name, may hold a name with a rare surname or none (`扎西多吉`)."""
    if not 2 <= len(text) <= 6 or any(word in text for word in _NOT_NAMES):
        return False
    return len(text) <= 3 or not _NO_NAME.search(text)


def whole_name(name: str, pages: Sequence[str]) -> str | None:
    """The name with the surname before it, where `name`, of two characters, stands behind one and the same on two pages.

    A pen's first letter is lost at times, and what is left of 龙秋萍 passes for a name.
    """
    if len(name) != 2:
        return None
    before = Counter(
        letter for page in pages for letter in {page[at - 1] for at in _places(name, page) if at} if letter in _FRONTING
    )
    letter, times = max(before.items(), key=lambda item: item[1], default=("", 0))
    return f"{letter}{name}" if times > 1 else None


def _places(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def sure_name(text: str) -> bool:
    """A plausible name of usual length."""
    return plausible_name(text) and ("·" in text or len(text) <= 3 or text[:2] in _COMPOUND)
