"""An office for tests: real disk, real registry, real outbox; a process that reads JSON instead of scans; no waiting."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pipeline import registry
from pipeline.delivering import deliver, deliver_unusable
from pipeline.desk.desk import Desk
from pipeline.desk.papers import write_the_ledger
from pipeline.desk.premises import prepare_folders
from pipeline.errors import InputError
from pipeline.intake import hash_path
from pipeline.registry import RoundRecord
from pipeline.settings import Settings
from schemas.draft import Draft, DraftKind
from schemas.report import AuditReport, Decision, ReportCase, ReportStandard, Source, Standing, Subsidy
from schemas.volume import FieldValue

QUIET = 5.0


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Office:
    """One office below a folder. `open` starts it as a new process would."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(
            inbox=root / "收件箱", outbox=root / "发件箱", state=root / "台账", quiet_seconds=QUIET, rescan_seconds=10.0
        )
        self.clock = Clock()
        self.audited: list[str] = []
        prepare_folders(self.settings)

    @property
    def inbox(self) -> Path:
        return self.settings.inbox

    @property
    def outbox(self) -> Path:
        return self.settings.outbox

    @property
    def state(self) -> Path:
        return self.settings.state

    def open(
        self,
        process: Callable[[Path, str], AuditReport] | None = None,
        deliver_one: Callable[[RoundRecord, Path], Path] | None = None,
    ) -> Desk:
        registry.open_registry(self.state)
        desk = Desk(
            self.settings,
            process=process or self.process,
            deliver=deliver_one or self.deliver,
            write_ledger=lambda: write_the_ledger(self.outbox),
            clock=self.clock,
        )
        desk.recover()
        return desk

    def settle(self, desk: Desk) -> None:
        """Lets the drops lie quiet long enough and looks again."""
        desk.tick()
        self.clock.seconds += QUIET
        desk.tick()

    def drop(self, name: str, **content: str) -> Path:
        path = self.inbox / name
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    def process(self, original: Path, name: str) -> AuditReport:
        self.audited.append(name)
        return read_json_report(original, name)

    def deliver(self, record: RoundRecord, original: Path) -> Path:
        if record.report.error is not None:
            return deliver_unusable(record.name, record.report.error.message, original, self.outbox)
        drafts = [Draft(kind=DraftKind.AUDIT_OPINION, file_name="审查意见书.docx", content=record.name.encode())]
        return deliver(record.report, drafts, self.outbox, record.number, case_folder=record.case_folder or None)


def read_json_report(original: Path, name: str) -> AuditReport:
    """An audit in no time: the paper says itself what is read from it, or what goes wrong with it."""
    paper = original if original.is_file() else min(path for path in original.rglob("*") if path.is_file())
    content = json.loads(paper.read_text(encoding="utf-8"))
    if "code" in content:
        raise InputError(content["code"])
    if "bug" in content:
        raise RuntimeError(content["bug"])
    fields = {key: FieldValue(value=value, state="found", page=1, score=1.0) for key, value in content.items()}
    return AuditReport(
        source=Source(name=name, sha256=hash_path(original), pages=1),
        status="audited",
        standard=ReportStandard(id="gd", version="1", standing=Standing.RECONSTRUCTED),
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=Decision.PAYABLE),
    )


def outbox_files(office: Office) -> list[str]:
    """Every file a clerk sees, below the outbox."""
    files = (path.relative_to(office.outbox) for path in office.outbox.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if not path.parts[0].startswith("."))
