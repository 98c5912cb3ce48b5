"""Outlines of closing files that the registry keeps to hold others against them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import registry
from schemas.case import Kind, Stage
from schemas.life import Act
from schemas.outline import CaseOutline
from schemas.report import AuditReport, Decision, ReportCase, Source, Subsidy
from schemas.volume import FieldValue

COURT = "（2025）虚0001刑初9号"
FIRST = CaseOutline(
    number="虚法援刑字〔2025〕7号", recipient="某甲", kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST,
    person="a" * 64, lawyer="李某", organ_case_number=COURT,
)  # fmt: skip
CO_ACCUSED = FIRST.model_copy(update={"number": "虚法援刑字〔2025〕8号", "recipient": "某乙", "person": "b" * 64})
STRANGER = CaseOutline(number="虚法援民字〔2025〕1号", recipient="某丙", person="c" * 64)


@pytest.fixture(autouse=True)
def _open(tmp_path: Path) -> Iterator[None]:
    registry.open_registry(tmp_path)
    yield
    registry.close_registry()


def kept(*outlines: CaseOutline) -> None:
    for digit, outline in enumerate(outlines, start=1):
        registry.keep_outline(outline, str(digit) * 64)


def test_a_case_finds_the_others_of_its_court_person_and_number():
    """However the numbers are written; itself and strangers are none of them."""
    kept(FIRST, CO_ACCUSED, STRANGER)
    assert registry.outlines_near(FIRST, "1" * 64) == (CO_ACCUSED,)
    written = FIRST.model_copy(update={"number": "虚法援刑字[2025]7号", "organ_case_number": "(2025)虚0001刑初9号"})
    assert registry.outlines_near(written, "9" * 64) == (CO_ACCUSED,)
    same_person = CaseOutline(number="虚法援民字〔2025〕3号", recipient="某丙", person="c" * 64)
    assert registry.outlines_near(same_person, "9" * 64) == (STRANGER,)
    same_number = CaseOutline(number=STRANGER.number, recipient="某丁")
    assert registry.outlines_near(same_number, "9" * 64) == (STRANGER,)
    assert registry.outlines_near(CaseOutline(number="虚法援民字〔2025〕4号", recipient="某戊"), "9" * 64) == ()


def test_the_same_file_read_again_is_no_other_case():
    """A later round, or the same bytes with their number put right, take the place of what was kept."""
    misread = FIRST.model_copy(update={"number": "虚法援刑字〔2025〕1号"})
    registry.keep_outline(misread, "1" * 64)
    assert registry.outlines_near(FIRST, "1" * 64) == ()
    registry.keep_outline(FIRST, "1" * 64)
    registry.keep_outline(FIRST, "2" * 64)
    assert registry.outlines_near(CO_ACCUSED, "9" * 64) == (FIRST,)


def test_what_is_no_number_is_not_kept():
    """Longer than any number or name."""
    registry.keep_outline(FIRST.model_copy(update={"number": "虚" * 500}), "1" * 64)
    assert registry.outlines_near(CO_ACCUSED, "9" * 64) == ()


def test_whether_the_other_case_has_been_paid():
    """By the events of its life; an undone payment is none."""
    audited(FIRST)
    kept(FIRST)
    for act, by in ((Act.CHECK, "赵一"), (Act.APPROVE, "钱二"), (Act.PAY, "钱二")):
        assert [near.paid for near in registry.outlines_near(CO_ACCUSED, "9" * 64)] == [False]
        registry.record_act(FIRST.number, act, by=by)
    assert [near.paid for near in registry.outlines_near(CO_ACCUSED, "9" * 64)] == [True]
    registry.record_act(FIRST.number, Act.UNDO, by="钱二", why="误点")
    assert [near.paid for near in registry.outlines_near(CO_ACCUSED, "9" * 64)] == [False]


def audited(outline: CaseOutline) -> None:
    """The case's closing file has been found complete."""
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    said = (("case_number", outline.number), ("recipient_name", outline.recipient))
    fields = {name: FieldValue(value=value, state="found") for name, value in said}
    report = AuditReport(
        source=Source(name="卷.pdf", sha256="1" * 64, pages=9),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=Decision.PAYABLE),
    )
    registry.record_report(claim.submission_id, report)
