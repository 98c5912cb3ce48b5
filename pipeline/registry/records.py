"""What the registry says outward: plain frozen values, no Django objects."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pipeline.errors import UsageError
from schemas.base import Frozen
from schemas.entry import Entry
from schemas.life import CaseState, Event
from schemas.mail import MailState, QueuedMail
from schemas.registration import CaseRecord
from schemas.registration_events import Closing
from schemas.report import AuditReport
from schemas.roster import Lawyer


class SubmissionState(StrEnum):
    """How far a submission has come (处理状态)."""

    RECEIVED = "received"
    CLAIMED = "claimed"
    AUDITED = "audited"
    DELIVERED = "delivered"
    ENTERED = "entered"
    """No closing file: a registration workbook or an application, which is entered and not audited."""
    UNUSABLE = "unusable"
    """Delivered, with a sentence that says why it could not be used."""
    WITHDRAWN = "withdrawn"
    """It could not be read where it lay, and has been taken in properly since."""


class Registered(Frozen):
    """A drop as the registry knows it. `again`: the same bytes had been handed in before."""

    drop_id: int
    submission_id: int
    state: SubmissionState
    again: bool


class OpenDrop(Frozen):
    """A drop that has not left the inbox yet."""

    drop_id: int
    name: str
    fingerprint: str
    sha256: str
    original: str


class Claim(Frozen):
    """A submission that this office is to audit. `original` is its path below the state folder."""

    submission_id: int
    name: str
    sha256: str
    original: str
    failures: int
    interruptions: int


class RoundRecord(Frozen):
    """An audit round as recorded, with what delivering it needs."""

    submission_id: int
    case_key: str
    number: int
    revision: int
    name: str
    original: str
    report: AuditReport
    received_at: datetime
    audited_at: datetime
    case_folder: str
    """The case's folder in the outbox, if an earlier round was delivered there; else empty."""
    earlier: AuditReport | None = None
    """The report of the round before, as persons had settled it; None in the first."""
    left: tuple[str, ...] = ()
    """Folders in the outbox of what was taken for a case of its own, until its papers were joined to this one."""


class LedgerEntry(Frozen):
    """One case with its latest round; or, without a report, a submission that waits to be audited."""

    name: str
    received_at: datetime
    round_number: int
    report: AuditReport | None
    folder: str
    """The case's folder (of an unusable submission, its own) below the outbox, with `/`; empty if there is none yet."""
    times_again: int
    """How often the same bytes were handed in again."""


class LedgerFact(Frozen):
    """What the ledger shows of one case, or of a submission that waits to be audited."""

    case_key: str
    """Empty for what waits."""
    state: CaseState | None
    """Where the case stands; None for what waits, and for what could not be used."""
    name: str
    received_at: datetime
    round_number: int
    content: str
    """`schemas.ledger.RoundLedger` of the latest round as JSON; empty for what waits."""
    folder: str
    """As in `LedgerEntry`."""
    times_again: int


class UnlinedRound(Frozen):
    """A round of which the ledger's line is not kept yet."""

    round_id: int
    number: int
    received_at: datetime
    report: AuditReport


class KeptOriginal(Frozen):
    """An original that the registry knows. `path` is below the state folder."""

    path: str
    sha256: str
    as_told: bool
    """False where the journal, which nobody can change unseen, has another hash for it than the table."""


class JournalCheck(Frozen):
    """Whether the journal's chain holds. `broken_at` is the number of the first event that does not fit."""

    events: int
    broken_at: int | None
    head: str
    """Hash of the last event; to be kept elsewhere by whoever wants to prove later that nothing was cut off."""

    @property
    def whole(self) -> bool:
        return self.broken_at is None


class EntryRecord(Frozen):
    """An entry as recorded, with what telling of it needs. `original` is its path below the state folder."""

    entry_id: int
    name: str
    original: str
    entry: Entry
    entered_at: datetime


class DrawnNumber(Frozen):
    """A number that has been given, and what for."""

    word: str
    year: int
    sequence: int
    about: str
    void: bool


class ListedCase(Frozen):
    """A registered case as a list shows it: who stands assigned, how it was closed, whether its file has been audited."""

    record: CaseRecord
    lawyer: Lawyer | None
    closing: Closing | None
    handed_in: bool = False


class ClosedCase(Frozen):
    """A registered case that is closed and whose closing file is still owed."""

    record: CaseRecord
    lawyer: Lawyer
    """Who stands assigned, and has to hand it in."""
    closing: Closing


class AlreadyRegisteredError(UsageError):
    """The case stands in the registry already, as `record`."""

    def __init__(self, record: CaseRecord) -> None:
        recipient = record.registration.recipient.name
        super().__init__(f"该案已经登记，案件编号 {record.number}（受援人{recipient}），未重复登记。")
        self.record = record


class RoundLine(Frozen):
    """One audit round of a case; `revision` counts how often it was audited again after a person's decision."""

    number: int
    revision: int
    received_at: datetime
    """When its closing file came in."""
    audited_at: datetime


class CaseLife(Frozen):
    """Where an audited case stands (案件流程)."""

    key: str
    number: str
    recipient_name: str
    folder: str
    state: CaseState | None
    events: tuple[Event, ...]
    rounds: tuple[RoundLine, ...]


class MailLine(Frozen):
    """A mail and what became of it."""

    key: str
    case_number: str
    mail: QueuedMail
    state: MailState
    attempts: int
    reason: str
    queued_at: datetime


class BaseRound(Frozen):
    """The round that what is handed in later supplements, and the originals that it rests on, below the state folder."""

    round_id: int
    case_key: str
    name: str
    original: str
    supplements: tuple[str, ...]
    report: AuditReport


class Supplemented(Frozen):
    """The audit of a closing file together with what was handed in later."""

    report: AuditReport
    base: int
    """`BaseRound.round_id`."""
