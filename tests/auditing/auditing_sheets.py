"""Sheets whose lines have places, for rules that look where something stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditing_volumes import Paper, complete, found, gd, mark, run, volume

from pipeline.auditing.case import Case, merged_facts
from schemas.case import CaseFacts, Kind, KnownCase, Stage
from schemas.reading import Line
from schemas.report import AuditReport
from schemas.standard import Checklist
from schemas.volume import FieldValue, Volume

LEFT, STEP = 0.1, 0.03
ROW = 0.016


def line(text: str, top: float, left: float = LEFT, score: float = 0.99, *, pen: bool = False) -> Line:
    """A line of print; its width follows from its characters."""
    right = min(0.95, left + 0.02 * len(text))
    return Line(text=text, box=(left, top, right, top + ROW), score=score, handwritten=pen)


def table(
    *rows: tuple[str, ...], columns: tuple[float, ...] = (0.1, 0.2, 0.35, 0.5), top: float = 0.2
) -> tuple[Line, ...]:
    """Rows of cells, empty ones left out."""
    return tuple(
        line(text, top + number * STEP, columns[column])
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    )


def sheet(type_: str, lines: tuple[Line, ...], **values: Any) -> Paper:
    """A one-page paper that says what its lines say."""
    reading = {"lines": lines, **values.pop("reading", {})}
    return Paper(type_, text="\n".join(line.text for line in lines), reading=reading, **values)


def audited(
    checklist: Checklist,
    *sheets: Paper,
    known: KnownCase | None = None,
    fields: dict[str, FieldValue] | None = None,
    changes: dict[str, str | bool | None] | None = None,
) -> AuditReport:
    """The audit of a complete file in which `sheets` stand in place of the papers of their types."""
    rows, facts = complete(checklist, **(changes or {}))
    own = {paper.type: paper for paper in sheets}
    papers = [
        replace(own.pop(paper.type), marks=paper.marks, fields={**paper.fields, **own_fields(sheets, paper.type)})
        if paper.type in own
        else paper
        for _, paper in rows
    ]
    return run(volume([*papers, *own.values()], facts, fields), known)


def own_fields(sheets: tuple[Paper, ...], type_: str) -> dict[str, FieldValue]:
    return next(paper.fields for paper in sheets if paper.type == type_)


def case_of(file: Volume, kind: Kind = Kind.CIVIL, stage: Stage | None = Stage.TRIAL_FIRST) -> Case:
    """A case to ask single functions about."""
    from datetime import date

    checklist = next(one for one in gd().checklists if one.kind is kind and (stage in one.stages or stage is None))
    return Case(
        volume=file,
        standard=gd(),
        checklist=checklist,
        facts=merged_facts(file, KnownCase()),
        known=KnownCase(),
        today=date(2025, 6, 1),
        scope=f"{kind.value}",
    )


def problems(report: AuditReport, rule: str) -> list[tuple[str, str, str]]:
    """Problem, state and effect of the rule's findings."""
    return [
        (finding.problem.value, finding.state.value, finding.effect.value)
        for finding in report.findings
        if finding.rule.rsplit("/", 1)[1] == rule
    ]


__all__ = ["CaseFacts", "audited", "case_of", "found", "line", "mark", "problems", "sheet", "table"]
