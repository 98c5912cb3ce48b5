"""Two rounds of one case side by side (补正情况): what was cured, what remains, what is new."""

from __future__ import annotations

from collections.abc import Callable

from schemas.progress import Progress
from schemas.report import AuditReport, Finding

_Key = Callable[[Finding], object]


def progress(earlier: AuditReport, later: AuditReport) -> Progress:
    """What became of the findings of `earlier` in `later`.

    A finding of the later round is the old one if it has its identity; else, because a page may have been scanned anew,
    if the same rule says the same of the same type of paper. Each is matched once, so that of two of a kind of which one
    was put right one remains. What a person has dismissed meanwhile was not put right, and remains no longer.
    """
    open_, new = list(earlier.findings), list(later.findings)
    remaining = [*_match(open_, new, _identity), *_match(open_, new, _subject)]
    _match(open_, list(later.dismissed), _identity)
    order = {finding.id: index for index, finding in enumerate(later.findings)}
    remaining.sort(key=lambda finding: order[finding.id])
    return Progress(cured=tuple(open_), remaining=tuple(remaining), new=tuple(new))


def _match(open_: list[Finding], candidates: list[Finding], key: _Key) -> list[Finding]:
    """The candidates that are one of `open_`; both lists are left with what found no partner."""
    matched = []
    for finding in tuple(open_):
        known = key(finding)
        partner = next((other for other in candidates if known and key(other) == known), None)
        if partner is not None:
            open_.remove(finding)
            candidates.remove(partner)
            matched.append(partner)
    return matched


def _identity(finding: Finding) -> str:
    """Empty in a report from before findings had one."""
    return finding.identity


def _subject(finding: Finding) -> object:
    return finding.rule.rpartition("/")[2], finding.problem, finding.document_type
