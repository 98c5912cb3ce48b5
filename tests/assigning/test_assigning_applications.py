"""A scanned application is known as one, and proposed; a closing file is never taken for one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.assigning import application_of, proposed_draft, read_registrations
from pipeline.errors import UsageError
from schemas.base import State
from schemas.case import CaseFacts, Fact
from schemas.entry import Proposal
from schemas.reading import PageKind, PageReading, TextSource
from schemas.volume import Candidate, CataloguedPage, Document, FieldValue, Page, Volume

TODAY = date(2024, 6, 1)
IDENTITY = "440801199001011231"
FORM, CARD, MEANS, RECEIPT = "application_form", "identity_document", "means_statement", "materials_receipt"


def found(value: str, state: str = "found", page: int = 1) -> FieldValue:
    return FieldValue(value=value, state=state, page=page, score=0.9)


def volume(*types: str, kinds: dict[int, PageKind] | None = None, sure: bool = True, **changes: object) -> Volume:
    """A page a paper, each of the type named; pages of `kinds` are not ordinary ones."""
    names = {"recipient_name": found("某甲")}
    documents = tuple(
        Document(type=type_, title="", first_page=number, last_page=number, state="found", score=1.0, fields=names)
        for number, type_ in enumerate(types, start=1)
    )
    pages = []
    for number, type_ in enumerate(types, start=1):
        kind = (kinds or {}).get(number, PageKind.CONTENT)
        reading = PageReading(sha256="", engine="", kind=kind, text_source=TextSource.OCR)
        pages.append(
            CataloguedPage(
                page=Page(number=number, reading=reading),
                document=number - 1 if kind is PageKind.CONTENT else None,
                certain=sure or type_ == FORM,
                candidates=(Candidate(type=type_, score=1.0),) if kind is PageKind.CONTENT else (),
            )
        )
    given = {"pages": tuple(pages), "documents": documents, "fields": {"recipient_name": found("某甲")}}
    return Volume(**{**given, **changes})


def proposed(of: Volume) -> dict[str, tuple[str, State]]:
    proposal = application_of(of, "申请.pdf", TODAY)
    assert proposal is not None
    return {value.path: (value.value, value.state) for value in proposal.values}


@pytest.mark.parametrize(
    "types",
    [(FORM,), (FORM, CARD, MEANS, RECEIPT), (CARD, FORM, "case_basis"), (FORM, CARD, MEANS, "evidence", "other")],
)
def test_an_application_with_its_proofs_is_one(types):
    """In whatever order, with what the case rests on; most pages are the application's own."""
    assert application_of(volume(*types), "申请.pdf", TODAY) is not None


@pytest.mark.parametrize(
    "types",
    [
        (FORM, CARD, MEANS, "grant_decision"),
        (FORM, CARD, MEANS, "closing_report"),
        (FORM, CARD, "assignment_notice"),
        (FORM, CARD, "approval_form"),
        ("cover", FORM, CARD),
        (FORM, CARD, "drafted_document"),
        (CARD, MEANS),
        (FORM, "other", "other"),
        (FORM, "evidence"),
        (FORM, *[CARD] * 20),
        ("duty_help_application", CARD),
    ],
)
def test_a_file_with_a_later_paper_is_none(types):
    """One paper of a later phase, no application form, mostly something else, or too many pages."""
    assert application_of(volume(*types), "卷.pdf", TODAY) is None


def test_a_page_that_could_be_anything_makes_it_none():
    """Unreadable, or not surely placed: it may be what the closing file lost."""
    assert application_of(volume(FORM, CARD, CARD, kinds={3: PageKind.UNREADABLE}), "卷.pdf", TODAY) is None
    assert application_of(volume(FORM, CARD, MEANS, "other", sure=False), "卷.pdf", TODAY) is None
    likely = volume(FORM, CARD)
    doubtful = likely.pages[1].model_copy(
        update={
            "certain": False,
            "candidates": (Candidate(type=CARD, score=0.6), Candidate(type="approval_form", score=0.3)),
        }
    )
    assert application_of(likely.model_copy(update={"pages": (likely.pages[0], doubtful)}), "卷.pdf", TODAY) is None


def test_a_blank_page_does_not_matter():
    """The back of a form."""
    assert application_of(volume(FORM, CARD, CARD, kinds={3: PageKind.BLANK}), "申请.pdf", TODAY) is not None


def test_an_application_form_that_is_not_certain_makes_it_none():
    """Only where certain."""
    sure = volume(FORM, CARD)
    form = sure.pages[0].model_copy(update={"certain": False})
    assert application_of(sure.model_copy(update={"pages": (form, sure.pages[1])}), "申请.pdf", TODAY) is None


def test_what_was_read_is_proposed_with_its_state():
    """Day of birth and sex follow from the identity number; the day of the application is not surely that of receipt."""
    fields = {
        "recipient_name": found("某甲"),
        "recipient_id_number": found(IDENTITY),
        "cause": found("离婚纠纷", "uncertain"),
    }
    base = volume(FORM, CARD, fields=fields)
    form = base.documents[0].model_copy(update={"fields": {**base.documents[0].fields, "date": found("2024-03-05")}})
    told = proposed(base.model_copy(update={"documents": (form, base.documents[1])}))
    assert told["recipient.name"] == ("某甲", State.FOUND)
    assert told["recipient.born_on"] == ("1990-01-01", State.FOUND)
    assert told["recipient.sex"] == ("男", State.FOUND)
    assert told["received_on"] == ("2024-03-05", State.UNCERTAIN)
    assert told["origin"] == ("申请类", State.FOUND)
    assert told["kind"] == ("民事诉讼", State.UNCERTAIN)
    assert told["cause"] == ("离婚纠纷", State.UNCERTAIN)


def test_a_receipt_tells_the_day_and_a_transfer_letter_the_origin():
    """Given out by the office, it bears the day on which the papers came in."""
    base = volume(FORM, CARD, RECEIPT, "transfer_letter")
    receipt = base.documents[2].model_copy(update={"fields": {"date": found("2024-03-06")}})
    told = proposed(base.model_copy(update={"documents": (*base.documents[:2], receipt, base.documents[3])}))
    assert told["received_on"] == ("2024-03-06", State.FOUND)
    assert told["origin"] == ("转交申请", State.FOUND)


def test_a_misread_number_and_a_name_on_one_paper_are_doubtful():
    """The number's last digit does not fit; nothing bears the name out."""
    told = proposed(
        volume(FORM, fields={"recipient_name": found("某甲"), "recipient_id_number": found(IDENTITY[:-1] + "2")})
    )
    assert told["recipient.id_number"][1] is State.UNCERTAIN
    assert told["recipient.born_on"][1] is State.UNCERTAIN
    assert told["recipient.name"][1] is State.UNCERTAIN


def test_facts_of_the_papers_are_proposed():
    """Kind, stage and custody as the papers tell them, a minor among the groups."""
    facts = CaseFacts(
        facts={
            "kind": Fact(value="criminal_defence", state="found"),
            "custody": Fact(value="detained", state="uncertain"),
            "minor": Fact(value=True, state="found"),
        }
    )
    told = proposed(volume(FORM, CARD, facts=facts))
    assert told["kind"] == ("刑事辩护", State.FOUND)
    assert told["recipient.custody"] == ("羁押", State.UNCERTAIN)
    assert told["recipient.groups"] == ("未成年人", State.FOUND)


def test_the_draft_registers_once_it_is_complete(tmp_path: Path):
    """What could not be read stands empty and is told as lacking; filled in, the file is a registration."""
    fields = {"recipient_name": found("某甲"), "recipient_id_number": found(IDENTITY), "cause": found("离婚纠纷")}
    proposal = application_of(volume(FORM, CARD, fields=fields), "申请.pdf", TODAY)
    assert isinstance(proposal, Proposal)
    draft = proposed_draft(proposal)
    assert "受理日期：待核" in draft
    (tmp_path / "草稿.yaml").write_text(draft, encoding="utf-8")
    with pytest.raises(UsageError, match="“受理日期”未填写"):
        read_registrations(tmp_path / "草稿.yaml", TODAY)
    (tmp_path / "草稿.yaml").write_text(draft.replace("received_on:", "received_on: 2024-03-05"), encoding="utf-8")
    (case,) = read_registrations(tmp_path / "草稿.yaml", TODAY)
    assert (case.registration.recipient.id_number, case.registration.cause) == (IDENTITY, "离婚纠纷")
