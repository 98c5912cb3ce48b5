"""Names, and the letters that the recogniser would have read next: `python -m bench.reading_names --pages 8 --seed 1 --pen FONT …`.

Pages full of names behind their labels, in print or, with `--pen`, in faces that look written by hand. Of the letters of
names read wrong: how often the right one is among their doubts. Of those read right: how often another letter that is
usual in names is.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from bench.pen_hands import use_faces
from bench.scans import NAMES, scanner_of
from pipeline.demo.chance import chance, pick
from pipeline.demo.drawing import blank_page, draw
from pipeline.demo.faces import SANS, SERIF, width
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Print
from pipeline.demo.scanner import scanned
from pipeline.reading import Engine, RawLine, load_engine
from pipeline.settings import Settings

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文玲建国红志海峰波辉鹏飞龙宇浩然俊凯晨雨欣怡佳琪婷雪"
    "梅春燕玉珍凤莲琴云萍荣贵生林森木松柏健康乐安宁顺祥和福来喜发财永胜利民新东南西北中天成立德义仁礼智信孝忠"
    "诚恒毅坚铭锋镕铬鑫钧锦钰玮玥珊琳瑶璇瑾瑜珠旭晖昊晓晴煜炜烨焕炯灿培坤城均基塘沛泽润淑清渊洁浦涵湛源"
    "倩俏佩侨傅佑佐健昌昭冠帆帅师彤彦彬影怀悦惠慧捷振挺扬拓敬斌方旺朗柳栋桐桦楠榕欢歆毓画畅皓盈盛睿祖禄穗"
)
LABELS = ("承办律师：", "受援人：", "被告人", "犯罪嫌疑人", "联系人：", "")
ROWS, COLUMNS = 26, (140.0, 860.0)
FLOORS = (0.001, 0.003, 0.01, 0.03, 0.1)


def sheet(seed: int, page: int, pens: Sequence[str]) -> tuple[list[Print], list[tuple[float, float, str, str]]]:
    """Operations; and for each line the middle as fractions of the page, its whole text, and the name in it."""
    rng = chance("reading-names", seed, page)
    operations, truth = [], []
    for row in range(ROWS):
        for x in COLUMNS:
            name = pick(rng, SURNAMES) + "".join(pick(rng, GIVEN) for _ in range(int(rng.choice((1, 2, 2, 2)))))
            label, y, size = pick(rng, LABELS), 160.0 + row * 82, int(rng.choice((30, 33, 36)))
            face = pick(rng, (SERIF, SANS))
            hand = pick(rng, pens) if pens else face
            tall = int(size * float(rng.uniform(1.15, 1.5))) if pens else size
            start = x + width(face, size, label)
            operations += [Print(x, y, label, face, size)] if label else []
            operations.append(Print(start, y - (tall - size) / 2, name, hand, tall))
            middle = (x + start + width(hand, tall, name)) / 2, y + size / 2
            truth.append((middle[0] / PAGE_WIDTH, middle[1] / PAGE_HEIGHT, label + name, name))
    return operations, truth


def measure(engine: Engine, quality: str, pages: int, seed: int, pens: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    scanner = scanner_of(quality)
    for index in range(pages):
        operations, truth = sheet(seed, index, pens)
        page = blank_page()
        draw(page, operations)
        picture = np.ascontiguousarray(scanned(page, scanner, chance("names-scan", seed, index, quality))[:, :, ::-1])
        tall, wide = picture.shape[:2]
        for line in engine.read(picture, scanner.dpi):
            at = line.corners.mean(axis=0) / (wide, tall)
            true = min(truth, key=lambda one: abs(one[0] - at[0]) / 8 + abs(one[1] - at[1]))
            if abs(true[1] - at[1]) < 0.012 and len(line.text) == len(true[2]):
                _count(counts, line, true[2], len(true[3]))
    return counts


def _count(counts: Counter[str], line: RawLine, true: str, letters: int) -> None:
    usual = frozenset(SURNAMES + GIVEN)
    for at in range(len(true) - letters, len(true)):
        doubts = {doubt.letter: doubt.score for doubt in line.doubts if doubt.at == at}
        right = line.text[at] == true[at]
        counts["right" if right else "wrong"] += 1
        told = max((doubts[letter] for letter in doubts if letter in usual), default=0.0)
        told = told if right else doubts.get(true[at], 0.0)
        for floor in FLOORS:
            counts[f"{'right, another' if right else 'wrong, right one'} from {floor}"] += told >= floor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", nargs="+", default=["office", "poor"], choices=NAMES)
    parser.add_argument("--pen", nargs="*", default=[], type=Path, help="faces that the names are written in")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    engine, pens = load_engine(Settings().engine), use_faces(options.pen)
    for quality in options.quality:
        counts = measure(engine, quality, options.pages, options.seed, pens)
        print(quality, dict(sorted(counts.items())), flush=True)


if __name__ == "__main__":
    main()
