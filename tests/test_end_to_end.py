"""The main job with nothing faked: page images as a scanner makes them, the real engine, the real standard.

These take a minute or two: they read every page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from pipeline.demo import make_case, truth_of, write_pdf
from pipeline.demo.truth import Truth
from pipeline.desk import run_desk
from pipeline.flow import Audited, Auditor
from pipeline.settings import Settings
from schemas.case import Kind, Origin, Stage
from schemas.report import Certainty, Decision, Effect, Problem

pytestmark = pytest.mark.slow

SORT = (Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED)


def _file(folder: Path, name: str, *defects: str) -> tuple[Path, Truth]:
    case = make_case(20, *SORT, "ronghai", defects)
    return write_pdf(case, "office", folder / f"{name}.pdf"), truth_of(case, "office")


@pytest.fixture(scope="module")
def auditor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Auditor]:
    with Auditor(Settings(state=tmp_path_factory.mktemp("state"))) as ready:
        yield ready


@pytest.fixture(scope="module")
def complete(auditor: Auditor, tmp_path_factory: pytest.TempPathFactory) -> tuple[Audited, Truth]:
    path, truth = _file(tmp_path_factory.mktemp("complete"), "齐全")
    return auditor.audit(path), truth


@pytest.fixture(scope="module")
def lacking(auditor: Auditor, tmp_path_factory: pytest.TempPathFactory) -> tuple[Audited, Path]:
    path, _ = _file(tmp_path_factory.mktemp("lacking"), "缺会见笔录", "missing:meeting_record")
    return auditor.audit(path), path


def test_a_complete_file_is_not_blocked(complete: tuple[Audited, Truth]) -> None:
    """Nothing is certainly wrong with a complete file, and at most one thing is asked about it."""
    report = complete[0].report
    blocking = [each for each in report.findings if each.effect is Effect.BLOCKS and each.state is Certainty.CERTAIN]
    assert not blocking
    assert report.subsidy is not None
    assert report.subsidy.decision is not Decision.BLOCKED
    assert len([each for each in report.findings if each.state is Certainty.UNCERTAIN]) <= 1


def test_pages_are_taken_for_what_they_are(complete: tuple[Audited, Truth]) -> None:
    """At office quality, every page of this file is sorted into the right paper."""
    report, truth = complete[0].report, complete[1]
    documents = report.documents
    wrong = [
        (page.number, page.type, documents[got.document].type if got.document is not None else None)
        for page, got in zip(truth.pages, report.pages, strict=True)
        if got.document is None or documents[got.document].type not in {page.type, *page.also}
    ]
    assert not wrong


def test_no_confident_wrong_case_field(complete: tuple[Audited, Truth]) -> None:
    """What the report states as found about the case is what the papers say."""
    report, truth = complete[0].report, complete[1]
    assert report.case is not None
    found = {name: field.value for name, field in report.case.fields.items() if field.state == "found"}
    assert {name: found[name] for name in found if name in truth.case.fields} == {
        name: value for name, value in truth.case.fields.items() if name in found
    }
    assert {"recipient_name", "lawyer_name", "firm_name", "cause"} <= set(found)


def test_a_missing_paper_is_found_and_blocks(lacking: tuple[Audited, Path]) -> None:
    """The one paper that was left out, and no other, is certainly missing."""
    report = lacking[0].report
    missing = [each for each in report.findings if each.problem is Problem.MISSING and each.state is Certainty.CERTAIN]
    assert [each.document_type for each in missing] == ["meeting_record"]
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.BLOCKED


def test_an_office_run_writes_what_the_clerk_needs(
    lacking: tuple[Audited, Path], auditor: Auditor, tmp_path: Path
) -> None:
    """A file dropped into the inbox becomes a folder with the notice and a line in the ledger; the inbox is empty.

    The pages were read by the audit before; an office that shares its cache does not read them again.
    """
    path = lacking[1]
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / path.name).write_bytes(path.read_bytes())
    settings = Settings(
        inbox=tmp_path / "inbox", outbox=tmp_path / "outbox", state=auditor.settings.state, quiet_seconds=0.2
    )
    started = time.monotonic()
    run_desk(settings, once=True)
    assert time.monotonic() - started < 60
    assert not list((tmp_path / "inbox").iterdir())
    notice = next((tmp_path / "outbox").glob("*/第1次审查/补正通知书*.docx"))
    table = docx.Document(str(notice)).tables[0]
    assert any("会见笔录" in cell.text for row in table.rows for cell in row.cells)
    ledger = openpyxl.load_workbook(tmp_path / "outbox" / "台账.xlsx")
    assert any("会见笔录" in str(cell.value) for row in ledger.worksheets[0].rows for cell in row)
