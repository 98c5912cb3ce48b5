"""Numbers of letters (文书编号): drawn from the registry's one place, for a case of a kind and stage, on a day."""

from __future__ import annotations

from datetime import date

from pipeline import registry
from pipeline.settings import Settings
from schemas.case import Kind, Stage
from schemas.draft import DRAFT_TITLES, DraftKind
from schemas.issuing import IssuedPaper
from schemas.numbering import LETTER_WORDS, Series


def series_of(paper: DraftKind, kind: Kind, stage: Stage | None, day: date, settings: Settings) -> Series:
    """The series of a letter's numbers on a day."""
    return settings.numbers.letter_series(LETTER_WORDS[paper], kind, stage, day.year)


def numbered(paper: DraftKind, case: str, series: Series, who: str) -> IssuedPaper:
    """The letter under the next number of its series; what it is for stands in the journal.

    To be called inside `registry.one_act` with what issues the letter: where that fails, the number is free again.
    """
    sequence = registry.draw_number(series.word, series.year, who=who, about=purpose(paper, case))
    return _issued(paper, series, sequence)


def booked(paper: DraftKind, case: str, series: Series, sequence: int, who: str) -> IssuedPaper:
    """The letter under a number of the series that somebody has written on it by hand. Raises UsageError if it is taken."""
    registry.take_number(series.word, series.year, sequence, who=who, about=purpose(paper, case))
    return _issued(paper, series, sequence)


def _issued(paper: DraftKind, series: Series, sequence: int) -> IssuedPaper:
    return IssuedPaper(
        kind=paper, number=series.written(sequence), word=series.word, year=series.year, sequence=sequence
    )


def purpose(paper: DraftKind, case: str) -> str:
    return f"{case} {DRAFT_TITLES[paper]}"
