"""Conditions (条件): a small language over the facts of a case, in Kleene's three-valued logic.

    origin == applied and not minor
    custody in (detained, bail) or plea

Names are those of `schemas.case.FACT_TITLES`. A yes-or-no fact stands bare; the others are compared with values of
`FACT_VALUES`. The text is parsed once with Python's `ast`; anything outside the whitelist is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from schemas.case import FACT_TITLES, FACT_VALUES

Value = str | bool | None
Lookup = Callable[[str], Value]
"""Name of a fact to its value; None: unknown."""


class ConditionError(ValueError):
    """The text is not a condition. The message is Chinese and has no place in it; the loader adds file and line."""


@dataclass(frozen=True)
class Fact:
    """A bare yes-or-no fact."""

    name: str


@dataclass(frozen=True)
class Compare:
    """A fact that equals one of some values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    operand: Condition


@dataclass(frozen=True)
class And:
    operands: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    operands: tuple[Condition, ...]


Condition = Fact | Compare | Not | And | Or


@dataclass(frozen=True)
class Verdict:
    """What a condition comes to: true, false or unknown (None), and the unknown facts that left it open."""

    truth: bool | None
    unknown: tuple[str, ...] = ()


@cache
def parse(text: str) -> Condition:
    """The condition that `text` states; `ConditionError` if it is none."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ConditionError(f"条件“{text}”不合语法") from error
    return _convert(tree.body)


def _convert(node: ast.expr) -> Condition:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return And(tuple(_convert(value) for value in values))
        case ast.BoolOp(op=ast.Or(), values=values):
            return Or(tuple(_convert(value) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_convert(operand))
        case ast.Name(id=name):
            return _bare(name)
        case ast.Compare(left=ast.Name(id=name), ops=[operator], comparators=[right]):
            return _comparison(name, operator, right)
        case _:
            raise ConditionError(f"条件中的“{ast.unparse(node)}”不被支持")


def _bare(name: str) -> Fact:
    if name not in FACT_TITLES:
        raise ConditionError(f"条件中的事实“{name}”未知")
    if name in FACT_VALUES:
        raise ConditionError(f"事实“{name}”不是是非事实，须与取值比较，例如 {name} == {FACT_VALUES[name][0]}")
    return Fact(name)


def _comparison(name: str, operator: ast.cmpop, right: ast.expr) -> Condition:
    if name not in FACT_TITLES:
        raise ConditionError(f"条件中的事实“{name}”未知")
    if name not in FACT_VALUES:
        raise ConditionError(f"事实“{name}”是是非事实，不与取值比较")
    match operator:
        case ast.Eq():
            return Compare(name, (_value(name, right),))
        case ast.NotEq():
            return Not(Compare(name, (_value(name, right),)))
        case ast.In():
            return Compare(name, _values(name, right))
        case ast.NotIn():
            return Not(Compare(name, _values(name, right)))
        case _:
            raise ConditionError("条件中只能使用 ==、!=、in、not in 比较")


def _values(name: str, node: ast.expr) -> tuple[str, ...]:
    elements = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    if not elements:
        raise ConditionError(f"事实“{name}”之后的取值不能为空")
    return tuple(_value(name, element) for element in elements)


def _value(name: str, node: ast.expr) -> str:
    match node:
        case ast.Name(id=value):
            pass
        case ast.Constant(value=str(value)):
            pass
        case _:
            raise ConditionError(f"事实“{name}”的取值“{ast.unparse(node)}”不被支持")
    if value not in FACT_VALUES[name]:
        raise ConditionError(f"事实“{name}”没有取值“{value}”，可用取值：{'、'.join(FACT_VALUES[name])}")
    return value


def evaluate(condition: Condition, lookup: Lookup) -> Verdict:
    """The condition's truth over `lookup`, after Kleene: unknown unless what is known decides."""
    match condition:
        case Fact(name):
            value = lookup(name)
            return Verdict(None, (name,)) if value is None else Verdict(value is True)
        case Compare(name, values):
            value = lookup(name)
            return Verdict(None, (name,)) if value is None else Verdict(value in values)
        case Not(operand):
            inner = evaluate(operand, lookup)
            return Verdict(None if inner.truth is None else not inner.truth, inner.unknown)
        case And(operands):
            return _joined([evaluate(operand, lookup) for operand in operands], decisive=False)
        case Or(operands):
            return _joined([evaluate(operand, lookup) for operand in operands], decisive=True)


def _joined(verdicts: list[Verdict], *, decisive: bool) -> Verdict:
    if any(verdict.truth is decisive for verdict in verdicts):
        return Verdict(decisive)
    unknown = tuple(dict.fromkeys(name for verdict in verdicts for name in verdict.unknown))
    if any(verdict.truth is None for verdict in verdicts):
        return Verdict(None, unknown)
    return Verdict(not decisive)


def names(condition: Condition) -> tuple[str, ...]:
    """The facts that the condition mentions, each once."""
    return tuple(dict.fromkeys(_mentioned(condition)))


def _mentioned(condition: Condition) -> Iterator[str]:
    match condition:
        case Fact(name) | Compare(name, _):
            yield name
        case Not(operand):
            yield from _mentioned(operand)
        case And(operands) | Or(operands):
            for operand in operands:
                yield from _mentioned(operand)


_MOST_COMBINATIONS = 200_000
"""More than any sensible condition has; beyond it a condition is taken to be satisfiable."""


def satisfiable(condition: Condition, fixed: dict[str, tuple[str, ...]] | None = None) -> bool:
    """Whether some case makes the condition true. `fixed` narrows the values that a fact can take."""
    mentioned = names(condition)
    domains = [_domain(name, fixed or {}) for name in mentioned]
    size = 1
    for domain in domains:
        size *= max(1, len(domain))
    if size > _MOST_COMBINATIONS:
        return True
    return any(
        evaluate(condition, dict(zip(mentioned, values, strict=True)).get).truth is True for values in product(*domains)
    )


def _domain(name: str, fixed: dict[str, tuple[str, ...]]) -> tuple[Value, ...]:
    if name in fixed:
        return fixed[name]
    return FACT_VALUES.get(name, (True, False))
