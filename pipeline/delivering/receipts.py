"""What was delivered into a folder, so that a clerk's changes can be told from the program's own older text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from pipeline.delivering.writing import STAGING, replace_file
from schemas.base import Frozen


class Receipt(Frozen):
    """The closing file whose round it is, and the hashes of everything the program ever wrote under each name."""

    source: str
    files: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def noting(self, files: Mapping[str, bytes]) -> Receipt:
        """With `files` added to what was delivered."""
        known = dict(self.files)
        for name, content in files.items():
            mark = content_hash(content)
            known[name] = (*(old for old in known.get(name, ()) if old != mark), mark)
        return Receipt(source=self.source, files=known)

    def delivered(self, name: str, content: bytes) -> bool:
        """Whether `content` is the program's own, untouched."""
        return content_hash(content) in self.files.get(name, ())


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_receipt(outbox: Path, folder: Path, source: str) -> Receipt:
    """What the program delivered of closing file `source` into `folder`; nothing if that is not known."""
    try:
        return Receipt.model_validate_json(_path(outbox, folder, source).read_bytes())
    except (OSError, ValidationError):
        return Receipt(source=source)


def write_receipt(outbox: Path, folder: Path, receipt: Receipt) -> None:
    replace_file(outbox, _path(outbox, folder, receipt.source), receipt.model_dump_json(indent=1).encode())


def _path(outbox: Path, folder: Path, source: str) -> Path:
    """One receipt a folder and closing file, so that two files that aim at one folder keep theirs apart."""
    name = content_hash(f"{folder.relative_to(outbox).as_posix()}\n{source}".encode())
    return outbox / STAGING / "delivered" / f"{name}.json"


_COPIES = "pdf copies"


def note_own_copy(content: bytes, folder: Path, outbox: Path) -> None:
    """Notes that the program itself made this PDF of a letter in `folder`: whatever lies there else, a person has put there."""
    if folder.is_relative_to(outbox):
        write_receipt(outbox, folder, read_receipt(outbox, folder, _COPIES).noting({"": content}))


def is_own_copy(path: Path, outbox: Path) -> bool:
    """Whether the file is a PDF copy as the program made it, unsealed."""
    if not path.is_relative_to(outbox):
        return False
    receipt = read_receipt(outbox, path.parent, _COPIES)
    return bool(receipt.files) and receipt.delivered("", path.read_bytes())
