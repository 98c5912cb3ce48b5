"""The office's folders and its lock, its waking and its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.desk import waking
from pipeline.desk.premises import FOLDER_LOCK, folder_lock, office_lock, prepare_folders, state_lock
from pipeline.desk.waking import Waker
from pipeline.errors import UsageError
from pipeline.intake import find_drops
from pipeline.settings import Settings, Watching

ROOT = Path(__file__).parents[2]

RUN = """
import sys
from pathlib import Path
import pipeline.desk.running as running
from desk_office import read_json_report
class Auditing:
    def __init__(self, settings): pass
    def __enter__(self): return read_json_report
    def __exit__(self, *_): pass
running.Auditing = Auditing
from pipeline.settings import Settings
root = Path(sys.argv[1])
running.run_desk(Settings(inbox=root / "in", outbox=root / "out", state=root / "state", quiet_seconds=0.1), once=len(sys.argv) > 2)
"""


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    path = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
    command = [sys.executable, "-c", RUN, str(root), *arguments]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, stderr=subprocess.PIPE, encoding="utf-8")


@pytest.mark.parametrize(
    ("inbox", "outbox", "state"),
    [("in", "in/out", "state"), ("in", "out", "in/state"), ("in", "in", "state"), ("out/in", "out", "state")],
)
def test_folders_that_feed_each_other_are_refused(tmp_path, inbox, outbox, state):
    """What the program writes must never be taken for what a clerk dropped."""
    settings = Settings(inbox=tmp_path / inbox, outbox=tmp_path / outbox, state=tmp_path / state)
    with pytest.raises(UsageError, match="收件箱"):
        prepare_folders(settings)


def test_a_link_does_not_hide_that_the_outbox_lies_in_the_inbox(tmp_path):
    """Folders are compared by where they really are."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "out").symlink_to(tmp_path / "in" / "deep")
    with pytest.raises(UsageError):
        prepare_folders(Settings(inbox=tmp_path / "in", outbox=tmp_path / "out", state=tmp_path / "state"))


def test_a_second_office_on_the_same_state_is_told_so(tmp_path):
    """The lock is the system's: two open files are enough to see it."""
    with state_lock(tmp_path), pytest.raises(UsageError, match="另一个 juanzong run"), state_lock(tmp_path):
        pass
    with state_lock(tmp_path):
        pass


def test_the_waker_hears_of_a_new_file(tmp_path):
    """The event comes long before the time is up."""
    with Waker(tmp_path) as waker:
        (tmp_path / "x").write_text("x")
        waker.wait(30)


@pytest.mark.parametrize(("seconds", "waits"), [(1.2, [0.5, 0.5, 0.2]), (0.5, [0.5]), (0.05, [0.05])])
def test_the_waker_waits_in_short_stretches_where_only_their_end_is_heard(tmp_path, monkeypatch, seconds, waits):
    """On Windows Ctrl-C would else be heard only when all the time is up; it is never more time than was asked for."""
    monkeypatch.setattr(waking, "LONGEST_WAIT", 0.5)
    waited: list[float] = []
    with Waker(tmp_path, Watching.POLLING) as waker:
        monkeypatch.setattr(waker._event, "wait", waited.append)
        waker.wait(seconds)
    assert waited == pytest.approx(waits)


def test_the_waker_survives_a_folder_that_goes_and_comes_back(tmp_path):
    """After an outage the new folder is watched as the old one was."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    with Waker(inbox) as waker:
        inbox.rename(tmp_path / "away")
        waker.wake()
        waker.wait(30)
        inbox.mkdir()
        waker.wake()
        waker.wait(30)
        (inbox / "x").write_text("x")
        waker.wait(30)
        assert waker._observer is not None


def test_once_deals_with_what_is_there_and_ends(tmp_path):
    """`juanzong run --once`: everything audited, the process gone, its outcome lines in the log."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "一.json").write_text(json.dumps({"case_number": "7号", "recipient_name": "某甲"}))
    (tmp_path / "in" / "二.json").write_text(json.dumps({"code": "corrupt"}))
    process = start(tmp_path, "once")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert list((tmp_path / "in").iterdir()) == []
    assert (tmp_path / "out" / "台账.xlsx").exists()
    events = [json.loads(line)["event"] for line in (tmp_path / "state" / "juanzong.log").read_text().splitlines()]
    assert events.count("delivered") == 2
    assert events[-1] == "closed"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_office_cleanly(tmp_path, number):
    """No traceback, status 0, and a sentence that the rest goes on next time."""
    process = start(tmp_path)
    assert process.stderr is not None
    assert "正在看守收件箱" in process.stderr.readline()
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "已停止" in errors
    assert "Traceback" not in errors


def test_two_offices_do_not_empty_one_inbox(tmp_path):
    """Each would get a part of every closing file; whoever comes second is told, and the lock leaves no trace."""
    with folder_lock(tmp_path, "收件箱"):
        with pytest.raises(UsageError, match="正在使用该收件箱"), folder_lock(tmp_path, "收件箱"):
            pass
        assert find_drops(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []
    with folder_lock(tmp_path, "收件箱"):
        pass


def office_of(root: Path, **folders: str) -> Settings:
    """An office whose folders lie below `root`, made as `juanzong run` makes them."""
    settings = Settings(**{name: root / folders.get(name, f"乙/{name}") for name in ("inbox", "outbox", "state")})
    prepare_folders(settings)
    return settings


@pytest.mark.parametrize(
    ("folders", "said"),
    [
        ({"inbox": "甲/inbox"}, "正在使用该收件箱"),
        ({"outbox": "甲/outbox"}, "正在使用该发件箱"),
        ({"state": "甲/state"}, "正在使用该台账文件夹"),
        ({"inbox": "甲/inbox/乙"}, "收件箱不能设在另一个机构的收件箱"),
        ({"outbox": "甲/inbox/乙"}, "发件箱不能设在另一个机构的收件箱"),
        ({"state": "甲/inbox/深/乙"}, "台账文件夹不能设在另一个机构的收件箱"),
        ({"inbox": "甲/outbox/乙"}, "收件箱不能设在另一个机构的收件箱或者发件箱"),
        ({"inbox": "甲"}, "请另设收件箱"),
    ],
)
def test_offices_whose_folders_overlap_are_refused(tmp_path, folders, said):
    """Whoever starts second is told, whichever of his folders it is."""
    first = office_of(tmp_path, inbox="甲/inbox", outbox="甲/outbox", state="甲/state")
    with office_lock(first), pytest.raises(UsageError, match=said), office_lock(office_of(tmp_path, **folders)):
        pass


def test_a_lock_that_a_dead_office_left_keeps_nobody_out(tmp_path):
    """A power cut leaves the file; only the system's lock on it counts."""
    settings = office_of(tmp_path)
    (settings.inbox / "旧").mkdir()
    for folder in (settings.inbox, settings.outbox, settings.inbox / "旧", tmp_path):
        (folder / FOLDER_LOCK).touch()
    with office_lock(settings), office_lock(office_of(tmp_path, inbox="丙/in", outbox="丙/out", state="丙/state")):
        pass


def test_an_observer_that_died_is_noticed_told_and_replaced(tmp_path, capsys):
    """Its reading thread ends while the passing one lives on: then no event would ever come again."""
    with Waker(tmp_path) as waker:
        assert waker._observer is not None
        (emitter,) = waker._observer.emitters
        emitter.stop()
        emitter.join(10)
        waker.wait(30)
        (tmp_path / "x").write_text("x")
        waker.wait(30)
        assert all(each.is_alive() for each in waker._observer.emitters)
    assert "observer_restarted" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("watching", "network", "observed"),
    [("auto", True, False), ("auto", False, True), ("events", True, True), ("polling", False, False)],
)
def test_a_share_is_polled_unless_the_office_says_otherwise(tmp_path, monkeypatch, watching, network, observed):
    """From a share no event comes when another machine writes; the rescan by the clock sees it."""
    monkeypatch.setattr(waking, "on_network", lambda _folder: network)
    with Waker(tmp_path, Watching(watching)) as waker:
        assert (waker._observer is not None) is observed


def test_a_mount_that_vanishes_and_returns_is_told_and_watched_again(tmp_path, capsys):
    """The office waits meanwhile; what came while nobody watched is looked at once the mount is back."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    with Waker(inbox) as waker:
        inbox.rename(tmp_path / "away")
        waker.wake()
        waker.wait(30)
        (tmp_path / "away").rename(inbox)
        waker.wait(30)
        assert waker._observer is not None
    printed = capsys.readouterr().out
    assert printed.index("inbox_gone") < printed.rindex("watching")


@pytest.mark.full
def test_two_offices_are_kept_out_of_one_database(postgresql, tmp_path):
    """On one server each office has its own; the second in the same one is told, and let in when the first is gone."""
    one, other = (postgresql.database_for(f"{tmp_path}{name}") for name in "甲乙")
    both = (registry.sole_office(tmp_path, one), registry.sole_office(tmp_path, other))
    refused = pytest.raises(UsageError, match="正在使用该台账数据库")
    with both[0], both[1], refused, registry.sole_office(tmp_path, one):
        pass
    with registry.sole_office(tmp_path, one):
        pass


@pytest.mark.full
def test_two_offices_work_side_by_side_on_one_server(postgresql, tmp_path):
    """Two processes, two databases: each has its own cases and its own journal from its first event."""
    addresses = {name: postgresql.empty_database(f"office_{name}") for name in ("one", "two")}
    side_by_side(tmp_path, {name: f'database = "{address}"' for name, address in addresses.items()})
    for name, address in addresses.items():
        registry.open_registry(tmp_path / name / ".juanzong", address)
        assert [entry.name for entry in registry.ledger_entries()] == ["卷.json"]
        assert registry.verify_journal().whole
        assert registry.life(f"{name}7号").number == f"{name}7号"
        registry.close_registry()


OFFICE = """
import sys
import pipeline.desk.running as running
from desk_office import read_json_report
from pipeline.settings import load_settings
settings = load_settings()
class Auditing:
    def __init__(self, settings): pass
    def __enter__(self):
        def audit(original, name):
            report = read_json_report(original, name)
            return report.model_copy(update={"standard": report.standard.model_copy(update={"id": settings.standard})})
        return audit
    def __exit__(self, *_): pass
running.Auditing = Auditing
running.run_desk(settings, once=True)
"""


def side_by_side(root: Path, settings: dict[str, str]) -> None:
    """An office a working folder, each with its own settings and one closing file, at the same time until all is done."""
    path = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JUANZONG_")}
    processes = []
    for office, lines in settings.items():
        inbox = root / office / "inbox"
        inbox.mkdir(parents=True)
        (root / office / "juanzong.toml").write_text(f"{lines}\nquiet_seconds = 0.1\n", encoding="utf-8")
        (inbox / "卷.json").write_text(json.dumps({"case_number": f"{office}7号", "recipient_name": "某甲"}))
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", OFFICE],
                cwd=root / office,
                env=environment | {"PYTHONPATH": path},
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        )
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


def test_two_offices_with_a_standard_each_work_side_by_side(tmp_path):
    """A working folder with its own `juanzong.toml` is an office: its inbox, its outbox, its registry, its standard."""
    standards = {"甲": "gd", "乙": "zj"}
    side_by_side(tmp_path, {office: f'standard = "{standard}"' for office, standard in standards.items()})
    for office, standard in standards.items():
        outbox = tmp_path / office / "outbox"
        (report,) = outbox.rglob("审查报告.json")
        assert json.loads(report.read_text(encoding="utf-8"))["standard"]["id"] == standard
        assert {path.name for path in outbox.iterdir() if not path.name.startswith(".")} == {
            "台账.xlsx",
            f"{office}7号_某甲",
        }
