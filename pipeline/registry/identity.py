"""Which office's registry it is, looked at without making or changing anything.

An office is known by the hash of its journal's first event: no other registry has it, and every copy of this one does.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connection  # type: ignore[import-untyped]

from pipeline.registry.backup import journal_hash
from pipeline.registry.models import AssignmentRecord, EntryRow, ReminderLetterRow, Round, Submission
from pipeline.registry.setup import FILE_NAME, attach, is_kept, reachable

JOURNAL_TABLE = "registry_journalevent"


def first_event_at(state: Path) -> str:
    """The hash of the first event in the registry of a state folder; empty where there is no registry, or nothing in it.

    Raises UsageError if there is a PostgreSQL database that cannot be reached.
    """
    if not is_kept(state):
        return ""
    attach(state)
    with reachable():
        if JOURNAL_TABLE not in connection.introspection.table_names():
            return ""
        return journal_hash(1) or ""


def lacks_originals(state: Path) -> bool:
    """Whether a registry on a server, which is open, names originals, and the state folder has none at all."""
    if (state / FILE_NAME).is_file() or (state / "originals").is_dir():
        return False
    named: bool = Submission.objects.exclude(original="").exists()
    return named


def has_filled_an_outbox() -> bool:
    """Whether the registry that is looked into says of any paper that it was written into an outbox."""
    delivered = (model.objects.filter(delivered_at__isnull=False) for model in (Round, EntryRow))
    drafted = (model.objects.all() for model in (AssignmentRecord, ReminderLetterRow))
    return any(papers.exists() for papers in (*delivered, *drafted))
