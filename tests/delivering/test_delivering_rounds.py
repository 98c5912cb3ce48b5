"""Delivering a round: whole, stable, and never over a clerk's work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from delivering_reports import drafts, found, report, uncertain

from pipeline.delivering import deliver, writing
from pipeline.delivering import delivery as delivery_module
from schemas.draft import Draft, DraftKind

NOTICE = "补正通知书（草稿）.docx"


def visible(outbox: Path) -> list[str]:
    """Everything that a clerk sees, as paths."""
    return sorted(
        path.relative_to(outbox).as_posix()
        for path in outbox.rglob("*")
        if path.is_file() and ".juanzong" not in path.parts
    )


def snapshot(outbox: Path) -> dict[str, tuple[bytes, int]]:
    return {name: ((outbox / name).read_bytes(), (outbox / name).stat().st_mtime_ns) for name in visible(outbox)}


def test_round_stands_under_case_and_number(tmp_path: Path) -> None:
    """Case folder, round folder, the drafts and the report."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    assert folder == tmp_path / "湛法援刑字〔2024〕12号_陈小满" / "第1次审查"
    assert sorted(path.name for path in folder.iterdir()) == ["审查意见书.docx", "审查报告.json", NOTICE]
    assert json.loads((folder / "审查报告.json").read_bytes())["schema"] == "juanzong.audit/1"


def test_second_round_stands_beside_the_first(tmp_path: Path) -> None:
    """A later round leaves the earlier one alone."""
    first = deliver(report(), drafts(), tmp_path, 1)
    second = deliver(report(scan="补正后"), drafts("二稿"), tmp_path, 2)
    assert first.parent == second.parent
    assert (first / NOTICE).read_text() == "通知 初稿"


def test_case_keeps_its_folder_when_told(tmp_path: Path) -> None:
    """A round whose number could not be read still goes to the case's folder, if the caller knows it."""
    folder = deliver(report(number=None), drafts(), tmp_path, 2, case_folder="湛法援刑字〔2024〕12号_陈小满")
    assert folder.parent.name == "湛法援刑字〔2024〕12号_陈小满"


def test_delivering_again_changes_nothing(tmp_path: Path) -> None:
    """The same round twice: same bytes, same times, no second file."""
    deliver(report(), drafts(), tmp_path, 1)
    before = snapshot(tmp_path)
    deliver(report(), drafts(), tmp_path, 1)
    assert snapshot(tmp_path) == before


def test_untouched_file_is_renewed(tmp_path: Path) -> None:
    """What nobody has changed gives way to the new text, again and again."""
    for text in ("初稿", "二稿", "三稿"):
        folder = deliver(report(), drafts(text), tmp_path, 1)
        assert (folder / NOTICE).read_text() == f"通知 {text}"
        assert len(list(folder.iterdir())) == 3


def test_edited_file_stays_and_the_new_one_stands_beside(tmp_path: Path) -> None:
    """A clerk's wording is never lost; the newer draft has a name of its own and is itself renewed."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    (folder / NOTICE).write_text("办事人员改过的通知", encoding="utf-8")
    deliver(report(), drafts("二稿"), tmp_path, 1)
    deliver(report(), drafts("三稿"), tmp_path, 1)
    assert (folder / NOTICE).read_text(encoding="utf-8") == "办事人员改过的通知"
    assert (folder / "补正通知书（草稿）（新稿）.docx").read_text() == "通知 三稿"
    assert (folder / "审查意见书.docx").read_text() == "意见 三稿"


def test_edited_new_draft_stays_too(tmp_path: Path) -> None:
    """The file beside is as safe as the first."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    (folder / NOTICE).write_text("改一", encoding="utf-8")
    deliver(report(), drafts("二稿"), tmp_path, 1)
    (folder / "补正通知书（草稿）（新稿）.docx").write_text("改二", encoding="utf-8")
    deliver(report(), drafts("三稿"), tmp_path, 1)
    assert (folder / "补正通知书（草稿）（新稿）.docx").read_text(encoding="utf-8") == "改二"
    assert (folder / "补正通知书（草稿）（新稿2）.docx").read_text() == "通知 三稿"


def test_clerks_own_files_stay(tmp_path: Path) -> None:
    """A file that the clerk put into the folder is not the program's business."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    (folder / "盖章扫描件.pdf").write_bytes(b"scan")
    deliver(report(), drafts("二稿"), tmp_path, 1)
    assert (folder / "盖章扫描件.pdf").read_bytes() == b"scan"


def test_deleted_draft_comes_back(tmp_path: Path) -> None:
    """A draft that went missing is written again."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    (folder / NOTICE).unlink()
    deliver(report(), drafts(), tmp_path, 1)
    assert (folder / NOTICE).read_text() == "通知 初稿"


def test_two_closing_files_never_share_a_round(tmp_path: Path) -> None:
    """Two scans that bear the same number and name get a folder each."""
    first = deliver(report(scan="甲"), drafts("甲"), tmp_path, 1)
    second = deliver(report(scan="乙"), drafts("乙"), tmp_path, 1)
    assert first != second
    assert (first / NOTICE).read_text() == "通知 甲"
    assert (second / NOTICE).read_text() == "通知 乙"
    assert deliver(report(scan="甲"), drafts("甲"), tmp_path, 1) == first
    assert deliver(report(scan="乙"), drafts("乙"), tmp_path, 1) == second


def test_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder of that name that the program did not make is not written into."""
    own = tmp_path / "湛法援刑字〔2024〕12号_陈小满" / "第1次审查"
    own.mkdir(parents=True)
    (own / "旧材料.docx").write_bytes(b"old")
    folder = deliver(report(), drafts(), tmp_path, 1)
    assert folder != own
    assert [path.name for path in own.iterdir()] == ["旧材料.docx"]


def test_lost_receipts_never_cost_a_clerks_work(tmp_path: Path) -> None:
    """Without its records the program takes every file for a clerk's, and still finds its folder."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    for receipt in (tmp_path / ".juanzong" / "delivered").iterdir():
        receipt.unlink()
    assert deliver(report(), drafts("二稿"), tmp_path, 1) == folder
    assert (folder / NOTICE).read_text() == "通知 初稿"
    assert (folder / "补正通知书（草稿）（新稿）.docx").read_text() == "通知 二稿"


def test_file_open_in_word_is_stepped_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a file that is open cannot be replaced: the new one stands beside."""
    folder = deliver(report(), drafts(), tmp_path, 1)
    replace = delivery_module.replace_file

    def refusing(outbox: Path, target: Path, content: bytes) -> None:
        if target.name == NOTICE:
            raise PermissionError(target)
        replace(outbox, target, content)

    monkeypatch.setattr(delivery_module, "replace_file", refusing)
    deliver(report(), drafts("二稿"), tmp_path, 1)
    assert (folder / NOTICE).read_text() == "通知 初稿"
    assert (folder / "补正通知书（草稿）（新稿）.docx").read_text() == "通知 二稿"


class PowerCut(BaseException):
    """The process ends here."""


def cut_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """End the process at the `step`-th write, sync, or rename from now on."""
    steps = iter(range(1, 1000))

    def counted(work: object) -> object:
        def run(*given: object) -> object:
            if next(steps) == step:
                raise PowerCut
            return work(*given)  # type: ignore[operator]

        return run

    for name in ("write_synced", "sync_folder", "publish_folder"):
        patch.setattr(writing, name, counted(getattr(writing, name)))
    patch.setattr(Path, "rename", counted(Path.rename))
    patch.setattr(Path, "replace", counted(Path.replace))


@pytest.mark.parametrize("step", range(1, 11))
def test_cut_off_at_any_step_leaves_nothing_or_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Whichever write, sync or rename is the last one, the round is absent or whole, and delivering again completes it."""
    with monkeypatch.context() as patch:
        cut_at(step, patch)
        with pytest.raises(PowerCut):
            deliver(report(), drafts(), tmp_path, 1)
    assert len(visible(tmp_path)) in {0, 3}
    folder = deliver(report(), drafts(), tmp_path, 1)
    assert len(visible(tmp_path)) == 3
    assert folder.parent.name == "湛法援刑字〔2024〕12号_陈小满"


@pytest.mark.parametrize("step", range(1, 10))
def test_renewal_cut_off_at_any_step_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """A half-renewed round is not taken for a clerk's work: the next delivery brings every file up to date."""
    folder = deliver(report(), drafts("初稿"), tmp_path, 1)
    with monkeypatch.context() as patch:
        cut_at(step, patch)
        with pytest.raises(PowerCut):
            deliver(report(), drafts("二稿"), tmp_path, 1)
    deliver(report(), drafts("二稿"), tmp_path, 1)
    assert {path.name: path.read_text() for path in folder.glob("*.docx")} == {
        "审查意见书.docx": "意见 二稿",
        NOTICE: "通知 二稿",
    }


def test_killed_staging_is_swept_after_a_day(tmp_path: Path) -> None:
    """What a killed process left behind does not stay for ever; what is young may be at work."""
    import os

    old, young = (tmp_path / ".juanzong" / name for name in ("stage-old", "stage-young"))
    for stage in (old, young):
        stage.mkdir(parents=True)
    os.utime(old, (0, 0))
    deliver(report(), drafts(), tmp_path, 1)
    assert not old.exists()
    assert young.exists()


def test_doubtful_values_are_not_in_a_name(tmp_path: Path) -> None:
    """A number that was not read for certain is not the folder's name."""
    folder = deliver(report(number=uncertain("湛法援刑字〔2024〕17号")), drafts(), tmp_path, 1)
    assert folder.parent.name.startswith("案号待核_陈小满_")


def test_different_number_is_a_different_case(tmp_path: Path) -> None:
    """The folder follows the case's number."""
    first = deliver(report(), drafts(), tmp_path, 1)
    second = deliver(report(number=found("湛法援刑字〔2024〕13号"), scan="乙"), drafts(), tmp_path, 1)
    assert first.parent != second.parent


COVER = "入卷材料/卷宗封面.docx"


def with_cover(text: str = "初稿") -> tuple[Draft, ...]:
    return (*drafts(text), Draft(kind=DraftKind.VOLUME_COVER, file_name=COVER, content=f"封面 {text}".encode()))


def test_papers_of_the_volume_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    """A draft's name may begin with a folder; delivering again changes nothing, and what is untouched is renewed."""
    folder = deliver(report(), with_cover(), tmp_path, 1)
    assert (folder / COVER).read_text() == "封面 初稿"
    before = snapshot(tmp_path)
    deliver(report(), with_cover(), tmp_path, 1)
    assert snapshot(tmp_path) == before
    deliver(report(), with_cover("二稿"), tmp_path, 1)
    assert (folder / COVER).read_text() == "封面 二稿"


def test_edited_paper_in_a_folder_stays(tmp_path: Path) -> None:
    """There, too, a clerk's wording is never lost, and the new draft lies beside it."""
    folder = deliver(report(), with_cover(), tmp_path, 1)
    (folder / COVER).write_text("办事人员改过的封面", encoding="utf-8")
    deliver(report(), with_cover("二稿"), tmp_path, 1)
    assert (folder / COVER).read_text(encoding="utf-8") == "办事人员改过的封面"
    assert (folder / "入卷材料" / "卷宗封面（新稿）.docx").read_text() == "封面 二稿"
    (folder / "入卷材料" / "卷宗封面（新稿）.docx").unlink()
    (folder / COVER).unlink()
    (folder / "入卷材料").rmdir()
    deliver(report(), with_cover("二稿"), tmp_path, 1)
    assert (folder / COVER).read_text() == "封面 二稿"
