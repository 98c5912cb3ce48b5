"""The running office: takes in what has settled, audits what waits, delivers what is recorded. Nothing stops it.

What goes wrong with one drop is that drop's affair: it is said in the outbox and in the ledger. What goes wrong with
the disk, the share or an open workbook is waited out: the registry knows what is still to be done.
"""

from __future__ import annotations

import errno
import os
import platform
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog

from pipeline import registry
from pipeline.desk.arrivals import Premises, kept_or_lying, receive, resume
from pipeline.desk.entering import Arrival, deliver_recorded_entry, enter
from pipeline.desk.lying import Lying
from pipeline.desk.outbox import Outbox
from pipeline.desk.same_office import remember_office
from pipeline.desk.waking import Waker
from pipeline.errors import INPUT_MESSAGES, InputError
from pipeline.intake import Drop, Settling, find_drops, find_unfinished, looks_complete
from pipeline.registry import Claim, EntryRecord, RoundRecord, Supplemented
from pipeline.settings import Settings
from schemas.report import AuditReport, ReportError, Source

Process = Callable[[Path, str], AuditReport | Supplemented | Arrival]
"""Audits the kept original, or reads what is no closing file; the second value is the clerk's name. May raise InputError."""
Deliver = Callable[[RoundRecord, Path], Path]
"""Writes a round and gives its folder below the outbox; the second value is the original. Doing it twice changes nothing."""
WriteLedger = Callable[[], bool]
"""Writes the ledger; False if it has to be tried again."""

SendMail = Callable[[], int]
"""Sends the mail that is due, and gives how many were sent."""

LEDGER_SHARE = 20
"""So many times as long as it takes to write the ledger, it is then left as it is."""
MOST_FAILURES = 2
MOST_INTERRUPTIONS = 3
"""A file that has killed the office so often is not tried again; a power cut alone does not make a file suspect."""
GONE_AGAIN = frozenset({"incomplete", "not_found"})
"""The drop changed or vanished under our hands: nothing to say, it will settle again."""

DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE})
"""The machine's trouble, not the file's."""

Result = TypeVar("Result")

log = structlog.get_logger(__name__)


def nothing_to_send() -> int:
    """An office that has not switched mail on sends nothing."""
    return 0


class AuditCrashedError(Exception):
    """The audit itself has caught, logged and reported something unexpected; the desk counts it like its own."""


class Desk:
    """One office at work. `run` is its day; `tick` is one look at everything."""

    def __init__(  # noqa: PLR0913 - what an office does, each to be replaced by itself
        self,
        settings: Settings,
        *,
        process: Process,
        deliver: Deliver,
        write_ledger: WriteLedger,
        send_mail: SendMail = nothing_to_send,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._premises = Premises.of(settings)
        self._outbox = Outbox(settings)
        self._process = process
        self._deliver = deliver
        self._write_ledger = write_ledger
        self._send_mail = send_mail
        self._clock = clock
        self._settling = Settling(settings.quiet_seconds)
        self._lying = Lying(60 * settings.unsettled_minutes, settings.quiet_seconds)
        self._owner = f"{platform.node()}:{os.getpid()}"
        self._ledger_is_stale = True
        self._ledger_up_to: tuple[int | None, date] | None = None
        self._ledger_not_before = 0.0
        self._troubles: dict[str, str] = {}
        self._left_lying: frozenset[str] = frozenset()
        self._cut_short = False
        self._stopping = False

    def stop(self) -> None:
        """Ends `run` after what is being done now. May be called from another thread."""
        self._stopping = True

    def run(self, waker: Waker, *, once: bool = False) -> None:
        """Works until `stop`; with `once`, until everything that lies in the inbox has been dealt with."""
        self.recover()
        while not self._stopping:
            self._tried("tick", self.tick)
            if once and not self._tried("expect", self._is_expecting):
                self._ledger_not_before = 0.0
                self._renew_ledger()
                return
            waker.wait(self._pause())

    def recover(self) -> None:
        """Puts in order what an earlier run left when it died. Only under the state's lock."""
        self._tried("outbox", self._outbox.demand_there)
        interrupted = registry.release_dead_claims()
        registry.doubt_unanswered()
        self._lying.tell(registry.refused_names())
        resumed = self._tried("resume", partial(resume, self._premises)) or 0
        if interrupted or resumed:
            log.info("resumed", claims=interrupted, drops=resumed)

    def tick(self) -> None:
        """One look at the inbox, and all the work that is there to be done."""
        registry.renew_connection()
        self._bring_to_an_end()
        self._take_in()
        self._deliver_all()
        self._renew_ledger()
        if self._tried("outbox", self._outbox.demand_there):
            self._tried("mail", self._send_mail)
        self._tried("remember", partial(remember_office, self._settings))
        registry.release_claims(self._owner)
        while not self._stopping and (claim := registry.claim_next(self._owner)):
            if not self._audit(claim):
                break
            self._deliver_all()
            self._take_in()
            self._renew_ledger()
            self._tried("remember", partial(remember_office, self._settings))

    def _pause(self) -> float:
        """Seconds until the next look: soon while something settles."""
        if self._settling.waiting:
            return max(0.05, min(self._settings.quiet_seconds, self._settings.rescan_seconds))
        return self._settings.rescan_seconds

    def _is_expecting(self) -> bool:
        """Whether a drop may still settle, or a submission waits to be audited."""
        drops = self._tried("scan", partial(find_drops, self._settings.inbox)) or ()
        unfinished = [drop for drop in drops if drop.name not in self._left_lying | self._lying.told]
        waiting = registry.is_anything_waiting()
        return bool(unfinished) or (waiting and "audit" not in self._troubles)

    def _bring_to_an_end(self) -> None:
        """A full disk may end taking in after the drop has left the inbox, where nobody would come upon it again."""
        if self._cut_short and self._tried("resume", partial(resume, self._premises)) is not None:
            self._cut_short = False

    def _take_in(self) -> None:
        drops = self._tried("scan", partial(find_drops, self._settings.inbox))
        if drops is None:
            return
        settled = self._settling.observe(drops, self._clock())
        tried = {
            drop.name: self._tried(f"take in {drop.fingerprint}", partial(self._receive, drop)) for drop in settled
        }
        self._cut_short = self._cut_short or None in tried.values()
        taken = {name for name, left in tried.items() if left}
        self._left_lying = frozenset(drop.name for drop in settled) - taken
        lying = [drop for drop in drops if drop.name not in taken]
        self._tried("tell of what lies", partial(self._tell_lying, lying))

    def _tell_lying(self, lying: list[Drop]) -> None:
        """Says of each drop that cannot be taken in, once, that it lies there; and no more when it is gone."""
        unfinished = find_unfinished(self._settings.inbox)
        for drop, code in self._lying.look(lying, unfinished, self._clock()):
            if drop.name not in {kept.name for kept in registry.open_drops()}:  # kept, and only not to be moved away
                self._refuse(drop, InputError(code))
        for name in self._lying.gone():
            registry.withdraw_refusals(name)

    def _receive(self, drop: Drop) -> bool:
        """Whether the drop has left the inbox."""
        try:
            registered = receive(drop, self._premises)
        except InputError as error:
            if error.code not in GONE_AGAIN:
                self._refuse(drop, error)
            return False
        self._ledger_is_stale = True
        log.info("received", submission=registered.submission_id, again=registered.again)
        return True

    def _refuse(self, drop: Drop, error: InputError) -> None:
        """The drop cannot be read where it lies. It stays there, is tried again, and is told of once."""
        self._lying.tell([drop.name])
        report = unreadable(drop.name, "", error.code)
        if registry.record_refusal(drop.name, drop.fingerprint, report):
            self._ledger_is_stale = True
            log.warning("refused", code=error.code, detail=error.detail)

    def _audit(self, claim: Claim) -> bool:
        """Audits one submission and records the report; an unexpected error is counted, and the office goes on.

        False if the machine is in trouble: then the work waits for the next look.
        """
        try:
            result = self._result(claim)
        except KeyboardInterrupt:
            registry.release(claim.submission_id)
            raise
        except Exception as error:  # whatever it is, it costs this file only
            if isinstance(error, OSError) and error.errno in DISK_ERRORS:
                self._note("audit", error)
                return False
            log.exception("audit_failed", submission=claim.submission_id)
            result = unreadable(claim.name, claim.sha256, "crashed")
            if registry.record_failure(claim.submission_id, type(error).__name__) < MOST_FAILURES:
                registry.release(claim.submission_id)
                return True
        self._troubles.pop("audit", None)
        if isinstance(result, AuditReport):
            self._record(claim, result)
        elif isinstance(result, Supplemented):
            self._record(claim, result.report, base=result.base)
        else:
            self._enter(claim, result)
        return True

    def _enter(self, claim: Claim, arrival: Arrival) -> None:
        entry = enter(claim.submission_id, arrival, self._settings)
        self._ledger_is_stale = True
        registered = sum(outcome.registered for outcome in entry.rows)
        log.info("entered", submission=claim.submission_id, rows=len(entry.rows), registered=registered)

    def _record(self, claim: Claim, report: AuditReport, *, base: int | None = None) -> None:
        record = registry.record_report(claim.submission_id, report, base=base)
        self._ledger_is_stale = True
        log.info(
            "audited",
            submission=claim.submission_id,
            case=registry.case_number(report),
            round=record.number,
            status=report.status,
            code=report.error.code if report.error else None,
            decision=report.subsidy.decision.value if report.subsidy else None,
            seconds=report.seconds,
        )

    def _result(self, claim: Claim) -> AuditReport | Supplemented | Arrival:
        if claim.interruptions >= MOST_INTERRUPTIONS:
            return unreadable(claim.name, claim.sha256, "crashed")
        original = self._settings.state / claim.original
        try:
            report = self._process(original, claim.name)
        except InputError as error:
            report = unreadable(claim.name, claim.sha256, error.code)
        if isinstance(report, Supplemented) and report.report.error is not None:
            raise AuditCrashedError
        if not isinstance(report, AuditReport):
            return report
        if report.error is not None and report.error.code == "crashed":
            raise AuditCrashedError
        if report.error is not None and report.error.code == "corrupt" and _broke_off(original):
            return unreadable(claim.name, claim.sha256, "incomplete")
        return report

    def _deliver_all(self) -> None:
        if not self._tried("outbox", self._outbox.demand_there):
            return
        for submission in self._tried("undelivered", registry.undelivered) or ():
            self._tried(f"deliver {submission}", partial(self._deliver_one, submission))

        for entry in self._tried("undelivered entries", registry.undelivered_entries) or ():
            self._tried(f"tell {entry.entry_id}", partial(self._deliver_entry, entry))

    def _deliver_entry(self, record: EntryRecord) -> None:
        folder = deliver_recorded_entry(record, self._settings.state / record.original, self._settings)
        registry.record_entry_delivered(record.entry_id, folder.relative_to(self._settings.outbox).as_posix())
        log.info("told", entry=record.entry_id)

    def _deliver_one(self, submission: int) -> None:
        record = registry.recorded_round(submission)
        folder = self._deliver(record, kept_or_lying(record, self._premises))
        registry.record_delivered(record.submission_id, folder.relative_to(self._settings.outbox).as_posix())
        self._ledger_is_stale = True
        log.info(
            "delivered", submission=record.submission_id, case=registry.case_number(record.report), round=record.number
        )

    def _renew_ledger(self) -> None:
        """Writes the ledger where anything has happened, or another day has come, which changes the days left.

        A ledger of a hundred thousand cases takes most of a minute: it is written so often that it takes a small share
        of the office's time, and a small one at once.
        """
        state = (self._tried("last event", registry.last_event), date.today())  # noqa: DTZ011 - the office's own day
        started = self._clock()
        if (not self._ledger_is_stale and state == self._ledger_up_to) or started < self._ledger_not_before:
            return
        written = self._tried("outbox", self._outbox.demand_there) and self._tried("ledger", self._write_ledger)
        self._ledger_not_before = started + LEDGER_SHARE * (self._clock() - started)
        self._ledger_is_stale = not written
        self._ledger_up_to = state if written else None

    def _tried(self, what: str, act: Callable[[], Result]) -> Result | None:
        """The result, or None where it failed; it will be tried again, and is logged once until it works."""
        try:
            result = act()
        except Exception as error:  # noqa: BLE001 - the office goes on, see `_note`
            self._note(what, error)
            return None
        if self._troubles.pop(what, None):
            log.info("recovered", what=what)
        return result

    def _note(self, what: str, error: Exception) -> None:
        """What is expected of disks and shares is one line; anything else leaves its traceback in the log."""
        trouble = f"{type(error).__name__} {error.errno}" if isinstance(error, OSError) else repr(error)
        if self._troubles.get(what) == trouble:
            return
        self._troubles[what] = trouble
        if isinstance(error, OSError):
            log.warning("postponed", what=what, error=type(error).__name__, errno=error.errno)
        else:
            log.error("postponed", what=what, exc_info=error)


def _broke_off(original: Path) -> bool:
    """Whether the copy or scan ended too early: then that is what the clerk should hear."""
    try:
        return original.is_file() and not looks_complete(original)
    except OSError:
        return False


def unreadable(name: str, sha256: str, code: str) -> AuditReport:
    """The report on a submission that cannot be used."""
    return AuditReport(
        source=Source(name=name, sha256=sha256, pages=0),
        status="unreadable",
        error=ReportError(code=code, message=INPUT_MESSAGES[code]),
    )
