"""Files as clerks drop them, made on the spot: pictures of noise, blank PDFs, ZIPs with the names of old programs."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(form: str = "JPEG", size: tuple[int, int] = (160, 220), seed: int = 1) -> bytes:
    """A noisy page: every part of it differs from every other."""
    noise = random.Random(seed).randbytes(size[0] * size[1])
    memory = io.BytesIO()
    Image.frombytes("L", size, noise).save(memory, form)
    return memory.getvalue()


def tiff(frames: int) -> bytes:
    pages = [Image.new("1", (100, 140), number % 2) for number in range(frames)]
    memory = io.BytesIO()
    pages[0].save(memory, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    return memory.getvalue()


def pdf(pages: int = 1, encryption: pikepdf.Encryption | None = None, **options: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    memory = io.BytesIO()
    document.save(memory, encryption=encryption or False, **options)
    return memory.getvalue()


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return memory.getvalue()


def archive_with_raw_names(*members: tuple[bytes, bytes], extra: bytes = b"") -> bytes:
    """A ZIP whose names are these bytes and carry no UTF-8 flag, as Chinese Windows writes them."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as packed:
        for number, (_, content) in enumerate(members):
            info = zipfile.ZipInfo(_placeholder(number, members[number][0]))
            info.extra = extra
            packed.writestr(info, content)
    raw = memory.getvalue()
    for number, (name, _) in enumerate(members):
        raw = raw.replace(_placeholder(number, name).encode(), name)
    return raw


def _placeholder(number: int, name: bytes) -> str:
    return chr(ord("A") + number) * len(name)


def unicode_path(raw: bytes, name: str) -> bytes:
    """Info-ZIP's extra field with the true name."""
    field = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def encrypted_archive(content: bytes = b"x") -> bytes:
    """A ZIP whose members say that they are encrypted."""
    raw = bytearray(archive(("1.pdf", content)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(signature) + offset
        raw[at] |= 1
    return bytes(raw)


def docx(text: str = "委托书", **members: bytes) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{text}</w:document>'
    parts = (("[Content_Types].xml", types.encode()), ("word/document.xml", body.encode()), *members.items())
    return archive(*parts, method=zipfile.ZIP_STORED)


def ofd(pages: int = 2) -> bytes:
    """The least that an OFD reader accepts."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entry = f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    document = f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    contents = [(f"Doc_0/Pages/Page_{n}/Content.xml", f"<ofd:Page {space}/>".encode()) for n in range(pages)]
    return archive(("OFD.xml", entry.encode()), ("Doc_0/Document.xml", document.encode()), *contents)
