"""`juanzong run`: one office, from its start to Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Self, TextIO

import structlog

from pipeline import registry
from pipeline.desk.deadlines import office_standard
from pipeline.desk.desk import Desk, nothing_to_send
from pipeline.desk.entering import Arrival, application_in, read_sheet
from pipeline.desk.mailing import send_due
from pipeline.desk.neighbours import keep_outline, neighbours_of
from pipeline.desk.papers import deliver_round, write_the_ledger
from pipeline.desk.premises import office_lock, prepare_folders
from pipeline.desk.registered import registered_facts
from pipeline.desk.supplements import supplemented_round
from pipeline.desk.waking import Waker
from pipeline.registry import BaseRound, Supplemented
from pipeline.settings import Settings
from schemas.confirmation import Confirmation
from schemas.consulted import Consulted
from schemas.report import AuditReport
from schemas.volume import Volume

if TYPE_CHECKING:
    from pipeline.flow import Auditor

LOG_NAME = "juanzong.log"
LOG_BYTES = 10 << 20

COMPARED = ("advocacy_statement", "handling_summary", "meeting_record", "interview_record")
"""Papers that a lawyer writes himself, case by case."""

log = structlog.get_logger(__name__)


class Auditing:
    """Audits with one set of workers, and takes new ones after an unexpected error, whose traces may be in the old."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._auditor = office_auditor(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._auditor.__exit__(None, None, None)

    def __call__(self, original: Path, name: str) -> AuditReport | Supplemented | Arrival:
        today = date.today()  # noqa: DTZ011 - the office's own day
        sheet = read_sheet(original, today)
        if sheet is not None:
            return sheet
        audited = self._auditor.audit(original, name=name)
        report = audited.report
        application = None if audited.volume is None else application_in(audited.volume, report, today)
        if application is not None:
            return application
        if report.error is not None and report.error.code == "crashed":
            self._auditor.__exit__(None, None, None)
            self._auditor = office_auditor(self._settings)
        number = registry.case_number(report)
        if audited.volume is not None and number:
            _keep(audited.volume, number)
            keep_outline(report, audited.volume)
        base = None if audited.volume is None else supplemented_round(report, audited.volume)
        return report if base is None else self._together(base, original)

    def _together(self, base: BaseRound, original: Path) -> Supplemented:
        """The closing file of an earlier round with what came later. Its pages have been read: only the new ones cost."""
        state = self._settings.state
        behind = (*(state / supplement for supplement in base.supplements), original)
        audited = self._auditor.audit(state / base.original, name=base.name, supplements=behind)
        return Supplemented(report=audited.report, base=base.round_id)


def _keep(volume: Volume, number: str) -> None:
    """Keeps what later closing files are compared with. The case number stands for the case."""
    from pipeline.auditing import sketches_of  # noqa: PLC0415 - loaded by the first audit

    registry.keep_sketches(sketches_of(volume, number, COMPARED))


def consulted(report: AuditReport) -> Consulted:
    """What the office knows of the case that a first look has found."""
    return Consulted(
        known=registered_facts(report), decisions=registry.decisions_about(report), neighbours=neighbours_of(report)
    )


class Confirmed:
    """What the office has confirmed, looked up before each audit: of a million events, only those that are new."""

    def __init__(self) -> None:
        self._acts: tuple[Confirmation, ...] = ()
        self._up_to = 0

    def __call__(self) -> tuple[Confirmation, ...]:
        up_to = registry.last_event()
        self._acts += registry.confirmations(after=self._up_to)
        self._up_to = up_to  # what was told meanwhile comes once more, which changes nothing
        return self._acts


def office_auditor(settings: Settings) -> Auditor:
    """An auditor that knows what the office has registered, confirmed and decided; its registry is open."""
    from pipeline.flow import Auditor, Memory  # noqa: PLC0415 - takes seconds, and the desk is also imported for less

    memory = Memory(confirmations=Confirmed(), archive=registry.known_sketches, consult=consulted)
    return Auditor(settings, memory=memory)


def run_desk(settings: Settings, *, once: bool = False) -> None:
    """Runs the office until Ctrl-C or SIGTERM; with `once`, until what lies in the inbox has been dealt with.

    Raises UsageError if the folders are not usable or another office works in them.
    """
    prepare_folders(settings)
    try:
        with (
            office_lock(settings),
            _logging_to(settings.state / LOG_NAME),
            _ended_by_signal(),
        ):
            _work(settings, once=once)
    except KeyboardInterrupt:
        sys.stderr.write("已停止。未处理完的卷宗将在下次启动后继续。\n")


def _work(settings: Settings, *, once: bool) -> None:
    with Auditing(settings) as auditing, Waker(settings.inbox, settings.watching) as waker:
        registry.open_registry(settings.state)
        desk = Desk(
            settings,
            process=auditing,
            deliver=partial(deliver_round, settings=settings),
            write_ledger=lambda: write_the_ledger(settings.outbox, office_standard(settings)),
            send_mail=partial(send_due, settings) if settings.mail.enabled else nothing_to_send,
        )
        try:
            with registry.sole_office(settings.state):
                does, ends = ("正在处理", "处理完即结束") if once else ("正在看守", "按 Ctrl+C 结束")
                sys.stderr.write(f"{does}收件箱：{settings.inbox.resolve()}（{ends}）\n")
                log.info("opened")
                desk.run(waker, once=once)
                sys.stderr.write(f"处理完毕，结果见：{settings.outbox.resolve()}\n" if once else "")
        finally:
            registry.close_registry()
            log.info("closed")


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """SIGTERM ends the office as Ctrl-C does. Only the main thread may set that up.

    SIGINT is set as well: started in the background of a shell, a program inherits that it is ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """One JSON line an outcome, in the state folder; tracebacks stand there and nowhere else."""
    before = structlog.get_config()
    with _log_file(path) as file:
        structlog.configure(
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=False),
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            logger_factory=structlog.WriteLoggerFactory(file=file),
            cache_logger_on_first_use=False,
        )
        try:
            yield
        finally:
            structlog.configure(**before)


def _log_file(path: Path) -> TextIO:
    """The log, begun anew when it has grown too long; the one before it is kept."""
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("a", encoding="utf-8")
