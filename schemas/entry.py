"""An entry (受理登记): what came in that is no closing file, and what became of it."""

from __future__ import annotations

from schemas.base import Frozen, State
from schemas.registration import Registration


class Fault(Frozen):
    """What is wrong with one field of a registration: the field's Chinese title and a clause that says what to do."""

    field: str
    message: str

    @property
    def sentence(self) -> str:
        return f"“{self.field}”{self.message}" if self.field else self.message


class RegistrationRow(Frozen):
    """One row of a registration workbook (受理登记表), read: a registration, or what is wrong with the row."""

    sheet: str
    row: int
    number: str = ""
    """案件编号 as the office has filled it in; empty where one is to be given."""
    registration: Registration | None = None
    faults: tuple[Fault, ...] = ()


class RegistrationSheet(Frozen):
    """A registration workbook, read."""

    rows: tuple[RegistrationRow, ...]


class RowOutcome(Frozen):
    """What became of one row (处理结果)."""

    sheet: str
    row: int
    registered: bool
    """Stands in the registry now, whether by this row or since earlier."""
    differs: bool = False
    """Stands there with other values than the row's: a person has to say which are right."""
    number: str = ""
    message: str


class ProposedValue(Frozen):
    """One field of a proposed registration, as it was read from the application."""

    path: str
    """As in `Registration`, with dots: `recipient.name`."""
    value: str
    state: State
    page: int | None = None


class Proposal(Frozen):
    """A registration proposed for confirmation (登记草稿), read from a scanned application."""

    name: str
    """The clerk's name for the scan."""
    pages: int
    papers: tuple[str, ...]
    """Titles of the papers in it."""
    values: tuple[ProposedValue, ...]
    remark: str = ""
    """What else the clerk should know, a Chinese sentence: a namesake who is registered already."""


class Entry(Frozen):
    """What came of a drop that is no closing file: the outcomes of a workbook's rows, or a proposal."""

    rows: tuple[RowOutcome, ...] = ()
    proposal: Proposal | None = None
