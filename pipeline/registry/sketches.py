"""The fingerprints of papers of the cases that have been audited, to compare new closing files with (文书比对)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.registry.models import PaperSketch
from schemas.sketch import Sketch

_MOST = 4_000
"""Papers that are compared, the latest: some two years of a county's office."""


def keep_sketches(sketches: Iterable[Sketch]) -> None:
    """Keeps the papers' fingerprints in place of those kept of their case before: a later round supersedes."""
    kept = tuple(sketches)
    with transaction.atomic():
        PaperSketch.objects.filter(case__in={sketch.case for sketch in kept}).delete()
        PaperSketch.objects.bulk_create(
            PaperSketch(case=sketch.case, type=sketch.type, content=sketch.model_dump_json()) for sketch in kept
        )


def known_sketches() -> tuple[Sketch, ...]:
    """What is kept, the latest first."""
    contents = PaperSketch.objects.order_by("-id").values_list("content", flat=True)[:_MOST]
    return tuple(Sketch.model_validate_json(content) for content in contents)
