"""The room's data tables (`data/*.yaml`), loaded once."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.cataloguing.text import title_key
from schemas.materials import OTHER, load_materials

_ALTERNATION = re.compile(r"\{([^{}]*)\}")


@cache
def table(name: str) -> Any:
    """The content of `data/<name>.yaml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("pipeline.cataloguing").joinpath(f"data/{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 - a safe loader


def expand(form: str) -> list[str]:
    """All readings of a form with alternations: `{a|b|}c` gives `ac`, `bc`, `c`."""
    parts = _ALTERNATION.split(form)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*choices)]


@cache
def title_forms() -> dict[str, tuple[str, ...]]:
    """Title form to the types it may stand for; forms are keys of `text.title_key`."""
    forms: dict[str, list[str]] = {}
    own = {id_: material.titles for id_, material in load_materials().items()}
    for type_, patterns in itertools.chain(own.items(), table("titles").items()):
        for form in itertools.chain.from_iterable(expand(pattern) for pattern in patterns):
            key = title_key(form)
            if len(key) >= 2 and type_ not in forms.setdefault(key, []):
                forms[key].append(type_)
    return {key: tuple(types) for key, types in forms.items()}


@cache
def label_weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Type to its plain labels with weights."""
    return {type_: tuple(_labels(groups, pattern=False)) for type_, groups in table("labels").items()}


@cache
def label_patterns() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    """Type to its labels that are regular expressions, with weights."""
    return {
        type_: tuple((re.compile(text), weight) for text, weight in _labels(groups, pattern=True))
        for type_, groups in table("labels").items()
    }


def _labels(groups: dict[int, list[str]], *, pattern: bool) -> list[tuple[str, float]]:
    return [
        (label.strip("/") if pattern else label, float(weight))
        for weight, labels in groups.items()
        for label in labels
        if (label.startswith("/") and label.endswith("/")) is pattern
    ]


TYPES: tuple[str, ...] = (*load_materials(), OTHER)
