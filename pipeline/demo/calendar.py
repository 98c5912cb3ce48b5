"""When things happened: days in the order in which a case that went well would have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pipeline.demo.chance import pick
from pipeline.demo.proceedings import ACCUSED
from schemas.case import Kind, Stage

FRIDAY = 4
BEYOND_SECOND = (Stage.RETRIAL, Stage.DEATH_REVIEW)
FEASTS = {(1, 1), (5, 1), (5, 2), (5, 3), (10, 1), (10, 2), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7)}


@dataclass(frozen=True)
class Days:
    """The days of one case (时间轴)."""

    act: date
    measure: date
    """Arrest, detention or bail; for civil matters the day of the first quarrel over the claim."""
    opinion: date
    """起诉意见书."""
    indictment: date
    applied: date
    """Application, or the organ's notice."""
    approved: date
    granted: date
    assigned: date
    signed: date
    meeting: date
    review: date
    lodged: date
    """The claim went to court or tribunal."""
    accepted: date
    second_meeting: date
    summons: date
    hearing: date
    advocacy: date
    outcome: date
    received: date
    """结案日."""
    told: date
    reported: date
    filed: date
    earlier: date
    """The judgment of the first instance, where the case is beyond it."""
    appealed: date
    """The appeal, or the petition for retrial."""
    ordered: date
    """The second instance's ruling, or the order of retrial, that lies before this case."""


def is_working(day: date) -> bool:
    return day.weekday() <= FRIDAY and (day.month, day.day) not in FEASTS


def later(rng: np.random.Generator, day: date, least: int, most: int) -> date:
    """A working day `least` to `most` days after `day`."""
    options = [day + timedelta(days=count) for count in range(least, most + 1)]
    return pick(rng, [option for option in options if is_working(option)] or [day + timedelta(days=least)])


def _before(rng: np.random.Generator, day: date, least: int, most: int) -> date:
    return later(rng, day, -most, -least)


def make_days(rng: np.random.Generator, kind: Kind, stage: Stage | None, year: int) -> Days:
    """Days of a case of `kind` at `stage` that came in during the spring of `year`; every term is kept."""
    applied = later(rng, date(year, 2, 20), 0, 120)
    approved = later(rng, applied, 0, 3)
    granted = later(rng, approved, 0, 1)
    assigned = later(rng, granted, 0, 1)
    if kind in ACCUSED:
        approved = granted = assigned = later(rng, applied, 0, 3)
    signed = later(rng, assigned, 1, 4)
    meeting = signed
    review = later(rng, meeting, 1, 5)
    lodged = later(rng, meeting, 3, 6)
    accepted = later(rng, lodged, 2, 5)
    second = later(rng, review, 6, 10)
    summons = later(rng, max(accepted, second), 3, 7)
    hearing = later(rng, summons, 8, 14)
    advocacy = later(rng, hearing, 0, 2)
    if stage in {Stage.INVESTIGATION, Stage.PROSECUTION}:
        advocacy = later(rng, second, 2, 6)
    outcome = later(rng, advocacy, 7, 16)
    received = later(rng, outcome, 2, 6)
    told = later(rng, received, 1, 3)
    reported = later(rng, told, 2, 6)
    past = _criminal_past(rng, stage, applied, outcome)
    ordered = _before(rng, applied, 3, 6)
    appealed = _before(rng, ordered, 14, 30) if stage in BEYOND_SECOND else _before(rng, applied, 8, 14)
    earlier = _before(rng, appealed, 3, 8)
    if stage in {*BEYOND_SECOND, Stage.TRIAL_SECOND}:
        past = _criminal_past(rng, Stage.TRIAL_FIRST, earlier - timedelta(days=50), outcome)
    return Days(
        act=past[0], measure=past[1], opinion=past[2], indictment=past[3], applied=applied, approved=approved,
        granted=granted, assigned=assigned, signed=signed, meeting=meeting, review=review, lodged=lodged,
        accepted=accepted, second_meeting=second, summons=summons, hearing=hearing, advocacy=advocacy, outcome=outcome,
        received=received, told=told, reported=reported, filed=later(rng, reported, 1, 6),
        earlier=earlier, appealed=appealed, ordered=ordered,
    )  # fmt: skip


def _criminal_past(
    rng: np.random.Generator, stage: Stage | None, applied: date, outcome: date
) -> tuple[date, date, date, date]:
    """Act, coercive measure, opinion to prosecute and indictment, as they lie around the case at `stage`."""
    if stage is Stage.INVESTIGATION:
        measure = _before(rng, applied, 3, 7)
        return _before(rng, measure, 2, 9), measure, outcome, outcome
    if stage is Stage.PROSECUTION:
        opinion = _before(rng, applied, 2, 5)
        measure = _before(rng, opinion, 40, 60)
        return _before(rng, measure, 2, 9), measure, opinion, outcome
    indictment = _before(rng, applied, 4, 8)
    opinion = _before(rng, indictment, 25, 40)
    measure = _before(rng, opinion, 40, 60)
    return _before(rng, measure, 2, 9), measure, opinion, indictment
