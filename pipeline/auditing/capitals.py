"""Amounts in Chinese capitals (人民币大写), as vouchers have them (《票据法》《支付结算办法》附件一)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_LIMIT = Decimal(10) ** 12
_CENT = Decimal("0.01")


def in_capitals(amount: Decimal) -> str:
    """`人民币壹仟捌佰元整` for 1800. Raises ValueError below zero and from a trillion yuan up."""
    rounded = amount.quantize(_CENT, ROUND_HALF_UP)
    if not 0 <= rounded < _LIMIT:
        raise ValueError(f"amount out of range: {amount}")
    yuan, cents = divmod(int(rounded * 100), 100)
    if not yuan and not cents:
        return "人民币零元整"
    whole = f"{_whole(yuan)}元" if yuan else ""
    return f"人民币{whole}{_fraction(cents, after_yuan=bool(yuan))}"


def _fraction(cents: int, *, after_yuan: bool) -> str:
    """Tenths and hundredths; 整 stands where there are no hundredths."""
    tenths, hundredths = divmod(cents, 10)
    if not cents:
        return "整"
    if not hundredths:
        return f"{_DIGITS[tenths]}角整"
    gap = "零" if after_yuan and not tenths else ""
    return f"{gap}{_DIGITS[tenths] + '角' if tenths else ''}{_DIGITS[hundredths]}分"


def _whole(yuan: int) -> str:
    """Groups of four digits; one 零 for any run of zeros between digits."""
    groups: list[int] = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    text = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            text += "零" if text and not text.endswith("零") else ""
            continue
        if text and group < 1000 and not text.endswith("零"):  # noqa: PLR2004 - a zero before the group's first digit
            text += "零"
        text += _group(group) + _GROUPS[index]
    return text.rstrip("零")


def _group(group: int) -> str:
    text = ""
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")
