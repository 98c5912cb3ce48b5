"""`juanzong case`: registering, listing, the workbook, numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipeline import registry
from pipeline.cli import main
from pipeline.settings import load_settings

CASE = """\
received_on: 2024-03-05
kind: civil
origin: applied
recipient: {name: 某甲}
cause: 离婚纠纷
"""


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUANZONG_STATE", str(tmp_path / "台账"))
    monkeypatch.setenv("JUANZONG_NUMBERS__AREA_SHORT", "虚")
    load_settings.cache_clear()
    yield tmp_path
    load_settings.cache_clear()
    registry.close_registry()


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs `juanzong case …`; gives exit status and everything that was said."""

    def running(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["juanzong", "case", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out + said.err

    return running


def test_a_case_is_registered_listed_and_shown(run, office):
    """With the number that it gets; the list names who handles it."""
    (office / "案件.yaml").write_text(CASE, encoding="utf-8")
    assert run("add", "案件.yaml", "--by", "赵一") == (0, "已登记：虚法援民字〔2024〕1号（受援人某甲）。\n")
    status, said = run("list")
    assert status == 0
    assert "虚法援民字〔2024〕1号" in said
    assert "尚未指派" in said
    assert "待指派" in said
    assert said.endswith("共1件。\n")
    status, said = run("show", "虚法援民字[2024]1号")
    assert status == 0
    assert "离婚纠纷" in said
    assert "民事诉讼" in said


def test_the_same_case_twice_is_told_with_its_number(run, office):
    """And ends with the status of wrong use."""
    (office / "案件.yaml").write_text(CASE, encoding="utf-8")
    run("add", "案件.yaml")
    status, said = run("add", "案件.yaml")
    assert status == 2
    assert "已经登记，案件编号 虚法援民字〔2024〕1号" in said


def test_a_case_may_bring_its_number(run, office):
    """The next one goes on from there; a number is for one case."""
    (office / "一.yaml").write_text(CASE, encoding="utf-8")
    (office / "二.yaml").write_text(CASE.replace("某甲", "某乙"), encoding="utf-8")
    assert run("add", "一.yaml", "--number", "虚法援民字〔2024〕30号")[0] == 0
    assert "虚法援民字〔2024〕31号" in run("add", "二.yaml")[1]
    block = CASE.replace("\n", "\n  ").rstrip()
    (office / "三.yaml").write_text(f"- {block}\n- {block}\n", encoding="utf-8")
    assert run("add", "三.yaml", "--number", "虚法援民字〔2024〕40号")[0] == 2


def test_a_faulty_file_registers_nothing(run, office):
    """One fault among several cases: the sentence, no case."""
    block = CASE.replace("\n", "\n  ").rstrip()
    (office / "案件.yaml").write_text(
        f"- {block}\n- {block.replace('某甲', '某乙').replace('civil', 'c')}\n", encoding="utf-8"
    )
    status, said = run("add", "案件.yaml")
    assert status == 2
    assert "第2件" in said
    assert run("list")[1] == "尚未登记案件。\n"


def test_the_workbook_is_made_once_and_registers_by_command(run, office):
    """Good rows are registered and bad ones told, with the status of wrong use."""
    assert run("template", "受理登记表.xlsx")[0] == 0
    assert run("template", "受理登记表.xlsx")[0] == 2
    assert run("template", "受理登记表.xls")[0] == 2
    book = openpyxl.load_workbook(office / "受理登记表.xlsx")
    sheet = book.worksheets[0]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[2]}
    row = {"受理日期": "2024-03-05", "案件类别": "民事诉讼", "案件来源": "申请类", "案由": "离婚纠纷"}
    for number, name in ((3, "某甲"), (4, None)):
        for title, value in {**row, "受援人姓名": name}.items():
            sheet.cell(number, columns[title]).value = value
    book.save(office / "受理登记表.xlsx")
    status, said = run("add", "受理登记表.xlsx")
    assert status == 2
    assert "第3行：已登记，案件编号：虚法援民字〔2024〕1号" in said
    assert "第4行：未登记：“受援人姓名（E列）”未填写" in said


@pytest.mark.parametrize("content", [b"PK\x05\x06" + b"\0" * 18, b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64])
def test_what_is_no_registration_workbook_is_refused(run, office, content):
    """Never a traceback."""
    (office / "表.xlsx").write_bytes(content)
    status, said = run("add", "表.xlsx")
    assert status == 2
    assert "表.xlsx" in said
    assert "Traceback" not in said


def test_a_number_becomes_void_with_a_reason(run, office):
    """It stays in the list, as void."""
    (office / "案件.yaml").write_text(CASE, encoding="utf-8")
    run("add", "案件.yaml")
    assert run("void", "虚法援民字", "2024", "1", "--why", "重复登记", "--by", "赵一")[0] == 0
    assert "作废" in run("numbers", "虚法援民字")[1]
    status, said = run("void", "虚法援民字", "2024", "9", "--why", "重复登记")
    assert (status, "尚未使用" in said) == (2, True)


def test_an_unknown_number_is_told(run):
    """With where to look."""
    status, said = run("show", "虚法援民字〔2024〕99号")
    assert status == 2
    assert "juanzong case list" in said


NUMBER = "虚法援民字〔2024〕1号"


@pytest.fixture
def registered(run, office):
    (office / "案件.yaml").write_text(CASE, encoding="utf-8")
    assert run("add", "案件.yaml", "--by", "赵一")[0] == 0


def test_a_correction_is_told_and_stays_to_be_seen(run, registered):
    """Old and new value, who and why; the number stays."""
    status, said = run("correct", NUMBER, "案由=抚养纠纷", "--why", "录入有误", "--by", "钱二")
    assert status == 0
    assert "案由：“离婚纠纷”改为“抚养纠纷”" in said
    shown = run("show", NUMBER)[1]
    assert "更正登记（钱二；录入有误）" in shown
    assert "案由：“离婚纠纷”改为“抚养纠纷”" in shown


def test_a_correction_needs_a_reason_and_something_to_change(run, registered):
    """Nothing is recorded of what is refused."""
    assert run("correct", NUMBER, "案由=抚养纠纷")[0] == 2
    assert "没有需要更正的项目" in run("correct", NUMBER, "案由=离婚纠纷", "--why", "无")[1]
    assert "更正登记" not in run("show", NUMBER)[1]


def test_a_wrong_number_is_put_right_and_still_leads_to_the_case(run, registered, office):
    """With another field in the same act; the number that was wrong is free for the case whose number it is."""
    words = ("案件编号=虚法援民字[2024]21号", "案由=抚养纠纷", "--why", "编号录错", "--by", "钱二")
    status, said = run("correct", NUMBER, *words)
    assert status == 0, said
    assert f"案件编号：“{NUMBER}”改为“虚法援民字[2024]21号”" in said
    shown = run("show", NUMBER)[1]
    assert "虚法援民字[2024]21号" in shown
    assert "抚养纠纷" in shown
    assert f"案件编号：“{NUMBER}”" in shown
    (office / "另一件.yaml").write_text(CASE.replace("某甲", "某乙"), encoding="utf-8")
    assert run("add", "另一件.yaml", "--number", NUMBER)[1] == f"已登记：{NUMBER}（受援人某乙）。\n"
    assert "某乙" in run("show", NUMBER)[1]
    assert (
        "已经用于另一案件（受援人某乙）"
        in run("correct", "虚法援民字〔2024〕21号", f"案件编号={NUMBER}", "--why", "x")[1]
    )


def test_a_number_that_stands_on_papers_stays(run, registered, office):
    """The audit would take those papers for another case's."""
    registry.open_registry(office / "台账")
    registry.draw_number("虚法援指字", 2024, who="赵一", about=f"{NUMBER} 指派通知书")
    registry.close_registry()
    status, said = run("correct", NUMBER, "案件编号=虚法援民字〔2024〕21号", "--why", "编号录错")
    assert status == 2
    assert "已经出具文书，编号已经写在文书上，不能更正编号" in said
    assert "更正登记" not in run("show", NUMBER)[1]


def test_a_registered_case_told_otherwise_says_how_to_correct_it(run, registered, office):
    """By file and by workbook; the workbook that was filled in rightly puts it right."""
    (office / "案件.yaml").write_text(CASE.replace("origin", "region: 某区\norigin"), encoding="utf-8")
    status, said = run("add", "案件.yaml")
    assert status == 2
    assert "地区：已登记“（空）”，此次为“某区”" in said
    run("template", "表.xlsx")
    book = openpyxl.load_workbook(office / "表.xlsx")
    sheet = book.worksheets[0]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[2]}
    row = {
        "受理日期": "2024-03-05", "案件类别": "民事诉讼", "案件来源": "申请类", "案由": "抚养纠纷",
        "受援人姓名": "某甲", "案件编号": NUMBER,
    }  # fmt: skip
    for title, value in row.items():
        sheet.cell(3, columns[title]).value = value
    book.save(office / "表.xlsx")
    said = run("add", "表.xlsx")[1]
    assert "案由：已登记“离婚纠纷”，此次为“抚养纠纷”" in said
    assert run("correct", NUMBER, "表.xlsx", "--why", "录入有误")[0] == 0
    assert "抚养纠纷" in run("list")[1]


def test_a_case_is_closed_and_opened_again(run, registered):
    """Each with a reason; not before it was received, not after today."""
    assert "早于受理日期" in run("close", NUMBER, "--why", "撤回申请", "--on", "2024-01-01")[1]
    assert "晚于今天" in run("close", NUMBER, "--why", "撤回申请", "--on", "2999-01-01")[1]
    assert run("close", NUMBER, "--why", "撤回申请", "--on", "2024-04-01")[0] == 0
    assert "2024-04-01 结案" in run("list")[1]
    assert run("close", NUMBER, "--why", "撤回申请")[0] == 2
    assert run("reopen", NUMBER, "--why", "申请人改变主意")[0] == 0
    assert "恢复办理" in run("show", NUMBER)[1]


def test_a_long_list_shows_the_last_and_says_how_to_see_more(run, office, monkeypatch):
    """All of them at last as lines that a workbook takes; what nobody asks for is not registered."""
    cases = [CASE.replace("某甲", f"某{number}") for number in range(3)]
    for number, case in enumerate(cases):
        (office / f"{number}.yaml").write_text(case, encoding="utf-8")
        assert run("add", f"{number}.yaml")[0] == 0
    status, said = run("list", "--limit", "2")
    assert status == 0
    assert "某0" not in said
    assert "共3件，以上是最近登记的2件。用 --state、--lawyer、--since、--until 缩小范围" in said
    monkeypatch.setattr("pipeline.commands.cases_console.TABLE_ROWS", 2)
    lines = run("list", "--limit", "0")[1].splitlines()
    assert [line.split("\t")[1] for line in lines[:-1]] == ["受援人", "某0", "某1", "某2"]
    assert lines[-1] == "共3件。"
    assert run("list", "--lawyer", "李闻舟", "--since", "2024-03-05") == (0, "没有符合条件的案件。\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--state", "办了"), "待指派、承办中、已结案、已报送"),
        (("--since", "三月"), "--since 应当写作 2026-03-01 的形式"),
    ],
)
def test_a_filter_that_means_nothing_is_told(run, words, told):
    """With what may be written."""
    status, said = run("list", *words)
    assert status == 2
    assert told in said


def test_a_number_that_was_used_outside_the_registry_is_booked(run, office):
    """The next is drawn behind it; a second time it is refused; a word that nobody has used may be a slip."""
    (office / "案件.yaml").write_text(CASE, encoding="utf-8")
    book = ("book", "虚法援民字", "2024", "31", "--why", "恢复前已经使用", "--by", "赵一")
    status, said = run(*book)
    assert (status, "已登记在册" in said, "此前没有用过，请核对" in said) == (0, True, True)
    assert "已经使用" in run(*book)[1]
    assert "虚法援民字〔2024〕32号" in run("add", "案件.yaml")[1]
    status, said = run("book", "虚法援民字", "2024", "35", "--why", "同上")
    assert (status, "请核对" in said) == (0, False)
    assert "补登记：恢复前已经使用" in run("numbers", "虚法援民字")[1]
