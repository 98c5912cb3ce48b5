"""`juanzong letter` and `juanzong templates`: later papers with their numbers, and templates checked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest

from pipeline import registry
from pipeline.cli import main
from pipeline.settings import load_settings
from schemas.case import Custody, Kind, Origin, Stage
from schemas.registration import Organ, Recipient, Registration
from schemas.roster import Assignment, Lawyer

TAKEN = date(2026, 3, 2)
LAWYER = Lawyer(licence="1", name="某乙", firm="某律师事务所")
Run = Callable[..., tuple[object, str]]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An office in an empty folder with two cases, a criminal one that is assigned and a civil one that is not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUANZONG_NUMBERS__AREA_SHORT", "虚")
    monkeypatch.setenv("JUANZONG_OFFICE_NAME", "虚构法律援助处")
    load_settings.cache_clear()
    settings = load_settings()
    registry.open_registry(settings.state)
    civil = Registration(
        received_on=TAKEN, kind=Kind.CIVIL, origin=Origin.APPLIED, recipient=Recipient(name="某甲"), cause="离婚纠纷"
    )
    criminal = Registration(
        received_on=TAKEN, kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST, origin=Origin.APPLIED, cause="盗窃罪",
        recipient=Recipient(name="某丙", custody=Custody.DETAINED, custody_place="某看守所"), organ=Organ(name="某法院"),
    )  # fmt: skip
    for registration in (civil, criminal):
        record = registry.register_case(registration, who="赵一", numbering=settings.numbers)
    registry.record_assignment(
        Assignment(case_number=record.number, lawyer=LAWYER, assigned_on=TAKEN, chosen_by="赵一", why="轮到")
    )
    registry.close_registry()
    yield tmp_path
    load_settings.cache_clear()
    registry.close_registry()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `juanzong …`; gives exit status and everything that was said."""

    def running(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["juanzong", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out + said.err

    return running


CIVIL, CRIMINAL = "虚法援民字〔2026〕1号", "虚法援刑字〔2026〕1号"


def drawn() -> dict[str, int]:
    """How many numbers each word has given."""
    registry.open_registry(load_settings().state)
    try:
        words = [number.word for number in registry.drawn_numbers()]
    finally:
        registry.close_registry()
    return {word: words.count(word) for word in set(words)}


def test_supplement_notice_is_written_with_its_number(office: Path, run: Run) -> None:
    """The letter and its receipt stand in a folder of the case that bears the number."""
    status, said = run(
        "letter", "supplement", CIVIL, "--material", "身份证复印件", "--date", "2026-03-09", "--by", "赵一"
    )
    assert status == 0
    assert "补充材料（说明）通知书（虚法援补字〔2026〕1号）" in said
    (letter,) = office.glob("outbox/*某甲/补充材料（说明）通知书 虚法援补字〔2026〕1号/补充材料*.docx")
    text = "\n".join(line.text for line in docx.Document(str(letter)).paragraphs)
    assert "2026年3月9日" in text
    assert "1. 身份证复印件。" in text


TERMINATE = (
    "letter", "terminate", CRIMINAL, "--ground", "6", "--finding", "受援人已自行委托律师",
    "--date", "2026-03-09", "--by", "赵一",
)  # fmt: skip


def load() -> dict[str, int]:
    """Open cases by licence number."""
    registry.open_registry(load_settings().state)
    try:
        return registry.open_cases()
    finally:
        registry.close_registry()


def test_termination_draws_a_number_for_each_paper_and_closes_the_case(office: Path, run: Run) -> None:
    """Decision and letter, each of its own series; the case no longer loads its lawyer, and the record says why."""
    assert load() == {"1": 1}
    status, said = run(*TERMINATE)
    assert status == 0
    assert "虚法援终字〔2026〕1号" in said
    assert "虚法援终函字〔2026〕1号" in said
    assert "案件已自2026-03-09起终止" in said
    assert load() == {}
    assert len(list(office.glob("outbox/*某丙/*"))) == 1
    shown = run("case", "show", CRIMINAL)[1]
    assert "终止法律援助，自2026-03-09起：终止法律援助决定书 虚法援终字〔2026〕1号、终止法律援助公函" in shown
    assert "（赵一；受援人自行委托律师或者其他代理人；受援人已自行委托律师）" in shown
    assert "虚法援终字，2026年第1号，终止法律援助决定书" in shown


def test_terminated_case_gets_no_more_letters_until_it_is_opened_again(office: Path, run: Run) -> None:
    """Neither a second termination nor a meeting letter; opened again, the numbers go on."""
    run(*TERMINATE)
    for words in (TERMINATE, ("letter", "meeting", CRIMINAL)):
        before = drawn()
        status, said = run(*words)
        assert status == 2
        assert "juanzong case reopen" in said
        assert drawn() == before
    status, said = run("case", "reopen", CRIMINAL, "--why", "决定已撤回", "--by", "赵一")
    assert status == 0
    assert "应当另行书面撤回" in said
    assert load() == {"1": 1}
    assert "虚法援终字〔2026〕2号" in run(*TERMINATE)[1]


def test_termination_that_cannot_be_written_closes_nothing(office: Path, run: Run) -> None:
    """Number, letter and closing are one act."""
    (office / "outbox" / f"{CRIMINAL}_某丙" / "终止法律援助决定书 虚法援终字〔2026〕1号").mkdir(parents=True)
    assert run(*TERMINATE)[0] == 2
    assert load() == {"1": 1}
    assert "终止法律援助，自" not in run("case", "show", CRIMINAL)[1]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("supplement", CIVIL), "应当写明需要补充的材料或者需要说明的事项"),
        (("supplement", CIVIL, "--material", ""), "--material不能为空"),
        (("supplement", "无此案", "--material", "甲"), "没有编号为“无此案”的案件"),
        (("supplement", CIVIL, "--material", "甲", "--date", "三月九日"), "日期“三月九日”写法有误"),
        (("meeting", CIVIL), "尚未指派"),
        (("terminate", CIVIL, "--ground", "1", "--finding", "甲"), "尚未指派"),
    ],
)
def test_what_cannot_be_issued_draws_no_number(office: Path, run: Run, words: tuple[str, ...], complaint: str) -> None:
    """A sentence, the status of wrong use, nothing written, no gap in the numbers."""
    before = drawn()
    status, said = run("letter", *words)
    assert status == 2
    assert complaint in said
    assert not list(office.glob("outbox/**/*.docx"))
    assert drawn() == before


def test_broken_template_draws_no_number(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's own template is tried before anything is booked."""
    own = docx.Document()
    own.add_paragraph("{{ 没有的 }}")
    own.save(str(office / "会见公函.docx"))
    monkeypatch.setenv("JUANZONG_TEMPLATES_DIR", str(office))
    load_settings.cache_clear()
    before = drawn()
    status, said = run("letter", "meeting", CRIMINAL)
    assert status == 2
    assert "没有的" in said
    assert drawn() == before


def test_letter_that_cannot_be_written_gives_its_number_back(office: Path, run: Run) -> None:
    """Something stands where the letter belongs: it is not overwritten, and the number is free again."""
    (office / "outbox" / f"{CRIMINAL}_某丙" / "会见公函 虚法援会函字〔2026〕1号").mkdir(parents=True)
    before = drawn()
    status, said = run("letter", "meeting", CRIMINAL, "--date", "2026-03-09")
    assert status == 2
    assert "已经存在" in said
    assert drawn() == before


def test_letter_cut_short_is_written_under_the_same_number(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recorded and not written: the same command again draws nothing; later it is a new letter."""

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.desk.letters.deliver_case_papers", full)
        status, said = run(*TERMINATE)
    assert status == 2
    assert "以 --date 2026-03-09 重新执行同一命令" in said
    assert load() == {}
    status, said = run(*TERMINATE)
    assert status == 0
    assert "没有重复编号" in said
    assert drawn()["虚法援终字"] == 1
    assert len(list(office.glob("outbox/*某丙/终止法律援助决定书 虚法援终字〔2026〕1号/终止*.docx"))) == 2
    assert run(*TERMINATE)[0] == 2


def test_letters_stand_in_the_record_of_the_case(office: Path, run: Run) -> None:
    """Which, under which number, by whom, and what was asked for; the same letter again is another."""
    words = ("letter", "supplement", CIVIL, "--material", "身份证复印件", "--date", "2026-03-09", "--by", "赵一")
    run(*words)
    assert "虚法援补字〔2026〕2号" in run(*words)[1]
    shown = run("case", "show", CIVIL)[1]
    assert "出具文书：补充材料（说明）通知书 虚法援补字〔2026〕1号（赵一；补充：身份证复印件；期限10个工作日）" in shown
    assert shown.count("出具文书：") == 2


def test_templates_are_listed_with_whose_they_are(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office's own copy is told from the one that came with the program."""
    docx.Document().save(str(office / "指派通知书.docx"))
    monkeypatch.setenv("JUANZONG_TEMPLATES_DIR", str(office))
    load_settings.cache_clear()
    status, said = run("templates", "list")
    assert status == 0
    assert "指派通知书：本机构模板" in said
    assert "会见公函：随附模板" in said


def test_faulty_template_ends_the_check_with_its_place(office: Path, run: Run) -> None:
    """Which file, which paragraph, what to do; status 2."""
    own = docx.Document()
    own.add_paragraph("编号：{{ 文号 }}")
    own.add_paragraph("致：{{ 承办单为 }}")
    own.save(str(office / "指派通知书.docx"))
    status, said = run("templates", "check", str(office), "--quiet")
    assert status == 2
    assert "正文第2段“致：{{ 承办单为 }}”：占位符“承办单为”没有对应的内容。是否应为“承办单位”？" in said


def test_sound_template_is_told_with_its_placeholders(office: Path, run: Run) -> None:
    """What it uses, what it could use, what each stands for."""
    own = docx.Document()
    own.add_paragraph("编号：{{ 文号 }}")
    own.save(str(office / "指派通知书.docx"))
    status, said = run("templates", "check", str(office / "指派通知书.docx"))
    assert status == 0
    assert "已用　文号：" in said
    assert "未用　执业证号：" in said
    assert "1份模板可以使用" in said


@pytest.mark.parametrize(("words", "complaint"), [((), "没有设置"), (("无此文件",), "找不到"), ((".",), "没有模板")])
def test_nothing_to_check_is_told(office: Path, run: Run, words: tuple[str, ...], complaint: str) -> None:
    """Silence would look like success."""
    status, said = run("templates", "check", *words)
    assert status == 2
    assert complaint in said
