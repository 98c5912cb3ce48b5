"""What fills each template: the one table that the tests of all templates share."""

from __future__ import annotations

from functools import cache

from drafting_assignment_samples import assignment_paper_values
from drafting_audit_samples import audit_paper_values

from pipeline.drafting.rendering import Values
from schemas.draft import DraftKind


@cache
def sample_values() -> dict[DraftKind, Values]:
    """Values for every template that the program comes with; each family of papers adds its own."""
    return {**assignment_paper_values(), **audit_paper_values()}
