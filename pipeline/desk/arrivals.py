"""How a drop leaves the inbox: kept, registered, and only then taken away.

1. its bytes are copied to `<state>/originals`, forced to disk and read back;
2. the registry commits that they are there;
3. the drop is renamed to `<state>/taken/<drop>` (beside the inbox, in `.juanzong`, where that is another disk);
4. there it is compared with the kept copy once more, and only the duplicate is removed. Where someone went on writing
   into it meanwhile, or has it open for writing, it goes back to the inbox: nothing is deleted that is not kept.

After a kill between any two of these, the same drop goes on from where it was.
"""

from __future__ import annotations

import errno
import itertools
from dataclasses import dataclass
from pathlib import Path

from pipeline import registry
from pipeline.desk.lying import UNSETTLED
from pipeline.intake import Drop, clear_staging, discard, find_drops, is_held, is_kept, keep_original
from pipeline.registry import OpenDrop, Registered, RoundRecord
from pipeline.settings import Settings
from schemas.submission import Original

ORIGINALS = "originals"
TAKEN = "taken"
BESIDE = ".juanzong"


@dataclass(frozen=True)
class Premises:
    """Where an office receives and keeps."""

    inbox: Path
    state: Path

    @classmethod
    def of(cls, settings: Settings) -> Premises:
        return cls(inbox=settings.inbox, state=settings.state)

    @property
    def places_for_taken(self) -> tuple[Path, Path]:
        return self.state / TAKEN, self.inbox / BESIDE


def receive(drop: Drop, premises: Premises) -> Registered:
    """Takes a settled drop in. Raises InputError if it cannot be read, OSError if it cannot be kept or moved now."""
    original = _registered_original(drop, premises) or keep_original(drop.path, premises.state / ORIGINALS)
    kept_at = original.path.relative_to(premises.state).as_posix()
    registered = registry.register_drop(drop.name, drop.fingerprint, sha256=original.sha256, original=kept_at)
    registry.withdraw_refusals(drop.name)
    _take_away(drop.path, registered.drop_id, premises)
    _finish(registered.drop_id, original, premises)
    return registered


def _registered_original(drop: Drop, premises: Premises) -> Original | None:
    """What an earlier attempt has kept of this drop; it is compared again before anything is removed."""
    known = (
        found for found in registry.open_drops() if (found.name, found.fingerprint) == (drop.name, drop.fingerprint)
    )
    return next((_original(found, premises) for found in known), None)


def kept_or_lying(record: RoundRecord, premises: Premises) -> Path:
    """Where the bytes behind a round are; nowhere for what still changes, of which no copy is to be made."""
    if record.original:
        return premises.state / record.original
    unsettled = record.report.error is not None and record.report.error.code in UNSETTLED
    return premises.inbox / (BESIDE if unsettled else "") / record.name


def resume(premises: Premises) -> int:
    """Brings to an end what an earlier run had begun when it died; returns how many drops it took away.

    A drop that still lies in the inbox as it was registered is left there: it will settle and be received again, as
    the same drop.
    """
    clear_staging(premises.state / ORIGINALS)
    lying = {(drop.name, drop.fingerprint) for drop in find_drops(premises.inbox)}
    resumed = 0
    for drop in registry.open_drops():
        if _is_taken(drop.drop_id, premises) or (drop.name, drop.fingerprint) not in lying:
            _finish(drop.drop_id, _original(drop, premises), premises)
            resumed += 1
    return resumed


def _is_taken(drop_id: int, premises: Premises) -> bool:
    return any(any((place / str(drop_id)).glob("*")) for place in premises.places_for_taken)


def _original(drop: OpenDrop, premises: Premises) -> Original:
    return Original(name=drop.name, sha256=drop.sha256, path=premises.state / drop.original)


def _take_away(path: Path, drop_id: int, premises: Premises) -> None:
    """Out of the inbox by one rename. A drop that has vanished by itself is away already."""
    for place in premises.places_for_taken:
        target = place / str(drop_id)
        target.mkdir(parents=True, exist_ok=True)
        try:
            path.rename(target / path.name)
        except FileNotFoundError:
            return
        except OSError as error:
            target.rmdir()
            if error.errno != errno.EXDEV:
                raise
        else:
            return


def _finish(drop_id: int, original: Original, premises: Premises) -> None:
    for place in premises.places_for_taken:
        taken = place / str(drop_id)
        if not taken.is_dir():
            continue
        for entry in taken.iterdir():
            if is_kept(entry, original) and not is_held(entry):
                discard(entry)
            else:
                _put_back(entry, premises.inbox)
        taken.rmdir()
    registry.record_left(drop_id)


def _put_back(entry: Path, inbox: Path) -> None:
    names = (entry.name if number == 1 else f"{entry.stem} ({number}){entry.suffix}" for number in itertools.count(1))
    entry.rename(next(inbox / name for name in names if not (inbox / name).exists()))
