"""Whether the outbox is where it was, by the mark that it bears and the disk that the state folder remembers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.desk import outbox
from pipeline.desk.outbox import MEMORY, Outbox, demand_connected, demand_outbox
from pipeline.desk.premises import prepare_folders
from pipeline.errors import UsageError
from pipeline.settings import Settings


class Disks:
    """Where the disk of the outbox is mounted, as the test has it."""

    def __init__(self, mounted: Path) -> None:
        self.mounted = mounted

    def __call__(self, _path: Path) -> Path:
        return self.mounted


@pytest.fixture
def disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disks:
    made = Disks(tmp_path / "share")
    monkeypatch.setattr(outbox, "mount_point", made)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(inbox=tmp_path / "in", outbox=tmp_path / "share" / "out", state=tmp_path / "state")


def unplugged(settings: Settings, disks: Disks) -> None:
    shutil.rmtree(settings.outbox.parent)
    disks.mounted = Path("/")


@pytest.mark.parametrize("left", ["nothing", "an empty mount point", "what somebody wrote there"])
def test_a_start_without_the_share_is_refused_and_leaves_nothing(settings: Settings, disks: Disks, left: str) -> None:
    """The sentence says what to do; no folder is made where the share will be."""
    prepare_folders(settings)
    Outbox(settings).demand_there()
    unplugged(settings, disks)
    if left != "nothing":
        settings.outbox.mkdir(parents=True)
    if left == "what somebody wrote there":
        (settings.outbox / "1.docx").write_bytes(b"x")
    before = sorted(settings.outbox.parent.rglob("*"))
    for act in (prepare_folders, demand_connected, demand_outbox):
        with pytest.raises(UsageError, match=r"发件箱没有连接：.*请连接后重新执行"):
            act(settings)
    assert sorted(settings.outbox.parent.rglob("*")) == before


def test_a_share_that_is_back_is_known_again(settings: Settings, disks: Disks) -> None:
    """With its mark; the state folder still has it."""
    prepare_folders(settings)
    Outbox(settings).demand_there()
    away = settings.outbox.parent.with_name("away")
    settings.outbox.parent.rename(away)
    disks.mounted = Path("/")
    with pytest.raises(OSError, match="not connected"):
        Outbox(settings).demand_there()
    away.rename(settings.outbox.parent)
    disks.mounted = settings.outbox.parent
    assert Outbox(settings).demand_there()
    prepare_folders(settings)


def test_whoever_empties_the_outbox_is_in_his_right(settings: Settings, disks: Disks) -> None:
    """The disk is there, and the office goes on in it."""
    Outbox(settings).demand_connected()
    prepare_folders(settings)
    Outbox(settings).demand_there()
    shutil.rmtree(settings.outbox)
    assert Outbox(settings).demand_there()
    assert disks.mounted == settings.outbox.parent


def test_the_mark_of_a_folder_below_the_share_is_not_that_of_the_share(settings: Settings, disks: Disks) -> None:
    """The office began before the share was connected: what it left there is no outbox any more."""
    disks.mounted = Path("/")
    prepare_folders(settings)
    Outbox(settings).demand_there()
    below = settings.outbox.with_name("below")
    settings.outbox.rename(below)
    disks.mounted = settings.outbox.parent
    assert Outbox(settings).demand_there()
    shutil.rmtree(settings.outbox)
    below.rename(settings.outbox)
    disks.mounted = Path("/")
    with pytest.raises(UsageError, match="发件箱没有连接"):
        prepare_folders(settings)


def test_another_outbox_in_the_settings_is_nothing_to_miss(settings: Settings, disks: Disks) -> None:
    """The old one may be gone for good; so may the memory of it, where a share was given up."""
    prepare_folders(settings)
    Outbox(settings).demand_there()
    unplugged(settings, disks)
    demand_connected(settings.model_copy(update={"outbox": settings.state.with_name("new")}))
    (settings.state / MEMORY).unlink()
    prepare_folders(settings)


def test_only_what_goes_into_the_outbox_asks_for_it(settings: Settings, disks: Disks, tmp_path: Path) -> None:
    """A folder elsewhere may be written to meanwhile."""
    prepare_folders(settings)
    Outbox(settings).demand_there()
    unplugged(settings, disks)
    demand_outbox(settings, tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="发件箱没有连接"):
        demand_outbox(settings, settings.outbox / "某案")


def test_an_outbox_marked_by_an_earlier_version_gets_a_word_of_its_own(settings: Settings) -> None:
    """There the mark was an empty file."""
    prepare_folders(settings)
    mark = settings.outbox / ".juanzong" / "outbox"
    mark.parent.mkdir()
    mark.touch()
    assert Outbox(settings).demand_there()
    word = mark.read_text(encoding="utf-8")
    assert word
    assert Outbox(settings).demand_there()
    assert mark.read_text(encoding="utf-8") == word
