"""The papers of an assignment (指派): what the office writes before there is a closing file, and what follows it."""

from __future__ import annotations

from pipeline.drafting.assignment.drafting import draft_assignment
from pipeline.drafting.assignment.later import (
    draft_lawyer_change,
    draft_meeting_letter,
    draft_supplement,
    draft_termination,
)
from pipeline.drafting.assignment.papers import assignment_doubts, assignment_papers

__all__ = [
    "assignment_doubts",
    "assignment_papers",
    "draft_assignment",
    "draft_lawyer_change",
    "draft_meeting_letter",
    "draft_supplement",
    "draft_termination",
]
