"""A registry or an inbox whose disk is not mounted is missed at the start; nothing is begun anew in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commanding import Run, refused
from desk_office import Office
from typer.testing import CliRunner

from pipeline import registry
from pipeline.cli import app
from pipeline.delivering.names import OFFICE_MEMORY
from pipeline.desk import inbox as inbox_place
from pipeline.desk.outbox import MEMORY as OUTBOX_MEMORY
from pipeline.desk.outbox import Outbox, expect_outbox
from pipeline.desk.premises import prepare_folders
from pipeline.desk.same_office import demand_same_office, remember_office
from pipeline.errors import UsageError
from pipeline.registry import setup
from pipeline.registry.identity import has_filled_an_outbox
from pipeline.settings import Settings, load_settings

COMMANDS = (
    "case list",
    "backup 备份",
    "verify",
    "run --once",
    "archive 虚法援〔2024〕1号 --out 副本",
)
CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}


@pytest.fixture
def office(tmp_path: Path):
    """One that has worked: a case in its registry, its papers in the outbox."""
    made = Office(tmp_path / "机构")
    made.drop("1卷.json", **CASE)
    made.settle(made.open())
    registry.close_registry()
    yield made
    registry.close_registry()


@pytest.mark.parametrize("left", ["nothing", "an empty mount point", "a registry file without tables"])
def test_a_start_without_the_registry_is_refused_and_makes_none(office: Office, left: str) -> None:
    """The sentence says what to look at; where the disk should be, nothing is made."""
    away = office.state.with_name("away")
    office.state.rename(away)
    if left != "nothing":
        office.state.mkdir()
    if left == "a registry file without tables":
        (office.state / "registry.sqlite3").touch()
    before = sorted(path.name for path in office.state.parent.rglob("*") if path.suffix != ".sqlite3")
    with pytest.raises(UsageError, match="没有找到本机构的台账"):
        prepare_folders(office.settings)
    found = [path for path in office.state.parent.rglob("*") if ".sqlite3" not in path.name]
    assert sorted(path.name for path in found) == before
    shutil.rmtree(office.state, ignore_errors=True)
    away.rename(office.state)
    office.drop("2卷.json", **CASE, cause="盗窃")
    office.settle(office.open())
    assert max(entry.round_number for entry in registry.ledger_entries()) == 2


def test_whoever_begins_anew_on_purpose_takes_the_memory_away(office: Office) -> None:
    """As the sentence says; the outbox then remembers the new registry, and misses that."""
    shutil.rmtree(office.state)
    (office.outbox / OFFICE_MEMORY).unlink()
    prepare_folders(office.settings)
    office.drop("2卷.json", **CASE)
    office.settle(office.open())
    registry.close_registry()
    prepare_folders(office.settings)
    shutil.rmtree(office.state)
    with pytest.raises(UsageError, match="没有找到本机构的台账"):
        prepare_folders(office.settings)


def test_the_registry_of_another_office_is_no_substitute(office: Office, tmp_path: Path) -> None:
    """The settings name the wrong folder, or the wrong disk is connected."""
    other = Office(tmp_path / "别处")
    other.drop("1卷.json", **CASE)
    other.settle(other.open())
    registry.close_registry()
    with pytest.raises(UsageError, match="不属于同一机构"):
        prepare_folders(office.settings.model_copy(update={"state": other.state}))
    prepare_folders(office.settings)


def test_a_registry_that_has_forgotten_what_the_outbox_knows_is_refused(office: Office, tmp_path: Path) -> None:
    """Restored from an old backup: it would give the numbers of the days since a second time."""
    old = tmp_path / "旧台账"
    shutil.copytree(office.state, old)
    office.drop("2卷.json", **CASE, cause="盗窃")
    office.settle(office.open())
    registry.close_registry()
    newer = office.state.rename(tmp_path / "新台账")
    old.rename(office.state)
    with pytest.raises(UsageError, match=r"台账比发件箱旧：.*juanzong case book"):
        prepare_folders(office.settings)
    (office.outbox / OFFICE_MEMORY).unlink()
    prepare_folders(office.settings)
    shutil.rmtree(office.state)
    newer.rename(office.state)
    prepare_folders(office.settings)


def test_an_office_in_which_nothing_has_happened_is_missed_by_nobody(tmp_path: Path) -> None:
    """There is no number to give twice."""
    office = Office(tmp_path)
    office.settle(office.open())
    registry.close_registry()
    shutil.rmtree(office.state)
    prepare_folders(office.settings)


def test_a_command_without_the_registry_says_so_and_makes_none(run: Run, tmp_path: Path) -> None:
    """Whichever it is; `archive` and `doctor` as well, and a backup would drive out the good ones."""
    registry.take_number("援", 2024, 1, who="赵一", about="试")
    Outbox(load_settings()).demand_there()
    assert run("case", "list").exit_code == 0
    assert (tmp_path / "outbox" / OFFICE_MEMORY).exists()
    registry.close_registry()
    shutil.rmtree(tmp_path / ".juanzong")
    for command in COMMANDS:
        result = CliRunner().invoke(app, command.split())
        assert "没有找到本机构的台账" in refused(result), command
        assert not (tmp_path / ".juanzong").exists(), command
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 2
    assert "没有找到本机构的台账" in "".join(result.output.split())


def test_the_memory_is_written_only_where_the_outbox_is_known(tmp_path: Path) -> None:
    """An empty mount point of a share that was never seen gets nothing."""
    settings = Settings(inbox=tmp_path / "in", outbox=tmp_path / "out", state=tmp_path / "state")
    (tmp_path / "out").mkdir()
    registry.open_registry(settings.state, "")
    registry.take_number("援", 2024, 1, who="赵一", about="试")
    remember_office(settings)
    assert list((tmp_path / "out").iterdir()) == []
    Outbox(settings).demand_there()
    remember_office(settings)
    assert (tmp_path / "out" / OFFICE_MEMORY).exists()
    registry.close_registry()


@pytest.mark.full
def test_a_database_that_is_empty_is_not_filled_anew(postgresql, tmp_path, monkeypatch) -> None:
    """Another server, or a new database by the same name; and a server whose office has lost its originals' disk."""
    office, addresses = tmp_path / "机构", [postgresql.database_for(f"{tmp_path}{name}") for name in "甲乙"]
    monkeypatch.setattr(setup, "database_of", lambda _state: addresses[0])
    made = Office(office)
    made.drop("1卷.json", **CASE)
    made.settle(made.open())
    registry.close_registry()
    for empty in (addresses[1], postgresql.empty_database("office_without_tables")):
        monkeypatch.setattr(setup, "database_of", lambda _state, empty=empty: empty)
        with pytest.raises(UsageError, match="没有找到本机构的台账"):
            demand_same_office(made.settings)
    monkeypatch.setattr(setup, "database_of", lambda _state: addresses[0])
    demand_same_office(made.settings)
    shutil.rmtree(made.state)
    with pytest.raises(UsageError, match="没有台账所列的原件"):
        prepare_folders(made.settings)


def test_a_start_without_the_share_of_the_inbox_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder is made where the share will be; another inbox in the settings is nothing to miss."""
    mounted = {"at": tmp_path / "share"}
    monkeypatch.setattr(inbox_place, "mount_point", lambda _path: mounted["at"])
    settings = Settings(inbox=tmp_path / "share" / "in", outbox=tmp_path / "out", state=tmp_path / "state")
    prepare_folders(settings)
    prepare_folders(settings)
    shutil.rmtree(tmp_path / "share")
    mounted["at"] = Path("/")
    with pytest.raises(UsageError, match=r"收件箱没有连接：.*请连接后重新执行"):
        prepare_folders(settings)
    assert not (tmp_path / "share").exists()
    prepare_folders(settings.model_copy(update={"inbox": tmp_path / "new"}))
    prepare_folders(settings)
    assert settings.inbox.exists()


def test_the_inbox_of_a_drive_that_is_not_there_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system says of no folder where its disk begins."""
    settings = Settings(inbox=tmp_path / "in", outbox=tmp_path / "out", state=tmp_path / "state")
    prepare_folders(settings)

    def missing(_path: Path) -> Path:
        raise OSError

    monkeypatch.setattr(inbox_place, "mount_point", missing)
    with pytest.raises(UsageError, match="收件箱没有连接"):
        prepare_folders(settings)


def test_a_restored_office_misses_the_outbox_that_it_has_never_seen(office: Office) -> None:
    """It waits for one that bears a mark, or papers; whichever that is, it is the one from then on."""
    registry.open_registry(office.state, "")
    assert has_filled_an_outbox()
    registry.close_registry()
    away = office.outbox.with_name("away")
    office.outbox.rename(away)
    expect_outbox(office.state, office.outbox)
    office.outbox.mkdir()
    with pytest.raises(UsageError, match="没有找到原来的发件箱"):
        prepare_folders(office.settings)
    assert list(office.outbox.iterdir()) == []
    office.outbox.rmdir()
    away.rename(office.outbox)
    prepare_folders(office.settings)
    Outbox(office.settings).demand_there()
    assert Outbox(office.settings).is_known()
    assert not Outbox(office.settings).is_awaited()


def test_a_restored_office_that_gives_its_outbox_up_goes_on(office: Office) -> None:
    """As the sentence says."""
    shutil.rmtree(office.outbox)
    expect_outbox(office.state, office.outbox)
    with pytest.raises(UsageError, match=OUTBOX_MEMORY):
        prepare_folders(office.settings)
    (office.state / OUTBOX_MEMORY).unlink()
    prepare_folders(office.settings)
