"""Which volumes (分卷) of a closing file lie before the audit, where the standard has several."""

from __future__ import annotations

from pipeline.auditing.case import Case, Raised
from schemas.case import Binding
from schemas.report import Certainty, Duty, Effect, Finding, Problem
from schemas.standard import Checklist, Item, Standard
from schemas.volume import Volume


def as_bound(checklist: Checklist, case: Case) -> Checklist:
    """The checklist for what was handed in: bound apart, the papers of the office's volume are the office's business."""
    kept = _kept_by_office(case.standard)
    binding = case.known.binding or case.standard.binding or _shown(checklist, kept, case.volume)
    if not kept or binding is Binding.COMBINED:
        return checklist
    items = tuple(_office(item) if item.volume in kept else item for item in checklist.items)
    return checklist.model_copy(update={"items": items})


def _kept_by_office(standard: Standard) -> frozenset[str]:
    return frozenset(volume.id for volume in standard.volumes if volume.keeper is Duty.OFFICE)


def _office(item: Item) -> Item:
    return item.model_copy(update={"duty": Duty.OFFICE, "effect": Effect.NOTE})


def _shown(checklist: Checklist, kept: frozenset[str], volume: Volume) -> Binding:
    """Separate, if not one paper of the office's volume is in the file, nor any that might be one."""
    own = {item.materials[0] for item in checklist.items if item.volume in kept}
    others = {material for item in checklist.items if item.volume not in kept for material in item.materials}
    telling = own - others
    present = any(document.type in telling for document in volume.documents)
    possible = any(
        candidate.type in telling for page in volume.pages if not page.certain for candidate in page.candidates
    )
    return Binding.COMBINED if present or possible else Binding.SEPARATE


def binding_notes(case: Case) -> list[Raised]:
    """A word where nobody said that the office's volume is bound by itself, and the file does not have it."""
    kept = _kept_by_office(case.standard)
    apart = [item for item in case.checklist.items if item.volume in kept]
    told = (case.known.binding or case.standard.binding) is not None
    if told or not apart or any(item.duty is Duty.LAWYER for item in apart):
        return []
    title = case.standard.volume_title(apart[0])
    finding = Finding(
        id="",
        rule=case.rule_id("volumes"),
        problem=Problem.MISSING,
        document_type=None,
        state=Certainty.UNCERTAIN,
        effect=Effect.NOTE,
        message=f"卷内未见{title}的材料，按分别立卷审查，{title}的材料未予逐项审查。",
        basis=case.standard.title,
        remedy=f"{title}与本卷合并装订的，请将{title}的材料一并提交。",
        standing=case.standard.standing,
        duty=Duty.OFFICE,
        reason=f"请核实{title}是否由法律援助机构另行立卷；可以在设置中写明装订方式（binding），不再提示。",
    )
    return [Raised(finding)]
