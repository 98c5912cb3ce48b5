"""What a clerk is told of a page: the type, what else scored, by which words, and why a doubt stays."""

from __future__ import annotations

import pytest
from cataloguing_pages import LETTER, line, page, raw_page

from pipeline.cataloguing import catalogue, explain
from schemas.reading import PageKind


def test_the_table_tells_titles_words_and_scores() -> None:
    """A sure page shows its title's strength, the words that speak for its type, and the next best types."""
    told = explain(catalogue([page(1, "授权委托书", ["委托人：陈志强", "受委托人：李明", "代理权限：一般代理"])]), 1)
    assert "“授权委托书”" in told
    chosen = next(row for row in told.splitlines() if "→" in row)
    assert chosen.startswith("　→授权委托书：+")
    assert "代理权限+3" in chosen
    assert told.count("；0.00；") >= 4
    assert "未能确定" not in told


def test_a_shared_title_is_named_as_the_doubt() -> None:
    """Of a page under a title that many papers share, the candidates and the reason for the doubt are told."""
    told = explain(catalogue([page(1, "告知书", ["有关事项告知如下：", LETTER[:30]])]), 1)
    assert "未能确定的原因：标题为多种材料共用" in told or "未能确定的原因：没有读到标题" in told
    assert "可能的材料" in told


def test_a_poor_scan_is_named_as_the_doubt() -> None:
    """Of a page that was scanned badly, it says that the title may be among what was not read."""
    lines = [line("问：…答：", 0.1, score=0.62), line("…在看守所…", 0.2, score=0.6)]
    told = explain(catalogue([raw_page(1, lines, low_quality=True, quality=0.6)]), 1)
    assert "未能确定的原因：扫描质量差" in told
    assert "未能确定的原因：没有读到标题" in told


def test_the_tie_to_the_page_before_is_told() -> None:
    """A further page shows what going on with the paper before scored, and the tie."""
    pages = [
        page(1, "会见笔录", ["会见时间：2024年3月8日", "会见地点：第一看守所", "问：是否同意？", "答：同意。"]),
        page(2, None, ["问：还有别人吗？", "答：没有。", "以上笔录我看过，与我说的一致。"]),
    ]
    assert "与上页的连接：+" in explain(catalogue(pages), 2)
    assert "与上页的连接" not in explain(catalogue(pages), 1)


def test_a_blank_page_has_no_table() -> None:
    """A blank page belongs to nothing and weighs nothing."""
    told = explain(catalogue([raw_page(1, kind=PageKind.BLANK)]), 1)
    assert "不归入任何材料" in told
    assert "得分" not in told


def test_an_empty_page_with_ink_may_be_a_paper() -> None:
    """What shines through strongly may as well be a page out of focus: no paper is surely missing beside it."""
    volume = catalogue([raw_page(1, kind=PageKind.BLANK, inked=True)])
    assert not volume.pages[0].certain
    assert "疑为空白页" in explain(volume, 1)


def test_a_page_that_is_not_there_is_an_error() -> None:
    """The number of a page beyond the volume is refused by name."""
    with pytest.raises(ValueError, match="没有第9页"):
        explain(catalogue([page(1, "授权委托书")]), 9)
