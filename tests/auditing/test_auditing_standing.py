"""Standing: what the office has confirmed holds for exactly what it confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from auditing_standards import standard

from pipeline.auditing import confirmed, in_force, open_grounds, without_unconfirmed_blocks
from schemas.confirmation import Confirmation, Ground, GroundKind
from schemas.report import Effect, Standing
from schemas.standard import Item, Standard


def act(ground: Ground, *, withdrawn: bool = False) -> Confirmation:
    return Confirmation(ground=ground, by="赵一", at=datetime(2024, 5, 6, tzinfo=UTC), withdrawn=withdrawn)


def item(whole: Standard, key: str, checklist: int = 0) -> Item:
    return next(one for one in whole.checklists[checklist].items if one.key == key)


def test_items_rules_and_deadlines_that_are_reconstructed_are_open(tmp_path: Path) -> None:
    """Official text is not; but what an official item's paper must bear is."""
    grounds = open_grounds(standard(tmp_path))
    names = {(ground.kind, ground.name) for ground in grounds}
    assert (GroundKind.ITEM, "assignment_notice") in names
    assert (GroundKind.ITEM, "power_of_attorney") in names
    assert (GroundKind.RULE, "future_date") in names
    assert (GroundKind.DEADLINE, "filing") in names
    assert (GroundKind.ITEM, "cover") not in names


def test_a_standard_whose_every_ground_is_confirmed_is_confirmed(tmp_path: Path) -> None:
    """Marks and fields are confirmed with their item; one ground left open leaves the standard open."""
    whole = standard(tmp_path)
    grounds = open_grounds(whole)
    done = confirmed(whole, [act(ground) for ground in grounds])
    assert done.standing is Standing.CONFIRMED
    assert item(done, "assignment_notice").standing is Standing.CONFIRMED
    paper = item(done, "power_of_attorney", 2)
    assert paper.standing is Standing.OFFICIAL
    assert paper.standing_of(paper.marks[0]) is Standing.CONFIRMED
    assert open_grounds(done) == ()
    assert confirmed(whole, [act(ground) for ground in grounds[1:]]).standing is Standing.RECONSTRUCTED


def test_a_confirmation_is_for_one_checklist(tmp_path: Path) -> None:
    """What was held against one norm says nothing of the same paper in another kind of case."""
    whole = standard(tmp_path)
    ground = next(one for one in open_grounds(whole) if one.name == "assignment_notice")
    assert ground.scope == "criminal_defence.trial_first.notified"
    done = confirmed(whole, [act(ground)])
    assert item(done, "assignment_notice").standing is Standing.CONFIRMED
    assert item(done, "assignment_notice", 1).standing is Standing.RECONSTRUCTED


@pytest.mark.parametrize(
    "change",
    [
        ("某办法第三条", "某办法第八条"),
        ("unless: aid_terminated, effect: blocks", "unless: aid_terminated, effect: correct"),
        ("need: required, unless: aid_terminated", "need: optional"),
    ],
)
def test_a_changed_item_needs_a_new_confirmation(tmp_path: Path, change: tuple[str, str]) -> None:
    """The confirmation was for what the item said."""
    before = standard(tmp_path / "旧")
    acts = [act(ground) for ground in open_grounds(before)]
    after = confirmed(standard(tmp_path / "新", change), acts)
    assert item(after, "file_review_note").standing is Standing.RECONSTRUCTED
    assert item(after, "hearing_record").standing is Standing.CONFIRMED
    assert after.standing is Standing.RECONSTRUCTED


def test_a_new_order_needs_no_new_confirmation(tmp_path: Path) -> None:
    """Putting an item in front renumbers the rest and changes nothing of what it says."""
    before = standard(tmp_path / "旧")
    acts = [act(ground) for ground in open_grounds(before)]
    added = "    parts: &items\n      - {key: contents_list, need: required, effect: correct, basis: 某办法, standing: official, source: 原文}\n"
    after = confirmed(standard(tmp_path / "新", ("    parts: &items\n", added)), acts)
    assert item(after, "file_review_note").standing is Standing.CONFIRMED


def test_the_last_act_counts(tmp_path: Path) -> None:
    """What was taken back is open again until it is confirmed anew."""
    whole = standard(tmp_path)
    ground = open_grounds(whole)[0]
    assert in_force([act(ground), act(ground, withdrawn=True)]) == {}
    assert ground in in_force([act(ground), act(ground, withdrawn=True), act(ground)])


def test_unconfirmed_grounds_may_be_kept_from_blocking(tmp_path: Path) -> None:
    """Where the office wants that, only what is official or confirmed holds up the subsidy."""
    whole = standard(tmp_path)
    lenient = without_unconfirmed_blocks(whole)
    assert item(lenient, "assignment_notice").effect is Effect.CORRECT
    assert item(lenient, "assignment_notice").marks[0].effect is Effect.CORRECT
    assert lenient.rules[0].effect is Effect.CORRECT
    paper = item(lenient, "power_of_attorney", 2)
    assert paper.effect is Effect.BLOCKS
    assert paper.marks[0].effect is Effect.CORRECT
    done = without_unconfirmed_blocks(confirmed(whole, [act(ground) for ground in open_grounds(whole)]))
    assert item(done, "assignment_notice").effect is Effect.BLOCKS
    assert item(done, "power_of_attorney", 2).marks[0].effect is Effect.BLOCKS
    assert done.rules[0].effect is Effect.BLOCKS
