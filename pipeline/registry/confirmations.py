"""Confirmations of a standard's grounds (依据确认): events of the journal, with a name and a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import structlog
from django.db import DatabaseError, transaction  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.models import JournalEvent
from pipeline.registry.setup import attach, is_kept
from schemas.confirmation import Confirmation, Ground, GroundKind

CONFIRMED, WITHDRAWN = "ground_confirmed", "ground_withdrawn"

log = structlog.get_logger(__name__)


def record_confirmations(acts: Sequence[Confirmation]) -> int:
    """Tells the journal of each act that changes something; returns how many did."""
    with transaction.atomic():
        standing = {act.ground: act for act in confirmations()}
        recorded = 0
        for act in acts:
            before = standing.get(act.ground)
            if (before is None or before.withdrawn) == act.withdrawn:
                continue  # confirmed already, or nothing there to take back
            _tell(act)
            standing[act.ground] = act
            recorded += 1
    return recorded


def _tell(act: Confirmation) -> None:
    journal.append(
        WITHDRAWN if act.withdrawn else CONFIRMED,
        when=act.at,
        who=act.by,
        standard=act.ground.standard,
        kind=act.ground.kind.value,
        scope=act.ground.scope,
        name=act.ground.name,
        digest=act.ground.digest,
        note=act.note,
    )


def confirmations(after: int = 0) -> tuple[Confirmation, ...]:
    """Every act of confirming and taking back, oldest first; those told after the journal's event of that number."""
    events = JournalEvent.objects.filter(content__contains='"what":"ground_', number__gt=after).order_by("number")
    return tuple(_act(json.loads(event.content)) for event in events)


def _act(content: dict[str, object]) -> Confirmation:
    about = content["about"]
    assert isinstance(about, dict)
    return Confirmation(
        ground=Ground(
            standard=about["standard"],
            kind=GroundKind(about["kind"]),
            scope=about["scope"],
            name=about["name"],
            digest=about["digest"],
        ),
        by=str(content["who"]),
        at=datetime.fromisoformat(str(content["when"])),
        note=about["note"],
        withdrawn=content["what"] == WITHDRAWN,
    )


def confirmations_at(state: Path) -> tuple[Confirmation, ...]:
    """The acts in the registry of a state folder, for a command that makes and changes nothing there.

    Without a registry there are none. One that cannot be read confirms nothing: a ground is then marked as open that
    may have been confirmed, never the other way round.
    """
    if not is_kept(state):
        return ()
    try:
        attach(state)
        return confirmations()
    except DatabaseError as error:
        log.warning("confirmations_unreadable", error=type(error).__name__)
        return ()
