"""The registry (台账): cases, submissions, rounds, journal: the only truth that outlives the process.

`open_registry` first. What goes in and comes out are plain frozen values (`records`); every function is one transaction.
"""

from pipeline.registry.setup import close_registry, configure, is_kept, open_registry, renew_connection

configure()

# Django wants its settings before the first model is imported
from pipeline.registry.assignments import (  # noqa: E402
    all_assignments,
    assignments,
    keep_roster,
    open_cases,
    open_registrations,
    record_assignment,
    roster,
)
from pipeline.registry.backup import (  # noqa: E402
    applied_migrations,
    check_copy,
    copy_registry,
    journal_hash,
    kept_originals,
    looked_into,
    registry_into_postgresql,
    unknown_migrations,
)
from pipeline.registry.confirmations import (  # noqa: E402
    confirmations,
    confirmations_at,
    record_confirmations,
)
from pipeline.registry.decisions import decisions_about, decisions_of, recheck, record_decisions  # noqa: E402
from pipeline.registry.entries import (  # noqa: E402
    record_entry,
    record_entry_delivered,
    undelivered_entries,
)
from pipeline.registry.journal import last_event, verify_journal  # noqa: E402
from pipeline.registry.ledger import is_anything_waiting, ledger_entries  # noqa: E402
from pipeline.registry.lives import all_lives, life, record_act  # noqa: E402
from pipeline.registry.mails import (  # noqa: E402
    all_mails,
    claim_mail,
    doubt_unanswered,
    next_mail_at,
    queue_mail,
    record_mail,
    settle_mail,
)
from pipeline.registry.numbers import (  # noqa: E402
    draw_number,
    drawn_numbers,
    one_act,
    take_number,
    void_number,
)
from pipeline.registry.records import (  # noqa: E402
    AlreadyRegisteredError,
    CaseLife,
    Claim,
    DrawnNumber,
    EntryRecord,
    JournalCheck,
    KeptOriginal,
    LedgerEntry,
    MailLine,
    OpenDrop,
    Registered,
    RoundRecord,
    SubmissionState,
)
from pipeline.registry.registrations import (  # noqa: E402
    cases_of,
    find_case,
    list_cases,
    record_closed,
    register_case,
    same_case,
)
from pipeline.registry.rounds import (  # noqa: E402
    case_number,
    latest_round,
    next_round,
    record_delivered,
    record_refusal,
    record_report,
    round_folder,
    undelivered,
)
from pipeline.registry.sketches import keep_sketches, known_sketches  # noqa: E402
from pipeline.registry.spelling import plain  # noqa: E402
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
    "AlreadyRegisteredError",
    "CaseLife",
    "Claim",
    "DrawnNumber",
    "EntryRecord",
    "JournalCheck",
    "KeptOriginal",
    "LedgerEntry",
    "MailLine",
    "OpenDrop",
    "Registered",
    "RoundRecord",
    "SubmissionState",
    "all_assignments",
    "all_lives",
    "all_mails",
    "applied_migrations",
    "assignments",
    "case_number",
    "cases_of",
    "check_copy",
    "claim_mail",
    "claim_next",
    "close_registry",
    "confirmations",
    "confirmations_at",
    "copy_registry",
    "decisions_about",
    "decisions_of",
    "doubt_unanswered",
    "draw_number",
    "drawn_numbers",
    "find_case",
    "is_anything_waiting",
    "is_kept",
    "journal_hash",
    "keep_roster",
    "keep_sketches",
    "kept_originals",
    "known_sketches",
    "last_event",
    "latest_round",
    "ledger_entries",
    "life",
    "list_cases",
    "looked_into",
    "next_mail_at",
    "next_round",
    "one_act",
    "open_cases",
    "open_drops",
    "open_registrations",
    "open_registry",
    "plain",
    "queue_mail",
    "recheck",
    "record_act",
    "record_assignment",
    "record_closed",
    "record_confirmations",
    "record_decisions",
    "record_delivered",
    "record_entry",
    "record_entry_delivered",
    "record_failure",
    "record_left",
    "record_mail",
    "record_refusal",
    "record_report",
    "register_case",
    "register_drop",
    "registry_into_postgresql",
    "release",
    "release_claims",
    "release_dead_claims",
    "renew_connection",
    "roster",
    "round_folder",
    "same_case",
    "settle_mail",
    "take_number",
    "undelivered",
    "undelivered_entries",
    "unknown_migrations",
    "verify_journal",
    "void_number",
    "withdraw_refusals",
]
