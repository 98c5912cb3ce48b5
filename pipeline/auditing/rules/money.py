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
    throughout: bool = False
    """Looked for in all of the text, which tells of money taken, and is no receipt itself."""


_RECEIPT, _TOLD = "疑似向受援人收取费用的凭据。", "所载内容反映可能向受援人收取费用。"
_TITLE_LINES = 80
"""Characters in which a paper says what it is."""


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Always a question: whether money was taken is for a person to find out."""
    for index, document in case.of_type(*parameters.documents):
        text = "".join(document.text.split())
        said = text if parameters.throughout else document.title + text[:_TITLE_LINES]
        if re.search(parameters.pattern, said) is None:
            continue
        yield ask(
            case,
            setting,
            problem=Problem.FORBIDDEN,
            document=index,
            message=f"{pages_of(document)}{title_of(document)}{_TOLD if parameters.throughout else _RECEIPT}",
            remedy="请承办单位和承办人书面说明有关情况。"
            if parameters.throughout
            else "请承办单位和承办人书面说明该材料的来源和用途。",
            reason="办理法律援助案件不得向受援人收取任何财物；"
            + ("请向受援人和承办人核实。" if parameters.throughout else "请核实该凭据是否与本案办理有关。"),
            evidence=(Place(page=document.first_page),),
        )
