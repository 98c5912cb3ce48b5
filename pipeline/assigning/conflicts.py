"""Conflicts of interest (利益冲突), and what a lawyer has done before for the same person."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assigning import norms
from pipeline.assigning.relations import Link, Relation
from pipeline.assigning.spelling import plain
from pipeline.assigning.weighing import CRIMINAL, ON_DUTY, Caseload, Remarks, chinese_day, doubts, excludes, tells
from schemas.case import KIND_TITLES, Kind
from schemas.registration import CaseRecord, Registration
from schemas.roster import Lawyer, Personnel


def conflicts(case: CaseRecord, lawyer: Lawyer, caseload: Caseload, linked: Sequence[Link]) -> Remarks:
    """Everything that speaks against this lawyer, or is to be known, because of who else was or is helped."""
    yield from _own_history(case, lawyer, caseload)
    yield from _own_party(case.registration, lawyer)
    for link in linked:
        handled = caseload.handled(link.other.number)
        if any(each.lawyer.licence == lawyer.licence for each in handled):
            yield from _same_lawyer(case.registration, link)
            continue
        colleague = next((each.lawyer for each in handled if plain(each.lawyer.firm) == plain(lawyer.firm)), None)
        if colleague is not None:
            yield from _same_firm(case.registration, lawyer, colleague, link)


def _own_history(case: CaseRecord, lawyer: Lawyer, caseload: Caseload) -> Remarks:
    """Whoever handles this case already cannot be assigned anew; whoever was replaced in it should be asked about."""
    handled = caseload.handled(case.number)
    mine = [each for each in handled if each.lawyer.licence == lawyer.licence]
    if not mine:
        return
    if handled[-1].lawyer.licence == lawyer.licence:
        yield excludes(f"现为本案承办人（{chinese_day(mine[-1].assigned_on)}指派）", norms.REGISTRY)
    else:
        yield doubts(f"曾承办本案（{chinese_day(mine[-1].assigned_on)}指派），后被更换", norms.REGISTRY)


def _own_party(case: Registration, lawyer: Lawyer) -> Remarks:
    """The firm itself, or somebody of the lawyer's name, stands on the other side."""
    opponents = {plain(name) for name in case.opponents}
    if plain(lawyer.firm) in opponents:
        yield excludes("所在机构是本案对方当事人", norms.BOTH_SIDES)
    if plain(lawyer.name) in opponents:
        yield doubts("与本案对方当事人同名，请核实是否本人", norms.BOTH_SIDES)


def _same_lawyer(case: Registration, link: Link) -> Remarks:
    match link.relation:
        case Relation.SAME_PERSON:
            yield from _known_to_recipient(link)
        case Relation.CO_DEFENDANT:
            yield from _co_defendants_lawyer(case, link)
        case Relation.OTHER_SIDE if link.certain:
            yield excludes(f"已为本案对方{_client(link)}提供法律援助{_where(link)}", norms.BOTH_SIDES)
        case Relation.OTHER_SIDE:
            yield doubts(
                f"曾为与对方当事人或者受援人有对立关系的{_client(link)}提供法律援助{_where(link)}，请核实是否存在利益冲突",
                norms.FORMER_CLIENT,
            )


def _known_to_recipient(link: Link) -> Remarks:
    """Having helped the same person before is no conflict; it is to be known."""
    other = link.other.registration
    person = "受援人" if link.certain else f"与受援人同名的{other.recipient.name}"
    if other.kind in ON_DUTY:
        yield tells(f"曾为{person}提供值班律师法律帮助{_where(link)}，不属于利益冲突", norms.REGISTRY)
    else:
        yield tells(f"曾承办{person}的{KIND_TITLES[other.kind]}案件{_where(link)}", norms.REGISTRY)


def _co_defendants_lawyer(case: Registration, link: Link) -> Remarks:
    """One lawyer defends one of several accused. Help on duty for several is usual; defending one of them afterwards is not."""
    now, then = case.kind in ON_DUTY, link.other.registration.kind in ON_DUTY
    if now and then:
        return
    who = f"{_client(link)}{_where(link)}"
    if now or then:
        done = "为同案人" if link.certain else "为可能系同案人的"
        help_ = "提供过值班律师法律帮助" if then else "辩护"
        yield doubts(f"{done}{who}{help_}，请核实是否存在利益冲突", norms.HELPED_SEVERAL)
    elif link.certain:
        yield excludes(f"已为同案人{who}辩护", norms.ONE_DEFENDANT_EACH)
    else:
        yield doubts(f"已为{who}辩护，该人可能系本案同案人，请核实", norms.ONE_DEFENDANT_EACH)


def _same_firm(case: Registration, lawyer: Lawyer, colleague: Lawyer, link: Link) -> Remarks:
    """Two lawyers of one firm may defend two accused if both agree; they may not stand on both sides of a civil case."""
    who = f"同机构{colleague.name}"
    if link.relation is Relation.CO_DEFENDANT and {case.kind, link.other.registration.kind} == {Kind.CRIMINAL_DEFENCE}:
        person = "同案人" if link.certain else "可能系同案人的"
        yield doubts(
            f"{who}为{person}{_client(link)}辩护{_where(link)}，应当告知受援人并经其同意", norms.ONE_FIRM_TWO_DEFENDANTS
        )
    elif link.relation is Relation.OTHER_SIDE:
        absolute = link.certain and case.kind not in CRIMINAL and lawyer.personnel is Personnel.LAWYER
        if absolute:
            yield excludes(f"{who}为本案对方{_client(link)}提供法律援助{_where(link)}", norms.ONE_FIRM_BOTH_SIDES)
        else:
            side = "本案对方" if link.certain else "可能与本案有对立关系的"
            yield doubts(
                f"{who}为{side}{_client(link)}提供法律援助{_where(link)}，请核实是否存在利益冲突",
                norms.ONE_FIRM_BOTH_SIDES,
            )


def _client(link: Link) -> str:
    return link.other.registration.recipient.name


def _where(link: Link) -> str:
    return f"（{link.other.number}）"
