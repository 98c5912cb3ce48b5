"""The outline of a closing file (案件要点), by which later files of the office are held against it."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import CaseFacts, Kind, Stage
from schemas.outline import CaseOutline, Side
from schemas.volume import Volume

_SURE = 0.9
"""Score from which a field of the case counts: what is kept is held against files for years."""

_CLAIMANT = r"(?<!被)(?:原告|申请人|申请执行人|上诉人|申诉人)"
_RESPONDENT = r"(?:被告(?!人)|被申请人|被执行人|被上诉人)"
_BESIDE = r"(?:[（(][^（()）]{1,16}[）)])?[:：]?"
_ORGAN_PAPERS = ("outcome_document", "hearing_record", "case_acceptance_notice")
_DUTY_PAPERS = ("duty_help_register", "plea_affidavit", "drafted_document")
_OF_NO_COURT = frozenset({Kind.DUTY_HELP, Kind.PLEA_HELP, Kind.DRAFTING})


def outline_of(volume: Volume, facts: CaseFacts) -> CaseOutline | None:
    """What a closing file surely says of itself; None without a case number or a recipient."""
    number, recipient = _field(volume, "case_number"), _field(volume, "recipient_name")
    if not number or not recipient:
        return None
    kind, stage = facts.certain("kind"), facts.certain("stage")
    known_kind = Kind(kind) if isinstance(kind, str) else None
    return CaseOutline(
        number=number,
        recipient=recipient,
        kind=known_kind,
        stage=Stage(stage) if isinstance(stage, str) else None,
        person=person_digest(_field(volume, "recipient_id_number")),
        lawyer=_field(volume, "lawyer_name"),
        firm=_field(volume, "firm_name"),
        organ_case_number=_field(volume, "organ_case_number"),
        side=side_of(volume, recipient),
        helped_on=_helped_on(volume) if known_kind in _OF_NO_COURT else None,
    )


def person_digest(id_number: str) -> str:
    """Digest of a right identity number; empty for one that is not, or is masked."""
    plain = "".join(id_number.split()).upper()
    return hashlib.sha256(plain.encode()).hexdigest() if valid_identity_number(plain) else ""


def side_of(volume: Volume, recipient: str) -> Side | None:
    """The side on which the court's papers name the recipient; None where they do not, or name him on both."""
    texts = [re.sub(r"\s+", "", document.text) for _, document in volume.of_type(*_ORGAN_PAPERS) if document.state is State.FOUND]  # fmt: skip
    name = re.escape("".join(recipient.split()))
    sides = {
        side
        for side, words in ((Side.CLAIMANT, _CLAIMANT), (Side.RESPONDENT, _RESPONDENT))
        if any(re.search(words + _BESIDE + name, text) for text in texts)
    }
    return sides.pop() if len(sides) == 1 else None


def _helped_on(volume: Volume) -> date | None:
    days = {
        value.value
        for _, document in volume.of_type(*_DUTY_PAPERS)
        if (value := document.fields.get("date")) is not None and value.state is State.FOUND and value.value
    }
    try:
        return date.fromisoformat(days.pop()) if len(days) == 1 else None
    except ValueError:
        return None


def _field(volume: Volume, name: str) -> str:
    value = volume.fields.get(name)
    if value is None or value.state is not State.FOUND or value.score < _SURE:
        return ""
    return (value.value or "").replace("\0", "")
