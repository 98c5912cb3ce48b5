"""Whose seal it is (印章归属): the words on the ring against the body that issued the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, pages_of, reference, title_of
from pipeline.auditing.rules.base import ask
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import MARK_TITLES, Document, Mark

_SURE = 0.9


class Parameters(Frozen):
    """Papers that one body issues, and the marks to look at: each with the field that names that body."""

    documents: tuple[str, ...] = Field(min_length=1)
    bodies: dict[str, str] = Field(default={"firm_seal": "firm_name", "organ_seal": "organ_name", "office_seal": ""})
    """Mark to the field that names the body; empty for the office, which no field names: its papers begin or end with it."""


_USES = re.compile(r"(?:合同|业务|诉讼|立案|案件|文书|刑事|民事|行政|审判|起诉)*(?:专用|公)?章?(?:[（(]?\d*[)）]?)?$")


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """A ring that names another body known in this case than the paper does: read to the letter, or nothing is said."""
    known = _known_bodies(case, parameters)
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        for name, field in parameters.bodies.items():
            mark = document.marks.get(name)
            own = _issuer(case, document, field) if field else _office_of(document)
            if mark is None or mark.state is not State.FOUND or mark.score < _SURE or own is None:
                continue
            ring = _body(mark.detail)
            named = ring in known if field else _is_another_office(case, index, ring)
            if named and not _same(ring, own):
                yield _wrong_body(case, setting, index, mark, name, ring, own)


def _known_bodies(case: Case, parameters: Parameters) -> frozenset[str]:
    """Names of firms and organs that papers of this case state: a ring read as one of them was read right."""
    fields = {field for field in parameters.bodies.values() if field}
    return frozenset(
        _body(value.value)
        for document in case.volume.documents
        for field, value in document.fields.items()
        if field in fields and value.state is State.FOUND and value.value
    )


def _issuer(case: Case, document: Document, field: str) -> str | None:
    value = document.fields.get(field)
    if value is not None and value.state is State.FOUND and value.value:
        return _body(value.value)
    return _body(reference(case, field) or "") or None if field == "firm_name" else None


_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,16}[省市县区旗州盟][\u4e00-\u9fff]{0,8}法律援助(?:处|中心)")


def _office_of(document: Document) -> str | None:
    """The office that a line of the paper names and nothing else, or that its heading begins with."""
    lines = [re.sub(r"\s+", "", line) for line in document.text.splitlines()]
    whole = next((line for line in reversed(lines) if _OFFICE.fullmatch(line)), None)
    heading = _OFFICE.match(lines[0]) if lines else None
    return whole or (heading.group() if heading is not None else None)


def _is_another_office(case: Case, index: int, ring: str) -> bool:
    """Whether the ring names, to the letter, an office that other papers print, and this one nowhere."""
    if _OFFICE.fullmatch(ring) is None or ring in case.text(index):
        return False
    return any(ring in case.text(other) for other in range(len(case.volume.documents)) if other != index)


def _body(text: str) -> str:
    return _USES.sub("", re.sub(r"\s+", "", text))


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def _wrong_body(  # noqa: PLR0913, PLR0917 - the parts of one finding
    case: Case, setting: RuleSetting, index: int, mark: Mark, name: str, ring: str, own: str
) -> Raised:
    document = case.volume.documents[index]
    return ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}所盖{MARK_TITLES[name]}为“{ring}”，与该材料的出具单位“{own}”不符。",
        remedy=f"请核对{title_of(document)}的出具单位和印章，盖错的重新盖章后提交。",
        reason="印章文字系识读所得；请对照原件核实。",
        evidence=(Place(page=mark.page or document.last_page, box=mark.box),),
    )
