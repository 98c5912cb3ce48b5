"""The form of the case number (案件编号): year, and running number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, handwritten, pages_of, title_of
from pipeline.auditing.rules.base import ask
from schemas.base import Frozen, Place, State
from schemas.report import Duty, Problem
from schemas.standard import RuleSetting
from schemas.volume import FieldValue


class Parameters(Frozen):
    """`pattern`: what a proper number looks like, over half-width text."""

    pattern: str
    documents: tuple[str, ...] = Field(min_length=1)


_TWICE = 2


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """A number that does not fit, read alike on two papers at least: then it stands there so.

    The number is the office's to give; the lawyer is not asked for another.
    """
    stated: dict[str, list[tuple[int, FieldValue]]] = {}
    for index, document in case.of_type(*parameters.documents):
        value = document.fields.get("case_number")
        if value is None or value.state is not State.FOUND or not value.value or handwritten(case, value):
            continue
        stated.setdefault(value.value, []).append((index, value))
    for number, papers in stated.items():
        plain = unicodedata.normalize("NFKC", number)
        if len(papers) < _TWICE or re.search(parameters.pattern, plain) is not None:
            continue
        document = case.volume.documents[papers[0][0]]
        yield ask(
            case,
            setting,
            problem=Problem.INCONSISTENT,
            document=papers[0][0],
            message=f"{pages_of(document)}{title_of(document)}等{len(papers)}份材料所载案件编号“{number}”不符合编号规则。",
            remedy="请核对案件编号，有误的按登记的编号更正。",
            reason="编号规则因机构而异；请对照登记簿核实。",
            evidence=tuple(
                Place(page=value.page or case.volume.documents[index].first_page, box=value.box)
                for index, value in papers
            ),
            duty=Duty.OFFICE,
        )
