"""The archive copy as a folder: the original untouched, hashes that hold, all of it or nothing, the same every time."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pikepdf.pdfa
import pytest
from archiving_files import (
    Paper,
    add_page,
    closed_file,
    found,
    image_stream,
    manner,
    part_of,
    picture,
    reading,
    scan_pdf,
)
from pikepdf import Pdf

from pipeline.archiving import Closed, assembling, checking, copying, write_archive, writing
from pipeline.archiving.copying import file_name
from pipeline.errors import InputError, UsageError
from schemas.archive import Manifest
from schemas.draft import Draft, DraftKind

DRAFTS = (
    Draft(kind=DraftKind.DEFICIENCY_NOTICE, file_name="补正通知书.docx", content=b"notice"),
    Draft(kind=DraftKind.CASE_SUMMARY, file_name="案件摘要.docx", content=b"summary"),
    Draft(kind=DraftKind.CONTENTS_LIST, file_name="卷内目录.docx", content=b"list"),
)


def closed(tmp_path: Path, words: str = "第一页", pages: int = 2) -> Closed:
    source = tmp_path / "扫描件.pdf"
    if not source.exists():
        scan_pdf(source, pages)
    part = part_of(source, pages=pages)
    read = [(part.name, number, reading([(words, (0.2, 0.3, 0.6, 0.33))])) for number in range(1, pages + 1)]
    papers = [Paper("other", "照片", 1, pages)]
    fields = {"case_number": found("虚法援刑字〔2026〕1号")}
    return closed_file(source, [part], read, papers, drafts=DRAFTS, fields=fields)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_has_its_parts(tmp_path: Path) -> None:
    """Names and folders are those of the suggested folder of one audited file."""
    copy = write_archive(closed(tmp_path), tmp_path / "归档", manner())
    assert sorted(files_of(copy.folder)) == [
        "00_封面.pdf",
        "01_卷内目录.pdf",
        "02_原始扫描/扫描件.pdf",
        "03_卷宗（双层PDF_A）/虚法援刑字〔2026〕1号.pdf",
        "04_审查结果.json",
        "05_补正通知书/补正通知书.docx",
        "06_案件摘要/案件摘要.docx",
        "07_备考表.pdf",
        "manifest.json",
    ]
    for file in copy.folder.rglob("*.pdf"):
        if "原始扫描" not in str(file):
            assert pikepdf.pdfa.validate_written(file, "2b").verdict == "pass"


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path) -> None:
    """Every file but the manifest itself, with size and SHA-256; the audit's result is among them."""
    copy = write_archive(closed(tmp_path), tmp_path / "归档", manner())
    manifest = Manifest.model_validate_json((copy.folder / "manifest.json").read_bytes())
    assert manifest == copy.manifest
    contents = files_of(copy.folder)
    del contents["manifest.json"]
    assert {entry.path: (entry.size, entry.sha256) for entry in manifest.files} == {
        path: (len(content), hashlib.sha256(content).hexdigest()) for path, content in contents.items()
    }
    assert json.loads(contents["04_审查结果.json"])["schema"] == "juanzong.audit/1"


def test_the_original_is_a_copy_of_its_own(tmp_path: Path) -> None:
    """Byte for byte the same, another file on disk, and what was handed in is not touched."""
    file = closed(tmp_path)
    before = (file.original.read_bytes(), file.original.stat().st_mtime_ns)
    copy = write_archive(file, tmp_path / "归档", manner())
    kept = copy.folder / "02_原始扫描" / "扫描件.pdf"
    assert kept.read_bytes() == before[0]
    assert not kept.samefile(file.original)
    assert kept.stat().st_nlink == 1
    assert (file.original.read_bytes(), file.original.stat().st_mtime_ns) == before


def test_a_folder_is_kept_with_all_that_is_in_it(tmp_path: Path) -> None:
    """Sub-folders and files that are no papers, too; names that Windows forbids are changed and told."""
    home = tmp_path / "卷宗"
    (home / "正卷").mkdir(parents=True)
    scan_pdf(home / "正卷" / "01.pdf")
    (home / "正卷" / "a:b?.txt").write_text("x")
    (home / "readme.TXT").write_text("1")
    (home / "README.txt").write_text("2")
    part = part_of(home / "正卷" / "01.pdf", name="正卷/01.pdf")
    file = closed_file(home, [part], [(part.name, 1, reading())], [Paper("other", "照片", 1, 1)])
    copy = write_archive(file, tmp_path / "归档", manner())
    kept = {entry.path: entry.name for entry in copy.manifest.files if entry.path.startswith("02_")}
    assert kept["02_原始扫描/卷宗/正卷/01.pdf"] is None
    assert kept["02_原始扫描/卷宗/正卷/a：b？.txt"] == "正卷/a:b?.txt"
    assert len({path.casefold() for path in kept}) == 4
    assert sorted(path.read_text() for path in copy.folder.glob("02_原始扫描/卷宗/*.?[xX]?")) == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CON.pdf", "_CON.pdf"),
        ('a<b>"c|d\\e.pdf', "a＜b＞＂c｜d＼e.pdf"),
        ("末尾的点. . ", "末尾的点"),
        ("\u202egnp.exe", "gnp.exe"),
        ("", "未命名"),
        ("长" * 300 + ".pdf", "长" * 66 + ".pdf"),
        ("〔2024〕第1号.pdf", "〔2024〕第1号.pdf"),
    ],
)
def test_names_are_such_as_windows_takes(name: str, expected: str) -> None:
    """Forbidden characters become full-width, reserved names are marked, endings stay, lengths are bounded."""
    assert file_name(name) == expected


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    """Twice the same closing file, report and day: every file the same, bit by bit."""
    file = closed(tmp_path)
    first = write_archive(file, tmp_path / "一" / "归档", manner())
    second = write_archive(file, tmp_path / "二" / "归档", manner())
    assert files_of(first.folder) == files_of(second.folder)


def test_the_seconds_of_the_audit_do_not_make_another_copy(tmp_path: Path) -> None:
    """A second audit that took longer gives the same copy, also on another day."""
    file = closed(tmp_path)
    first = write_archive(file, tmp_path / "归档", manner())
    before = files_of(first.folder)
    slower = Closed(
        file.report.model_copy(update={"seconds": 9.0}), file.volume, file.submission, file.original, DRAFTS
    )
    again = write_archive(slower, tmp_path / "归档", manner(day=date(2026, 3, 5) + timedelta(days=30)))
    assert (first.written, again.written) == (True, False)
    assert again.manifest == first.manifest
    assert files_of(first.folder) == before


def test_a_different_copy_is_never_overwritten(tmp_path: Path) -> None:
    """Another reading of the pages is another copy: the one that stands stays, and a Chinese sentence says so."""
    copy = write_archive(closed(tmp_path), tmp_path / "归档", manner())
    before = files_of(copy.folder)
    with pytest.raises(UsageError, match="不同的归档副本"):
        write_archive(closed(tmp_path, "另外的文字"), tmp_path / "归档", manner())
    assert files_of(copy.folder) == before


@pytest.mark.parametrize("harm", ["changed", "removed"])
def test_a_copy_that_was_tampered_with_is_told(tmp_path: Path, harm: str) -> None:
    """Writing the same copy again compares every hash with the manifest."""
    copy = write_archive(closed(tmp_path), tmp_path / "归档", manner())
    victim = copy.folder / "00_封面.pdf"
    if harm == "removed":
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    with pytest.raises(UsageError, match=r"00_封面\.pdf"):
        write_archive(closed(tmp_path), tmp_path / "归档", manner())


def test_a_folder_of_someone_elses_is_left_alone(tmp_path: Path) -> None:
    """A folder without a manifest is no archive copy, and nothing in it is touched."""
    home = tmp_path / "归档"
    home.mkdir()
    (home / "笔记.txt").write_text("我的")
    with pytest.raises(UsageError, match="不是完整的归档副本"):
        write_archive(closed(tmp_path), home, manner())
    assert files_of(home) == {"笔记.txt": "我的".encode()}


STEPS = {
    "copying the original": (writing, "copied_original"),
    "making the pages ready": (writing, "ready_pages"),
    "writing a volume": (writing, "write_volume"),
    "writing the sheets": (writing, "write_sheets"),
    "forcing to disk": (writing, "forced"),
    "giving it its name": (writing, "placed"),
}


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_between_steps_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whatever step it dies in, there is no archive copy; the next run writes the whole of it."""
    module, name = STEPS[step]
    file = closed(tmp_path)

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        with pytest.raises(Killed):
            write_archive(file, tmp_path / "出" / "归档", manner())
    assert list((tmp_path / "出").iterdir()) == []
    assert write_archive(file, tmp_path / "出" / "归档", manner()).written


def test_what_a_killed_process_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    """A stage of yesterday goes; one of this hour may be another process's work."""
    out = tmp_path / "出"
    for name in ("old", "young"):
        (out / f".juanzong-archive-{name}").mkdir(parents=True)
    os.utime(out / ".juanzong-archive-old", (0, 0))
    write_archive(closed(tmp_path), out / "归档", manner())
    assert sorted(path.name for path in out.iterdir()) == [".juanzong-archive-young", "归档"]


FULL = {
    "the original": (copying.os, "fsync"),
    "the pages": (pikepdf.Pdf, "save"),
    "the volume": (assembling, "save_checked"),
}


@pytest.mark.parametrize("place", FULL)
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """The error is the disk's; nothing stands in the output folder, and the original is whole."""
    module, name = FULL[place]
    file = closed(tmp_path)
    before = file.original.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, name, full)
    with pytest.raises(OSError, match="No space"):
        write_archive(file, tmp_path / "出" / "归档", manner())
    assert list((tmp_path / "出").iterdir()) == []
    assert file.original.read_bytes() == before


def test_two_processes_write_one_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another was faster with the same copy, its copy is taken."""
    file = closed(tmp_path)
    place = writing.placed

    def slower(copy: Path, folder: Path) -> bool:
        monkeypatch.setattr(writing, "placed", place)
        assert write_archive(file, folder, manner()).written
        return place(copy, folder)

    monkeypatch.setattr(writing, "placed", slower)
    late = write_archive(file, tmp_path / "归档", manner())
    assert not late.written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["归档", "扫描件.pdf"]


@pytest.mark.parametrize("when", ["since the audit", "meanwhile"])
def test_an_original_that_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """The copy must hold what was audited."""
    file = closed(tmp_path)
    if when == "since the audit":
        file.original.write_bytes(file.original.read_bytes() + b"\n")
    else:
        sizes = iter((1, 2))
        growing = SimpleNamespace(fstat=lambda _: SimpleNamespace(st_size=next(sizes), st_mtime_ns=0), fsync=os.fsync)
        monkeypatch.setattr(copying, "os", growing)
    with pytest.raises(InputError) as caught:
        write_archive(file, tmp_path / "归档", manner())
    assert caught.value.code == "incomplete"
    assert not (tmp_path / "归档").exists()


class _Report:
    """What the check of PDF/A would say."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict

    def summary(self, _limit: int = 20) -> str:
        return f"PDF/A-2b: {self.verdict}"


@pytest.mark.parametrize(("verdict", "words"), [("fail", "未通过"), ("not_checked", "无法校验")])
def test_what_does_not_pass_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verdict: str, words: str
) -> None:
    """A volume that fails the check, or holds what it cannot check, is no file; everything else is written and a sentence says so."""
    save = checking.pikepdf.pdfa.save

    def refuse(pdf: Pdf, path: Path, *rest: object, **options: object) -> object:
        if "03_卷宗" in str(path):
            raise pikepdf.pdfa.PdfaError(_Report(verdict))  # type: ignore[arg-type]
        return save(pdf, path, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(checking.pikepdf.pdfa, "save", refuse)
    copy = write_archive(closed(tmp_path), tmp_path / "归档", manner())
    assert copy.manifest.volumes == ()
    assert len(copy.manifest.problems) == 1
    assert words in copy.manifest.problems[0]
    assert sorted(path for path in files_of(copy.folder) if path.startswith(("00", "02", "03", "04"))) == [
        "00_封面.pdf",
        "02_原始扫描/扫描件.pdf",
        "04_审查结果.json",
    ]


def test_a_page_that_breaks_the_rule_does_not_take_the_volume_with_it(tmp_path: Path) -> None:
    """One page in a colour space that PDF/A refuses is converted alone; the pages beside it keep their data."""
    source = tmp_path / "扫描.pdf"
    with Pdf.new() as pdf:
        for mode in ("RGB", "CMYK", "RGB"):
            add_page(pdf, "q 595.3 0 0 841.9 0 0 cm /A Do Q", {"A": image_stream(pdf, picture(mode=mode))})
        pdf.save(source)
    part = part_of(source, pages=3)
    file = closed_file(source, [part], [(part.name, number, reading()) for number in (1, 2, 3)])
    copy = write_archive(file, tmp_path / "归档", manner())
    assert [page.treatment for page in copy.manifest.volumes[0].pages if page.scan_page] == [
        "unchanged",
        "converted",
        "unchanged",
    ]


def test_many_pages_do_not_need_many_open_files(tmp_path: Path) -> None:
    """Two hundred image files: the pages are gathered, so that the system's limit of open files is far."""
    import resource

    home = tmp_path / "卷宗"
    home.mkdir()
    content = scan_page()
    parts = []
    for number in range(200):
        (home / f"{number:03d}.jpg").write_bytes(content)
        parts.append(part_of(home / f"{number:03d}.jpg"))
    file = closed_file(home, parts, [(part.name, 1, reading(())) for part in parts])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    open_now = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_now + 40, hard))
    try:
        copy = write_archive(file, tmp_path / "归档", manner())
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert len(copy.manifest.volumes[0].pages) == 200 + 3


def scan_page() -> bytes:
    from archiving_files import jpeg

    return jpeg(picture((83, 117)))
