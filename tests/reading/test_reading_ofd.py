"""OFD pages: text with places, pictures, declared seals, and what cannot be shown."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image
from reading_samples import part_of

from pipeline.errors import InputError
from pipeline.reading import count_pages, open_page, read_page
from pipeline.reading.tesseract import TesseractEngine
from schemas.base import State
from schemas.reading import PageKind, SealShape
from schemas.submission import PartFormat
from tests.engines import FakeEngine

NAMESPACE = 'xmlns="http://www.ofdspec.org/2016"'
ROOT = f"""<OFD {NAMESPACE} Version="1.0" DocType="OFD"><DocBody><DocInfo><DocID>1</DocID></DocInfo>
<DocRoot>Doc_0/Document.xml</DocRoot><Signatures>Doc_0/Signs/Signatures.xml</Signatures></DocBody></OFD>"""
DOCUMENT = f"""<Document {NAMESPACE}><CommonData><MaxUnitID>9</MaxUnitID>
<PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea><DocumentRes>DocumentRes.xml</DocumentRes></CommonData>
<Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/></Pages>
</Document>"""
RESOURCES = f"""<Res {NAMESPACE} BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image">
<MediaFile>photo.png</MediaFile></MultiMedia></MultiMedias></Res>"""
SIGNATURES = f'<Signatures {NAMESPACE}><Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></Signatures>'
SIGNATURE = f"""<Signature {NAMESPACE}><SignedInfo>
<StampAnnot ID="1" PageRef="1" Boundary="120 220 42 42"/></SignedInfo></Signature>"""


def page_xml(body: str) -> str:
    return f'<Page {NAMESPACE}><Content><Layer ID="3">{body}</Layer></Content></Page>'


def text_xml(text: str, x: float, y: float) -> str:
    return (
        f'<TextObject ID="4" Boundary="{x} {y} 150 6" Font="1" Size="5">'
        f'<TextCode X="0" Y="5" DeltaX="g {max(1, len(text) - 1)} 5">{text}</TextCode></TextObject>'
    )


def ofd(path, first: str, second: str = "") -> object:
    photo = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 30, 30)).save(photo, "PNG")
    entries = {
        "OFD.xml": ROOT,
        "Doc_0/Document.xml": DOCUMENT,
        "Doc_0/DocumentRes.xml": RESOURCES,
        "Doc_0/Res/photo.png": photo.getvalue(),
        "Doc_0/Pages/Page_0/Content.xml": page_xml(first),
        "Doc_0/Pages/Page_1/Content.xml": page_xml(second),
        "Doc_0/Signs/Signatures.xml": SIGNATURES,
        "Doc_0/Signs/Sign_0/Signature.xml": SIGNATURE,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return part_of(path, PartFormat.OFD)


PHOTO = '<ImageObject ID="5" ResourceID="7" Boundary="30 100 120 90" CTM="120 0 0 90 0 0"/>'
LETTER = text_xml("广东省法律援助公函", 50, 30) + text_xml("陈某某", 120, 60) + text_xml("受援人", 30, 60)


def test_text_stands_where_the_file_puts_it(tmp_path):
    """Lines come in reading order with their places on the page."""
    part = ofd(tmp_path / "a.ofd", LETTER)
    image = open_page(part, 0, 10**8)
    assert count_pages(part) == 2
    assert [line.text for line in image.layer] == ["广东省法律援助公函", "受援人", "陈某某"]
    left, _, _, bottom = image.layer[0].box
    assert left == pytest.approx(50 / 210, abs=0.01)
    assert bottom == pytest.approx(35.5 / 297, abs=0.01)


def test_a_declared_seal_is_a_seal(tmp_path):
    """An electronic seal set by the file's signature is found on its page, and only there."""
    part = ofd(tmp_path / "a.ofd", LETTER, text_xml("第二页的正文内容", 30, 40))
    first, second = (read_page(open_page(part, index, 10**8), FakeEngine()) for index in (0, 1))
    assert [(seal.state, seal.shape) for seal in first.seals] == [(State.FOUND, SealShape.ROUND)]
    assert first.seals[0].box[0] == pytest.approx(120 / 210, abs=0.01)
    assert second.seals == ()


def test_pictures_stand_on_a_white_page(tmp_path):
    """A page of one picture has its pixels where the file puts them, and is named for OCR."""
    image = open_page(ofd(tmp_path / "a.ofd", LETTER, PHOTO), 1, 10**8)
    height, width = image.pixels.shape[:2]
    assert width / height == pytest.approx(210 / 297, abs=0.01)
    assert image.layer is None
    red = (image.pixels[:, :, 2] > 150) & (image.pixels[:, :, 1] < 100)
    assert red.mean() == pytest.approx(120 * 90 / (210 * 297), rel=0.05)


def test_outlines_are_not_called_blank(tmp_path):
    """A page of vector outlines cannot be shown here: it is unreadable, never blank."""
    part = ofd(tmp_path / "a.ofd", LETTER, '<PathObject ID="6" Boundary="0 0 9 9"><AbbreviatedData/></PathObject>')
    with pytest.raises(InputError) as refused:
        open_page(part, 1, 10**8)
    assert refused.value.code == "unsupported"


def test_an_empty_page_is_blank(tmp_path):
    """A page with nothing on it is blank."""
    part = ofd(tmp_path / "a.ofd", LETTER)
    assert read_page(open_page(part, 1, 10**8), FakeEngine()).kind is PageKind.BLANK


@pytest.mark.parametrize("keep", [0, 20, 700])
def test_a_broken_package_is_corrupt(tmp_path, keep):
    """A file cut short is refused with its reason."""
    path = tmp_path / "a.ofd"
    ofd(path, LETTER)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(InputError) as refused:
        open_page(part_of(path, PartFormat.OFD), 0, 10**8)
    assert refused.value.code == "corrupt"


def test_without_tesseract_the_clerk_is_told(monkeypatch):
    """Choosing an engine that is not installed names the program to install."""
    from pipeline.errors import UsageError

    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(UsageError, match="Tesseract"):
        TesseractEngine("tesseract/1")
