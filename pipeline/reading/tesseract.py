"""A second engine: the Tesseract program, where an office has it. Good for finding text, not for fields.

Measured on generated scans: 3.6 % wrong characters, against 0.04 % of the default engine.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import cv2
import numpy as np
import pytesseract  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.reading.engine import RawLine
from pipeline.reading.page_image import Pixels

LANGUAGE = "chi_sim"


class TesseractEngine:
    """Tesseract with the simplified Chinese model."""

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            languages = pytesseract.get_languages(config="")
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError) as error:
            raise UsageError(
                "没有找到识读程序 Tesseract。请安装 tesseract-ocr 和 tesseract-ocr-chi-sim，或者将设置 engine 改为 ppocr。"
            ) from error
        if LANGUAGE not in languages:
            raise UsageError("Tesseract 缺少简体中文数据（chi_sim）。请安装 tesseract-ocr-chi-sim。")

    def read(self, image: Pixels, dpi: float | None = None) -> list[RawLine]:
        """All lines of a picture. Tesseract needs them level, so the picture is straightened first."""
        level, back = straightened(image)
        return [_placed(line, back) for line in self._lines(level, f"--psm 3 --dpi {round(dpi or 200)}")]

    def read_line(self, image: Pixels) -> RawLine:
        """The text of one line."""
        height, width = image.shape[:2]
        lines = self._lines(image, "--psm 7")
        text = "".join(line.text for line in lines)
        score = float(np.mean([line.score for line in lines])) if lines else 0.0
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        return RawLine(text, score, corners, _weakest(text, score))

    def _lines(self, image: Pixels, config: str) -> list[RawLine]:
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        try:
            words = pytesseract.image_to_data(
                grey, lang=LANGUAGE, config=config, output_type=pytesseract.Output.DICT, timeout=0
            )
        except pytesseract.TesseractError:
            return []
        groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for index, text in enumerate(words["text"]):
            if str(text).strip() and float(words["conf"][index]) >= 0:
                key = (words["block_num"][index], words["par_num"][index], words["line_num"][index])
                groups[key].append(index)
        return [_line(words, indices) for indices in groups.values()]


def _line(words: dict[str, list[Any]], indices: list[int]) -> RawLine:
    left = min(words["left"][i] for i in indices)
    top = min(words["top"][i] for i in indices)
    right = max(words["left"][i] + words["width"][i] for i in indices)
    bottom = max(words["top"][i] + words["height"][i] for i in indices)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    text = ""
    for i in indices:
        word = str(words["text"][i])
        # Chinese has no spaces; between two Latin words or numbers the space means something.
        text += " " + word if text and text[-1].isascii() and word[0].isascii() else word
    score = min(1.0, float(np.mean([float(words["conf"][i]) for i in indices])) / 100)
    return RawLine(text, score, corners, _weakest(text, score))


def _weakest(text: str, score: float) -> float:
    return score if any(letter.isdigit() for letter in text) else 1.0


def straightened(image: Pixels) -> tuple[Pixels, np.ndarray[Any, np.dtype[np.float64]]]:
    """The picture with level lines, and the 2 × 3 matrix from its coordinates back to the original's."""
    height, width = image.shape[:2]
    angle = _slope(image)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(image, matrix, (width, height), borderValue=(255, 255, 255))
    return level.astype(np.uint8, copy=False), np.asarray(cv2.invertAffineTransform(matrix), np.float64)


def _slope(image: Pixels) -> float:
    """Degrees by which lines fall to the right: the angle at which the row profile is sharpest."""
    scale = 900 / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    ink = (cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1] > 0).astype(np.float32)
    height, width = ink.shape
    best, sharpest = 0.0, -1.0
    for angle in np.arange(-5.0, 5.01, 0.25):
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        rows = cv2.warpAffine(ink, matrix, (width, height)).sum(axis=1)
        sharpness = float(np.square(np.diff(rows)).sum())
        if sharpness > sharpest:
            best, sharpest = float(angle), sharpness
    return best


def _placed(line: RawLine, back: np.ndarray[Any, np.dtype[np.float64]]) -> RawLine:
    corners = (line.corners @ back[:, :2].T + back[:, 2]).astype(np.float32)
    return RawLine(line.text, line.score, corners, line.weakest_digit)
