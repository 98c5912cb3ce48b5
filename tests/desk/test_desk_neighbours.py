"""What an audit is told of the office's other closing files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.desk.neighbours import keep_outline, neighbours_of
from pipeline.desk.running import consulted
from schemas.base import State
from schemas.case import Fact
from schemas.report import AuditReport, ReportCase, Source
from schemas.volume import Document, FieldValue, Volume

COURT = "（2025）虚0001民初9号"


@pytest.fixture(autouse=True)
def _registry(tmp_path: Path) -> Iterator[None]:
    registry.open_registry(tmp_path)
    yield
    registry.close_registry()


def report(digit: str, state: str = "found", **fields: str) -> AuditReport:
    read = {name: FieldValue(value=value, state=state, score=0.97) for name, value in fields.items()}
    facts = {"kind": Fact(value="civil", state=State.FOUND), "stage": Fact(value="trial_first", state=State.UNCERTAIN)}
    case = ReportCase(kind=None, stage=None, origin=None, fields=read, facts=facts)
    return AuditReport(source=Source(name="卷.pdf", sha256=digit * 64, pages=9), status="audited", case=case)


def judgment(text: str) -> Volume:
    paper = Document(
        type="outcome_document", title="民事判决书", first_page=1, last_page=1, state=State.FOUND, score=0.99, texts=(text,)
    )  # fmt: skip
    return Volume(pages=(), documents=(paper,))


def test_an_earlier_file_of_the_same_court_case_is_consulted():
    """With the side on which its recipient stood; only certain facts are kept."""
    said = {"case_number": "虚援民〔2025〕1号", "recipient_name": "某甲", "organ_case_number": COURT}
    keep_outline(report("1", **said), judgment("原告某甲与被告某乙离婚纠纷一案"))
    other = {"case_number": "虚援民〔2025〕2号", "recipient_name": "某乙", "organ_case_number": COURT}
    (near,) = consulted(report("2", **other)).neighbours
    assert (near.number, near.kind, near.stage, near.side) == ("虚援民〔2025〕1号", "civil", None, "claimant")


def test_what_was_not_surely_read_has_no_neighbours():
    """Without a number and a recipient nobody knows which case it is."""
    said = {"case_number": "虚援民〔2025〕1号", "recipient_name": "某甲", "organ_case_number": COURT}
    keep_outline(report("1", **said), judgment(""))
    assert neighbours_of(report("2", "uncertain", **said)) == ()
    keep_outline(report("3", "uncertain", **(said | {"recipient_name": "某丙"})), judgment(""))
    assert len(neighbours_of(report("2", **(said | {"recipient_name": "某乙"})))) == 1
