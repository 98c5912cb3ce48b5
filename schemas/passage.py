"""A passage (摘录): what a paper says of the case, in its own words, with where it stands."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from schemas.base import Frozen, State


class Topic(StrEnum):
    """What a passage is about, in the order of a summary."""

    CLAIM = "claim"
    FACTS = "facts"
    OPINION = "opinion"
    ADOPTION = "adoption"
    OUTCOME = "outcome"
    BENEFIT = "benefit"


TOPIC_TITLES: dict[Topic, str] = {
    Topic.CLAIM: "指控或者请求",
    Topic.FACTS: "案情",
    Topic.OPINION: "主要辩护、代理意见",
    Topic.ADOPTION: "意见采纳情况",
    Topic.OUTCOME: "处理结果",
    Topic.BENEFIT: "挽回损失或者取得利益",
}


class Passage(Frozen):
    """Words of one paper, as read; `……` stands where the paper goes on."""

    topic: Topic
    text: str
    document: int = Field(ge=0)
    """Index in the report's documents."""
    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)
    names: tuple[str, ...] = ()
    """Persons whom it names, as far as can be told: they are masked where it is published."""
    state: State
    """UNCERTAIN where the paper is only probably of its type, or a page of it was read poorly."""
