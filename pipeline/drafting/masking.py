"""Masking (脱敏) for papers that stay in the house: who may see the paper need not see a number or a name in full."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<![\dA-Za-z])(\d{3})\d{8,11}([\dXx]{4})(?![\dA-Za-z])")
"""An identity number or a telephone number: 15 to 18 digits, or 11 and more."""
_TELEPHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")


def masked_name(name: str) -> str:
    """陈某某 for 陈小满: the surname, and as many 某 as characters follow; a foreign or long name keeps its first."""
    if "某" in name or not name:
        return name
    return name[0] + "某" * min(2, max(1, len(name) - 1))


def masked_number(number: str) -> str:
    """445***********6708: the first three and the last four stay."""
    plain = "".join(number.split())
    return f"{plain[:3]}{'*' * (len(plain) - 7)}{plain[-4:]}" if len(plain) > 7 else "*" * len(plain)  # noqa: PLR2004


def masked_text(text: str, name: str) -> str:
    """`text` with the recipient's `name` and with identity and telephone numbers masked."""
    if len(name) > 1:
        text = text.replace(name, masked_name(name))
    text = _NUMBER.sub(lambda found: masked_number(found.group()), text)
    return _TELEPHONE.sub(lambda found: masked_number(found.group()), text)
