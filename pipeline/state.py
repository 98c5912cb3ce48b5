"""What a command that is not the office may know of its state folder."""

from __future__ import annotations

from pipeline.settings import Settings
from schemas.confirmation import Confirmation


def confirmations_of(settings: Settings) -> tuple[Confirmation, ...]:
    """What the office of these settings has confirmed; nothing where it keeps no registry. Makes and changes nothing."""
    if not settings.database.get_secret_value() and not any(settings.state.glob("*.sqlite3")):
        return ()
    from pipeline import registry  # noqa: PLC0415 - Django takes its time, and whoever only audits has no registry

    try:
        return registry.confirmations_at(settings.state)
    finally:
        registry.close_registry()
