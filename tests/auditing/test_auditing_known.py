"""What a person may say of a case: values that the conditions of a standard know."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schemas.case import FACT_VALUES, KnownCase


@pytest.mark.parametrize("name", ["means_check", "result", "representation"])
def test_a_value_that_no_condition_knows_is_refused(name):
    """A slip of the pen does not silently change which papers are due; the message says what may be written."""
    for value in FACT_VALUES[name]:
        assert getattr(KnownCase.model_validate({name: value}), name) == value
    with pytest.raises(ValidationError, match=FACT_VALUES[name][0]):
        KnownCase.model_validate({name: "gold"})
