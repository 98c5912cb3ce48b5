"""The order of the papers in the volume (装订次序)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from pipeline.auditing.case import Case, Raised, pages_of, title_of
from pipeline.auditing.rules.base import raise_finding
from pipeline.auditing.rules.bundles import bound_pages
from schemas.base import Frozen, Place, State
from schemas.report import Problem, Standing
from schemas.standard import Duty, Need, RuleSetting

_NAMED = 6
"""Papers that a message names one by one."""


class Parameters(Frozen):
    """The order that is checked.

    `ignore`: papers that may stand anywhere; `together`: groups whose papers may change places among each other.
    `phases`: where the checklist's own order is a reconstruction, only these count: the parts of a volume, each with its
    papers in any order. A paper may belong to several.
    """

    ignore: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    phases: tuple[tuple[str, ...], ...] = ()


_ASKED = (Need.REQUIRED, Need.CONDITIONAL)
_GROSS = 2
"""Phases apart from which a paper is out of place by any office's order."""


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """The papers outside the longest run that is in order, in one finding.

    Only the first paper of a type counts, and only papers that are sure. A type with several places may take any.
    Against a reconstructed order a paper is certainly astray only where whole phases of the volume lie in between, and
    where the checklist asks for it: what it does not ask for may be another paper of that name, such as a receipt that
    the police gave the lawyer.
    """
    by_phase = bool(parameters.phases) and setting.standing is Standing.RECONSTRUCTED
    orders = (
        _phases(parameters)
        if by_phase
        else _slots(case)
        if any(item.slot for item in case.checklist.items)
        else _orders(case, parameters)
    )
    placed = _placed(case, parameters, orders)
    kept = _longest_rising([places for _, places in placed])
    astray = [position for position in range(len(placed)) if position not in kept]
    asked = {item.materials[0] for item in case.checklist.items if item.need in _ASKED}
    gross = [
        position
        for position in astray
        if not by_phase
        or (_apart(placed, kept, position) >= _GROSS and case.volume.documents[placed[position][0]].type in asked)
    ]
    told = gross or astray
    if not told:
        return
    documents = [case.volume.documents[placed[position][0]] for position in told]
    where = "、".join(f"{pages_of(document)}{title_of(document)}" for document in documents[:_NAMED])
    more = f"等{len(documents)}份材料" if len(documents) > _NAMED else ""
    yield raise_finding(
        case,
        setting,
        problem=Problem.MISPLACED,
        certain=bool(gross),
        document=placed[told[0]][0],
        message=f"{where}{more}未按规定次序装订。",
        remedy="请按卷内材料清单的次序调整装订。",
        reason="装订次序系推定，本机构可能另有规定；请核实。",
        evidence=tuple(Place(page=document.first_page) for document in documents),
    )


def _apart(placed: list[tuple[int, set[int]]], kept: set[int], position: int) -> int:
    """Phases between the paper's own and those among which it stands."""
    rising = _rising(placed, kept)
    before = max((rising[other] for other in kept if other < position), default=min(rising.values(), default=0))
    behind = min((rising[other] for other in kept if other > position), default=max(rising.values(), default=0))
    own = placed[position][1]
    return min(before - phase if phase < before else phase - behind if phase > behind else 0 for phase in own)


def _rising(placed: list[tuple[int, set[int]]], kept: set[int]) -> dict[int, int]:
    """The kept positions with the place that each takes: the least that does not fall behind the one before."""
    taken: dict[int, int] = {}
    last = -1
    for position in sorted(kept):
        last = taken[position] = min(place for place in placed[position][1] if place >= last)
    return taken


def _phases(parameters: Parameters) -> dict[str, set[int]]:
    orders: dict[str, set[int]] = {}
    for number, types in enumerate(parameters.phases):
        for type_ in types:
            orders.setdefault(type_, set()).add(number)
    return orders


def _placed(case: Case, parameters: Parameters, orders: dict[str, set[int]]) -> list[tuple[int, set[int]]]:
    """Documents with their places, in the order of the volume."""
    bound = bound_pages(case)
    seen: set[str] = set()
    placed = []
    for index, document in enumerate(case.volume.documents):
        if document.type in seen or document.type in parameters.ignore or index in case.foreign:
            continue
        if document.first_page not in bound:
            continue
        seen.add(document.type)
        if document.state is State.FOUND and document.type in orders:
            placed.append((index, orders[document.type]))
    return placed


def _slots(case: Case) -> dict[str, set[int]]:
    """Type to the lines of the prescribed directory that name it: within a line, papers may stand in any order.

    What a line does not name has its place there by our reading, which may add a place but is no reason to rebind a volume.
    """
    places: dict[str, set[int]] = {}
    slots = case.standard.slots
    for number, slot in enumerate(slots, start=1):
        for name in slot.materials:
            places.setdefault(name, set()).add(number)
    for item in case.checklist.items:
        if item.slot is not None and (item.materials[0] in places or item.key in slots[item.slot - 1].materials):
            places.setdefault(item.materials[0], set()).add(item.slot)
    return places


def _orders(case: Case, parameters: Parameters) -> dict[str, set[int]]:
    """Type to its places: of every item that accepts it, and of the items that the papers of its group are named for."""
    named: dict[str, set[int]] = {}
    accepted: dict[str, set[int]] = {}
    for item in case.checklist.items:
        if item.duty is Duty.OFFICE:
            continue
        named.setdefault(item.materials[0], set()).add(item.order)
        for material in item.materials:
            accepted.setdefault(material, set()).add(item.order)
    for group in parameters.together:
        places = set().union(*(named.get(type_, set()) for type_ in group))
        accepted.update({type_: accepted[type_] | places for type_ in group if type_ in accepted})
    return accepted


def _longest_rising(options: list[set[int]]) -> set[int]:
    """Positions of a longest run that does not fall, where each position may take any of its values (patience sorting).

    Values of one position are tried from the greatest down, so that a position never follows itself.
    """
    tails: list[int] = []
    tops: list[int] = []
    nodes: list[tuple[int, int | None]] = []
    for position, values in enumerate(options):
        for value in sorted(values, reverse=True):
            place = bisect_right(tails, value)
            nodes.append((position, tops[place - 1] if place else None))
            tails[place : place + 1] = [value]
            tops[place : place + 1] = [len(nodes) - 1]
    chain: set[int] = set()
    node = tops[-1] if tops else None
    while node is not None:
        position, node = nodes[node]
        chain.add(position)
    return chain
