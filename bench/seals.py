"""Looks for seals of every kind on invented pages: `python -m bench.seals --pages 6 --seed 7`.

For each quality of scan and each situation: seals found, uncertain and missed, and the words on their rings; for each
bait: what was taken for a seal. `bench.reading` runs it too, so that one command tells all of reading.
"""

# ruff: noqa: PLR0913, PLR0917 - what a page is made from needs all of them

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from bench.reading_pages import bench_pages
from bench.scans import scanner_of
from bench.seal_inks import BAITS, BLUE, COPY, DARK_RED, ORANGE, RED, Colour, Image, oval, press, spun, square, worn
from pipeline.demo.chance import chance
from pipeline.demo.drawing import blank_page, draw
from pipeline.demo.handwriting import handwriting
from pipeline.demo.ink import Stamp, Thumb
from pipeline.demo.scanner import photocopied, scanned
from pipeline.demo.stamps import seal as round_seal
from pipeline.reading import load_engine
from pipeline.reading.engine import strip_reader
from pipeline.reading.marks import find_seals, unwrap_ring, with_words
from pipeline.settings import Settings
from schemas.base import State
from schemas.reading import Seal

A4 = (210.0, 297.0)
NEAR_MM, LIKE = 10.0, 0.6
"""A seal found belongs to a true one if its centre is near and it is not much smaller or larger."""
ORGANS = (
    "临江市望洲区法律援助中心", "南渚市人民检察院", "云岭县公安局", "广东海岬律师事务所", "临江市望洲区人民法院", "南渚市第一看守所",
    "云岭县劳动人事争议仲裁委员会", "北川镇人民政府",
)  # fmt: skip
MODES = ("red", "copy", "grey")
"""A seal in colour; a photocopy scanned in colour; a whole scan in grey. A fax has the last alone."""


@dataclass(frozen=True)
class TrueSeal:
    """Centre, width and height in millimetres on the sheet, and the words on its ring if it is round and whole."""

    x: float
    y: float
    wide: float
    tall: float
    words: str = ""


Rng = np.random.Generator
Situation = Callable[[Image, Rng, Colour], list[TrueSeal]]


def _round(
    page: Image, rng: Rng, colour: Colour, at: tuple[float, float], wide: float = 42.0, *, strength: float = 1.0
) -> TrueSeal:
    star, words = wide > 38, ORGANS[int(rng.integers(len(ORGANS)))]
    ink = round_seal(words, "" if star else "专用章", star, int(wide * 200 / 25.4), f"{rng.integers(10**6)}")
    press(page, ink * np.float32(strength), *at, colour)
    return TrueSeal(*at, wide, wide, words)


def _sign_off(rng: Rng) -> tuple[float, float]:
    """Where seals stand: in the lower right, over the date as a rule."""
    return float(rng.uniform(110, 165)), float(rng.uniform(170, 262))


def plain(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    return [_round(page, rng, colour, _sign_off(rng))]


def small(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    return [_round(page, rng, colour, _sign_off(rng), float(rng.uniform(26, 36)))]


def large(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    return [_round(page, rng, colour, (float(rng.uniform(100, 150)), float(rng.uniform(170, 240))), 58.0)]


def on_text(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """In the middle of the page, over running text or a table."""
    return [_round(page, rng, colour, (float(rng.uniform(60, 150)), float(rng.uniform(70, 160))))]


def signed(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """A signature runs across the seal."""
    x, y = _sign_off(rng)
    ink = handwriting("陈某山", 90, f"{rng.integers(10**6)}", 0).astype(np.float32) / 255
    press(page, ink, x, y + rng.uniform(-8, 8), (38, 38, 46))
    return [_round(page, rng, colour, (x, y))]


def faint(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    return [_round(page, rng, colour, _sign_off(rng), strength=0.45)]


def double(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """Struck twice, two or three millimetres apart: one seal."""
    x, y = _sign_off(rng)
    words, seed = ORGANS[int(rng.integers(len(ORGANS)))], f"{rng.integers(10**6)}"
    turn, apart = rng.uniform(0, 2 * np.pi), rng.uniform(1.5, 3)
    ink = round_seal(words, "", True, int(42 * 200 / 25.4), seed)
    press(page, ink, x, y, colour)
    press(page, ink * np.float32(0.6), x + apart * np.cos(turn), y + apart * np.sin(turn), colour)
    return [TrueSeal(x, y, 42, 42)]


def two(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """Two seals over each other."""
    x, y = _sign_off(rng)
    first = _round(page, rng, colour, (x - 20, y))
    return [first, _round(page, rng, colour, (x + rng.uniform(6, 16), y + rng.uniform(-8, 8)), 38.5)]


def an_oval(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    x, y = _sign_off(rng)
    wide, tall = ((40.0, 30.0), (45.0, 30.0), (38.0, 27.0))[int(rng.integers(3))]
    turn = float(rng.uniform(-14, 14))
    ink = spun(oval(ORGANS[int(rng.integers(len(ORGANS)))], "4401000012345", wide, tall), turn)
    press(page, worn(ink, rng), x, y, colour)
    return [TrueSeal(x, y, wide, tall)]


def oval_on_round(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """An oval seal that laps over a round one."""
    x, y = _sign_off(rng)
    first = _round(page, rng, colour, (x - 19, y))
    ink = spun(oval(ORGANS[int(rng.integers(len(ORGANS)))], "4401000012345", 40, 30), float(rng.uniform(-10, 10)))
    at = (x + float(rng.uniform(8, 16)), y + float(rng.uniform(-8, 8)))
    press(page, worn(ink, rng), *at, colour)
    return [first, TrueSeal(*at, 40, 30)]


def a_square(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """A person's or a body's square seal, beside or over print."""
    x, y, side = float(rng.uniform(60, 165)), float(rng.uniform(150, 262)), float(rng.uniform(12, 26))
    press(page, worn(spun(square("陈某山印", side), float(rng.uniform(-8, 8))), rng), x, y, colour)
    return [TrueSeal(x, y, side, side)]


def a_white_square(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """A square seal with white characters."""
    x, y, side = float(rng.uniform(60, 165)), float(rng.uniform(150, 262)), float(rng.uniform(12, 22))
    press(page, worn(spun(square("何志远印", side, white=True), float(rng.uniform(-8, 8))), rng), x, y, colour)
    return [TrueSeal(x, y, side, side)]


def cut(page: Image, rng: Rng, colour: Colour) -> list[TrueSeal]:
    """骑缝章: a third to two thirds of the seal lie on the page."""
    part = float(rng.uniform(0.36, 0.68))
    x = 210 + 42 * (0.5 - part) if rng.random() < 0.7 else -42 * (0.5 - part)
    y = float(rng.uniform(90, 210))
    _round(page, rng, colour, (x, y))
    left, right = max(0.0, x - 21), min(210.0, x + 21)
    return [TrueSeal((left + right) / 2, y, right - left, 42)]


SITUATIONS: dict[str, Situation] = {
    "plain": plain,
    "small": small,
    "large": large,
    "on_text": on_text,
    "signed": signed,
    "faint": faint,
    "double": double,
    "two": two,
    "oval": an_oval,
    "oval_on_round": oval_on_round,
    "square": a_square,
    "white_square": a_white_square,
    "cut": cut,
}


@dataclass
class SealTally:
    """Counts by situation and mode, and what went wrong in words."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def of(self, cell: str) -> Counter[str]:
        return self.counts.setdefault(cell, Counter())


def backgrounds(count: int, seed: int) -> list[Image]:
    """Pages of all kinds without a seal or a fingerprint."""
    sheets = []
    for each in bench_pages(count, seed):
        page = blank_page()
        draw(page, [ink for ink in each.page.sheet.operations if not isinstance(ink, Stamp | Thumb)])
        sheets.append(page)
    return sheets


def colour_of(mode: str, rng: Rng) -> Colour:
    if mode == "copy":
        return COPY
    return (RED, RED, DARK_RED, ORANGE)[int(rng.integers(4))] if rng.random() < 0.93 else BLUE


def as_scanned(page: Image, mode: str, quality: str, rng: Rng) -> Image:
    """The page as a scan, blue-green-red."""
    scanner = replace(scanner_of(quality), grey_share=float(mode == "grey"))
    image = scanned(photocopied(page, rng) if mode == "copy" else page, scanner, rng)
    if scanner.bilevel:
        return np.ascontiguousarray(image[:, :, ::-1])
    stored = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, scanner.jpeg])[1]
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR), np.uint8)


def matched(found: Sequence[Seal], truth: Sequence[TrueSeal]) -> tuple[list[Seal | None], list[Seal]]:
    """For each true seal the one found at its place, and what else was found."""
    left = list(found)
    own: list[Seal | None] = []
    for one in truth:
        fit = [seal for seal in left if _is_at(seal, one)]
        best = min(fit, key=lambda seal: _away(seal, one), default=None)
        if best is not None:
            left.remove(best)
        own.append(best)
    return own, left


def _away(seal: Seal, one: TrueSeal) -> float:
    x, y = (seal.box[0] + seal.box[2]) / 2 * A4[0], (seal.box[1] + seal.box[3]) / 2 * A4[1]
    return float(np.hypot(x - one.x, y - one.y))


def _is_at(seal: Seal, one: TrueSeal) -> bool:
    wide, tall = (seal.box[2] - seal.box[0]) * A4[0], (seal.box[3] - seal.box[1]) * A4[1]
    alike = all(LIKE <= size / true <= 1 / LIKE for size, true in ((wide, one.wide), (tall, one.tall)))
    return alike and _away(seal, one) <= NEAR_MM


def measure(
    quality: str,
    pages: int,
    seed: int,
    read_strip: Callable[[Image], tuple[str, float]] | None = None,
) -> SealTally:
    """`pages` pages a situation, a bait and a mode. `read_strip` reads the words on the rings."""
    tally, sheets = SealTally(), backgrounds(max(8, 4 * pages), seed)
    scanner = scanner_of(quality)
    for mode in ("grey",) if scanner.bilevel else MODES:
        for name in (*SITUATIONS, *BAITS):
            for number in range(pages):
                rng = chance("seals", seed, name, number)
                page = sheets[int(rng.integers(len(sheets)))].copy()
                truth = _dressed(page, name, rng, colour_of(mode, rng))
                image = as_scanned(page, mode, quality, chance("scan", seed, name, mode, number))
                seals = find_seals(image, scanner.dpi)
                if read_strip is not None:
                    seals = tuple(with_words(image, scanner.dpi, seal, read_strip) for seal in seals)
                _count(tally, f"{name} {mode}", f"{quality} {name} {mode} {number}", seals, truth)
                if read_strip is not None:
                    _count_words(tally.of(f"{name} {mode}"), seals, truth, image, scanner.dpi, read_strip)
    return tally


def _dressed(page: Image, name: str, rng: Rng, colour: Colour) -> list[TrueSeal]:
    if name in SITUATIONS:
        return SITUATIONS[name](page, rng, colour)
    BAITS[name](page, rng)
    return []


def _count(tally: SealTally, cell: str, name: str, seals: Sequence[Seal], truth: Sequence[TrueSeal]) -> None:
    counts = tally.of(cell)
    counts["pages"] += 1
    own, rest = matched(seals, truth)
    for seal in own:
        counts["seals"] += 1
        counts[seal.state if seal is not None else "missed"] += 1
        if seal is None or seal.state is not State.FOUND:
            tally.remarks.append(f"{name}: {'missed' if seal is None else 'uncertain'}")
    for seal in rest:
        counts[f"false_{seal.state}"] += 1
        tally.remarks.append(f"{name}: false {seal.state} {seal.colour} {seal.shape} {seal.score:.2f}")


def _count_words(
    counts: Counter[str],
    seals: Sequence[Seal],
    truth: Sequence[TrueSeal],
    image: Image,
    dpi: float,
    read_strip: Callable[[Image], tuple[str, float]],
) -> None:
    for seal, one in zip(matched(seals, truth)[0], truth, strict=True):
        if seal is None or not one.words:
            continue
        text, score = read_strip(unwrap_ring(image, seal, dpi))
        counts["rings"] += 1
        counts["rings_exact"] += one.words in text
        counts["rings_sure"] += score >= SURE
        counts["rings_sure_exact"] += score >= SURE and one.words in text


SURE = 0.9


def figures(tally: SealTally) -> dict[str, object]:
    """Shares over seals in colour and without, over baits; then each cell's counts."""
    result: dict[str, object] = {}
    for label, chosen in (("in_colour", ("red",)), ("without_colour", ("copy", "grey"))):
        total: Counter[str] = Counter()
        for cell, counts in tally.counts.items():
            if cell.split()[1] in chosen:
                total.update(counts)
        if total["pages"]:
            result[label] = _shares(total)
    result["cells"] = {cell: dict(counts) for cell, counts in tally.counts.items()}
    return result


def _shares(total: Counter[str]) -> dict[str, float | int | None]:
    seals, told = total["seals"], total["found"] + total["false_found"]
    return {
        "seals": seals,
        "found": round(total["found"] / seals, 4),
        "uncertain": round(total["uncertain"] / seals, 4),
        "missed": total["missed"],
        "precision": round(total["found"] / told, 4) if told else None,
        "false_found": total["false_found"],
        "false_uncertain": total["false_uncertain"],
        "ring_exact": round(total["rings_exact"] / total["rings"], 4) if total["rings"] else None,
        "ring_sure_exact": round(total["rings_sure_exact"] / total["rings_sure"], 4) if total["rings_sure"] else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6, help="pages a situation, mode and quality")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", nargs="+", default=["clean", "office", "poor", "fax"])
    options = parser.parse_args()
    cv2.setNumThreads(1)
    read_strip = strip_reader(load_engine(Settings().engine))
    for quality in options.quality:
        tally = measure(quality, options.pages, options.seed, read_strip)
        print(quality)
        for cell, counts in sorted(tally.counts.items()):
            print(f"    {cell:24} {json.dumps(dict(counts))}")
        for label, shares in figures(tally).items():
            if label != "cells":
                print(f"    {label}: {json.dumps(shares)}")
        print("\n".join(f"    {remark}" for remark in tally.remarks), flush=True)


if __name__ == "__main__":
    main()
