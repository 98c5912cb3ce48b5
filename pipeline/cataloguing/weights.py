"""The table behind a page's type (评分表), in Chinese: what each type scored, by which title and words, and why a doubt stays."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

from pipeline.cataloguing.certainty import CLEAR, FULL_PAGE
from pipeline.cataloguing.labels import speaking
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.scoring import PageScore, continuation, score_page
from pipeline.cataloguing.sequence import link
from pipeline.cataloguing.titles import is_generic
from schemas.materials import OTHER, material_title
from schemas.reading import PageKind
from schemas.volume import CataloguedPage, Volume

_ROWS = 6
"""Types that the table shows: the page's own, what else it may be, and the next best."""


def weighing_of(volume: Volume, at: int) -> list[str]:
    """The lines of the table for the page at this place of the volume."""
    entry = volume.pages[at]
    score = score_page(PageView(entry.page))
    if not score.start or entry.document is None:
        return []
    before = _before(volume, at)
    tie = None if before is None else link(before, score, (before.number, score.number))
    own = volume.documents[entry.document].type
    lines = [f"　· 未能确定的原因：{doubt}" for doubt in _doubts(entry, score)]
    lines += ["　读到的标题：" + (_titles(score) or "无"), "　各类材料得分（作首页；接上页；标题；文内特征）："]
    shown = [own, *(candidate.type for candidate in entry.candidates if candidate.type != own)]
    ranked = sorted(score.start, key=lambda type_: -score.start[type_])
    for type_ in [*shown, *(type_ for type_ in ranked if type_ not in shown)][:_ROWS]:
        lines.append(_row(score, type_, tie, chosen=type_ == own))
    if tie is not None:
        lines.append(f"　与上页的连接：{tie:+.1f}（正数为承接，负数为另起）")
    return lines


def _before(volume: Volume, at: int) -> PageScore | None:
    """The last page before this one that has text."""
    for entry in reversed(volume.pages[:at]):
        if entry.document is not None:
            return score_page(PageView(entry.page))
    return None


def _titles(score: PageScore) -> str:
    return "、".join(f"“{match.text}”{match.strength:.2f}" for match in score.titles)


def _row(score: PageScore, type_: str, tie: float | None, *, chosen: bool) -> str:
    goes_on = "—" if tie is None else f"{continuation(score, type_) + tie:+.1f}"
    hits = score.hits.get(type_, [])
    weights = dict(hits)
    words = "、".join(f"{label}{weights[label]:+g}" for label in speaking(hits))
    against = "、".join(f"{label}{weight:+g}" for label, weight in hits if weight < 0)
    told = "，".join(part for part in (words, against) if part) or "无"
    mark = "　→" if chosen else "　　"
    name = material_title(type_)
    return f"{mark}{name}：{score.start[type_]:+.1f}；{goes_on}；{score.titled(type_):.2f}；{score.labels.get(type_, 0.0):+g}（{told}）"


def _doubts(entry: CataloguedPage, score: PageScore) -> list[str]:
    """Why the page is not sure to be what it was taken for."""
    if entry.certain and len(entry.candidates) < 2:
        return []
    reading, title = entry.page.reading, score.title
    told = {
        "扫描质量差，标题可能没有读出": reading.low_quality or score.view.quality < CLEAR,
        "手写页，内容未能全部识读": reading.kind is PageKind.HANDWRITTEN,
        "没有读到标题": title is None,
        "标题为多种材料共用": title is not None and (len(title.types) > 1 or is_generic(title.form)),
        "标题不在已知材料之内": title is not None and not title.form,
        "标题与已知标题只是近似": title is not None and bool(title.form) and not title.exact,
        "文字太少": len(score.view.folded) < FULL_PAGE,
        "文内特征不足": max(score.labels.values(), default=0.0) < 6.0,
        "文内特征同时符合几种材料": sum(weight >= 6.0 for type_, weight in score.labels.items() if type_ != OTHER) > 1,
    }
    return [doubt for doubt, holds in told.items() if holds]
