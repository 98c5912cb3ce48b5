"""Papers seen in their place (依位置定类): the same contract is case material before the grant, evidence after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.cataloguing.scoring import PageScore
from pipeline.cataloguing.sequence import Run

_DECIDED = ("approval_form", "grant_decision", "assignment_notice", "official_letter")
_APPLIED = ("application_form", "means_statement", "means_exemption", "identity_document")


def retype(runs: Sequence[Run], scores: Sequence[PageScore]) -> list[Run]:
    """The runs with each loose piece of evidence named by where it stands."""
    types = [run.type for run in runs]
    decided = next((at for at, type_ in enumerate(types) if type_ in _DECIDED), None)
    applied = next((at for at, type_ in enumerate(types) if type_ in _APPLIED), None)
    named = []
    for at, run in enumerate(runs):
        listed = any(match.form.endswith(("目录", "清单")) for match in scores[run.pages[0]].titles[:1])
        early = applied is not None and decided is not None and applied < at < decided
        named.append(
            replace(run, type="case_basis", read_as="evidence")
            if run.type == "evidence" and early and not listed
            else run
        )
    return named
