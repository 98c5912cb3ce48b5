"""Names: their order as a clerk reads them, what is clutter, and what a ZIP of another age meant."""

from __future__ import annotations

import io
import os
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import archive, archive_with_raw_names, unicode_path

from pipeline.intake.names import chinese_number, is_clutter, member_name, natural_key, readable_name


@pytest.mark.parametrize(
    "names",
    [
        ["第2页.jpg", "第10页.jpg", "第100页.jpg"],
        ["第１页.jpg", "第2页.jpg", "第３页.jpg"],
        ["卷一/1.jpg", "卷二/1.jpg", "卷九/1.jpg", "卷十/1.jpg", "卷十一/1.jpg", "卷二十/1.jpg"],
        ["第一册.pdf", "第二册.pdf", "第十二册.pdf"],
        ["上册.pdf", "中册.pdf", "下册.pdf"],
        ["正卷.pdf", "副卷.pdf"],
        ["扫描.jpg", "扫描(1).jpg", "扫描 (2).jpg", "扫描(10).jpg"],
        ["1.jpg", "1(2).jpg", "2.jpg"],
        ["IMG_0009.JPG", "img_0010.jpg", "IMG_0011.JPG"],
        ["1-2.jpg", "1-10.jpg", "2-1.jpg"],
        ["001.jpg", "2.jpg", "03.jpg"],
        ["1.9", "1.10"],
        ["卷一/2.jpg", "卷一/10.jpg", "卷二/1.jpg"],
        ["2024-03-05 起诉书.pdf", "2024-03-15 判决书.pdf", "2024-11-01 结案.pdf"],
        ["9" * 30 + ".jpg", "1" + "0" * 30 + ".jpg"],
    ],
)
def test_names_sort_as_a_clerk_reads_them(names):
    """From any order into the one meant."""
    shuffled = names[:]
    random.Random(3).shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == names


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_names_can_be_sorted_and_always_the_same(names):
    """No name breaks the comparison, and the order does not depend on where one began."""
    backwards = list(reversed(names))
    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("一百零八", 108),
        ("两百", 200),
        ("二〇二四", 2024),
        ("贰拾叁", 23),
    ],
)
def test_chinese_numerals_are_numbers(text, number):
    """With units, and as rows of digits."""
    assert chinese_number(text) == number


@pytest.mark.parametrize("name", ["Thumbs.db", ".DS_Store", "__MACOSX", "desktop.ini", "~$委托书.docx", "扫描.pdf.part", "a.TMP", "a.crdownload", "._1.jpg", ".~委托书.docx", "@eaDir"])  # fmt: skip
def test_what_systems_and_programs_leave_behind_is_clutter(name):
    """None of it is a paper."""
    assert is_clutter(name)


@pytest.mark.parametrize("name", ["临时.pdf", "tmp.pdf", "~1.jpg", "thumbs.jpg", "part.docx", "没有后缀"])
def test_papers_are_not_clutter(name):
    """A name that only resembles it is a paper's name."""
    assert not is_clutter(name)


def named(raw: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return [member_name(info) for info in packed.infolist()]


@pytest.mark.parametrize(
    "name", ["测试.pdf", "联通.pdf", "起诉书（一审）.jpg", "卷宗/第2页.jpg", "誠信.pdf", "堃玥喆.pdf", "ａ１.jpg"]
)
def test_a_gbk_name_without_flag_is_read_as_gbk(name):
    """Windows in Chinese writes it so; some characters contain the byte of a backslash, some pass for UTF-8."""
    assert named(archive_with_raw_names((name.encode("gb18030"), b"x"))) == [name]


@pytest.mark.parametrize("name", ["测试.pdf", "plain.pdf", "卷宗/第２页.jpg"])
def test_a_utf8_name_without_flag_is_read_as_utf8(name):
    """macOS writes it so."""
    assert named(archive_with_raw_names((name.encode(), b"x"))) == [name]


def test_a_flagged_name_is_what_it_says():
    """The flag settles it."""
    assert named(archive(("卷\\测试.pdf", b"x"))) == ["卷/测试.pdf"]


def test_bytes_of_no_known_encoding_still_give_a_name():
    """Code page 437 has a letter for every byte."""
    assert named(archive_with_raw_names((b"\xff\xfe\x81.pdf", b"x"))) == [b"\xff\xfe\x81.pdf".decode("cp437")]


def test_the_unicode_path_field_goes_before_a_guess_if_it_fits():
    """With the right checksum it is the name; with a wrong one it is left over from another."""
    raw = b"__.pdf"
    fits = archive_with_raw_names((raw, b"x"), extra=unicode_path(raw, "测试.pdf"))
    assert named(fits) == ["测试.pdf"]
    assert named(archive_with_raw_names((raw, b"x"), extra=unicode_path(b"other", "测试.pdf"))) == ["__.pdf"]


@given(st.binary(min_size=1, max_size=40).filter(lambda raw: b"\0" not in raw and b"/" not in raw))
def test_no_name_of_a_member_breaks_the_reading(raw):
    """Any bytes are some name."""
    info = zipfile.ZipInfo()
    info.orig_filename = raw.decode("cp437")
    assert isinstance(member_name(info), str)


def test_a_file_name_on_disk_that_is_not_utf8_becomes_readable():
    """Unpacked on Linux by an old program; what nobody can read is at least a text."""
    assert readable_name(os.fsdecode("测试.pdf".encode("gbk"))) == "测试.pdf"
    assert readable_name("测试.pdf") == "测试.pdf"
    assert readable_name(os.fsdecode(b"\xff\xfe.pdf")).encode()
