"""Auditing (审查): the papers and facts of a closing file against a standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.auditing.case import Case, Raised, merged_facts
from pipeline.auditing.forbidding import uncounted
from pipeline.auditing.marks import mark_findings
from pipeline.auditing.merging import merged, numbered
from pipeline.auditing.papers import Examined, examine, paper_findings
from pipeline.auditing.pointing import as_told
from pipeline.auditing.rules import apply_rule
from pipeline.auditing.rules.foreign import Parameters as ForeignParameters
from pipeline.auditing.rules.foreign import foreign_documents
from pipeline.auditing.selection import Selection, select
from pipeline.auditing.undecided import hanging, settled
from pipeline.auditing.volumes import as_bound, binding_notes
from pipeline.auditing.writing import written
from schemas.case import KnownCase
from schemas.outline import CaseOutline
from schemas.report import AuditReport, Problem, Source
from schemas.sketch import Sketch
from schemas.standard import Checklist, Standard
from schemas.volume import Volume


def audit(  # noqa: PLR0913, PLR0917 - one audit's whole input
    volume: Volume,
    standard: Standard,
    source: Source,
    known: KnownCase,
    today: date,
    archive: tuple[Sketch, ...] = (),
    neighbours: tuple[CaseOutline, ...] = (),
) -> AuditReport:
    """The audit report of one closing file. `engine` and `seconds` are left to whoever read the pages.

    `archive` holds the fingerprints of other closing files' papers (`sketches_of`); without it nothing is compared.
    `neighbours` are the outlines (`outline_of`) of those that have a number or a person in common with this one.
    """
    volume = as_told(volume, known)
    facts = merged_facts(volume, known)
    selection = select(standard, facts)
    base = Case(
        volume=volume,
        standard=standard,
        checklist=Checklist.model_construct(kind=None, stages=(None,), origins=(), title="", items=()),
        facts=facts,
        known=known,
        today=today,
        scope=selection.scope,
        archive=archive,
        neighbours=neighbours,
    )
    runs = [_run(base, selection, checklist) for checklist in selection.fitting or (None,)]
    case, examined, raised = min(runs, key=lambda run: len(hanging(run[2], selection)))
    others = [(run[0].checklist, hanging(run[2], selection)) for run in runs if run[0] is not case]
    raised = settled(case, selection, raised, others)
    findings = numbered(merged(raised), case)
    return written(case, selection, examined, findings, source)


Run = tuple[Case, tuple[Examined, ...], list[Raised]]


def _run(base: Case, selection: Selection, checklist: Checklist | None) -> Run:
    """The audit against one of the fitting checklists, or, where the kind is unknown, against the rules alone."""
    case = replace(
        base,
        checklist=as_bound(checklist, base) if checklist is not None else base.checklist,
        assumed=_assumed(selection, checklist),
        foreign=_foreign(base),
        memo=dict(base.memo),
    )
    case = replace(case, forbidden=uncounted(case))
    examined = examine(case)
    raised = [*paper_findings(case, examined), *mark_findings(case, examined), *binding_notes(case)]
    case = replace(case, missing=_missing(raised))
    for setting in case.standard.rules:
        raised.extend(apply_rule(case, setting))
    return case, examined, raised


def _assumed(selection: Selection, checklist: Checklist | None) -> dict[str, str]:
    if checklist is None:
        return {}
    assumed = {}
    if "kind" in selection.open:
        assumed["kind"] = checklist.kind.value
    if "stage" in selection.open and checklist.stages[0] is not None:
        assumed["stage"] = checklist.stages[0].value
    if "origin" in selection.open:
        assumed["origin"] = checklist.origins[0].value
    return assumed


def _foreign(case: Case) -> frozenset[int]:
    setting = next((rule for rule in case.standard.rules if rule.rule == "foreign"), None)
    if setting is None:
        return frozenset()
    return foreign_documents(case, ForeignParameters.model_validate(setting.parameters).documents)


def _missing(raised: list[Raised]) -> frozenset[str]:
    """Types of paper that are missing or asked about: a rule that notices the gap as well has the same cause."""
    return frozenset(
        entry.finding.document_type
        for entry in raised
        if entry.finding.problem is Problem.MISSING and entry.finding.document_type is not None
    )
