"""Papers that must agree (前后一致): names, numbers, firm, cause, stage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pydantic import Field
from rapidfuzz.distance import Levenshtein

from pipeline.auditing.case import Case, Raised, handwritten, pages_of, reference, title_of
from pipeline.auditing.glyphs import look_alike
from pipeline.auditing.phrases import value_title
from pipeline.auditing.rules.base import raise_finding
from pipeline.auditing.rules.stating import (
    clear_places,
    clear_where_they_differ,
    clearly_read,
    in_a_cell,
    in_doubt,
    one_letter_apart,
    other_figures,
    plain_throughout,
    plainly_printed,
)
from pipeline.auditing.values import COMPARERS, Likeness, valid_identity_number
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import FIELD_TITLES, Document, FieldValue

_WHITE = re.compile(r"\s+")
_SURE = 0.9
"""Score below which a differing value is put to a person rather than held against the paper."""


class Parameters(Frozen):
    """Which field must agree in which papers."""

    field: Literal[
        "recipient_name", "recipient_id_number", "lawyer_name", "firm_name", "case_number", "organ_case_number",
        "cause", "stage",
    ]  # fmt: skip
    documents: tuple[str, ...] = Field(min_length=1)
    mentioned: tuple[str, ...] = ()
    """Papers about several people, where it is enough that the value stands anywhere in the text."""


class Differing(NamedTuple):
    document: int
    value: FieldValue
    likeness: Likeness
    mentioned: bool
    """The paper is about several people."""


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Every paper that states another value than the case has, all in one finding for each degree of certainty."""
    expected = _expected(case, parameters.field)
    if expected is None:
        if parameters.field == "recipient_id_number":
            yield from _two_numbers(case, setting, parameters)
        return
    differing = [
        found for index in _indexes(case, parameters) if (found := _compare(case, parameters, index, expected))
    ]
    certain = [found for found in differing if _is_certain(case, parameters.field, found, expected)]
    unsure = [found for found in differing if found not in certain and found.likeness is not Likeness.INCOMPARABLE]
    for group, sure in ((certain, True), (unsure, False)):
        if group:
            yield _raised(case, setting, parameters.field, group, expected, certain=sure)


def _two_numbers(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Papers that name the recipient and give him two numbers, both with a right check digit, where too few tell which is his."""
    name, recipient = parameters.field, reference(case, "recipient_name")
    if recipient is None or _acts_through_another(case):
        return
    stated = []
    for index in _indexes(case, parameters.model_copy(update={"mentioned": ()})):
        fields = case.volume.documents[index].fields
        value, person = fields.get(name), fields.get("recipient_name")
        named = person is not None and person.state is State.FOUND and person.value == recipient
        sure = value is not None and value.state is State.FOUND and value.score >= _SURE
        if named and sure and value is not None and valid_identity_number(str(value.value)):
            stated.append(Differing(index, value, Likeness.OTHER, mentioned=False))
    counts = Counter(str(one.value.value) for one in stated)
    usual = max(counts, key=lambda number: counts[number], default="")
    others = [one for one in stated if one.value.value != usual]
    if others:
        yield _raised(case, setting, name, others, usual, certain=False)


def _expected(case: Case, name: str) -> str | None:
    if name == "stage":
        stage = case.facts.certain("stage")
        return str(stage) if stage is not None else None
    return reference(case, name)


def _indexes(case: Case, parameters: Parameters) -> list[int]:
    """Papers surely of a listed type, of this case. Of several results only the last is this case's own."""
    results = [index for index, _ in case.of_type(_RESULT)]
    return [
        index
        for index, document in case.of_type(*parameters.documents, *parameters.mentioned)
        if document.state is State.FOUND
        and index not in case.foreign
        and (document.type != _RESULT or index == results[-1])
    ]


_RESULT = "outcome_document"


def _compare(case: Case, parameters: Parameters, index: int, expected: str) -> Differing | None:
    document = case.volume.documents[index]
    value = _stated(case, document, parameters.field)
    if value is None or not value.value:
        return None
    likeness = COMPARERS[parameters.field](value.value, expected)
    if likeness in (Likeness.SAME, Likeness.INCOMPARABLE):
        return None
    of_another = document.type in parameters.mentioned and _is_anothers(parameters.field, value.value, expected)
    if of_another or (_acts_through_another(case) and _is_of_who_acts(case, index, parameters.field, value, expected)):
        return None
    if document.type in parameters.mentioned and _nearly_states(case.text(index), expected):
        right = _WHITE.sub("", expected) in case.text(index)
        if right or parameters.field != "recipient_name" or not _calls(case, document, value, expected):
            return None  # one slip of the reading; the same one again and again, or one beyond doubt, is a question
    if (likeness is Likeness.SIMILAR or value.state is not State.FOUND) and _WHITE.sub("", expected) in case.text(
        index
    ):
        return None  # the paper has it right elsewhere: a misreading
    return Differing(index, value, likeness, document.type in parameters.mentioned)


def _stated(case: Case, document: Document, name: str) -> FieldValue | None:
    """What the paper surely states. A court's number that was doubted because it is not the case's stands as its own."""
    value = document.fields.get(name)
    if value is not None and value.state is State.FOUND:
        return value
    if value is None or not value.value:
        return None
    own = document.fields.get("number") if name == "organ_case_number" else None
    doubted = own is not None and own.state is State.FOUND and str(own.value).startswith(value.value)
    return value if doubted or _worth_a_question(case, document, name, value) else None


def _worth_a_question(case: Case, document: Document, name: str, value: FieldValue) -> bool:
    """Whether a value that was doubted for not being the case's stands there plainly: by pen, in print, or again and again."""
    if value.state is State.UNCERTAIN and value.score >= _BY_PEN and handwritten(case, value):
        return True
    own, expected = str(value.value), reference(case, name) or ""
    if name == "recipient_name":
        return _calls(case, document, value, expected)
    if name == "recipient_id_number":
        # One figure is as soon misread as miscopied, and the check digit tells of both; no misreading makes two change places.
        return _two_change_places(own, expected) or (
            Levenshtein.distance(own, expected) > 1 and plainly_printed(case, value)
        )
    if name == "lawyer_name" and value.score >= _ANOTHER_BY_PEN and expected and _quite_another(own, expected):
        return True  # no misreading makes the one of the other
    two_alike = name == "firm_name" and _times_stated(document.text, own) > 1  # two misreadings are not alike
    if two_alike or (name == "case_number" and other_figures(case, value, expected)):
        return True
    alike = one_letter_apart(own, expected)
    return name in _COPIED and not (alike and in_doubt(case, value)) and plainly_printed(case, value)


def _two_change_places(one: str, other: str) -> bool:
    """Whether two neighbouring figures stand in each other's place, and all others in their own."""
    differing = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(differing) != _MISCOPIED or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return one[first] == other[second] and one[second] == other[first]


_ANOTHER_BY_PEN = 0.93
"""Score of a line from which it is worth asking who is named there, if it is somebody else altogether."""


def _calls(case: Case, document: Document, value: FieldValue, expected: str) -> bool:
    """Whether a paper surely calls somebody by this name: again and again, or once and every letter beyond doubt."""
    name = str(value.value)
    if _runs_through(case, document, name):
        return True
    if not one_letter_apart(name, expected):
        return False
    in_role = _in_role(_WHITE.sub("", document.text), name)
    if clearly_read(case, value):
        return in_role or plainly_printed(case, value)
    return in_role and clear_where_they_differ(case, value, expected)


def _in_role(text: str, name: str) -> bool:
    return re.search(f"{_ROLE}{re.escape(name)}", text) is not None


def _runs_through(case: Case, document: Document, name: str) -> bool:
    """Whether a paper calls somebody by this name again and again: in the recipient's role, or nearly as the recipient."""
    text = _WHITE.sub("", document.text)
    if len(re.findall(f"{_ROLE}{re.escape(name)}", text)) >= _OFTEN:
        return True
    expected = reference(case, "recipient_name")
    if expected is None or _quite_another(name, expected):
        return False
    return text.count(name) > _OFTEN or (text.count(name) == _OFTEN and plain_throughout(case, document, name))


_ROLE = "(?:受援人|被告人|犯罪嫌疑人|上诉人|原告|申请人)"
_OFTEN = 2
_BY_PEN = 0.98
_COPIED = ("organ_case_number", "lawyer_name")
"""Fields whose value was doubted in cataloguing for not being the case's: where print states it plainly, a question."""


_MISCOPIED = 2
"""Digits in which a number that was copied wrong differs; with more it is another person's."""


def _is_anothers(name: str, one: str, other: str) -> bool:
    """Whether an identity number in a paper about several people is rather that of the accused, or of the other side."""
    return name == "recipient_id_number" and Levenshtein.distance(one, other) > _MISCOPIED


def _is_card_of_another(case: Case, index: int, value: FieldValue, expected: str) -> bool:
    """Whether an identity document with quite another number does not name the recipient: a guardian's or an agent's card."""
    document = case.volume.documents[index]
    own = document.fields.get("recipient_id_number")
    if document.type != "identity_document" or own != value:
        return False
    if not _is_anothers("recipient_id_number", str(value.value), expected):
        return False
    recipient = reference(case, "recipient_name")
    return recipient is not None and not _nearly_states(case.text(index), recipient)


def _is_of_who_acts(case: Case, index: int, name: str, value: FieldValue, expected: str) -> bool:
    """Whether what the paper states is the name or the number of who acts for the recipient: a father fills in and signs."""
    if _is_card_of_another(case, index, value, expected):
        return True
    own = _WHITE.sub("", str(value.value))
    if name == "recipient_id_number":
        quite_another = _is_anothers(name, own, expected)
        return quite_another and any(own in _WHITE.sub("", case.text(at)) for at, _ in case.of_type("agent_identity"))
    if name != "recipient_name" or one_letter_apart(own, expected):
        return False
    named = re.compile(rf"{_ACTING}[^，。；]{{0,6}}{re.escape(own)}")
    return any(named.search(_WHITE.sub("", case.text(at))) for at in range(len(case.volume.documents)) if at != index)


_ACTING = "(?:法定代理人|监护人|代理申请人|代为申请人)"


def _acts_through_another(case: Case) -> bool:
    """Whether the recipient surely has somebody whose identity is proven beside his own (法定代理人、代为申请人)."""
    return any(case.facts.certain(fact) is True for fact in ("minor", "incapacitated", "agent_applied"))


def _nearly_states(text: str, expected: str) -> bool:
    """Whether the value stands in the text, at most one character misread by a look-alike."""
    value = _WHITE.sub("", expected)
    if value in text:
        return True
    windows = (text[start : start + len(value)] for start in range(len(text) - len(value) + 1))
    return len(value) > 1 and any(_one_look_alike(window, value) for window in windows)


def _one_look_alike(window: str, value: str) -> bool:
    differing = [(a, b) for a, b in zip(window, value, strict=True) if a != b]
    return len(differing) == 1 and look_alike(*differing[0])


def _is_certain(case: Case, name: str, found: Differing, expected: str) -> bool:
    """The difference is on the paper and not in the reading of it."""
    if name in _PERSONS and _are_two(case, found, expected):
        return False
    if name in _PERSONS and _spelt_otherwise(case, found, expected):
        return True
    doubtful = found.value.state is not State.FOUND or found.value.score < _SURE
    if found.likeness is not Likeness.OTHER or doubtful or handwritten(case, found.value):
        return False
    if name in _PERSONS and not _names_another(case, found, expected):
        return False
    if found.mentioned and Levenshtein.distance(str(found.value.value), expected) > 1:
        return False  # one of several people in the paper, perhaps
    return _is_of_this_case(case, name, found, expected)


def _is_of_this_case(case: Case, name: str, found: Differing, expected: str) -> bool:
    """The differing value is the recipient's in this case, and not a stranger's whose paper got into the file."""
    if name == "recipient_name":
        return not _quite_another(str(found.value.value), expected) or shares_number(case, found.document)
    if name != "recipient_id_number":
        return True
    return valid_identity_number(expected) and not _is_card_of_another(case, found.document, found.value, expected)


def _names_another(case: Case, found: Differing, expected: str) -> bool:
    """The paper states another person's name as a form does, and the expected one nowhere."""
    if _stands_in(case, found, expected) or not in_a_cell(case, found.value):
        return False  # two people in one paper, or words of running text taken for a name
    # Written once and nearly the same: as likely a pen misread as a wrong name.
    return _quite_another(str(found.value.value), expected) or (
        _times_stated(case.text(found.document), str(found.value.value)) > 1
    )


_PERSONS = ("recipient_name", "lawyer_name")


def _are_two(case: Case, found: Differing, expected: str) -> bool:
    """Whether another paper names both: two recipients of one case, two lawyers of one firm, perhaps brothers."""
    names = (_WHITE.sub("", str(found.value.value)), _WHITE.sub("", expected))
    others = (index for index in range(len(case.volume.documents)) if index != found.document)
    return any(all(name in case.text(index) for name in names) for index in others)


def _spelt_otherwise(case: Case, found: Differing, expected: str) -> bool:
    """The paper has one other letter in the name throughout: in print, at several places, each beyond any doubt.

    What follows must differ: where the last letter was lost, the word behind it lends the name its first (`余海律师`).
    """
    own, document = _WHITE.sub("", str(found.value.value)), case.volume.documents[found.document]
    if not one_letter_apart(own, expected) or _stands_in(case, found, expected):
        return False
    if found.mentioned and not _is_about(case.text(found.document), own, expected):
        return False
    behind = clear_places(case, document, own)
    return len(behind) >= _OFTEN and (len(set(behind)) > 1 or not _HANZI.match(behind[0]))


def _is_about(text: str, own: str, expected: str) -> bool:
    """Whether a paper that may name several people has this one in the recipient's role, and nobody named nearly alike."""
    if not _in_role(text, own):
        return False
    windows = {text[start : start + len(own)] for start in range(len(text) - len(own) + 1)} - {own}
    return not any(window[0] == expected[0] and one_letter_apart(window, expected) for window in windows)


_HANZI = re.compile(r"[\u4e00-\u9fff]")


def _stands_in(case: Case, found: Differing, expected: str) -> bool:
    return _WHITE.sub("", expected) in case.text(found.document)


def _times_stated(text: str, name: str) -> int:
    return _WHITE.sub("", text).count(_WHITE.sub("", name))


def _quite_another(one: str, other: str) -> bool:
    """No character in common: perhaps another person's paper, or another person named in this one."""
    return not set(one) & set(other)


_NUMBERS = ("case_number", "organ_case_number", "recipient_id_number")


def shares_number(case: Case, index: int) -> bool:
    """Whether the paper states a number of this case, and so belongs to it whatever name it has."""
    return any(_number_likeness(case, index, name) is Likeness.SAME for name in _NUMBERS)


def contradicts_number(case: Case, index: int) -> bool:
    """Whether the paper states another case's number."""
    return any(_number_likeness(case, index, name) is Likeness.OTHER for name in _NUMBERS)


def _number_likeness(case: Case, index: int, name: str) -> Likeness:
    value = case.volume.documents[index].fields.get(name)
    expected = reference(case, name)
    if value is None or value.state is not State.FOUND or not value.value or expected is None:
        return Likeness.INCOMPARABLE
    return COMPARERS[name](value.value, expected)


def _raised(  # noqa: PLR0913 - the parts of one finding
    case: Case, setting: RuleSetting, name: str, group: list[Differing], expected: str, *, certain: bool
) -> Raised:
    title = FIELD_TITLES[name]
    where = "、".join(_where(case, found, name, expected) for found in group)
    shown = _shown(expected, name)
    return raise_finding(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        certain=certain,
        document=group[0].document,
        message=f"{title}前后不一致：{where}，与其他材料所载“{shown}”不符。"
        if certain
        else f"{title}是否一致未能确认：{where}，其他材料载为“{shown}”。",
        remedy=f"请核对{title}，有误的予以更正后重新提交该材料；确有变更的，请附相应手续或者说明情况。",
        reason="差异可能出于识读；请对照原件核实。",
        evidence=tuple(
            Place(page=found.value.page or case.volume.documents[found.document].first_page, box=found.value.box)
            for found in group
        ),
        absorbs=frozenset((found.document, Problem.FOREIGN.value) for found in group) if certain else frozenset(),
    )


def _where(case: Case, found: Differing, name: str, expected: str) -> str:
    document = case.volume.documents[found.document]
    own = str(found.value.value)
    return f"{pages_of(document)}{title_of(document)}载为“{_shown(own, name)}”{_which(own, expected, name)}"


def _which(own: str, expected: str, name: str) -> str:
    """Which figures of a masked number differ, counted from the left: `（第11、12位不同）`."""
    places = [str(at) for at, (one, other) in enumerate(zip(own, expected, strict=False), start=1) if one != other]
    if name != "recipient_id_number" or not places:
        return ""
    return f"（第{'、'.join(places)}位不同）" if len(places) <= _MISCOPIED else f"（共{len(places)}位不同）"


def _shown(value: str, name: str) -> str:
    """An identity number is shown masked, a stage in Chinese."""
    if name == "recipient_id_number":
        return f"{value[:3]}{'*' * max(0, len(value) - 7)}{value[-4:]}"
    if name == "stage":
        return value_title("stage", value)
    return value
