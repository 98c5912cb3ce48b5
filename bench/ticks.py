"""Reads boxes to tick on invented forms: `python -m bench.ticks --pages 2 --quality office poor`.

Printed boxes of three sizes, empty, ticked by print or by hand in or beside the box, crossed, filled; among them labels
set wide and words with 口, 日, 回, which are no boxes.
"""

# ruff: noqa: PLR0913, PLR0917 - a rectangle has four sides

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from math import dist

import cv2
import numpy as np

from bench.scans import scanner_of
from bench.seal_inks import BLACK, Colour, Image
from pipeline.demo.chance import chance
from pipeline.demo.drawing import blank_page
from pipeline.demo.faces import SANS, SERIF, advance, glyph
from pipeline.demo.scanner import scanned
from pipeline.reading import Engine, load_engine, read_page
from pipeline.reading.page_image import PageImage
from pipeline.settings import Settings
from schemas.base import State
from schemas.reading import TickBox

ROWS = (
    "性　　别：{}男　{}女",
    "援助方式：{}刑事辩护　{}刑事代理　{}民事诉讼代理",
    "是否同意：{}是　　{}否",
    "{}一般代理　　{}特别授权",
    "申请人类别：{}残疾人 {}老年人 {}未成年人 {}妇女 {}农民工",
    "诉讼地位：{}原告 {}被告 {}第三人",
    "{}符合法律援助条件，决定给予法律援助",
    "{}不符合法律援助条件，决定不予法律援助",
    "满意程度：{}满意　{}基本满意　{}不满意",
)
BAITS = (
    "日　　期：2024年3月5日",
    "因　　由：口头申请，已回复",
    "户　　口：临江市望洲区",
    "回　　访：田某某　固定电话",
    "日期　　口供　　四日内",
)
TICKED = {"print", "tick", "beside", "cross", "full"}
KINDS = ("empty", "empty", "empty", "print", "tick", "beside", "cross", "full")


def form(rng: np.random.Generator) -> tuple[Image, list[tuple[float, float, str]]]:
    """A page and its boxes: centre as page fractions, and what is in it."""
    page, boxes = blank_page(), []
    size = int(rng.choice([28, 32, 38]))
    face = SERIF if rng.random() < 0.5 else SANS
    _line(page, "法律援助申请表", 600, 150, 52, face, [], rng)
    rows = [*ROWS, *BAITS]
    for index, at in enumerate(rng.permutation(len(rows))):
        boxes += _line(page, rows[int(at)], 180, 280 + 120 * index, size, face, _kinds(rng), rng)
    return page, boxes


def _kinds(rng: np.random.Generator) -> list[str]:
    return [KINDS[int(rng.integers(len(KINDS)))] for _ in range(6)]


def _line(
    page: Image, text: str, x: float, y: float, size: int, face: str, kinds: list[str], rng: np.random.Generator
) -> list[tuple[float, float, str]]:
    boxes, parts = [], text.split("{}")
    for index, part in enumerate(parts):
        for char in part:
            ink, left, top = glyph(face, size, char)
            if ink.size:
                window = page[round(y) + top :, round(x) + left :][: ink.shape[0], : ink.shape[1]]
                window[:] = (window * (1 - ink[: window.shape[0], : window.shape[1], None] / 255 * 0.9)).astype(
                    np.uint8
                )
            x += advance(face, size, char)
        if index < len(parts) - 1:
            kind = kinds[index % len(kinds)]
            side = int(size * 0.8)
            _box(page, round(x) + size // 10, round(y) + size // 10, side, kind, rng)
            boxes.append(((x + size / 2) / page.shape[1], (y + size / 2) / page.shape[0], kind))
            x += size
    return boxes


PEN: tuple[Colour, ...] = ((38, 38, 46), (34, 50, 128))


def _box(page: Image, x: int, y: int, side: int, kind: str, rng: np.random.Generator) -> None:
    cv2.rectangle(page, (x, y), (x + side, y + side), BLACK, 2)
    colour = PEN[int(rng.integers(2))] if kind != "print" else BLACK
    wide = 3 if kind == "print" else int(rng.integers(3, 6))
    if kind == "full":
        cv2.rectangle(page, (x + 3, y + 3), (x + side - 3, y + side - 3), BLACK, -1)
    elif kind == "cross":
        cv2.line(page, (x + 2, y + 3), (x + side - 3, y + side - 2), colour, wide, cv2.LINE_AA)
        cv2.line(page, (x + side - 2, y + 2), (x + 3, y + side - 3), colour, wide, cv2.LINE_AA)
    elif kind != "empty":
        reach = 0 if kind == "print" else int(rng.integers(2, 14))
        shift = int(side * rng.uniform(0.1, 0.35)) if kind == "beside" else 0
        bend = rng.integers(-2, 3, 4) if kind != "print" else np.zeros(4, int)
        points = [
            (x + 3 + shift, y + side // 2 + int(bend[0])),
            (x + side // 2 - 2 + shift + int(bend[1]), y + side - 4 + int(bend[2])),
            (x + side - 2 + shift + reach, y + 3 - reach + int(bend[3])),
        ]
        cv2.polylines(page, [np.array(points, np.int32)], False, colour, wide, cv2.LINE_AA)


def measure(engine: Engine, quality: str, pages: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Boxes by what is in them and what was made of them; false boxes; mistakes in words."""
    counts: Counter[str] = Counter()
    remarks: list[str] = []
    # Skew would move the truth by more than a box.
    scanner = replace(scanner_of(quality), flaws=0, skew=0)
    for number in range(pages):
        page, boxes = form(chance("ticks", seed, number))
        image = scanned(page, scanner, chance("scan", "ticks", seed, quality, number))
        picture = np.ascontiguousarray(image[:, :, ::-1])
        if not scanner.bilevel:
            stored = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, scanner.jpeg])[1]
            picture = np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR), np.uint8)
        reading = read_page(PageImage("0" * 64, "form", picture, float(scanner.dpi)), engine)
        left = list(reading.tick_boxes)
        for x, y, kind in boxes:
            near = min(left, key=lambda box: _away(box, (x, y)), default=None)
            state: str = "none"
            if near is not None and _away(near, (x, y)) < 0.016:
                left.remove(near)
                state = str(near.state)
            wrong = state == (State.MISSING if kind in TICKED else State.FOUND)
            counts[f"{kind} {'wrong' if wrong else state}"] += 1
            if wrong or state == "none":
                line = min(reading.lines, key=lambda each: abs((each.box[1] + each.box[3]) / 2 - y))
                remarks.append(f"{quality} {number}: {kind} {state} in {line.text!r}")
        for box in left:
            counts[f"false {box.state}"] += 1
            remarks.append(f"{quality} {number}: false {box.state} {box.label!r}")
    return counts, remarks


def _away(box: TickBox, at: tuple[float, float]) -> float:
    return dist(((box.box[0] + box.box[2]) / 2, (box.box[1] + box.box[3]) / 2), at)


def figures(counts: Counter[str]) -> dict[str, float | int]:
    """Shares of all boxes, and what was told of places without one."""
    own = {key: number for key, number in counts.items() if not key.startswith("false")}
    boxes = max(1, sum(own.values()))
    right = sum(
        number
        for key, number in own.items()
        if key.split()[1] == (State.FOUND if key.split()[0] in TICKED else State.MISSING)
    )

    def share(end: str) -> float:
        return round(sum(number for key, number in own.items() if key.endswith(end)) / boxes, 4)

    return {
        "boxes": boxes,
        "right": round(right / boxes, 4),
        "uncertain": share("uncertain"),
        "overlooked": share("none"),
        "wrong": share("wrong"),
        "false_found": counts["false found"],
        "false_other": counts["false missing"] + counts["false uncertain"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", nargs="+", default=["clean", "office", "poor", "fax"])
    options = parser.parse_args()
    cv2.setNumThreads(1)
    engine = load_engine(Settings().engine)
    for quality in options.quality:
        counts, remarks = measure(engine, quality, options.pages, options.seed)
        print(quality, json.dumps(figures(counts)), json.dumps(dict(sorted(counts.items()))), sep="\n  ")
        print("\n".join(f"    {remark}" for remark in remarks), flush=True)


if __name__ == "__main__":
    main()
