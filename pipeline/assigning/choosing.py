"""A person's choice among the candidates: whom a name or licence number means, and whether it may stand."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assigning.roster_changes import called
from pipeline.assigning.spelling import plain
from pipeline.errors import UsageError
from schemas.roster import Candidate, Objection


def meant(candidates: Sequence[Candidate], who: str) -> Candidate:
    """The candidate of that licence number or name. Raises UsageError where it is nobody, or more than one."""
    wanted = plain(who)
    found = [each for each in candidates if plain(each.lawyer.licence) == wanted]
    found = found or [each for each in candidates if plain(each.lawyer.name) == wanted]
    if not found:
        raise UsageError(f"名册中没有“{who}”，请写明执业证号或者姓名（juanzong roster list 列出名册）。")
    if len(found) > 1:
        listed = "、".join(called(each.lawyer) for each in found)
        raise UsageError(f"名册中有{len(found)}名“{who}”：{listed}。请以执业证号指明。")
    return found[0]


def demand_permitted(candidate: Candidate, override: str) -> None:
    """Raises UsageError where an excluded lawyer is chosen without a reason, or a reason given where nothing excludes."""
    if candidate.excluded and not override:
        listed = "；".join(objection_text(each) for each in candidate.excluded)
        raise UsageError(
            f"{candidate.lawyer.name}不得承办本案：{listed}。确需指派的，请以 --override 写明理由，理由记入日志。"
        )
    if override and not candidate.excluded:
        raise UsageError(f"{candidate.lawyer.name}没有排除情形，不需要 --override；指派理由请以 --why 写明。")


def despite(candidate: Candidate) -> tuple[str, ...]:
    """What stood against the candidate when he was chosen, as it is kept with the assignment."""
    return tuple(objection_text(each) for each in (*candidate.excluded, *candidate.doubts))


def objection_text(one: Objection) -> str:
    """An objection with its basis, in one clause."""
    return f"{one.text}（{one.basis}）" if one.basis else one.text
