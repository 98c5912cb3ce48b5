"""Signatures and seals: whose they are, and when they are surely not there."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page, place, seal

from pipeline.cataloguing import catalogue
from pipeline.cataloguing.marks import mark_of
from schemas.base import State
from schemas.volume import TYPED, Mark, Page

MANDATE = ["委托人：陈志强", "受委托人：李明", "代理权限：一般代理", "委托人（签名）：", "2024年3月6日"]


def marks(entry: Page) -> dict[str, Mark]:
    return catalogue([entry]).documents[0].marks


@pytest.mark.parametrize("state", list(State))
def test_a_signature_place_tells_its_state(state: State) -> None:
    """Signed, empty and doubtful places make found, missing and uncertain marks."""
    entry = page(1, "授权委托书", MANDATE, signature_places=(place("委托人（签名）：", state),))
    assert marks(entry)["recipient_signature"].state is state


def test_no_place_is_no_proof() -> None:
    """Where no signature place was found, nothing is known."""
    assert marks(page(1, "授权委托书", MANDATE))["recipient_signature"].state is State.UNCERTAIN


def test_an_empty_place_on_a_poor_scan_proves_nothing() -> None:
    """On a page that should be scanned again, an empty place is uncertain."""
    entry = page(
        1, "授权委托书", MANDATE, signature_places=(place("委托人（签名）：", State.MISSING),), low_quality=True
    )
    assert marks(entry)["recipient_signature"].state is State.UNCERTAIN


LETTER = ["广东渔光律师事务所：", "现指派你所承办陈志强盗窃一案。特此通知。", "湛江市霞山区法律援助处", "2024年3月5日"]


def test_a_seal_belongs_to_who_issues_the_paper() -> None:
    """A seal without readable words on an assignment notice is the office's."""
    assert marks(page(1, "指派通知书", LETTER, seals=(seal(),)))["office_seal"].state is State.FOUND


def test_no_seal_on_a_well_read_paper_is_missing() -> None:
    """A clean page without a seal lacks it; a poor one leaves it open."""
    assert marks(page(1, "指派通知书", LETTER))["office_seal"].state is State.MISSING
    assert marks(page(1, "指派通知书", LETTER, low_quality=True))["office_seal"].state is State.UNCERTAIN


def test_a_scrap_of_a_seal_is_no_proof_of_none() -> None:
    """Words of a ring that were read as a line show that there may be a seal after all."""
    body = [
        *LETTER[:2],
        line("法律援助处", 0.2, left=0.66),
        line("湛江市霞山区法律援助处", 0.23, left=0.6),
        line("2024年3月5日", 0.26, left=0.62),
    ]
    assert marks(page(1, "指派通知书", body))["office_seal"].state is State.UNCERTAIN


def test_a_sign_off_read_badly_is_no_proof_of_no_seal() -> None:
    """Print under a seal that was overlooked comes in pieces with low scores."""
    body = [*LETTER[:2], line("湛江市霞处", 0.5, left=0.6, score=0.7), line("2024年3月5日", 0.53, left=0.62)]
    assert marks(page(1, "指派通知书", body))["office_seal"].state is State.UNCERTAIN


def test_a_date_by_hand_is_no_trace_of_a_seal() -> None:
    """Many offices write the date, which then reads badly with nothing over it."""
    body = [
        *LETTER[:2],
        line("湛江市霞山区法律援助处", 0.5, left=0.6),
        line("2024年3月5日", 0.53, left=0.62, score=0.7, pen=True),
    ]
    assert marks(page(1, "指派通知书", body))["office_seal"].state is State.MISSING


def test_a_paper_that_breaks_off_lacks_no_seal() -> None:
    """Without a sign-off the seal may stand on a page that was filed elsewhere."""
    assert marks(page(1, "指派通知书", LETTER[:2]))["office_seal"].state is State.UNCERTAIN


def test_the_ring_says_whose_seal_it_is() -> None:
    """A firm's seal on the office's paper is no office seal."""
    found = marks(page(1, "指派通知书", LETTER, seals=(seal("广东渔光律师事务所"),)))
    assert found["office_seal"].state is State.UNCERTAIN
    assert found["firm_seal"].state is State.FOUND


def test_a_seam_seal_alone_is_no_seal_on_the_sign_off() -> None:
    """A seal cut by the page's edge does not prove the seal that the paper needs, nor its absence."""
    entry = page(1, "指派通知书", LETTER, seals=(seal(at_edge=True, box=(0.9, 0.4, 1.0, 0.5)),))
    assert marks(entry)["office_seal"].state is State.UNCERTAIN


@pytest.mark.parametrize(
    ("label", "type_", "mark"),
    [
        ("承办人（签名）", "approval_form", "staff_signature"),
        ("承办人（签名）", "closing_report", "lawyer_signature"),
        ("受送达人签收", "service_receipt", "recipient_signature"),
        ("送达人", "service_receipt", "staff_signature"),
        ("回访人", "return_visit", "staff_signature"),
        ("被回访人", "return_visit", "recipient_signature"),
        ("甲方（签名）", "representation_agreement", "recipient_signature"),
        ("被会见人", "meeting_record", "recipient_signature"),
        ("会见人", "meeting_record", "lawyer_signature"),
        ("记录人", "meeting_record", "lawyer_signature"),
        ("领款人", "subsidy_form", "lawyer_signature"),
        ("核卷人", "subsidy_form", "staff_signature"),
        ("申请人（签字）", "application_form", "recipient_signature"),
        ("受委托人", "power_of_attorney", "lawyer_signature"),
        ("审判长", "hearing_record", None),
        ("书记员", "outcome_document", None),
    ],
)
def test_a_label_says_who_signs(label: str, type_: str, mark: str | None) -> None:
    """The same label means different people on different papers."""
    assert mark_of(label, type_) == mark


def test_a_record_is_signed_page_by_page() -> None:
    """Each page of a meeting record has its own mark."""
    body = [
        "会见时间：2024年3月8日9时",
        "会见地点：看守所",
        "会见人：李明",
        "被会见人：陈志强",
        "问：是否同意？",
        "答：同意。",
    ]
    more = ["问：还有吗？", "答：没有。", "问：看守所里如何？", "答：还好。"]
    volume = catalogue(
        [
            page(1, "会见笔录", body, signature_places=(place("被会见人（签名）：", State.MISSING),)),
            page(2, None, more, signature_places=(place("被会见人（签名）：", State.FOUND),)),
        ]
    )
    pages = volume.documents[0].page_marks["recipient_signature"]
    assert {number: mark.state for number, mark in pages.items()} == {1: State.MISSING, 2: State.FOUND}


SIGNED_OFF = [
    *LETTER[:2],
    line("湛江市霞山区法律援助处", 0.5, left=0.66),
    line("2024年3月5日", 0.53, left=0.72),
]


def test_a_nearly_whole_seal_on_the_sign_off_counts_though_the_edge_cuts_it() -> None:
    """Set too far to the right, it is still the seal below the letter, and no seam seal."""
    cut = seal(at_edge=True, box=(0.8, 0.46, 1.0, 0.6))
    assert marks(page(1, "指派通知书", SIGNED_OFF, seals=(cut,)))["office_seal"].state is State.FOUND


@pytest.mark.parametrize(
    ("box", "score", "state"),
    [
        ((0.66, 0.46, 0.86, 0.6), 0.68, State.FOUND),
        ((0.66, 0.46, 0.86, 0.6), 0.55, State.UNCERTAIN),
        ((0.2, 0.46, 0.4, 0.6), 0.68, State.UNCERTAIN),
    ],
)
def test_a_plain_ring_without_words_is_a_seal_where_seals_stand(box, score: float, state: State) -> None:
    """On the issuer's name a ring is its seal, though the words are worn; elsewhere a cup may have left it."""
    silent = seal(box=box, state=State.UNCERTAIN).model_copy(update={"score": score})
    pages = page(1, "指派通知书", SIGNED_OFF, seals=(silent,), width=1654, height=2339)
    assert marks(pages)["office_seal"].state is state


def test_half_a_seal_at_the_edge_is_no_seal_of_the_letter() -> None:
    """A seam seal that crosses the height of the sign-off stays uncertain."""
    half = seal(at_edge=True, box=(0.88, 0.46, 1.0, 0.6))
    assert marks(page(1, "指派通知书", SIGNED_OFF, seals=(half,)))["office_seal"].state is State.UNCERTAIN


@pytest.mark.parametrize(
    ("words", "mark"),
    [("锦阳区法律爱助中心", "office_seal"), ("广东渔光律帅事务所", "firm_seal"), ("霞山区人民法陷", "organ_seal")],
)
def test_a_ring_with_a_misread_letter_still_names_its_owner(words: str, mark: str) -> None:
    """The words on a ring run round, and one of them is often misread."""
    kind = {"office_seal": "指派通知书", "firm_seal": "委托代理协议", "organ_seal": "出庭通知书"}[mark]
    assert marks(page(1, kind, LETTER, seals=(seal(words),)))[mark].state is State.FOUND


def test_a_label_broken_in_two_lines_asks_for_one_signature() -> None:
    """`值班律师` over `签名` is one label; the cell to its left, where someone else signs, does not rename it."""
    body = [
        line("受助人签名", 0.79, left=0.02),
        line("值班律师", 0.779, left=0.15, height=0.02),
        line("签名", 0.8, left=0.16, height=0.02),
    ]
    places = (place("签名", State.FOUND),)
    read = marks(page(1, "值班律师提供法律帮助情况登记表", body, signature_places=places))
    assert read["lawyer_signature"].state is State.FOUND
    assert read["recipient_signature"].state is State.UNCERTAIN


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        (line("委托人（签名）：陈小明", 0.8), True),
        (line("陈小明", 0.805, left=0.32), True),
        (line("陈小明", 0.805, left=0.32, pen=True), False),
        (line("委托人（签名）：", 0.8), False),
        (line("2024年3月5日", 0.805, left=0.32), False),
        (line("陈小明", 0.6, left=0.32), False),
    ],
)
def test_a_name_that_is_printed_where_one_should_sign(body, typed):
    """The mark says that the place holds print, so that nobody takes the typed name for a signature."""
    places = (place("委托人（签名）：", State.MISSING),)
    sheet = page(1, "授权委托书", ["委托人:陈小明", "受委托人:李强", body], signature_places=places)
    mark = marks(sheet)["recipient_signature"]
    assert mark.state is State.MISSING
    assert mark.detail.endswith(TYPED) is typed


def test_who_states_the_means_is_the_recipient() -> None:
    """`说明人` signs two kinds of statements: the recipient that of means, the lawyer those about the case."""
    assert mark_of("说明人：", "means_statement") == "recipient_signature"
    assert mark_of("说明人：", "explanation") == "lawyer_signature"
