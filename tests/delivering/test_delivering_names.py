"""Names of folders: safe on Windows, never empty, never colliding."""

from __future__ import annotations

import pytest
from delivering_reports import found, report, uncertain
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivering import case_folder_name
from pipeline.delivering.names import safe_name

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


@given(st.text())
def test_any_text_becomes_a_name_that_windows_takes(text: str) -> None:
    """No forbidden character, no reserved name, no trailing dot or space, and short enough for both systems."""
    name = safe_name(text)
    assert name
    assert len(name) <= 81
    assert len(name.encode()) <= 241
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(char) >= 32 for char in name)
    assert name == name.strip(" .")
    assert name.split(".")[0].lower() not in RESERVED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("湛法援刑字〔2024〕12号", "湛法援刑字〔2024〕12号"),
        ("（2024）粤援0803刑1号", "（2024）粤援0803刑1号"),
        ("a/b\\c", "a-b-c"),
        ("何？：人", "何？：人"),
        ('谁?"甲"', "谁？＂甲＂"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("  甲. ", "甲"),
        ("../..", "-"),
        ("", "未命名"),
        ("\x00\u202e", "未命名"),
        ("𬱖喆", "𬱖喆"),
    ],
)
def test_names_stay_as_close_as_they_may(text: str, name: str) -> None:
    """Full-width characters stay; what Windows forbids gets its full-width twin or a dash."""
    assert safe_name(text) == name


def test_unknown_or_doubtful_values_are_said_to_be_so() -> None:
    """What is not certain is 待核, with the closing file's mark."""
    mark = report().source.sha256[:8]
    assert case_folder_name(report(number=None)) == f"案号待核_陈小满_{mark}"
    assert case_folder_name(report(number=uncertain("1号"), recipient=uncertain("甲"))) == f"案号待核_受援人待核_{mark}"
    assert case_folder_name(report(recipient=found("  "))) == f"湛法援刑字〔2024〕12号_受援人待核_{mark}"


def test_two_unknown_files_never_share_a_name() -> None:
    """The mark keeps files apart of which nothing is known."""
    names = {case_folder_name(report(number=None, recipient=None, scan=scan)) for scan in "甲乙丙"}
    assert len(names) == 3


def test_names_cut_short_stay_apart() -> None:
    """Two long numbers that begin alike do not fall together."""
    long = "字" * 90
    first = case_folder_name(report(number=found(f"{long}1号"), scan="甲"))
    second = case_folder_name(report(number=found(f"{long}2号"), scan="乙"))
    assert first != second
    assert max(len(first), len(second)) <= 80
