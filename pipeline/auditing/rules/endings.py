"""Papers whose last page is not there (文书缺页): a judgment without judges, clerk, seal and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, all_legible, pages_of, title_of
from pipeline.auditing.rules.base import raise_finding
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import FieldValue, Mark


class Parameters(Frozen):
    """Papers that end in certain words; a paper that has none of them, no seal and no date has lost its end."""

    documents: tuple[str, ...] = Field(min_length=1)
    ending: str
    """A regular expression; white space is left out."""
    seal: str = "organ_seal"


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Certain where words, seal and date all lack, every page is legible and no page is loose.

    A question where the words lack and neither seal nor date is surely there, or one of them surely is not.
    """
    for index, document in case.volume.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign or not all_legible(case, document):
            continue
        if re.search(parameters.ending, re.sub(r"\s+", "", document.text)) is not None:
            continue
        states = {_state(document.fields.get("date")), _state(document.marks.get(parameters.seal))}
        if State.FOUND in states and State.MISSING not in states:
            continue
        loose = any(not page.certain for page in case.volume.pages)
        yield raise_finding(
            case,
            setting,
            problem=Problem.INCOMPLETE,
            certain=states == {State.MISSING} and not loose,
            document=index,
            message=f"{pages_of(document)}{title_of(document)}缺尾页，未见署名、印章和日期。",
            remedy=f"请提交完整的{title_of(document)}。",
            reason="未见署名人员，可能缺尾页；请对照原件核实。",
            evidence=(Place(page=document.last_page),),
            absorbs=frozenset((index, problem.value) for problem in (Problem.UNSEALED, Problem.UNDATED)),
        )


def _state(reading: FieldValue | Mark | None) -> State:
    """What nobody could tell is uncertain."""
    return reading.state if reading is not None else State.UNCERTAIN
