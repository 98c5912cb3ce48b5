"""Cases that are none any more: what was taken for a closing file of its own has since been joined to another case."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max  # type: ignore[import-untyped]

from pipeline.registry.models import Round


def superseded(cases: Iterable[int]) -> frozenset[int]:
    """Those of these cases whose last submission has a later round in another case. Not more cases than a query may name."""
    last = dict(Round.objects.filter(case__in=tuple(cases)).values_list("case").annotate(last=Max("id")))
    submissions = dict(Round.objects.filter(id__in=last.values()).values_list("case_id", "submission_id"))
    rounds = Round.objects.filter(submission__in=set(submissions.values()))
    last_words = dict(rounds.values_list("submission").annotate(last=Max("id")))
    return frozenset(case for case, submission in submissions.items() if last_words[submission] != last[case])
