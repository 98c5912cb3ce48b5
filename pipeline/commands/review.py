"""`juanzong review`: what persons decide about an audited case: findings, corrections, and how the case goes on."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry, tell_open_grounds
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.registry import CaseLife
    from pipeline.settings import Settings
    from schemas.decision import FieldCorrection, PaperCorrection, Verdict
    from schemas.life import Act
    from schemas.report import AuditReport

app = typer.Typer(help="审查后的人工认定、更正和案件流转。", no_args_is_help=True)

CaseName = Annotated[
    str, typer.Argument(help="案件编号，或者发件箱中的案件文件夹名；同号多名受援人的写作“编号|受援人”")
]
Why = Annotated[str, typer.Option("--why", help="理由，记入日志")]

_SAID = re.compile(r"^([^=＝]+)[=＝](.*)$")


@app.command()
def show(case: CaseName) -> None:
    """显示一件案件目前的状态、经过和未了事项。"""
    from pipeline import registry
    from pipeline.commands.review_console import print_life

    settings = office_settings()
    with opened_registry(settings):
        life, record = registry.life(case), registry.latest_round(case)
        decisions = registry.decisions_of(life.key)
        pending = _pending(case, settings)
    print_life(life, record.report, decisions)
    sys.stdout.write(pending)


def _pending(case: str, settings: Settings) -> str:
    """That a notice was recorded as issued and never written."""
    from pipeline.desk.issuing import unwritten_notice

    try:
        place = unwritten_notice(case, settings)
    except UsageError as error:
        return f"请留意：{error.message}\n"
    if place is None:
        return ""
    return f"请留意：已经签发的文书不在 {place}，签发时可能中断。请执行 juanzong review step {case} 签发 补写，编号不变。\n"


@app.command()
def rule(
    case: CaseName,
    findings: Annotated[list[str], typer.Argument(help="审查发现的编号，例如 F3 F5")],
    confirm: Annotated[bool, typer.Option("--confirm", help="属实")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="不成立，或者本案不需要")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回此前的认定")] = False,
    why: Why = "",
    by: By = "",
) -> None:
    """认定审查发现：属实的列入通知，不成立的不再影响补贴。"""
    from pipeline import registry
    from schemas.decision import Ruling

    verdict = _verdict(confirm=confirm, dismiss=dismiss, withdraw=withdraw)
    if dismiss and not why.strip():
        raise UsageError("认定不成立的，请以 --why 写明理由。")
    who, at = acting(by), datetime.now(UTC)
    with opened_registry(office_settings()):
        report = registry.latest_round(case).report
        named = [_identity(report, name) for name in findings]
        rulings = [Ruling(finding=identity, verdict=verdict, by=who, at=at, why=why.strip()) for identity in named]
        with registry.one_act():  # a decision that nobody acts on would look as if it had counted
            registry.record_decisions(case, rulings)
            registry.recheck(case, by=who)
    sys.stdout.write(f"已认定{len(rulings)}项。{_AGAIN}\n")


_AGAIN = "该案将按认定结果重新审查，由 juanzong run 写出复核后的文书。"


def _verdict(*, confirm: bool, dismiss: bool, withdraw: bool) -> Verdict:
    from schemas.decision import Verdict

    chosen = [
        verdict
        for verdict, said in (
            (Verdict.CONFIRMED, confirm), (Verdict.DISMISSED, dismiss), (Verdict.WITHDRAWN, withdraw)
        )
        if said
    ]  # fmt: skip
    if len(chosen) != 1:
        raise UsageError("请写明 --confirm（属实）、--dismiss（不成立）或者 --withdraw（撤回认定），三者择一。")
    return chosen[0]


def _identity(report: AuditReport, name: str) -> str:
    """The identity of a finding of the last round, also of one that was dismissed before."""
    for finding in (*report.findings, *report.dismissed):
        if finding.id == name.strip().upper():
            if finding.identity:
                return finding.identity
            raise UsageError("该案由较早版本审查，请将卷宗重新放入收件箱审查后再作认定。")
    raise UsageError(f"该案最近一次审查没有编号为“{name}”的事项，请用 juanzong review show 核对。")


@app.command()
def correct(
    case: CaseName,
    papers: Annotated[
        list[str] | None, typer.Option("--as", help="某页是何材料，例如 12=会见笔录；12= 为撤回更正")
    ] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--field", help="案件要素，例如 案由=盗窃罪；案由= 为撤回更正")
    ] = None,
    by: By = "",
) -> None:
    """更正识读：某页是何材料，或者某项案件要素；原识读结果保留。"""
    from pipeline import registry

    who = acting(by)
    with opened_registry(office_settings()):
        report = registry.latest_round(case).report
        decided: list[PaperCorrection | FieldCorrection] = [
            *(correction for said in papers or () for correction in _paper(report, said, who)),
            *(_field(said, who) for said in fields or ()),
        ]
        if not decided:
            raise UsageError("请以 --as 或者 --field 写明要更正的内容。")
        with registry.one_act():
            registry.record_decisions(case, decided)
            registry.recheck(case, by=who)
    sys.stdout.write(f"已更正{len(decided)}处。{_AGAIN}\n")


def _paper(report: AuditReport, said: str, who: str) -> list[PaperCorrection]:
    from pipeline.case_file import with_papers
    from schemas.case import KnownCase
    from schemas.decision import PaperCorrection

    taken_back = re.fullmatch(r"\s*(\d{1,4})\s*[=＝]\s*", said)
    known: dict[int, str | None]
    known = {int(taken_back[1]): None} if taken_back else dict(with_papers(KnownCase(), [said]).papers)
    pages = {page.number: page.sha256 for page in report.pages}
    corrections = []
    for number, type_ in known.items():
        if not pages.get(number):
            raise UsageError(f"该案最近一次审查的卷宗没有第{number}页，或者该页未能识读。")
        corrections.append(PaperCorrection(page=pages[number], type=type_, by=who, at=datetime.now(UTC)))
    return corrections


def _field(said: str, who: str) -> FieldCorrection:
    from pipeline.knowing import CORRECTABLE
    from schemas.decision import FieldCorrection
    from schemas.volume import FIELD_TITLES

    match = _SAID.match(said.strip())
    names = {title: name for name, title in FIELD_TITLES.items() if name in CORRECTABLE}
    field = names.get(match[1].strip(), match[1].strip()) if match else ""
    if match is None or field not in CORRECTABLE:
        raise UsageError(f"--field 应当写作“要素=内容”，要素可以是：{'、'.join(sorted(names))}；不能识别“{said}”。")
    value = match[2].strip() or None
    if value is not None and field.endswith("_on"):
        value = _day(value)
    return FieldCorrection(field=field, value=value, by=who, at=datetime.now(UTC))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"日期应当写作 2024-03-05；“{text}”不是日期。") from error


@app.command()
def step(
    case: CaseName,
    act: Annotated[str, typer.Argument(help="签发、核卷、审批、发放、不予发放、归档、抽评、撤销")],
    why: Why = "",
    by: By = "",
) -> None:
    """办理下一步：签发补正通知、核卷、审批补贴（须另一人）、发放、不予发放、归档、抽评，或者撤销上一步。"""
    from pipeline import registry
    from schemas.life import STATE_TITLES, Act

    chosen, settings, who = _act(act), office_settings(), acting(by)
    with opened_registry(settings):
        if chosen is Act.ISSUE_NOTICE:
            life = _issue(case, settings, who, why.strip())
        else:
            before = registry.life(case)
            life = registry.record_act(case, chosen, by=who, why=why.strip())
            if chosen is Act.UNDO:
                _tell_void(before)
            if chosen is Act.ARCHIVE:
                sys.stdout.write(f"归档副本用 juanzong archive {case} --out 文件夹 制作。\n")
            if chosen is Act.REFUSE:
                sys.stdout.write("告知书用 juanzong papers refusal 审查报告.json --why 事由 编号、签发。\n")
    now = STATE_TITLES[life.state] if life.state is not None else "尚未审查"
    sys.stdout.write(f"已记录。该案目前：{now}。\n")


def _issue(case: str, settings: Settings, who: str, why: str) -> CaseLife:
    """Issues the notice and says where it lies, under which number."""
    from pipeline.desk.issuing import issue_notice, told

    done = issue_notice(case, settings, date.today(), who=who, why=why)  # noqa: DTZ011 - the office's own day
    verb = "已签发" if done.anew else "此前已经签发，没有重复编号，现补写文书"
    sys.stdout.write(f"{verb}：{told(done.papers)}。\n文书：{done.folder}\n请核对、打印、盖章后送达。\n")
    if settings.mail.enabled:
        sys.stdout.write(
            "以电子邮件送达的，将盖章扫描件（PDF 或者 OFD，文件名以“补正通知书”开头）放入上述文件夹，"
            f"再执行 juanzong mail notice {case}。\n"
        )
    tell_open_grounds(done.open_grounds, f"执行 juanzong review again {case} 重新审查出稿，不再带该注")
    return done.life


def _tell_void(before: CaseLife) -> None:
    """What became void with what was undone."""
    from schemas.life import standing_events

    numbers = [paper.number for paper in standing_events(before.events)[-1].papers if paper.number]
    if numbers:
        sys.stdout.write(f"编号{'、'.join(numbers)}已随之作废，不再使用；文书已经送达的，应当书面撤回。\n")


def _act(name: str) -> Act:
    from schemas.life import STEPS

    found = STEPS.get(name.strip())
    if found is None:
        raise UsageError(f"没有“{name}”这一步，可用：{'、'.join(STEPS)}。")
    return found


@app.command()
def again(case: CaseName, by: By = "") -> None:
    """重新审查一件案件：依据已经确认、归档标准或者设置已经变更的，按现行的标准重新出稿；已经识读的页面不再识读。"""
    from pipeline import registry
    from pipeline.desk.correcting import SETTLED
    from schemas.life import CaseState

    with opened_registry(office_settings()):
        state = registry.life(case).state
        if state in SETTLED:
            raise UsageError("该案结案卷宗已经核卷或者办结，没有重新审查；确需重新审查的，请先撤销核卷。")
        waits = not registry.recheck(case, by=acting(by))
    sys.stdout.write("该案已经在排队等待审查。\n" if waits else "该案将重新审查，由 juanzong run 写出复核后的文书。\n")
    if state is CaseState.CURING:
        sys.stdout.write("请留意：该案已经签发补正通知；重新审查后仍须补正的，应当重新签发。\n")


@app.command()
def join(
    papers: Annotated[str, typer.Argument(help="补交材料放入收件箱时的文件名或者文件夹名")],
    case: CaseName,
    by: By = "",
) -> None:
    """指明一份补交材料属于哪一案：并入该案卷宗重新审查。"""
    from pipeline import registry

    with opened_registry(office_settings()):
        registry.tell_case(papers, case, by=acting(by))
    sys.stdout.write("已记录。该材料将并入该案卷宗重新审查，由 juanzong run 写出文书。\n")
