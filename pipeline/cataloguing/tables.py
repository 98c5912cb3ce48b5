"""The room's data tables (`data/*.yaml`), loaded once."""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.cataloguing.text import title_key
from schemas.materials import OTHER, load_materials

_SHORTEST = 2
"""Characters of the shortest title."""
_ALTERNATION = re.compile(r"\{([^{}]*)\}")


@cache
def table(name: str) -> Any:
    """The content of `data/<name>.yaml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("pipeline.cataloguing").joinpath(f"data/{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 - a safe loader


def expand(form: str) -> list[str]:
    """All readings of a form with alternations, as keys of `text.title_key`: `{a|b|}c` gives `ac`, `bc`, `c`.

    The parts are keyed before they are put together: there are over a hundred thousand readings, and few parts.
    """
    parts = _ALTERNATION.split(form)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    keyed = [[title_key(choice) for choice in part] for part in choices]
    return list(map("".join, itertools.product(*keyed)))


@cache
def title_forms() -> dict[str, tuple[str, ...]]:
    """Title form to the types it may stand for; forms are keys of `text.title_key`."""
    forms: dict[str, tuple[str, ...]] = {}
    own = {id_: material.titles for id_, material in load_materials().items()}
    for type_, patterns in itertools.chain(own.items(), table("titles").items()):
        alone = (type_,)
        for key in itertools.chain.from_iterable(map(expand, patterns)):
            types = forms.setdefault(key, alone)
            if type_ not in types:
                forms[key] = (*types, type_)
    return {key: types for key, types in forms.items() if len(key) >= _SHORTEST}


@cache
def form_lengths() -> dict[str, tuple[int, ...]]:
    """The last two characters of a title form to the lengths of the forms that end so, longest first."""
    lengths: dict[str, set[int]] = {}
    for form in title_forms():
        lengths.setdefault(form[-2:], set()).add(len(form))
    return {end: tuple(sorted(found, reverse=True)) for end, found in lengths.items()}


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
