"""Mail about a case (邮件送达): to whom a notice goes, what goes with it, and sending what is due.

Off unless the office has switched it on. A clerk says that a notice goes out; the office sends it when the server takes
it, once.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from pydantic import ValidationError

from pipeline import registry
from pipeline.delivering.mail import send
from pipeline.desk.outbox import demand_connected
from pipeline.errors import UsageError
from pipeline.registry import MailLine, RoundRecord
from pipeline.registry import plain as one_spelling
from pipeline.settings import Settings
from schemas.base import State
from schemas.mail import Attachment, MailLetter, MailResult, MailState, QueuedMail
from schemas.report import AuditReport
from schemas.roster import Lawyer

NOTICE = "补正通知书"
DRAFT_MARK = "（草稿）"
MAILED = (".pdf", ".docx")

log = structlog.get_logger(__name__)


def queue_notice(case: str, settings: Settings, *, attached: tuple[Path, ...] = (), by: str) -> tuple[str, ...]:
    """Queues the deficiency notice of the case's last round to the lawyer and the firm; gives the addresses.

    Addresses that had the same papers before get them no second time. Raises UsageError where mail is off, where the
    notice that was issued is not to be found, or where the roster has no address.
    """
    if not settings.mail.enabled:
        raise UsageError("尚未启用邮件（设置 mail.enabled），请以其他方式送达。")
    demand_connected(settings)
    record = registry.latest_round(case)
    papers = attached or _issued(settings.outbox / registry.round_folder(case))
    named = tuple(_below(paper, settings.outbox) for paper in papers)
    queued = []
    for name, address in _addresses(record.report):
        mail = _mail(record, settings, (name, address), named)
        if registry.queue_mail(case, mail, by=by):
            queued.append(address)
    return tuple(queued)


def _issued(folder: Path) -> tuple[Path, ...]:
    """The notice as it was issued: sealed and scanned, or finished in Word. A draft does not go out."""
    found = [path for path in sorted(folder.glob(f"{NOTICE}*")) if path.suffix.lower() in MAILED]
    finished = [path for path in found if DRAFT_MARK not in path.name]
    if not finished:
        raise UsageError(
            f"没有找到签发的补正通知书。请将签发后的通知书（PDF 或者 DOCX，文件名以“{NOTICE}”开头、不带“草稿”）"
            f"放入 {folder}，或者以 --attach 指明文件。"
        )
    scans = [path for path in finished if path.suffix.lower() == ".pdf"]
    return tuple(scans or finished)


def _below(paper: Path, outbox: Path) -> str:
    try:
        return paper.resolve(strict=True).relative_to(outbox.resolve()).as_posix()
    except (OSError, ValueError) as error:
        raise UsageError(f"附件应当是发件箱内已有的文件：{paper}") from error


def _addresses(report: AuditReport) -> tuple[tuple[str, str], ...]:
    """Lawyer and firm with their addresses, from the roster."""
    lawyer = _lawyer(report)
    known = [(lawyer.name, lawyer.email), (lawyer.firm, lawyer.firm_email)]
    addresses = {address.lower(): (name, address) for name, address in known if address}
    if not addresses:
        raise UsageError(f"律师名册中没有{lawyer.firm}{lawyer.name}的邮箱，请补充名册后再发送，或者以其他方式送达。")
    return tuple(addresses.values())


def _lawyer(report: AuditReport) -> Lawyer:
    """The one lawyer of the roster who surely handles the case."""
    fields = report.case.fields if report.case is not None else {}
    read = {name: fields.get(name) for name in ("lawyer_name", "firm_name")}
    sure = {name: value.value for name, value in read.items() if value is not None and value.state is State.FOUND}
    name, firm = sure.get("lawyer_name"), sure.get("firm_name")
    if not name:
        raise UsageError("该案承办人未能确认，请先更正（juanzong review correct 案件编号 --field 承办人=姓名）。")
    alike = [each for each in registry.roster() if one_spelling(each.name) == one_spelling(name)]
    if firm and len(alike) > 1:
        alike = [each for each in alike if one_spelling(each.firm) == one_spelling(firm)]
    if len(alike) != 1:
        told = "没有" if not alike else "有不止一名"
        raise UsageError(f"律师名册中{told}承办人{name}，请核对名册或者以其他方式送达。")
    return alike[0]


def _mail(record: RoundRecord, settings: Settings, to: tuple[str, str], papers: tuple[str, ...]) -> QueuedMail:
    name, address = to
    number = registry.case_number(record.report)
    case = f"案件编号为{number}的" if number else ""
    text = (
        f"{name}：\n\n"
        f"　　{case}结案材料经第{record.number}次审查需要补正，现送达补正通知书（见附件）。"
        "请在通知载明的期限内补正，并将回执签章后送回。\n\n"
        f"{settings.office_name}\n"
    )
    if settings.office_phone:
        text += f"联系电话：{settings.office_phone}\n"
    subject = f"补正通知书（{number}）" if number else "补正通知书"
    try:
        return QueuedMail(to=address, addressee=name, subject=subject, text=text, round=record.number, papers=papers)
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
