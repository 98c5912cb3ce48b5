"""The order of the papers in the volume (装订次序)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from pipeline.auditing.case import Case, Raised, pages_of, title_of
from pipeline.auditing.rules.base import raise_finding
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import Duty, RuleSetting

_NAMED = 6
"""Papers that a message names one by one."""


class Parameters(Frozen):
    """`ignore`: papers that may stand anywhere; `together`: groups whose papers may change places among each other."""

    ignore: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """The papers outside the longest run that is in the checklist's order, in one finding.

    Only the first paper of a type counts, and only papers that are sure. A type with several places may take any.
    """
    placed = _placed(case, parameters)
    kept = _longest_rising([places for _, places in placed])
    astray = [index for position, (index, _) in enumerate(placed) if position not in kept]
    if not astray:
        return
    documents = [case.volume.documents[index] for index in astray]
    where = "、".join(f"{pages_of(document)}{title_of(document)}" for document in documents[:_NAMED])
    more = f"等{len(documents)}份材料" if len(documents) > _NAMED else ""
    yield raise_finding(
        case,
        setting,
        problem=Problem.MISPLACED,
        certain=True,
        document=astray[0],
        message=f"{where}{more}未按规定次序装订。",
        remedy="请按卷内材料清单的次序调整装订。",
        evidence=tuple(Place(page=document.first_page) for document in documents),
    )


def _placed(case: Case, parameters: Parameters) -> list[tuple[int, set[int]]]:
    """Documents with their places in the checklist, in the order of the volume."""
    orders = _orders(case, parameters)
    seen: set[str] = set()
    placed = []
    for index, document in enumerate(case.volume.documents):
        if document.type in seen or document.type in parameters.ignore or index in case.foreign:
            continue
        seen.add(document.type)
        if document.state is State.FOUND and document.type in orders:
            placed.append((index, orders[document.type]))
    return placed


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
