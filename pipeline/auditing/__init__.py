"""Auditing (审查): a closing file's papers and facts against the standard that applies."""

from pipeline.auditing.auditing import audit
from pipeline.auditing.rows import ChecklistRow, checklist_rows
from pipeline.auditing.standards import list_standards, load_standard
from pipeline.auditing.workdays import NoCalendarError, add_working_days, is_working_day, last_day

__all__ = [
    "ChecklistRow",
    "NoCalendarError",
    "add_working_days",
    "audit",
    "checklist_rows",
    "is_working_day",
    "last_day",
    "list_standards",
    "load_standard",
]
