"""Auditing (审查): the papers and facts of a closing file against a standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.auditing.case import Case, Raised, item_title, merged_facts
from pipeline.auditing.forbidding import uncounted
from pipeline.auditing.marks import mark_findings
from pipeline.auditing.merging import merged, numbered
from pipeline.auditing.papers import Examined, examine, paper_findings
from pipeline.auditing.pointing import as_told
from pipeline.auditing.rules import apply_rule
from pipeline.auditing.rules.foreign import Parameters as ForeignParameters
from pipeline.auditing.rules.foreign import foreign_documents
from pipeline.auditing.selection import Selection, select
from pipeline.auditing.volumes import as_bound, binding_notes
from pipeline.auditing.writing import written
from schemas.case import FACT_TITLES, KnownCase
from schemas.report import AuditReport, Certainty, Effect, Finding, Problem, Source
from schemas.sketch import Sketch
from schemas.standard import Checklist, Standard
from schemas.volume import Volume

_NAMED = 8
"""Papers that a question names one by one."""


def audit(  # noqa: PLR0913, PLR0917 - one audit's whole input
    volume: Volume,
    standard: Standard,
    source: Source,
    known: KnownCase,
    today: date,
    archive: tuple[Sketch, ...] = (),
) -> AuditReport:
    """The audit report of one closing file. `engine` and `seconds` are left to whoever read the pages.

    `archive` holds the fingerprints of other closing files' papers (`sketches_of`); without it nothing is compared.
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
    )
    runs = [_run(base, selection, checklist) for checklist in selection.fitting or (None,)]
    case, examined, raised = min(runs, key=lambda run: _gaps(run[2], selection))
    raised = _settled(case, selection, raised)
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


def _gaps(raised: list[Raised], selection: Selection) -> int:
    """How many papers the checklist wants and the volume lacks, of those that not every checklist wants."""
    return sum(1 for entry in raised if _hangs(entry, selection))


def _hangs(entry: Raised, selection: Selection) -> bool:
    """Whether a finding about a missing paper depends on what is still open."""
    return (
        entry.finding.problem is Problem.MISSING
        and bool(entry.items)
        and all(key in selection.unsure for key in entry.items)
    )


def _settled(case: Case, selection: Selection, raised: list[Raised]) -> list[Raised]:
    """One question in place of all that hangs on an undecided kind, stage or origin."""
    if not selection.open and selection.fitting:
        return raised
    hanging = [entry for entry in raised if _hangs(entry, selection)]
    kept = [entry for entry in raised if not _hangs(entry, selection)]
    if (
        not hanging
        and selection.fitting
        and set(selection.presumed) >= set(selection.open)
        and "kind" not in selection.open
    ):
        return kept  # complete under what is likely: nothing to ask
    return [_question(case, selection, hanging), *kept]


def _question(case: Case, selection: Selection, hanging: list[Raised]) -> Raised:
    """What could not be decided about the case, and what it would mean."""
    undecided = selection.open or ("stage",)
    what = "、".join(FACT_TITLES[name] for name in undecided)
    keys = dict.fromkeys(key for entry in hanging for key in entry.items)
    titles = [item_title(item) for item in case.checklist.items if item.key in keys]
    more = "等" if len(titles) > _NAMED else ""
    lacking = f"按“{case.checklist.title}”清单，尚未见{'、'.join(titles[:_NAMED])}{more}。" if titles else ""
    if not selection.fitting:
        lacking = "未能选定适用的材料清单，各项材料未予逐项审查。"
    evidence = [place for name in undecided if name in case.facts.facts for place in case.facts.facts[name].evidence]
    finding = Finding(
        id="",
        rule=f"{case.standard.id}/case/{undecided[0]}",
        problem=Problem.MISSING,
        document_type=None,
        state=Certainty.UNCERTAIN,
        effect=Effect.BLOCKS,
        message=f"卷内材料未能确认{what}。{lacking}",
        basis=case.standard.title,
        remedy=f"请工作人员核定{what}后重新审查。",
        evidence=tuple(evidence[:3]),
        standing=case.standard.standing,
        reason=f"请核实{what}，并在重新审查时予以指明。",
    )
    return Raised(finding, tuple(keys))
