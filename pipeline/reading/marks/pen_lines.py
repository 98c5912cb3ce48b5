"""Which parts of a page's lines a pen wrote (手写笔迹), without need of colour.

Characters are judged one by one with their neighbours, first each by itself, then against the page's own print.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.strokes import OWN, Floats, Strokes, measure_strokes, with_context

WEIGHTS = Path(__file__).parent / "data" / "pens.json"
"""Fitted by `python -m bench.pen`, with what it was fitted on and how well it does."""
PRINTED_SHARE = 40
"""Percentile: of the characters most like print, this many stand for the page's print."""
STAY = 3.0
"""Log odds that it costs to change from print to pen within a line."""
LEAST_CHARACTERS = 2
LEAST_ODDS, LEAST_ODDS_BILEVEL = 9.0, 18.0
"""Sum of log odds from which a run of characters is the pen's; on a 1-bit scan, whose print is as ragged as a pen, more."""
SURE_RUNS = 2
AMONG_PENS, AMONG_PENS_BILEVEL = 7.0, 9.0
"""The same on a page with that many such runs: a form in which one cell was filled in by pen has others that were.

Measured on print in faces that nothing was fitted on, 1-bit (`bench.pen`, 96 pages): of 401 lines by pen 226 are told instead of 180,
of 1,290 printed ones none is; with greys (60 pages) 140 instead of 131 of 214, and 3 printed ones of 946 as before.
"""
GREYS, FEW_GREYS = (30, 225), 0.01
MOST_ODDS = 5.0
"""Of a single character."""
LEAST_TALL, LEAST_FULL = 0.28, 0.02
"""Smaller ink is punctuation, of which nothing can be told."""


@dataclass(frozen=True, eq=False)
class Network:
    """One hidden layer: `tanh` inside, log odds of a pen at the end."""

    mean: Floats
    spread: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: float

    def __call__(self, features: Floats) -> Floats:
        inside = np.tanh((np.clip((features - self.mean) / self.spread, -4, 4)) @ self.hidden + self.hidden_bias)
        return np.asarray(inside @ self.out + self.out_bias)


@dataclass(frozen=True)
class PenPart:
    """What a pen wrote of a line: from where to where, as shares of the line's length, and the log odds."""

    left: float
    right: float
    odds: float


@cache
def fitted() -> dict[str, Any]:
    """What was fitted, and on what."""
    data: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return data


@cache
def networks() -> tuple[Network, Network]:
    """The eye that knows nothing of the page, and the one that compares with the page's print."""
    data = fitted()
    first, second = (network_of(data[key]) for key in ("alone", "against_print"))
    return first, second


def network_of(data: dict[str, list[float]]) -> Network:
    """The network whose weights these are."""
    mean, spread, hidden, bias, out, last = (
        np.array(data[key], np.float64) for key in ("mean", "spread", "hidden", "hidden_bias", "out", "out_bias")
    )
    return Network(mean, spread, hidden, bias, out, float(last))


def against_print(features: Floats, alone: Floats, own: Floats) -> Floats:
    """The features, and how far each character is from the page's print. All zero where the page has none."""
    usual = usual_print(alone, own)
    apart = np.zeros_like(own) if usual is None else own - usual
    return np.concatenate([features, apart, alone[:, None]], axis=1)


def usual_print(alone: Floats, own: Floats) -> Floats | None:
    """What the page's print is like, by the characters most like print; None where there is too little of it."""
    judged = is_judged(own)
    likely = judged & (alone <= np.percentile(alone[judged], PRINTED_SHARE)) if judged.any() else judged
    if likely.sum() < 8 or float(np.median(alone[likely])) > 0:  # noqa: PLR2004 - too little to learn from
        return None
    return np.asarray(np.median(own[likely], axis=0))


def is_judged(own: Floats) -> NDArray[np.bool_]:
    """Which characters are large enough to be judged."""
    return np.asarray((own[:, 0] >= LEAST_TALL) & (own[:, 4] >= LEAST_FULL))


def pen_odds(strokes: Strokes) -> Floats:
    """Log odds of a pen for each character; 0 for what cannot be judged."""
    if not len(strokes.measures):
        return np.zeros(0)
    first, second = networks()
    features = with_context(strokes)
    odds = second(against_print(features, first(features), strokes.measures[:, :OWN]))
    return np.where(is_judged(strokes.measures), np.clip(odds, -MOST_ODDS, MOST_ODDS), 0.0)


def find_pen(red: NDArray[np.uint8], lines: Sequence[NDArray[np.float32]]) -> list[tuple[PenPart, ...]]:
    """For each line, given by its corners in pixels, the parts that a pen wrote. `red`: the page's red channel."""
    strokes = measure_strokes(red, lines)
    odds = pen_odds(strokes)
    own = [np.flatnonzero(strokes.line == number) for number in range(len(lines))]
    least = least_odds([odds[at] for at in own], bilevel=is_bilevel(red))
    return [tuple(_part(strokes, odds, at[run]) for run in pen_runs(odds[at], least)) for at in own]


def least_odds(lines: Sequence[Floats], *, bilevel: bool) -> float:
    """From how much a run is the pen's on a page whose lines have these odds, character by character."""
    alone, among = (LEAST_ODDS_BILEVEL, AMONG_PENS_BILEVEL) if bilevel else (LEAST_ODDS, AMONG_PENS)
    sure = sum(len(pen_runs(odds, alone)) for odds in lines)
    return among if sure >= SURE_RUNS else alone


def is_bilevel(red: NDArray[np.uint8]) -> bool:
    """Whether the page is black and white, without greys."""
    sample = red[::7, ::7]
    return bool(((sample > GREYS[0]) & (sample < GREYS[1])).mean() < FEW_GREYS)


def _part(strokes: Strokes, odds: Floats, at: NDArray[np.intp]) -> PenPart:
    return PenPart(float(strokes.left[at[0]]), float(strokes.right[at[-1]]), float(odds[at].sum()))


def pen_runs(odds: Floats, least: float) -> list[slice]:
    """The likeliest parting of a line into print and pen; its runs of pen that are sure enough."""
    pen = _likeliest(odds)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], pen.astype(np.int8), [0]])))
    runs = [slice(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]
    return [run for run in runs if float(odds[run].sum()) >= least and int((odds[run] > 0).sum()) >= LEAST_CHARACTERS]


def _likeliest(odds: Floats) -> NDArray[np.bool_]:
    """Viterbi with two states."""
    press, pen = 0.0, 0.0
    from_pen, stays_pen = np.zeros(len(odds), np.bool_), np.zeros(len(odds), np.bool_)
    for index, value in enumerate(odds.tolist()):
        from_pen[index] = pen - STAY > press
        stays_pen[index] = pen >= press - STAY
        press, pen = max(press, pen - STAY), max(pen, press - STAY) + value
    state = pen > press
    states = np.zeros(len(odds), np.bool_)
    for index in range(len(odds) - 1, -1, -1):
        states[index] = state
        state = stays_pen[index] if state else from_pen[index]
    return states
