"""The sample closing files (样卷) that a newcomer tries the program on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.demo.sample import SampleCase, make_case
from pipeline.demo.writing import write_folder, write_pdf, write_truth, write_zip
from schemas.case import Kind, Origin, Stage

Container = Literal["pdf", "folder", "zip"]


@dataclass(frozen=True)
class Plan:
    """One sample of the default set."""

    name: str
    kind: Kind
    stage: Stage | None
    origin: Origin
    style: str
    container: Container
    defects: tuple[str, ...] = ()
    untidy: bool = False
    digital: str | None = None
    """Type of the papers that came as born-digital PDF."""


@dataclass(frozen=True)
class Written:
    """A sample on disk."""

    name: str
    path: Path
    truth: Path
    case: SampleCase


DEFENCE, FIRST = Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST
PLANS: tuple[Plan, ...] = (
    Plan("01-齐全-刑事一审-通知辩护", DEFENCE, FIRST, Origin.NOTIFIED, "ronghai", "pdf"),
    Plan("02-缺庭审笔录-刑事一审-通知辩护", DEFENCE, FIRST, Origin.NOTIFIED, "yunling", "pdf", ("missing:hearing_record",), untidy=True),
    Plan("03-齐全-刑事侦查-申请", DEFENCE, Stage.INVESTIGATION, Origin.APPLIED, "nanzhu", "folder"),
    Plan("04-委托书未签名-刑事侦查-通知辩护", DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED, "jianglan", "zip", ("unsigned:power_of_attorney",)),
    Plan("05-日期颠倒且缺阅卷笔录-刑事审查起诉-通知辩护", DEFENCE, Stage.PROSECUTION, Origin.NOTIFIED, "nanzhu", "pdf",
         ("out_of_sequence:meeting_record", "missing:file_review_note")),
    Plan("06-齐全-民事诉讼-申请", Kind.CIVIL, FIRST, Origin.APPLIED, "yunling", "folder", digital="outcome_document"),
    Plan("07-姓名不一致且协议未盖章-民事诉讼-申请", Kind.CIVIL, FIRST, Origin.APPLIED, "ronghai", "pdf",
         ("inconsistent:advocacy_statement:recipient_name", "unsealed:representation_agreement"), untidy=True),
    Plan("08-裁决书缺页且缺指派通知书-劳动仲裁-申请", Kind.LABOUR_ARBITRATION, None, Origin.APPLIED, "jianglan", "pdf",
         ("incomplete:outcome_document", "missing:assignment_notice")),
)  # fmt: skip

GUIDE = """样卷说明

本文件夹中的人名、单位、案号、印章和案情全部为虚构，只用于试用和测试，不含任何真实个人信息。

closing-files/  样卷。每一个 PDF、每一个 ZIP、每一个子文件夹各是一宗结案卷宗。
truth/          标准答案（JSON）：每页是什么材料、每份材料写了什么、有无签名盖章、存在哪些缺陷。

试一试：
  juanzong audit closing-files/*

各样卷：
"""


def make_samples(
    folder: Path,
    *,
    count: int | None = None,
    seed: int = 1,
    quality: str = "office",
    progress: Callable[[str], None] | None = None,
) -> list[Written]:
    """Writes sample closing files, their truth and a guide below `folder`; the same arguments give the same bytes.

    `count`: so many of the default set, which starts anew with other people after its end; None: the whole set once.
    `progress` is told the name of each sample before it is made.
    """
    wanted = len(PLANS) if count is None else count
    written = []
    for index in range(wanted):
        plan = PLANS[index % len(PLANS)]
        name = plan.name if index < len(PLANS) else f"{index + 1:02d}{plan.name[2:]}"
        if progress is not None:
            progress(name)
        case = make_case(
            f"{seed}-{index}", plan.kind, plan.stage, plan.origin, plan.style, plan.defects, untidy=plan.untidy
        )
        written.append(_write(case, plan, name, folder, quality))
    guide = GUIDE + "".join(f"  {each.path.name}：{_told(each.case)}\n" for each in written)
    (folder / "说明.txt").write_text(guide, encoding="utf-8")
    return written


def _write(case: SampleCase, plan: Plan, name: str, folder: Path, quality: str) -> Written:
    files = folder / "closing-files"
    if plan.container == "folder":
        path = write_folder(case, quality, files / name, digital=plan.digital)
    elif plan.container == "zip":
        path = write_zip(case, quality, files / f"{name}.zip")
    else:
        path = write_pdf(case, quality, files / f"{name}.pdf")
    return Written(name, path, write_truth(case, quality, folder / "truth" / f"{name}.json"), case)


def _told(case: SampleCase) -> str:
    story = case.story
    state = "材料齐全" if not case.defects else f"有 {len(case.defects)} 处缺陷，见标准答案"
    return f"{story.style.office}，{story.stage_title}，{story.matter.cause}，共 {len(case.pages)} 页，{state}"
