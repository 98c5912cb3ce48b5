"""Which numbers the networks calculate in: asked for is not always there."""

from __future__ import annotations

import pytest

from pipeline.reading import engine_name, engines, models


@pytest.mark.parametrize(
    ("asked", "capabilities", "numeric"),
    [
        (None, {"FP32", "BF16"}, "f32"),
        ("f32", {"FP32", "BF16"}, "f32"),
        ("auto", {"FP32", "BF16"}, "bf16"),
        ("AUTO ", {"FP32", "BF16"}, "bf16"),
        ("auto", {"FP32", "INT8"}, "f32"),
    ],
)
def test_short_numbers_are_used_where_asked_for_and_there(monkeypatch, asked, capabilities, numeric):
    """`auto` takes bfloat16 from a processor that has it; elsewhere it is f32, and the engine's name says so."""
    monkeypatch.setattr(models, "_capabilities", lambda: frozenset(capabilities))
    monkeypatch.setattr(models, "has_openvino", lambda: True)
    monkeypatch.setattr(engines, "has_openvino", lambda: True)
    monkeypatch.delenv(models.PRECISION_VARIABLE, raising=False)
    if asked is not None:
        monkeypatch.setenv(models.PRECISION_VARIABLE, asked)
    assert models.precision() == numeric
    assert f"-{numeric}/" in engine_name("ppocr")
