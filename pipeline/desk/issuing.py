"""Issuing (签发): a notice or a refusal goes out under its number, and the case's record says so.

The number is drawn and the act recorded in one transaction; the letters are written afterwards from what was recorded.
Killed before the end of the transaction, nothing has happened; killed after it, the same command again writes the
letters under the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.delivering import deliver_issued, note_own_copy, to_pdf
from pipeline.desk.numbering import booked, numbered, series_of
from pipeline.desk.outbox import demand_connected, demand_outbox
from pipeline.desk.papers import office_of
from pipeline.desk.terms import cure_terms
from pipeline.drafting import (
    draft,
    draft_refusal,
    draft_refusal_receipt,
    ends_by_receipt,
    has_number_blank,
    made_final,
    numbered_receipt,
    paper_file,
    paper_text,
)
from pipeline.errors import UsageError
from pipeline.registry import CaseLife, RoundRecord
from pipeline.settings import Settings
from schemas.case import Kind, Stage
from schemas.draft import DRAFT_TITLES, Draft, DraftKind, Refusal
from schemas.issuing import IssuedPaper
from schemas.life import Act, CaseState, Event, objection, standing_events
from schemas.numbering import LETTER_WORDS, Series
from schemas.report import AuditReport

FOLDER = "签发文书"
_MARK, _OPEN, _NOTE = "（草稿）", "依据待核", "注："
_MARKED = re.compile(r"[^。；，]*※")
"""The clause that ends with the mark of an open ground."""
_WITH_NOTICE = (DraftKind.DEFICIENCY_NOTICE, DraftKind.SUBSIDY_SUSPENSION)


@dataclass(frozen=True)
class Issued:
    """What was issued: the letters with their numbers, and the folder in which they lie."""

    life: CaseLife
    papers: tuple[IssuedPaper, ...]
    folder: Path
    anew: bool
    """False where it had been recorded before and only the letters were written."""
    open_grounds: tuple[str, ...] = ()
    """What the letters still mark as not held against the official text (依据待核), each with the letter's title."""


@dataclass(frozen=True)
class _Letters:
    """The letters as drafted, and the 送达回证 that goes with them."""

    drafts: tuple[Draft, ...]
    receipt: Draft | None
    round: RoundRecord


def issue_notice(case: str, settings: Settings, today: date, *, who: str, why: str = "") -> Issued:
    """Issues the deficiency notice (补正通知书) of the case's last round, as it lies in the round's folder.

    Raises UsageError where it may not be issued now, or where there is nothing to issue.
    """
    demand_outbox(settings)
    with registry.one_act():
        life, record = registry.life(case), registry.latest_round(case)
        folder = settings.outbox / registry.round_folder(case)
        done = _recorded(life, Act.ISSUE_NOTICE, record.number)
        if done is not None and not _lies_at(folder, done.papers).exists():
            return Issued(life, done.papers, _written(_notice(record, folder, settings), done, folder, settings), False)
        _demand(life, Act.ISSUE_NOTICE, who)
        registry.demand_settled(case)
        letters = _notice(record, folder, settings)
        papers = _numbered(letters, record, today, settings, who)
        life = registry.record_act(record.case_key, Act.ISSUE_NOTICE, by=who, why=why, papers=papers)
    event = standing_events(life.events)[-1]
    open_ = tuple(note for each in letters.drafts for note in _open_grounds(each))
    return Issued(life, papers, _written(letters, event, folder, settings), anew=True, open_grounds=open_)


def issue_refusal(report: AuditReport, refusal: Refusal, folder: Path, settings: Settings, today: date) -> Issued:
    """Records that the case is not paid, where nobody has yet, and issues the letter that says so, into `folder`.

    Raises UsageError where the report is not that of the case's last round, or the decision may not be taken now.
    """
    demand_outbox(settings, folder)
    record = demand_last_round(report)
    who, why, letters = refusal.decided_by, _said(refusal), _refusal(record, refusal, settings)
    with registry.one_act():
        life = registry.life(record.case_key)
        done = _recorded(life, Act.TELL_REFUSAL, record.number)
        if done is not None and not _place(folder, done.papers).exists():
            if done.why != why:
                raise UsageError(
                    f"该案已由{done.by}决定不予发放补贴，所记事由是“{done.why}”。补写文书请照录所记的内容。"
                )
            return Issued(life, done.papers, _written(letters, done, folder, settings), anew=False)
        registry.demand_settled(record.case_key)
        if life.state is not CaseState.REFUSED:
            life = registry.record_act(record.case_key, Act.REFUSE, by=who, why=why)
        elif done is not None:
            raise UsageError(
                f"该案已由{done.by}签发不予发放补贴告知书，文书在 {_place(folder, done.papers)}，没有重复签发。"
            )
        papers = _numbered(letters, record, today, settings, who)
        life = registry.record_act(record.case_key, Act.TELL_REFUSAL, by=who, why=why, papers=papers)
    event = standing_events(life.events)[-1]
    open_ = tuple(note for each in letters.drafts for note in _open_grounds(each))
    return Issued(life, papers, _written(letters, event, folder, settings), anew=True, open_grounds=open_)


def _open_grounds(letter: Draft) -> Iterator[str]:
    """`补正通知书：某办法第十九条※`, each once; the note below the text is not one of them."""
    text, title = paper_text(letter.content, letter.file_name), DRAFT_TITLES[letter.kind]
    lines = [line for line in text.splitlines() if not line.strip().startswith(_NOTE)]
    marked = dict.fromkeys(found.strip() for line in lines for found in _MARKED.findall(line))
    if not marked and _OPEN in text:
        marked = {f"注有“{_OPEN}”": None}
    for found in marked:
        yield f"{title}：{found}"


def _said(refusal: Refusal) -> str:
    """The decision as the record keeps it: reasons, basis, day."""
    reasons = "；".join(reason.rstrip("。；") for reason in refusal.reasons)
    basis = f"；依据：{refusal.basis}" if refusal.basis else ""
    return f"{reasons}{basis}；决定日期：{refusal.decided_on.isoformat()}"


def demand_last_round(report: AuditReport) -> RoundRecord:
    """The round of this report. Raises UsageError where the registry has none, or a later one."""
    record = registry.round_of(report)
    if record is None:
        raise UsageError(
            "台账中没有这份审查报告，决定无从记录。请使用 juanzong run 写出的、该案最近一次审查的审查报告.json；"
            "只需要草稿的，加 --draft。"
        )
    last = registry.latest_round(record.case_key)
    if (last.number, last.revision) != (record.number, record.revision):
        raise UsageError(
            f"这是第{record.number}次审查的报告，该案此后又经审查（第{last.number}次），请以最近一次的报告为准。"
        )
    return record


def _recorded(life: CaseLife, act: Act, round_number: int) -> Event | None:
    """The act, where it is the last that counts and was done on this round."""
    standing = standing_events(life.events)
    last = standing[-1] if standing else None
    return last if last is not None and last.act is act and last.round == round_number and last.papers else None


def issued_notice(life: CaseLife, round_number: int, folder: Path) -> Path | None:
    """Where the notice lies that was issued in this round, whose folder is `folder`, and stands; None without one."""
    standing = standing_events(life.events)
    issued = [each for each in standing if each.act is Act.ISSUE_NOTICE and each.round == round_number and each.papers]
    return _lies_at(folder, issued[-1].papers) if issued else None


def unwritten_notice(case: str, settings: Settings) -> Path | None:
    """Where the notice should lie that was issued last, and does not: whoever issued it was cut short. Else None.

    Raises UsageError where the outbox is not connected.
    """
    life, record = registry.life(case), registry.latest_round(case)
    done = _recorded(life, Act.ISSUE_NOTICE, record.number)
    if done is None:
        return None
    demand_connected(settings)
    place = _lies_at(settings.outbox / registry.round_folder(case), done.papers)
    return None if place.exists() else place


def _lies_at(folder: Path, papers: Sequence[IssuedPaper]) -> Path:
    """Where the letters lie: in the folder of the audit on which they were issued, behind which others may have come (复核)."""
    place = _place(folder, papers)
    rounds = sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []
    return next((each / place.name for each in rounds if (each / place.name).is_dir()), place)


def _demand(life: CaseLife, act: Act, who: str) -> None:
    against = objection(act, who, life.events)
    if against:
        raise UsageError(against)


def _notice(record: RoundRecord, folder: Path, settings: Settings) -> _Letters:
    """As they lie in the folder, where a clerk may have worked on them; the notice is drafted again if it is gone."""
    found = [_lying(folder, kind) for kind in _WITH_NOTICE]
    drafts = [each for each in found if each is not None]
    if found[0] is None:
        office, day = office_of(settings), record.audited_at.astimezone().date()
        made = draft(record.report, office, day, record.number, cure_terms(record.report, office, day))
        drafts = [*(each for each in made if each.kind is DraftKind.DEFICIENCY_NOTICE), *drafts]
    if not drafts or drafts[0].kind is not DraftKind.DEFICIENCY_NOTICE:
        raise UsageError("最近一次审查没有需要承办人补正的确定事项，没有补正通知书可以签发。")
    return _Letters(tuple(drafts), _lying(folder, DraftKind.SERVICE_RECEIPT), record)


def _lying(folder: Path, kind: DraftKind) -> Draft | None:
    """The draft in the round's folder, else what a clerk has finished under the name without the mark of a draft."""
    name = Path(paper_file(kind))
    newer = [path.name for path in folder.glob(f"{name.stem}（新稿*{name.suffix}")]
    if newer:
        raise UsageError(
            f"{folder} 中有“{newer[0]}”，与“{name.name}”并存。请核对后只保留一份（名为“{name.name}”），再签发。"
        )
    for each in (name.name, name.name.replace(_MARK, "")):
        try:
            return Draft(kind=kind, file_name=each, content=(folder / each).read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UsageError(f"{folder / each} 无法读取，请关闭已经打开的文件，核对权限后再签发。") from error
    return None


def _refusal(record: RoundRecord, refusal: Refusal, settings: Settings) -> _Letters:
    office = office_of(settings)
    letter = draft_refusal(record.report, office, refusal, record.number)
    return _Letters((letter,), draft_refusal_receipt(record.report, office), record)


def _numbered(
    letters: _Letters, record: RoundRecord, today: date, settings: Settings, who: str
) -> tuple[IssuedPaper, ...]:
    """Each letter with its number: drawn where it has a blank for one, booked where a clerk has written one on it."""
    case, kind, stage = _class_of(record, settings)
    return tuple(
        _number(each, case, series_of(each.kind, kind, stage, today, settings), who) for each in letters.drafts
    )


def _number(letter: Draft, case: str, series: Series, who: str) -> IssuedPaper:
    text = paper_text(letter.content, letter.file_name)
    if has_number_blank(text):
        return numbered(letter.kind, case, series, who)
    sequence = series.sequence_in(text)
    if sequence is not None:
        return booked(letter.kind, case, series, sequence, who)
    return IssuedPaper(kind=letter.kind, number="")


def _class_of(record: RoundRecord, settings: Settings) -> tuple[str, Kind, Stage | None]:
    """What the numbers are for, and the kind and stage that may stand in them: as registered, else as the audit found."""
    number = registry.case_number(record.report)
    registered = registry.find_case(number) if number else None
    if registered is not None:
        return registered.number, registered.registration.kind, registered.registration.stage
    case = record.report.case
    kind = case.kind if case is not None else None
    if kind is None:
        _demand_no_class(settings)
    return number or record.name, kind or Kind.CIVIL, case.stage if case is not None else None


def _demand_no_class(settings: Settings) -> None:
    words = [LETTER_WORDS[kind] for kind in (*_WITH_NOTICE, DraftKind.SUBSIDY_REFUSAL)]
    patterns = (settings.numbers.letter, *(settings.numbers.letters.get(word, "") for word in words))
    if any("{class}" in pattern or "{stage}" in pattern for pattern in patterns):
        raise UsageError("该案的案件类别未能确认，而文书编号含有类别字。请先登记该案（juanzong case add），再签发。")


def folder_name(papers: Sequence[IssuedPaper]) -> str:
    """`签发文书 虚法援正字〔2026〕1号`: the folder of what was issued together."""
    number = next((paper.number for paper in papers if paper.number), "")
    return f"{FOLDER} {number}".strip()


def _place(folder: Path, papers: Sequence[IssuedPaper]) -> Path:
    return folder / folder_name(papers)


def _written(letters: _Letters, event: Event, folder: Path, settings: Settings) -> Path:
    """Writes the letters as the event has them; what stands there already is left."""
    numbers = {paper.kind: paper.number for paper in event.papers}
    day = event.at.astimezone().date()
    made = [
        Draft(
            kind=each.kind,
            file_name=paper_file(each.kind).replace(_MARK, ""),
            content=made_final(each.content, each.file_name, numbers[each.kind], day, _terms(letters, day, settings)),
        )
        for each in letters.drafts
        if each.kind in numbers
    ]
    if letters.receipt is not None:
        filled = numbered_receipt(letters.receipt.content, letters.receipt.file_name, event.papers)
        made.append(letters.receipt.model_copy(update={"content": filled}))
    place = _place(folder, event.papers)
    try:
        deliver_issued(made, place, settings.outbox)
    except OSError as error:
        raise UsageError(
            f"已经记录签发，但文书未能写入 {place}，请核对路径、权限和磁盘空间后重新执行同一命令：不会重复签发、重复编号。"
        ) from error
    if settings.pdf_copies:
        for letter in sorted(place.glob("*.docx")):
            to_pdf(letter, note=lambda content: note_own_copy(content, place, settings.outbox))
    return place


def _terms(letters: _Letters, day: date, settings: Settings) -> tuple[str, str]:
    """The last days of the term as the draft has them, and as they are for a notice that goes out on `day`."""
    report, office = letters.round.report, office_of(settings)
    drafted = letters.round.audited_at.astimezone().date()
    before, now = (ends_by_receipt(cure_terms(report, office, each)) for each in (drafted, day))
    return (before, now) if before != now else ("", "")


def told(papers: Sequence[IssuedPaper]) -> str:
    """`补正通知书（虚法援正字〔2026〕1号）、…`"""
    return "、".join(f"{DRAFT_TITLES[paper.kind]}（{paper.number or '未编号'}）" for paper in papers)
