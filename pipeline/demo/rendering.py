"""A sample case as pictures, page by page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as Picture

from pipeline.demo.chance import chance
from pipeline.demo.drawing import blank_page, draw
from pipeline.demo.sample import SampleCase, SamplePage
from pipeline.demo.scanner import Quality, photocopied, quality_of, scanned, show_through, smeared

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Scan:
    """One scanned page: RGB, and the resolution it was scanned at."""

    image: Image
    dpi: int
    jpeg: int
    """JPEG quality it is stored with; 0: one bit a pixel."""

    def encoded(self) -> tuple[bytes, str]:
        """The page as a file, and the file's suffix."""
        picture = Picture.fromarray(self.image)
        stream = io.BytesIO()
        if not self.jpeg:
            picture.convert("1").save(stream, "TIFF", compression="group4", dpi=(self.dpi, self.dpi))
            return stream.getvalue(), ".tif"
        grey = bool((self.image[::40, ::40, 0] == self.image[::40, ::40, 2]).all())
        stored = picture.convert("L") if grey else picture
        stored.save(stream, "JPEG", quality=self.jpeg, dpi=(self.dpi, self.dpi))
        return stream.getvalue(), ".jpg"


def render(case: SampleCase, quality: str = "office") -> Iterator[Scan]:
    """The pages of `case` in order, each as the scanner of an office of this `quality` delivers it."""
    for page in case.pages:
        yield render_alone(page, case.story.seed, quality)


def render_alone(page: SamplePage, seed: str, quality: str) -> Scan:
    """One page of the case with this `seed`: its picture depends on nothing else in the file."""
    return render_page(page, quality_of(quality), chance("scan", seed, quality, page.key))


def render_page(page: SamplePage, scanner: Quality, rng: np.random.Generator) -> Scan:
    """One page, drawn, copied, scanned and turned."""
    paper = blank_page()
    draw(paper, page.sheet.operations)
    if page.blank:
        paper = show_through(paper)
    if page.copy:
        paper = photocopied(paper, rng)
    if page.illegible:
        paper = smeared(paper)
    image = scanned(paper, scanner, rng)
    if page.rotation:
        turn = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}[page.rotation]
        image = cv2.rotate(image, turn).astype(np.uint8)
    return Scan(image, scanner.dpi, 0 if scanner.bilevel else scanner.jpeg)
