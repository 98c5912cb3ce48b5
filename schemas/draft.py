"""A draft (文稿): a document that the program has written and a person has not yet signed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from schemas.base import Frozen


class DraftKind(StrEnum):
    AUDIT_OPINION = "audit_opinion"
    DEFICIENCY_NOTICE = "deficiency_notice"
    CONTENTS_LIST = "contents_list"


DRAFT_TITLES: dict[DraftKind, str] = {
    DraftKind.AUDIT_OPINION: "审查意见书",
    DraftKind.DEFICIENCY_NOTICE: "补正通知书",
    DraftKind.CONTENTS_LIST: "卷内目录",
}


class Draft(Frozen):
    """One drafted document: its file name and its bytes."""

    kind: DraftKind
    file_name: str
    content: bytes


class Office(Frozen):
    """The legal-aid office (法律援助机构) in whose name the letters are drafted."""

    name: str
    phone: str = ""
    address: str = ""
    cure_days: int | None = Field(default=None, ge=1)
    """Working days in which the lawyer has to put things right (补正期限); None: the standard's term."""
    templates_dir: Path | None = None
    """The office's own Word templates; one that it lacks is taken from those that come with the program."""
