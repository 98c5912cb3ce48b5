"""Which letters go into the archive copy, and where in the volume they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_mail import FOLDER, NUMBER, mailing_settings, stock_mail

from pipeline import registry
from pipeline.auditing import load_standard
from pipeline.delivering.receipts import note_own_copy
from pipeline.desk.filing import NOTICE, ReadLetter, SealedLetter, filed, sealed_letters
from pipeline.settings import Settings
from schemas.arrangement import arranged
from schemas.base import State
from schemas.contents import contents_lines
from schemas.draft import DraftKind
from schemas.issuing import IssuedPaper
from schemas.life import Act
from schemas.reading import PageKind, PageReading, TextSource
from schemas.report import (
    AuditReport,
    ChecklistResult,
    DirectoryLine,
    ItemState,
    ReportDocument,
    ReportPage,
    Source,
)
from schemas.volume import CataloguedPage, Page, Volume

FIRST = "虚法援正字〔2024〕1号"
OFFICE = "虚江市法律援助处"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Settings]:
    settings = mailing_settings(tmp_path)
    stock_mail(settings)
    (settings.outbox / FOLDER / "补正通知书.pdf").unlink()
    yield settings
    registry.close_registry()


def issued(settings: Settings, number: str, *kinds: DraftKind) -> Path:
    """Letters that were issued together, the first under that number; their folder."""
    papers = tuple(IssuedPaper(kind=kind, number=number if kind is kinds[0] else "") for kind in kinds)
    registry.record_act(NUMBER, Act.ISSUE_NOTICE, by="周某", papers=papers)
    folder = settings.outbox / FOLDER / f"签发文书 {number}"
    folder.mkdir()
    return folder


def test_each_letter_is_found_as_it_was_sealed_and_what_came_back_stands_behind_it(office: Settings) -> None:
    """In the folder of what was issued, or in that of the round; drafts and the program's own copies are none."""
    folder = issued(office, FIRST, DraftKind.DEFICIENCY_NOTICE, DraftKind.SUBSIDY_SUSPENSION)
    (folder / "补正通知书.docx").write_bytes(b"to be sealed")
    (folder / "补正通知书.pdf").write_bytes(b"own")
    note_own_copy(b"own", folder, office.outbox)
    (folder / "补正通知书（盖章）.pdf").write_bytes(b"sealed")
    (folder.parent / "暂缓发放补贴告知书.ofd").write_bytes(b"sealed")
    (folder / "送达回证.pdf").write_bytes(b"signed")
    letters, lacking = sealed_letters(NUMBER, office)
    assert [(letter.scan.name, letter.title, letter.type, letter.number) for letter in letters] == [
        ("补正通知书（盖章）.pdf", "补正通知书", NOTICE, FIRST),
        ("暂缓发放补贴告知书.ofd", "暂缓发放补贴告知书", None, ""),
        ("送达回证.pdf", "送达回证", None, ""),
    ]
    assert lacking == ()


def test_a_letter_that_lies_nowhere_sealed_is_told_and_one_that_was_taken_back_is_not(office: Settings) -> None:
    """With the folder into which its scan belongs."""
    issued(office, FIRST, DraftKind.DEFICIENCY_NOTICE)
    registry.record_act(NUMBER, Act.UNDO, by="周某", why="误发")
    again = issued(office, "虚法援正字〔2024〕2号", DraftKind.DEFICIENCY_NOTICE)
    letters, lacking = sealed_letters(NUMBER, office)
    assert letters == ()
    (sentence,) = lacking
    assert "补正通知书（虚法援正字〔2024〕2号）已经签发，没有找到盖章件" in sentence
    assert str(again) in sentence


def page(number: int) -> Page:
    reading = PageReading(sha256="0" * 64, engine="none", kind=PageKind.CONTENT, text_source=TextSource.OCR)
    return Page(number=number, part="卷宗.pdf", part_page=number, reading=reading)


def file_of(
    *types: str, directory: tuple[DirectoryLine, ...] = (), rows: tuple[str, ...] = ()
) -> tuple[AuditReport, Volume]:
    """A closing file of one page a paper."""
    pages = [page(number) for number in range(1, len(types) + 1)]
    report = AuditReport(
        source=Source(name="卷宗.pdf", sha256="f" * 64, pages=len(types)),
        status="audited",
        pages=tuple(
            ReportPage(number=number, document=number - 1, kind="content", rotation=0, text_source="ocr")
            for number in range(1, len(types) + 1)
        ),
        documents=tuple(
            ReportDocument(type=type_, title=type_, first_page=number, last_page=number, state=State.FOUND, score=1.0)
            for number, type_ in enumerate(types, start=1)
        ),
        checklist=tuple(
            ChecklistResult(
                item=row,
                title=row,
                need="应当有",
                state=ItemState.COMPLETE,
                documents=tuple(index for index, type_ in enumerate(types) if type_ == row),
            )
            for row in rows
        ),
        directory=directory,
    )
    return report, Volume(pages=tuple(CataloguedPage(page=each) for each in pages), documents=())


LETTERS = [
    ReadLetter(SealedLetter(Path("通知.pdf"), "补正通知书", NOTICE, FIRST, date(2024, 5, 6)), (page(1), page(2)), "签发文书1/"),
    ReadLetter(SealedLetter(Path("回证.pdf"), "送达回证", None), (page(1),), "签发文书2/"),
]  # fmt: skip


def test_letters_stand_where_the_standard_has_the_notice() -> None:
    """Between what comes before and after it; their numbers and days are those of the record; the audit stays as it was."""
    rows = ("assignment_notice", "closing_report", NOTICE, "quality_assessment")
    report, volume = file_of("quality_assessment", "closing_report", "assignment_notice", rows=rows)
    bound, whole = filed(report, volume, LETTERS, load_standard("gd", None))
    (arranged_volume,) = arranged(bound)
    assert [paper.title for paper in arranged_volume.papers] == [
        "assignment_notice", "closing_report", "补正通知书", "送达回证", "quality_assessment",
    ]  # fmt: skip
    lines = {line.title: line for line in contents_lines(bound, arranged_volume, OFFICE)}
    assert (lines["补正通知书"].reference, lines["补正通知书"].date) == (FIRST, "20240506")
    assert (lines["补正通知书"].author, lines["补正通知书"].pages) == (OFFICE, "3-4")
    assert [(entry.page.number, entry.page.part) for entry in whole.pages[3:]] == [
        (4, "签发文书1/卷宗.pdf"), (5, "签发文书1/卷宗.pdf"), (6, "签发文书2/卷宗.pdf"),
    ]  # fmt: skip
    assert (bound.findings, bound.subsidy, bound.source) == (report.findings, report.subsidy, report.source)


@pytest.mark.parametrize("identity", ["hn", "zj"])
def test_letters_stand_in_the_line_of_a_prescribed_directory(identity: str) -> None:
    """The line that the standard's own directory has for the notice, counted without covers and notes."""
    standard = load_standard(identity, None)
    titles = {volume.id: volume.title for volume in standard.volumes}
    slots = [slot for slot in standard.slots if not slot.unlisted]
    lines = tuple(
        DirectoryLine(number=slot.number, title=slot.title, volume=titles.get(slot.volume, "")) for slot in slots
    )
    report, volume = file_of("assignment_notice", directory=lines)
    bound, _ = filed(report, volume, LETTERS, standard)
    (line,) = [each for each in bound.directory if each.documents]
    assert "审查" in line.title or "质量管理" in line.title
    assert line.documents == (1, 2)


def test_a_letter_for_which_a_standard_has_no_place_closes_the_volume() -> None:
    """Behind the scanned note as well, which came with the closing file: never in front of all papers."""
    report, volume = file_of("closing_report", "volume_note", rows=("closing_report",))
    bound, _ = filed(report, volume, LETTERS, load_standard("gd", None))
    (arranged_volume,) = arranged(bound)
    assert [paper.title for paper in arranged_volume.papers] == [
        "closing_report",
        "补正通知书",
        "送达回证",
        "volume_note",
    ]
