"""Standards as data: what loads, what an overlay changes, and where a mistake is said to stand."""

from __future__ import annotations

import pytest
from auditing_volumes import gd

from pipeline.auditing import list_standards, load_standard
from pipeline.errors import StandardError
from schemas.case import Kind, Origin, Stage
from schemas.report import Effect, Standing
from schemas.standard import Need

HEADER = """id: mine
title: 本机构标准
version: '1'
standing: reconstructed
"""
CHECKLIST = """checklists:
  - kind: civil
    title: 民事
    parts:
      - {key: cover, need: required, effect: correct, basis: 依据, standing: reconstructed, source: 来源}
"""


def write(folder, text, name="mine.yaml"):
    (folder / name).write_text(text, encoding="utf-8")


def test_guangdong_has_a_checklist_for_every_kind():
    """No kind of the contract is left without a list; each list has a case that it fits."""
    assert {checklist.kind for checklist in gd().checklists} == set(Kind)
    assert "gd" in list_standards()
    for stage in Stage:
        for origin in Origin:
            assert gd().checklist(Kind.CRIMINAL_DEFENCE, stage, origin) is not None
    assert gd().checklist(Kind.LABOUR_ARBITRATION, None, Origin.APPLIED) is not None


def test_guangdong_says_what_it_rests_on():
    """Every item has basis and source; what is official cites the law; the standard itself is a reconstruction."""
    assert gd().standing is Standing.RECONSTRUCTED
    for checklist in gd().checklists:
        for item in checklist.items:
            assert item.basis.strip()
            assert item.source.strip()
            assert "{" not in item.basis
            if item.standing is Standing.OFFICIAL:
                assert "《中华人民共和国法律援助法》第" in item.basis


def test_an_optional_item_never_blocks():
    """What may be there is only noted."""
    items = [item for checklist in gd().checklists for item in checklist.items if item.need is Need.OPTIONAL]
    assert items
    assert {item.effect for item in items} == {Effect.NOTE}


def test_an_office_extends_the_shipped_standard(tmp_path):
    """An overlay adds, changes and removes items by key, and changes deadlines and rules."""
    write(
        tmp_path,
        """id: zhanjiang
title: 湛江市标准
version: '1'
standing: confirmed
extends: gd
deadlines:
  filing: {days: 15, effect: blocks, basis: 本市办法, standing: confirmed}
rules:
  - {rule: future_date, remove: true}
  - {rule: misplaced, effect: note}
changes:
  - kinds: [civil]
    stages: [trial_first]
    change:
      evidence: {effect: correct}
    remove: [volume_note]
    add:
      - {key: consent, materials: [explanation], title: 承诺书, need: required, after: rights_notice,
         effect: blocks, basis: 本市办法, standing: confirmed, source: 本市}
""",
        "zhanjiang.yaml",
    )
    standard = load_standard("zhanjiang", tmp_path)
    assert "zhanjiang" in list_standards(tmp_path)
    checklist = standard.checklist(Kind.CIVIL, Stage.TRIAL_FIRST, Origin.APPLIED)
    assert checklist is not None
    items = {item.key: item for item in checklist.items}
    keys = [item.key for item in checklist.items]
    assert items["evidence"].effect is Effect.CORRECT
    assert "volume_note" not in items
    assert keys.index("consent") == keys.index("rights_notice") + 1
    assert standard.deadlines["filing"].days == 15
    rules = {rule.rule: rule for rule in standard.rules}
    assert "future_date" not in rules
    assert rules["misplaced"].effect is Effect.NOTE
    other = standard.checklist(Kind.CIVIL, Stage.TRIAL_SECOND, Origin.APPLIED)
    assert other is not None
    assert "volume_note" in {item.key for item in other.items}
    assert standard.standing is Standing.CONFIRMED


def test_the_offices_own_standard_wins(tmp_path):
    """A file of the same name in the office's folder comes before the shipped one, and may extend it."""
    write(tmp_path, HEADER.replace("mine", "gd") + "extends: gd\n", "gd.yaml")
    standard = load_standard("gd", tmp_path)
    assert standard.title == "本机构标准"
    assert len(standard.checklists) == len(gd().checklists)


ROW = "{key: cover, need: required, effect: correct, basis: 依据, standing: reconstructed, source: 来源}"
MISTAKES = {
    "unknown material": (CHECKLIST.replace("key: cover", "key: a, materials: [gold]"), 9, "材料“gold”未知"),
    "unknown fact": (CHECKLIST.replace("need: required", "need: conditional, when: weather"), 9, "事实“weather”未知"),
    "unknown value": (
        CHECKLIST.replace("need: required", "need: conditional, when: origin == mars"), 9, "没有取值“mars”",
    ),
    "bad condition": (CHECKLIST.replace("need: required", "need: conditional, when: minor and"), 9, "不合语法"),
    "constant false": (
        CHECKLIST.replace("need: required", "need: conditional, when: minor and not minor"), 9, "恒为假",
    ),
    "out of reach": (
        CHECKLIST.replace("need: required", "need: conditional, when: kind == drafting"), 9, "恒为假",
    ),
    "missing basis": (CHECKLIST.replace("basis: 依据, ", ""), 9, "没有依据"),
    "doubled key": (CHECKLIST + "      - " + ROW + "\n", 10, "键“cover”重复"),
    "doubled order": (
        CHECKLIST.replace("key: cover", "order: 5, key: cover")
        + "      - " + ROW.replace("key: cover", "order: 5, key: contents_list") + "\n", 10, "次序“5”重复",
    ),
    "unknown effect": (CHECKLIST.replace("effect: correct", "effect: hang"), 9, "effect"),
    "unknown key": (CHECKLIST.replace("need: required", "need: required, colour: red"), 9, "colour"),
    "condition without need": (CHECKLIST.replace("need: required", "need: required, when: minor"), 9, "conditional"),
    "need without condition": (CHECKLIST.replace("need: required", "need: conditional"), 9, "when"),
    "unknown mark": (
        CHECKLIST.replace("need: required", "need: required, marks: [{mark: thumb, effect: note}]"), 9, "签章“thumb”未知",
    ),
    "mark of another item's paper": (
        CHECKLIST.replace("need: required", "need: required, marks: [{mark: office_seal, effect: note, materials: [evidence]}]"),
        9, "“evidence”不在本项的 materials",
    ),
    "unknown field": (
        CHECKLIST.replace("need: required", "need: required, fields: [{field: mood, effect: note}]"), 9, "要素“mood”未知",
    ),
    "bad pattern": (CHECKLIST.replace("need: required", "need: required, contains: '(['"), 9, "正则表达式"),
    "unknown module": (CHECKLIST.replace(ROW, "{module: HEAD}"), 9, "模块“HEAD”未知"),
    "unknown rule": (
        CHECKLIST + "rules:\n  - {rule: dance, effect: note, basis: 依据, standing: official}\n", 11, "规则“dance”未知",
    ),
    "bad parameter": (
        CHECKLIST
        + "rules:\n  - rule: sequence.x\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {before: [a.date]}\n",
        15, "after",
    ),
    "bad presumption": (CHECKLIST + "presumed: {minor: maybe}\n", 10, "没有取值“maybe”"),
    "a slip of the pen": (
        CHECKLIST.replace("key: cover", "key: a, materials: [meeting_recrod]"), 9, "是否为“meeting_record”（会见笔录）",
    ),
    "a title in place of its code": (
        CHECKLIST.replace("key: cover", "key: a, materials: [会见笔录]"), 9, "是否为“meeting_record”（会见笔录）",
    ),
    "unknown key without materials": (CHECKLIST.replace("key: cover", "key: covr"), 9, "是否为“cover”（卷宗封面）"),
    "unknown substitute": (
        CHECKLIST.replace("need: required", "need: required, substitutes: [{material: gold, reason: 无}]"),
        9, "替代材料“gold”未知",
    ),
    "mark out of reach": (
        CHECKLIST.replace("need: required", "need: required, marks: [{mark: firm_seal, effect: note, when: kind == drafting}]"),
        9, "签章的条件",
    ),
    "exception that always holds": (
        CHECKLIST.replace("need: required", "need: required, unless: kind == civil"), 9, "恒成立",
    ),
    "condition and exception contradict": (
        CHECKLIST.replace("need: required", "need: conditional, when: minor, unless: minor or plea"), 9, "恒为假",
    ),
    "demanded and forbidden": (
        CHECKLIST + "      - " + ROW.replace("key: cover", "key: none, materials: [cover]").replace("required", "forbidden")
        + "\n", 10, "既要求入卷，又不得入卷",
    ),
    "forbidden with a substitute": (
        CHECKLIST.replace("need: required", "need: forbidden, substitutes: [{material: explanation, reason: 无}]"),
        9, "不应有替代材料",
    ),
    "title asked of what is due": (CHECKLIST.replace("need: required", "need: required, titled: 存根"), 9, "titled"),
    "undefined norm": (CHECKLIST.replace("basis: 依据", "basis: '{nowhere}第一条'"), 9, "“{nowhere}”没有定义"),
    "volume without a directory": (CHECKLIST.replace("need: required", "need: required, volume: second"), 9, "分卷“second”未知"),
    "unknown deadline": (
        CHECKLIST + "deadlines:\n  fileing: {days: 3, basis: 依据, standing: official}\n", 11, "是否为“filing”",
    ),
    "deadline without basis": (CHECKLIST + "deadlines:\n  filing: {days: 3, standing: official}\n", 11, "没有依据"),
    "deadline in days and months": (
        CHECKLIST + "deadlines:\n  filing: {days: 3, months: 1, basis: 依据, standing: official}\n", 11, "days（日）或者 months（月）",
    ),
    "rule about an unknown paper": (
        CHECKLIST
        + "rules:\n  - rule: duplicate\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {documents: [gold]}\n",
        15, "材料“gold”未知",
    ),
    "phase with an unknown paper": (
        CHECKLIST
        + "rules:\n  - rule: misplaced\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {phases: [[cover], [gold]]}\n",
        15, "材料“gold”未知",
    ),
    "form of an unknown paper": (
        CHECKLIST
        + "rules:\n  - rule: form_filled\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {forms: {gold: [姓名]}}\n",
        15, "材料“gold”未知",
    ),
    "income limit of nothing": (
        CHECKLIST
        + "rules:\n  - rule: means_limit\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {limits: [{monthly: 0}]}\n",
        15, "monthly",
    ),
    "rule about an unknown field": (
        CHECKLIST
        + "rules:\n  - rule: sequence.x\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {before: [cover.dat], after: [cover.date]}\n",
        15, "是否为“date”",
    ),
    "rule about a term that is not set": (
        CHECKLIST
        + "rules:\n  - rule: filing_term\n    effect: note\n    basis: 依据\n    standing: official\n"
        + "    parameters: {deadline: filing}\n",
        15, "没有在 deadlines 中写明",
    ),
    "rule that no list can need": (
        CHECKLIST
        + "rules:\n  - {rule: illegible, effect: note, when: kind == drafting, basis: 依据, standing: official}\n",
        11, "在全部清单中恒为假",
    ),
    "directory with an unknown paper": (
        CHECKLIST + "directory:\n  slots:\n    - {number: 1, title: 甲, materials: [gold]}\n", 12, "材料“gold”未知",
    ),
    "directory without a place": (
        CHECKLIST + "directory:\n  slots:\n    - {number: 1, title: 甲, materials: [motion]}\n", 9, "没有位置",
    ),
    "directory that counts twice": (
        CHECKLIST + "directory:\n  slots:\n    - {number: 1, title: 甲, materials: [cover]}\n    - {number: 1, title: 乙}\n",
        13, "第1项重复",
    ),
    "directory in an unknown volume": (
        CHECKLIST
        + "volumes: [{id: one, title: 甲卷}]\ndirectory:\n  slots:\n"
        + "    - {number: 1, title: 甲, volume: two, materials: [cover]}\n",
        13, "分卷“two”未知",
    ),
    "official directory that was not read": (
        CHECKLIST + "directory:\n  standing: official\n  slots: [{number: 1, title: 甲, materials: [cover]}]\n",
        11, "应当写明依据（basis）和来源（source）",
    ),
    "order beside a directory": (
        CHECKLIST.replace("key: cover", "order: 5, key: cover") + "directory:\n  order: [cover]\n", 9, "请勿另写 order",
    ),
    "ends before it begins": ("effective_from: 2024-01-01\neffective_to: 2023-01-01\n" + CHECKLIST, 6, "早于 effective_from"),
    "typed with a tab": ("checklists:\n\t- kind: civil\n", 6, "制表符"),
    "typed with a Chinese colon": ("checklists：\n  - kind: civil\n", 5, "全角冒号"),
    "extends what is not there": ("extends: atlantis\n", 5, "所继承的标准不可用"),
    "unknown section": (CHECKLIST + "colour: red\n", 10, "键“colour”未知"),
    "not YAML": ("title: [\n", 6, "YAML"),
    "doubled mapping key": ("title: again\n", 5, "键“title”重复"),
    "two lists for one case": (
        CHECKLIST + CHECKLIST.removeprefix("checklists:\n").replace("title: 民事", "title: 又"), 10, "同样的案件",
    ),
    "no list": ("", 1, "没有任何清单"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_file_and_line(tmp_path, mistake):
    """Whoever writes a standard is led to the line, in Chinese."""
    body, line, words = MISTAKES[mistake]
    write(tmp_path, HEADER + body)
    with pytest.raises(StandardError) as caught:
        load_standard("mine", tmp_path)
    assert words in caught.value.message
    assert f"mine.yaml第{line}行" in caught.value.message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("remove: [gold]", "要删除的项目“gold”不存在"),
        ("change: {gold: {effect: note}}", "要修改的项目“gold”不存在"),
        ("kinds: [nothing]\n    remove: [cover]", "没有符合"),
        ("add: [{after: gold, key: x}]", "所依的项目“gold”不存在"),
        ("delete: [cover]", "键“delete”未知"),
        ("change: {cover: {after: gold}}", "调整次序所依的项目“gold”不存在"),
        ("change: {cover: {effect: hang}}", "“effect”的取值“hang”不被接受"),
        ("change: {cover: {when: weather, need: conditional}}", "事实“weather”未知"),
    ],
)
def test_an_overlay_that_misses_its_target_is_refused(tmp_path, change, words):
    """An overlay that changes nothing is a typing error."""
    write(tmp_path, HEADER + f"extends: gd\nchanges:\n  - {change}\n")
    with pytest.raises(StandardError) as caught:
        load_standard("mine", tmp_path)
    assert words in caught.value.message
    assert "mine.yaml第" in caught.value.message


def test_standards_that_extend_each_other_are_refused(tmp_path):
    """A circle has no bottom."""
    write(tmp_path, HEADER + "extends: yours\n")
    write(tmp_path, HEADER.replace("mine", "yours") + "extends: mine\n", "yours.yaml")
    with pytest.raises(StandardError, match="循环") as caught:
        load_standard("mine", tmp_path)
    assert "yours.yaml第5行" in caught.value.message
    assert "mine → yours → mine" in caught.value.message


def test_what_is_inherited_follows_its_parent(tmp_path):
    """An overlay holds a reference, not a copy: what the parent changes, it changes."""
    write(tmp_path, HEADER + CHECKLIST)
    write(tmp_path, HEADER.replace("mine", "yours") + "extends: mine\n", "yours.yaml")
    before = load_standard("yours", tmp_path).checklists[0].items[0]
    write(tmp_path, HEADER + CHECKLIST.replace("effect: correct", "effect: blocks").replace("来源", "新来源"))
    after = load_standard("yours", tmp_path).checklists[0].items[0]
    assert (before.effect, after.effect, after.source) == (Effect.CORRECT, Effect.BLOCKS, "新来源")


def test_a_mistake_in_a_change_is_told_where_the_change_stands(tmp_path):
    """Whoever wrote the overlay is led to the overlay, not to the file that it changes."""
    write(tmp_path, HEADER + CHECKLIST)
    change = "extends: mine\nchanges:\n  - change:\n      cover:\n        effect: note\n        need: conditional\n"
    write(tmp_path, HEADER.replace("mine", "yours") + change, "yours.yaml")
    with pytest.raises(StandardError, match="没有写明条件") as caught:
        load_standard("yours", tmp_path)
    assert "yours.yaml第10行" in caught.value.message


def test_norms_are_named_anew_and_sources_are_not(tmp_path):
    """A child names its own norm: the basis follows; where the item came from stays as it was, and is called inherited."""
    rows = CHECKLIST.replace("basis: 依据", "basis: '{law}第一条'").replace("source: 来源", "source: '{law}目录'")
    write(tmp_path, HEADER + "norms: {law: 甲法}\n" + rows)
    child = "extends: mine\ninherited: 沿用（{source}）\nnorms: {law: 乙法}\n"
    write(tmp_path, HEADER.replace("mine", "yours") + child, "yours.yaml")
    item = load_standard("yours", tmp_path).checklists[0].items[0]
    assert (item.basis, item.source) == ("乙法第一条", "沿用（甲法目录）")


def test_rows_stand_in_the_order_that_they_give(tmp_path):
    """An explicit order puts a row between others."""
    rows = "".join(
        f"      - {ROW.replace('key: cover', f'key: {key}')}\n" for key in ("contents_list", "volume_note, order: 15")
    )
    write(tmp_path, HEADER + CHECKLIST + rows)
    keys = [item.key for item in load_standard("mine", tmp_path).checklists[0].items]
    assert keys == ["cover", "volume_note", "contents_list"]


def test_a_file_saved_by_a_windows_editor_loads(tmp_path):
    """The mark that Windows puts at the beginning of a file is no text."""
    (tmp_path / "mine.yaml").write_text(HEADER + CHECKLIST, encoding="utf-8-sig")
    assert load_standard("mine", tmp_path).title == "本机构标准"
    assert "mine" in list_standards(tmp_path)


def test_a_list_that_is_no_standard_says_so(tmp_path):
    """A YAML file without an id is some other list."""
    write(tmp_path, "title: 清单\n")
    with pytest.raises(StandardError, match="不是归档标准"):
        load_standard("mine", tmp_path)


def test_an_unknown_standard_names_those_that_exist(tmp_path):
    """The message helps on."""
    with pytest.raises(StandardError, match=r"可用的标准：.*gd"):
        load_standard("atlantis", tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    """A Word file renamed to YAML ends in one sentence."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "standard.yaml").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(StandardError, match="UTF-8"):
        load_standard("mine", tmp_path)
