"""Reasons (归类理由) in Chinese: why a page was put where it is."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

from pipeline.cataloguing.certainty import Verdict
from pipeline.cataloguing.labels import speaking
from pipeline.cataloguing.scoring import PageScore
from pipeline.cataloguing.sequence import Run
from pipeline.cataloguing.weights import weighing_of
from schemas.materials import material_title
from schemas.reading import PageKind
from schemas.volume import Volume

_WORDLESS = {
    PageKind.BLANK: "空白页，不属于任何材料",
    PageKind.BLACK: "全黑页，无法识读",
    PageKind.UNREADABLE: "页面无法识读",
}
_INKED = "疑为空白页：有墨迹而无法识读，可能是背面透印，也可能是未扫清的材料"


def reasons(score: PageScore, run: Run | None, index: int, verdict: Verdict | None) -> tuple[str, ...]:
    """The clauses for one page."""
    if run is None or verdict is None:
        if score.view.reading.inked:
            return (_INKED,)
        return (_WORDLESS.get(score.view.reading.kind, "页面没有可以识读的文字"),)
    clauses = [_place(score, run, index)]
    labels = speaking(score.hits.get(run.type, []))
    if labels:
        clauses.append(f"文内见“{'”“'.join(labels[:4])}”")
    if score.number is not None:
        total = f"共{score.number.total}页" if score.number.total else ""
        clauses.append(f"页面标注第{score.number.index}页{total}")
    if score.view.reading.low_quality:
        clauses.append("扫描质量差")
    if score.view.reading.kind is PageKind.HANDWRITTEN:
        clauses.append("手写页")
    others = [material_title(candidate.type) for candidate in verdict.candidates if candidate.type != run.type]
    if others:
        clauses.append(f"也可能是{'、'.join(others[:4])}")
    clauses.append("归类确定" if verdict.sure else "可以排除其他材料" if verdict.certain else "归类未能确定")
    return tuple(clauses)


def _place(score: PageScore, run: Run, index: int) -> str:
    if run.pages.index(index) > 0:
        return f"承接上页的《{material_title(run.type)}》"
    match = next((match for match in score.titles if run.type in match.types), None)
    if match is not None and match.strength >= 0.3:
        how = "标题为" if match.exact else "标题近似"
        return f"{how}“{match.text}”"
    return "没有标题，依内容判断"


def explain(volume: Volume, page: int) -> str:
    """In Chinese: what the page with this number was taken for, why, and what speaks for every other type.

    Raises `ValueError` if the volume has no such page.
    """
    at = next((at for at, entry in enumerate(volume.pages) if entry.page.number == page), None)
    if at is None:
        raise ValueError(f"卷内没有第{page}页")
    entry = volume.pages[at]
    if entry.document is None:
        head = f"第{page}页：不归入任何材料"
    else:
        document = volume.documents[entry.document]
        head = f"第{page}页：《{document.title}》（{material_title(document.type)}，第{document.first_page}至{document.last_page}页）"
    lines = [head, *(f"　· {reason}" for reason in entry.reasons)]
    if len(entry.candidates) > 1:
        ranked = "、".join(f"{material_title(c.type)} {c.score:.0%}" for c in entry.candidates[:5])
        lines.append(f"　· 可能的材料：{ranked}")
    if entry.document is not None:
        lines += weighing_of(volume, at)
    return "\n".join(lines)
