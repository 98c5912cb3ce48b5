"""A condition in a case of which some facts are settled: what is left of it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.auditing.conditions import And, Compare, Condition, Fact, Not, Or

Settled = Mapping[str, tuple[str, ...]]
"""Name of a fact to the values that it can still take."""


def simplified(condition: Condition, settled: Settled) -> Condition | bool:
    """The condition without what is settled; True or False where nothing is left open."""
    match condition:
        case Compare(name, values) if name in settled:
            return _compared(name, values, settled[name])
        case Fact() | Compare():
            return condition
        case Not(operand):
            inner = simplified(operand, settled)
            return not inner if isinstance(inner, bool) else Not(inner)
        case And(operands):
            return _joined(operands, settled, decisive=False)
        case Or(operands):
            return _joined(operands, settled, decisive=True)


def _compared(name: str, values: tuple[str, ...], possible: tuple[str, ...]) -> Condition | bool:
    fitting = tuple(value for value in values if value in possible)
    if not fitting:
        return False
    return True if len(fitting) == len(possible) else Compare(name, fitting)


def _joined(operands: tuple[Condition, ...], settled: Settled, *, decisive: bool) -> Condition | bool:
    left: list[Condition] = []
    for operand in operands:
        inner = simplified(operand, settled)
        if inner is decisive:
            return decisive
        if not isinstance(inner, bool):
            left.append(inner)
    if not left:
        return not decisive
    left = _gathered(left) if decisive else left
    if len(left) == 1:
        return left[0]
    return Or(tuple(left)) if decisive else And(tuple(left))


def _gathered(operands: list[Condition]) -> list[Condition]:
    """Alternatives about one fact as one comparison: whoever reads them reads its name once."""
    gathered: list[Condition] = []
    for operand in operands:
        place = next(
            (
                index
                for index, other in enumerate(gathered)
                if isinstance(operand, Compare) and isinstance(other, Compare) and other.name == operand.name
            ),
            None,
        )
        other = gathered[place] if place is not None else None
        if place is not None and isinstance(operand, Compare) and isinstance(other, Compare):
            gathered[place] = Compare(operand.name, tuple(dict.fromkeys((*other.values, *operand.values))))
        else:
            gathered.append(operand)
    return gathered
