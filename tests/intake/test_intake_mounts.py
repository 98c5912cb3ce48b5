"""Where a folder lies, and who has its files open."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from pipeline.intake import Settling, find_drops, find_unfinished, is_held
from pipeline.intake.mounts import LEASED, file_system, is_network, is_windows_share, mount_point

MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
//nas/scan /srv/扫描\\040件 cifs rw,vers=3.1.1 0 0
nas:/export /srv/nfs nfs4 rw 0 0
me@host: /srv/ssh fuse.sshfs rw 0 0
/dev/sdb1 /media/usb fuseblk rw 0 0
host /srv/host 9p rw 0 0
none /srv/nfs/local tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/home/x/inbox", "ext4", False),
        ("/srv/扫描 件/收件箱", "cifs", True),
        ("/srv/nfs/in", "nfs4", True),
        ("/srv/nfs/local/in", "tmpfs", False),
        ("/srv/nfsother", "ext4", False),
        ("/srv/ssh", "fuse.sshfs", True),
        ("/media/usb/in", "fuseblk", False),
        ("/srv/host/in", "9p", True),
    ],
)
def test_the_mount_that_holds_a_folder_says_whether_it_is_a_share(tmp_path, path, kind, network):
    """The deepest mount point counts, whole components only, with spaces in its name."""
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert file_system(Path(path), mounts) == kind
    assert is_network(kind) is network


def test_the_later_of_two_mounts_on_one_folder_is_the_one_that_is_seen(tmp_path):
    """An automounter puts the share over its own placeholder."""
    mounts = tmp_path / "mounts"
    mounts.write_text("systemd-1 /srv/in autofs rw 0 0\n//nas/in /srv/in cifs rw 0 0\n")
    assert file_system(Path("/srv/in/x"), mounts) == "cifs"


def test_a_share_that_is_connected_when_it_is_asked_for_is_seen_at_once(tmp_path):
    """The list of mounts has it only after somebody has looked into its folder."""
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/vda / ext4 rw 0 0\n")

    class Automounted(type(tmp_path)):
        def resolve(self, strict=False):
            mounts.write_text("/dev/vda / ext4 rw 0 0\n//nas/in /srv/in cifs rw 0 0\n")
            return super().resolve(strict)

    assert mount_point(Automounted("/srv/in/x"), mounts) == Path("/srv/in")


def test_a_system_without_a_list_of_mounts_does_not_say(tmp_path):
    """Then the system's own events are used, and the rescan carries the correctness as everywhere."""
    assert file_system(tmp_path, tmp_path / "none") == ""
    assert not is_network("")


@pytest.mark.parametrize(
    ("path", "share"),
    [(r"\\server\scan\in", True), (r"Z:\in", True), (r"C:\in", False), (r"\\?\UNC\server\scan\in", True)],
)
def test_a_windows_path_on_a_server_or_a_mapped_letter_is_a_share(path, share):
    """Windows tells what a drive letter is."""
    assert is_windows_share(PureWindowsPath(path), lambda root: 4 if root == "Z:\\" else 3) is share


@pytest.mark.skipif(
    file_system(Path(__file__)) not in LEASED, reason="this file system does not tell who has a file open"
)
def test_a_file_open_for_writing_never_settles(tmp_path):
    """A scanner keeps its file open between two pages for longer than any quiet time; a reader does no harm."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "夹").mkdir()
    settling = Settling(5.0)
    with (inbox / "夹" / "1.txt").open("w") as scanner:
        scanner.write("x")
        scanner.flush()
        for now in (0.0, 5.0, 600.0):
            assert settling.observe(find_drops(inbox), now) == ()
    with (inbox / "夹" / "1.txt").open():
        assert not is_held(inbox / "夹")
    assert [drop.name for drop in settling.observe(find_drops(inbox), 700.0)] == ["夹"]


def test_unfinished_names_are_found_beside_the_drops(tmp_path):
    """A download under way is no drop; neither is the lock beside an open document, which is nothing at all."""
    for name in ("a.pdf.part", "~$a.docx", "b.TMP", "c.pdf"):
        (tmp_path / name).write_bytes(b"x")
    assert [drop.name for drop in find_unfinished(tmp_path)] == ["a.pdf.part", "b.TMP"]
