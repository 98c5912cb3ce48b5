"""What hangs on an undecided kind, stage or origin (案件类别、办案阶段、案件来源未能确认): told paper by paper, as questions."""

from __future__ import annotations

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.selection import Selection
from schemas.case import FACT_TITLES, KIND_TITLES
from schemas.report import Certainty, Effect, Finding, Problem
from schemas.standard import Checklist

_FEW = 3
"""Papers that tell another possible kind apart: so many are asked about one by one; for more, the kind is asked."""


def hanging(raised: list[Raised], selection: Selection) -> list[Raised]:
    """The findings about papers that the checklist wants and the volume lacks, and not every possible checklist wants."""
    return [entry for entry in raised if _hangs(entry, selection)]


def _hangs(entry: Raised, selection: Selection) -> bool:
    return (
        entry.finding.problem is Problem.MISSING
        and bool(entry.items)
        and all(key in selection.unsure for key in entry.items)
    )


def settled(
    case: Case, selection: Selection, raised: list[Raised], others: list[tuple[Checklist, list[Raised]]]
) -> list[Raised]:
    """The findings, those that hang on what is open as questions; one question more where none of them would block.

    `others`: what hangs on it under the other possible checklists.
    """
    if not selection.fitting:
        return [_question(case, selection), *raised]
    if not selection.open:
        return raised
    here = hanging(raised, selection)
    asked = [_asked(case.checklist, selection, entry) for entry in here]
    asked += _elsewhere(case, selection, here, others)
    told = [*asked, *(entry for entry in raised if entry not in here)]
    if selection.closed and not asked and not any(lacking for _, lacking in others):
        return told  # complete, whatever the answer
    if any(entry.finding.effect is Effect.BLOCKS for entry in asked):
        return told  # each of them says what is open
    if set(selection.presumed) >= set(selection.open) and "kind" not in selection.open:
        return told
    return [_question(case, selection), *told]


def _elsewhere(
    case: Case, selection: Selection, here: list[Raised], others: list[tuple[Checklist, list[Raised]]]
) -> list[Raised]:
    """What a checklist of another possible kind wants besides, if it is little."""
    named = {entry.finding.document_type for entry in here}
    asked: list[Raised] = []
    for checklist, lacking in others:
        more = [entry for entry in lacking if entry.finding.document_type not in named]
        if checklist.kind is case.checklist.kind or len(more) > _FEW:
            continue
        named |= {entry.finding.document_type for entry in more}
        asked += [_asked(checklist, selection, entry) for entry in more]
    return asked


def _asked(checklist: Checklist, selection: Selection, entry: Raised) -> Raised:
    """A paper that this checklist wants, and another possible one may not."""
    finding = entry.finding
    if finding.state is Certainty.UNCERTAIN:
        return entry
    what = _open(selection)
    reason = f"卷内材料未能确认{what}；属于“{checklist.title}”的，应当有该材料。请核定{what}后重新审查。"
    message = finding.message.replace("缺失：", "是否应当提交未能确认：")
    update = {"state": Certainty.UNCERTAIN, "message": message, "reason": reason}
    return Raised(finding.model_copy(update=update), entry.items, entry.absorbs)


def _open(selection: Selection) -> str:
    return "、".join(FACT_TITLES[name] for name in selection.open or ("stage",))


def _question(case: Case, selection: Selection) -> Raised:
    """What could not be decided about the case."""
    undecided = selection.open or ("stage",)
    what = _open(selection)
    kinds = dict.fromkeys(KIND_TITLES[checklist.kind] for checklist in selection.fitting)
    more = f"可能为{'、'.join(kinds)}。" if len(kinds) > 1 else ""
    if not selection.fitting:
        more = "未能选定适用的材料清单，各项材料未予逐项审查。"
    evidence = [place for name in undecided if name in case.facts.facts for place in case.facts.facts[name].evidence]
    finding = Finding(
        id="",
        rule=f"{case.standard.id}/case/{undecided[0]}",
        problem=Problem.MISSING,
        document_type=None,
        state=Certainty.UNCERTAIN,
        effect=Effect.BLOCKS,
        message=f"卷内材料未能确认{what}。{more}",
        basis=case.standard.title,
        remedy=f"请工作人员核定{what}后重新审查。",
        evidence=tuple(evidence[:3]),
        standing=case.standard.standing,
        reason=f"请核实{what}，并在重新审查时予以指明。",
    )
    return Raised(finding)
