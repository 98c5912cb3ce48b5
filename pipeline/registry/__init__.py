"""The registry (台账): cases, submissions, rounds, journal: the only truth that outlives the process.

`open_registry` first. What goes in and comes out are plain frozen values (`records`); every function is one transaction.
"""

from pipeline.registry.setup import close_registry, configure, open_registry

configure()

# Django wants its settings before the first model is imported
from pipeline.registry.confirmations import (  # noqa: E402
    confirmations,
    confirmations_at,
    record_confirmations,
)
from pipeline.registry.journal import verify_journal  # noqa: E402
from pipeline.registry.ledger import is_anything_waiting, ledger_entries  # noqa: E402
from pipeline.registry.records import (  # noqa: E402
    Claim,
    JournalCheck,
    LedgerEntry,
    OpenDrop,
    Registered,
    RoundRecord,
    SubmissionState,
)
from pipeline.registry.rounds import (  # noqa: E402
    case_number,
    next_round,
    record_delivered,
    record_refusal,
    record_report,
    undelivered,
)
from pipeline.registry.sketches import keep_sketches, known_sketches  # noqa: E402
from pipeline.registry.submissions import (  # noqa: E402
    claim_next,
    open_drops,
    record_failure,
    record_left,
    register_drop,
    release,
    release_claims,
    release_dead_claims,
    withdraw_refusals,
)

__all__ = [
    "Claim",
    "JournalCheck",
    "LedgerEntry",
    "OpenDrop",
    "Registered",
    "RoundRecord",
    "SubmissionState",
    "case_number",
    "claim_next",
    "close_registry",
    "confirmations",
    "confirmations_at",
    "is_anything_waiting",
    "keep_sketches",
    "known_sketches",
    "ledger_entries",
    "next_round",
    "open_drops",
    "open_registry",
    "record_confirmations",
    "record_delivered",
    "record_failure",
    "record_left",
    "record_refusal",
    "record_report",
    "register_drop",
    "release",
    "release_claims",
    "release_dead_claims",
    "undelivered",
    "verify_journal",
    "withdraw_refusals",
]
