"""The code on a notice: what it says, who refuses it, and that a scan of the printed paper still holds it."""

from __future__ import annotations

import io

import numpy as np
import pytest
import zxingcpp
from docx import Document
from drafting_audit_samples import OFFICE, TERMS, audit_paper_values
from drafting_documents import of_kind, opened, parts_of
from drafting_reports import CERTAIN, case, found, report, uncertain
from PIL import Image, ImageFilter

from pipeline.drafting import decode, draft
from pipeline.drafting.codes import case_code, code_picture, encode
from pipeline.drafting.letters import FILE_NAMES
from pipeline.drafting.pictures import CODE_PICTURE, with_picture
from pipeline.drafting.rendering import render
from schemas.draft import CaseCode, DraftKind

DPI = 150
MILLIMETRES = 24.0


def scanned(picture: bytes, *, degrees: float, seed: int) -> Image.Image:
    """The code as an office's scanner at 150 dpi gives it: small, slanting, blurred, grey, speckled."""
    code = Image.open(io.BytesIO(picture)).convert("L")
    side = round(MILLIMETRES / 25.4 * DPI)
    page = Image.new("L", (4 * side, 3 * side), 255)
    page.paste(code.resize((side, side), Image.Resampling.LANCZOS), (2 * side, side // 2))
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    noise = np.random.default_rng(seed).normal(0.0, 14.0, (turned.height, turned.width))
    grey = np.asarray(turned, np.float64) * 0.75 + 40.0 + noise
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("degrees", [-3.0, 0.0, 1.5])
def test_code_is_read_from_a_slanting_scan_at_150_dpi(degrees: float, seed: int) -> None:
    """Print, a poor scan and a crooked feed leave case and round readable, whatever the number."""
    code = CaseCode(case_number=f"湛法援刑字〔2024〕{seed}112号", file=f"{seed}a2b3c4d5e6f"[:12], round_number=seed + 1)
    read = zxingcpp.read_barcodes(scanned(code_picture(code), degrees=degrees, seed=seed))
    assert [decode(found.text) for found in read] == [code]


def test_text_comes_back_as_it_went_in() -> None:
    """Encoding and decoding are each other's reverse, rare characters and long numbers included."""
    for number in ("", "湛法援刑字〔2024〕112号", "𬱖法援〔2024〕1号", "长" * 60):
        code = CaseCode(case_number=number, file="0123456789ab", round_number=12)
        assert decode(encode(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "", "https://example.invalid/wx", "JZ1", "JZ1|甲|0123456789ab|1|", "JZ2|甲|0123456789ab|1|000000",
        "JZ1|甲|0123456789ab|1|zzzzzz", "甲|乙|丙|丁|戊", "JZ1||||",
    ],
)  # fmt: skip
def test_others_codes_are_refused(text: str) -> None:
    """A court's code, a page's address, or one of ours put together by hand says nothing."""
    assert decode(text) is None


def test_one_changed_character_is_noticed() -> None:
    """The check covers case, file and round."""
    text = encode(CaseCode(case_number="湛法援〔2024〕1号", file="0123456789ab", round_number=1))
    for place, char in enumerate(text):
        assert decode(text[:place] + ("1" if char != "1" else "2") + text[place + 1 :]) is None


def test_right_check_over_wrong_content_is_refused() -> None:
    """A round that is no number, or none at all, is no code of ours."""
    from pipeline.drafting.codes import _check

    for body in ("JZ1|甲|0123456789ab|零", "JZ1|甲|0123456789ab|0", "JZ1|甲|不是十二位|1", "JZ1|甲|0123456789ab|²"):
        assert decode(f"{body}|{_check(body)}") is None


def test_doubtful_number_and_names_stay_out() -> None:
    """The code holds the number only if it was read for certain, and never a person's name."""
    code = case_code(report(of_case=case(case_number=uncertain("湛法援〔2024〕1号"))), 2)
    assert (code.case_number, code.file, code.round_number) == ("", "a" * 12, 2)
    assert "陈小满" not in encode(case_code(report(), 1))
    assert case_code(report(of_case=case(case_number=found("甲|乙\x00 丙"))), 1).case_number == "甲乙丙"


def test_notice_shows_its_code_at_the_top_and_on_the_receipt() -> None:
    """Both places show the one picture, and it is this case's."""
    notice = of_kind(draft(report(CERTAIN), OFFICE, TERMS[0].received_on, 3, TERMS), DraftKind.DEFICIENCY_NOTICE)
    shown = [name for name in parts_of(notice.content) if name.startswith("word/media/")]
    (picture,) = shown
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(parts_of(notice.content)[picture])).convert("L"))
    assert decode(read.text) == case_code(report(CERTAIN), 3)
    body = opened(notice).element.body.xml
    assert body.count(f'descr="{CODE_PICTURE}"') == 2


def test_letter_without_the_picture_is_left_as_it_is() -> None:
    """An office that has taken the code out of its template gets its letter without it."""
    plain = io.BytesIO()
    Document().save(plain)
    assert with_picture(plain.getvalue(), CODE_PICTURE, b"png") == plain.getvalue()
    letter = render(DraftKind.AUDIT_OPINION, audit_paper_values()[DraftKind.AUDIT_OPINION], None)
    assert with_picture(letter, CODE_PICTURE, b"png") == letter


def test_papers_have_names_of_their_own() -> None:
    """No two papers of a round share a file."""
    assert len(set(FILE_NAMES.values())) == len(FILE_NAMES)
