"""Days of an office whose registry, outbox and originals are compared with those of a day that nothing disturbed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
from desk_office import Office, outbox_files, read_json_report
from faults_killing import all_files

from pipeline import registry
from pipeline.intake import sha256_of
from pipeline.registry.models import JournalEvent, Round

_MOMENT = re.compile(r"\d{8}-\d{6}")
"""In the name of a folder that tells when something was entered."""
CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}


def stock_arrivals(root: Path) -> None:
    """Two rounds of one case, one of them a folder; a copy of the first; a file that cannot be used."""
    office = Office(root)
    registry.open_registry(office.state)
    office.drop("1卷.json", **CASE)
    (office.inbox / "2补正").mkdir()
    office.drop("2补正/1.json", **CASE, cause="盗窃")
    office.drop("2补正/2.json", note="第二页")
    (office.inbox / "3卷 - 副本.json").write_bytes((office.inbox / "1卷.json").read_bytes())
    office.drop("4坏.json", code="encrypted")


def work_arrivals(root: Path) -> None:
    """Until nothing is left to do."""
    office = Office(root)
    desk = office.open(process=read_json_report)
    office.settle(desk)
    office.settle(desk)


def what_remains(root: Path) -> dict[str, object]:
    """All that must be the same whether or not the office was killed in between."""
    office = Office(root)
    registry.open_registry(office.state)
    try:
        return {
            "inbox": all_files(office.inbox),
            "outbox": [_MOMENT.sub("", name) for name in outbox_files(office)],
            "papers": [sha256_of(office.outbox / name) for name in outbox_files(office) if name.endswith(".docx")],
            "ledger": _ledger(office),
            "originals": all_files(office.state / "originals"),
            "taken": all_files(office.state / "taken"),
            "open drops": registry.open_drops(),
            "undelivered": [*registry.undelivered(), *registry.undelivered_entries()],
            "rounds": _rounds(),
            "journal": registry.verify_journal().whole,
            "told": told(),
        }
    finally:
        registry.close_registry()


def _rounds() -> list[tuple[object, ...]]:
    columns = ("case__key", "number", "revision", "base__number", "submission__name", "decision", "folder")
    return list(Round.objects.order_by("case__key", "number", "revision").values_list(*columns))


def _ledger(office: Office) -> list[tuple[str, ...]]:
    """The texts of the ledger; its times are those of the day."""
    workbook = openpyxl.load_workbook(office.outbox / "台账.xlsx")
    rows = (row for sheet in workbook for row in sheet.iter_rows(values_only=True))
    return [tuple(str(cell) for cell in row if not hasattr(cell, "year")) for row in rows]


def told() -> dict[str, int]:
    """How often the journal tells each thing; interruptions are what the faults add."""
    counts: dict[str, int] = {}
    for event in JournalEvent.objects.all():
        what = json.loads(event.content)["what"]
        counts[what] = counts.get(what, 0) + 1
    counts.pop("interrupted", None)
    return counts
