"""Whether a licence number (执业证号) looks like a lawyer's.

Seventeen digits: 1, province and city (4), year of the first licence (4), class (1), sex (1), serial (6). No check digit
is known, and the ministry's rule was not at hand in the original: a number that looks odd is asked about, never refused.
"""

from __future__ import annotations

import re
from datetime import date

_NUMBER = re.compile(r"1(?P<province>\d\d)\d\d(?P<year>\d{4})\d{8}")
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]|71|8[12]")
"""GB/T 2260; 66 is the corps in Xinjiang (兵团)."""
_FIRST_LICENCES = 1979
"""The year in which lawyers began to practise again."""


def licence_year(licence: str) -> int | None:
    """The year of the first licence that the number states; None if it is not of the form."""
    found = _NUMBER.fullmatch(licence)
    return int(found["year"]) if found else None


def licence_doubt(licence: str, day: date) -> str:
    """What is odd about a lawyer's licence number, a Chinese clause; empty: nothing. `day` is today."""
    found = _NUMBER.fullmatch(licence)
    if not (licence.isascii() and licence.isdigit()):
        return "执业证号含有数字以外的字符"
    if found is None:
        return f"执业证号是{len(licence)}位数字，律师执业证号通常为17位、首位为1"
    if not _PROVINCES.fullmatch(found["province"]):
        return f"执业证号第2、3位“{found['province']}”不是省级行政区划代码"
    if not _FIRST_LICENCES <= int(found["year"]) <= day.year:
        return f"执业证号第6至9位“{found['year']}”不像首次执业的年份"
    return ""
