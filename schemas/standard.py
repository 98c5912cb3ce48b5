"""A standard (归档标准): what a closing file must hold, as data.

A standard is a YAML file a jurisdiction. It has *modules* (named lists of items that many checklists share) and
*checklists* (one for a kind and stage, made of modules and own items). A standard may *extend* another and say only
what differs. Where the jurisdiction prescribes a directory, its *slots* give the order, and the volume, of every item. `pipeline.auditing.standards` loads and validates it, with file and line in every message.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from schemas.base import Frozen
from schemas.case import Binding, Kind, Origin, Stage
from schemas.report import Duty as Duty  # noqa: PLC0414 - it is a word of the standard, too
from schemas.report import Effect, Standing


class Need(StrEnum):
    """Whether an item must be there (要求)."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"


class Substitute(Frozen):
    """A paper accepted in place of the item's own (替代材料), for a stated reason."""

    material: str
    reason: str
    """Chinese clause: when it is accepted."""
    needs_confirmation: bool = True
    """True where a person must agree to the reason: the finding is then uncertain instead of absent."""
    contains: str | None = None
    """A regular expression that the substitute's text must match to count, e.g. `未开庭|不开庭|书面审理`."""


class RequiredMark(Frozen):
    """A signature or seal that the item's paper must carry."""

    mark: str
    effect: Effect
    each_page: bool = False
    when: str | None = None
    materials: tuple[str, ...] = ()
    """Which of the item's papers bear it, where they differ: a ruling has the court's seal, an agreement has not. Empty: all."""
    basis: str | None = None
    """None: the item's own basis."""
    standing: Standing | None = None
    """None: the item's own standing, but never official: that a paper is due says nothing of what it bears."""


class RequiredField(Frozen):
    """A field that the item's paper must state, such as its date."""

    field: str
    effect: Effect
    basis: str | None = None
    standing: Standing | None = None


class Item(Frozen):
    """One line of a checklist."""

    key: str
    """Unique in the checklist; the last part of a finding's `rule`."""
    materials: tuple[str, ...] = Field(min_length=1)
    """Types of paper that satisfy it; the first is the one named when it is missing."""
    title: str | None = None
    """Its name in messages, where the first material's title would be too wide, e.g. `起诉意见书或者移送审查起诉告知书`."""
    need: Need
    when: str | None = None
    """Condition over the facts (`schemas.case.FACT_TITLES`), e.g. `origin == applied and not minor`."""
    unless: str | None = None
    """An exception: where it holds, the item is not needed. An exception that nothing in the file speaks for does not
    excuse, whereas an unknown `when` makes the item a question."""
    contains: str | None = None
    """A regular expression that the paper's text must match to satisfy the item, where one type serves several items."""
    titled: str | None = None
    """For forbidden papers: a regular expression that the title or opening must match; `存根` tells a stub."""
    order: int
    volume: str = "main"
    """Id of one of `Standard.volumes`; `main` where there is a single volume."""
    slot: int | None = None
    """Index, from 1, in `Standard.slots`; None where the standard has no directory."""
    duty: Duty = Duty.LAWYER
    effect: Effect
    marks: tuple[RequiredMark, ...] = ()
    fields: tuple[RequiredField, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    remedy: str | None = None
    """What to do when it is missing; None: `请补交《…》。`"""
    basis: str
    standing: Standing
    source: str
    """Where the item comes from, for the office that wants to check it."""

    def standing_of(self, required: RequiredMark | RequiredField) -> Standing:
        """What a mark or field of the paper rests on."""
        if required.standing is not None:
            return required.standing
        return Standing.RECONSTRUCTED if self.standing is Standing.OFFICIAL else self.standing


class Deadline(Frozen):
    """A term (期限), in calendar or working days, or in whole months."""

    days: int = Field(default=0, ge=0)
    months: int = Field(default=0, ge=0)
    working: bool = False
    effect: Effect = Effect.CORRECT
    basis: str
    standing: Standing

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.days == 0) == (self.months == 0):
            raise ValueError("a term has either days or months")
        return self


DEADLINE_TITLES: dict[str, str] = {
    "filing": "承办人提交结案归档材料",
    "review": "法律援助机构审查",
    "cure": "承办人补正",
    "payment": "发放补贴",
}
"""Every term that a standard may set."""


class BoundVolume(Frozen):
    """A volume that a closing file is bound in (分卷), such as 审批卷 and 承办卷."""

    id: str
    title: str
    keeper: Duty = Duty.LAWYER
    """Who makes it up. Where the volumes are bound apart, the lawyer does not hand in the office's."""


class Slot(Frozen):
    """One line of a prescribed directory (归档目录项目), in its words. A slot without papers stays in the directory."""

    number: int = 0
    """As printed; counts anew in each volume."""
    title: str = ""
    materials: tuple[str, ...] = ()
    """Materials, or keys of items, that the line names. The first slot that names an item takes it."""
    also: tuple[str, ...] = ()
    """Those that belong here although the line does not name them."""
    rest: bool = False
    """Takes whatever no other slot takes (其他材料)."""
    unlisted: bool = False
    """A place in the volume that is no line of the directory: cover, directory, 备考表."""
    volume: str = "main"
    basis: str = ""
    """Empty, as are the next two: what the directory as a whole rests on."""
    standing: Standing | None = None
    source: str = ""


class Note(Frozen):
    """A requirement that a person checks on paper, since no scan shows it (人工核对事项)."""

    text: str
    basis: str
    standing: Standing


class RuleSetting(Frozen):
    """A consistency rule that the standard switches on (`pipeline.auditing.rules`), with its effect and basis."""

    rule: str
    effect: Effect
    when: str | None = None
    basis: str
    standing: Standing
    parameters: dict[str, Any] = Field(default_factory=dict)


class Checklist(Frozen):
    """The papers of one kind of case at one stage."""

    kind: Kind
    stages: tuple[Stage | None, ...] = (None,)
    origins: tuple[Origin, ...] = tuple(Origin)
    title: str
    items: tuple[Item, ...]

    @field_validator("items")
    @classmethod
    def _unique(cls, items: tuple[Item, ...]) -> tuple[Item, ...]:
        keys = [item.key for item in items]
        doubled = sorted({key for key in keys if keys.count(key) > 1})
        if doubled:
            raise ValueError(f"two items have the key {doubled[0]!r}")
        return items


class Standard(Frozen):
    """A whole standard, resolved: modules put in, overlays applied."""

    id: str
    title: str
    version: str
    standing: Standing
    effective_from: date | None = None
    effective_to: date | None = None
    office_term: str = "法律援助处"
    lawyer_term: str = "承办人"
    deadlines: dict[str, Deadline] = Field(default_factory=dict)
    volumes: tuple[BoundVolume, ...] = ()
    """The volumes of a closing file; empty: a single one."""
    binding: Binding | None = None
    """How the volumes are bound here; None: it shows in each closing file."""
    slots: tuple[Slot, ...] = ()
    """The prescribed directory; empty: the order of the checklist's items."""
    notes: tuple[Note, ...] = ()
    rules: tuple[RuleSetting, ...] = ()
    presumed: dict[str, bool | str] = Field(default_factory=dict)
    """What a fact counts as where nothing in the file speaks for or against it (推定), so that nobody is asked. A
    presumption can excuse a paper; it never makes one certainly missing."""
    checklists: tuple[Checklist, ...]

    def volume_title(self, item: Item) -> str:
        """The title of the item's volume; empty where there is a single one."""
        return next((volume.title for volume in self.volumes if volume.id == item.volume), "")

    def slot_of(self, item: Item) -> Slot | None:
        """The line of the directory that the item stands in."""
        return self.slots[item.slot - 1] if item.slot is not None else None

    def checklist(self, kind: Kind | None, stage: Stage | None, origin: Origin | None) -> Checklist | None:
        """The checklist for a case; None if the standard has none for it.

        `kind` must be known. An unknown stage or origin (None) fits a checklist only if there is no choice.
        """
        fitting = [
            checklist
            for checklist in self.checklists
            if checklist.kind is kind
            and (stage is None or checklist.stages == (None,) or stage in checklist.stages)
            and (origin is None or origin in checklist.origins)
        ]
        return fitting[0] if len(fitting) == 1 else None
