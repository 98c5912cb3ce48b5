"""What is usual in each kind of case at each stage: roles, organs, words of numbers, names of papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.case import Kind, Stage

Organ = Literal[
    "police", "procuratorate", "court", "higher_court", "supreme_court", "tribunal", "government", "mediators"
]


@dataclass(frozen=True)
class Proceeding:
    """One kind of case at one stage (程序)."""

    role: str
    """What the recipient is called in it."""
    capacity: str
    """What the lawyer is called in it."""
    organ: Organ
    word: str
    """The word in the organ's number of the case, such as 刑初; empty where it has none."""
    series: Literal["刑", "民", "行"]
    """The class in the office's own numbers."""
    aid: str
    """援助形式."""
    lodged: str
    """What the lawyer hands in for the recipient to begin with; empty where nothing is."""
    opinion: str
    ending: str
    """The paper with which the case ends."""
    heard: bool = False
    reviewed: bool = False
    """Whether the lawyer reads the organ's file."""


DEFENCE, VICTIM, TRIAL = Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, "刑事辩护"
AGENT, PROXY = "委托诉讼代理人", "委托代理人"

PROCEEDINGS: dict[tuple[Kind, Stage | None], Proceeding] = {
    (DEFENCE, Stage.INVESTIGATION): Proceeding(
        "犯罪嫌疑人", "辩护人", "police", "", "刑", TRIAL, "", "法律意见书", "移送审查起诉告知书",
    ),
    (DEFENCE, Stage.PROSECUTION): Proceeding(
        "犯罪嫌疑人", "辩护人", "procuratorate", "", "刑", TRIAL, "", "法律意见书", "起诉书", reviewed=True,
    ),
    (DEFENCE, Stage.TRIAL_FIRST): Proceeding(
        "被告人", "辩护人", "court", "刑初", "刑", TRIAL, "", "辩护词", "刑事判决书", heard=True, reviewed=True,
    ),
    (DEFENCE, Stage.TRIAL_SECOND): Proceeding(
        "上诉人", "辩护人", "higher_court", "刑终", "刑", TRIAL, "", "辩护词", "刑事判决书", heard=True, reviewed=True,
    ),
    (DEFENCE, Stage.DEATH_REVIEW): Proceeding(
        "被告人", "辩护人", "supreme_court", "刑核", "刑", TRIAL, "", "辩护意见书", "刑事裁定书", reviewed=True,
    ),
    (DEFENCE, Stage.RETRIAL): Proceeding(
        "原审被告人", "辩护人", "higher_court", "刑再", "刑", TRIAL, "", "辩护词", "刑事判决书", heard=True, reviewed=True,
    ),
    (VICTIM, Stage.PROSECUTION): Proceeding(
        "被害人", "诉讼代理人", "procuratorate", "", "刑", "刑事代理", "", "代理意见", "起诉书", reviewed=True,
    ),
    (VICTIM, Stage.TRIAL_FIRST): Proceeding(
        "被害人", "诉讼代理人", "court", "刑初", "刑", "刑事代理", "", "代理词", "刑事判决书", heard=True, reviewed=True,
    ),
    (Kind.CRIMINAL_CIVIL, Stage.TRIAL_FIRST): Proceeding(
        "附带民事诉讼原告人", "诉讼代理人", "court", "刑初", "刑", "刑事代理", "刑事附带民事起诉状", "代理词", "刑事附带民事判决书",
        heard=True, reviewed=True,
    ),
    (Kind.CIVIL, Stage.TRIAL_FIRST): Proceeding(
        "原告", AGENT, "court", "民初", "民", "民事诉讼代理", "民事起诉状", "代理词", "民事判决书", heard=True,
    ),
    (Kind.CIVIL, Stage.TRIAL_SECOND): Proceeding(
        "上诉人", AGENT, "higher_court", "民终", "民", "民事诉讼代理", "民事上诉状", "代理词", "民事判决书", heard=True, reviewed=True,
    ),
    (Kind.CIVIL, Stage.RETRIAL): Proceeding(
        "再审申请人", AGENT, "higher_court", "民再", "民", "民事诉讼代理", "民事再审申请书", "代理词", "民事判决书", heard=True,
        reviewed=True,
    ),
    (Kind.LABOUR_ARBITRATION, None): Proceeding(
        "申请人", PROXY, "tribunal", "劳人仲案字", "民", "劳动争议调解与仲裁代理", "劳动争议仲裁申请书", "代理词", "仲裁裁决书", heard=True,
    ),
    (Kind.ADMINISTRATIVE, Stage.TRIAL_FIRST): Proceeding(
        "原告", AGENT, "court", "行初", "行", "行政诉讼代理", "行政起诉状", "代理词", "行政判决书", heard=True, reviewed=True,
    ),
    (Kind.ADMINISTRATIVE_RECONSIDERATION, None): Proceeding(
        "申请人", PROXY, "government", "府行复", "行", "行政复议代理", "行政复议申请书", "代理意见", "行政复议决定书",
    ),
    (Kind.NON_LITIGATION, None): Proceeding(
        "申请人", PROXY, "mediators", "", "民", "非诉讼代理", "调解申请书", "法律意见书", "人民调解协议书",
    ),
    (Kind.ENFORCEMENT, None): Proceeding(
        "申请执行人", PROXY, "court", "执", "民", "执行代理", "强制执行申请书", "法律意见书", "执行裁定书",
    ),
    (Kind.DUTY_HELP, Stage.INVESTIGATION): Proceeding(
        "犯罪嫌疑人", "值班律师", "police", "", "刑", "值班律师法律帮助", "", "法律意见书", "",
    ),
    (Kind.DUTY_HELP, Stage.PROSECUTION): Proceeding(
        "犯罪嫌疑人", "值班律师", "procuratorate", "", "刑", "值班律师法律帮助", "", "法律意见书", "",
    ),
    (Kind.PLEA_HELP, Stage.PROSECUTION): Proceeding(
        "犯罪嫌疑人", "值班律师", "procuratorate", "", "刑", "值班律师法律帮助", "", "法律意见书", "认罪认罚具结书",
    ),
    (Kind.DRAFTING, None): Proceeding(
        "申请人", PROXY, "court", "", "民", "代拟法律文书", "民事起诉状", "", "",
    ),
}  # fmt: skip

ACCUSED = frozenset({DEFENCE, Kind.DUTY_HELP, Kind.PLEA_HELP})
"""Kinds in which the recipient is the one who is accused."""
INJURED = frozenset({VICTIM, Kind.CRIMINAL_CIVIL})
"""Kinds in which the recipient is the victim of what someone else is accused of."""
HELPED = frozenset({Kind.DUTY_HELP, Kind.PLEA_HELP})
"""Kinds that know no assignment: the duty lawyer helps on the spot."""
