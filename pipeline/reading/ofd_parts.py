"""What ofdkit does not give of an OFD page: its pictures, and the electronic seals set on it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from ofdkit import OFDError  # type: ignore[import-untyped]
from ofdkit.package import Package  # type: ignore[import-untyped]
from PIL import Image

from pipeline.errors import InputError
from pipeline.reading.picture import decoded, opened_picture
from schemas.base import Box, State
from schemas.reading import Seal, SealColour, SealShape

Millimetres = tuple[float, float, float, float]
"""Left, top, right, bottom."""

SEAL_SIZES = (15.0, 70.0)


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _name(element) == name)


def _text(root: Element, name: str) -> str | None:
    return next((element.text for element in _all(root, name) if element.text), None)


def _numbers(value: str | None, count: int) -> tuple[float, ...] | None:
    try:
        numbers = tuple(float(part) for part in (value or "").split())
    except ValueError:
        return None
    return numbers[:count] if len(numbers) >= count else None


def page_pictures(path: Path, index: int, page_pixels: int) -> Iterator[tuple[Image.Image, Millimetres]]:
    """Each picture of the page with its place on the page; one that is missing or broken is left out.

    Raises `InputError("too_large")` for a picture with more pixels than allowed.
    """
    try:
        with Package(path) as package:
            documents, pages = _pages(package)
            if index >= len(pages):
                return
            document, (location, _) = documents[index], pages[index]
            root = package.read_xml(location)
            media = _media(package, document, location, root)
            for element in _all(root, "ImageObject"):
                place, name = _place(element), media.get(element.get("ResourceID", ""))
                if place is not None and name is not None:
                    image = _opened(package.read(name), page_pixels)
                    if image is not None:
                        yield image, place
    except OFDError:
        return


def _pages(package: Package) -> tuple[list[str], list[tuple[str, str]]]:
    """For each page: its document's entry, and (its own entry, its ID). Same order as ofdkit's pages."""
    documents, pages = [], []
    entry = package.find("OFD.xml") or "OFD.xml"
    for body in _all(package.read_xml(entry), "DocRoot"):
        document = package.resolve(entry, body.text)
        if document is None:
            continue
        for page in _all(package.read_xml(document), "Page"):
            location = package.resolve(document, page.get("BaseLoc"))
            documents.append(document)
            pages.append((location or "", page.get("ID", "").strip()))
    return documents, pages


def _media(package: Package, document: str, location: str, page: Element) -> Mapping[str, str]:
    """Entries of the pictures by their resource ID."""
    media: dict[str, str] = {}
    sources = [(document, element) for element in package.read_xml(document).iter()]
    sources += [(location, element) for element in page.iter()]
    for base, element in sources:
        if _name(element) not in ("PublicRes", "DocumentRes", "PageRes"):
            continue
        resource = package.resolve(base, element.text)
        if resource is not None:
            media.update(_listed(package, resource))
    return media


def _listed(package: Package, resource: str) -> Iterator[tuple[str, str]]:
    root = package.read_xml(resource)
    folder = root.get("BaseLoc", "").strip("/ ")
    for element in _all(root, "MultiMedia"):
        file = (_text(element, "MediaFile") or "").strip()
        name = package.resolve(resource, f"{folder}/{file}" if folder else file) or package.resolve(resource, file)
        if name is not None:
            yield element.get("ID", "").strip(), name


def _place(element: Element) -> Millimetres | None:
    """The picture's frame on the page: the boundary box, which the standard lets clip the picture."""
    box = _numbers(element.get("Boundary"), 4)
    if box is None or box[2] <= 0 or box[3] <= 0:
        return None
    return box[0], box[1], box[0] + box[2], box[1] + box[3]


def _opened(data: bytes, page_pixels: int) -> Image.Image | None:
    try:
        with opened_picture(io.BytesIO(data), page_pixels) as image:
            if image.has_transparency_data:
                return image.convert("RGBA")
            return Image.fromarray(decoded(image)[:, :, ::-1])
    except InputError as error:
        if error.code == "too_large":
            raise
        return None  # a picture in a format that is not known here (JBIG2) takes nothing from the text


def has_other_content(path: Path, index: int) -> bool:
    """Whether the page holds anything at all that could be seen: outlines, pictures, text that made no sense."""
    visible = {"PathObject", "ImageObject", "TextObject", "CompositeObject"}
    try:
        with Package(path) as package:
            _, pages = _pages(package)
            root = package.read_xml(pages[index][0])
            return any(_name(element) in visible for element in root.iter())
    except (OFDError, IndexError):
        return True


def declared_seals(path: Path, index: int, frame: tuple[float, float, float, float]) -> tuple[Seal, ...]:
    """Electronic seals that the file's signatures place on the page. Whether they are valid is not checked."""
    try:
        with Package(path) as package:
            _, pages = _pages(package)
            page_id = pages[index][1] if index < len(pages) else ""
            return tuple(_seal(box, frame) for box in _stamps(package, page_id))
    except OFDError:
        return ()


def _stamps(package: Package, page_id: str) -> Iterator[Millimetres]:
    entry = package.find("OFD.xml") or "OFD.xml"
    for listed in _all(package.read_xml(entry), "Signatures"):
        signatures = package.resolve(entry, listed.text)
        if signatures is None:
            continue
        for reference in _all(package.read_xml(signatures), "Signature"):
            signature = package.resolve(signatures, reference.get("BaseLoc"))
            if signature is None:
                continue
            for stamp in _all(package.read_xml(signature), "StampAnnot"):
                box = _numbers(stamp.get("Boundary"), 4)
                if stamp.get("PageRef", "").strip() == page_id and box is not None:
                    yield box[0], box[1], box[0] + box[2], box[1] + box[3]


def _seal(place: Millimetres, frame: tuple[float, float, float, float]) -> Seal:
    left, top, width, height = frame
    wide, high = place[2] - place[0], place[3] - place[1]
    box: Box = (
        (place[0] - left) / width,
        (place[1] - top) / height,
        (place[2] - left) / width,
        (place[3] - top) / height,
    )
    box = tuple(min(1.0, max(0.0, edge)) for edge in box)  # type: ignore[assignment]
    at_edge = place[0] <= left + 0.5 or place[2] >= left + width - 0.5
    alike = abs(wide - high) < 0.15 * max(wide, high)
    usual = SEAL_SIZES[0] <= max(wide, high) <= SEAL_SIZES[1]
    return Seal(
        box=box,
        colour=SealColour.UNKNOWN,
        shape=SealShape.ROUND if alike else SealShape.OVAL,
        state=State.FOUND if usual else State.UNCERTAIN,
        score=0.95 if usual else 0.5,
        at_edge=at_edge,
    )
