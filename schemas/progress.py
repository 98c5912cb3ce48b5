"""What an audit round changed against the one before (补正情况)."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.report import Finding


class Progress(Frozen):
    """The findings of two rounds of one case, sorted by what became of them."""

    cured: tuple[Finding, ...] = ()
    """Found in the earlier round and gone now (已补正); each as the earlier round told it."""
    remaining: tuple[Finding, ...] = ()
    """Still there (尚未补正); each as the later round tells it."""
    new: tuple[Finding, ...] = ()
    """Only in the later round (新发现)."""
