"""What a change of standard means, in words that a clerk understands, each said once."""

from __future__ import annotations

from pathlib import Path

import pytest
from auditing_standards import standard

from pipeline.auditing import differences, load_reference
from pipeline.errors import StandardError, UsageError

_OPTIONAL = ("need: required, unless: aid_terminated, effect: blocks", "need: optional, effect: note")


def told(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """(direction, scope, text) of each change from the small standard to the changed one."""
    found = differences(standard(tmp_path / "旧"), standard(tmp_path / "新", *changes))
    return [(one.direction, one.scope, text) for one in found for text in one.texts]


def test_the_same_standard_has_no_differences(tmp_path: Path) -> None:
    """Nothing changed, nothing told."""
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "direction", "text"),
    [
        (
            ("need: required, unless: aid_terminated", "need: optional"),
            "要求放宽",
            "《阅卷笔录》由必备改为选备，缺少时不再影响补贴。",
        ),
        (
            ("need: optional, effect: note, basis: 某办法第五条", "need: required, effect: blocks, basis: 某办法第五条"),
            "要求加严",
            "由选备改为必备，缺少时将暂缓发放补贴。",
        ),
        (("unless: aid_terminated, ", ""), "要求加严", "《阅卷笔录》取消除外情形（原为终止法律援助的除外）。"),
        (("unless: aid_terminated", "unless: withdrawn"), "其他调整", "除外情形由“终止法律援助”改为“撤诉”。"),
        (
            ("need: conditional, when: hearing_held and kind == criminal_defence", "need: required"),
            "要求加严",
            "由“已开庭审理，并且案件类别为刑事辩护的必备”改为必备。",
        ),
        (("when: hearing_held and", "when: not hearing_held and"), "其他调整", "《庭审笔录》由"),
        (("[{mark: office_seal, effect: blocks}]", "[]"), "要求放宽", "《指派通知书》不再要求法律援助机构公章。"),
        (
            ("{mark: office_seal, effect: blocks}", "{mark: office_seal, effect: correct}"),
            "要求放宽",
            "缺少法律援助机构公章时，由暂缓发放补贴改为应当在归档前补正。",
        ),
        (
            ("{mark: office_seal, effect: blocks}", "{mark: office_seal, effect: blocks, materials: [assignment_notice]}"),
            "其他调整",
            "要求法律援助机构公章的材料改为：《指派通知书》。",
        ),
        (
            ("[{field: date, effect: correct}]", "[{field: date, effect: correct}, {field: number, effect: note}]"),
            "要求加严",
            "《指派通知书》新增要求写明",
        ),
        (
            ("substitutes: [{material: explanation, reason: 法院不予复制}]", "substitutes: []"),
            "要求加严",
            "《庭审笔录》缺少的，不再可以《情况说明》代替（原为法院不予复制）。",
        ),
        (
            ("reason: 法院不予复制}", "reason: 法院不予复制, needs_confirmation: false}"),
            "要求放宽",
            "不再须经工作人员认可。",
        ),
        (("duty: office, ", ""), "要求加严", "由法律援助机构办理改为承办人提交。"),
        (
            ("{key: family_contact_record,", "{key: family_contact_record, title: 家属联系记录, materials: [family_contact_record, explanation],"),
            "要求放宽",
            "《情况说明》也可以作为《家属联系记录》。",
        ),
        (("某办法第三条", "某办法第九条"), "依据变动", "《阅卷笔录》的依据由“某办法第三条”改为“某办法第九条”。"),
        (
            ("basis: 某办法第三条, standing: reconstructed", "basis: 某办法第三条, standing: official"),
            "依据变动",
            "依据状态由推定待核改为正式文本。",
        ),
    ],
)  # fmt: skip
def test_a_changed_item_is_told(tmp_path: Path, change: tuple[str, str], direction: str, text: str) -> None:
    """One change, one sentence that names the paper and what follows for the subsidy."""
    found = told(tmp_path, change)
    assert any(way == direction and text in words for way, _, words in found), found


def test_what_holds_for_several_lists_is_said_once(tmp_path: Path) -> None:
    """The paper stands in both lists of the first trial: one line, for the stage as a whole."""
    (only,) = told(tmp_path, _OPTIONAL)[:1]
    assert only[1] == "刑事辩护"
    assert len([text for _, _, text in told(tmp_path, _OPTIONAL) if "《阅卷笔录》" in text]) == 1


def test_a_list_of_its_own_is_named_with_its_origin(tmp_path: Path) -> None:
    """What concerns only notified cases says so."""
    change = (
        "    parts: *items",
        "    parts:\n      - {key: cover, need: required, effect: correct, basis: 某办法第一条, standing: official, source: 原文}",
    )
    scopes = {scope for way, scope, _ in told(tmp_path, change) if way == "要求放宽"}
    assert scopes == {"刑事辩护（申请类、转交申请、先行提供）"}


def test_additions_and_removals_are_told_with_what_follows(tmp_path: Path) -> None:
    """A new paper is stricter, a dropped one laxer."""
    removed = (
        "      - {key: file_review_note, need: required, unless: aid_terminated, effect: blocks, basis: 某办法第三条, standing: reconstructed, source: 推定}\n",
        "      - {key: indictment, need: required, effect: blocks, basis: 某办法第三条, standing: reconstructed, source: 推定}\n",
    )
    found = told(tmp_path, removed)
    assert ("要求加严", "刑事辩护", "新增《起诉书》：必备，缺少时暂缓发放补贴。") in found
    assert any("不再要求《阅卷笔录》" in text and "不再影响补贴" in text for _, _, text in found)


def test_only_what_moved_is_said_to_move(tmp_path: Path) -> None:
    """An item put elsewhere, not the five that made room for it."""
    line = "      - {key: family_contact_record, need: optional, effect: note, basis: 某办法第五条, standing: reconstructed, source: 推定}\n"
    found = told(tmp_path, (line, ""), ("    parts: &items\n", f"    parts: &items\n{line}"))
    moves = [text for way, _, text in found if way.startswith("次序")]
    assert len(moves) == 1
    assert moves[0].endswith("移至最前。")


@pytest.mark.parametrize(
    ("change", "direction", "text"),
    [
        (("days: 30", "days: 20"), "要求加严", "承办人提交结案归档材料的期限由30日改为20日。"),
        (("days: 30", "days: 40"), "要求放宽", "改为40日。"),
        (("days: 30", "days: 30, working: true"), "其他调整", "改为30个工作日。"),
        (("effect: blocks, basis: 某办法, ", "effect: note, basis: 某办法, "), "要求放宽", "日期晚于审查当日"),
        (("{minor: false}", "{}"), "其他调整", "由推定为否改为不作推定"),
        (("version: '1'", "version: '2'"), "其他调整", "版本由“1”改为“2”。"),
    ],
)
def test_terms_rules_and_presumptions_concern_every_case(
    tmp_path: Path, change: tuple[str, str], direction: str, text: str
) -> None:
    """They are told once, for all."""
    found = told(tmp_path, change)
    assert any(way == direction and scope == "各类案件" and text in words for way, scope, words in found), found


def test_a_prescribed_directory_is_told_once_and_not_item_by_item(tmp_path: Path) -> None:
    """That every paper has another place is one fact, not fifty."""
    order = ["subsidy_form", "hearing_record", "file_review_note", "assignment_notice", "cover"]
    slots = "".join(
        f"\n    - {{number: {number}, title: 第{number}项, materials: [{name}]}}"
        for number, name in enumerate(order, 1)
    )
    rest = f"\n    - {{number: {len(order) + 1}, title: 其他, rest: true}}"
    directory = f"directory:\n  basis: 某目录\n  standing: official\n  source: 原文\n  slots:{slots}{rest}\nrules:"
    moved = [text for way, _, text in told(tmp_path, ("rules:", directory)) if way.startswith("次序")]
    assert moved[0] == "改按规定的归档目录（6项）排列。"
    assert set(moved[1:]) <= {"材料的次序随分卷、归档目录调整，请对照新的材料清单。"}


def test_the_same_change_of_several_papers_is_one_sentence(tmp_path: Path) -> None:
    """Two papers of which the same is said are named together."""
    found = told(
        tmp_path,
        ("effect: blocks, basis: 某办法第三条", "effect: correct, basis: 某办法第三条"),
        ("effect: blocks, basis: 某办法第四条", "effect: correct, basis: 某办法第四条"),
    )
    assert [text for _, _, text in found] == ["《阅卷笔录》《庭审笔录》缺少时不再影响补贴，应当在归档前补正。"]


def test_one_norm_for_another_is_said_once_for_all_papers(tmp_path: Path) -> None:
    """Each paper's remark stays its own and does not keep the sentences apart."""
    old = (("某办法第三条", "《甲》（阅卷）"), ("某办法第四条", "《甲》（出庭）"), ("basis: 某规定", "basis: 《甲》"))
    new = tuple((before, after.replace("甲", "乙")) for before, after in old)
    found = differences(standard(tmp_path / "旧", *old), standard(tmp_path / "新", *new))
    assert [text for one in found for text in one.texts] == [
        "“承办人提交结案归档材料的期限”的依据由“《甲》”改为“《乙》”。",
        "《阅卷笔录》《庭审笔录》的依据中，由“《甲》”改为“《乙》”。",
    ]


def test_kinds_of_case_that_come_or_go_are_told(tmp_path: Path) -> None:
    """Without a list a case cannot be audited item by item."""
    found = told(tmp_path, ("kind: civil\n    title: 民事诉讼", "kind: enforcement\n    title: 执行"))
    assert ("其他调整", "执行", "新增清单，此类案件可以自动审查。") in found
    assert ("其他调整", "民事诉讼", "不再有清单，此类案件不能自动逐项审查。") in found


def test_a_standard_is_found_by_id_file_and_folder(tmp_path: Path) -> None:
    """A file inside a standard's folder names that standard."""
    standard(tmp_path)
    assert load_reference(str(tmp_path / "mini.yaml")).id == "mini"
    assert load_reference("mini", tmp_path).id == "mini"
    folder = tmp_path / "别处" / "mini"
    folder.mkdir(parents=True)
    (tmp_path / "mini.yaml").rename(folder / "standard.yaml")
    assert load_reference(str(folder)).id == "mini"
    assert load_reference(str(folder / "standard.yaml")).id == "mini"
    with pytest.raises(UsageError, match="找不到"):
        load_reference(str(tmp_path / "无.yaml"))
    with pytest.raises(StandardError):
        load_reference("无", tmp_path)
