"""Papers handed in later take the place of those that they replace, and of no others."""

from __future__ import annotations

from pipeline.cataloguing import supplemented
from schemas.base import State
from schemas.materials import OTHER
from schemas.volume import Document, FieldValue, Mark, Volume

SINCE = 10


def paper(type_: str, first: int, last: int, day: str | None = None, state: State = State.FOUND) -> Document:
    fields = {} if day is None else {"date": FieldValue(value=day, state=State.FOUND, page=first)}
    mark = Mark(state=State.MISSING, page=last)
    return Document(
        type=type_, title=type_, first_page=first, last_page=last, state=state, score=0.9, fields=fields,
        marks={"lawyer_signature": mark},
    )  # fmt: skip


def types(*documents: Document) -> list[str]:
    volume = supplemented(Volume(pages=(), documents=documents), SINCE)
    assert volume.supplement_from == SINCE
    return [document.type for document in volume.documents]


def test_paper_handed_in_anew_takes_the_place_of_the_old_one() -> None:
    """The unsigned report is set aside, with all that was wrong with it."""
    old, new = paper("closing_report", 3, 4), paper("closing_report", 10, 11)
    volume = supplemented(Volume(pages=(), documents=(old, new)), SINCE)
    assert [document.type for document in volume.documents] == [OTHER, "closing_report"]
    assert volume.documents[0].marks == {}
    assert "已由补正材料替换" in volume.documents[0].title


def test_single_page_is_not_the_whole_paper() -> None:
    """A lost last page is handed in by itself: the paper that lacked it stays."""
    assert types(paper("outcome_document", 3, 7), paper("outcome_document", 10, 10)) == ["outcome_document"] * 2


def test_of_several_alike_the_one_of_that_day_is_replaced() -> None:
    """Three records of meetings, of which the second was not signed."""
    records = [paper("meeting_record", page, page, f"2024-03-0{page}") for page in (3, 4, 5)]
    again = paper("meeting_record", 10, 10, "2024-03-04")
    assert types(*records, again) == ["meeting_record", OTHER, "meeting_record", "meeting_record"]


def test_of_several_alike_nothing_is_guessed() -> None:
    """A record without a day that is known replaces none."""
    records = [paper("meeting_record", page, page) for page in (3, 4)]
    assert types(*records, paper("meeting_record", 10, 10)) == ["meeting_record"] * 3


def test_paper_that_was_missing_joins_the_others() -> None:
    """Nothing is set aside for it."""
    assert types(paper("closing_report", 3, 4), paper("hearing_record", 10, 12)) == ["closing_report", "hearing_record"]


def test_doubtful_paper_replaces_nothing() -> None:
    """What may be something else must not make an old paper vanish."""
    new = paper("closing_report", 10, 11, state=State.UNCERTAIN)
    assert types(paper("closing_report", 3, 4), new) == ["closing_report", "closing_report"]


def test_each_paper_is_replaced_once() -> None:
    """Of two new ones, the second stands beside the first."""
    new = [paper("closing_report", page, page + 1) for page in (10, 12)]
    assert types(paper("closing_report", 3, 4), *new) == [OTHER, "closing_report", "closing_report"]
