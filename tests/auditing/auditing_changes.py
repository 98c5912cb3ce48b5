"""Complete files in which something is changed, and what is told of them."""

from __future__ import annotations

from dataclasses import replace

from auditing_volumes import complete, found, list_of, run, volume

from schemas.base import State
from schemas.case import Kind, Origin, Stage
from schemas.report import Certainty

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
APPLIED = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.APPLIED)
PROSECUTION = list_of(Kind.CRIMINAL_DEFENCE, Stage.PROSECUTION, Origin.NOTIFIED)
CERTAIN, UNCERTAIN = Certainty.CERTAIN, Certainty.UNCERTAIN


def report(checklist, changes=None, *, case=None, known=None, stated=2, **more):
    """The audit of a complete file in which the fields of some papers are changed. `more`: fields of the case.

    A changed value stands `stated` times in the text of its paper.
    """
    rows, facts = complete(checklist)
    papers = []
    for _, paper in rows:
        fields = (changes or {}).get(paper.type, {})
        says = "，".join(str(field.value) for field in fields.values() for _ in range(stated))
        papers.append(replace(paper, fields={**paper.fields, **fields}, text=f"{paper.text}\n{says}"))
    return run(volume(papers, case or facts, more), known)


def told(result):
    return [
        (finding.rule.rsplit("/", 1)[1], finding.problem, finding.state, finding.effect) for finding in result.findings
    ]


def day(value, state=State.FOUND):
    return {"date": found(value, state=state)}


def file_with(checklist, changes, facts=None, **fields):
    """A complete file in which papers are changed: type to what replaces in them."""
    rows, own = complete(checklist)
    papers = [replace(paper, **changes.get(paper.type, {})) for _, paper in rows]
    return volume(papers, facts or own, fields)
