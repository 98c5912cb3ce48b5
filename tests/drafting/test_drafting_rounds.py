"""The opinion of a later round: what became of the findings before it, and whose word it rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime

from drafting_documents import of_kind, text_of
from drafting_reports import CERTAIN, report

from pipeline.drafting import draft
from schemas.decision import Ruling, Verdict
from schemas.draft import DraftKind, Office
from schemas.progress import Progress

OFFICE = Office(name="某某法律援助处")
DAY = date(2026, 3, 9)


def opinion(progress: Progress | None = None, *, ruled: bool = False) -> str:
    audited = report(CERTAIN)
    if ruled:
        ruling = Ruling(
            finding="x", verdict=Verdict.DISMISSED, by="周某", at=datetime(2026, 3, 8, 4, tzinfo=UTC), why="已核对原件"
        )
        gone = audited.findings[0].model_copy(update={"ruling": ruling})
        audited = audited.model_copy(update={"dismissed": (gone,), "findings": audited.findings[1:]})
    return text_of(of_kind(draft(audited, OFFICE, DAY, 2, (), progress), DraftKind.AUDIT_OPINION))


def test_later_round_says_what_was_put_right() -> None:
    """Cured and remaining findings, each with its message as it was told."""
    first, second, *_ = report(CERTAIN).findings
    told = opinion(Progress(cured=(first,), remaining=(second,)))
    assert "补正情况" in told
    assert "已补正" in told
    assert "尚未补正" in told


def test_first_round_has_no_such_section() -> None:
    """Nothing was asked for before."""
    assert "补正情况" not in opinion()
    assert "人工认定" not in opinion()


def test_persons_word_is_told_with_name_day_and_reason() -> None:
    """A panel that samples the file sees who decided what."""
    told = opinion(ruled=True)
    for words in ("人工认定", "不成立", "周某", "2026年3月8日", "已核对原件"):
        assert words in told
