"""What a letter costs, template found, filled in and packed: medians of wall clock and of processor time.

The two agree on an idle machine; on a busy one only the processor's tells what the program needs.

python -m bench.drafting [--times 30]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "drafting"))

from drafting_assignment_samples import CRIMINAL, DAY, NUMBERS, OFFICE, assigned  # noqa: E402 - where the samples are
from drafting_samples import sample_values  # noqa: E402

from pipeline.drafting.assignment import draft_assignment  # noqa: E402
from pipeline.drafting.rendering import render  # noqa: E402
from schemas.draft import DRAFT_TITLES, DraftKind  # noqa: E402

LIMIT = 100.0
"""Milliseconds that one notice may take."""


class Median(NamedTuple):
    """Milliseconds by the clock on the wall and by the processor's."""

    wall: float
    processor: float


def median_of(work: Callable[[], object], times: int) -> Median:
    """The medians of `work`; it has run once before, so that imports are not counted."""
    work()
    walls, processors = [], []
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    return Median(statistics.median(walls), statistics.median(processors))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30, help="repetitions of each letter")
    times = parser.parse_args().times
    medians = {
        DRAFT_TITLES[kind]: median_of(partial(render, kind, values, None), times)
        for kind, values in sample_values().items()
    }
    whole = partial(draft_assignment, CRIMINAL, assigned(CRIMINAL), OFFICE, DAY, NUMBERS)
    medians[f"指派文书一套（{len(whole())}份）"] = median_of(whole, max(1, times // 5))
    print("   时钟   处理器（毫秒）")
    for title, median in sorted(medians.items(), key=lambda item: item[1].processor):
        print(f"{median.wall:7.1f} {median.processor:7.1f}  {title}")
    notice = medians[DRAFT_TITLES[DraftKind.DEFICIENCY_NOTICE]].processor
    print(f"补正通知书 {notice:.1f} 毫秒，上限 {LIMIT:.0f} 毫秒：{'符合' if notice <= LIMIT else '超出'}")


if __name__ == "__main__":
    main()
