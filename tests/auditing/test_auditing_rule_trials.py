"""Every rule that a shipped standard switches on is tried three times: at fault, in order, and not surely read.

A rule of the data without its three files in the tables fails here.
"""

from __future__ import annotations

import pytest
from auditing_trials import Trial, tried
from trials_of_dates import DATES
from trials_of_papers import PAPERS
from trials_of_people import PEOPLE

from pipeline.auditing import list_standards, load_standard
from pipeline.auditing.rules import RULES
from schemas.report import Certainty

TRIALS: dict[str, Trial] = {**DATES, **PEOPLE, **PAPERS}
SWITCHED_ON = sorted({setting.rule for name in list_standards(None) for setting in load_standard(name).rules})


def test_every_known_rule_is_switched_on_somewhere():
    """No function of the rules is dead."""
    assert {name.partition(".")[0] for name in SWITCHED_ON} == set(RULES)


def test_every_rule_of_every_standard_is_tried():
    """A new line in the data needs its three files, and a file whose rule is gone goes with it."""
    assert sorted(TRIALS) == SWITCHED_ON


@pytest.mark.parametrize("rule", TRIALS)
def test_the_rule_finds_the_fault(rule):
    """One finding, of the state that the table says, with all that whoever must act needs."""
    trial = TRIALS[rule]
    findings = tried(rule, trial.raised, trial.parameters)
    assert [finding.state for finding in findings] == [Certainty.CERTAIN if trial.certain else Certainty.UNCERTAIN]
    assert all(finding.message and finding.basis and finding.remedy for finding in findings)
    assert all(finding.reason for finding in findings if finding.state is Certainty.UNCERTAIN)


@pytest.mark.parametrize("rule", TRIALS)
def test_the_rule_leaves_a_file_in_order_alone(rule):
    """Nothing certain, and nobody is asked."""
    trial = TRIALS[rule]
    assert tried(rule, trial.quiet, trial.parameters) == []


@pytest.mark.parametrize("rule", TRIALS)
def test_the_rule_is_not_sure_of_what_was_not_surely_read(rule):
    """A question where the table says so, else nothing; the file differs from the faulty one."""
    trial = TRIALS[rule]
    assert trial.unsure != trial.raised
    states = [finding.state for finding in tried(rule, trial.unsure, trial.parameters)]
    assert states == ([Certainty.UNCERTAIN] if trial.asked else [])
