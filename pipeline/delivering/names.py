"""Names of folders that Windows, WPS and an Excel link all accept."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from pipeline.delivering.writing import STAGING
from schemas.base import State
from schemas.report import AuditReport
from schemas.volume import FieldValue

LEDGER_NAME = "台账.xlsx"
"""The one paper in an outbox that is there from its first day on."""
OFFICE_MEMORY = f"{STAGING}/office.json"
"""By which registry an outbox was filled, and how far (`desk.same_office`)."""
LONGEST = 80
"""Characters in a folder's name, so that a path stays below Windows' 260."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\[\]]')
"""Windows forbids the first nine; an Excel link cannot hold the brackets."""
_FULL_WIDTH = str.maketrans({"<": "＜", ">": "＞", ":": "：", '"': "＂", "|": "｜", "?": "？", "*": "＊", "[": "〔", "]": "〕", "#": "＃", "%": "％"})  # fmt: skip
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)


def safe_name(text: str, longest: int = LONGEST) -> str:
    """`text` as one folder's name. Never empty; full-width characters stay; forbidden ones become full-width or `-`.

    At most `longest` characters, and three times as many bytes: Linux counts bytes, and a rare character has four.
    """
    text = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    text = "".join("" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else char for char in text)
    text = _FORBIDDEN.sub("-", re.sub(r"\s+", " ", text)).strip(" .")[:longest]
    while len(text) > longest or len(text.encode()) > 3 * longest:
        text = text[:-1].strip(" .")
    if _RESERVED.fullmatch(text):
        text = f"_{text}"
    return text or "未命名"


def case_folder_name(report: AuditReport) -> str:
    """`<案件编号>_<受援人>`. What was not read for certain is not part of a name: `待核` and a short hash stand for it.

    The hash is of the closing file, so that two files whose number or recipient is unknown never share a folder.
    """
    number, recipient = _certain(report, "case_number"), _certain(report, "recipient_name")
    mark = report.source.sha256[:8]
    if number and recipient:
        return _numbered(number, recipient, mark)
    known = f"{number or '案号待核'}_{recipient or '受援人待核'}"
    return f"{safe_name(known, LONGEST - 9)}_{mark}"


def registered_folder_name(number: str, recipient: str) -> str:
    """The folder of a registered case: the same as that of its closing file later on."""
    return _numbered(number, recipient, short_hash(f"{number}_{recipient}".encode()))


def _numbered(number: str, recipient: str, mark: str) -> str:
    # 超长的编号或者姓名截短后可能相同，因此带上标记
    name = safe_name(f"{number}_{recipient}", longest=10_000)
    return name if len(name) <= LONGEST else f"{safe_name(name, LONGEST - 9)}_{mark}"


def _certain(report: AuditReport, name: str) -> str:
    value: FieldValue | None = report.case.fields.get(name) if report.case is not None else None
    return value.value.strip() if value is not None and value.state is State.FOUND and value.value else ""


def short_hash(data: bytes) -> str:
    """Eight hexadecimal digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:8]
