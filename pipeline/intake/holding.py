"""Whether another program has a file open for writing: a scanner that keeps its file open between two pages.

Linux lends nobody a read lease on a file that is open for writing, by whatever program; so asking for one, and giving it
back at once, tells. It answers for disks of this machine only, and for files of the user (or for root); where it does not
answer, the file counts as free, and its quiet time decides alone. Windows needs no such question: there nothing can be
renamed that another program has open.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

from pipeline.intake.mounts import LEASED, file_system


def is_held(path: Path) -> bool:
    """Whether any file of a drop (a file or a folder) is open for writing elsewhere. False where nobody can tell."""
    if file_system(path) not in LEASED:
        return False
    files = (Path(parent) / name for parent, _, names in os.walk(path) for name in names) if path.is_dir() else (path,)
    return any(_is_open_for_writing(file) for file in files if file.is_file() and not file.is_symlink())


if sys.platform == "linux":
    import fcntl

    def _is_open_for_writing(file: Path) -> bool:
        try:
            handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return False
        try:
            # whoever opens the file in this moment makes the system send a signal; the usual one would end the office
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        finally:
            os.close(handle)
        return False

else:

    def _is_open_for_writing(file: Path) -> bool:
        del file
        return False
