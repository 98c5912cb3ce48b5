"""Papers handed in later (补正材料), behind the closing file that they supplement."""

from __future__ import annotations


def supplement_front(number: int) -> str:
    """What stands before the names of the parts of the n-th supplement in the volume, from 1."""
    return f"补正材料{number}/"
