"""What in a registration cannot be right: dates, identity numbers, stage against kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from pipeline.assigning.columns import FIELD_TITLES
from schemas.case import KIND_TITLES, STAGE_TITLES, STAGELESS_KINDS, Kind, Stage
from schemas.entry import Fault
from schemas.registration import SEX_TITLES, Registration, Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_LENGTH = 18
_FIRST_AID = date(1994, 1, 1)
"""Legal aid began in that year; an earlier day is a slip."""
_OLDEST = 120

_CRIMINAL = frozenset({Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL})
_PRISON = _CRIMINAL | {Kind.DUTY_HELP, Kind.PLEA_HELP}
_COURT_STAGES = frozenset({Stage.TRIAL_FIRST, Stage.TRIAL_SECOND, Stage.RETRIAL})
_STAGES: dict[Kind, frozenset[Stage]] = {
    Kind.CIVIL: _COURT_STAGES,
    Kind.ADMINISTRATIVE: _COURT_STAGES,
    Kind.PLEA_HELP: frozenset(Stage) - {Stage.DEATH_REVIEW},
}


def faults_of(registration: Registration, today: date) -> tuple[Fault, ...]:
    """Everything that cannot be right, in the order of the fields."""
    return (
        *_date_faults(registration, today),
        *_stage_faults(registration),
        *_person_faults(registration, today),
        *_party_faults(registration),
    )


def _fault(path: str, message: str) -> Fault:
    return Fault(field=FIELD_TITLES[path], message=message)


def _date_faults(case: Registration, today: date) -> Iterator[Fault]:
    if not _FIRST_AID <= case.received_on <= today:
        yield _fault("received_on", f"为{case.received_on.isoformat()}，{_out_of_range(case.received_on, today)}")
    if case.notified_on is not None and not _FIRST_AID <= case.notified_on <= today:
        yield _fault("notified_on", f"为{case.notified_on.isoformat()}，{_out_of_range(case.notified_on, today)}")
    elif case.notified_on is not None and case.notified_on > case.received_on:
        yield _fault("notified_on", "晚于受理日期，请核对")
    if case.hearing_on is not None and case.hearing_on < case.received_on:
        yield _fault("hearing_on", "早于受理日期，请核对")


def _out_of_range(day: date, today: date) -> str:
    return "晚于今天，请核对" if day > today else "年份有误，请核对"


def _stage_faults(case: Registration) -> Iterator[Fault]:
    title = KIND_TITLES[case.kind]
    if case.stage is None:
        if case.kind is Kind.CRIMINAL_DEFENCE:
            yield _fault("stage", "未填写，刑事辩护案件应当填写")
        return
    if case.kind in STAGELESS_KINDS:
        yield _fault("stage", f"应当留空，{title}案件不分阶段")
    elif case.stage not in _STAGES.get(case.kind, frozenset(Stage)):
        allowed = "、".join(STAGE_TITLES[stage] for stage in Stage if stage in _STAGES[case.kind])
        yield _fault("stage", f"“{STAGE_TITLES[case.stage]}”与案件类别“{title}”不符，可填：{allowed}")


def _person_faults(case: Registration, today: date) -> Iterator[Fault]:
    person = case.recipient
    trouble = identity_trouble(person.id_number, case.received_on)
    if trouble:
        yield _fault("recipient.id_number", trouble)
    else:
        yield from _against_identity(case)
    if person.born_on is not None and not date(today.year - _OLDEST, 1, 1) <= person.born_on <= case.received_on:
        yield _fault("recipient.born_on", f"为{person.born_on.isoformat()}，不合情理，请核对")
    yield from _phone_fault("recipient.phone", person.phone)
    if case.representative is not None:
        trouble = identity_trouble(case.representative.id_number, case.received_on)
        if trouble:
            yield _fault("representative.id_number", trouble)
        yield from _phone_fault("representative.phone", case.representative.phone)
    if case.organ is not None:
        yield from _phone_fault("organ.phone", case.organ.phone)


def _against_identity(case: Registration) -> Iterator[Fault]:
    """The day of birth and the sex are written in the number."""
    person = case.recipient
    told = born_by_identity(person.id_number)
    if told is None:
        return
    if person.born_on is not None and person.born_on != told:
        yield _fault("recipient.born_on", f"与身份证号码不一致，按身份证号码为{told.isoformat()}，请核对")
    sex = Sex.MALE if int(_tidy(person.id_number)[16]) % 2 else Sex.FEMALE
    if person.sex is not None and person.sex is not sex:
        yield _fault("recipient.sex", f"与身份证号码不一致，按身份证号码为{SEX_TITLES[sex]}，请核对")


def _tidy(number: str) -> str:
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def born_by_identity(number: str) -> date | None:
    """The day of birth in an identity number of 18 places; None if it holds no day, or is no such number."""
    number = _tidy(number)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def identity_trouble(number: str, on: date) -> str:
    """What is wrong with an identity number (GB 11643—1999) on a day, as a clause; empty if nothing is.

    A number with letters is that of another document (passport, permit), about which nothing is known.
    """
    number = _tidy(number)
    if not number or re.search(r"[A-Z]", number[:-1]):
        return ""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return f"应当为{_ID_LENGTH}位，现为{len(number)}位，请核对"
    born = born_by_identity(number)
    if born is None or not on.year - _OLDEST <= born.year or born > on:
        return "中的出生日期有误，请核对"
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "" if "10X98765432"[total % 11] == number[17] else "的校验位不符，有数字录入错误，请核对"


def _phone_fault(path: str, phone: str) -> Iterator[Fault]:
    plain = unicodedata.normalize("NFKC", phone)
    numbers = [re.sub(r"\D", "", part) for part in re.split(r"[、,;/，；]", plain)]
    odd = re.search(r"[^\d\s()+\-转、,;/—–分机:：]", plain)
    if phone and (odd or not all(7 <= len(number) <= 18 for number in numbers)):  # noqa: PLR2004 - places of a telephone number
        yield _fault(path, "不是有效的电话号码，请核对")


def _party_faults(case: Registration) -> Iterator[Fault]:
    name = "".join(case.recipient.name.split())
    if any("".join(other.split()) == name for other in case.opponents):
        yield _fault("opponents", "含有受援人本人，请核对")
    if case.kind not in _PRISON and case.co_defendants:
        yield _fault("co_defendants", f"只用于刑事案件，{KIND_TITLES[case.kind]}案件应当留空")
    if case.kind not in _PRISON and case.life_or_death:
        yield _fault("life_or_death", f"只用于刑事案件，{KIND_TITLES[case.kind]}案件应当留空或者填“否”")
