"""Papers of another case (混入他案材料)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from pipeline.auditing.case import Case, Raised, all_legible, handwritten, pages_of, reference, title_of
from pipeline.auditing.rules.agreement import contradicts_number, shares_number
from pipeline.auditing.rules.base import raise_finding
from pipeline.auditing.values import COMPARERS, Likeness, compare_names
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import FIELD_TITLES, FieldValue

_SURE = 0.9


class Parameters(Frozen):
    """The papers that are always about the recipient, so that another name in them is suspicious."""

    documents: tuple[str, ...] = Field(min_length=1)


def foreign_documents(case: Case, types: tuple[str, ...]) -> frozenset[int]:
    """The papers that certainly are another case's: another person's name or lawyer, and another number."""
    strangers = {index for index in _strangers(case, types) if contradicts_number(case, index)}
    return frozenset(strangers | {index for index, _ in case.of_type(*types) if _is_anothers(case, index)})


_TELLING = ("lawyer_name", "firm_name", "cause")


def _is_anothers(case: Case, index: int) -> bool:
    """Whether the paper has another right identity number and two more things of another case, all surely read: the lawyer,
    the firm, the cause, or that it names another recipient."""
    document = case.volume.documents[index]
    if document.state is not State.FOUND or not _contradicts(case, index, "recipient_id_number"):
        return False
    return sum(_contradicts(case, index, name) for name in _TELLING) + _names_another(case, index) >= _ENOUGH


_ENOUGH = 2


def _names_another(case: Case, index: int) -> bool:
    """Whether the paper has another recipient, be it not for sure, and nowhere the case's own."""
    value, expected = case.volume.documents[index].fields.get("recipient_name"), reference(case, "recipient_name")
    if value is None or not value.value or expected is None or expected in case.text(index):
        return False
    return compare_names(value.value, expected) is Likeness.OTHER


def _contradicts(case: Case, index: int, name: str) -> bool:
    return _likeness(case, index, name) is Likeness.OTHER


def _likeness(case: Case, index: int, name: str) -> Likeness | None:
    """How what the paper surely states in print stands to the case's own; None where either is not known."""
    value, expected = _read(case, index, name), reference(case, name)
    if value is None or value.state is not State.FOUND or not value.value or expected is None:
        return None
    if value.score < _SURE or handwritten(case, value):
        return None
    return COMPARERS[name](value.value, expected)


def _read(case: Case, index: int, name: str) -> FieldValue | None:
    """What the paper states; its court's number also where that was doubted for not being the case's alone."""
    fields = case.volume.documents[index].fields
    value, own = fields.get(name), fields.get("number")
    if name != "organ_case_number" or value is None or value.state is State.FOUND or own is None:
        return value
    return own if own.value == value.value else value


def _strangers(case: Case, types: tuple[str, ...]) -> list[int]:
    """Papers with quite another recipient, the case's own nowhere in them; worked out once."""
    key = ("strangers", types)
    found = case.memo.get(key)
    if not isinstance(found, list):
        found = case.memo[key] = _found_strangers(case, types)
    return found


def _found_strangers(case: Case, types: tuple[str, ...]) -> list[int]:
    expected = reference(case, "recipient_name")
    if expected is None:
        return []
    found = []
    for index, document in case.of_type(*types):
        value = document.fields.get("recipient_name")
        if value is None or value.state is not State.FOUND or not value.value or document.state is not State.FOUND:
            continue
        if value.score < _SURE or compare_names(value.value, expected) is not Likeness.OTHER:
            continue
        if not handwritten(case, value) and expected not in case.text(index):
            found.append(index)
    return found


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Certain where a number contradicts too; a question where only the name does and nothing ties the paper to the case."""
    expected = reference(case, "recipient_name") or ""
    strangers = _strangers(case, parameters.documents)
    for index in sorted(case.foreign - set(strangers)):
        yield _another_case(case, setting, index)
    for index in _nameless(case, parameters.documents, strangers):
        yield _nobody_of_ours(case, setting, index)
    for index in strangers:
        document = case.volume.documents[index]
        value = document.fields["recipient_name"]
        certain = contradicts_number(case, index)
        only_spelling = bool(set(str(value.value)) & set(expected))
        if not certain and (only_spelling or shares_number(case, index)):
            continue  # an inconsistent name; the rule of agreement tells it
        yield _taken_out(
            case,
            setting,
            index,
            ("recipient_name",),
            certain=certain,
            told=f"所载受援人为“{value.value}”，"
            + ("案号亦与本案不同，系他案材料。" if certain else "与本案受援人不同，可能系他案材料。"),
            reason="除姓名外未见可以判断归属的案号；请核实该材料是否属于本案。",
        )


def _taken_out(  # noqa: PLR0913 - the finding's parts
    case: Case, setting: RuleSetting, index: int, names: Sequence[str], *, certain: bool, told: str, reason: str = ""
) -> Raised:
    """That the paper is, or may be, another case's, as the fields with these names tell."""
    document = case.volume.documents[index]
    values = [document.fields[name] for name in names]
    return raise_finding(
        case,
        setting,
        problem=Problem.FOREIGN,
        certain=certain,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}{told}",
        remedy=f"请将{title_of(document)}从卷内取出，本案有该材料的，请补交。",
        reason=reason,
        evidence=tuple(Place(page=value.page or document.first_page, box=value.box) for value in values),
        absorbs=frozenset({(index, Problem.INCONSISTENT.value)}),
    )


_OURS = ("recipient_name", "lawyer_name", "firm_name")
_THEIRS = ("organ_case_number", "cause")
_ANOTHER_NUMBER = (Likeness.OTHER, Likeness.INCOMPARABLE)
"""A number of the court below or above cannot be compared, and is another all the same."""


def _nameless(case: Case, types: tuple[str, ...], strangers: list[int]) -> list[int]:
    """Papers, read to the last word, that name nobody of this case, and have another number of the organ and another cause."""
    names = [name for name in (reference(case, each) for each in _OURS) if name]
    if not names:
        return []
    return [
        index
        for index, document in case.of_type(*types)
        if document.state is State.FOUND
        and index not in case.foreign
        and index not in strangers
        and _contradicts(case, index, "cause")
        and _likeness(case, index, "organ_case_number") in _ANOTHER_NUMBER
        and all_legible(case, document)
        and not any(name in case.text(index) for name in names)
    ]


def _nobody_of_ours(case: Case, setting: RuleSetting, index: int) -> Raised:
    number, cause = (case.volume.documents[index].fields[name].value for name in _THEIRS)
    told = f"载有案号“{number}”、案由“{cause}”，均与本案不同，且未见本案受援人、承办人，可能系他案材料。"
    reason = "系依案号、案由和所载姓名推断；请核实该材料是否属于本案。"
    return _taken_out(case, setting, index, _THEIRS, certain=False, told=told, reason=reason)


def _another_case(case: Case, setting: RuleSetting, index: int) -> Raised:
    """A paper whose name was not surely read, and of which all else is another case's."""
    names = [name for name in ("recipient_id_number", *_TELLING) if _contradicts(case, index, name)]
    told = f"所载{'、'.join(FIELD_TITLES[name] for name in names)}均与本案不同，系他案材料。"
    return _taken_out(case, setting, index, names, certain=True, told=told)
