"""Traditional and old shapes of letters that the recogniser confuses with the simplified ones (异体字).

Papers of mainland offices are printed in simplified letters by law; the network was trained on both, and where a stroke
is smeared it says 決 for 决. Only letters whose two shapes differ by a stroke or two are put right: a name that was
truly printed in traditional letters differs in more than that.
"""

from __future__ import annotations

SIMPLIFIED = str.maketrans(
    "決況沒淨減凈粵黃強呂吳別戶換內兩冊刪橫錄查溫値敎旣卽眞靑産歩稅說閱悅脫銳搖黒勻麽曽徳滿彥晉髙兪",
    "决况没净减净粤黄强吕吴别户换内两册删横录查温值教既即真青产步税说阅悦脱锐摇黑匀么曾德满彦晋高俞",
)


def simplified(text: str) -> str:
    return text.translate(SIMPLIFIED)
