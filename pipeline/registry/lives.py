"""The lives of cases (案件流程): each act an event, told to the journal; where a case stands follows from its events."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction  # type: ignore[import-untyped]
from django.db.models import Prefetch, Q  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.last_words import superseded
from pipeline.registry.models import Case, CaseEvent, LedgerLine, Round
from pipeline.registry.numbers import void_unless_void
from pipeline.registry.records import CaseLife, RoundLine
from pipeline.registry.registrations import batched
from pipeline.registry.spelling import plain
from pipeline.registry.submissions import now
from schemas.draft import DRAFT_TITLES
from schemas.issuing import IssuedPaper
from schemas.life import ACT_TITLES, AUDIT_ACTS, Act, CaseState, Event, objection, standing_events, state_of
from schemas.report import Decision


def record_act(case: str, act: Act, *, by: str, why: str = "", papers: tuple[IssuedPaper, ...] = ()) -> CaseLife:
    """A person's act on the case that `case` names (see `case_named`), with the letters that were issued with it.

    An undo makes the numbers void that the letters of the undone act bear. Raises UsageError where there is no such
    case, or where the act may not be done now or not by this person.
    """
    with transaction.atomic():
        row = case_named(case)
        events = _events(row)
        against = objection(act, by, events)
        if against:
            raise UsageError(against)
        if act is Act.UNDO:
            _void(standing_events(events)[-1], by=by, why=why)
        add_event(row, act, by=by, why=why, round_number=_last_round(row), papers=papers)
        return _life(row)


def _void(undone: Event, *, by: str, why: str) -> None:
    """The letters of an act that did not stand go out no more: nobody gets their numbers again."""
    reason = f"撤销“{ACT_TITLES[undone.act]}”{f'：{why}' if why else ''}"
    for paper in undone.papers:
        if paper.word and paper.year is not None and paper.sequence is not None:
            void_unless_void(paper.word, paper.year, paper.sequence, why=reason, who=by)


def record_audited(row: Case, decision: Decision, round_number: int, *, by: str = journal.PROGRAM) -> bool:
    """What an audit does to where the case stands. False where somebody answers for it already: then nothing moves."""
    act = AUDIT_ACTS[decision]
    if objection(act, by, _events(row)):
        return False
    add_event(row, act, by=by, why="", round_number=round_number)
    return True


def add_event(  # noqa: PLR0913 - all that an event tells
    row: Case, act: Act, *, by: str, why: str, round_number: int | None, papers: tuple[IssuedPaper, ...] = ()
) -> None:
    """Adds the event and keeps the case's state beside it. To be called inside a transaction."""
    event = Event(act=act, by=by, at=now(), why=why, round=round_number, papers=papers)
    CaseEvent.objects.create(case=row, content=event.model_dump_json())
    state = state_of(_events(row))
    row.state = state.value if state is not None else ""
    row.save(update_fields=("state",))
    issued = "；".join(f"{DRAFT_TITLES[paper.kind]} {paper.number}".strip() for paper in papers)
    journal.append(
        act.value, when=event.at, who=by, case=row.id, round=round_number, why=why or None, papers=issued or None
    )


def case_named(name: str) -> Case:
    """The audited case of that number, of that folder in the outbox, or of number and recipient (`编号|受援人`).

    Raises UsageError where there is none, or where several recipients share the number.
    """
    wanted = plain(name)
    number, _, recipient = wanted.partition("|")
    found = Case.objects.filter(Q(key=wanted) | Q(folder=name) | Q(key__startswith=f"{number}|")).order_by("id")
    rows = [row for row in found if not recipient or row.key == wanted]
    if len(rows) == 1:
        (row,) = rows
        assert isinstance(row, Case)
        return row
    if not rows:
        raise UsageError(f"台账中没有“{name}”的审查记录，请核对案件编号（台账.xlsx 列有全部案件）。")
    people = "、".join(row.recipient_name for row in rows)
    raise UsageError(f"案件编号“{name}”下有{len(rows)}名受援人（{people}），请写作“{name}|受援人”。")


def life(case: str) -> CaseLife:
    """Where one case stands, and how it came there. Raises UsageError like `case_named`."""
    return _life(case_named(case))


def lives_in(*states: CaseState) -> Iterator[tuple[CaseLife, str]]:
    """The audited cases in these states, in the order in which they came, some hundreds held at a time.

    Without those that have been joined to another since. With each what the ledger shows of its last round (`schemas.ledger.RoundLedger` as JSON); empty where that is not kept.
    """
    named = [state.value for state in states]
    # without the reports, of which ten thousand would be a gigabyte
    dated = Round.objects.select_related("submission").only("case_id", "number", "revision", "audited_at", "submission__received_at")  # fmt: skip
    for some in batched(tuple(Case.objects.filter(state__in=named).order_by("id").values_list("id", flat=True))):
        lines = LedgerLine.objects.filter(case__in=some).order_by("round_id")
        shown = dict(lines.values_list("case_id", "content"))
        rows = Case.objects.filter(id__in=set(some) - superseded(some)).order_by("id")
        for row in rows.prefetch_related("events", Prefetch("rounds", queryset=dated)):
            yield _life(row), shown.get(row.id, "")


def _life(row: Case) -> CaseLife:
    events = _events(row)
    rounds = sorted(row.rounds.all(), key=lambda found: found.id)
    return CaseLife(
        key=row.key,
        number=row.number,
        recipient_name=row.recipient_name,
        folder=row.folder,
        state=state_of(events),
        events=events,
        rounds=tuple(
            RoundLine(
                number=found.number,
                revision=found.revision,
                received_at=found.submission.received_at,
                audited_at=found.audited_at,
            )
            for found in rounds
        ),
    )


def _events(row: Case) -> tuple[Event, ...]:
    contents = sorted((event.id, event.content) for event in row.events.all())
    return tuple(Event.model_validate_json(content) for _, content in contents)


def _last_round(row: Case) -> int | None:
    last = row.rounds.order_by("-number").first()
    return None if last is None else int(last.number)
