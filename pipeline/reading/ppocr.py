"""The default engine: PP-OCRv6 small, detection and recognition, inside this process and on one thread."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.detection import detect
from pipeline.reading.engine import RawLine
from pipeline.reading.models import DETECTION, RECOGNITION, characters, load_network, precision, require_model
from pipeline.reading.page_image import Pixels
from pipeline.reading.recognition import HEIGHT, WIDTHS, Said, crop_line, fitting, recognise


class PaddleEngine:
    """PP-OCRv6 small. Loading takes about half a second; a page about one second on one core."""

    def __init__(self, name: str, *, numeric: str | None = None, openvino: bool | None = None) -> None:
        numeric = numeric or precision()
        recognition = require_model(RECOGNITION)
        self.name = name
        self._detection = load_network(require_model(DETECTION), numeric=numeric, openvino=openvino)
        self._recognition = load_network(recognition, numeric=numeric, openvino=openvino)
        self._alphabet = characters(recognition)

    def read(self, image: Pixels, dpi: float | None = None) -> list[RawLine]:
        """All lines of a picture."""
        lines = []
        for corners in detect(self._detection, image, dpi):
            said = recognise(self._recognition, self._alphabet, crop_line(image, corners))
            if said.text.strip():
                lines.append(_line(said, corners))
        return lines

    def read_line(self, image: Pixels) -> RawLine:
        """The text of one line."""
        height, width = image.shape[:2]
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        method = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
        size = (fitting(min(WIDTHS[-1], max(8, round(width * HEIGHT / max(1, height))))), HEIGHT)
        crop = cv2.resize(image, size, interpolation=method).astype(np.uint8, copy=False)
        return _line(recognise(self._recognition, self._alphabet, crop), corners)


def _line(said: Said, corners: NDArray[np.float32]) -> RawLine:
    return RawLine(said.text, said.score, corners, said.weakest_digit, said.miscounted, said.doubts)
