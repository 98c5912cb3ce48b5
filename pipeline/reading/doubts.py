"""The letters that the recogniser would have read next (次选字), and where in the line's text they belong.

A pen's 敏 is read as 每, and 苏 as 蘇, with a good score; whether two names can be the same is then told by what else
their letters could be. Measured on names by five pens and in print, 1,032 and 937 letters by pen at office and poor
quality, 1,097 and 1,142 printed ones; those read wrong, of them the right letter among the first three to follow, and of
those read right the share that some other letter usual in names follows, by the least probability that counts:

| | office, pen | poor, pen | office, print | poor, print |
|---|---|---|---|---|
| read wrong; of these surer than 0.9 | 163; 34 | 199; 36 | 0 | 2; 1 |
| 0.001: right one there, of the sure ones; another there | 85, 18; 11 % | 71, 14; 16 % | –; 2.2 % | 2, 1; 2.7 % |
| 0.003 | 81, 14; 8 % | 65, 8; 12 % | –; 0.9 % | 2, 1; 1.7 % |
| 0.01 | 76, 11; 6 % | 58, 5; 8 % | –; 0.3 % | 2, 1; 0.9 % |
| 0.03 | 66, 4; 4 % | 53, 3; 6 % | –; 0.1 % | 2, 1; 0.4 % |

With one letter in place of three the right one is there in 54 instead of 85. What is asked of them is whether one letter
of another name is among them, which is far rarer than that some letter of a name is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.letters import simplified
from schemas.reading import Doubt

LEAST = 0.001
"""Where the recogniser is wrong and sure of itself, the right letter has hardly more than this: see above."""
MOST = 3
_LOOKED_AT = 12
"""Classes looked at for a letter: full-width spaces, empty boxes and the letter's own old shape are passed over."""

Rivals = tuple[tuple[str, float], ...]


def rivals_of(steps: NDArray[np.float32], best: NDArray[np.intp], alphabet: Sequence[str]) -> list[Rivals]:
    """For each letter read, given by its row of probabilities and its class: the hanzi that follow, likeliest first."""
    rows = steps.copy()
    rows[np.arange(len(rows)), best] = 0.0
    rows[:, 0] = 0.0  # the blank between letters is no letter
    return [
        _rivals(row, simplified(alphabet[own]), alphabet) if _is_hanzi(alphabet[own]) else ()
        for row, own in zip(rows, best, strict=True)
    ]


def _rivals(row: NDArray[np.float32], own: str, alphabet: Sequence[str]) -> Rivals:
    likely = np.flatnonzero(row >= LEAST)
    found: dict[str, float] = {}
    for index in likely[np.argsort(-row[likely])][:_LOOKED_AT]:
        letter = simplified(alphabet[index])
        if letter != own and _is_hanzi(letter):
            found.setdefault(letter, min(1.0, float(row[index])))
    return tuple(found.items())[:MOST]


def _is_hanzi(letter: str) -> bool:
    return len(letter) == 1 and "\u4e00" <= letter <= "\u9fff"


def doubts_of(letters: Sequence[str], rivals: Sequence[Rivals]) -> tuple[Doubt, ...]:
    """The rivals of each letter, placed in the text that the letters make when joined."""
    found, at = [], 0
    for letter, others in zip(letters, rivals, strict=True):
        found += [Doubt(at=at, letter=other, score=round(score, 4)) for other, score in others]
        at += len(letter)
    return tuple(found)


def stripped(text: str, doubts: Sequence[Doubt]) -> tuple[str, tuple[Doubt, ...]]:
    """The text without blanks at its ends, and the doubts of what is left of it."""
    left = len(text) - len(text.lstrip())
    kept = text.strip()
    if not left and len(kept) == len(text):
        return text, tuple(doubts)
    moved = (doubt.model_copy(update={"at": doubt.at - left}) for doubt in doubts)
    return kept, tuple(doubt for doubt in moved if 0 <= doubt.at < len(kept))
