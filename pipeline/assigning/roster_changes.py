"""What a new roster changes against the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.assigning.roster_columns import COLUMNS, cell_text
from schemas.base import Frozen
from schemas.roster import Lawyer


class RosterChanges(Frozen):
    """What was added, taken out and changed (名册变动), each a Chinese clause."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed_with_open_cases: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def roster_changes(before: Sequence[Lawyer], after: Sequence[Lawyer], open_cases: Mapping[str, int]) -> RosterChanges:
    """The difference between two rosters; `open_cases` are the registry's, by licence number."""
    old, new = ({lawyer.licence: lawyer for lawyer in roster} for roster in (before, after))
    removed = [lawyer for licence, lawyer in old.items() if licence not in new]
    return RosterChanges(
        added=tuple(called(lawyer) for licence, lawyer in new.items() if licence not in old),
        removed=tuple(called(lawyer) for lawyer in removed),
        changed=tuple(
            f"{called(lawyer)}：{_difference(old[licence], lawyer)}"
            for licence, lawyer in new.items()
            if licence in old and old[licence] != lawyer
        ),
        removed_with_open_cases=tuple(
            f"{called(lawyer)}尚有在办案件{open_cases[lawyer.licence]}件"
            for lawyer in removed
            if open_cases.get(lawyer.licence, 0)
        ),
    )


def called(lawyer: Lawyer) -> str:
    """A lawyer as a person tells him from another of the same name."""
    return f"{lawyer.name}（{lawyer.firm}，{lawyer.licence}）"


def _difference(old: Lawyer, new: Lawyer) -> str:
    pairs = ((column.title, cell_text(old, column), cell_text(new, column)) for column in COLUMNS)
    return "；".join(
        f"{title}由“{before or '空'}”改为“{after or '空'}”" for title, before, after in pairs if before != after
    )
