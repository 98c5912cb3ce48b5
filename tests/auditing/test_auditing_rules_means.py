"""The stated income against the limit that an office has set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_changes import CIVIL
from auditing_sheets import line
from auditing_trials import File, tried
from auditing_volumes import found

from pipeline.auditing import load_standard

LIMIT = {"limits": [{"monthly": 1500}]}
STAGED = {"limits": [{"monthly": 1500, "valid_to": "2024-12-31"}, {"monthly": 2500, "valid_from": "2025-01-01"}]}


def stating(*cells: tuple[str, str], score: float = 0.99, pen: bool = False, day: str = "2025-03-03") -> File:
    """A statement of means with these labels and figures, one row each."""
    lines = tuple(
        one
        for at, (label, figure) in enumerate(cells)
        for one in (line(label, 0.2 + 0.05 * at, 0.1), line(figure, 0.2 + 0.05 * at, 0.5, score, pen=pen))
    )
    paper = {"reading": {"lines": lines}, "fields": {"date": found(day)}}
    return File(CIVIL, {"means_statement": paper}, {"means_check": "check"})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("人均月收入", "2300元")], ["certain"]),
        ([("家庭成员人均月收入", "2300元")], ["certain"]),
        ([("家庭人均月收入（元）", "2,300")], ["certain"]),
        ([("人均月收入", "1500元")], []),
        ([("人均月收入", "二千三百元")], []),
        ([("人均月收入", "2300至2500元")], []),
        ([("人均年收入", "23000元")], []),
        ([("家庭月收入", "6000元"), ("家庭人口", "3人")], ["certain"]),
        ([("家庭月收入", "4500元"), ("家庭人口", "3人")], []),
        ([("家庭月收入", "6000元")], []),
        ([("家庭月收入", "6000元"), ("家庭人口", "0人")], []),
        ([("家庭月收入", "6000元"), ("家庭人口", "3人"), ("人均月收入", "766元")], []),
        ([("人均月收入", "2300元"), ("家庭人均月收入", "766元")], []),
    ],
)
def test_the_income_that_a_statement_states(cells, expected):
    """A head's, or the household's through its members; what is no plain figure, or stands there twice, says nothing."""
    assert [finding.state.value for finding in tried("means_limit", stating(*cells), LIMIT)] == expected


def test_a_figure_that_was_not_read_well():
    """By pen it is a question, read badly it is nothing."""
    income = ("人均月收入", "2300元")
    for file, expected in (
        (stating(income, pen=True), ["uncertain"]),
        (stating(income, score=0.93), ["uncertain"]),
        (stating(income, score=0.8), []),
    ):
        assert [finding.state.value for finding in tried("means_limit", file, LIMIT)] == expected


@pytest.mark.parametrize(("day", "found_out"), [("2024-12-01", True), ("2025-03-03", False)])
def test_the_limit_of_its_day_holds(day, found_out):
    """The amount changes from year to year."""
    assert bool(tried("means_limit", stating(("人均月收入", "2300元"), day=day), STAGED)) is found_out


def test_nothing_is_said_without_a_limit_or_where_none_is_checked():
    """What ships has no amounts; an applicant who is exempt has none to keep to."""
    file = stating(("人均月收入", "23000元"))
    assert tried("means_limit", file, {}) == []
    assert tried("means_limit", replace(file, facts={"means_check": "exempt_check"}), LIMIT) == []


def test_an_office_sets_its_limit_in_a_standard_of_its_own(tmp_path):
    """It writes the amount and its ground, and nothing else."""
    (tmp_path / "quchu.yaml").write_text(
        "id: quchu\ntitle: 某区\nversion: '1'\nstanding: reconstructed\nextends: gd\nrules:\n"
        "  - {rule: means_limit, basis: 某市文件, standing: confirmed, parameters: {limits: [{monthly: 1950}]}}\n",
        encoding="utf-8",
    )
    setting = next(rule for rule in load_standard("quchu", tmp_path).rules if rule.rule == "means_limit")
    assert setting.parameters == {"limits": [{"monthly": 1950}]}
    assert (setting.basis, setting.when is not None) == ("某市文件", True)
