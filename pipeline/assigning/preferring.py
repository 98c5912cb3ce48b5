"""What speaks for a lawyer: few open cases, the field, the region, the recipient's own choice."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assigning.spelling import plain
from pipeline.assigning.weighing import Caseload, chinese_day
from schemas.case import KIND_TITLES, Kind
from schemas.registration import Registration
from schemas.roster import Lawyer, Preferences, Reason

_KIND_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.CRIMINAL_DEFENCE: ("刑事", "刑辩"),
    Kind.CRIMINAL_REPRESENTATION: ("刑事",),
    Kind.CRIMINAL_CIVIL: ("刑事", "民事"),
    Kind.CIVIL: ("民事", "民商事"),
    Kind.LABOUR_ARBITRATION: ("劳动",),
    Kind.ADMINISTRATIVE: ("行政",),
    Kind.ADMINISTRATIVE_RECONSIDERATION: ("行政", "复议"),
    Kind.NON_LITIGATION: ("非诉", "民事"),
    Kind.ENFORCEMENT: ("执行", "民事"),
    Kind.DUTY_HELP: ("刑事", "值班"),
    Kind.PLEA_HELP: ("刑事", "值班"),
}
"""Words in a lawyer's fields (擅长领域) that fit a kind of case."""

_CAUSE_WORDS: dict[str, tuple[str, ...]] = {
    "婚姻": ("离婚", "婚", "抚养", "彩礼"),
    "家庭": ("离婚", "抚养", "赡养", "扶养", "家庭暴力", "人身安全保护"),
    "家事": ("离婚", "抚养", "赡养", "扶养", "继承", "家庭暴力"),
    "继承": ("继承", "遗产", "遗嘱"),
    "劳动": ("劳动", "劳务", "工资", "报酬", "工伤", "社会保险"),
    "工伤": ("工伤", "人身损害"),
    "交通": ("交通",),
    "医疗": ("医疗",),
    "毒品": ("毒品",),
    "职务犯罪": ("贪污", "受贿", "行贿", "挪用", "渎职", "滥用职权", "玩忽职守"),
    "经济犯罪": ("诈骗", "集资", "合同诈骗", "非法经营", "洗钱", "侵占"),
    "暴力犯罪": ("故意杀人", "故意伤害", "抢劫", "强奸", "绑架"),
    "房产": ("房屋", "商品房", "租赁", "物业"),
    "土地": ("土地", "征收", "拆迁", "承包"),
    "合同": ("合同", "借贷", "买卖"),
    "侵权": ("损害", "侵权", "责任纠纷"),
    "消费": ("消费", "产品责任"),
}
"""A word in a lawyer's field to words in a cause (案由、罪名) that it covers."""

_ENDINGS = ("案件", "纠纷", "争议", "诉讼", "业务", "法律", "犯罪", "罪")
_SHORTEST = 2


def load(open_cases: int) -> Reason:
    return Reason(text=f"在办案件{open_cases}件", weight=-float(open_cases))


def rotation(lawyer: Lawyer, caseload: Caseload) -> Reason:
    last = caseload.last_assigned(lawyer.licence)
    return Reason(text=f"最近一次指派为{chinese_day(last)}" if last else "台账中尚无指派记录")


def field(case: Registration, lawyer: Lawyer, preferences: Preferences) -> Reason | None:
    """The lawyer's field covers the cause, or at least the kind of case, which counts half."""
    covering = next((each for each in lawyer.fields if _covers(each, case.cause)), None)
    if covering is not None:
        return Reason(text=f"擅长领域“{covering}”与案由“{case.cause}”相符", weight=preferences.field)
    wanted = _KIND_FIELDS.get(case.kind, ())
    fitting = next((each for each in lawyer.fields if any(word in each for word in wanted)), None)
    if fitting is None:
        return None
    return Reason(text=f"擅长领域“{fitting}”与{KIND_TITLES[case.kind]}相符", weight=preferences.field / 2)


def _covers(field_: str, cause: str) -> bool:
    words = [word for key, words in _CAUSE_WORDS.items() if key in field_ for word in words]
    core = field_
    for ending in _ENDINGS:
        core = core.removesuffix(ending)
    return any(word in cause for word in words) or (len(core) >= _SHORTEST and core in cause)


def region(case: Registration, lawyer: Lawyer, preferences: Preferences) -> Reason | None:
    wanted = plain(case.region)
    if len(wanted) < _SHORTEST:
        return None
    found = next((each for each in lawyer.regions if _one_region(plain(each), wanted)), None)
    return None if found is None else Reason(text=f"服务地区“{found}”相符", weight=preferences.region)


def _one_region(one: str, other: str) -> bool:
    return len(one) >= _SHORTEST and (one in other or other in one)


def chosen_by_recipient(case: Registration, roster: Sequence[Lawyer]) -> tuple[Lawyer, ...]:
    """The lawyers whom the recipient's own choice (点援) may mean: by licence number, by name, by name and firm."""
    wanted = plain(case.chosen_lawyer)
    if not wanted:
        return ()
    exact = tuple(each for each in roster if wanted == plain(each.licence))
    full = tuple(each for each in roster if plain(each.name) in wanted and plain(each.firm) in wanted)
    named = tuple(each for each in roster if wanted.removesuffix("律师") == plain(each.name))
    return exact or full or named
