"""Drafting (制文): the letters that the office has to write about an audited closing file, as Word documents."""

from __future__ import annotations

from pipeline.drafting.checking import check_template
from pipeline.drafting.checklists import checklists_in_word
from pipeline.drafting.codes import decode
from pipeline.drafting.issuing import has_number_blank, made_final, numbered_receipt, paper_text
from pipeline.drafting.letters import (
    draft,
    draft_refusal,
    draft_refusal_receipt,
    draft_typical_case,
    paper_file,
)
from pipeline.drafting.notice import ends_by_receipt
from pipeline.drafting.reminders import REMINDED_TERMS, draft_reminder
from pipeline.drafting.workbooks import checklists_in_excel

__all__ = [
    "REMINDED_TERMS",
    "check_template",
    "checklists_in_excel",
    "checklists_in_word",
    "decode",
    "draft",
    "draft_refusal",
    "draft_refusal_receipt",
    "draft_reminder",
    "draft_typical_case",
    "ends_by_receipt",
    "has_number_blank",
    "made_final",
    "numbered_receipt",
    "paper_file",
    "paper_text",
]
