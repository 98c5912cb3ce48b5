"""`juanzong standards`, and what its confirmations do to an audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest
import structlog

from pipeline.cli import ExitStatus, main
from pipeline.flow import Auditor
from pipeline.settings import load_settings

STANDARD = """id: mini
title: 某市归档标准
version: '1'
standing: reconstructed
deadlines:
  filing: {days: 30, basis: 某规定, standing: reconstructed}
  cure: {days: 10, working: true, effect: blocks, basis: 某规定, standing: reconstructed}
rules:
  - {rule: future_date, effect: blocks, basis: 某办法, standing: reconstructed}
checklists:
  - kind: civil
    title: 民事诉讼
    parts:
      - {key: power_of_attorney, need: required, effect: blocks, basis: 某办法第一条, standing: reconstructed, source: 推定}
      - {key: closing_report, need: required, effect: blocks, basis: 某办法第二条, standing: reconstructed, source: 推定}
"""
RATES = """table: mine
title: 某市标准
version: '1'
region: 某市
standing: confirmed
basis: 某办法
rates:
  - {kind: civil, direct: 500, labour: 1500, basis: 第七条}
modifiers:
  - {situation: batch, title: 系列案第二件起, factor: 0.5, basis: 第九条}
"""


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An office with a standard of its own and an empty state folder."""
    folder = tmp_path / "标准"
    folder.mkdir()
    (folder / "mini.yaml").write_text(STANDARD, encoding="utf-8")
    monkeypatch.setenv("JUANZONG_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("JUANZONG_WORKERS", "1")
    monkeypatch.setenv("JUANZONG_STANDARDS_DIR", str(folder))
    monkeypatch.setenv("JUANZONG_STANDARD", "mini")
    monkeypatch.setenv("JUANZONG_OFFICE_NAME", "某市法律援助处")
    monkeypatch.chdir(tmp_path)
    return folder


_READ: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def reading_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same volume is audited again and again; its page is read the first time only."""
    read = Auditor._read

    def once(auditor: Auditor, path: Path, name: str, progress: Any) -> Any:
        if path.suffix != ".docx":
            return read(auditor, path, name, progress)
        if not _READ:
            _READ["volume"] = read(auditor, path, name, progress)
        return _READ["volume"]

    monkeypatch.setattr(Auditor, "_read", once)


def juanzong(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["juanzong", *map(str, arguments)])
    load_settings.cache_clear()
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    finally:
        load_settings.cache_clear()
        structlog.reset_defaults()
    return 0


def audited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str = ""
) -> dict[str, Any]:
    """The report on a volume that holds a power of attorney and nothing else."""
    document = docx.Document()
    for line in ("授权委托书", "委托人：苏青禾", "受委托人：广东望潮律师事务所 许知远律师", "2024年3月6日"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "卷.docx"))
    (tmp_path / "案情.yaml").write_text(f"{{kind: civil, stage: trial_first{case}}}", encoding="utf-8")
    capsys.readouterr()
    juanzong(monkeypatch, "audit", tmp_path / "卷.docx", "--case", tmp_path / "案情.yaml", "--format", "json")
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def missing(report: dict[str, Any]) -> dict[str, Any]:
    (finding,) = [one for one in report["findings"] if one["document_type"] == "closing_report"]
    return dict(finding)


def test_confirming_an_item_takes_the_mark_off_its_findings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], office: Path
) -> None:
    """Open before, confirmed after, open again once the item has been changed or the confirmation taken back."""
    assert missing(audited(monkeypatch, tmp_path, capsys))["standing"] == "reconstructed"
    confirm = ("standards", "confirm", "mini", "--item", "结案报告表", "--by", "赵一")
    assert juanzong(monkeypatch, *confirm) == 0
    assert "已确认1处依据" in capsys.readouterr().out
    report = audited(monkeypatch, tmp_path, capsys)
    assert missing(report)["standing"] == "confirmed"
    assert report["subsidy"]["decision"] == "blocked"
    assert juanzong(monkeypatch, *confirm, "--withdraw") == 0
    assert missing(audited(monkeypatch, tmp_path, capsys))["standing"] == "reconstructed"
    juanzong(monkeypatch, *confirm)
    file = office / "mini.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("某办法第二条", "某办法第三条"), encoding="utf-8")
    assert missing(audited(monkeypatch, tmp_path, capsys))["standing"] == "reconstructed"


def test_confirming_everything_confirms_the_standard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Items, rules and terms; the report says so, and the list on the wall names who did it."""
    assert juanzong(monkeypatch, "standards", "confirm", "mini", "--all", "--by", "钱二", "--note", "对照原件") == 0
    assert "已经全部确认" in capsys.readouterr().out
    report = audited(monkeypatch, tmp_path, capsys)
    assert report["standard"]["standing"] == "confirmed"
    assert report["standard"]["cure_standing"] == "confirmed"
    juanzong(monkeypatch, "standards", "show", "mini")
    assert "钱二" in capsys.readouterr().out


def test_an_office_may_keep_unconfirmed_items_from_blocking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the setting they are put right before archiving; once confirmed they block."""
    monkeypatch.setenv("JUANZONG_UNCONFIRMED_BLOCK", "false")
    report = audited(monkeypatch, tmp_path, capsys)
    assert missing(report)["effect"] == "correct"
    assert report["subsidy"]["decision"] == "payable"
    assert report["standard"]["reconstructed_blocks"] is False
    juanzong(monkeypatch, "standards", "confirm", "mini", "--item", "closing_report", "--by", "赵一")
    assert missing(audited(monkeypatch, tmp_path, capsys))["effect"] == "blocks"


def test_an_audit_makes_no_registry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What reads confirmations writes none."""
    audited(monkeypatch, tmp_path, capsys)
    assert not list(tmp_path.rglob("registry.sqlite3"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--by", "赵一"),
        ("--all", "--item", "closing_report", "--by", "赵一"),
        ("--item", "不存在", "--by", "赵一"),
        ("--rule", "不存在", "--by", "赵一"),
        ("--deadline", "不存在", "--by", "赵一"),
        ("--all", "--by", " "),
        ("--all", "--kind", "enforcement", "--by", "赵一"),
        ("--all",),
    ],
)
def test_a_confirmation_that_is_not_clear_is_refused(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """What is confirmed, and by whom, has to be said; nothing is recorded otherwise."""
    assert juanzong(monkeypatch, "standards", "confirm", "mini", *arguments) == ExitStatus.USAGE


def test_the_amount_follows_the_offices_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a table it waits; with one it is reckoned as soon as what it depends on is known."""
    assert audited(monkeypatch, tmp_path, capsys)["subsidy"]["amount"]["state"] == "uncertain"
    (tmp_path / "补贴.yaml").write_text(RATES, encoding="utf-8")
    monkeypatch.setenv("JUANZONG_RATES", str(tmp_path / "补贴.yaml"))
    waiting = audited(monkeypatch, tmp_path, capsys)["subsidy"]
    assert waiting["amount"]["amount"] is None
    assert "系列" in waiting["amount"]["needed"][0]
    paid = audited(monkeypatch, tmp_path, capsys, ", subsidy: {batch_position: 2}")["subsidy"]
    assert paid["amount"]["amount"] == "1000.00"
    assert paid["amount"]["capitals"] == "人民币壹仟元整"
    assert paid["decision"] == "blocked"


def test_the_amount_is_shown_to_a_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The steps and the sum, or what is still needed."""
    (tmp_path / "补贴.yaml").write_text(RATES, encoding="utf-8")
    monkeypatch.setenv("JUANZONG_RATES", str(tmp_path / "补贴.yaml"))
    audited(monkeypatch, tmp_path, capsys, ", subsidy: {batch: false}")
    juanzong(monkeypatch, "audit", tmp_path / "卷.docx", "--case", tmp_path / "案情.yaml")
    shown = capsys.readouterr().out
    assert "基本标准" in shown
    assert "人民币贰仟元整（￥2,000.00）" in shown


def test_a_faulty_rate_table_stops_the_audit_with_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No amount from a table that does not hold together."""
    (tmp_path / "补贴.yaml").write_text(RATES.replace("direct: 500, ", ""), encoding="utf-8")
    monkeypatch.setenv("JUANZONG_RATES", str(tmp_path / "补贴.yaml"))
    (tmp_path / "卷.pdf").write_bytes(b"")
    assert juanzong(monkeypatch, "audit", tmp_path / "卷.pdf") == ExitStatus.USAGE
    assert "补贴.yaml第8行" in capsys.readouterr().err
    assert juanzong(monkeypatch, "standards", "check", tmp_path / "补贴.yaml") == ExitStatus.USAGE


def test_check_tells_a_standard_from_a_rate_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], office: Path
) -> None:
    """Both are told what they are and how much they hold."""
    (tmp_path / "补贴.yaml").write_text(RATES, encoding="utf-8")
    assert juanzong(monkeypatch, "standards", "check", tmp_path / "补贴.yaml") == 0
    assert "补贴标准表有效，1项标准、1项调整" in capsys.readouterr().out
    assert juanzong(monkeypatch, "standards", "check", office / "mini.yaml") == 0
    assert "1份材料清单、2项材料" in capsys.readouterr().out
    assert juanzong(monkeypatch, "standards", "check", tmp_path / "无.yaml") == ExitStatus.USAGE


def test_show_writes_word_and_excel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the file's ending; any other is refused."""
    for name in ("清单.docx", "清单.xlsx"):
        assert juanzong(monkeypatch, "standards", "show", "mini", "--kind", "民事", "--to", tmp_path / name) == 0
        assert (tmp_path / name).read_bytes().startswith(b"PK")
    assert juanzong(monkeypatch, "standards", "show", "mini", "--to", tmp_path / "清单.txt") == ExitStatus.USAGE
    assert juanzong(monkeypatch, "standards", "show", "mini", "--kind", "离婚") == ExitStatus.USAGE
    assert "民事诉讼（civil）" in capsys.readouterr().err


def test_diff_says_what_a_change_means(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence that names the paper, the case and what follows."""
    folder = tmp_path / "新"
    folder.mkdir()
    changed = STANDARD.replace("closing_report, need: required", "closing_report, need: optional")
    (folder / "mini.yaml").write_text(changed, encoding="utf-8")
    assert juanzong(monkeypatch, "standards", "diff", "mini", folder / "mini.yaml") == 0
    shown = capsys.readouterr().out
    assert "要求放宽" in shown
    assert "《结案报告表》由必备改为选备，缺少时不再影响补贴。" in shown
    assert juanzong(monkeypatch, "standards", "diff", "mini", "mini") == 0
    assert "没有差别" in capsys.readouterr().out


def test_list_shows_standards_and_rate_tables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], office: Path
) -> None:
    """A faulty standard of the office is shown with its fault, and does not hide the others."""
    (office / "bad.yaml").write_text("id: bad\ntitle: 坏\n", encoding="utf-8")
    assert juanzong(monkeypatch, "standards", "list") == 0
    shown = capsys.readouterr().out
    assert "某市归档标准" in shown
    assert "bad" in shown
    assert "未录入" in shown
