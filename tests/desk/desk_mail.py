"""An office that mails: one audited case whose notice was sealed, and the lawyer's addresses on the roster."""

from __future__ import annotations

from pathlib import Path

from pipeline import registry
from pipeline.registry import MailLine
from pipeline.settings import MailSecurity, MailSettings, Settings
from schemas.mail import MailState
from schemas.report import AuditReport, Decision, ReportCase, Source, Subsidy
from schemas.roster import Lawyer
from schemas.volume import FieldValue

NUMBER = "虚法援民字〔2024〕31号"
FOLDER = "案件甲/第1次审查"
LAWYER = Lawyer(
    licence="1", name="李闻舟", firm="某岸律师事务所", email="li@example.org", firm_email="firm@example.org"
)


def mailing_settings(root: Path, port: int = 465) -> Settings:
    """Mail goes to a server of this machine, without encryption."""
    mail = MailSettings(
        enabled=True,
        host="127.0.0.1",
        port=port,
        security=MailSecurity.NONE,
        sender="office@example.org",
        retry_minutes=0,
    )
    return Settings(
        inbox=root / "收件箱", outbox=root / "发件箱", state=root / "台账", office_name="虚江市法律援助处", mail=mail
    )


def stock_mail(settings: Settings) -> None:
    """Opens the registry; the notice lies in the round's folder, sealed and as a draft."""
    registry.open_registry(settings.state)
    registry.keep_roster([LAWYER], who="周某")
    audited()
    folder = settings.outbox / FOLDER
    folder.mkdir(parents=True)
    (folder / "补正通知书（草稿）.docx").write_bytes(b"draft")
    (folder / "补正通知书.pdf").write_bytes(b"sealed")


def audited() -> None:
    read = {"case_number": NUMBER, "recipient_name": "某乙", "lawyer_name": LAWYER.name}
    fields = {name: FieldValue(value=value, state="found") for name, value in read.items()}
    made = AuditReport(
        source=Source(name="卷.pdf", sha256="1" * 64, pages=9),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=Decision.BLOCKED),
    )
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    registry.record_report(claim.submission_id, made)
    registry.record_delivered(claim.submission_id, FOLDER)


def mails(*states: MailState) -> list[MailLine]:
    return [line for some in registry.listed_mails(*states) for line in some]
