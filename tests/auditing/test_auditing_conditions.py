"""Conditions: what parses, what is refused, and Kleene's logic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.auditing.conditions import (
    And,
    Compare,
    Condition,
    ConditionError,
    Fact,
    Not,
    Or,
    evaluate,
    names,
    parse,
    satisfiable,
)
from pipeline.auditing.phrases import in_chinese
from schemas.case import FACT_TITLES, FACT_VALUES

BARE = sorted(set(FACT_TITLES) - set(FACT_VALUES))
VALUED = sorted(FACT_VALUES)

facts = st.sampled_from(BARE).map(Fact)
compares = st.sampled_from(VALUED).flatmap(
    lambda name: st.lists(st.sampled_from(FACT_VALUES[name]), min_size=1, max_size=3, unique=True).map(
        lambda values: Compare(name, tuple(values))
    )
)
conditions = st.recursive(
    facts | compares,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=8,
)
bare_values = st.dictionaries(st.sampled_from(BARE), st.booleans())
valued = st.fixed_dictionaries({}, optional={name: st.sampled_from(FACT_VALUES[name]) for name in VALUED})


def lookup(bare: dict[str, bool], named: dict[str, str]):
    return {**bare, **named}.get


def as_text(condition: Condition) -> str:
    match condition:
        case Fact(name):
            return name
        case Compare(name, values):
            return f"{name} in ({', '.join(values)},)"
        case Not(operand):
            return f"not ({as_text(operand)})"
        case And(operands):
            return " and ".join(f"({as_text(operand)})" for operand in operands)
        case Or(operands):
            return " or ".join(f"({as_text(operand)})" for operand in operands)


@given(conditions, bare_values, valued)
def test_written_and_parsed_again_a_condition_means_the_same(condition, bare, named):
    """What stands in the YAML is what is evaluated."""
    look = lookup(bare, named)
    assert evaluate(parse(as_text(condition)), look).truth == evaluate(condition, look).truth


@given(conditions, conditions, bare_values, valued)
def test_de_morgan_holds_with_unknown_facts(one, other, bare, named):
    """Kleene's logic keeps De Morgan's laws."""
    look = lookup(bare, named)
    left = evaluate(Not(And((one, other))), look).truth
    assert left == evaluate(Or((Not(one), Not(other))), look).truth


@given(conditions, bare_values, valued, bare_values, valued)
def test_learning_more_never_turns_an_answer_round(condition, bare, named, more_bare, more_named):
    """A verdict from some of the facts stays when the others become known."""
    before = evaluate(condition, lookup(bare, named)).truth
    after = evaluate(condition, lookup({**more_bare, **bare}, {**more_named, **named})).truth
    assert before is None or before == after


@given(conditions, bare_values, valued)
def test_an_unknown_verdict_names_facts_that_are_unknown(condition, bare, named):
    """The question that follows is about facts that nobody knows, and about at least one."""
    look = lookup(bare, named)
    verdict = evaluate(condition, look)
    assert (verdict.truth is None) == bool(verdict.unknown) or verdict.truth is not None
    if verdict.truth is None:
        assert verdict.unknown
        assert all(look(name) is None and name in names(condition) for name in verdict.unknown)


@given(conditions)
def test_every_condition_has_chinese_words(condition):
    """Nothing of the notation reaches a reader."""
    text = in_chinese(condition)
    assert text
    assert not any(word in text for word in ("==", " and ", " not ", "_"))


def test_false_beats_unknown_and_true_beats_unknown():
    """One known operand may decide."""
    look = {"minor": False}.get
    assert evaluate(parse("minor and plea"), look).truth is False
    assert evaluate(parse("not minor or plea"), look).truth is True
    assert evaluate(parse("minor or plea"), look).truth is None
    assert evaluate(parse("minor or plea"), look).unknown == ("plea",)


@pytest.mark.parametrize(
    "text",
    [
        "", "minor and", "__import__('os')", "minor.real", "minor == true", "origin", "origin == nowhere", "weather",
        "origin in ()", "custody > bail", "1", "lambda: minor", "minor if plea else minor", "origin == custody == bail",
        "[minor for minor in minor]", "origin in custody(bail)", "minor\nplea", "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused(text):
    """Outside the whitelist there is nothing, and the message is Chinese."""
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert any("\u4e00" <= character <= "\u9fff" for character in str(caught.value))


def test_a_contradiction_is_not_satisfiable():
    """Constant-false conditions are recognised, also within a checklist's kind and origin."""
    assert not satisfiable(parse("minor and not minor"))
    assert not satisfiable(parse("origin == applied and origin == notified"))
    assert satisfiable(parse("origin == applied"))
    assert not satisfiable(parse("origin == applied"), {"origin": ("notified",)})


def test_words_of_a_condition():
    """Conditions read like the norm."""
    assert in_chinese(parse("custody in (bail, residential) and not minor")) == (
        "强制措施为取保候审或者监视居住，并且不存在“受援人系未成年人”的情形"
    )
    assert in_chinese(parse("origin != notified")) == "案件来源不是通知类"
