"""Pages on which it is known, pixel by pixel, what was printed and what a pen wrote: for fitting and judging the eye for pens.

The papers are those of the sample closing files, reset in several faces, written on by many hands, scanned in many ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from bench.corpus import corpus
from bench.pen_hands import Hand, hands_of, write
from pipeline.demo.blocks import Signature
from pipeline.demo.chance import chance, pick
from pipeline.demo.drawing import blank_page, draw
from pipeline.demo.faces import SANS, SERIF, coverage, width
from pipeline.demo.ink import Operation, Pen, Print, Stamp, Stroke, Thumb
from pipeline.demo.scanner import QUALITIES, Quality, scanned
from schemas.reading import Line

Picture = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

CASE_PAGES = 8
SCANNERS: dict[str, Quality] = {
    **QUALITIES,
    "grey": replace(QUALITIES["office"], key="grey", grey_share=1),
    "poor grey": replace(QUALITIES["poor"], key="poor grey", grey_share=1),
    "copy": replace(QUALITIES["office"], key="copy", dpi=300, contrast=0.9, noise=7.0, grey_share=1),
    "coarse fax": replace(QUALITIES["fax"], key="coarse fax", dpi=150, noise=9.0),
}


@dataclass(frozen=True, eq=False)
class PenPage:
    """A scan (BGR); in its pixels, the ink of the pen and of the press; the printed lines as they lie in it."""

    image: Picture
    dpi: int
    quality: str
    pen: Mask
    press: Mask
    pressed_on: Mask
    """Seals and thumbs over either."""
    lines: tuple[Line, ...]


def pen_pages(count: int, seed: int, print_faces: Sequence[str], pen_faces: Sequence[str]) -> Iterator[PenPage]:
    """`count` pages; the same arguments give the same ones."""
    made = 0
    for index, case in enumerate(corpus(-(-count // CASE_PAGES), seed)):
        rng = chance("pen-pages", seed, index)
        pages = [page for page in case.pages if page.document is not None and not page.illegible]
        labels = {block.label for paper in case.papers for block in paper.blocks if isinstance(block, Signature)}
        for at in rng.choice(len(pages), size=min(CASE_PAGES, len(pages)), replace=False):
            operations = _changed(pages[int(at)].sheet.operations, labels, print_faces, rng)
            quality = list(SCANNERS)[made % len(SCANNERS)]
            yield _scan(operations, SCANNERS[quality], hands_of(pen_faces, rng), chance("pen-scan", seed, made))
            made += 1
            if made == count:
                return


LABELS = (
    "承办律师（签名）：",
    "受援人签名：",
    "申请人（签字）：",
    "被会见人（签名、捺印）：",
    "经办人：",
    "审批人签字：",
)
NAMES = (
    "林晓峰", "陈一", "欧阳静文", "区某山", "麦思颖", "黄国堃", "赵赟", "何梅", "郭志远", "丁小平", "司徒燕", "罗凤仙", "许立",
    "蔡永强", "曾玉莲", "卢海波", "钟丽", "谢建国", "邓子轩", "王大明", "2024年5月6日", "2023.11.9",
)  # fmt: skip


def place_pages(count: int, seed: int, print_faces: Sequence[str], pen_faces: Sequence[str]) -> Iterator[PenPage]:
    """Sheets of nothing but places to sign: by pen, typed, dated, empty, ruled."""
    for index in range(count):
        yield place_page(index, seed, print_faces, pen_faces)


def place_page(index: int, seed: int, print_faces: Sequence[str], pen_faces: Sequence[str]) -> PenPage:
    """One of these sheets."""
    rng = chance("pen-places", seed, index)
    operations: list[Operation] = []
    for row in range(12):
        for x in (180.0, 900.0):
            operations += _place(x + float(rng.uniform(-30, 30)), 240 + row * 160.0, print_faces, rng)
    quality = list(SCANNERS)[index % len(SCANNERS)]
    return _scan(operations, SCANNERS[quality], hands_of(pen_faces, rng), chance("place-scan", seed, index))


def _place(x: float, y: float, faces: Sequence[str], rng: np.random.Generator) -> list[Operation]:
    face, size = pick(rng, faces), int(rng.integers(29, 40))
    label = Print(x, y, pick(rng, LABELS), face, size)
    end, name = x + width(face, size, label.text) + float(rng.uniform(6, 40)), pick(rng, NAMES)
    found: list[Operation] = [label]
    if rng.random() < 0.3:
        found.append(Stroke(end, y + size * 1.2, end + 260, y + size * 1.2, 2))
    kind = rng.random()
    if kind < 0.5:
        found.append(Pen(end, y - size * 0.2, name, int(size * float(rng.uniform(1.1, 1.6))), "signs"))
    elif kind < 0.9:
        other = pick(rng, faces) if rng.random() < 0.5 else face
        grown = round(size * float(pick(rng, (1.0, 1.0, 1.0, 1.1, 1.25))))
        bold = bool(rng.random() < 0.2)
        if coverage(other) >= {ord(char) for char in name}:  # another face for one letter is no typed name
            found.append(Print(end, y + (size - grown) / 2, name, other, grown, bold=bold))
    return found


# What stands on the page.


def _changed(
    operations: Sequence[Operation], labels: set[str], faces: Sequence[str], rng: np.random.Generator
) -> list[Operation]:
    """Set in other faces; more of it by hand; some names typed, some places left empty; stamps and seals added."""
    main, second = pick(rng, faces), pick(rng, faces)
    by_hand = float(pick(rng, (0.0, 0.0, 0.15, 0.3, 0.95)))
    changed: list[Operation] = []
    for number, each in enumerate(operations):
        if isinstance(each, Print):
            written = number > 1 and each.text not in labels and each.colour == "black" and rng.random() < by_hand
            face = second if rng.random() < 0.15 else main
            changed.append(_by_pen(each, rng) if written else replace(each, face=face))
        elif isinstance(each, Pen) and rng.random() < 0.3:
            if rng.random() < 0.6:
                changed.append(_typed(each, pick(rng, faces), rng))
        else:
            changed.append(each)
    return changed + _pressed(changed, rng)


def _by_pen(line: Print, rng: np.random.Generator) -> Pen:
    return Pen(line.x, line.y - line.size * 0.1, line.text, round(line.size * float(rng.uniform(1.0, 1.25))), "")


def _typed(pen: Pen, face: str, rng: np.random.Generator) -> Print:
    size = round(pen.size * float(rng.uniform(0.62, 0.85)))
    return Print(pen.x, pen.y + size * 0.2, pen.text, face, size, bold=bool(rng.random() < 0.3))


def _pressed(operations: Sequence[Operation], rng: np.random.Generator) -> list[Operation]:
    """Seals over pens, black thumbs, and stamps of words."""
    added: list[Operation] = []
    pens = [each for each in operations if isinstance(each, Pen)]
    for number, each in enumerate(pens):
        if rng.random() < 0.12:
            grey = bool(rng.random() < 0.5)
            near = rng.uniform(-150, 150, 2)
            added.append(
                Stamp(each.x + near[0], each.y + near[1], 300, "云岭市赤岸律师事务所", "", True, f"{number}", grey)
            )
        if rng.random() < 0.08:
            added.append(Thumb(each.x + each.size * len(each.text), each.y + each.size / 2, f"{number}", grey=True))
    if rng.random() < 0.25:
        added += _words(float(rng.uniform(200, 1000)), float(rng.uniform(1500, 2150)), rng)
    return added


def _words(x: float, y: float, rng: np.random.Generator) -> list[Operation]:
    text = pick(rng, ("本件与原件核对无异", "复印件", "已归档", "作废", "附卷"))
    colour, size = pick(rng, ("red", "grey", "pen_blue", "black")), int(rng.integers(34, 60))
    right, bottom = x + size * len(text) + 12, y + size * 1.3 + 8
    frame = ((x, y, right, y), (x, bottom, right, bottom), (x, y, x, bottom), (right, y, right, bottom))
    return [
        Print(x + 8, y + size * 0.2, text, SANS, size, colour=colour),
        *(Stroke(*side, 3, colour) for side in frame),
    ]


# The scan.


def _scan(
    operations: Sequence[Operation], scanner: Quality, hands: tuple[Hand, Hand], rng: np.random.Generator
) -> PenPage:
    """The page, and the same sheet with the pen alone and the press alone laid the same way."""
    pens = [each for each in operations if isinstance(each, Pen)]
    press = [each for each in operations if isinstance(each, Print)]
    pen_layer = blank_page()
    for number, each in enumerate(pens):
        signs = len(each.text) <= 4 and bool(each.seed) and each.size > 45
        write(pen_layer, each, hands[signs], chance("stroke", number, each.text, hands[0].slant))
    press_layer = blank_page()
    draw(press_layer, press)
    page = blank_page()
    draw(page, [each for each in operations if not isinstance(each, Pen | Stamp | Thumb)])
    page = (page.astype(np.uint16) * pen_layer // 255).astype(np.uint8)
    over = [each for each in operations if isinstance(each, Stamp | Thumb)]
    draw(page, over)
    seed = int(rng.integers(2**31))
    image = scanned(page, scanner, np.random.default_rng(seed))
    if scanner.jpeg and not scanner.bilevel:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, scanner.jpeg])[1], 1).astype(
            np.uint8
        )
    bare = replace(scanner, noise=0, light=0, blur=0, bilevel=False, grey_share=0)
    over_layer = blank_page()
    draw(over_layer, over)
    layers = (pen_layer, press_layer, over_layer)
    masks = [_dark(scanned(layer, bare, np.random.default_rng(seed))) for layer in layers]
    laid = _laid(scanned(_marked(), bare, np.random.default_rng(seed)))
    bgr = np.ascontiguousarray(image[:, :, ::-1])
    lines = tuple(_line(each, laid, masks[1]) for each in press if each.text.strip())
    return PenPage(bgr, scanner.dpi, scanner.key, *masks, lines)


MARKS = ((300.0, 300.0, 0), (1300.0, 300.0, 1), (300.0, 2000.0, 2))
"""Dots by which it is told how a sheet lies in its scan: x, y, the channel that stays light."""


def _marked() -> Picture:
    page = blank_page()
    for x, y, channel in MARKS:
        colour = [0, 0, 0]
        colour[channel] = 255
        cv2.circle(page, (round(x), round(y)), 30, colour, -1)
    return page


def _laid(marks: Picture) -> npt.NDArray[np.float64]:
    """The affine map from the sheet to the scan."""
    found = []
    for _, _, channel in MARKS:
        others = np.maximum(marks[:, :, (channel + 1) % 3], marks[:, :, (channel + 2) % 3])
        rows, columns = np.nonzero((marks[:, :, channel] > 150) & (others < 100))
        found.append((columns.mean(), rows.mean()))
    sheet = np.array([(x, y) for x, y, _ in MARKS], np.float32)
    return np.asarray(cv2.getAffineTransform(sheet, np.array(found, np.float32)), np.float64)


def _line(line: Print, laid: npt.NDArray[np.float64], printed: Mask) -> Line:
    """A printed line with a box such as detection gives it: faces sit higher or lower than their size says."""
    height, wide = printed.shape
    right = line.x + width(line.face, line.size, line.text, line.spacing)
    corners = np.array([[x, y, 1] for x in (line.x, right) for y in (line.y, line.y + line.size)]) @ laid.T
    (x0, y0), (x1, y1) = np.round(corners.min(axis=0)).astype(int), np.round(corners.max(axis=0)).astype(int)
    reach, room = round(0.3 * (y1 - y0)), 0.15 * (y1 - y0)
    upper = max(0, y0 - reach)
    rows = np.flatnonzero(printed[upper : y1 + reach, max(0, x0) : x1].any(axis=1))
    top, bottom = (upper + rows[0] - room, upper + rows[-1] + 1 + room) if len(rows) else (y0 - room, y1 + room)
    box = np.clip([x0 / wide, top / height, max(x0, x1) / wide, bottom / height], 0, 1).tolist()
    return Line(text=line.text.strip(), box=(box[0], box[1], box[2], box[3]), score=0.98)


def _dark(layer: Picture) -> Mask:
    """Ink, without what the scanner's flaws left at the edges."""
    dark = np.asarray(layer[:, :, 1] < 190, np.bool_)
    edge = round(0.045 * layer.shape[1])
    dark[:, :edge] = False
    return dark


OWN_FACES = (SERIF, SANS)
