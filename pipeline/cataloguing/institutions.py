"""Names of firms and organs (机构名称), cut out of running text where their own name begins."""

# ruff: noqa: PLR2004 - lengths of names are measures of this module, explained where they stand

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.cataloguing.names import HANZI


class Institution(NamedTuple):
    """A firm or an organ between two positions of a text."""

    start: int
    end: int
    name: str
    formed: bool
    """True if the name begins as such a name does; False where words before it may have run into it."""


_TAIL = (
    rf"(?:人民法院|人民检察院|公安(?:局|厅)(?:[{HANZI}]{{1,8}}?分局)?|(?:劳动人事|劳动)争议(?:调解)?仲裁(?:委员会|院)|"
    r"仲裁委员会|看守所|国家安全局|公安分局)"
)
_FIRM = re.compile(rf"([{HANZI}()]{{2,24}}?(?:律师事务所|法律服务所)(?:\([{HANZI}]{{2,6}}\)(?:律师事务所)?)?)")
_ORGAN = re.compile(rf"([{HANZI}]{{2,30}}?{_TAIL})")
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "内蒙古|广西|西藏|宁夏|新疆|最高|国浩|中华人民共和国"
)
_PROVINCE = re.compile(rf"(?:{_PROVINCES})")

_WORDS = (
    "指派|委托|聘请|委派|安排|通知|邀请|交由|转交|送交|送达|提交给?|移送至?|移交|报请|报送|函告|上诉至|上诉于|诉至|起诉至|此致|执业于|就职于|"
    "认可|同意|知悉|不服|收到|根据|依据|依照|按照|关于|认为|作出|裁定|判决|决定|申请|向|羁押[于在]?|关押[于在]?|现押于?|押于|前往|到达|"
    "单位|机构|名称|机关|律所|法院|检察院|公安局|援助处|援助中心|内容|上述|原审|一审|二审|审理|受理|承办|办案|公诉|起诉|案件|一案|本案|该案|"
    "本人|[告托申请护理疑诉审]人|[甲乙]方|[你贵本我][院局处委所]|今|兹|现"
)
_BEFORE = re.compile(rf"(?:{_WORDS}|[被为在对和及致于现的并经由至到与系交送请受是以从将把给让年月日号第])")
_NEVER_FIRST = re.compile(rf"(?:{_WORDS}|内(?![蒙江黄丘乡])|[被为在对及致现的并经由至到与系送请受是以把给让])")
"""Words and characters that no place begins with."""

_NEVER_WITHIN = re.compile(r"[由被把让给是的]")
_TOWARDS = re.compile(r"向(?!阳)")
"""`六个月内向人民法院`: no place holds this, but for those called 向阳."""
_JOINS = re.compile(
    r"[和于交同从将](?!平区|县|田|林格尔|静县|硕县|顺县|政县|龙|布克|都县|洪区|田县|城县|口县|心县|德县|仁|江市|安区|化|江县|乐县)"
)
"""Characters that join words, and begin a few places only."""

_REGION = re.compile(
    rf"(?:(?:{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?|[{HANZI}]{{2,9}}?自治[州县区]|[{HANZI}]{{1,4}}?(?:(?:经济|高新|产业|保税|[{HANZI}]{{2}}新)[{HANZI}]{{0,8}}?区|[市县区旗盟州]))"
    rf"[{HANZI}]{{0,14}}"
)
"""Where an organ's name may begin: a province, an autonomous region, or a place of at most four characters."""

_PLACELESS = re.compile(r"[省市县区州](?:高级|中级|第.中级)?")
_TAIL_AT_END = re.compile(rf"{_TAIL}$")


def _begins_well(name: str) -> bool:
    """True if the name begins with a place, as the name of an organ does, and with nothing before it."""
    head = _TAIL_AT_END.sub("", name)
    if (
        not head
        or _NEVER_WITHIN.search(head[:5])
        or _TOWARDS.search(head)
        or _NEVER_FIRST.match(name)
        or _JOINS.match(name)
        or _PLACELESS.fullmatch(head)
    ):
        return False
    return bool(_REGION.fullmatch(head)) or len(head) <= 4


def _organ(raw: str) -> tuple[str, bool]:
    """The longest end of `raw` that begins as an organ's name does, and whether there is one."""
    starts = {
        0,
        *(match.end() for match in _BEFORE.finditer(raw)),
        *(match.start() for match in _PROVINCE.finditer(raw)),
    }
    for start in sorted(starts):
        name = raw[start:]
        if len(name) >= 5 and _TAIL_AT_END.search(name) and _begins_well(name):
            return name, True
    return raw, False


_FIRM_BEFORE = re.compile(rf"^.*(?:{_WORDS}|[被为在对和及致于现的由至到经与系]|年|月|日|号)(?=.{{5,}})")


def _firm(raw: str) -> tuple[str, bool]:
    """The firm's own name: from the province on, else after the words that lead up to it."""
    at = next((match.start() for match in _PROVINCE.finditer(raw) if len(raw) - match.start() >= 6), None)
    if at is not None:
        return raw[at:], True
    shorter = _FIRM_BEFORE.sub("", raw)
    return (shorter if _FIRM.fullmatch(shorter) and len(shorter) >= 6 else raw), True


def find_firms(text: str) -> list[Institution]:
    """Firms named in a text."""
    found: list[Institution] = []
    if "律师事务所" not in text and "法律服务所" not in text:
        return found
    for match in _FIRM.finditer(text):
        if len(match.group(1)) >= 6:
            name, formed = _firm(match.group(1))
            found.append(Institution(match.end() - len(name), match.end(), name, formed))
    return found


def find_organs(text: str) -> list[Institution]:
    """Courts, procuratorates, police, arbitration bodies and detention houses named in a text."""
    found = []
    for match in _ORGAN.finditer(text):
        if len(match.group(1)) >= 5:
            name, formed = _organ(match.group(1))
            found.append(Institution(match.end() - len(name), match.end(), name, formed))
    return found
