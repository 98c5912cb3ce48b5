"""How what somebody hands in differs from what is registered of the case, in words (登记内容的不同)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assigning.columns import BY_PATH
from pipeline.assigning.registration_changes import changes_between, shown, values_of
from schemas.registration import CaseRecord, Registration
from schemas.registration_events import Change

_FEW = 3
"""So many differences fit into one line that a clerk copies."""


def difference_text(there: CaseRecord, given: Registration, file: str) -> str:
    """What differs, and how it is put right, where `file` holds what was handed in; empty where nothing differs.

    What is not filled in says nothing of what is registered.
    """
    filled = values_of(given)
    differing = [change for change in changes_between(there.registration, given) if change.path in filled]
    if not differing:
        return ""
    told = [
        f"{number}. {BY_PATH[change.path].title}：已登记“{shown(change.path, change.before)}”，"
        f"此次为“{shown(change.path, change.after)}”；"
        for number, change in enumerate(differing, start=1)
    ]
    return "\n".join(("\n下列内容与已登记的不同，登记内容未作修改：", *told, _advice(there.number, differing, file)))


def _advice(number: str, differing: Sequence[Change], file: str) -> str:
    """The command that puts the registration right."""
    words = [f'"{BY_PATH[change.path].title}={shown(change.path, change.after)}"' for change in differing]
    what = " ".join(words) if len(words) <= _FEW else file
    return f"以此次所写为准的，请执行：juanzong case correct {number} {what} --why 更正原因 --by 经办人"
