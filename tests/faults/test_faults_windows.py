"""What Windows refuses and Linux allows, played on Linux."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_office import Office

from pipeline import registry

CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(tmp_path)
    registry.close_registry()


@pytest.fixture(autouse=True)
def _read_only_files_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows removes no file that is marked read-only."""
    really_unlink = os.unlink

    def unlink(path, *, dir_fd=None):
        if not os.stat(path, dir_fd=dir_fd, follow_symlinks=False).st_mode & stat.S_IWUSR:
            raise PermissionError(13, "read-only", str(path))
        really_unlink(path, dir_fd=dir_fd)

    for name in ("unlink", "remove"):
        monkeypatch.setattr(os, name, unlink)


def test_a_drop_from_a_cd_leaves_the_inbox(office):
    """A file and a folder with files that are read-only."""
    office.drop("卷.json", **CASE).chmod(0o444)
    (office.inbox / "光盘").mkdir()
    office.drop("光盘/1.json", **CASE, cause="盗窃").chmod(0o444)
    office.settle(office.open())
    assert [path for path in office.inbox.rglob("*") if path.is_file()] == []
    assert registry.open_drops() == ()
    assert len(office.audited) == 2


def test_the_copy_of_what_is_kept_already_does_not_stay_behind(office):
    """The same bytes twice: the second copy, read-only as every copy, is removed from the staging folder."""
    desk = office.open()
    office.drop("卷.json", **CASE)
    office.settle(desk)
    office.drop("副本.json", **CASE)
    office.settle(desk)
    assert [path for path in (office.state / "originals" / ".staging").rglob("*") if path.is_file()] == []
