"""An application, or papers of a case that is known: what is surely of a case never becomes a new application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import registry
from pipeline.desk import entering, running
from pipeline.desk.entering import application_in
from pipeline.drafting.codes import encode
from pipeline.flow import Audited
from pipeline.registry import Supplemented
from pipeline.settings import Settings
from schemas.base import State
from schemas.case import Kind, Origin
from schemas.draft import CaseCode
from schemas.entry import Proposal, ProposedValue
from schemas.reading import Code, PageKind, PageReading, TextSource
from schemas.registration import Recipient, Registration
from schemas.report import AuditReport, Decision, ReportCase, Source, Subsidy
from schemas.volume import CataloguedPage, FieldValue, Page, Volume

NUMBER = "虚法援民字〔2024〕1号"
TODAY = date(2024, 6, 1)
NAME = ProposedValue(path="recipient.name", value="某甲", state=State.FOUND)
PROPOSAL = Proposal(name="申请.pdf", pages=1, papers=("法律援助申请表",), values=(NAME,))
OURS = CaseCode(case_number=NUMBER, file="1" * 12, round_number=1)
OTHERS = CaseCode(case_number="别处〔2024〕9号", file="9" * 12, round_number=1)


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An office with one audited case; whatever comes in looks like an application."""
    settings = Settings(inbox=tmp_path / "收件箱", outbox=tmp_path / "发件箱", state=tmp_path / "台账")
    registry.open_registry(settings.state)
    submit("1", report("1", case_number=NUMBER, recipient_name="某甲", lawyer_name="李闻舟"))
    monkeypatch.setattr(entering, "application_of", lambda *_: PROPOSAL)
    yield settings
    registry.close_registry()


def submit(digit: str, made: AuditReport | None = None) -> int:
    drop = registry.register_drop(f"{digit}.pdf", digit * 64, sha256=digit * 64, original=f"originals/{digit}")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    if made is not None:
        record = registry.record_report(claim.submission_id, made)
        registry.record_delivered(claim.submission_id, f"案件甲/第{record.number}次审查")
    return claim.submission_id


def report(digit: str, **read: str) -> AuditReport:
    fields = {name: FieldValue(value=value, state="found") for name, value in read.items()}
    return AuditReport(
        source=Source(name=f"{digit}.pdf", sha256=digit * 64, pages=9 if digit == "1" else 1),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=Decision.BLOCKED),
    )


def volume(code: CaseCode | None = None) -> Volume:
    codes = (Code(text=encode(code), format="QR Code", box=(0.7, 0.05, 0.85, 0.15)),) if code else ()
    reading = PageReading(sha256="", engine="", kind=PageKind.CONTENT, text_source=TextSource.NONE, codes=codes)
    return Volume(pages=(CataloguedPage(page=Page(number=1, reading=reading)),), documents=())


def test_a_new_application_is_proposed() -> None:
    """Of a person whom nobody knows: nothing speaks against it, and nothing is remarked."""
    stranger = PROPOSAL.model_copy(update={"values": (NAME.model_copy(update={"value": "某戊"}),)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entering, "application_of", lambda *_: stranger)
        assert application_in(volume(), report("2", recipient_name="某戊"), TODAY) == stranger


@pytest.mark.parametrize("code", [OURS, OTHERS])
def test_what_begins_with_our_code_is_no_application(code: CaseCode) -> None:
    """It answers to a notice, also where the notice is of a case that this registry does not know."""
    assert application_in(volume(code), report("2", recipient_name="某甲"), TODAY) is None


@pytest.mark.parametrize(
    "read",
    [
        {"case_number": NUMBER, "recipient_name": "某甲"},
        {"recipient_name": "某甲", "lawyer_name": "李闻舟"},
    ],
)
def test_what_is_surely_of_an_audited_case_is_no_application(read: dict[str, str]) -> None:
    """By number and recipient, or by recipient and lawyer of a case that waits for papers."""
    assert application_in(volume(), report("2", **read), TODAY) is None


def test_what_a_person_has_joined_to_a_case_is_no_application(office: Settings, monkeypatch) -> None:
    """Taken for an application at first, told of, and then joined by a person: it supplements the case."""
    audited = Audited(report("2", recipient_name="某甲"), volume())
    auditor = SimpleNamespace(audit=lambda *_args, **_named: audited)
    monkeypatch.setattr(running, "office_auditor", lambda _settings: auditor)
    auditing = running.Auditing(office)
    proposed = auditing(office.state / "originals" / "2", "2.pdf")
    assert isinstance(proposed, Proposal)
    entering.enter(submit("2"), proposed, office)
    registry.tell_case("2.pdf", NUMBER, by="周某")
    joined = auditing(office.state / "originals" / "2", "2.pdf")
    assert isinstance(joined, Supplemented)
    claim = registry.claim_next("tests")
    assert claim is not None
    record = registry.record_report(claim.submission_id, joined.report, base=joined.base)
    assert (record.case_key, record.number) == (f"{NUMBER}|某甲", 2)


def test_of_a_namesake_a_person_is_asked() -> None:
    """A name alone does not tell: the registration is proposed, and the remark says what else it may be."""
    told = application_in(volume(), report("2", recipient_name="某甲"), TODAY)
    assert told is not None
    assert "juanzong review join" in told.remark


def test_a_registered_case_without_a_closing_file_is_remarked() -> None:
    """Its own papers, scanned after it was registered, and a namesake's."""
    for number, cause in (("虚法援民字〔2024〕2号", "离婚纠纷"), ("虚法援民字〔2024〕3号", "赡养纠纷")):
        case = Registration(
            received_on=TODAY,
            kind=Kind.CIVIL,
            origin=Origin.APPLIED,
            recipient=Recipient(name="某甲"),
            cause=cause,
        )
        registry.register_case(case, who="赵一", number=number)
    told = application_in(volume(), report("2", case_number="虚法援民字〔2024〕2号"), TODAY)
    assert told is not None
    assert "已经登记的案件编号虚法援民字〔2024〕2号，请勿重复登记" in told.remark
    assert "同名受援人已经登记的案件：虚法援民字〔2024〕3号，" in told.remark
