"""Places, organs, firms and numbers that tell where and about whom a text is, and what stands in their stead."""

from __future__ import annotations

import re

_HANZI = r"\u3400-\u9fff"
_BEFORE = r"在至到于从往赴经住来由向与系为及和距沿将对给被告人诉方该本"
"""Little words before a place; a place's own name that holds one keeps a stub that names nothing."""

_DIVISIONS = (
    ("省|自治区|特别行政区|自治州|自治县|自治旗|盟", "", ""),
    ("市", "城超都", "场民值价政区容"),
    ("县", "各本该同", ""),
    ("区", "小地辖园社景校厂库片郊禁", "别分"),
    ("镇", "城乡集", "定静痛压守长"),
    ("乡", "城家老故下", "亲镇村愁"),
    ("街道|社区|居委会|村委会|村民小组|村民委员会|居民委员会|小区|花园|大厦|公寓|工业区|开发区|农场|林场|派出所|分局|支队|大队|中队|看守所", "", ""),
    ("村", "农乡", "民委庄镇干"),
    ("大道|大街|路|街|巷|胡同", "道公马铁线思一网电陆水半上顺沿问通出过逛", "口边面上人过程段由线费灯况道"),
)  # fmt: skip
"""Endings of a place's name; what before it, and what behind it, makes another word of it."""

_MOST = 6
_WIDEST = 18
_KINDS = "有限责任公司|股份有限公司|有限公司|分公司|总公司|公司|合作社|商行|经营部|服务部|工作室|律师事务所|法律服务所|鉴定中心|鉴定所|医院|卫生院|学校|中学|小学|大学|学院|幼儿园|银行|信用社|酒店|宾馆|饭店|餐厅|超市|网吧|工厂|加工厂|制衣厂|厂"
_BUSINESS = re.compile(
    rf"(?:[{_HANZI}A-Za-z0-9（）()·]{{1,{_WIDEST}}}?)(?<![初高])(?P<kind>{_KINDS})(?![历生文化者卡账帐存转流利房商内区里])"
)
_ENDS_BEFORE = re.compile(
    r".*(?:被告人|被告|原告|第三人|被申请人|申请人|被上诉人|上诉人|被害人|受援人|单位|用人|指派|入职|进入|受雇于|就职于|任职于|"
    r"在|至|到|送|住|赴|去|经|因|于|从|由|向|与|和|系|为|及|将|对|给|被|该|本|其|是|开办|经营|担任|所有的|名下的|属于|[，。；：、“（(])"
)
_NUMBERS = (
    (re.compile(r"(?i)(?:微信|QQ|账号|帐号|卡号)(?:号)?[:：]?\s*[A-Za-z0-9_\-]{5,}"), "（账号略）"),
    (re.compile(rf"[{_HANZI}]{{0,8}}[（(〔\[]\s*\d{{4}}\s*[）)〕\]][{_HANZI}\d\-－—第]{{0,24}}?号(?:之[一二三四五\d]+)?"), "（案号略）"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "（邮箱略）"),
    (re.compile(rf"[{_HANZI}][A-Z][·\s]?[A-Z0-9]{{5,6}}"), "（车牌号略）"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?=出?生)"), "某年某月"),
    (re.compile(r"(\d{4}年\d{1,2}月)\d{1,2}日"), r"\1某日"),
    (re.compile(r"(\d{4})-(\d{2})-\d{2}"), r"\1年\2月某日"),
    (re.compile(r"\d{1,5}(?:号楼|号院|栋|幢|单元|室|房|组|队|号)(?:\d{1,5}(?:号楼|栋|幢|单元|室|房|号))*(?!码)"), "某号"),
    (re.compile(r"(?<!\d)0\d{2,3}[-－—]?\d{7,8}"), "（号码略）"),
    (re.compile(r"(?<![\d.])\d{6,}[\dXx*]*(?![\d.]*\s*万?(?:余)?元)"), "（号码略）"),
)  # fmt: skip


def without_numbers(text: str) -> str:
    """Case numbers, telephone and identity numbers, plates, house numbers taken out; of a date, month and year stay."""
    for pattern, stands in _NUMBERS:
        text = pattern.sub(stands, text)
    return text


def without_businesses(text: str) -> str:
    """Companies, firms, hospitals and schools by what they are: 某公司."""
    return _BUSINESS.sub(_business, text)


def _business(found: re.Match[str]) -> str:
    kind = found.group("kind")
    own = found.group()[: -len(kind)]
    before = _ENDS_BEFORE.match(own)
    head = own[: before.end()] if before is not None else ""
    name = own[len(head) :]
    if not name or name in {"该", "本", "某", "用人"}:
        return found.group()
    return f"{head}某{'公司' if kind.endswith('公司') else kind}"


def without_places(text: str) -> str:
    """某省, 某市某区, 某村, 某路 in place of their names; the kinds of courts and offices behind them stay."""
    for endings, not_behind, not_before in _DIVISIONS:
        text = _division(endings, not_behind, not_before).sub(_place, text)
    return re.sub(r"(某[省市县区镇乡村])\1+", r"\1", text)


def _division(endings: str, not_behind: str, not_before: str) -> re.Pattern[str]:
    name = rf"(?P<own>[{_HANZI}]{{1,{_MOST}}}?)"
    behind = rf"(?<![{not_behind}])" if not_behind else ""
    before = rf"(?![{not_before}])" if not_before else ""
    return re.compile(rf"{name}{behind}(?P<kind>{endings}){before}")


def _place(found: re.Match[str]) -> str:
    own, kind = found.group("own"), found.group("kind")
    cut = max((own.rfind(word) for word in (*_BEFORE, "某", *"省市州县区旗镇乡村")), default=-1) + 1
    head, name = own[:cut], own[cut:]
    if name:
        return f"{head}某{kind}"
    if own[-1] in "某该本全各同省市州县区旗镇乡村":
        return found.group()
    # 人和镇、来宾市一类，名称本身含有“和”“来”等字
    return f"{own[:-2]}某{kind}"


_STEM = re.compile(rf"([{_HANZI}]{{2,6}}?)(?:自治[州县]|[省市州县区旗镇乡村])")
_NO_STEMS = {"人民", "法律", "自治", "中级", "高级", "人民检察", "街道", "开发", "工业"}


def place_stems(body: str) -> tuple[str, ...]:
    """The places' own names in the name of an organ: 榕江 and 青湾 of 榕江市青湾区人民法院."""
    return tuple(stem for stem in _STEM.findall(body) if stem not in _NO_STEMS)
