"""A closing file is audited again with what the office knows of its other files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.settings import Settings
from schemas.case import Kind, Stage
from schemas.consulted import Consulted
from schemas.outline import CaseOutline
from schemas.reading import Line, PageKind, PageReading, TextSource
from schemas.report import AuditReport
from schemas.volume import Page

COURT = "（2025）虚0001刑初9号"
LETTER = (
    "法律援助公函", "虚法援刑字〔2025〕7号", "虚构市人民法院：",
    f"贵院审理的{COURT}被告人陈小明盗窃一案，我处决定提供法律援助，", "指派广东海岸律师事务所李强律师担任其一审辩护人。",
    "特此函告", "虚构市法律援助处", "2025年3月5日",
)  # fmt: skip
REPORT = (
    "法律援助结案报告表", "案件编号：虚法援刑字〔2025〕7号", "受援人：陈小明", "案由：盗窃罪", "承办人：李强",
    "承办机构：广东海岸律师事务所", "办案机关：虚构市人民法院", f"案号：{COURT}", "援助形式：刑事辩护", "所处阶段：一审",
)  # fmt: skip
OTHER = CaseOutline(
    number="虚法援刑字〔2025〕8号", recipient="王大力", kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST,
    lawyer="李强", firm="广东海岸律师事务所", organ_case_number=COURT,
)  # fmt: skip


def page(number: int, texts: tuple[str, ...]) -> Page:
    """A page of a Word file: nothing of it can be misread."""
    lines = tuple(
        Line(text=text, box=(0.1, 0.1 + 0.05 * row, 0.9, 0.12 + 0.05 * row), score=1.0)
        for row, text in enumerate(texts)
    )
    reading = PageReading(
        sha256=f"{number}" * 64, engine="text/1", kind=PageKind.CONTENT, text_source=TextSource.LAYER, quality=1.0, lines=lines
    )  # fmt: skip
    return Page(number=number, part="卷.docx", reading=reading)


def audited(state: Path, monkeypatch: pytest.MonkeyPatch, memory: flow.Memory) -> AuditReport:
    pages = (page(1, LETTER), page(2, REPORT))
    read = flow._Read("1" * 64, pages, frozenset(), ())
    monkeypatch.setattr(flow.Auditor, "_read", lambda *_: read)
    with flow.Auditor(Settings(state=state), today=date(2025, 6, 1), memory=memory) as auditor:
        return auditor.audit(state / "卷.docx", name="卷.docx").report


def test_the_neighbours_that_the_office_knows_are_held_against_the_file(tmp_path, monkeypatch):
    """Consulted once, with what a first look has found; what the answer holds is a question in the report."""
    asked: list[str | None] = []

    def consult(report: AuditReport) -> Consulted:
        assert report.case is not None
        asked.append(report.case.fields["organ_case_number"].value)
        return Consulted(neighbours=(OTHER,))

    alone = audited(tmp_path, monkeypatch, flow.Memory())
    together = audited(tmp_path, monkeypatch, flow.Memory(consult=consult))
    rules = [[finding.rule.rpartition("/")[2] for finding in report.findings] for report in (alone, together)]
    assert len(asked) == 1
    assert "opposed_clients" not in rules[0]
    assert "opposed_clients" in rules[1]
