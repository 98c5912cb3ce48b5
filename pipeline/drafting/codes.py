"""The code on a notice and its receipt (识别码): a QR code by which a returned scan finds its case without OCR.

Its text is `JZ1|<case number>|<closing file>|<round>|<check>`. The check tells our codes from others', and a whole one
from one that was put together by hand; it is no secret.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata

import numpy as np
import zxingcpp
from PIL import Image
from pydantic import ValidationError

from schemas.base import State
from schemas.draft import CaseCode
from schemas.report import AuditReport

_VERSION = "JZ1"
_FIELDS = 5
_CHECK_DIGITS = 6
_MODULE_PIXELS = 8
_CORRECTION = "M"
"""15 per cent of the code may be lost: a stamp's rim, a crease. More correction means smaller squares."""


def case_code(report: AuditReport, round_number: int) -> CaseCode:
    """The code of `report`'s case in its `round_number`-th round."""
    value = report.case.fields.get("case_number") if report.case is not None else None
    number = value.value if value is not None and value.state is State.FOUND and value.value else ""
    plain = "".join(char for char in number if char != "|" and unicodedata.category(char)[0] not in "CZ")
    return CaseCode(case_number=plain[:60], file=report.source.sha256[:12], round_number=round_number)


def encode(code: CaseCode) -> str:
    """The text of `code`, with its check."""
    text = f"{_VERSION}|{code.case_number}|{code.file}|{code.round_number}"
    return f"{text}|{_check(text)}"


def decode(text: str) -> CaseCode | None:
    """The case and round that `text` names; None for anything that is not one of our codes, whole."""
    parts = text.strip().split("|")
    if len(parts) != _FIELDS or parts[0] != _VERSION or not parts[3].isascii():
        return None
    if _check("|".join(parts[:-1])) != parts[-1]:
        return None
    try:
        return CaseCode(case_number=parts[1], file=parts[2], round_number=int(parts[3]))
    except (ValidationError, ValueError):
        return None


def code_picture(code: CaseCode) -> bytes:
    """The QR code as a PNG, with the white rim that its reader needs."""
    barcode = zxingcpp.create_barcode(encode(code), zxingcpp.BarcodeFormat.QRCode, ec_level=_CORRECTION)
    pixels = np.asarray(zxingcpp.write_barcode_to_image(barcode, scale=_MODULE_PIXELS), np.uint8)
    saved = io.BytesIO()
    Image.fromarray(pixels).convert("1").save(saved, "PNG", optimize=True)
    return saved.getvalue()


def _check(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK_DIGITS]
