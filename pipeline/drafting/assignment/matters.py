"""How the papers call a case: its name, its stage, what is asked for, and when a mandate ends."""

from __future__ import annotations

from pipeline.drafting.assignment.parties import CRIMINAL, position
from schemas.case import STAGE_TITLES, Kind, Stage
from schemas.registration import Registration

_ENDS: dict[Stage, str] = {
    Stage.INVESTIGATION: "侦查终结",
    Stage.PROSECUTION: "审查起诉终结",
    Stage.TRIAL_FIRST: "一审终结",
    Stage.TRIAL_SECOND: "二审终结",
    Stage.DEATH_REVIEW: "死刑复核终结",
    Stage.RETRIAL: "再审终结",
}
_ACCUSED_STAGES = frozenset({Stage.INVESTIGATION, Stage.PROSECUTION, Stage.TRIAL_FIRST, None})
"""Before the first judgment somebody is only suspected (涉嫌); afterwards the charge stands alone."""
_OF_A_VICTIM = frozenset({Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL})
_FEW = 2
"""Opponents named in a case's name; more are `等`."""


def cause(registration: Registration) -> str:
    """案由 or 罪名, bare: without `涉嫌` before it and `一案` behind it."""
    text = registration.cause.strip()
    return text.removeprefix("涉嫌").removesuffix("一案") or text


def case_name(registration: Registration) -> str:
    """The case as a letter calls it: `被告人陈小满涉嫌盗窃罪一案`, `原告甲与乙公司追索劳动报酬纠纷一案`.

    A victim's case is not named after the victim, who is not accused: `故意伤害罪一案（受援人系被害人王某）`.
    """
    who = f"{position(registration)}{registration.recipient.name}"
    name = cause(registration)
    end = "" if name.endswith("案") else "一案"
    if registration.kind in _OF_A_VICTIM:
        return f"{name}{end}（受援人系{who}）"
    if registration.kind is Kind.CRIMINAL_DEFENCE:
        return f"{who}{'涉嫌' if registration.stage in _ACCUSED_STAGES else ''}{name}{end}"
    return f"{who}{_against(registration)}{name}{end}"


def _against(registration: Registration) -> str:
    names = registration.opponents
    if not names:
        return ""
    return f"与{'、'.join(names[:_FEW])}{f'等{len(names)}方' if len(names) > _FEW else ''}"


def stage_title(registration: Registration) -> str:
    return STAGE_TITLES[registration.stage] if registration.stage is not None else ""


def matter(registration: Registration) -> str:
    """What aid is asked for (申请事项), else the case's own name without who."""
    if registration.matter:
        return registration.matter
    name = cause(registration)
    return f"{name}{'' if name.endswith('案') else '一案'}"


def mandate_end(registration: Registration) -> str:
    """Until when the mandate runs: the end of the stage, else of the matter."""
    if registration.stage is not None:
        return f"本案{_ENDS[registration.stage]}"
    return "" if registration.kind in CRIMINAL else "本案办理终结"
