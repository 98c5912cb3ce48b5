"""Mail to lawyers (邮件送达): to whom a notice or a reminder goes, what goes with it, and sending what is due.

Off unless the office has switched it on. A clerk says that a letter goes out; the office sends it when the server takes
it, once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import structlog
from pydantic import ValidationError

from pipeline import registry
from pipeline.delivering.mail import send
from pipeline.desk.issuing import issued_notice
from pipeline.desk.outbox import demand_connected
from pipeline.desk.sealed import WANTED, final_stem, latest_scan, scan_of
from pipeline.errors import UsageError
from pipeline.registry import MailLine, RoundRecord
from pipeline.registry import plain as one_spelling
from pipeline.settings import Settings
from schemas.base import State
from schemas.draft import DRAFT_TITLES, DraftKind
from schemas.due import ReminderLetter
from schemas.mail import Attachment, MailLetter, MailResult, MailState, QueuedMail
from schemas.report import AuditReport
from schemas.roster import Lawyer

NOTICE = DRAFT_TITLES[DraftKind.DEFICIENCY_NOTICE]
REMINDER = DRAFT_TITLES[DraftKind.FILING_REMINDER]

log = structlog.get_logger(__name__)


def queue_notice(case: str, settings: Settings, *, attached: tuple[Path, ...] = (), by: str) -> tuple[str, ...]:
    """Queues the deficiency notice of the case's last round to the lawyer and the firm; gives the addresses.

    Addresses that had the same papers before get them no second time. Raises UsageError where mail is off, where the
    notice as it was sealed is not to be found, or where the roster has no address.
    """
    _demand_mail(settings)
    record = registry.latest_round(case)
    papers = attached or (_sealed_notice(case, record, settings),)
    named = tuple(_below(paper, settings.outbox) for paper in papers)
    mails = [_notice_mail(record, settings, to, named) for to in _addresses(_handling(record.report))]
    return tuple(mail.to for mail in mails if registry.queue_mail(case, mail, by=by))


def _demand_mail(settings: Settings) -> None:
    if not settings.mail.enabled:
        raise UsageError("尚未启用邮件（设置 mail.enabled），请以其他方式送达。")
    demand_connected(settings)


def _sealed_notice(case: str, record: RoundRecord, settings: Settings) -> Path:
    """The notice as it was sealed. A draft does not go out, and neither does what still has to be sealed."""
    folder = settings.outbox / registry.round_folder(case)
    issued = issued_notice(registry.life(case), record.number, folder)
    scan = latest_scan((folder, issued) if issued is not None else (folder,), NOTICE, settings)
    if scan is None:
        raise UsageError(
            f"没有找到盖章的补正通知书。请将{WANTED}放入 {issued or folder}，文件名以“{NOTICE}”开头、不带“草稿”，"
            "或者以 --attach 指明文件。"
        )
    return scan


class QueuedReminders(NamedTuple):
    """What came of a wish to send reminders."""

    queued: tuple[tuple[ReminderLetter, str], ...]
    """Letters, each with an address to which it will go."""
    before: tuple[ReminderLetter, ...]
    """Those that went to all their addresses before."""
    held: tuple[str, ...]
    """A sentence for each letter that cannot be sent."""


def queue_reminders(folder: Path, settings: Settings, *, by: str) -> QueuedReminders:
    """Queues the reminders (结案材料报送提醒函) of a folder of the outbox, as they were sealed, each to its lawyer and firm.

    Raises UsageError where mail is off, and for a folder into which no reminder was drafted.
    """
    _demand_mail(settings)
    place = folder.resolve()
    inside = place.is_relative_to(settings.outbox.resolve())
    letters = registry.reminder_letters(_below(place, settings.outbox)) if inside and place.is_dir() else ()
    if not letters:
        raise UsageError(
            f"{folder} 不是提醒函所在的文件夹。提醒函由 juanzong due --letters 写入发件箱，按日期各有一个文件夹。"
        )
    queued, before, held = [], [], []
    for letter in letters:
        try:
            addresses = _queued_reminder(letter, [other.path for other in letters], settings, by)
        except UsageError as error:
            held.append(error.message)
            continue
        queued += [(letter, address) for address in addresses]
        before += [] if addresses else [letter]
    return QueuedReminders(tuple(queued), tuple(before), tuple(held))


def _queued_reminder(
    letter: ReminderLetter, all_letters: Collection[str], settings: Settings, by: str
) -> tuple[str, ...]:
    draft = settings.outbox / letter.path
    scan = scan_of(draft, [Path(each).name for each in all_letters], settings)
    if scan is None:
        raise UsageError(
            f"没有找到致{letter.firm_name}{letter.lawyer_name}的盖章提醒函。请将{WANTED}命名为“{final_stem(draft.name)}”，"
            f"放入 {draft.parent}。"
        )
    paper = _below(scan, settings.outbox)
    addresses = _addresses(_listed(letter.lawyer_name, letter.firm_name))
    mails = [_reminder_mail(letter, settings, to, paper) for to in addresses]
    return tuple(mail.to for mail in mails if registry.queue_letter(letter.path, mail, by=by))


def _below(paper: Path, outbox: Path) -> str:
    try:
        return paper.resolve(strict=True).relative_to(outbox.resolve()).as_posix()
    except (OSError, ValueError) as error:
        raise UsageError(f"附件应当是发件箱内已有的文件：{paper}") from error


def _addresses(lawyer: Lawyer) -> tuple[tuple[str, str], ...]:
    """Lawyer and firm with their addresses."""
    known = [(lawyer.name, lawyer.email), (lawyer.firm, lawyer.firm_email)]
    addresses = {address.lower(): (name, address) for name, address in known if address}
    if not addresses:
        raise UsageError(f"律师名册中没有{lawyer.firm}{lawyer.name}的邮箱，请补充名册后再发送，或者以其他方式送达。")
    return tuple(addresses.values())


def _handling(report: AuditReport) -> Lawyer:
    """The one lawyer of the roster who surely handles the case."""
    fields = report.case.fields if report.case is not None else {}
    read = {name: fields.get(name) for name in ("lawyer_name", "firm_name")}
    sure = {name: value.value for name, value in read.items() if value is not None and value.state is State.FOUND}
    name = sure.get("lawyer_name")
    if not name:
        raise UsageError("该案承办人未能确认，请先更正（juanzong review correct 案件编号 --field 承办人=姓名）。")
    return _listed(name, sure.get("firm_name") or "")


def _listed(name: str, firm: str) -> Lawyer:
    """The one lawyer of that name and firm on the roster; a namesake in another firm is a stranger to the case."""
    namesakes = [each for each in registry.roster() if one_spelling(each.name) == one_spelling(name)]
    alike = [each for each in namesakes if not firm or one_spelling(each.firm) == one_spelling(firm)]
    if namesakes and not alike:
        firms = "、".join(each.firm for each in namesakes)
        raise UsageError(
            f"承办人{name}的单位，案件所载为{firm}，律师名册所载为{firms}，请核对后更正名册或者案件（承办单位），再发送。"
        )
    if len(alike) != 1:
        told = "没有" if not alike else "有不止一名"
        raise UsageError(f"律师名册中{told}承办人{name}，请核对名册或者以其他方式送达。")
    return alike[0]


def _notice_mail(record: RoundRecord, settings: Settings, to: tuple[str, str], papers: tuple[str, ...]) -> QueuedMail:
    number = registry.case_number(record.report)
    case = f"案件编号为{number}的" if number else ""
    said = (
        f"{case}结案材料经第{record.number}次审查需要补正，现送达补正通知书（见附件）。"
        "请在通知载明的期限内补正，并将回执签章后送回。"
    )
    subject = f"{NOTICE}（{number}）" if number else NOTICE
    return _mail(settings, to, subject, said, papers).model_copy(update={"round": record.number})


def _reminder_mail(letter: ReminderLetter, settings: Settings, to: tuple[str, str], paper: str) -> QueuedMail:
    said = (
        f"{letter.firm_name}{letter.lawyer_name}承办的{len(letter.cases)}件法律援助案件尚有应当报送的材料，"
        f"现送达{REMINDER}（见附件）。请按函中载明的事项和期限报送。"
    )
    return _mail(settings, to, REMINDER, said, (paper,)).model_copy(update={"cases": letter.cases})


def _mail(settings: Settings, to: tuple[str, str], subject: str, said: str, papers: tuple[str, ...]) -> QueuedMail:
    name, address = to
    text = f"{name}：\n\n　　{said}\n\n{settings.office_name}\n"
    if settings.office_phone:
        text += f"联系电话：{settings.office_phone}\n"
    try:
        return QueuedMail(to=address, addressee=name, subject=subject, text=text, papers=papers)
    except ValidationError as error:
        raise UsageError(f"律师名册中{name}的邮箱“{address}”有误，请更正名册。") from error


def send_due(settings: Settings) -> int:
    """Sends every mail that is due; returns how many were taken by the server."""
    sent, retry = 0, timedelta(minutes=settings.mail.retry_minutes)
    while (line := registry.claim_mail(retry)) is not None:
        result = _attempt(line, settings)
        state = registry.record_mail(line.key, result, retry=retry, give_up=timedelta(days=settings.mail.give_up_days))
        sent += state is MailState.SENT
        log.info("mail", state=state.value, attempts=line.attempts)
        if state is MailState.WAITING:
            break  # the server is in trouble, or wants us to wait: the others wait as well
    return sent


def _attempt(line: MailLine, settings: Settings) -> MailResult:
    mail = line.mail
    try:
        attachments = tuple(
            Attachment(name=Path(paper).name, content=(settings.outbox / paper).read_bytes()) for paper in mail.papers
        )
    except FileNotFoundError as error:
        missing = Path(error.filename or "").name
        return MailResult(state=MailState.REFUSED, reason=f"附件“{missing}”已不在发件箱中，请核对后重新发送。")
    except OSError:
        return MailResult(state=MailState.WAITING, reason="附件暂时无法读取，稍后自动重试。")
    letter = MailLetter(id=line.key[:32], to=mail.to, subject=mail.subject, text=mail.text, attachments=attachments)
    return send(letter, settings.mail, settings.office_name)
