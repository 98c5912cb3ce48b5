"""Auditing (审查): a closing file's papers and facts against the standard that applies."""

from pipeline.auditing.auditing import audit
from pipeline.auditing.differences import Difference, differences
from pipeline.auditing.dues import RUNNING_STATES, due_of
from pipeline.auditing.outlining import outline_of, person_digest
from pipeline.auditing.progress import progress
from pipeline.auditing.rates import is_rate_table, list_rates, load_rates, read_rates
from pipeline.auditing.references import load_reference
from pipeline.auditing.rulings import ruling_text, with_rulings
from pipeline.auditing.sheets import checklist_sheets, standing_sentence
from pipeline.auditing.sketching import sketches_of
from pipeline.auditing.standards import list_standards, load_standard
from pipeline.auditing.standing import (
    confirmed,
    deadline_ground,
    in_force,
    item_ground,
    open_grounds,
    rule_ground,
    without_unconfirmed_blocks,
)
from pipeline.auditing.subsidy import subsidy_amount
from pipeline.auditing.workdays import NoCalendarError, add_working_days, is_working_day, last_day

__all__ = [
    "RUNNING_STATES",
    "Difference",
    "NoCalendarError",
    "add_working_days",
    "audit",
    "checklist_sheets",
    "confirmed",
    "deadline_ground",
    "differences",
    "due_of",
    "in_force",
    "is_rate_table",
    "is_working_day",
    "item_ground",
    "last_day",
    "list_rates",
    "list_standards",
    "load_rates",
    "load_reference",
    "load_standard",
    "open_grounds",
    "outline_of",
    "person_digest",
    "progress",
    "read_rates",
    "rule_ground",
    "ruling_text",
    "sketches_of",
    "standing_sentence",
    "subsidy_amount",
    "with_rulings",
    "without_unconfirmed_blocks",
]
