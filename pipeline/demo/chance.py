"""Chance that can be repeated: every draw comes from a seed and a name, never from the order of other draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np

T = TypeVar("T")


def chance(*names: object) -> np.random.Generator:
    """A generator that depends on `names` only."""
    return np.random.default_rng(crc32("/".join(str(name) for name in names).encode()))


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of `options`."""
    return options[int(rng.integers(len(options)))]


def pick_some(rng: np.random.Generator, options: Sequence[T], count: int) -> list[T]:
    """`count` different ones of `options`, in their order."""
    chosen = sorted(rng.choice(len(options), size=min(count, len(options)), replace=False).tolist())
    return [options[index] for index in chosen]
