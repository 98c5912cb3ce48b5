"""Mail that waits to be sent (待发邮件): queued once, sent at most once, and what is doubtful goes to a person."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction  # type: ignore[import-untyped]
from django.db.models import Q, QuerySet  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.lives import case_named
from pipeline.registry.models import Case, OutgoingMail
from pipeline.registry.records import MailLine
from pipeline.registry.registrations import batched
from pipeline.registry.submissions import now
from schemas.mail import MailResult, MailState, QueuedMail

OPEN = (MailState.WAITING.value, MailState.SENDING.value)
FOR_A_PERSON = (MailState.REFUSED.value, MailState.DOUBTFUL.value)


def queue_mail(case: str, mail: QueuedMail, *, by: str) -> bool:
    """Queues a mail about a case. False if the same papers of the same round went to the same address before."""
    with transaction.atomic():
        row = case_named(case)
        return _queued(row, (row.key, str(mail.round), mail.to.lower(), *mail.papers), mail, by)


def queue_letter(letter: str, mail: QueuedMail, *, by: str) -> bool:
    """Queues a mail that carries the letter drafted at that path below the outbox, and is about no one audited case.

    False if that letter went to the same address before, in whatever form.
    """
    with transaction.atomic():
        return _queued(None, ("letter", letter, mail.to.lower()), mail, by)


def _queued(case: Case | None, told: Iterable[str], mail: QueuedMail, by: str) -> bool:
    """Whether it is queued: what `told` names goes out once, unless it was withdrawn."""
    key = hashlib.sha256("\n".join(told).encode()).hexdigest()
    if OutgoingMail.objects.filter(key=key).exclude(state=MailState.WITHDRAWN.value).exists():
        return False
    OutgoingMail.objects.filter(key=key).delete()
    at = now()
    OutgoingMail.objects.create(
        case=case, key=key, content=mail.model_dump_json(), state=MailState.WAITING.value, queued_at=at, due_at=at
    )
    about = case.id if case is not None else "、".join(mail.cases)
    journal.append("mail_queued", when=at, who=by, case=about, mail=key, to=mail.to)
    return True


def claim_mail(retry: timedelta = timedelta(days=1)) -> MailLine | None:
    """The next mail that is due, marked as being sent: whoever dies now leaves it doubtful, never sent twice.

    No attempt is put off for longer than `retry`: what is due later than that was told so by a clock that has been set
    back since, and is due now.
    """
    with transaction.atomic():
        at = now()
        due = Q(due_at__lte=at) | Q(due_at__gt=at + retry)
        row = OutgoingMail.objects.filter(due, state=MailState.WAITING.value).order_by("due_at", "id").first()
        if row is None:
            return None
        row.state, row.attempts = MailState.SENDING.value, row.attempts + 1
        row.save(update_fields=("state", "attempts"))
        return _line(row)


def record_mail(key: str, result: MailResult, *, retry: timedelta, give_up: timedelta) -> MailState:
    """What became of an attempt. One that may be repeated waits, until it has waited for too long: then a person looks."""
    with transaction.atomic():
        row = OutgoingMail.objects.get(key=key)
        state, at = result.state, now()
        if state is MailState.WAITING and at - row.queued_at > give_up:
            state = MailState.REFUSED
        row.state, row.reason, row.due_at = state.value, result.reason, at + retry
        row.save(update_fields=("state", "reason", "due_at"))
        if state is not MailState.WAITING:
            journal.append(f"mail_{state.value}", when=at, case=row.case_id, mail=key, reason=result.reason or None)
    return state


def doubt_unanswered() -> int:
    """Marks as doubtful what an earlier run was sending when it died. Only under the state's lock."""
    with transaction.atomic():
        rows = list(OutgoingMail.objects.filter(state=MailState.SENDING.value))
        for row in rows:
            row.state, row.reason = MailState.DOUBTFUL.value, "发送过程中程序中断，可能已经送达，请向收件人核实。"
            row.save(update_fields=("state", "reason"))
            journal.append("mail_doubtful", when=now(), case=row.case_id, mail=row.key, reason=row.reason)
    return len(rows)


def settle_mail(key: str, *, again: bool, by: str, why: str) -> None:
    """A person's word on a mail that was refused or is doubtful: to be sent again, or done with.

    A doubtful one that is done with has arrived: the same notice does not go to that address once more.
    """
    with transaction.atomic():
        open_ = OutgoingMail.objects.filter(state__in=FOR_A_PERSON)
        rows = list(open_.filter(key__startswith=key)[:2]) if key else []
        if len(rows) != 1:
            told = "不止一封，请写出更多位" if rows else "没有找到，请核对（juanzong mail list 列出未了的邮件）"
            raise UsageError(f"该编号的待处理邮件{told}。")
        (row,) = rows
        arrived = row.state == MailState.DOUBTFUL.value
        done = (MailState.SENT, "mail_confirmed") if arrived else (MailState.WITHDRAWN, "mail_withdrawn")
        state, told = (MailState.WAITING, "mail_again") if again else done
        row.state, row.reason = state.value, why if state is MailState.SENT else row.reason
        row.queued_at = row.due_at = now()
        row.save(update_fields=("state", "reason", "queued_at", "due_at"))
        journal.append(told, when=now(), who=by, case=row.case_id, mail=row.key, why=why)


def listed_mails(*states: MailState, since: datetime | None = None, most: int = 0) -> Iterator[tuple[MailLine, ...]]:
    """The mails in any of `states`, or all, oldest first, some hundreds at a time; those queued since then.

    `most`: only so many, those that were queued last.
    """
    # each in the order of its index: told to sort otherwise, SQLite looks at every mail
    by_day = ("queued_at", "id") if since is not None else ("id",)
    last_first = _mails(states, since).order_by(*(f"-{column}" for column in by_day))
    rows = tuple((last_first[:most] if most else last_first).values_list("id", flat=True))
    for some in batched(rows[::-1]):
        found = OutgoingMail.objects.filter(id__in=some).order_by("id").select_related("case")
        yield tuple(map(_line, found))


def mails_in(*states: MailState, since: datetime | None = None) -> int:
    """How many mails there are in any of `states`, or at all; those queued since then."""
    count: int = _mails(states, since).count()
    return count


def _mails(states: Collection[MailState], since: datetime | None) -> QuerySet:
    found = OutgoingMail.objects.all()
    if states:
        found = found.filter(state__in=[state.value for state in states])
    return found if since is None else found.filter(queued_at__gte=since)


def _line(row: OutgoingMail) -> MailLine:
    mail = QueuedMail.model_validate_json(row.content)
    return MailLine(
        key=row.key,
        case_number=row.case.number if row.case is not None else "、".join(mail.cases),
        mail=mail,
        state=MailState(row.state),
        attempts=row.attempts,
        reason=row.reason,
        queued_at=row.queued_at,
    )
