"""Confirming a ground: an event with a name, that holds until it is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.desk.running import Confirmed
from pipeline.registry.models import JournalEvent
from schemas.confirmation import Confirmation, Ground, GroundKind


@pytest.fixture(autouse=True)
def state(tmp_path: Path) -> Iterator[Path]:
    registry.open_registry(tmp_path / "台账")
    yield tmp_path / "台账"
    registry.close_registry()


def act(name: str = "cover", digest: str = "1", *, withdrawn: bool = False, by: str = "赵一") -> Confirmation:
    ground = Ground(standard="gd", kind=GroundKind.ITEM, scope="civil", name=name, digest=digest * 64)
    at = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    return Confirmation(ground=ground, by=by, at=at, note='对照原件："what":"ground_"', withdrawn=withdrawn)


def test_a_confirmation_is_an_event_with_name_and_time() -> None:
    """What was confirmed, by whom, when and why stands in the chained journal."""
    assert registry.record_confirmations([act()]) == 1
    assert registry.confirmations() == (act(),)
    content = json.loads(JournalEvent.objects.get().content)
    assert (content["what"], content["who"]) == ("ground_confirmed", "赵一")
    assert registry.verify_journal().whole


def test_confirming_twice_is_told_once() -> None:
    """Saying it again changes nothing; a changed content is another ground."""
    assert registry.record_confirmations([act(), act(by="钱二")]) == 1
    assert registry.record_confirmations([act()]) == 0
    assert registry.record_confirmations([act(digest="2")]) == 1


def test_taking_back_is_a_new_event() -> None:
    """Nothing is erased; what was never confirmed cannot be taken back."""
    assert registry.record_confirmations([act(withdrawn=True)]) == 0
    registry.record_confirmations([act(), act(withdrawn=True)])
    assert [told.withdrawn for told in registry.confirmations()] == [False, True]
    assert registry.record_confirmations([act()]) == 1


def test_other_events_are_no_confirmations() -> None:
    """A journal full of cases has nothing to say about grounds."""
    registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1/卷.pdf")
    assert registry.confirmations() == ()


def test_a_stateless_command_reads_them_and_makes_nothing(tmp_path: Path, state: Path) -> None:
    """Without a registry there are no confirmations, and no registry comes into being."""
    registry.record_confirmations([act()])
    registry.close_registry()
    assert registry.confirmations_at(state) == (act(),)
    assert registry.confirmations_at(tmp_path / "无") == ()
    assert not (tmp_path / "无").exists()


def test_a_broken_registry_confirms_nothing(tmp_path: Path) -> None:
    """What cannot be read leaves every ground open."""
    broken = tmp_path / "坏"
    broken.mkdir()
    (broken / "registry.sqlite3").write_bytes(b"no database at all" * 100)
    assert registry.confirmations_at(broken) == ()


def test_only_those_after_an_event_are_looked_up_again() -> None:
    """A journal of a million events is read through once, and then no more."""
    registry.record_confirmations([act()])
    first = registry.last_event()
    registry.record_confirmations([act(withdrawn=True)])
    assert [told.withdrawn for told in registry.confirmations(after=first)] == [True]
    assert registry.confirmations(after=registry.last_event()) == ()


def test_a_running_office_hears_of_each_confirmation() -> None:
    """Whatever was told between two audits counts in the next."""
    heard = Confirmed()
    assert heard() == ()
    registry.record_confirmations([act()])
    assert heard() == (act(),)
    registry.record_confirmations([act(withdrawn=True), act(digest="2")])
    assert heard() == registry.confirmations() == heard()
