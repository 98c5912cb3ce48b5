"""Where a folder lies: on a disk of this machine, or on a share, from which no event comes when another machine writes."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path, PurePath

MOUNTS = Path("/proc/mounts")
NETWORK = frozenset(
    {
        "9p", "afs", "ceph", "cifs", "davfs", "drvfs", "fuse", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "prl_fs",
        "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
    }
)  # fmt: skip
"""Shares, folders of a virtual machine's host, and whatever a program serves (FUSE): changes made at the other end are
not told here."""
LEASED = frozenset({"btrfs", "ext2", "ext3", "ext4", "f2fs", "tmpfs", "xfs"})
"""Here the system knows every program that has a file open, see `holding`."""
REMOTE_DRIVE = 4
"""`DRIVE_REMOTE` of Windows."""

_ESCAPED = re.compile(r"\\([0-7]{3})")


def on_network(folder: Path) -> bool:
    """Whether a folder lies on a share. False where the system does not say."""
    if os.name == "nt":
        return is_windows_share(folder.absolute(), _drive_type)
    return is_network(file_system(folder))


def is_network(kind: str) -> bool:
    """`fuse.sshfs` is a share, `fuseblk` a disk with another system's file system."""
    return kind in NETWORK or kind.startswith("fuse.")


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system on which a path lies, as Linux calls it; empty where the system does not say."""
    found = _mounted(path, mounts)
    return "" if found is None else found[1]


def mount_point(path: Path, mounts: Path = MOUNTS) -> Path:
    """Where the disk or share begins on which a path lies, or would lie if it were made.

    Raises OSError where nothing of the path is there: a drive letter or a server that is not connected.
    """
    found = _mounted(path, mounts)
    return _top_of_device(path) if found is None else found[0]


def _mounted(path: Path, mounts: Path) -> tuple[Path, str] | None:
    """The mount that holds a path, and its type; None where the system does not say."""
    try:
        place = (
            path.resolve()
        )  # first: a share that is connected when somebody asks for it (autofs) is listed only then
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    best: tuple[Path, str] | None = None
    for line in lines:
        _, mounted, kind, *_ = (*line.split(" "), "", "", "")
        point = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), mounted))
        # of two mounts on one folder the later one is seen
        if mounted and place.is_relative_to(point) and (best is None or len(point.parts) >= len(best[0].parts)):
            best = point, kind
    return best


def _top_of_device(path: Path) -> Path:
    """Where the system has no list of mounts: the uppermost folder that lies on the same device."""
    whole = path.absolute()
    place = next((each for each in (whole, *whole.parents) if each.exists()), None)
    if place is None:
        raise OSError(errno.ENODEV, "nothing of the path is there", str(path))
    device = place.stat().st_dev
    return [place, *(parent for parent in place.parents if parent.stat().st_dev == device)][-1]


def is_windows_share(folder: PurePath, drive_type: Callable[[str], int]) -> bool:
    r"""Whether a Windows path is `\\server\share\…`, or lies on a letter to which a share is mapped."""
    drive = folder.drive
    return drive.startswith("\\\\") or (bool(drive) and drive_type(f"{drive}\\") == REMOTE_DRIVE)


def _drive_type(root: str) -> int:
    import ctypes  # noqa: PLC0415 - Windows alone has the library

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined, unused-ignore]
