"""A scanned application (申请材料): known as one, and proposed for registration, never registered by itself.

A closing file that lost its later papers must never be taken for an application, so the bounds are narrow: few pages, an
application form for certain, and not one page that is, or could be, a paper of a later phase.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from pipeline.assigning.checking import born_by_identity, identity_trouble
from pipeline.assigning.columns import BY_PATH, COLUMNS, Column, Sort
from schemas.base import State
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES, Kind, Origin
from schemas.entry import Proposal, ProposedValue
from schemas.materials import OTHER, material_title
from schemas.reading import PageKind
from schemas.registration import CUSTODY_TITLES, GROUP_TITLES, SEX_TITLES, Group, Sex
from schemas.volume import CataloguedPage, FieldValue, Volume

FORM = "application_form"
MOST_PAGES = 20
"""An application with its proofs; the shortest closing file of a whole case has more, and has later papers."""
OWN = frozenset(
    {
        FORM, "application_proxy", "transfer_letter", "identity_document", "agent_identity", "means_statement",
        "means_exemption", "materials_receipt",
    }
)  # fmt: skip
"""Papers that belong to an application and come before the office has decided anything."""
EARLY = OWN | {"case_basis", "evidence", OTHER}
"""What may come with it: what the case rests on, in whatever shape. Most pages have to be the application's own."""
_LIKELY = 0.15
"""Below this score a page is not that paper; cataloguing lists such types only for completeness."""

_IDENTITY_PLACES, _WITNESSES = 18, 2
_SIGNS = (("罪", Kind.CRIMINAL_DEFENCE), ("争议", Kind.LABOUR_ARBITRATION), ("纠纷", Kind.CIVIL))
"""How a cause ends, and the kind of case that it mostly is."""


def application_of(volume: Volume, name: str, today: date) -> Proposal | None:
    """The registration proposed from a volume that surely is an application; None for any other."""
    written = [entry for entry in volume.pages if entry.page.reading.kind is not PageKind.BLANK]
    if not 1 <= len(written) <= MOST_PAGES or not all(_is_early(entry, volume) for entry in written):
        return None
    own = [entry for entry in written if entry.document is not None and volume.documents[entry.document].type in OWN]
    if 2 * len(own) <= len(written) or not any(_is_surely_form(entry, volume) for entry in written):
        return None
    titles = tuple(dict.fromkeys(document.title or material_title(document.type) for document in volume.documents))
    return Proposal(name=name, pages=len(volume.pages), papers=titles, values=tuple(_values(volume, today)))


def _is_early(entry: CataloguedPage, volume: Volume) -> bool:
    """Whether the page cannot be a paper of a later phase. One that nobody could read or place may be anything."""
    if entry.page.reading.kind not in {PageKind.CONTENT, PageKind.HANDWRITTEN}:
        return False
    likely = {candidate.type for candidate in entry.candidates if candidate.score >= _LIKELY}
    own = {volume.documents[entry.document].type} if entry.document is not None else set()
    types = likely | own
    return bool(types) and types <= EARLY and (entry.certain or OTHER not in types)


def _is_surely_form(entry: CataloguedPage, volume: Volume) -> bool:
    document = volume.documents[entry.document] if entry.document is not None else None
    return entry.certain and document is not None and document.type == FORM and document.state is State.FOUND


def _values(volume: Volume, today: date) -> Iterator[ProposedValue]:
    """The fields that the application tells, in the order of the columns. What is not told is left open."""
    told = {value.path: value for value in (*_supposed(volume), *_read(volume, today), *_inferred(volume, today))}
    for column in COLUMNS:
        if column.path in told:
            yield told[column.path]


_FIELDS = {
    "recipient.name": "recipient_name",
    "recipient.id_number": "recipient_id_number",
    "cause": "cause",
    "organ.name": "organ_name",
    "organ.case_number": "organ_case_number",
}


def _supposed(volume: Volume) -> Iterator[ProposedValue]:
    """The kind that the cause suggests; a person has to say."""
    cause = volume.fields.get("cause")
    if cause is None or not cause.value:
        return
    for sign, kind in _SIGNS:
        if cause.value.endswith(sign):
            yield ProposedValue(path="kind", value=KIND_TITLES[kind], state=State.UNCERTAIN, page=cause.page)
            return


def _read(volume: Volume, today: date) -> Iterator[ProposedValue]:
    for path, name in _FIELDS.items():
        field = volume.fields.get(name)
        if field is not None and field.value and field.state is not State.MISSING:
            yield ProposedValue(
                path=path, value=field.value, state=_doubted(path, field, volume, today), page=field.page
            )
    form = next(document for _, document in volume.of_type(FORM))
    phone = form.fields.get("phone")
    if phone is not None and phone.value and phone.state is not State.MISSING:
        yield ProposedValue(path="recipient.phone", value=phone.value, state=phone.state, page=phone.page)
    yield from _received(volume)


def _doubted(path: str, field: FieldValue, volume: Volume, today: date) -> State:
    """A number that does not reckon up is a misread one, however clearly it was read; a name has no check digit, so that
    two papers have to agree on it.
    """
    if path == "recipient.id_number" and identity_trouble(field.value or "", today):
        return State.UNCERTAIN
    if path == "recipient.name":
        read = [document.fields.get("recipient_name") for document in volume.documents]
        agreeing = [name for name in read if name and name.state is State.FOUND and name.value == field.value]
        return field.state if len(agreeing) >= _WITNESSES else State.UNCERTAIN
    return field.state


def _received(volume: Volume) -> Iterator[ProposedValue]:
    """The day of the receipt for the papers, else that of the application: then a person has to say when it came in."""
    for type_, sure in (("materials_receipt", True), (FORM, False)):
        for _, document in volume.of_type(type_):
            day = document.fields.get("date")
            if day is not None and day.value and day.state is not State.MISSING:
                state = day.state if sure else State.UNCERTAIN
                yield ProposedValue(path="received_on", value=day.value, state=state, page=day.page)
                return


def _inferred(volume: Volume, today: date) -> Iterator[ProposedValue]:
    """What follows from the papers as a whole, and from the identity number."""
    transferred = any(document.state is not State.MISSING for _, document in volume.of_type("transfer_letter"))
    origin = Origin.TRANSFERRED if transferred else Origin.APPLIED
    yield ProposedValue(path="origin", value=ORIGIN_TITLES[origin], state=State.FOUND)
    titles = {
        "kind": {key.value: title for key, title in KIND_TITLES.items()},
        "stage": {key.value: title for key, title in STAGE_TITLES.items()},
        "custody": {key.value: title for key, title in CUSTODY_TITLES.items()},
    }
    for name, known in titles.items():
        fact = volume.facts.facts.get(name)
        if fact is not None and isinstance(fact.value, str) and fact.value in known:
            page = fact.evidence[0].page if fact.evidence else None
            path = "recipient.custody" if name == "custody" else name
            yield ProposedValue(path=path, value=known[fact.value], state=fact.state, page=page)
    if volume.facts.certain("minor") is True:
        yield ProposedValue(path="recipient.groups", value=GROUP_TITLES[Group.MINOR], state=State.FOUND)
    yield from _by_identity(volume, today)


def _by_identity(volume: Volume, today: date) -> Iterator[ProposedValue]:
    field = volume.fields.get("recipient_id_number")
    if field is None or not field.value:
        return
    born, state = born_by_identity(field.value), _doubted("recipient.id_number", field, volume, today)
    if born is not None and len(field.value) == _IDENTITY_PLACES:
        sex = Sex.MALE if int(field.value[16]) % 2 else Sex.FEMALE
        yield ProposedValue(path="recipient.born_on", value=born.isoformat(), state=state, page=field.page)
        yield ProposedValue(path="recipient.sex", value=SEX_TITLES[sex], state=state, page=field.page)


def proposed_draft(proposal: Proposal) -> str:
    """The proposal as a file for `juanzong case add`; what is not certain is marked 待核."""
    lines = [
        "# 根据申请材料扫描件识读的登记草稿，尚未登记。",
        "# 请逐项核对（标“待核”的尤须对照原件），改正后运行：juanzong case add 登记草稿.yaml",
    ]
    by_path = {value.path: value for value in proposal.values}
    part = ""
    for column in sorted(COLUMNS, key=lambda column: _order(column.path)):
        value = by_path.get(column.path)
        if value is None and not column.needed:
            continue
        group, _, key = column.path.rpartition(".")
        if group and group != part:
            lines.append(f"{group}:")
        part = group
        lines.append(f"{'  ' if group else ''}{key}: {_scalar(column, value)}  # {column.title}{_state(value)}")
    return "\n".join(lines) + "\n"


def _order(path: str) -> tuple[bool, str, int]:
    """Single fields first, then each part in one piece."""
    group = path.rpartition(".")[0]
    return bool(group), group, list(BY_PATH).index(path)


def _scalar(column: Column, value: ProposedValue | None) -> str:
    if value is None:
        return ""
    shown = {title: key for key, title in column.choices.items()}
    text = shown.get(value.value, value.value)
    content = [text] if column.sort in {Sort.CHOICES, Sort.NAMES} else text
    return json.dumps(content, ensure_ascii=False)


def _state(value: ProposedValue | None) -> str:
    if value is None:
        return "：待核，申请材料中未能读到"
    if value.state is State.FOUND:
        return ""
    return "：待核" + (f"，见第{value.page}页" if value.page is not None else "")
