"""Conditions and terms in Chinese, for the people who read a checklist."""

from __future__ import annotations

from functools import cache

from pipeline.auditing.conditions import And, Compare, Condition, Fact, Not, Or, parse
from schemas.case import FACT_TITLES, KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.standard import Deadline, Item, Need

VALUE_TITLES: dict[str, dict[str, str]] = {
    "kind": {kind.value: title for kind, title in KIND_TITLES.items()},
    "stage": {stage.value: title for stage, title in STAGE_TITLES.items()},
    "origin": {origin.value: title for origin, title in ORIGIN_TITLES.items()},
    "custody": {"detained": "羁押", "bail": "取保候审", "residential": "监视居住", "none": "未被采取强制措施"},
    "means_check": {
        "check": "核查",
        "commitment": "个人诚信承诺",
        "exempt_check": "免予核查",
        "no_condition": "不受经济困难条件限制",
    },
    "result": {
        "judgment": "判决",
        "ruling": "裁定",
        "mediation": "调解",
        "settlement": "和解",
        "withdrawal": "撤诉",
        "award": "仲裁裁决",
        "indicted": "提起公诉",
        "not_indicted": "不起诉",
        "transferred": "移送",
        "dismissed": "撤销案件",
        "terminated": "终止法律援助",
        "other": "其他",
    },
    "representation": {
        "victim": "被害人代理",
        "private_prosecutor": "自诉人代理",
        "petitioner": "申诉代理",
        "compulsory_treatment": "强制医疗代理",
    },
}

NEED_TITLES: dict[Need, str] = {
    Need.REQUIRED: "应当有",
    Need.CONDITIONAL: "符合条件时应当有",
    Need.OPTIONAL: "可以有",
    Need.FORBIDDEN: "不得入卷",
}


def value_title(name: str, value: str | bool | None) -> str:
    """The Chinese word for a fact's value."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return VALUE_TITLES.get(name, {}).get(value or "", value or "不明")


def in_chinese(condition: Condition) -> str:
    """The condition as a Chinese clause."""
    match condition:
        case Fact(name):
            return FACT_TITLES[name]
        case Compare(name, values):
            return f"{FACT_TITLES[name]}为{_either(name, values)}"
        case Not(operand):
            return _negated(operand)
        case And(operands):
            return "，并且".join(_inner(operand) for operand in operands)
        case Or(operands):
            return "，或者".join(_inner(operand) for operand in operands)


def _negated(condition: Condition) -> str:
    match condition:
        case Fact(name):
            return f"不存在“{FACT_TITLES[name]}”的情形"
        case Compare(name, values):
            return f"{FACT_TITLES[name]}不是{_either(name, values)}"
        case _:
            return f"不符合“{in_chinese(condition)}”"


def _either(name: str, values: tuple[str, ...]) -> str:
    return "或者".join(value_title(name, value) for value in values)


def _inner(condition: Condition) -> str:
    text = in_chinese(condition)
    return f"（{text}）" if isinstance(condition, And | Or) else text


@cache
def in_clause(text: str) -> str:
    """A condition's text as a Chinese clause."""
    return in_chinese(parse(text))


def item_condition(item: Item) -> str:
    """When the item is needed, in Chinese; empty where it always is."""
    parts = []
    if item.when:
        parts.append(in_clause(item.when))
    if item.unless:
        parts.append(f"但{in_clause(item.unless)}的除外")
    return "；".join(parts)


def days(deadline: Deadline) -> str:
    """A term in Chinese, e.g. `30日`, `10个工作日`, `3个月`."""
    if deadline.months:
        return f"{deadline.months}个月"
    return f"{deadline.days}个工作日" if deadline.working else f"{deadline.days}日"
