"""kill -9 while a case is being assigned, and the same command again: one assignment, one set of numbers and papers."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from faults_killing import die_before_write

from pipeline import registry
from pipeline.desk import assignments as assigning
from pipeline.desk.assignments import Choice, assign
from pipeline.registry.models import JournalEvent
from pipeline.settings import Settings
from schemas.case import Kind, Origin, Stage
from schemas.draft import Draft, DraftKind
from schemas.numbering import Numbering
from schemas.registration import Organ, Recipient, Registration
from schemas.roster import Lawyer

DAY = date(2026, 11, 20)
NUMBER = "虚法援刑字〔2026〕1号"
WHO = Lawyer(licence="14408201510123456", name="李闻舟", firm="广东云岫律师事务所")
CHOICE = Choice(who="李闻舟", day=DAY, by="王主任", why="轮派")


@pytest.fixture(autouse=True)
def _quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers that say only which number they bear: what is drafted in them is tested elsewhere."""

    def drafted(*given: object) -> tuple[Draft, ...]:
        numbers = given[4]
        assert isinstance(numbers, dict)
        return tuple(
            Draft(kind=kind, file_name=f"{kind.value}.docx", content=str(number).encode())
            for kind, number in numbers.items()
        )

    monkeypatch.setattr(assigning, "draft_assignment", drafted)


def stock(root: Path) -> Settings:
    """An office with one lawyer and one registered case."""
    settings = Settings(outbox=root / "发件箱", state=root / "台账", numbers=Numbering(area_short="虚"))
    registry.open_registry(settings.state)
    registry.keep_roster([WHO], who="王主任")
    registration = Registration(
        received_on=DAY,
        kind=Kind.CRIMINAL_DEFENCE,
        stage=Stage.TRIAL_FIRST,
        origin=Origin.NOTIFIED,
        recipient=Recipient(name="陈小满"),
        cause="盗窃罪",
        organ=Organ(name="虚江市人民法院"),
    )
    registry.register_case(registration, who="王主任", number=NUMBER)
    registry.close_registry()
    return settings


def assigned_in_child(settings: Settings, kill_at: int = 0) -> int | None:
    """Assigns in a process of its own. The number of its writes, or None if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            registry.open_registry(settings.state)
            count = die_before_write(kill_at)
            assign(NUMBER, CHOICE, settings, DAY)
            os.write(writing, str(count()).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    assert os.WEXITSTATUS(status) == 0, "the command ended by itself"
    return int(answer)


def what_remains(settings: Settings) -> dict[str, object]:
    registry.open_registry(settings.state)
    try:
        letters = sorted(settings.outbox.glob("*/*/*.docx"))
        return {
            "assignments": [each.numbers for each in registry.assignments(NUMBER)],
            "numbers": [(drawn.word, drawn.sequence) for drawn in registry.drawn_numbers(word="虚法援指字")],
            "told": JournalEvent.objects.filter(content__contains='"what":"assigned"').count(),
            "letters": {str(path.relative_to(settings.outbox)): path.read_bytes() for path in letters},
            "whole": registry.verify_journal().whole,
        }
    finally:
        registry.close_registry()


def compare_killed_assignments(tmp_path: Path, step: int) -> None:
    undisturbed = stock(tmp_path / "undisturbed")
    writes = assigned_in_child(undisturbed)
    assert writes is not None
    expected = what_remains(undisturbed)
    assert expected["told"] == 1
    assert expected["numbers"] == [("虚法援指字", 1)]
    assert isinstance(expected["letters"], dict)
    assert len(expected["letters"]) == len({DraftKind.ASSIGNMENT_NOTICE, DraftKind.CRIMINAL_LETTER})
    for number in range(1, writes + 1, step):
        settings = stock(tmp_path / str(number))
        assert assigned_in_child(settings, kill_at=number) is None, number
        assert assigned_in_child(settings) is not None, number
        assert what_remains(settings) == expected, number


def test_killed_before_a_write_and_done_again_the_assignment_is_one(tmp_path: Path) -> None:
    """A sample from the first write to the last; the full set is marked slow."""
    compare_killed_assignments(tmp_path, step=4)


@pytest.mark.slow
@pytest.mark.full
def test_killed_before_any_write_and_done_again_the_assignment_is_one(tmp_path: Path) -> None:
    """Every point between the first write and the last."""
    compare_killed_assignments(tmp_path, step=1)
