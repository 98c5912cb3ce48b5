"""Every letter as it comes out of the printer: converted by LibreOffice, all of them in one call, and looked at."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from drafting_samples import sample_values

from pipeline.delivering import find_soffice
from pipeline.drafting.rendering import render
from pipeline.drafting.templating.__main__ import BUILDERS
from schemas.draft import DRAFT_TITLES, DraftKind

SOFFICE = find_soffice()


def has_chinese_font() -> bool:
    """Without one LibreOffice prints nothing but boxes."""
    lister = shutil.which("fc-list")
    return lister is None or bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout)


FEWEST_LINES = 3
HEADINGS = {"Heading 1", "协议条名"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed, so that no letter can be printed"),
    pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font is installed to print letters in"),
]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each letter as DOCX and as PDF."""
    folder = tmp_path_factory.mktemp("letters")
    for kind, values in sample_values().items():
        (folder / f"{DRAFT_TITLES[kind]}.docx").write_bytes(render(kind, values, None))
    command = [
        str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx"))),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def pages_of(folder: Path, kind: DraftKind) -> list[str]:
    """The text of each page of the printed letter."""
    with pypdfium2.PdfDocument(folder / f"{DRAFT_TITLES[kind]}.pdf") as document:
        texts = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        return texts


def lines_of(page: str) -> list[str]:
    """The lines of a page without its page number."""
    lines = [line.strip() for line in page.splitlines()]
    return [line for line in lines if line and not re.fullmatch(r"— ?\d+ ?—", line)]


def written_in(folder: Path, kind: DraftKind) -> str:
    """The text of the Word document's body."""
    body = Document(str(folder / f"{DRAFT_TITLES[kind]}.docx")).element.body
    return "".join(piece.text or "" for piece in body.iter(qn("w:t")))


def test_every_template_has_sample_values() -> None:
    """A letter that nobody prints is a letter that nobody has looked at."""
    assert set(sample_values()) == set(BUILDERS)


@pytest.mark.parametrize("kind", BUILDERS)
def test_no_character_is_lost_in_print(printed: Path, kind: DraftKind) -> None:
    """A character that no font holds is drawn as a box and missing from the text of the PDF."""
    wanted = Counter(re.sub(r"\s", "", written_in(printed, kind)))
    found = Counter(re.sub(r"\s", "", "".join(pages_of(printed, kind))))
    assert not wanted - found


@pytest.mark.parametrize("kind", BUILDERS)
def test_nothing_of_the_template_shows(printed: Path, kind: DraftKind) -> None:
    """No placeholder, no command, no value that is none."""
    text = "".join(pages_of(printed, kind))
    for trace in ("{{", "}}", "{%", "%}", "None", "True", "False", "Undefined"):
        assert trace not in text


@pytest.mark.parametrize("kind", BUILDERS)
def test_no_page_is_nearly_empty(printed: Path, kind: DraftKind) -> None:
    """A last page with two lines is waste, and invites a forgery."""
    pages = pages_of(printed, kind)
    assert all(len(lines_of(page)) >= FEWEST_LINES for page in pages)


@pytest.mark.parametrize("kind", BUILDERS)
def test_no_heading_stands_at_the_foot_of_a_page(printed: Path, kind: DraftKind) -> None:
    """A heading is followed by what it heads."""
    document = Document(str(printed / f"{DRAFT_TITLES[kind]}.docx"))
    headings = {line.text for line in document.paragraphs if line.style and line.style.name in HEADINGS}
    assert not [page for page in pages_of(printed, kind) if lines_of(page)[-1] in headings]
