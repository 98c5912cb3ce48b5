"""Known facts put together: what comes later counts, and a correction holds for the page it was made on."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.knowing import corrected, known_together
from schemas.case import Custody, Kind, KnownCase, KnownLawyer, KnownRecipient
from schemas.decision import Decisions, FieldCorrection, PaperCorrection
from schemas.reading import PageKind, PageReading, TextSource
from schemas.volume import Page

NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)


def page(number: int, digit: str) -> Page:
    reading = PageReading(sha256=digit * 64, engine="", kind=PageKind.CONTENT, text_source=TextSource.OCR)
    return Page(number=number, reading=reading)


def paper(digit: str, type_: str | None) -> PaperCorrection:
    return PaperCorrection(page=digit * 64, type=type_, by="周某", at=NOON)


def field(name: str, value: str | None) -> FieldCorrection:
    return FieldCorrection(field=name, value=value, by="周某", at=NOON)


def test_later_words_count_and_the_rest_stays() -> None:
    """The command says more than the registration, and does not wipe out what it does not mention."""
    registered = KnownCase(kind=Kind.CIVIL, recipient=KnownRecipient(name="某乙", custody=Custody.BAIL))
    given = KnownCase(recipient=KnownRecipient(name="某丁"), lawyer=KnownLawyer(name="李闻舟"))
    together = known_together(registered, KnownCase(), given)
    assert together.kind is Kind.CIVIL
    assert together.recipient == KnownRecipient(name="某丁", custody=Custody.BAIL)
    assert together.lawyer.name == "李闻舟"


def test_correction_follows_its_page() -> None:
    """The page that a person named is known again behind a supplement, under another number."""
    decisions = Decisions(papers=(paper("a", "hearing_record"),), fields=(field("recipient_name", "某乙"),))
    known = corrected(decisions, [page(1, "b"), page(2, "a")])
    assert known.papers == {2: "hearing_record"}
    assert known.recipient.name == "某乙"


def test_correction_taken_back_is_none() -> None:
    """The last word counts."""
    decisions = Decisions(
        papers=(paper("a", "hearing_record"), paper("a", None)), fields=(field("cause", "盗窃"), field("cause", None))
    )
    assert corrected(decisions, [page(1, "a")]) == KnownCase()


def test_correction_that_no_longer_makes_sense_is_left_out() -> None:
    """A paper that is no longer known, or a date that is none, costs itself and nothing else."""
    decisions = Decisions(
        papers=(paper("a", "no_such_paper"),), fields=(field("closed_on", "2026-13-45"), field("cause", "盗窃"))
    )
    known = corrected(decisions, [page(1, "a")])
    assert (known.papers, known.closed_on, known.cause) == ({}, None, "盗窃")
