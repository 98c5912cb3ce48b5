"""Known case facts put together: the registration's, what a person corrected, and what was given with the command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from schemas.case import KnownCase
from schemas.decision import Decisions
from schemas.volume import Page

_PLACES: dict[str, tuple[str, ...]] = {
    "recipient_name": ("recipient", "name"),
    "recipient_id_number": ("recipient", "id_number"),
    "lawyer_name": ("lawyer", "name"),
    "firm_name": ("lawyer", "firm"),
    "case_number": ("case_number",),
    "cause": ("cause",),
    "organ_name": ("organ_name",),
    "organ_case_number": ("organ_case_number",),
    "assigned_on": ("assigned_on",),
    "closed_on": ("closed_on",),
}
"""Case field to its place among the known facts."""

CORRECTABLE = frozenset(_PLACES)
"""The case fields that a person may correct."""


def known_together(*told: KnownCase) -> KnownCase:
    """All that was told; what comes later counts where two say different things."""
    together: dict[str, Any] = {}
    for known in told:
        _merge(together, known.model_dump(exclude_none=True))
    return KnownCase.model_validate(together)


def corrected(decisions: Decisions, pages: Iterable[Page]) -> KnownCase:
    """What persons corrected, as known facts of the closing file with these pages.

    A correction that the facts no longer admit (a paper that the standards have dropped) is left out, not fatal.
    """
    papers = {page.number: decisions.paper_of(page.reading.sha256) for page in pages}
    told: dict[str, Any] = {"papers": {number: type_ for number, type_ in papers.items() if type_ is not None}}
    for field, place in _PLACES.items():
        value = decisions.field_value(field)
        if value is not None:
            _merge(told, _nested(place, value))
    try:
        return KnownCase.model_validate(told)
    except ValidationError as error:
        for wrong in error.errors():
            _drop(told, wrong["loc"])
        return KnownCase.model_validate(told)


def _nested(place: tuple[str, ...], value: str) -> dict[str, Any]:
    first, *rest = place
    return {first: _nested(tuple(rest), value) if rest else value}


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value


def _drop(told: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Takes out what stands at `place`, as deep as it reaches."""
    here: Any = told
    for step in place[:-1]:
        below = here.get(step) if isinstance(here, dict) else None
        if not isinstance(below, dict):
            break
        here = below
    for key in place:
        if isinstance(here, dict) and key in here:
            del here[key]
            return
