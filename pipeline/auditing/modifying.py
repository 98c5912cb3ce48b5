"""One step of a subsidy: what a situation does to the sum so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.auditing.situations import Circumstances, Known, known_of
from schemas.base import State
from schemas.rate import Modifier, Part, Rate, Situation
from schemas.report import SubsidyStep

_CENT = Decimal("0.01")
_PART_TITLES = {Part.DIRECT: "直接费用", Part.LABOUR: "基本劳务费用"}


@dataclass(frozen=True)
class Sum:
    """The amount so far in yuan, by parts. `undivided` where the norm gives one sum; `added` on top of the standard."""

    standard: Decimal
    """The rate that additions by share refer to."""
    direct: Decimal | None
    labour: Decimal | None
    undivided: Decimal | None
    added: Decimal = Decimal("0.00")

    @classmethod
    def of(cls, rate: Rate) -> Sum:
        direct, labour, undivided = (_cents(part) for part in (rate.direct, rate.labour, rate.undivided))
        standard = sum((part for part in (direct, labour, undivided) if part is not None), Decimal("0.00"))
        return cls(standard=standard, direct=direct, labour=labour, undivided=undivided)

    @property
    def total(self) -> Decimal:
        parts = (self.direct, self.labour, self.undivided, self.added)
        return sum((part for part in parts if part is not None), Decimal("0.00"))

    def parts_text(self) -> str:
        if self.direct is None or self.labour is None:
            return f"{self.total}元"
        return f"直接费用{self.direct}元＋基本劳务费用{self.labour}元＝{self.total}元"

    def times(self, factor: Decimal, part: Part) -> Sum | None:
        """The sum with one part, or all of them, multiplied; None where the sum is not divided into that part."""
        if part is Part.DIRECT:
            return None if self.direct is None else replace(self, direct=_cents(self.direct * factor))
        if part is Part.LABOUR:
            return None if self.labour is None else replace(self, labour=_cents(self.labour * factor))
        total = _cents(self.total * factor)
        assert total is not None
        if self.direct is None or self.labour is None:
            return replace(self, undivided=total, added=Decimal("0.00"))
        labour, added = _cents(self.labour * factor), _cents(self.added * factor)
        assert labour is not None
        assert added is not None
        return replace(self, labour=labour, added=added, direct=total - labour - added)


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class _Done:
    """The sum after the step and its arithmetic; or, without a sum, what has to be settled."""

    after: Sum | None
    text: str


def modified(
    modifier: Modifier, circumstances: Circumstances, running: Sum | None, replacement: Sum | str | None
) -> tuple[SubsidyStep, Sum | None, str]:
    """The step, the sum after it (None: unknown from here on), and what has to be asked (empty: nothing).

    `replacement`: the sum that a modifier with `rate_of` puts in place, or what has to be known to find it.
    """
    known = known_of(modifier.situation, circumstances)
    if known.holds is None and modifier.unknown == "ask":
        return _open(modifier, known.ask)
    if not known.holds:
        text = "不适用" if known.holds is False else "卷内和已知案情均未载明，按标准表的推定不适用"
        return _step(modifier, State.MISSING, text, running), running, ""
    unsettled = _unsettled(modifier, known, replacement)
    if unsettled:
        return _open(modifier, unsettled)
    if running is None:
        return _step(modifier, State.FOUND, f"{_said(known)}适用，待其他待核事项核定后计算", None), None, ""
    done = _applied(modifier, known, running, replacement)
    if done.after is None:
        return _open(modifier, done.text)
    return _step(modifier, State.FOUND, _said(known) + done.text, done.after), done.after, ""


def _open(modifier: Modifier, ask: str) -> tuple[SubsidyStep, None, str]:
    return _step(modifier, State.UNCERTAIN, ask, None), None, ask


def _step(modifier: Modifier, state: State, text: str, after: Sum | None) -> SubsidyStep:
    amount = after.total if after is not None else None
    return SubsidyStep(title=modifier.title, explanation=text, amount=amount, state=state, basis=modifier.basis)


def _said(known: Known) -> str:
    return f"{known.said}：" if known.said else ""


def _unsettled(modifier: Modifier, known: Known, replacement: Sum | str | None) -> str:
    """What is still needed although the situation holds; empty where nothing is."""
    if isinstance(replacement, str):
        return replacement
    if modifier.by and known.grade not in modifier.by:
        return f"“{known.grade}”不在标准表所列档次（{'、'.join(modifier.by)}）之内，请核对。"
    if modifier.actual and known.cost is None:
        what = "翻译费" if modifier.situation is Situation.INTERPRETER else "跨区域办案费用"
        return f"请提供{what}的凭证金额。"
    return ""


def _applied(modifier: Modifier, known: Known, running: Sum, replacement: Sum | str | None) -> _Done:
    if isinstance(replacement, Sum):
        return _Done(replacement, f"改按该情形的标准：{replacement.parts_text()}")
    factor = modifier.by[known.grade] if modifier.by else modifier.factor
    if factor is not None:
        return _multiplied(modifier, running, factor)
    return _added(modifier, known, running)


def _multiplied(modifier: Modifier, running: Sum, factor: Decimal) -> _Done:
    after = running.times(factor, modifier.part)
    percent = f"{(factor * 100).normalize():f}%"
    if after is None:
        return _Done(None, f"标准未分直接费用和劳务费用，无法只就{_PART_TITLES[modifier.part]}调整，请由工作人员核定。")
    if modifier.part is Part.TOTAL:
        return _Done(after, f"{running.total}×{percent}＝{after.total}")
    before = running.direct if modifier.part is Part.DIRECT else running.labour
    changed = after.direct if modifier.part is Part.DIRECT else after.labour
    return _Done(after, f"{_PART_TITLES[modifier.part]}{before}×{percent}＝{changed}，合计{after.total}")


def _added(modifier: Modifier, known: Known, running: Sum) -> _Done:
    unit, text = _unit(modifier, known, running)
    addition = _cents(unit * known.count)
    assert addition is not None
    if known.count > 1:
        text += f"×{known.count}"
    limit = ""
    if modifier.most is not None and addition > modifier.most:
        addition = modifier.most.quantize(_CENT)
        limit = f"（以{addition}为限）"
    after = replace(running, added=running.added + addition)
    return _Done(after, f"{running.total}＋{text}{limit}＝{after.total}")


def _unit(modifier: Modifier, known: Known, running: Sum) -> tuple[Decimal, str]:
    """What is added once, and how it is written."""
    if modifier.amount is not None:
        return modifier.amount, f"{modifier.amount.quantize(_CENT)}"
    if modifier.actual:
        assert known.cost is not None
        return known.cost, f"凭证金额{known.cost.quantize(_CENT)}"
    assert modifier.share is not None
    return running.standard * modifier.share, f"{running.standard}×{(modifier.share * 100).normalize():f}%"
