"""Names of files: what is clutter, what is still being written, how a ZIP's names are read, how names are ordered."""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
import zlib

CLUTTER_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin", "system volume information"})  # fmt: skip
WRITING_SUFFIXES = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload")

DIGITS = dict(zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两", (0, *range(10), *range(1, 10), 2), strict=True))
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
PLACES = {"上": "1", "中": "2", "下": "3", "正": "0", "副": "1"}
"""Volumes of a set: 上册 before 中册 before 下册, the main volume (正卷) before the secondary one (副卷)."""

UNICODE_PATH = 0x7075
"""Info-ZIP's extra field: a version byte, the CRC-32 of the plain name (4 bytes), the name in UTF-8."""

CHINESE_NUMERAL = "".join((*DIGITS, *UNITS))
TOKEN = re.compile(
    rf"(?P<digits>[0-9]+)|(?P<chinese>[{CHINESE_NUMERAL}]+)|(?P<place>[上中下正副](?=[册卷编部]))|(?P<text>.)"
)
SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}$")

Token = tuple[int, int, str]
SortKey = tuple[tuple[tuple[Token, ...], str], ...]


def is_writing(name: str) -> bool:
    """Whether one name says that a program is still writing here: `~$报告.docx`, `扫描.pdf.part`."""
    return name.casefold().startswith(("~$", ".~", "~wrl")) or is_unfinished(name)


def is_unfinished(name: str) -> bool:
    """Whether one name is that of a copy or download under way, which gets its own name at the end: `扫描.pdf.part`."""
    return name.casefold().endswith(WRITING_SUFFIXES)


def is_clutter(name: str) -> bool:
    """Whether one name (no folders in it) is what systems and programs leave behind, never a paper."""
    return name.startswith(".") or name.casefold() in CLUTTER_NAMES or is_writing(name)


def has_clutter(name: str) -> bool:
    """Whether any component of a name with folders is clutter."""
    return any(is_clutter(component) for component in name.split("/"))


def natural_key(name: str) -> tuple[SortKey, str]:
    """Sorts names as a clerk reads them: 第2页 before 第10页, ３ as 3, 卷二 before 卷十, `扫描` before `扫描(1)`."""
    return tuple(_component_key(component) for component in name.split("/")), name


def _component_key(component: str) -> tuple[tuple[Token, ...], str]:
    """The stem as tokens, then the suffix, so that `1.jpg` comes before `1(2).jpg`."""
    plain = unicodedata.normalize("NFKC", component).casefold()
    suffix = SUFFIX.search(plain)
    stem = plain[: suffix.start()] if suffix and suffix.start() else plain
    tokens = tuple(_token(match) for match in TOKEN.finditer(stem) if not match.group().isspace())
    return tokens, suffix.group() if suffix else ""


def _token(match: re.Match[str]) -> Token:
    text = match.group()
    if match.lastgroup == "digits":
        return _number(text)
    if match.lastgroup == "chinese":
        return _number(str(chinese_number(text)))
    if match.lastgroup == "place":
        return _number(PLACES[text])
    return 1, 0, text


def _number(digits: str) -> Token:
    """Compared by length and then by digits: equal to comparing the numbers, without limit on their size."""
    plain = digits.lstrip("0")
    return 0, len(plain), plain


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral below ten thousand (二十一 → 21), or of a row of digits (二〇二四 → 2024)."""
    if not any(character in UNITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text)[:40])
    total, digit = 0, 0
    for character in text:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def readable_name(name: str) -> str:
    """A name from disk as a text that can be shown and stored: where its bytes are not UTF-8, they are guessed."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return _guess(os.fsencode(name))
    return name


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a ZIP member as it was meant, with `/` between folders.

    With the UTF-8 flag it is what zipfile says. Without it the bytes are UTF-8 (macOS), GBK (Chinese Windows) or, as
    the format has it, code page 437. An Info-ZIP Unicode path field that fits the bytes goes before all.
    """
    if info.flag_bits & 0x800:
        return info.orig_filename.replace("\\", "/")
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename.replace("\\", "/")
    return (_unicode_path(info.extra, raw) or _guess(raw)).replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in the Unicode path field, if its checksum says that it belongs to this name."""
    while extra:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == UNICODE_PATH and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return _decoded(field[5:], "utf-8")
    return None


def _guess(raw: bytes) -> str:
    """UTF-8 only where it gives Chinese or plain letters: two-byte GBK can pass for UTF-8 by chance, never as Chinese."""
    gbk = _decoded(raw, "gb18030")
    utf8 = _decoded(raw, "utf-8")
    if utf8 is not None and (gbk is None or raw.isascii() or _is_chinese(utf8)):
        return utf8
    return gbk if gbk is not None else raw.decode("cp437")


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_chinese(text: str) -> bool:
    return any("⺀" <= character <= "鿿" or "！" <= character <= "￯" for character in text)
