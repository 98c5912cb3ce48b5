"""Delivering (送达): what the office receives, in the outbox (发件箱), and the ledger (台账) over it."""

from __future__ import annotations

from pipeline.delivering.case_papers import case_papers_folder, deliver_case_papers, deliver_issued
from pipeline.delivering.conversion import find_soffice, to_pdf
from pipeline.delivering.delivery import deliver
from pipeline.delivering.entries import deliver_entry
from pipeline.delivering.ledger import UNCERTAIN, ledger_row, write_ledger
from pipeline.delivering.moved import tell_moved
from pipeline.delivering.names import case_folder_name
from pipeline.delivering.receipts import is_own_copy, note_own_copy
from pipeline.delivering.reminders import deliver_reminders
from pipeline.delivering.unusable import deliver_unusable

__all__ = [
    "UNCERTAIN",
    "case_folder_name",
    "case_papers_folder",
    "deliver",
    "deliver_case_papers",
    "deliver_entry",
    "deliver_issued",
    "deliver_reminders",
    "deliver_unusable",
    "find_soffice",
    "is_own_copy",
    "ledger_row",
    "note_own_copy",
    "tell_moved",
    "to_pdf",
    "write_ledger",
]
