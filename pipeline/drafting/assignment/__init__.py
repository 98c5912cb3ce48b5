"""The papers of an assignment (指派): what the office writes before there is a closing file, and what follows it."""

from __future__ import annotations

from pipeline.drafting.assignment.papers import NUMBERED, assignment_doubts, assignment_papers

__all__ = ["NUMBERED", "assignment_doubts", "assignment_papers"]
