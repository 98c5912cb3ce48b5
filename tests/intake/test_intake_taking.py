"""Taking in: what a clerk drops, as parts in order; what cannot be used, by the code that tells most."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pikepdf
import pytest
from intake_files import (
    OLE,
    archive,
    archive_with_raw_names,
    docx,
    encrypted_archive,
    ofd,
    pdf,
    picture,
    tiff,
)

from pipeline.errors import INPUT_MESSAGES, InputError
from pipeline.intake import hash_path, sha256_of, take_in
from pipeline.intake.probing import pypdfium2
from pipeline.settings import ArchiveLimits
from schemas.submission import PartFormat, Submission

pytestmark = pytest.mark.usefixtures("unguarded")


def taken(tmp_path: Path, content: bytes, name: str = "卷.bin", **limits: int) -> Submission:
    path = tmp_path / name
    path.write_bytes(content)
    return take_in(path, tmp_path / "work", limits=ArchiveLimits(**limits))


def code_of(tmp_path: Path, content: bytes, name: str = "卷.bin", **limits: int) -> str:
    with pytest.raises(InputError) as caught:
        taken(tmp_path, content, name, **limits)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "form", "pages"),
    [
        (pdf(3), PartFormat.PDF, 3),
        (b"\n\n scanner junk \n" + pdf(2), PartFormat.PDF, 2),
        (picture("JPEG"), PartFormat.IMAGE, 1),
        (picture("PNG"), PartFormat.IMAGE, 1),
        (picture("BMP"), PartFormat.IMAGE, 1),
        (picture("WEBP"), PartFormat.IMAGE, 1),
        (tiff(4), PartFormat.IMAGE, 4),
        (docx(), PartFormat.DOCX, 1),
        (ofd(2), PartFormat.OFD, 2),
    ],
    ids=["pdf", "pdf after junk", "jpeg", "png", "bmp", "webp", "tiff", "docx", "ofd"],
)
@pytest.mark.parametrize("name", ["卷.pdf", "卷.jpg", "卷"])
def test_the_bytes_say_what_a_file_is(tmp_path, content, form, pages, name):
    """Whatever the name claims, or if it claims nothing."""
    submission = taken(tmp_path, content, name)
    (part,) = submission.parts
    assert (part.format, part.pages, part.name, part.damaged) == (form, pages, name, False)
    assert submission.sha256 == part.sha256 == sha256_of(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x05\x06" + bytes(18), "empty"),
        (archive(("__MACOSX/a.jpg", picture()), ("空/", b"")), "empty"),
        (b"%PDF-1.7\nnothing of it is one", "corrupt"),
        (picture("JPEG")[:900], "corrupt"),
        (b"PK\x03\x04 torn off", "corrupt"),
        (docx().replace("委托书".encode(), b"xxxxxxxxx"), "corrupt"),
        (pdf(2, pikepdf.Encryption(user="u", owner="o")), "encrypted"),
        (encrypted_archive(), "encrypted"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "unsupported"),
        (b"MZ\x90\0 a program", "unsupported"),
        (b"<html><body>%PDF</body></html>", "unsupported"),
        ("起诉书".encode(), "unsupported"),
        (b"Rar!\x1a\x07\x01\0", "unsupported"),
        (archive(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")), "unsupported"),
        (archive(("mimetype", b"application/epub+zip"), ("1.jpg", picture())), "unsupported"),
        (pdf(0), "no_pages"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, content, code):
    """One code a reason, and each code has a sentence for the clerk."""
    assert code_of(tmp_path, content) == code


def test_a_pdf_with_an_owner_password_only_opens(tmp_path):
    """It may be read without a password; that it may not be printed is no matter here."""
    (part,) = taken(tmp_path, pdf(2, pikepdf.Encryption(user="", owner="o"))).parts
    assert part.pages == 2


def test_a_pdf_cut_short_that_can_be_repaired_is_read_and_marked(tmp_path):
    """The end is missing, the pages are there: they are read, and pages may be lost is said."""
    (part,) = taken(tmp_path, pdf(3)[:-60]).parts
    assert (part.pages, part.damaged) == (3, True)


def test_a_linearized_pdf_cut_short_does_not_pass_as_whole(tmp_path):
    """Such a file has an end mark near its beginning; the length that it states tells the truth."""
    whole = pdf(40, linearize=True)
    cut = whole[: len(whole) - 200]
    assert b"%%EOF" in cut
    (part,) = taken(tmp_path, cut).parts
    assert part.damaged


def test_a_jpeg_cut_short_is_read_as_far_as_it_goes(tmp_path):
    """Half a page is more than none; a hundred bytes of it are none."""
    whole = picture(size=(300, 400))
    (part,) = taken(tmp_path, whole[: len(whole) // 2]).parts
    assert part.damaged


def test_a_pdf_that_pdfium_counts_differently_is_repaired_first(tmp_path):
    """A page tree whose count lies would lose pages without a word: the copy that is read has them all."""
    lying = pdf(5, object_stream_mode=pikepdf.ObjectStreamMode.disable).replace(b"/Count 5", b"/Count 2")
    (part,) = taken(tmp_path, lying).parts
    assert part.pages == 5
    with pypdfium2.PdfDocument(part.path) as document:
        assert len(document) == 5


def test_too_many_pages_are_too_large(tmp_path):
    """In one part, and in all of them together."""
    assert code_of(tmp_path, pdf(12), pages=10) == "too_large"
    assert code_of(tmp_path, archive(("1.pdf", pdf(6)), ("2.pdf", pdf(6))), pages=10) == "too_large"


def test_a_picture_that_is_too_large_spoils_only_itself(tmp_path):
    """Alone it is refused; among other pages it stays, and reading will say so."""
    huge = tmp_path / "巨幅.png"
    huge.write_bytes(picture("PNG", (400, 400)))
    with pytest.raises(InputError) as caught:
        take_in(huge, tmp_path / "work", limits=ArchiveLimits(), page_pixels=100_000)
    assert caught.value.code == "too_large"
    (tmp_path / "夹").mkdir()
    huge.rename(tmp_path / "夹" / "1.png")
    (tmp_path / "夹" / "2.png").write_bytes(picture("PNG", (100, 100)))
    submission = take_in(tmp_path / "夹", tmp_path / "work", limits=ArchiveLimits(), page_pixels=100_000)
    assert [part.name for part in submission.parts] == ["1.png", "2.png"]


def test_the_pixels_of_a_bomb_are_never_decoded(tmp_path):
    """A header that promises 35 000 × 35 000 pixels is refused by the header."""
    bomb = bytearray(picture("BMP", (10, 10)))
    bomb[18:26] = (35_000).to_bytes(4, "little") * 2
    assert code_of(tmp_path, bytes(bomb)) == "too_large"


def test_a_folder_gives_its_parts_in_natural_order_and_leaves_clutter_out(tmp_path):
    """第2页 before 第10页, 卷二 after 卷一; Thumbs.db and its like are no papers."""
    folder = tmp_path / "卷宗"
    names = ["卷二/第1页.jpg", "卷一/第10页.jpg", "卷一/第2页.jpg", "卷一/第１页.jpg", "卷十/1.jpg"]
    clutter = [
        "Thumbs.db",
        ".DS_Store",
        "__MACOSX/1.jpg",
        "卷一/~$说明.docx",
        "卷一/3.jpg.part",
        "卷一/desktop.ini",
        "._1.jpg",
    ]
    for number, name in enumerate([*names, *clutter]):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture(size=(40, 40), seed=number))
    submission = take_in(folder, tmp_path / "work", limits=ArchiveLimits())
    assert [part.name for part in submission.parts] == [names[3], names[2], names[1], names[0], names[4]]
    assert submission.unusable == ()
    assert submission.name == "卷宗"


def test_a_bad_file_in_a_folder_does_not_spoil_the_rest(tmp_path):
    """Each bad file is told with its own reason; the good ones are read."""
    folder = tmp_path / "夹"
    folder.mkdir()
    contents = {
        "1.jpg": picture(),
        "2空.jpg": b"",
        "3锁.pdf": pdf(1, pikepdf.Encryption(user="u", owner="o")),
        "4.txt": b"text",
        "5坏.zip": b"PK\x03\x04",
        "6锁.zip": encrypted_archive(),
        "7炸.zip": archive(("1.pdf", bytes(3 << 20))),
        "8.pdf": pdf(2),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "9链").symlink_to(tmp_path)
    submission = take_in(folder, tmp_path / "work", limits=ArchiveLimits())
    assert [part.name for part in submission.parts] == ["1.jpg", "8.pdf"]
    assert {part.name[1:]: part.code for part in submission.unusable} == {
        "空.jpg": "empty",
        "锁.pdf": "encrypted",
        ".txt": "unsupported",
        "坏.zip": "corrupt",
        "锁.zip": "encrypted",
        "炸.zip": "unsafe_archive",
        "链": "unsupported",
    }


def test_a_folder_without_a_usable_file_tells_the_most_telling_reason(tmp_path):
    """A password is worth more to the clerk than a stray text file."""
    folder = tmp_path / "夹"
    folder.mkdir()
    (folder / "1.txt").write_bytes(b"text")
    (folder / "2.pdf").write_bytes(pdf(1, pikepdf.Encryption(user="u", owner="o")))
    with pytest.raises(InputError) as caught:
        take_in(folder, tmp_path / "work", limits=ArchiveLimits())
    assert caught.value.code == "encrypted"


def test_an_empty_folder_is_empty_and_a_missing_path_is_not_found(tmp_path):
    """Neither is a crash."""
    (tmp_path / "空").mkdir()
    for name, code in (("空", "empty"), ("无", "not_found")):
        with pytest.raises(InputError) as caught:
            take_in(tmp_path / name, tmp_path / "work", limits=ArchiveLimits())
        assert caught.value.code == code


def test_a_pipe_is_no_closing_file(tmp_path):
    """It would be waited on for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError) as caught:
        take_in(tmp_path / "pipe", tmp_path / "work", limits=ArchiveLimits())
    assert caught.value.code == "unsupported"


def test_the_hash_of_a_folder_is_of_names_and_contents_and_not_of_clutter(tmp_path):
    """The same papers under the same names are the same closing file, wherever they lie and whatever lies beside them."""
    for name in ("甲", "乙", "丙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.jpg").write_bytes(picture())
    (tmp_path / "乙" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "丙" / "1.jpg").rename(tmp_path / "丙" / "2.jpg")
    first, second, third = (hash_path(tmp_path / name) for name in ("甲", "乙", "丙"))
    assert first == second != third
    assert take_in(tmp_path / "甲", tmp_path / "work", limits=ArchiveLimits()).sha256 == first


def test_a_zip_gives_its_members_under_the_clerks_names(tmp_path):
    """GBK without a flag, backslashes, full-width digits, one folder deep."""
    raw = archive_with_raw_names(
        ("卷宗\\第10页.jpg".encode("gbk"), picture(seed=1)),
        ("卷宗\\第２页.jpg".encode("gbk"), picture(seed=2)),
    )
    submission = taken(tmp_path, raw, "卷.zip")
    assert [part.name for part in submission.parts] == ["卷宗/第２页.jpg", "卷宗/第10页.jpg"]


def test_the_same_name_twice_in_a_zip_is_two_papers(tmp_path):
    """The second must not overwrite the first."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = archive(("1.jpg", picture(seed=1)), ("1.jpg", picture(seed=2)))
    first, second = taken(tmp_path, raw).parts
    assert first.sha256 != second.sha256
    assert (first.name, second.name) == ("1.jpg", "1.jpg (2)")


def test_a_very_long_name_in_a_zip_does_no_harm(tmp_path):
    """It is never a name on our disk."""
    (part,) = taken(tmp_path, archive(("很长" * 400 + ".jpg", picture()))).parts
    assert len(part.name) == 804


@pytest.mark.parametrize("name", ["../1.jpg", "/etc/1.jpg", "C:\\1.jpg", "a/../../1.jpg", "..\\1.jpg", "a\x01.jpg"])
def test_names_that_lead_outside_refuse_the_whole_zip(tmp_path, name):
    """Nothing of such an archive is trusted."""
    assert code_of(tmp_path, archive(("2.jpg", picture()), (name, picture()))) == "unsafe_archive"


def test_a_link_in_a_zip_refuses_it(tmp_path):
    """A link is a name that leads outside."""
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as packed:
        info = zipfile.ZipInfo("1.jpg")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        packed.writestr(info, "/etc/passwd")
    assert code_of(tmp_path, path.read_bytes()) == "unsafe_archive"


def test_a_bomb_is_refused_while_it_unpacks(tmp_path):
    """Three megabytes out of three kilobytes; and nothing stays of what was declared small and is not."""
    assert code_of(tmp_path, archive(("1.pdf", bytes(3 << 20)))) == "unsafe_archive"


def test_a_blank_bitmap_is_no_bomb(tmp_path):
    """An uncompressed scan of white paper packs a thousand to one, and is a page."""
    (part,) = taken(tmp_path, archive(("1.bmp", picture("BMP", (10, 10))[:54] + bytes(3 << 20)))).parts
    assert part.format is PartFormat.IMAGE


def test_too_many_members_and_too_many_bytes_are_refused(tmp_path):
    """Counted, not believed."""
    many = archive(*((f"{number}.jpg", b"x") for number in range(12)))
    assert code_of(tmp_path, many, files=10) == "unsafe_archive"
    large = archive(("1.bin", os.urandom(1 << 19)), ("2.bin", os.urandom(1 << 20)))
    assert code_of(tmp_path, large, total_megabytes=1) == "too_large"


def test_a_zip_in_a_zip_is_opened_and_a_third_is_refused(tmp_path):
    """Offices pack one ZIP a volume; deeper is nobody's honest work."""
    inner = archive(("2.jpg", picture(seed=2)), ("1.jpg", picture(seed=1)))
    outer = archive(("卷二.zip", inner), ("卷一.pdf", pdf(1)))
    submission = taken(tmp_path, outer)
    assert [part.name for part in submission.parts] == ["卷一.pdf", "卷二.zip/1.jpg", "卷二.zip/2.jpg"]
    assert code_of(tmp_path, archive(("外.zip", outer))) == "unsafe_archive"


def test_a_broken_member_does_not_spoil_the_zip(tmp_path):
    """A wrong checksum is that member's affair."""
    raw = archive(("1.jpg", picture(seed=1)), ("2.jpg", picture(seed=2)), method=zipfile.ZIP_STORED)
    broken = raw.replace(picture(seed=1)[-200:-140], bytes(60))
    submission = taken(tmp_path, broken)
    assert [part.name for part in submission.parts] == ["2.jpg"]
    assert [(part.name, part.code) for part in submission.unusable] == [("1.jpg", "corrupt")]


def test_a_folder_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    """A closed file costs itself; the clerk hears why."""
    folder = tmp_path / "夹"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(picture())
    (folder / "2.jpg").write_bytes(picture(seed=2))
    really_open = Path.open

    def closed(path, mode="r", *args, **kwargs):
        if path.name == "2.jpg":
            raise PermissionError(13, "denied", str(path))
        return really_open(path, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", closed)
    submission = take_in(folder, tmp_path / "work", limits=ArchiveLimits())
    assert [(part.name, part.code) for part in submission.unusable] == [("2.jpg", "no_permission")]
    with pytest.raises(InputError) as caught:
        take_in(folder / "2.jpg", tmp_path / "work", limits=ArchiveLimits())
    assert caught.value.code == "no_permission"


def test_an_archive_whose_offsets_lead_before_its_beginning_is_corrupt(tmp_path):
    """Found by mutation: zipfile answers with an error of the disk."""
    raw = archive(("1.jpg", picture()))
    at = raw.rindex(b"PK\x05\x06") + 16
    assert code_of(tmp_path, raw[:at] + b"\xff\xff\xff\x7f" + raw[at + 4 :]) == "corrupt"


@pytest.mark.parametrize("seed", range(4))
def test_no_mutation_of_a_file_ends_in_anything_but_a_code(tmp_path, seed):
    """Bytes changed, cut out, put in: a submission, or an InputError with its sentence."""
    chance = random.Random(seed)
    whole = [
        docx(),
        archive(("a/1.jpg", picture()), ("3.zip", archive(("x.png", picture("PNG"))))),
        picture("PNG"),
        tiff(2),
    ]
    codes = set()
    for number in range(40):
        raw = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 2, 5))):
            at = chance.randrange(len(raw) - 20)
            raw[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(5))
        try:
            assert taken(tmp_path, bytes(raw), f"{number}").parts
        except InputError as error:
            codes.add(error.code)
    assert codes <= INPUT_MESSAGES.keys()
