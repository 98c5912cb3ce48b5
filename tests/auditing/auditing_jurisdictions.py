"""The shipped standards, and files made for their lists."""

from __future__ import annotations

from functools import cache

from auditing_volumes import Paper, complete

from pipeline.auditing import load_standard
from schemas.case import Kind, Origin, Stage
from schemas.standard import Checklist, Duty, Standard

SHIPPED = ("bj", "cn", "gd", "gd-example", "ha", "hn", "js", "zj")
OTHERS = tuple(name for name in SHIPPED if name not in ("gd", "gd-example"))
CASES = [kind for kind in Kind if kind not in (Kind.DUTY_HELP, Kind.PLEA_HELP, Kind.DRAFTING, Kind.CONSULTATION)]


@cache
def standard(name: str) -> Standard:
    return load_standard(name)


def of(name: str, kind: Kind, stage: Stage | None = None, origin: Origin = Origin.APPLIED) -> Checklist:
    checklist = standard(name).checklist(kind, stage, origin)
    assert checklist is not None
    return checklist


def papers_of(checklist: Checklist, without: str = "", **changes: str | bool) -> tuple[list[Paper], object]:
    rows, case = complete(checklist, **changes)
    return [paper for item, paper in rows if item.key != without], case


def lawyers(report):
    """The findings that the lawyer has to act on."""
    return [finding for finding in report.findings if finding.duty is Duty.LAWYER]


TRIAL = (Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
CIVIL = (Kind.CIVIL, Stage.TRIAL_FIRST, Origin.APPLIED)
