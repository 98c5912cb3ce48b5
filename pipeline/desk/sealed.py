"""Sealed letters (盖章件): which file in the outbox is a letter as it was signed and sealed, for it to be sent and filed.

What the program writes is a draft, or a letter that still has to be sealed; it never goes out by mail.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.delivering import is_own_copy
from pipeline.settings import Settings

SEALED = (".pdf", ".ofd")
"""A scan, or a letter with an electronic seal."""
WANTED = "盖章扫描件（PDF 或者 OFD）"
_DRAFT = "草稿"
_RETURNED = ("回执", "回证")
"""What comes back from the lawyer may bear the letter's name as well."""
_ADDED = re.compile(r"\s*([（(][^（()）]*[）)])*")
"""What a person or a system adds to a name: `（盖章）`, ` (2)`."""


def latest_scan(folders: Iterable[Path], title: str, settings: Settings) -> Path | None:
    """The sealed letter of that title which was put last into one of the folders; its name begins with the title."""
    return _latest(
        path
        for folder in folders
        for path in _sealed(folder, settings)
        if path.stem.strip().startswith(title) and not any(word in path.stem for word in _RETURNED)
    )


def returned_scans(folder: Path, settings: Settings) -> tuple[Path, ...]:
    """What came back for the letters of a folder: receipts (送达回证、回执) that somebody has signed or sealed."""
    return tuple(path for path in _sealed(folder, settings) if any(word in path.stem for word in _RETURNED))


def scan_of(draft: Path, others: Collection[str], settings: Settings) -> Path | None:
    """The sealed letter of which `draft` is the draft, in the same folder: it has its name, but for 草稿 and an addition.

    `others` are the names of the other drafts there: a letter to one lawyer must never be taken for that to another.
    """
    name = final_stem(draft.name)
    taken = {final_stem(other) for other in others} - {name}
    fitting = (
        path
        for path in _sealed(draft.parent, settings)
        if path.stem not in taken and path.stem.startswith(name) and _ADDED.fullmatch(path.stem[len(name) :])
    )
    return _latest(fitting)


def final_stem(draft: str) -> str:
    """A draft's name without its end and without the mark of a draft."""
    return Path(draft).stem.replace(f"（{_DRAFT}）", "")


def _sealed(folder: Path, settings: Settings) -> Iterable[Path]:
    """The files in a folder that may be sealed letters: no drafts, and no PDF copies that the program made itself."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.lower() not in SEALED or _DRAFT in path.name or path.name.startswith("."):
            continue
        if not is_own_copy(path, settings.outbox):
            yield path


def _latest(paths: Iterable[Path]) -> Path | None:
    return max(paths, key=lambda path: (path.stat().st_mtime_ns, path.name), default=None)
