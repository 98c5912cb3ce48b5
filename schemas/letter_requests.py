"""What a person decides before one of the later papers of a case is drafted."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from schemas.base import Frozen

Clause = Annotated[str, Field(min_length=1, max_length=500)]
"""Part of a sentence, without its full stop."""


class TerminationGround(StrEnum):
    """The eight grounds of article 48 of 《法律援助法》, in its order."""

    DECEPTION = "deception"
    CONCEALMENT = "concealment"
    ILLEGAL_USE = "illegal_use"
    MEANS_CHANGED = "means_changed"
    CASE_ENDED = "case_ended"
    OWN_LAWYER = "own_lawyer"
    REQUESTED = "requested"
    OTHER = "other"


TERMINATION_GROUND_TITLES: dict[TerminationGround, str] = {
    TerminationGround.DECEPTION: "受援人以欺骗或者其他不正当手段获得法律援助",
    TerminationGround.CONCEALMENT: "受援人故意隐瞒与案件有关的重要事实或者提供虚假证据",
    TerminationGround.ILLEGAL_USE: "受援人利用法律援助从事违法活动",
    TerminationGround.MEANS_CHANGED: "受援人的经济状况发生变化，不再符合法律援助条件",
    TerminationGround.CASE_ENDED: "案件终止审理或者已经被撤销",
    TerminationGround.OWN_LAWYER: "受援人自行委托律师或者其他代理人",
    TerminationGround.REQUESTED: "受援人有正当理由要求终止法律援助",
    TerminationGround.OTHER: "法律法规规定的其他情形",
}
"""In the law's own words, which a decision quotes."""


class Supplement(Frozen):
    """What an applicant has to hand in or to explain (补充材料、作出说明)."""

    materials: tuple[Clause, ...] = ()
    points: tuple[Clause, ...] = ()
    days: int = Field(ge=1, le=365)
    """The term, in days from receipt."""
    working_days: bool = True

    @model_validator(mode="after")
    def _asks_for_something(self) -> Supplement:
        if not self.materials and not self.points:
            raise ValueError("应当写明需要补充的材料或者需要说明的事项")
        return self


class LawyerChange(Frozen):
    """Why the lawyer is changed (更换法律援助人员), and within what time."""

    requested_on: date
    requested_by: Clause = "受援人"
    reason: Clause
    days: int = Field(ge=1, le=60)
    """Working days in which the firm hands over."""


class Termination(Frozen):
    """Why legal aid is ended (终止法律援助)."""

    ground: TerminationGround
    finding: Clause
    """What was found (查明的事实), e.g. `受援人已于2026年5月6日自行委托律师`."""
    ends_on: date
