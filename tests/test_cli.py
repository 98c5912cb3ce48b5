"""The command line as other programs use it: exit statuses, JSON Lines, sentences instead of tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
import structlog

from pipeline.case_file import load_case
from pipeline.cli import ExitStatus, main
from pipeline.errors import UsageError
from schemas.case import Custody, Kind

POWER = (
    "授权委托书",
    "委托人：苏青禾",
    "受委托人：广东望潮律师事务所 许知远律师",
    "代理权限：一般代理",
    "2024年3月6日",
)


def _write_docx(path: Path, *pages: tuple[str, ...]) -> Path:
    document = docx.Document()
    for number, lines in enumerate(pages):
        if number:
            document.add_page_break()
        for line in lines:
            document.add_paragraph(line)
    document.save(str(path))
    return path


def _juanzong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *arguments: object) -> int:
    monkeypatch.setenv("JUANZONG_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("JUANZONG_WORKERS", "1")
    monkeypatch.setattr("sys.argv", ["juanzong", *map(str, arguments)])
    from pipeline.settings import load_settings

    load_settings.cache_clear()
    with pytest.raises(SystemExit) as stop:
        main()
    load_settings.cache_clear()
    structlog.reset_defaults()
    return int(stop.value.code or 0)


def test_audit_prints_one_report_a_path_and_reads_on_after_a_bad_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output holds JSON Lines and nothing else; an unusable path gives status 3 and a coded error."""
    good = _write_docx(tmp_path / "好.docx", POWER)
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"")
    status = _juanzong(monkeypatch, tmp_path, "audit", bad, good, "--format", "json")
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == ExitStatus.UNREADABLE
    assert [report["schema"] for report in reports] == ["juanzong.audit/1"] * 2
    assert reports[0]["status"] == "unreadable"
    assert reports[0]["error"]["code"] == "empty"
    assert reports[1]["status"] == "audited"
    assert reports[1]["source"]["pages"] == 1
    assert [document["type"] for document in reports[1]["documents"]] == ["power_of_attorney"]


def test_a_file_with_hardly_a_paper_is_not_complete(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One power of attorney, with kind, stage and origin given: blocked, because the rest is certainly missing."""
    path = _write_docx(tmp_path / "薄.docx", POWER)
    case = tmp_path / "案情.yaml"
    case.write_text("kind: civil\nstage: trial_first\norigin: applied\nhearing_held: true\n", encoding="utf-8")
    assert _juanzong(monkeypatch, tmp_path, "audit", path, "--case", case) == ExitStatus.BLOCKED


def test_drafts_are_written_below_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`--out DIR` receives the opinion, the notice and the contents list as Word documents."""
    path = _write_docx(tmp_path / "薄.docx", POWER)
    case = tmp_path / "案情.yaml"
    case.write_text("{kind: civil, stage: trial_first, origin: applied, hearing_held: true}", encoding="utf-8")
    _juanzong(monkeypatch, tmp_path, "audit", path, "--case", case, "--out", tmp_path / "文书")
    names = {found.name for found in (tmp_path / "文书").rglob("*.docx")}
    assert {"审查意见书.docx", "卷内目录.docx"} <= names
    assert any("补正通知书" in name for name in names)


@pytest.mark.parametrize(
    "arguments", [("audit",), ("audit", "x.pdf", "--format", "xml"), ("audit", "x.pdf", "--standard", "zz")]
)
def test_wrong_usage_ends_with_status_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """A missing path, an unknown format and an unknown standard are usage errors."""
    assert _juanzong(monkeypatch, tmp_path, *arguments) == ExitStatus.USAGE


def test_a_defect_of_the_program_is_kept_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An exception that nobody expected becomes a sentence with the place of the traceback, not a traceback."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("pipeline.demo.make_samples", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert _juanzong(monkeypatch, tmp_path, "demo", tmp_path / "样卷") == ExitStatus.UNREADABLE
    message = capsys.readouterr().err
    assert "Traceback" not in message
    assert "意外错误" in message
    assert "broken on purpose" in next(tmp_path.rglob("error.txt")).read_text(encoding="utf-8")


def test_a_crash_inside_an_audit_is_a_report_and_a_log_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a file makes the program do, standard output stays JSON Lines and the log goes to standard error."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("broken on purpose")

    monkeypatch.setattr("pipeline.flow.sort_pages", broken)
    path = _write_docx(tmp_path / "好.docx", POWER)
    assert _juanzong(monkeypatch, tmp_path, "audit", path, "--format", "json") == ExitStatus.UNREADABLE
    printed = capsys.readouterr()
    assert [json.loads(line)["error"]["code"] for line in printed.out.splitlines()] == ["crashed"]
    assert "broken on purpose" in printed.err


def test_case_file_takes_json_yaml_and_nulls(tmp_path: Path) -> None:
    """Keys given as null are keys not given; nested facts arrive in their types."""
    path = tmp_path / "case.json"
    path.write_text(
        '{"kind": "civil", "stage": null, "recipient": {"name": "苏青禾", "custody": "bail", "id_number": null}}',
        encoding="utf-8",
    )
    known = load_case(path)
    assert known.kind is Kind.CIVIL
    assert known.stage is None
    assert known.recipient.custody is Custody.BAIL


@pytest.mark.parametrize(
    ("content", "named"), [("kind: divorce", "kind"), ("lawyr: {}", "lawyr"), ("recipient: {age: 3}", "recipient.age")]
)
def test_a_wrong_key_in_a_case_file_is_named(tmp_path: Path, content: str, named: str) -> None:
    """The message says which key of which file is wrong."""
    path = tmp_path / "case.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=named):
        load_case(path)
