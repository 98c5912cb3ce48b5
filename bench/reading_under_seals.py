"""Dates under seals without colour, read and counted: `python -m bench.reading_under_seals --pages 8 --seed 11`.

Each page has six sign-offs, an organ and a date, each with a seal stamped over it where clerks stamp; scanned in grey, or
copied. Counted is what a rule would take for the date: read right or wrong, sure (a line score of 0.93 and more) or not, or
not read as a date at all. `--bare` leaves the seals away: what is lost there is the price.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.demo.chance import chance, pick
from pipeline.demo.drawing import blank_page, draw
from pipeline.demo.faces import SANS, SERIF, width
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Operation, Print, Stamp
from pipeline.demo.rendering import photocopied
from pipeline.demo.scanner import QUALITIES, Quality, scanned
from pipeline.reading import Engine, PageImage, load_engine, read_page
from pipeline.settings import Settings
from schemas.reading import Line, PageReading

SCANNERS: dict[str, Quality] = {
    **{key: replace(quality, grey_share=1) for key, quality in QUALITIES.items() if key != "fax"},
    "fax": QUALITIES["fax"],
    "copy": replace(QUALITIES["office"], key="copy", contrast=0.9, noise=7.0, grey_share=1),
}
ORGANS = ("临汀县人民法院", "岭背县公安局", "南江市法律援助中心")
NUMERALS = "〇一二三四五六七八九"
DATE = re.compile(
    r"[〇一二三四五六七八九]{2,5}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|\d{2,5}年\d{1,2}月\d{1,2}日"
)
SURE = 0.93
ROWS, STEP = 6, 335


@dataclass(frozen=True)
class TrueDate:
    """A date and where it begins, as fractions of the page."""

    x: float
    y: float
    text: str


def in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


def _date(rng: np.random.Generator) -> str:
    year, month, day = int(rng.integers(2019, 2026)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    if rng.random() < 0.75:
        return f"{''.join(NUMERALS[int(digit)] for digit in str(year))}年{in_chinese(month)}月{in_chinese(day)}日"
    return f"{year}年{month}月{day}日"


def sheet(seed: int, index: int, *, bare: bool) -> tuple[list[Operation], list[TrueDate]]:
    """Six sign-offs, each with a seal whose middle lies on the date or up to a centimetre above or below."""
    rng = chance("under-seals", seed, index)
    operations: list[Operation] = []
    truth = []
    for row in range(ROWS):
        text, size = _date(rng), int(rng.choice((30, 33, 36)))
        face, organ = pick(rng, (SERIF, SERIF, SANS)), pick(rng, ORGANS)
        x = 180 + 760 * int(rng.integers(2)) + float(rng.uniform(-20, 60))
        y = 230 + row * STEP + float(rng.uniform(-10, 10))
        operations += [Print(x, y - 70, organ, face, size), Print(x, y, text, face, size)]
        along, below = float(rng.uniform(0.3, 0.8)), float(rng.uniform(-70, 70))
        at = x + width(face, size, text) * along, y + size / 2 + below
        words, star = pick(rng, ("", "办案专用章")), rng.random() < 0.8
        if not bare:
            diameter = int(rng.choice((300, 315, 330)))
            operations.append(Stamp(*at, diameter, organ, words, star, f"{seed} {index} {row}", grey=True))
        truth.append(TrueDate(x / PAGE_WIDTH, y / PAGE_HEIGHT, text))
    return operations, truth


def scan(operations: list[Operation], quality: str, seed: int, index: int) -> npt.NDArray[np.uint8]:
    """Blue-green-red pixels."""
    page, rng = blank_page(), chance("under-seals-scan", seed, index, quality)
    draw(page, operations)
    if quality == "copy":
        page = photocopied(page, rng)
    return np.ascontiguousarray(scanned(page, SCANNERS[quality], rng)[:, :, ::-1])


def read_date(reading: PageReading, true: TrueDate) -> tuple[str, float] | None:
    """What stands where the date is, in one line or in the pieces of a row, and the score of the worst piece."""
    row = sorted((line for line in reading.lines if _beside(line, true)), key=lambda line: line.box[0])
    for pieces in ([line] for line in row):
        if found := _claimed(pieces):
            return found
    return _claimed(row)


def _beside(line: Line, true: TrueDate) -> bool:
    level = abs((line.box[1] + line.box[3]) / 2 - true.y - 0.007) < 0.008
    return level and -0.03 < line.box[0] - true.x < 0.22


def _claimed(pieces: list[Line]) -> tuple[str, float] | None:
    text = re.sub("[○零]", "〇", "".join(piece.text for piece in pieces))
    found = DATE.search(text)
    return (found.group(), min(piece.score for piece in pieces)) if found else None


def measure(engine: Engine, quality: str, pages: int, seed: int, *, bare: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for index in range(pages):
        operations, truth = sheet(seed, index, bare=bare)
        picture = scan(operations, quality, seed, index)
        key = sha256(picture.tobytes()).hexdigest()
        image = PageImage(sha256=key, source="bench", pixels=picture, dpi=float(SCANNERS[quality].dpi))
        reading = read_page(image, engine)
        counts["seals"] += len(reading.seals)
        for true in truth:
            counts["dates"] += 1
            claimed = read_date(reading, true)
            if claimed is None:
                counts["not a date"] += 1
                continue
            right, sure = claimed[0] == true.text, claimed[1] >= SURE
            counts[f"{'sure' if sure else 'unsure'} {'right' if right else 'wrong'}"] += 1
            if sure and not right:
                print(f"{quality} page {index}: {true.text} read as {claimed[0]} with {claimed[1]:.3f}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", nargs="+", default=list(SCANNERS), choices=SCANNERS)
    parser.add_argument("--bare", action="store_true", help="without seals")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    engine = load_engine(Settings().engine)
    for quality in options.quality:
        counts = measure(engine, quality, options.pages, options.seed, bare=options.bare)
        print(quality, dict(sorted(counts.items())), flush=True)


if __name__ == "__main__":
    main()
