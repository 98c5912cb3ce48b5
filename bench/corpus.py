"""The closing files of the bench: every sort of case in about its natural share, each complete and with defects.

A family is one case four times: complete, with one defect, with another, with two. Its files share most of their page
pictures, so that only what a defect changed has to be read again; and what the defect changed is all that differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from bench.injecting import Turns
from pipeline.demo import STYLES, SampleCase, make_case
from schemas.case import Kind, Origin, Stage

DEFENCE, FIRST = Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST
APPLIED, NOTIFIED = Origin.APPLIED, Origin.NOTIFIED
Sort = tuple[Kind, Stage | None, Origin]

COMMON: tuple[Sort, ...] = (
    (DEFENCE, FIRST, NOTIFIED),
    (Kind.CIVIL, FIRST, APPLIED),
    (Kind.PLEA_HELP, Stage.PROSECUTION, NOTIFIED),
    (DEFENCE, Stage.INVESTIGATION, NOTIFIED),
    (Kind.LABOUR_ARBITRATION, None, APPLIED),
    (Kind.DUTY_HELP, Stage.INVESTIGATION, NOTIFIED),
    (DEFENCE, Stage.PROSECUTION, NOTIFIED),
    (Kind.DRAFTING, None, APPLIED),
)
"""Sorts that make up most of an office's files."""
RARE: tuple[Sort, ...] = (
    (DEFENCE, Stage.INVESTIGATION, APPLIED),
    (Kind.NON_LITIGATION, None, APPLIED),
    (DEFENCE, Stage.TRIAL_SECOND, NOTIFIED),
    (Kind.CRIMINAL_REPRESENTATION, FIRST, APPLIED),
    (Kind.CIVIL, Stage.TRIAL_SECOND, APPLIED),
    (DEFENCE, Stage.PROSECUTION, APPLIED),
    (Kind.ADMINISTRATIVE, FIRST, APPLIED),
    (Kind.ENFORCEMENT, None, APPLIED),
    (Kind.DUTY_HELP, Stage.PROSECUTION, NOTIFIED),
    (DEFENCE, FIRST, APPLIED),
    (Kind.CRIMINAL_CIVIL, FIRST, APPLIED),
    (DEFENCE, Stage.DEATH_REVIEW, NOTIFIED),
    (Kind.ADMINISTRATIVE_RECONSIDERATION, None, APPLIED),
    (Kind.CIVIL, Stage.RETRIAL, APPLIED),
    (Kind.CRIMINAL_REPRESENTATION, Stage.PROSECUTION, APPLIED),
    (DEFENCE, Stage.INVESTIGATION, Origin.TRANSFERRED),
    (DEFENCE, Stage.RETRIAL, NOTIFIED),
    (DEFENCE, Stage.TRIAL_SECOND, APPLIED),
)


@dataclass(frozen=True)
class Family:
    """One case (一案): complete, and with defects."""

    sort: Sort
    cases: tuple[SampleCase, ...]


def sort_of(number: int) -> Sort:
    """The sort of the `number`-th family: common and rare ones take turns."""
    options = COMMON if number % 2 == 0 else RARE
    return options[(number // 2) % len(options)]


def families(files: int, seed: int, only: str = "") -> Iterator[Family]:
    """Families of `files` files in all; the same arguments give the same ones.

    `only`: those of sorts whose name (`kind/stage/origin`) holds this text. Raises `ValueError` if there are none.
    """
    if not any(only in "/".join(map(str, sort)) for sort in (*COMMON, *RARE)):
        raise ValueError(only)
    styles, turns, made = list(STYLES), Turns(seed), 0
    for number in count():
        sort = sort_of(number)
        if made == files:
            return
        if only not in "/".join(map(str, sort)):
            continue
        style = styles[(number + number // len(styles) + seed) % len(styles)]
        family = _family(f"bench-{seed}-{number}", sort, style, turns, untidy=number % 4 == 3)
        kept = family.cases[: files - made]
        made += len(kept)
        yield Family(sort, kept)


def _family(seed: str, sort: Sort, style: str, turns: Turns, *, untidy: bool) -> Family:
    whole = make_case(seed, *sort, style, untidy=untidy)
    cases = [whole]
    for many in (1, 1, 2):
        defects = turns.some(whole, many)
        cases += [make_case(seed, *sort, style, defects, untidy=untidy)] if defects else []
    return Family(sort, tuple(cases))


def corpus(files: int, seed: int) -> Iterator[SampleCase]:
    """`files` closing files, complete and defective in turns, no two of one case; the same arguments give the same."""
    for number in range(files):
        styles = list(STYLES)
        turns = Turns(seed + number)
        sort, style = sort_of(number), styles[(number + seed) % len(styles)]
        family = _family(f"bench-{seed}-{number}", sort, style, turns, untidy=number % 4 == 3)
        yield family.cases[number % len(family.cases)]
