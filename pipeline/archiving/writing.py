"""The archive copy as a folder (归档副本): written beside, checked, forced to disk, renamed to its place. All of it or nothing.

00_封面.pdf  01_卷内目录.pdf  02_原始扫描/  03_卷宗（双层PDF_A）/  04_审查结果.json
05_补正通知书/  06_案件摘要/  07_备考表.pdf  manifest.json
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

import structlog
from pydantic import ValidationError

from pipeline.archiving.assembling import COVER, Bound, Sheets, write_sheets, write_volume
from pipeline.archiving.checking import NotArchivable
from pipeline.archiving.copying import copied_original, file_name, sha256_of
from pipeline.archiving.front import contents_sheets, cover_sheet, note_sheet
from pipeline.archiving.pages import Opener, Ready, Scanned, ready_pages
from pipeline.archiving.placing import forced, placed, stage_beside, written
from pipeline.errors import InputError, UsageError
from schemas.archive import ArchiveCopy, ArchivedFile, ArchivedPage, ArchivedVolume, Manifest, Treatment
from schemas.arrangement import ArrangedVolume, arranged
from schemas.base import State
from schemas.contents import contents_lines, span
from schemas.draft import Draft, DraftKind, Office
from schemas.report import AuditReport
from schemas.submission import Part, Submission
from schemas.supplement import supplement_front
from schemas.volume import Volume

log = structlog.get_logger(__name__)

ORIGINALS, VOLUMES, RESULT, MANIFEST = "02_原始扫描", "03_卷宗（双层PDF_A）", "04_审查结果.json", "manifest.json"
_DRAFT_FOLDERS = {
    DraftKind.DEFICIENCY_NOTICE: "05_补正通知书",
    DraftKind.CASE_SUMMARY: "06_案件摘要",
    DraftKind.TYPICAL_CASE: "06_案件摘要",
}
RECIPE = "1"
"""Changes with every change of what is written, so that a copy made otherwise is not taken for the same."""


@dataclass(frozen=True)
class HandedIn:
    """Papers handed in later (补正材料): their parts on disk, and the file or folder that they came as."""

    submission: Submission
    original: Path


@dataclass(frozen=True)
class Closed:
    """A closing file to be archived: its audit, its pages as read, its parts on disk, and what was handed in."""

    report: AuditReport
    volume: Volume
    submission: Submission
    original: Path
    """The file or folder that was handed in; it is read and never changed."""
    papers: tuple[Draft, ...] = ()
    """What the office wrote about it; the deficiency notice and the case summary go into the copy."""
    supplements: tuple[HandedIn, ...] = ()
    """In the order in which they were joined to it."""
    letters: Mapping[str, HandedIn] = field(default_factory=dict)
    """Letters that the office has issued on it (签发文书), by what stands before the names of their parts."""
    bound: AuditReport | None = None
    """The report with the letters at their places; None where there are none."""

    @property
    def arranged(self) -> AuditReport:
        """By which the volume is bound."""
        return self.bound or self.report

    @property
    def parts(self) -> dict[str, Part]:
        """By their names in the volume."""
        own = {part.name: part for part in self.submission.parts}
        later = {
            supplement_front(number) + part.name: part
            for number, handed in enumerate(self.supplements, start=1)
            for part in handed.submission.parts
        }
        issued = {front + part.name: part for front, letter in self.letters.items() for part in letter.submission.parts}
        return own | later | issued


@dataclass(frozen=True)
class Manner:
    """In whose name and when the copy is made, and how pages without a picture are opened."""

    office: Office
    day: date
    opener: Opener
    page_pixels: int


def write_archive(closed: Closed, folder: Path, manner: Manner) -> ArchiveCopy:
    """Writes the archive copy as `folder`. The same closing file and report, on the same day, give the same bytes.

    A copy that stands there already is checked and left as it is. Raises `UsageError` where it is another one, or was
    changed; `InputError` where the original cannot be read or has changed since the audit; OSError where the disk is full.
    A volume that does not pass the check of PDF/A is not written: the manifest's `problems` say so.
    """
    key = _key(closed, manner.office)
    if folder.exists():
        return _standing(folder, key)
    with stage_beside(folder) as stage:
        copy = stage / "copy"
        copy.mkdir()
        originals = _original(closed, copy)
        manifest = _manifest(closed, manner, key, copy, originals)
        written(copy / MANIFEST, manifest.model_dump_json(by_alias=True, indent=1).encode())
        forced(copy)
        if not placed(copy, folder):
            return _standing(folder, key)
    return ArchiveCopy(folder=folder, manifest=manifest, written=True)


def _key(closed: Closed, office: Office) -> str:
    """What the copy follows from. The seconds that the audit took are no part of it."""
    report = closed.arranged.model_copy(update={"seconds": 0.0}).model_dump_json(by_alias=True)
    readings = "".join(
        page.page.reading.model_copy(update={"seconds": 0.0}).model_dump_json() for page in closed.volume.pages
    )
    later = tuple(handed.original.name for handed in (*closed.supplements, *closed.letters.values()))
    made_from = (RECIPE, report, readings, office.name, closed.original.name, *later)
    return hashlib.sha256("\0".join(made_from).encode("utf-8", "replace")).hexdigest()


def _standing(folder: Path, key: str) -> ArchiveCopy:
    """The copy that stands there, if it is the same and whole."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise UsageError(
            f"“{folder}”已经存在，但不是完整的归档副本，未予改动。请另选输出文件夹，或者先将其移走。"
        ) from error
    if manifest.key != key:
        raise UsageError(
            f"“{folder}”已有一份不同的归档副本（{manifest.made_on:%Y.%m.%d}制作），未予覆盖。请核对后另选输出文件夹，或者先将其移走。"
        )
    spoilt = [entry.path for entry in manifest.files if not _intact(folder / entry.path, entry)]
    if spoilt:
        names = "、".join(spoilt[:5])
        raise UsageError(f"“{folder}”中的归档副本已被改动或者损坏（{names}），未予覆盖。请核对后将其移走，再重新制作。")
    return ArchiveCopy(folder=folder, manifest=manifest, written=False)


def _intact(path: Path, entry: ArchivedFile) -> bool:
    try:
        return path.stat().st_size == entry.size and sha256_of(path) == entry.sha256
    except OSError:
        return False


def _original(closed: Closed, copy: Path) -> tuple[ArchivedFile, ...]:
    """The original, what was handed in later and what was issued, copied; it must be what was audited."""
    own = closed.submission.model_copy(update={"sha256": closed.report.source.sha256})
    files = _copied(own, closed.original, copy, f"{ORIGINALS}/")
    for number, handed in enumerate(closed.supplements, start=1):
        files += _copied(handed.submission, handed.original, copy, f"{ORIGINALS}/{supplement_front(number)}")
    for front, letter in closed.letters.items():
        files += _copied(letter.submission, letter.original, copy, f"{ORIGINALS}/{front}")
    return files


def _copied(submission: Submission, original: Path, copy: Path, place: str) -> tuple[ArchivedFile, ...]:
    files = tuple(copied_original(original, copy / place))
    if not original.is_dir():
        if files[0].sha256 != submission.sha256:
            raise InputError("incomplete", "changed since it was audited")
    else:
        known = {entry.sha256 for entry in files}
        # A ZIP inside the folder holds parts that are no files of their own.
        loose = [part for part in submission.parts if (original / part.name).is_file()]
        if any(part.sha256 not in known for part in loose):
            raise InputError("incomplete", "changed since it was audited")
    return tuple(entry.model_copy(update={"path": f"{place}{entry.path}"}) for entry in files)


def _manifest(closed: Closed, manner: Manner, key: str, copy: Path, originals: tuple[ArchivedFile, ...]) -> Manifest:
    """Writes everything but the originals and the manifest, and says what was written."""
    report = closed.report.model_copy(update={"seconds": 0.0})
    written(copy / RESULT, report.model_dump_json(by_alias=True, indent=1).encode())
    for draft in closed.papers:
        if draft.kind in _DRAFT_FOLDERS:
            written(copy / _DRAFT_FOLDERS[draft.kind] / file_name(draft.file_name), draft.content)
    volumes, problems = _volumes(closed, manner, copy, copy.parent / "work")
    return Manifest(
        made_on=manner.day,
        program=f"juanzong {version('juanzong')}，pikepdf {version('pikepdf')}",
        key=key,
        source=closed.report.source,
        standard=f"{report.standard.id} {report.standard.version}" if report.standard is not None else "",
        case_number=_found(report, "case_number"),
        volumes=volumes,
        problems=problems,
        files=tuple(sorted((*originals, *_made(copy)), key=lambda entry: entry.path)),
    )


def _made(copy: Path) -> Iterator[ArchivedFile]:
    """Every file of the copy but the originals."""
    for path in sorted(copy.rglob("*")):
        relative = path.relative_to(copy).as_posix()
        if path.is_file() and not relative.startswith(f"{ORIGINALS}/"):
            yield ArchivedFile(path=relative, size=path.stat().st_size, sha256=sha256_of(path))


def _volumes(
    closed: Closed, manner: Manner, copy: Path, work: Path
) -> tuple[tuple[ArchivedVolume, ...], tuple[str, ...]]:
    """The volumes that passed the check, and a sentence for each that did not."""
    work.mkdir()
    (copy / VOLUMES).mkdir()
    pages = [entry.page for entry in closed.volume.pages]
    supply = _Supply(Scanned(pages, closed.parts, manner.opener, manner.page_pixels), work)
    passed, problems = [], []
    volumes = arranged(closed.arranged)
    for volume in volumes:
        suffix = f"_{file_name(volume.title)}" if len(volumes) > 1 else ""
        case = file_name(_found(closed.report, "case_number") or Path(closed.report.source.name).stem)
        file = f"{VOLUMES}/{case}{suffix}.pdf"
        try:
            archived = _written_volume(closed, manner, volume, supply, copy / file)
        except NotArchivable as error:
            problems.append(_problem(volume.title or "卷宗", error))
        else:
            passed.append(ArchivedVolume(title=volume.title, file=file, numbered=volume.numbered, pages=archived))
        problems += _sheets_apart(_bound(closed, manner, volume, supply.ready), copy, suffix, manner.day)
    return tuple(passed), tuple(problems)


class _Supply:
    """The pages made ready. They are looked at one by one only where a volume did not pass: nearly all scans do."""

    def __init__(self, scanned: Scanned, work: Path) -> None:
        self._scanned = scanned
        self._work = work
        self.checked = False
        self.ready = ready_pages(scanned, work / "pages", checked=False)

    def look_closely(self) -> None:
        self.checked = True
        self.ready = ready_pages(self._scanned, self._work / "checked", checked=True)


def _written_volume(
    closed: Closed, manner: Manner, volume: ArrangedVolume, supply: _Supply, path: Path
) -> tuple[ArchivedPage, ...]:
    """Writes the volume; where it does not pass, once more with each page looked at. Raises `NotArchivable`."""
    try:
        return write_volume(_bound(closed, manner, volume, supply.ready), path, manner.day)
    except NotArchivable:
        if supply.checked:
            raise
    supply.look_closely()
    return write_volume(_bound(closed, manner, volume, supply.ready), path, manner.day)


def _problem(title: str, error: NotArchivable) -> str:
    log.error("not archivable", volume=title, findings=str(error))
    why = "未通过 PDF/A-2b 校验" if error.checked else "含有无法校验的内容，不能确认符合 PDF/A-2b"
    return f"“{title}”{why}，未予生成。原始扫描件和其他文件不受影响，请联系管理员。"


def _bound(closed: Closed, manner: Manner, volume: ArrangedVolume, ready: dict[int, Ready]) -> Bound:
    report, office = closed.arranged, manner.office.name
    lines = contents_lines(report, volume, office)
    title = f"{_found(report, 'recipient_name')}法律援助案件卷宗{f'（{volume.title}）' if volume.title else ''}"
    return Bound(
        title=" ".join(part for part in (_found(report, "case_number"), title) if part),
        author=office,
        volume=volume,
        sheets=Sheets(
            cover=cover_sheet(report, volume, office),
            contents=contents_sheets(lines, volume),
            note=note_sheet(volume, _remarks(report, volume, ready)),
        ),
        pages={entry.page.number: entry.page for entry in closed.volume.pages},
        ready=ready,
    )


def _sheets_apart(bound: Bound, copy: Path, suffix: str, day: date) -> list[str]:
    problems = []
    for name, title, sheets in (
        ("00_封面", COVER, [bound.sheets.cover]),
        ("01_卷内目录", "卷内目录", bound.sheets.contents),
        ("07_备考表", "卷内备考表", [bound.sheets.note]),
    ):
        try:
            write_sheets(f"{bound.title} {title}", bound.author, sheets, copy / f"{name}{suffix}.pdf", day)
        except NotArchivable as error:
            problems.append(_problem(title, error))
    return problems


def _remarks(report: AuditReport, volume: ArrangedVolume, ready: dict[int, Ready]) -> list[str]:
    """What whoever opens the volume has to know of its pages."""
    remarks = []
    scan = [page.scan_page for page in volume.pages]
    blank = {page.number for page in report.pages if page.kind == "blank"}
    empty = len(blank.intersection(scan))
    by_treatment = {
        treatment: [
            page.number for page in volume.pages if page.number and ready[page.scan_page].treatment is treatment
        ]
        for treatment in (Treatment.ABSENT, Treatment.TYPESET)
    }
    if scan != sorted(scan) and report.standard is not None:
        remarks.append(
            f"卷内文件次序按“{report.standard.title or report.standard.id}”排列，与原扫描件不同；原次序见 manifest.json。"
        )
    if empty:
        remarks.append(f"另有空白页{empty}页，未编页号。")
    if by_treatment[Treatment.ABSENT]:
        remarks.append(f"第{span(by_treatment[Treatment.ABSENT])}页的扫描件无法打开，以说明页代替，应当重新扫描。")
    if by_treatment[Treatment.TYPESET]:
        remarks.append(f"第{span(by_treatment[Treatment.TYPESET])}页依据电子文档的文字排印，版式以原件为准。")
    unread = [page.number for page in volume.pages if page.number and _unread(report, page.scan_page)]
    unread = sorted(set(unread) - set(by_treatment[Treatment.ABSENT]))
    if unread:
        remarks.append(f"第{span(unread)}页未能识读，不能检索。")
    return remarks


def _unread(report: AuditReport, scan_page: int) -> bool:
    return any(page.number == scan_page and page.kind == "unreadable" for page in report.pages)


def _found(report: AuditReport, name: str) -> str:
    value = report.case.fields.get(name) if report.case is not None else None
    return value.value if value is not None and value.state is State.FOUND and value.value else ""
