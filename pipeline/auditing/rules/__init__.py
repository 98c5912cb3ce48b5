"""Rules (规则): what must hold between papers. The standard switches a rule on, with its effect, basis and parameters.

A setting's `rule` is the rule's name, or its name, a dot and what it is about (`sequence.assignment_before_meeting`),
so that one function serves many settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.phrases import in_clause
from pipeline.auditing.rules import (
    agreement,
    binding,
    breaks,
    calendar,
    contents,
    counting,
    endings,
    foreign,
    forms,
    identity,
    means,
    money,
    neighbours,
    numbering,
    pages,
    particulars,
    people,
    progress,
    resemblance,
    seals,
    sequence,
    terms,
)
from schemas.report import Certainty
from schemas.standard import RuleSetting


class Rule(NamedTuple):
    """A rule: the shape of its parameters and the function that applies it."""

    parameters: type[BaseModel]
    check: Callable[[Case, RuleSetting, Any], Iterable[Raised]]


RULES: dict[str, Rule] = {
    "agreement": Rule(agreement.Parameters, agreement.check),
    "blank_form": Rule(forms.BlankParameters, forms.check_blank),
    "broken_off": Rule(breaks.Parameters, breaks.check),
    "claimed_twice": Rule(neighbours.NoParameters, neighbours.check_claimed_twice),
    "conflict": Rule(people.ConflictParameters, people.check_conflict),
    "contents": Rule(contents.Parameters, contents.check),
    "distinct_people": Rule(people.DistinctParameters, people.check_distinct),
    "duplicate": Rule(pages.DuplicateParameters, pages.check_duplicates),
    "ending": Rule(endings.Parameters, endings.check),
    "fee_taken": Rule(money.Parameters, money.check),
    "fee_told": Rule(money.ToldParameters, money.check_told),
    "filing_term": Rule(terms.FilingParameters, terms.check_filing),
    "foreign": Rule(foreign.Parameters, foreign.check),
    "form_filled": Rule(forms.FilledParameters, forms.check_filled),
    "future_date": Rule(sequence.NoParameters, sequence.check_future),
    "identity_number": Rule(identity.Parameters, identity.check),
    "illegible": Rule(pages.NoParameters, pages.check_illegible),
    "means_limit": Rule(means.Parameters, means.check),
    "misplaced": Rule(binding.Parameters, binding.check),
    "number_form": Rule(numbering.Parameters, numbering.check),
    "number_taken": Rule(neighbours.NoParameters, neighbours.check_number_taken),
    "opposed_clients": Rule(neighbours.NoParameters, neighbours.check_opposed),
    "page_count": Rule(counting.Parameters, counting.check),
    "page_gap": Rule(pages.NoParameters, pages.check_gaps),
    "payee": Rule(particulars.PayeeParameters, particulars.check_payee),
    "phone": Rule(particulars.PhoneParameters, particulars.check_phone),
    "practice_years": Rule(people.PracticeParameters, people.check_practice),
    "progress_acts": Rule(progress.ActsParameters, progress.check_acts),
    "progress_dates": Rule(progress.DatesParameters, progress.check_dates),
    "resemblance": Rule(resemblance.Parameters, resemblance.check),
    "rest_day": Rule(calendar.Parameters, calendar.check),
    "result_ticked": Rule(forms.ResultParameters, forms.check_result),
    "same_day": Rule(sequence.SameDayParameters, sequence.check_same_day),
    "seal_owner": Rule(seals.Parameters, seals.check),
    "sequence": Rule(sequence.SequenceParameters, sequence.check_sequence),
    "term": Rule(terms.TermParameters, terms.check_term),
}

_prepared: dict[int, tuple[RuleSetting, BaseModel]] = {}
"""Parameters of a setting, validated once. The setting is kept with them, so that its id stays its own."""

_MOST_PREPARED = 2_000


def parameters_of(rule: str) -> type[BaseModel] | None:
    """The parameters that a setting's rule takes; None if there is no such rule."""
    known = RULES.get(rule.partition(".")[0])
    return known.parameters if known is not None else None


def apply_rule(case: Case, setting: RuleSetting) -> list[Raised]:
    """The findings of one switched-on rule; none where its condition does not hold.

    Where the condition is only likely, so are the findings: they become questions.
    """
    sure = True
    if setting.when is not None:
        truth = case.unopposed(setting.when).truth
        if truth is None:
            truth, sure = case.presumed(setting.when).truth, False
        if truth is not True:
            return []
    rule = RULES[setting.rule.partition(".")[0]]
    raised = list(rule.check(case, setting, _parameters(setting, rule)))
    return raised if sure or setting.when is None else [_doubted(entry, setting.when) for entry in raised]


def _parameters(setting: RuleSetting, rule: Rule) -> BaseModel:
    known = _prepared.get(id(setting))
    if known is not None and known[0] is setting:
        return known[1]
    if len(_prepared) >= _MOST_PREPARED:
        _prepared.clear()
    parameters = rule.parameters.model_validate(setting.parameters)
    _prepared[id(setting)] = (setting, parameters)
    return parameters


def _doubted(entry: Raised, condition: str) -> Raised:
    """The finding as a question, since nobody is sure that the rule applies."""
    if entry.finding.state is Certainty.UNCERTAIN:
        return entry
    reason = f"该项要求适用于{in_clause(condition)}的案件，卷内材料尚不足以确认；请核实后认定。"
    finding = entry.finding.model_copy(update={"state": Certainty.UNCERTAIN, "reason": reason})
    return Raised(finding, entry.items)
