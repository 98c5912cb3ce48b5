"""Numbers (编号) of cases and letters: one place that gives them, each once, in order, without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction  # type: ignore[import-untyped]
from django.db.models import Max, QuerySet  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.models import DocumentNumber
from pipeline.registry.records import DrawnNumber
from pipeline.registry.submissions import now

_ROWS = 1000
"""Held at a time."""


@contextmanager
def one_act() -> Iterator[None]:
    """One transaction around several calls: a number drawn inside is given back where what uses it fails."""
    with transaction.atomic():
        yield


def draw_number(word: str, year: int, *, who: str, about: str) -> int:
    """The next number of a series, from 1. `about` says what it is for, e.g. a case number and a letter's title.

    Draw it inside `one_act` with what uses it: then a failure gives it back, and no gap comes about.
    """
    with transaction.atomic():
        last = DocumentNumber.objects.filter(word=word, year=year).aggregate(last=Max("sequence"))["last"]
        sequence = (last or 0) + 1
        _give(word, year, sequence, who=who, about=about, what="number_drawn")
    return sequence


def take_number(word: str, year: int, sequence: int, *, who: str, about: str) -> None:
    """Books a number that the office has given by hand, so that it is never drawn. Raises UsageError if it is taken."""
    with transaction.atomic():
        if DocumentNumber.objects.filter(word=word, year=year, sequence=sequence).exists():
            raise UsageError(f"编号“{word}”{year}年第{sequence}号已经使用，不能重复使用。")
        _give(word, year, sequence, who=who, about=about, what="number_taken")


def _give(word: str, year: int, sequence: int, *, who: str, about: str, what: str) -> None:  # noqa: PLR0913 - a number
    at = now()
    DocumentNumber.objects.create(word=word, year=year, sequence=sequence, about=about, drawn_at=at)
    journal.append(what, when=at, who=who, word=word, year=year, sequence=sequence, purpose=about)


def void_number(word: str, year: int, sequence: int, *, why: str, who: str) -> None:
    """Declares a number void (作废). It stays used. Raises UsageError if it was never given, or is void already."""
    if not why.strip():
        raise UsageError("编号作废应当写明原因。")
    with transaction.atomic():
        found = DocumentNumber.objects.filter(word=word, year=year, sequence=sequence).first()
        if found is None:
            raise UsageError(f"编号“{word}”{year}年第{sequence}号尚未使用，无从作废。")
        if found.void:
            raise UsageError(f"编号“{word}”{year}年第{sequence}号此前已经作废。")
        DocumentNumber.objects.filter(id=found.id).update(void=True)
        journal.append(
            "number_voided", when=now(), who=who, word=word, year=year, sequence=sequence, purpose=found.about, why=why
        )


def void_unless_void(word: str, year: int, sequence: int, *, why: str, who: str) -> None:
    """Declares a number void that may be void already: what bore it is taken back."""
    if DocumentNumber.objects.filter(word=word, year=year, sequence=sequence, void=False).exists():
        void_number(word, year, sequence, why=why, who=who)


def numbers_of(case: str) -> tuple[DrawnNumber, ...]:
    """The numbers of a case's letters, void ones too, in the order in which they were given."""
    found = DocumentNumber.objects.filter(about__startswith=f"{case} ").order_by("id")
    return tuple(map(_drawn, found))


def drawn_numbers(
    *, about: str | None = None, word: str | None = None, year: int | None = None, most: int = 0
) -> Iterator[DrawnNumber]:
    """The numbers given, void ones too, in the order in which they were given; of one purpose, word or year, or all.

    They come as they are read: an office gives half a million in ten years. `most`: only so many, those given last.
    """
    found = _given_numbers(about, word, year)
    first = found.order_by("-id").values_list("id", flat=True)[most - 1 : most].first() if most else None
    if first is not None:
        found = found.filter(id__gte=first)
    return map(_drawn, found.order_by("id").iterator(_ROWS))


def numbers_given(*, word: str | None = None, year: int | None = None) -> int:
    """How many numbers have been given, of one word or year, or at all."""
    count: int = _given_numbers(None, word, year).count()
    return count


def _given_numbers(about: str | None, word: str | None, year: int | None) -> QuerySet:
    wanted = {"about": about, "word": word, "year": year}
    return DocumentNumber.objects.filter(**{name: value for name, value in wanted.items() if value is not None})


def _drawn(row: DocumentNumber) -> DrawnNumber:
    return DrawnNumber(word=row.word, year=row.year, sequence=row.sequence, about=row.about, void=row.void)
