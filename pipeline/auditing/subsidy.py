"""The subsidy (补贴) of a case by a rate table, with every step of how it comes about.

The decision whether it may be paid is the audit's and stands by itself. An amount is named only where the rate and every
situation that could change it are known; otherwise it waits (待核), and what has to be settled is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pipeline.auditing.capitals import in_capitals
from pipeline.auditing.modifying import Sum, modified
from pipeline.auditing.rates import serves
from pipeline.auditing.situations import Circumstances
from schemas.base import State
from schemas.case import KIND_TITLES, STAGE_TITLES, Kind, KnownCase, Stage
from schemas.rate import Modifier, Rate, RateReference, RateTable
from schemas.report import AuditReport, SubsidyAmount, SubsidyStep
from schemas.standard import Standard

_DATE_TITLES = {"closed_on": "结案日期", "assigned_on": "指派日期"}


def subsidy_amount(report: AuditReport, known: KnownCase, standard: Standard, table: RateTable | None) -> SubsidyAmount:
    """What the case is paid by `table`; without one, or where something is open, what has to be settled first."""
    if table is None:
        return SubsidyAmount(state=State.UNCERTAIN, needed=("本机构尚未录入补贴标准，补贴金额请由工作人员核定。",))
    pending = SubsidyAmount(
        state=State.UNCERTAIN,
        table=f"{table.title}（{table.version}）",
        sample=table.sample,
        standing=table.standing,
    )
    if not table.rates:
        needed = f"补贴标准表“{table.title}”尚未录入金额，请将正式文件所定标准录入后重新审查，或者由工作人员核定。"
        return pending.model_copy(update={"needed": (needed,)})
    if report.case is None or report.case.kind is None:
        return pending.model_copy(update={"needed": ("请核实案件类别。",)})
    return _Computation(Circumstances(report, report.case, known, standard), table, pending).amount()


@dataclass(frozen=True)
class _Chosen:
    """The rate that applies, or what has to be known to choose it."""

    rate: Rate | None
    ask: str = ""


@dataclass(frozen=True)
class _Computation:
    circumstances: Circumstances
    table: RateTable
    pending: SubsidyAmount

    def amount(self) -> SubsidyAmount:
        case = self.circumstances.case
        assert case.kind is not None
        if case.stage is None and self._stages_matter(case.kind):
            return self.pending.model_copy(update={"needed": ("请核实办案阶段。",)})
        chosen = self.rate(RateReference(kind=case.kind, stage=case.stage))
        if chosen.rate is None:
            return self.pending.model_copy(update={"needed": (chosen.ask,)})
        total = Sum.of(chosen.rate)
        steps = [_base_step(case.kind, case.stage, chosen.rate, total)]
        return self._modified(steps, total)

    def _modified(self, steps: list[SubsidyStep], total: Sum) -> SubsidyAmount:
        needed: list[str] = []
        running: Sum | None = total
        for modifier in self.table.modifiers:
            if not self._concerns(modifier):
                continue
            step, running, ask = modified(modifier, self.circumstances, running, self._replacement(modifier))
            steps.append(step)
            needed += [ask] if ask else []
        if running is None:
            return self.pending.model_copy(update={"steps": tuple(steps), "needed": tuple(dict.fromkeys(needed))})
        return self._finished(steps, running.total)

    def _finished(self, steps: list[SubsidyStep], total: Decimal) -> SubsidyAmount:
        unit = Decimal(self.table.round_to)
        rounded = ((total / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit).quantize(Decimal("0.01"))
        if rounded != total:
            steps.append(
                SubsidyStep(
                    title="取整",
                    explanation=f"{total}按{unit}元取整（四舍五入）＝{rounded}",
                    amount=rounded,
                    state=State.FOUND,
                    basis=self.table.basis,
                )
            )
        return self.pending.model_copy(
            update={"state": State.FOUND, "amount": rounded, "capitals": in_capitals(rounded), "steps": tuple(steps)}
        )

    def _concerns(self, modifier: Modifier) -> bool:
        """Whether the modifier is for cases of this kind and stage."""
        case = self.circumstances.case
        return (not modifier.kinds or case.kind in modifier.kinds) and (
            not modifier.stages or case.stage in modifier.stages
        )

    def _replacement(self, modifier: Modifier) -> Sum | str | None:
        """The other line's sum, or what has to be known to choose it; None where the modifier names no other line."""
        if modifier.rate_of is None:
            return None
        chosen = self.rate(modifier.rate_of)
        return Sum.of(chosen.rate) if chosen.rate is not None else chosen.ask

    def _stages_matter(self, kind: Kind) -> bool:
        return any(rate.kind is kind and rate.stages != (None,) for rate in self.table.rates)

    def rate(self, wanted: RateReference) -> _Chosen:
        """The one rate for a kind and stage, on the day that counts, in the region that counts."""
        fitting = [rate for rate in self.table.rates if serves(rate, wanted)]
        if not fitting:
            return _Chosen(None, f"补贴标准表中没有{case_title(wanted.kind, wanted.stage)}的标准，请由工作人员核定。")
        day = self.circumstances.day(self.table.dated_by)
        dated: list[Rate | RateTable] = [*fitting, self.table]
        if day is None and any(entry.valid_from or entry.valid_to for entry in dated):
            return _Chosen(None, f"请核实{_DATE_TITLES[self.table.dated_by]}，以确定适用哪一期间的标准。")
        valid = [rate for rate in fitting if _covers(rate, day) and _covers(self.table, day)]
        if not valid:
            return _Chosen(
                None, f"{_DATE_TITLES[self.table.dated_by]}为{day}，不在标准表所列期间之内，请由工作人员核定。"
            )
        return self._in_region(valid)

    def _in_region(self, rates: list[Rate]) -> _Chosen:
        if [rate.region for rate in rates] == [None]:
            return _Chosen(rates[0])
        tiers = "、".join(rate.region or "" for rate in rates)
        region = self.circumstances.told.region or self.table.own_region
        if region is None:
            return _Chosen(None, f"请核实本案适用的地区类别（{tiers}）。")
        own = next((rate for rate in rates if rate.region == region), None)
        return _Chosen(own) if own else _Chosen(None, f"地区类别“{region}”不在标准表所列（{tiers}）之内，请核对。")


def _covers(dated: Rate | RateTable, day: date | None) -> bool:
    return day is None or ((dated.valid_from or day) <= day <= (dated.valid_to or day))


def case_title(kind: Kind, stage: Stage | None) -> str:
    return KIND_TITLES[kind] + (STAGE_TITLES[stage] if stage is not None else "")


def _base_step(kind: Kind, stage: Stage | None, rate: Rate, total: Sum) -> SubsidyStep:
    tier = f"（{rate.region}）" if rate.region else ""
    return SubsidyStep(
        title="基本标准",
        explanation=f"{case_title(kind, stage)}{tier}：{total.parts_text()}",
        amount=total.total,
        state=State.FOUND,
        basis=rate.basis,
    )
