"""Mail against a real server on loopback: what arrives, what is tried again, and what is never sent twice."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr, ValidationError

from pipeline.delivering.mail import send
from pipeline.settings import MailSecurity, MailSettings
from schemas.mail import Attachment, MailLetter, MailState

OFFICE = "江潮市霞浦区法律援助处"
LETTER = MailLetter(
    id="notice-1",
    to="lawyer@example.org",
    subject="结案材料补正通知书（江潮法援刑字〔2024〕12号）",
    text="附件为补正通知书，请在期限内补正。\n",
    attachments=(Attachment(name="补正通知书-赵堃玥.docx", content=b"PK\x03\x04 word"),),
)


class Box:
    """A mailbox that answers as it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipient_answer = "250 OK"
        self.data_answer = "250 OK"
        self.hang_up = False

    async def handle_RCPT(self, *told: Any) -> str:  # noqa: N802 - the library's name
        envelope, address = told[2], told[3]
        envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        if self.hang_up:
            server.transport.abort()
        return self.data_answer


@pytest.fixture
def box() -> Box:
    return Box()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _serving(box: Box, **options: Any) -> Iterator[MailSettings]:
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        yield MailSettings(
            enabled=True,
            host="127.0.0.1",
            port=controller.port,
            security=MailSecurity.NONE,
            sender="office@example.org",
            timeout_seconds=60,
        )
    finally:
        controller.stop()


@pytest.fixture
def server(box: Box) -> Iterator[MailSettings]:
    yield from _serving(box)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for loopback with its key, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_letter_arrives_whole(box: Box, server: MailSettings) -> None:
    """Chinese subject, text, sender and the name of the attachment come out as they went in."""
    assert send(LETTER, server, OFFICE).state is MailState.SENT
    (mail,) = box.mails
    assert mail["Subject"] == LETTER.subject
    assert mail["From"].addresses[0].display_name == OFFICE
    assert mail["Message-ID"] == "<notice-1@example.org>"
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "补正通知书-赵堃玥.docx"
    assert attachment.get_content() == b"PK\x03\x04 word"


def test_wrong_address_is_told_and_not_tried_again(box: Box, server: MailSettings) -> None:
    """A lasting refusal goes to a person, with the server's own words."""
    box.recipient_answer = "550 5.1.1 no such user"
    result = send(LETTER, server, OFFICE)
    assert result.state is MailState.REFUSED
    assert "lawyer@example.org" in result.reason
    assert "no such user" in result.reason


def test_passing_refusal_is_tried_again(box: Box, server: MailSettings) -> None:
    """Greylisting: the same mail goes out at the next attempt, once."""
    box.recipient_answer = "450 4.2.0 greylisted"
    assert send(LETTER, server, OFFICE).state is MailState.WAITING
    box.recipient_answer = "250 OK"
    assert send(LETTER, server, OFFICE).state is MailState.SENT
    assert len(box.mails) == 1


def test_text_refused_for_good_is_told(box: Box, server: MailSettings) -> None:
    """A server that finds the attachment too large will find it so tomorrow."""
    box.data_answer = "552 5.3.4 message too big"
    assert send(LETTER, server, OFFICE).state is MailState.REFUSED


def test_lost_answer_is_doubtful(box: Box, server: MailSettings) -> None:
    """The server had the mail when the line went dead: whether it arrived, only the addressee knows."""
    box.hang_up = True
    result = send(LETTER, server, OFFICE)
    assert result.state is MailState.DOUBTFUL
    assert "核实" in result.reason


def test_server_that_is_down_is_waited_for() -> None:
    """Nothing was sent, so it may be tried again."""
    down = MailSettings(
        enabled=True, host="127.0.0.1", port=_free_port(), security=MailSecurity.NONE, sender="office@example.org"
    )
    result = send(LETTER, down, OFFICE)
    assert result.state is MailState.WAITING
    assert "无法连接" in result.reason


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_encrypted_connection(box: Box, certificate: Path, security: MailSecurity) -> None:
    """With the server's certificate known the mail goes out; without it nothing does."""
    option = "ssl_context" if security is MailSecurity.TLS else "tls_context"
    for plain in _serving(box, **{option: _context(certificate)}):
        known = plain.model_copy(update={"security": security, "certificate": certificate})
        assert send(LETTER, known, OFFICE).state is MailState.SENT
        unknown = plain.model_copy(update={"security": security})
        assert send(LETTER, unknown, OFFICE).state is MailState.WAITING
    assert len(box.mails) == 1


def test_encryption_that_is_not_to_be_had_stops_the_mail(box: Box, server: MailSettings) -> None:
    """No falling back to plain text."""
    result = send(LETTER, server.model_copy(update={"security": MailSecurity.STARTTLS}), OFFICE)
    assert result.state is MailState.WAITING
    assert "加密" in result.reason
    assert box.mails == []


def test_wrong_password_is_told(box: Box, certificate: Path) -> None:
    """The administrator reads what to look at."""

    def admitted(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    options = {"tls_context": _context(certificate), "authenticator": admitted, "auth_required": True}
    for plain in _serving(box, **options):
        update = {"security": MailSecurity.STARTTLS, "certificate": certificate, "user": "office"}
        settings = plain.model_copy(update=update)
        wrong = send(LETTER, settings.model_copy(update={"password": SecretStr("wrong")}), OFFICE)
        assert "授权码" in wrong.reason
        right = send(LETTER, settings.model_copy(update={"password": SecretStr("right")}), OFFICE)
        assert right.state is MailState.SENT


def test_names_cannot_add_headers(box: Box, server: MailSettings) -> None:
    """A line break in a subject or an office's name ends nothing."""
    letter = LETTER.model_copy(update={"subject": "通知\r\nBcc: other@example.org"})
    assert send(letter, server, "某\r\n处").state is MailState.SENT
    assert "Bcc" not in box.mails[0]


@pytest.mark.parametrize(
    "address", ["", "lawyer", "a@b", "两@example.org", "a@example.org, b@example.org", "a@ex.org\nX: y"]
)
def test_what_is_no_address_is_refused_beforehand(address: str) -> None:
    """A slip in the roster is seen before anything is sent."""
    with pytest.raises(ValidationError):
        MailLetter(id="1", to=address, subject="通知", text="")


def test_settings_that_cannot_send_are_refused() -> None:
    """Mail that is switched on has a server and a sender."""
    with pytest.raises(ValidationError, match="发件地址"):
        MailSettings(enabled=True)
