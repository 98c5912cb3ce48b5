"""Sending a letter by mail. A mail is sent at most once: what may have arrived is never sent again by itself.

Everything up to the server's acceptance of the recipients can be repeated without harm. Once the text has been handed
over and the answer is lost, nobody here can know whether it arrived; then a person asks the addressee.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, parseaddr

from pipeline.settings import MailSecurity, MailSettings
from schemas.mail import MailLetter, MailResult, MailState

_WORD = "application", "vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application", "pdf"
_PLAIN = "application", "octet-stream"
_TAKEN = (250, 251)
_LASTING = 500
"""SMTP answers from here on are final; those from 400 may be tried again later."""


def send(letter: MailLetter, server: MailSettings, sender_name: str) -> MailResult:
    """Sends `letter` in the name of `sender_name`; never raises for what a server or a network may do."""
    try:
        smtp = _connected(server)
    except smtplib.SMTPAuthenticationError:
        return _later("邮件服务器拒绝登录，请核对设置中的用户名和授权码。")
    except ssl.SSLError:
        return _later("与邮件服务器的加密连接未能建立，请核对服务器地址、端口和加密方式。")
    except smtplib.SMTPNotSupportedError:
        return _later("邮件服务器不支持所设的加密或者登录方式，请核对设置。")
    except (OSError, smtplib.SMTPException):
        return _later("邮件服务器无法连接，稍后自动重试。")
    try:
        return _transferred(smtp, letter, server.sender, composed(letter, server.sender, sender_name))
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.quit()


def composed(letter: MailLetter, sender: str, sender_name: str) -> bytes:
    """The mail as it goes over the wire."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((" ".join(sender_name.split()), parseaddr(sender)[1]))
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    for attachment in letter.attachments:
        maintype, subtype = _media_type(attachment.name)
        message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name)
    return message.as_bytes()


def _media_type(name: str) -> tuple[str, str]:
    return {".docx": _WORD, ".pdf": _PDF}.get(name[name.rfind(".") :].lower(), _PLAIN)


def _connected(server: MailSettings) -> smtplib.SMTP:
    """A connection on which mail can be sent. Encryption that was asked for and is not to be had is an error."""
    context = ssl.create_default_context(cafile=str(server.certificate) if server.certificate else None)
    if server.security is MailSecurity.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
    try:
        if server.security is MailSecurity.STARTTLS:
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password.get_secret_value())
    except BaseException:
        smtp.close()
        raise
    return smtp


def _transferred(smtp: smtplib.SMTP, letter: MailLetter, sender: str, content: bytes) -> MailResult:
    try:
        for told, what in ((smtp.mail(sender), "发件地址"), (smtp.rcpt(letter.to), f"收件地址 {letter.to} ")):
            if told[0] not in _TAKEN:
                return _answered(*told, what)
    except (OSError, smtplib.SMTPException):
        return _later("与邮件服务器的连接中断，稍后自动重试。")
    try:
        told = smtp.data(content)
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error, "邮件")
    except (OSError, smtplib.SMTPException):
        return MailResult(
            state=MailState.DOUBTFUL, reason="邮件发出后未得到邮件服务器的答复，可能已经送达，请向收件人核实。"
        )
    return MailResult(state=MailState.SENT) if told[0] in _TAKEN else _answered(*told, "邮件")


def _answered(code: int, answer: bytes | str, what: str) -> MailResult:
    """What the server objects to, in its own words: whoever looks after the mail needs them."""
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    told = f"（{code} {' '.join(words.split())}）"
    if code >= _LASTING:
        return MailResult(state=MailState.REFUSED, reason=f"邮件服务器拒收{what.strip()}{told}，请核对后重新发送。")
    return _later(f"邮件服务器暂不接受{what.strip()}{told}，稍后自动重试。")


def _later(reason: str) -> MailResult:
    return MailResult(state=MailState.WAITING, reason=reason)
