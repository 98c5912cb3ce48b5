"""Standards cite their own norms."""

import pytest

from pipeline.auditing import load_standard


@pytest.mark.parametrize("name", ["bj", "cn", "ha", "hn", "js", "zj"])
def test_no_other_province_cites_guangdong(name):
    """Neither its norms by name nor the numbers of their sections stand in the grounds of rules."""
    standard = load_standard(name, None)
    foreign = [rule.rule for rule in standard.rules if "广东" in rule.basis or "7.5" in rule.basis]
    assert foreign == []
