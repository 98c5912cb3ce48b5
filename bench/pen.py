"""Fits the eye for pens on drawn pages and judges it on others: `python -m bench.pen --seed 3 --write`.

Two judgements are fitted: of the characters of a line (`marks/pen_lines.py`, two small networks) and of what stands in a
place to sign (`marks/handwriting.py`, some small networks whose answers are averaged). Both are judged on pages of another seed, by quality of scan,
and, with `--judge-print` and `--judge-pen`, in faces that the fit never saw. Faces beyond the two that ship are given
as font files.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from bench.pen_hands import use_faces
from bench.pen_pages import OWN_FACES, PenPage, pen_pages, place_pages
from pipeline.demo.faces import SANS
from pipeline.reading.marks import handwriting, pen_lines
from pipeline.reading.marks.signatures import MAYBE_HAND, SURE_HAND, inks_at_places
from pipeline.reading.marks.strokes import Strokes, cut_strip, measure_strokes, with_context

Floats = npt.NDArray[np.float64]
RESULTS = Path(__file__).parent / "results"
PEN, PRESS = 1.0, 0.0
CLEARLY = 0.85
"""Share of one ink from which a character is that ink's."""


@dataclass(frozen=True)
class Training:
    """How a network is fitted: its size, and how it goes downhill. `print_share`: what the print weighs of all samples."""

    hidden: int
    rounds: int
    batch: int
    rate: float
    decay: float
    print_share: float


OF_LINES = Training(hidden=20, rounds=40, batch=512, rate=0.004, decay=1e-4, print_share=0.6)
OF_PLACES = Training(hidden=8, rounds=60, batch=64, rate=0.01, decay=3e-3, print_share=0.5)
AVERAGED = 4
"""Networks of places, each begun elsewhere. They disagree where few sheets told them anything."""


@dataclass(frozen=True, eq=False)
class Sample:
    """A page as the eye sees it, and the truth: for each character and each cluster 1 pen, 0 print, NaN both or neither."""

    quality: str
    strokes: Strokes
    truth: Floats
    clean_lines: frozenset[int]
    """Lines without seal or thumb on them."""
    clusters: Floats
    cluster_truth: Floats


def line_corners(page: PenPage) -> list[npt.NDArray[np.float32]]:
    """Lines as detection finds them: letters that stand close together, with some room around."""
    mm = page.dpi / 25.4
    ink = (page.pen | page.press).astype(np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, int(6 * mm) | 1), np.uint8))
    contours = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    found = []
    for contour in contours:
        (x, y), (wide, tall), angle = cv2.minAreaRect(contour)
        if abs(angle) > 45:
            wide, tall, angle = tall, wide, angle - np.copysign(90, angle)
        if tall < 1.8 * mm or tall > 16 * mm or wide < 3 * mm or wide < 0.8 * tall:
            continue
        room = 0.42 * min(tall, 6 * mm)
        turn = cv2.boxPoints(((x, y), (wide + room, tall + room), angle)).astype(np.float32)
        found.append(_in_reading_order(turn))
    return found


def _in_reading_order(corners: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Top left, top right, bottom right, bottom left."""
    across = corners[np.argsort(corners[:, 0])]
    left, right = across[:2][np.argsort(across[:2, 1])], across[2:][np.argsort(across[2:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def sampled(page: PenPage) -> Sample:
    corners = line_corners(page)
    red = np.ascontiguousarray(page.image[:, :, 2])
    strokes = measure_strokes(red, corners)
    truth = np.full(len(strokes.line), np.nan)
    pen, press = ((mask * np.uint8(255)) for mask in (page.pen, page.press))
    for number, each in enumerate(corners):
        by_pen, by_press = ((cut_strip(mask, each) > 127).sum(axis=0) for mask in (pen, press))
        for at in np.flatnonzero(strokes.line == number):
            columns = slice(*strokes.pixels[at])
            truth[at] = _told(float(by_pen[columns].sum()), float(by_press[columns].sum()), least=12)
    clean = [n for n, each in enumerate(corners) if (cut_strip(page.pressed_on * np.uint8(255), each) > 127).sum() < 9]
    seen = list(inks_at_places(page.image, page.dpi, page.lines))
    return Sample(
        page.quality, strokes, truth, frozenset(clean),
        np.array([handwriting.features(ink, label, odds) for ink, label, _, odds in seen]).reshape(
            len(seen), handwriting.MEASURES
        ),
        np.array([_of_box(page, box) for _, _, box, _ in seen]),
    )  # fmt: skip


def _told(pen: float, press: float, least: float) -> float:
    if pen + press < least:
        return np.nan
    share = pen / (pen + press)
    return PEN if share >= CLEARLY else PRESS if share <= 1 - CLEARLY else np.nan


def _of_box(page: PenPage, box: tuple[float, float, float, float]) -> float:
    height, width = page.pen.shape
    part = slice(int(box[1] * height), int(box[3] * height) + 1), slice(int(box[0] * width), int(box[2] * width) + 1)
    return _told(float(page.pen[part].sum()), float(page.press[part].sum()), least=30)


def samples(pages: Iterator[PenPage]) -> list[Sample]:
    found, started = [], time.time()
    for page in pages:
        found.append(sampled(page))
        if len(found) % 20 == 0:
            print(f"{len(found)} pages, {time.time() - started:.0f} s", flush=True)
    return found


# Fitting.


def fitted(features: Floats, truth: Floats, seed: int, training: Training) -> pen_lines.Network:
    """A network by gradient descent (Adam)."""
    rng = np.random.default_rng(seed)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    inputs, share = np.clip((features - mean) / spread, -4, 4), training.print_share
    weight = np.where(truth > 0, (1 - share) / truth.mean(), share / (1 - truth.mean()))
    size = training.hidden
    parts = [rng.normal(0, 0.15, (inputs.shape[1], size)), np.zeros(size), rng.normal(0, 0.2, size), np.zeros(1)]
    first, second = ([np.zeros_like(each) for each in parts] for _ in range(2))
    step = 0
    for turn in range(training.rounds):
        rate = training.rate * (1.05 - turn / training.rounds)
        for batch in np.array_split(rng.permutation(len(inputs)), max(1, len(inputs) // training.batch)):
            step += 1
            slopes = _slopes(parts, inputs[batch], truth[batch], weight[batch], training.decay)
            for index, slope in enumerate(slopes):
                first[index] = 0.9 * first[index] + 0.1 * slope
                second[index] = 0.999 * second[index] + 0.001 * slope**2
                parts[index] -= rate * (first[index] / (1 - 0.9**step)) / (np.sqrt(second[index] / (1 - 0.999**step)) + 1e-8)  # fmt: skip
    return pen_lines.Network(mean, spread, parts[0], parts[1], parts[2], float(parts[3][0]))


def _slopes(parts: Sequence[Floats], inputs: Floats, truth: Floats, weight: Floats, decay: float) -> list[Floats]:
    hidden, hidden_bias, out, out_bias = parts
    inside = np.tanh(inputs @ hidden + hidden_bias)
    wrong = (1 / (1 + np.exp(-(inside @ out + out_bias))) - truth) * weight / len(truth)
    back = wrong[:, None] * out * (1 - inside**2)
    return [inputs.T @ back + decay * hidden, back.sum(axis=0), inside.T @ wrong + decay * out, np.array([wrong.sum()])]


def fit_lines(found: Sequence[Sample], seed: int) -> tuple[pen_lines.Network, pen_lines.Network]:
    """First the eye that knows nothing of the page; then, with what it says, the one that compares with its print."""
    contexts = [with_context(each.strokes) for each in found]
    use = [~np.isnan(each.truth) & pen_lines.is_judged(each.strokes.measures) for each in found]
    truth = np.concatenate([each.truth[kept] for each, kept in zip(found, use, strict=True)])
    alone = fitted(
        np.concatenate([each[kept] for each, kept in zip(contexts, use, strict=True)]), truth, seed, OF_LINES
    )
    compared = [
        pen_lines.against_print(context, alone(context), each.strokes.measures)[kept]
        for context, each, kept in zip(contexts, found, use, strict=True)
    ]
    return alone, fitted(np.concatenate(compared), truth, seed + 1, OF_LINES)


def fit_places(found: Sequence[Sample], seed: int) -> pen_lines.Network:
    """Several networks as one: their inner units side by side, their answers averaged."""
    inputs = np.concatenate([each.clusters for each in found if len(each.clusters)])
    truth = np.concatenate([each.cluster_truth for each in found])
    inputs, truth = inputs[~np.isnan(truth)], truth[~np.isnan(truth)]
    several = [fitted(inputs, truth, seed + 10 + each, OF_PLACES) for each in range(AVERAGED)]
    return pen_lines.Network(
        several[0].mean,
        several[0].spread,
        np.concatenate([each.hidden for each in several], axis=1),
        np.concatenate([each.hidden_bias for each in several]),
        np.concatenate([each.out for each in several]) / AVERAGED,
        float(np.mean([each.out_bias for each in several])),
    )


# Judging.


def judge_lines(found: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """By quality: printed lines that were flagged, lines by pen that were, and the share of their characters."""
    counts: dict[str, Counter[str]] = {}
    for each in found:
        n = counts.setdefault(each.quality, Counter())
        odds = pen_lines.pen_odds(each.strokes)
        own = {number: np.flatnonzero(each.strokes.line == number) for number in sorted(each.clean_lines)}
        least = pen_lines.least_odds([odds[at] for at in own.values()], bilevel="fax" in each.quality)
        for at in own.values():
            pens = int((each.truth[at] == PEN).sum())
            flagged = np.zeros(len(at), np.bool_)
            for run in pen_lines.pen_runs(odds[at], least):
                flagged[run] = True
            if not pens and (each.truth[at] == PRESS).sum() >= 2:
                n["printed lines"] += 1
                n["printed lines flagged"] += bool(flagged.any())
            if pens >= 2:
                n["pen lines"] += 1
                n["pen lines flagged"] += bool((flagged & (each.truth[at] == PEN)).any())
            n["pen letters"] += pens
            n["pen letters flagged"] += int((flagged & (each.truth[at] == PEN)).sum())
            n["printed letters"] += int((each.truth[at] == PRESS).sum())
            n["printed letters flagged"] += int((flagged & (each.truth[at] == PRESS)).sum())
    return {quality: _shares(n) for quality, n in (*counts.items(), ("all", sum(counts.values(), Counter())))}


def judge_places(found: Sequence[Sample], network: pen_lines.Network) -> dict[str, float]:
    """Of the pens, how many come above each bound; of the print, how many do."""
    n: Counter[str] = Counter()
    for each in found:
        scores = 1 / (1 + np.exp(-network(each.clusters))) if len(each.clusters) else np.zeros(0)
        for score, truth in zip(scores, each.cluster_truth, strict=True):
            if not np.isnan(truth):
                kind = "pen" if truth == PEN else "print"
                n[kind] += 1
                n[f"{kind} sure"] += bool(score >= SURE_HAND)
                n[f"{kind} maybe"] += bool(MAYBE_HAND <= score < SURE_HAND)
    return {
        key: round(value, 4)
        for key, value in {
            "pens": n["pen"], "print": n["print"],
            "pens found": n["pen sure"] / max(1, n["pen"]), "pens uncertain": n["pen maybe"] / max(1, n["pen"]),
            "print found": n["print sure"] / max(1, n["print"]), "print uncertain": n["print maybe"] / max(1, n["print"]),
        }.items()
    }  # fmt: skip


def _shares(n: Counter[str]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for key in ("printed lines", "pen lines", "printed letters", "pen letters"):
        shares[key] = n[key]
        shares[f"{key} flagged"] = round(n[f"{key} flagged"] / max(1, n[key]), 4)
    return shares


def _told_network(network: pen_lines.Network) -> dict[str, object]:
    return {
        key: np.round(np.asarray(getattr(network, key)), 4).tolist()
        for key in ("mean", "spread", "hidden", "hidden_bias", "out", "out_bias")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=96, help="papers for the eye for lines")
    parser.add_argument("--sheets", type=int, default=64, help="sheets of places to sign")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--fit-print", nargs="*", type=Path, default=[])
    parser.add_argument("--fit-pen", nargs="*", type=Path, default=[], help="faces, or folders of strokes")
    parser.add_argument("--judge-print", nargs="*", type=Path, default=[])
    parser.add_argument("--judge-pen", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true", help="replace the weights that reading uses")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--only-judge", action="store_true", help="fit nothing, judge the weights that reading uses")
    what.add_argument("--only-fit", action="store_true", help="fit, and judge nothing")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    fit_press, fit_pens = [*OWN_FACES, *use_faces(options.fit_print)], [SANS, *use_faces(options.fit_pen)]
    if not options.only_judge:
        _fit(options, fit_press, fit_pens)
    if not options.only_fit:
        press, pens = use_faces(options.judge_print) or fit_press, use_faces(options.judge_pen) or fit_pens
        print(json.dumps(_judged(options, press, pens), ensure_ascii=False, indent=1))


def _judged(options: argparse.Namespace, press: list[str], pens: list[str]) -> dict[str, object]:
    """On half as many pages and sheets, of another seed."""
    seed = options.seed + 1000
    papers = samples(pen_pages(options.pages // 2, seed, press, pens))
    sheets = samples(place_pages(options.sheets // 2, seed, press, pens))
    network = pen_lines.network_of(pen_lines.fitted()["places"])
    qualities = [*sorted({each.quality for each in sheets}), "all"]
    return {
        "faces": [press, pens],
        "lines": judge_lines(papers),
        "places": {
            quality: judge_places([each for each in sheets if quality in {each.quality, "all"}], network)
            for quality in qualities
        },
    }


def _fit(options: argparse.Namespace, press: list[str], pens: list[str]) -> None:
    """The eye for lines first: what stands in places is looked at with it."""
    target = pen_lines.WEIGHTS if options.write else RESULTS / f"pens-{options.seed}.json"
    target.parent.mkdir(exist_ok=True)
    papers = samples(pen_pages(options.pages, options.seed, press, pens))
    alone, compared = fit_lines(papers, options.seed)
    told: dict[str, object] = {
        "command": "python -m bench.pen", "pages": options.pages, "sheets": options.sheets, "seed": options.seed,
        "print": press, "pens": pens, "letters": int(sum((~np.isnan(each.truth)).sum() for each in papers)),
    }  # fmt: skip
    before = pen_lines.fitted()
    lines = {"alone": _told_network(alone), "against_print": _told_network(compared)}
    _put({**lines, "places": before["places"], "fitted_on": told}, target)
    sheets = samples(place_pages(options.sheets, options.seed, press, pens))
    places = _told_network(fit_places(sheets, options.seed))
    told["clusters"] = int(sum((~np.isnan(each.cluster_truth)).sum() for each in sheets))
    _put({**lines, "places": places, "fitted_on": told}, target)


def _put(data: dict[str, object], target: Path) -> None:
    """Writes the weights, and looks with them from now on."""
    target.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    pen_lines.WEIGHTS = target
    pen_lines.fitted.cache_clear()
    pen_lines.networks.cache_clear()


if __name__ == "__main__":
    main()
