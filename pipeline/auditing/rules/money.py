"""Signs that money was taken from the recipient (疑似违规收费)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.auditing.case import Case, Raised, pages_of, title_of
from pipeline.auditing.rules.base import ask
from schemas.base import Frozen, Place
from schemas.report import Problem
from schemas.standard import RuleSetting


class Parameters(Frozen):
    """`pattern`: what such a paper says; looked for in the titles and first lines of papers of `documents`."""

    pattern: str
    documents: tuple[str, ...] = ("other",)


_TITLE_LINES = 80
"""Characters in which a paper says what it is."""


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Always a question: whether money was taken is for a person to find out."""
    for index, document in case.of_type(*parameters.documents):
        opening = document.title + "".join(document.text.split())[:_TITLE_LINES]
        if re.search(parameters.pattern, opening) is None:
            continue
        told = f"{pages_of(document)}{title_of(document)}疑似向受援人收取费用的凭据。"
        remedy = "请承办单位和承办人书面说明该材料的来源和用途。"
        yield _asked(case, setting, index, document.first_page, told, remedy, "请核实该凭据是否与本案办理有关")


class ToldParameters(Frozen):
    """`pattern`: how a paper of `documents` tells that money was taken; looked for in each of its pages."""

    pattern: str
    documents: tuple[str, ...]


def check_told(case: Case, setting: RuleSetting, parameters: ToldParameters) -> Iterator[Raised]:
    """A question for each paper in which somebody tells of money taken."""
    for index, document in case.of_type(*parameters.documents):
        pages = enumerate(document.texts, start=document.first_page)
        told = next((page for page, text in pages if re.search(parameters.pattern, "".join(text.split()))), None)
        if told is None:
            continue
        said = f"第{told}页{title_of(document)}所载内容反映可能向受援人收取费用。"
        remedy = "请承办单位和承办人书面说明有关情况。"
        yield _asked(case, setting, index, told, said, remedy, "请向受援人和承办人核实")


def _asked(  # noqa: PLR0913, PLR0917 - the parts of the question
    case: Case, setting: RuleSetting, index: int, page: int, message: str, remedy: str, look: str
) -> Raised:
    return ask(
        case,
        setting,
        problem=Problem.FORBIDDEN,
        document=index,
        message=message,
        remedy=remedy,
        reason=f"办理法律援助案件不得向受援人收取任何财物；{look}。",
        evidence=(Place(page=page),),
    )
