"""Rules (规则): what must hold between papers. The standard switches a rule on, with its effect, basis and parameters.

A setting's `rule` is the rule's name, or its name, a dot and what it is about (`sequence.assignment_before_meeting`),
so that one function serves many settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.rules import agreement, binding, endings, foreign, money, pages, sequence, terms
from schemas.standard import RuleSetting


class Rule(NamedTuple):
    """A rule: the shape of its parameters and the function that applies it."""

    parameters: type[BaseModel]
    check: Callable[[Case, RuleSetting, Any], Iterable[Raised]]


RULES: dict[str, Rule] = {
    "agreement": Rule(agreement.Parameters, agreement.check),
    "duplicate": Rule(pages.DuplicateParameters, pages.check_duplicates),
    "ending": Rule(endings.Parameters, endings.check),
    "fee_taken": Rule(money.Parameters, money.check),
    "filing_term": Rule(terms.FilingParameters, terms.check_filing),
    "foreign": Rule(foreign.Parameters, foreign.check),
    "future_date": Rule(sequence.NoParameters, sequence.check_future),
    "illegible": Rule(pages.NoParameters, pages.check_illegible),
    "misplaced": Rule(binding.Parameters, binding.check),
    "page_gap": Rule(pages.NoParameters, pages.check_gaps),
    "same_day": Rule(sequence.SameDayParameters, sequence.check_same_day),
    "sequence": Rule(sequence.SequenceParameters, sequence.check_sequence),
    "term": Rule(terms.TermParameters, terms.check_term),
}


def parameters_of(rule: str) -> type[BaseModel] | None:
    """The parameters that a setting's rule takes; None if there is no such rule."""
    known = RULES.get(rule.partition(".")[0])
    return known.parameters if known is not None else None


def apply_rule(case: Case, setting: RuleSetting) -> list[Raised]:
    """The findings of one switched-on rule; none where its condition neither holds nor is presumed to hold."""
    if setting.when is not None and not _applies(case, setting.when):
        return []
    rule = RULES[setting.rule.partition(".")[0]]
    return list(rule.check(case, setting, rule.parameters.model_validate(setting.parameters)))


def _applies(case: Case, when: str) -> bool:
    truth = case.verdict(when).truth
    return case.presumed(when).truth is True if truth is None else truth
