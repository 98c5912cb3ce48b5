"""A volume (卷宗): the pages of a closing file, sorted into documents."""

from __future__ import annotations

from pydantic import Field

from schemas.base import Box, Frozen, Score, State
from schemas.case import CaseFacts
from schemas.reading import PageReading


class Page(Frozen):
    """One page of the closing file, read. `number` counts from 1 through the whole file."""

    number: int = Field(ge=1)
    reading: PageReading
    part: str = ""
    """The part (file name) of the closing file that it came from, as the clerk knows it."""
    part_page: int = 1


class Candidate(Frozen):
    """A type of paper that a page, or a run of pages, might be."""

    type: str
    score: Score


class CataloguedPage(Frozen):
    """A page and what cataloguing decided about it.

    `certain` says that the page surely belongs to its document's type. `candidates` lists every type that the page
    could be, its own type included, best first. A page has an *alibi* against a type if it is certain and does not
    list that type; blank pages are certain and list nothing; unreadable pages are never certain.
    """

    page: Page
    document: int | None = None
    """Index in `Volume.documents`."""
    certain: bool = False
    candidates: tuple[Candidate, ...] = ()
    also: tuple[str, ...] = ()
    """Types of further papers on the same sheet: of two leaves scanned side by side, the one that is not the document's."""
    reasons: tuple[str, ...] = ()
    """Why, in Chinese clauses, for `juanzong explain`."""


class FieldValue(Frozen):
    """A value read from a paper: found, missing or uncertain, with where and how sure.

    Dates are ISO 8601 (`2024-03-05`); numbers and names are normalised (half-width, brackets 〔〕).
    """

    value: str | None
    state: State
    page: int | None = None
    box: Box | None = None
    score: Score = 0.0


class Mark(Frozen):
    """A signature or seal that a paper carries, lacks, or may carry."""

    state: State
    page: int | None = None
    box: Box | None = None
    score: Score = 0.0
    detail: str = ""
    """What is known beyond the state, in Chinese: the seal's text, the pages of a record that are not signed."""


TYPED = "仅有打印的姓名"
"""What `Mark.detail` ends with where a name is printed in the place of a signature."""

MARK_TITLES: dict[str, str] = {
    "recipient_signature": "受援人签名",
    "lawyer_signature": "承办人签名",
    "staff_signature": "法律援助机构工作人员签名",
    "office_seal": "法律援助机构公章",
    "firm_seal": "承办单位公章",
    "organ_seal": "办案机关印章",
}

FIELD_TITLES: dict[str, str] = {
    "date": "日期",
    "number": "文书编号",
    "recipient_name": "受援人姓名",
    "recipient_id_number": "身份证号码",
    "lawyer_name": "承办人",
    "firm_name": "承办单位",
    "organ_name": "办案机关",
    "organ_case_number": "办案机关案号",
    "cause": "案由",
    "case_number": "案件编号",
    "assigned_on": "指派日期",
    "closed_on": "结案日期",
    "stage": "办案阶段",
    "hearing_date": "开庭日期",
    "phone": "联系电话",
    "result": "结案方式",
}


class Document(Frozen):
    """A paper (材料) in the volume: consecutive pages of one type."""

    type: str
    """An id of `schemas.materials`, or `other`."""
    title: str
    """As read from the paper, else the canonical title of its type."""
    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)
    state: State
    """FOUND: surely of this type; UNCERTAIN: probably."""
    score: Score
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    marks: dict[str, Mark] = Field(default_factory=dict)
    texts: tuple[str, ...] = ()
    """Text of each page, for rules that look into it. Not part of the report."""
    page_marks: dict[str, dict[int, Mark]] = Field(default_factory=dict)
    """For records signed on each page: mark name to page number to mark."""

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


class Volume(Frozen):
    """A closing file, catalogued."""

    pages: tuple[CataloguedPage, ...]
    documents: tuple[Document, ...]
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    """Case fields, weighed over all papers (`recipient_name`, `case_number`, …)."""
    facts: CaseFacts = CaseFacts()
    supplement_from: int | None = None
    """The first page of what was handed in later (补正材料); None where everything came at once."""

    def of_type(self, *types: str) -> tuple[tuple[int, Document], ...]:
        """The documents of any of `types`, each with its index, in page order."""
        return tuple((index, doc) for index, doc in enumerate(self.documents) if doc.type in types)
