"""`juanzong papers`: what a person asks for, from the report of a round."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from drafting_reports import CERTAIN, report, told
from typer.testing import CliRunner

from pipeline.commands.papers import app
from pipeline.errors import UsageError
from pipeline.settings import load_settings
from schemas.report import AuditReport


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round's folder with its report."""
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    (tmp_path / "审查报告.json").write_text(told(report(CERTAIN)).model_dump_json(by_alias=True), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_typical_case_stands_beside_the_report_and_names_nobody(folder: Path) -> None:
    """Asked for twice it is written twice: what somebody has edited stays."""
    run("typical-case", str(folder / "审查报告.json"))
    first = folder / "典型案例（草稿）.docx"
    assert "陈小满" not in text_of(first)
    first.write_bytes(b"edited")
    run("typical-case", str(folder / "审查报告.json"))
    assert first.read_bytes() == b"edited"
    assert "陈某" in text_of(folder / "典型案例（草稿）（2）.docx")


def test_refusal_bears_the_persons_reasons(folder: Path) -> None:
    """The program adds nothing to what was decided; a draft has a visible blank for its number."""
    run(
        "refusal", str(folder / "审查报告.json"), "--draft", "--why", "逾期未补正庭审笔录", "--why", "未说明理由",
        "--date", "2026-04-20", "--round", "2", "--by", "某某", "--out", str(folder / "另存"),
    )  # fmt: skip
    letter = Document(str(folder / "另存" / "不予发放补贴告知书（草稿）.docx"))
    assert [row.cells[1].text for row in letter.tables[0].rows[1:]] == ["逾期未补正庭审笔录", "未说明理由"]
    assert any("2026年4月20日决定不予发放" in paragraph.text for paragraph in letter.paragraphs)
    assert any("＿＿〔＿＿＿＿〕＿＿号" in paragraph.text for paragraph in letter.paragraphs)


def test_refusal_of_a_case_that_no_registry_knows_is_not_issued(folder: Path) -> None:
    """Where the decision cannot be recorded, only a draft is written."""
    with pytest.raises(UsageError, match="--draft"):
        run("refusal", str(folder / "审查报告.json"), "--why", "某事由", "--by", "某某")
    assert not list(folder.glob("**/*.docx"))


@pytest.mark.parametrize("content", ["{}", "not json", ""])
def test_other_files_are_refused_in_a_sentence(folder: Path, content: str) -> None:
    """A wrong file ends in a sentence, not in a traceback."""
    (folder / "别的.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="不是本程序写出的审查报告"):
        run("typical-case", str(folder / "别的.json"))


def test_unreadable_case_and_bad_day_are_refused(folder: Path) -> None:
    """No case is told of a file that could not be opened; a day is a day."""
    broken = AuditReport.model_validate(
        {"source": {"name": "坏.pdf", "sha256": "0" * 64, "pages": 0}, "status": "unreadable"}
    )
    (folder / "坏.json").write_text(broken.model_dump_json(by_alias=True), encoding="utf-8")
    with pytest.raises(UsageError, match="未能审查"):
        run("typical-case", str(folder / "坏.json"))
    with pytest.raises(UsageError, match="日期应当写作"):
        run("refusal", str(folder / "审查报告.json"), "--why", "某事由", "--date", "四月二十日", "--by", "某某")
