"""What lies in the inbox and cannot be taken in (未能收妥): told once, after a while, instead of waited for for ever.

A file that keeps growing, one that a program never closes, a disk that fails, a download that broke off: each stays where
it is and is taken in as usual when it settles after all; then, or when it is gone, what was said of it is withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.intake import Drop

UNSETTLED = frozenset({"growing", "held_up", "temporary_name"})
"""Codes of `INPUT_MESSAGES` for what is told here. None of it is copied anywhere: it is not all there."""


@dataclass(frozen=True)
class _Seen:
    """Since when a name lies there, and since when it looks as it does: seconds, monotonic."""

    first: float
    changed: float
    fingerprint: str


class Lying:
    """Remembers since when each name lies in the inbox, and which names have been told of."""

    def __init__(self, patience: float, quiet_seconds: float) -> None:
        """`patience`: seconds after which a name is told of. What changed within the last quiet time is growing."""
        self._patience = patience
        self._quiet = quiet_seconds
        self._seen: dict[str, _Seen] = {}
        self._told: set[str] = set()

    @property
    def told(self) -> frozenset[str]:
        return frozenset(self._told)

    def tell(self, names: Iterable[str]) -> None:
        """Of these the clerk knows, from here or from an earlier run."""
        self._told.update(names)

    def look(self, drops: Iterable[Drop], unfinished: Iterable[Drop], now: float) -> tuple[tuple[Drop, str], ...]:
        """What has lain there too long and is not told of yet, with the code that says why.

        `drops`: what could not be taken in; `unfinished`: what its own name says is not all there.
        """
        before, self._seen = self._seen, {}
        overdue = []
        for drop, code in [*((drop, "") for drop in drops), *((drop, "temporary_name") for drop in unfinished)]:
            seen = self._seen[drop.name] = _seen(before.get(drop.name), drop, now)
            # a download may take its time as long as it goes on
            since = seen.changed if code else seen.first
            if drop.name not in self._told and now - since >= self._patience:
                overdue.append((drop, code or ("growing" if now - seen.changed < self._quiet else "held_up")))
        return tuple(overdue)

    def gone(self) -> tuple[str, ...]:
        """The names that were told of and lie there no more; they are forgotten."""
        gone = tuple(sorted(self._told - self._seen.keys()))
        self._told.difference_update(gone)
        return gone


def _seen(before: _Seen | None, drop: Drop, now: float) -> _Seen:
    if before is None:
        return _Seen(now, now, drop.fingerprint)
    return before if before.fingerprint == drop.fingerprint else _Seen(before.first, now, drop.fingerprint)
