"""Sloping pages are searched for marks as if they lay level, and what is found comes back where it stands."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from marks_painter import BLUE, Sheet, pen_name

from pipeline.reading.engine import RawLine
from pipeline.reading.levelling import laid_level
from pipeline.reading.marks import Sheet as Page
from pipeline.reading.marks import find_marks_on
from schemas.base import State
from schemas.reading import Line, Seal, SealColour, SealShape

DPI = 200


def sloped(degrees: float) -> tuple[np.ndarray, list[RawLine], list[Line]]:
    """A form of which a row is signed, its page turned; the lines as an engine reads them, and their upright boxes."""
    sheet = Sheet(dpi=DPI, rng=np.random.default_rng(5))
    sheet.text(85, 20, "审批表", 7)
    sheet.prose(40, 8)
    for y, head in ((150, "承办人签名"), (165, "负责人签名")):
        sheet.text(24, y, head)
        sheet.text(130, y, "签名日期：2024年3月5日")
    ink = pen_name(sheet, "陈某山", 7.0, 0.2, 0.5)
    sheet.blend(ink * 0.85, sheet.px(70), sheet.px(167) - ink.shape[0] / 2, BLUE)
    for y in (146, 161, 176):
        sheet.rule(18, y, 192, y)
    height, width = sheet.image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    page = cv2.cvtColor(sheet.image, cv2.COLOR_RGB2BGR)
    image = cv2.warpAffine(page, matrix, (width, height), borderValue=(255, 255, 255))
    raw = []
    for line in sheet.lines:
        left, top, right, bottom = np.array(line.box) * (width, height, width, height)
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        raw.append(RawLine(line.text, line.score, (corners @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)))
    lines = [
        line.model_copy(update={"box": around(each, width, height)})
        for line, each in zip(sheet.lines, raw, strict=True)
    ]
    return np.asarray(image, np.uint8), raw, lines


def around(line: RawLine, width: int, height: int) -> tuple[float, float, float, float]:
    left, top = line.corners.min(axis=0) / (width, height)
    right, bottom = line.corners.max(axis=0) / (width, height)
    return float(left), float(top), float(right), float(bottom)


@pytest.mark.parametrize("degrees", [-4.0, 4.0])
def test_the_signed_row_of_a_sloping_form_is_found_where_it_stands(degrees: float) -> None:
    """The name belongs to the second row; by four degrees it is as high as the first row's head, or lower than its own."""
    image, raw, lines = sloped(degrees)
    level = laid_level(Page(image, DPI), raw, lines, (), degrees)
    found = level.marks(find_marks_on(level.sheet, level.lines, level.seals)).signature_places
    assert [(place.label, place.state) for place in found] == [
        ("承办人签名", State.MISSING),
        ("负责人签名", State.FOUND),
    ]
    left, top, right, bottom = found[1].box
    height, width = image.shape[:2]
    part = image[int(top * height) : int(bottom * height), int(left * width) : int(right * width)].astype(int)
    assert ((part[..., 0] - part[..., 2]) > 40).mean() > 0.05  # blue ink


def test_seals_keep_their_place() -> None:
    """What was found before the sheet was laid level is told where it was found."""
    image, raw, lines = sloped(3.0)
    box = (0.6, 0.7, 0.8, 0.84)
    seal = Seal(box=box, colour=SealColour.RED, shape=SealShape.ROUND, state=State.FOUND, score=0.9)
    level = laid_level(Page(image, DPI), raw, lines, (seal,), 3.0)
    assert level.seals[0].box != box
    assert level.marks(find_marks_on(level.sheet, level.lines, level.seals)).seals[0].box == box
