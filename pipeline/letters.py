"""Traditional and old shapes of letters that the recogniser gives for the simplified ones (繁体字、异体字).

Papers of mainland offices are printed in simplified letters by law. The network was trained on both kinds, and says 決
for a smeared 决 and, in some faces, 廣 for a clear 广. So what it reads is put into simplified letters throughout; who
signs in traditional letters is the same person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from opencc import OpenCC

KEPT = frozenset("昇陞甯邨堃喆淼澂氾凃鉅祕")
"""Letters in people's names that the list of standard letters of 2013 (通用规范汉字表) took back, and two of its kind."""
MORE = str.maketrans(
    "値収吳別戶換內冊横敎旣卽眞靑産歩說悅脫銳黒勻麽曽徳彥晉髙兪録",
    "值收吴别户换内册横教既即真青产步说悦脱锐黑匀么曾德彦晋高俞录",
)
"""Old and Japanese shapes, which are no traditional letters to the table of conversions."""
LETTERS = range(0x3400, 0xA000)


def simplified(text: str) -> str:
    """`text` in simplified letters, one for one."""
    return text.translate(_table())


def in_case_numbers(text: str) -> str:
    """`text` with 刑 where a court's number seems to say 开: `（2024）粤0793开初93号`. No kind of case is called that."""
    return _CASE.sub("刑", text) if "开" in text else text


_CASE = re.compile(r"(?<=\d\d)开(?=[初终再申执]\w{0,2}\d|第?\d{1,6}号)")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Traditional letters, each with its simplified one. Letters of the simplified set (GB 2312) stay: 乾 is a name, too."""
    letters = [letter for code in LETTERS if not _is_simplified(letter := chr(code)) and letter not in KEPT]
    converted = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    pairs = zip(letters, converted, strict=True)
    return {ord(letter): one for letter, one in pairs if one != letter and len(one) == 1} | {
        code: chr(one) for code, one in MORE.items()
    }


def _is_simplified(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
