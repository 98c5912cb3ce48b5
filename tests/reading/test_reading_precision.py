"""Which numbers the networks calculate in: asked for is not always there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.reading import engine_name, engines, models


@pytest.mark.parametrize(
    ("asked", "capabilities", "seconds", "numeric"),
    [
        (None, {"FP32", "BF16"}, 1.0, "f32"),
        ("f32", {"FP32", "BF16"}, 1.0, "f32"),
        ("auto", {"FP32", "BF16"}, 1.0, "bf16"),
        ("AUTO ", {"FP32", "BF16"}, 1.0, "bf16"),
        ("auto", {"FP32", "BF16"}, 3.4, "f32"),
        ("auto", {"FP32", "INT8"}, 1.0, "f32"),
    ],
)
def test_short_numbers_are_used_where_asked_for_and_faster(monkeypatch, asked, capabilities, seconds, numeric):
    """`auto` takes bfloat16 from a processor that has it and gains by it (f32 takes 2.4 seconds here); the engine's name says so."""
    monkeypatch.setattr(models, "_capabilities", lambda: frozenset(capabilities))
    monkeypatch.setattr(models, "require_model", lambda model: Path(model.path))
    monkeypatch.setattr(models, "_by_openvino", lambda path, numeric: numeric)
    monkeypatch.setattr(models, "_seconds", lambda network, picture: {"bf16": seconds, "f32": 2.4}[network])
    monkeypatch.setattr(models, "_is_faster_in_bf16", models._is_faster_in_bf16.__wrapped__)
    monkeypatch.setattr(models, "has_openvino", lambda: True)
    monkeypatch.setattr(engines, "has_openvino", lambda: True)
    monkeypatch.delenv(models.PRECISION_VARIABLE, raising=False)
    if asked is not None:
        monkeypatch.setenv(models.PRECISION_VARIABLE, asked)
    assert models.precision() == numeric
    assert f"-{numeric}/" in engine_name("ppocr")
