"""Putting a round's letters into the outbox, where a clerk may already have worked on the ones before.

Rules that hold whatever happens: a folder appears whole; what a clerk has changed is never overwritten; two closing
files never share a round's folder; delivering the same thing twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.delivering.names import LONGEST, case_folder_name, safe_name
from pipeline.delivering.receipts import Receipt, content_hash, read_receipt, write_receipt
from pipeline.delivering.writing import replace_file, write_new_folder
from schemas.draft import Draft
from schemas.report import AuditReport

REPORT_NAME = "审查报告.json"


def deliver(  # noqa: PLR0913 - what is delivered, and where
    report: AuditReport,
    drafts: Iterable[Draft],
    outbox: Path,
    round_number: int,
    *,
    revision: int = 0,
    case_folder: str | None = None,
) -> Path:
    """`outbox/<案件编号_受援人>/第n次审查/` with the drafts and the report; returns that folder.

    A round that was audited again after a person's decision (`revision`) has a folder of its own beside it.
    `case_folder` is the name under which the case already stands in the outbox (from an earlier round); without it,
    the name comes from the report. If another closing file already has that round there, the name gets a mark of this
    one. A draft's name may begin with a folder (`入卷材料/卷宗封面.docx`). A file that a clerk has changed, or holds
    open, stays; the new one is written beside it.
    """
    files = {draft.file_name: draft.content for draft in drafts}
    files[REPORT_NAME] = f"{report.model_dump_json(by_alias=True, indent=2)}\n".encode()
    name = safe_name(case_folder) if case_folder is not None else case_folder_name(report)
    for folder_name in _folder_names(name, report.source.sha256[:8]):
        folder = outbox / folder_name / round_folder_name(round_number, revision)
        if _take(report.source.sha256, files, outbox, folder):
            return folder
    raise FileExistsError(name)


def round_folder_name(number: int, revision: int = 0) -> str:
    """`第2次审查`, `第2次审查（复核1）`."""
    return f"第{number}次审查（复核{revision}）" if revision else f"第{number}次审查"


def _folder_names(name: str, mark: str) -> Iterator[str]:
    """The case's folder, then names that bear the closing file's mark."""
    yield name
    yield f"{safe_name(name, LONGEST - 12)}_{mark}"
    yield from (f"{safe_name(name, LONGEST - 12)}_{mark}-{number}" for number in range(2, 100))


def _take(source: str, files: dict[str, bytes], outbox: Path, folder: Path) -> bool:
    """Write into `folder` if it is free or this closing file's own; False if it is another's."""
    receipt = read_receipt(outbox, folder, source)
    if not folder.exists():
        # 先记下将要写入的内容：在记录与写入之间中断，下次会照常重新写入
        write_receipt(outbox, folder, receipt.noting(files))
        if write_new_folder(outbox, folder, files):
            return True
    if _owner(folder) not in ({source} if not receipt.files else {source, None}):
        return False
    _renew(files, outbox, folder, receipt)
    return True


def _owner(folder: Path) -> str | None:
    """The closing file whose round stands there, by the report in it; None if the report is gone."""
    try:
        return AuditReport.model_validate_json((folder / REPORT_NAME).read_bytes()).source.sha256
    except (OSError, ValidationError):
        return None


def _renew(files: dict[str, bytes], outbox: Path, folder: Path, receipt: Receipt) -> None:
    changed = {name: content for name, content in files.items() if not _holds(folder / name, content)}
    if not changed:
        return
    noted = receipt.noting(changed)
    write_receipt(outbox, folder, noted)
    for name, content in changed.items():
        _renew_file(outbox, folder, (name, content), receipt)


def _renew_file(outbox: Path, folder: Path, file: tuple[str, bytes], receipt: Receipt) -> None:
    """Replace the file if it is still as it was delivered, else write the new one beside it."""
    name, content = file
    for target in (folder / name, *_beside(folder / name)):
        if _holds(target, content):
            return
        if target.exists() and not receipt.delivered(name, target.read_bytes()):
            continue
        try:
            replace_file(outbox, target, content)
        except PermissionError:  # 文件正在 Word 或者 WPS 中打开
            continue
        return


def _beside(path: Path) -> Iterable[Path]:
    return (path.with_name(f"{path.stem}（新稿{number or ''}）{path.suffix}") for number in (0, *range(2, 100)))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and content_hash(path.read_bytes()) == content_hash(content)
