"""Trials of rules: closing files that a rule must find fault with, must leave alone, and must not be sure about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from auditing_volumes import SOURCE, TODAY, Paper, complete, gd, volume

from pipeline.auditing import audit
from schemas.base import State
from schemas.case import KnownCase
from schemas.outline import CaseOutline
from schemas.report import Finding
from schemas.sketch import Sketch
from schemas.standard import Checklist, RuleSetting
from schemas.volume import FieldValue

Changes = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """A complete closing file, and what is otherwise in it."""

    checklist: Checklist
    papers: Mapping[str, Changes] = field(default_factory=dict)
    """Type to what is changed in that paper; a type that a complete file has not got is put at its end."""
    facts: Mapping[str, str | bool | None] = field(default_factory=dict)
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    known: KnownCase = field(default_factory=KnownCase)
    more: tuple[Paper, ...] = ()
    """Put at the end."""
    moved: Mapping[str, int] = field(default_factory=dict)
    """Type to the place, from 0, at which that paper stands instead of its own."""
    archive: tuple[Sketch, ...] = ()
    neighbours: tuple[CaseOutline, ...] = ()


@dataclass(frozen=True)
class Trial:
    """One rule's three files."""

    raised: File
    quiet: File
    unsure: File
    certain: bool = True
    """Whether `raised` is certain; False for a rule that only ever asks."""
    asked: bool = False
    """Whether `unsure` is a question; False: nothing is said of it."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What an office has to set before the rule can say anything."""


LOOK_AT_THE_LIST = frozenset({"misplaced"})
"""Rules that ask what the checklist asks for."""


def tried(rule: str, file: File, parameters: Changes) -> list[Finding]:
    """What the rule alone says of the file: no checklist is looked through, and no other rule has a word in it."""
    setting = next(setting for setting in gd().rules if setting.rule == rule)
    alone = setting.model_copy(update={"parameters": {**setting.parameters, **parameters}})
    checklists = gd().checklists if rule in LOOK_AT_THE_LIST else _bare()
    standard = gd().model_copy(update={"rules": (alone, *_needed_by_others(rule)), "checklists": checklists})
    report = audit(_built(file), standard, SOURCE, file.known, TODAY, file.archive, file.neighbours)
    return [finding for finding in report.findings if finding.rule.rpartition("/")[2] == rule]


@cache
def _bare() -> tuple[Checklist, ...]:
    """The kinds, stages and origins of all checklists, and none of their papers."""
    return tuple(checklist.model_copy(update={"items": ()}) for checklist in gd().checklists)


def _needed_by_others(rule: str) -> tuple[RuleSetting, ...]:
    """Papers of other cases are set apart by their rule before any other looks."""
    return tuple(setting for setting in gd().rules if setting.rule == "foreign" != rule)


def _built(file: File):
    rows, facts = complete(file.checklist, **file.facts)
    changes = dict(file.papers)
    papers = [replace(paper, **_merged(paper, changes.pop(paper.type, {}))) for _, paper in rows]
    papers += [Paper(type_, **change) for type_, change in changes.items()]
    for type_, place in file.moved.items():
        own = next(paper for paper in papers if paper.type == type_)
        papers = [paper for paper in papers if paper is not own]
        papers.insert(place, own)
    return volume([*papers, *file.more], facts, dict(file.fields))


def _merged(paper: Paper, change: Changes) -> Changes:
    """What is changed; fields on top of the paper's own."""
    return {**change, "fields": {**paper.fields, **change["fields"]}} if "fields" in change else change


def unread(file: File, type_: str, name: str = "date") -> File:
    """The file, in which one value of a paper was not surely read."""
    change = file.papers[type_]
    value = change["fields"][name].model_copy(update={"state": State.UNCERTAIN})
    return but(file, type_, fields={**change["fields"], name: value})


def but(file: File, type_: str, **changes: Any) -> File:
    """The file with something else about one paper."""
    return replace(file, papers={**file.papers, type_: {**file.papers.get(type_, {}), **changes}})
