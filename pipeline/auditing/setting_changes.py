"""What changed in a standard beside its checklists: rules, deadlines, presumptions, volumes, notes, header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.auditing.item_changes import Change, Direction, ground_changes
from pipeline.auditing.phrases import days, in_clause, value_title
from schemas.case import FACT_TITLES
from schemas.materials import load_materials, material_title
from schemas.report import EFFECT_TITLES, Effect
from schemas.standard import DEADLINE_TITLES, Deadline, RuleSetting, Standard
from schemas.volume import FIELD_TITLES

_RULE_TITLES = {
    "illegible": "页面不清晰",
    "duplicate": "重复材料",
    "page_gap": "缺页",
    "ending": "文书末页不全",
    "means_limit": "经济困难标准",
    "misplaced": "装订次序",
    "foreign": "混入他案材料",
    "fee_taken": "收取财物",
    "fee_told": "回访所称收取财物",
    "future_date": "日期晚于审查当日",
    "filing_term": "提交结案材料的期限",
    "same_day": "日期前后一致",
    "blank_form": "空白表格",
    "broken_off": "文书内容中断",
    "conflict": "利益冲突",
    "claimed_twice": "重复申领补贴",
    "number_taken": "案件编号重复",
    "opposed_clients": "利益冲突（他案）",
    "payee": "补贴领款人",
    "phone": "联系电话位数",
    "contents": "卷内目录与卷内材料一致",
    "distinct_people": "人员不得相同",
    "form_filled": "表格填写完整",
    "identity_number": "身份证号码校验",
    "number_form": "文书编号格式",
    "page_count": "页数与备考表一致",
    "practice_years": "承办人执业年限",
    "progress_acts": "承办情况记录的事项",
    "progress_dates": "承办情况记录的日期",
    "resemblance": "法律意见雷同",
    "rest_day": "日期为休息日",
    "result_ticked": "承办结果勾选",
    "seal_owner": "印章与落款单位一致",
}
"""By the rule's family: the name before the dot."""
_EFFECTS = {Effect.NOTE: 0, Effect.CORRECT: 1, Effect.BLOCKS: 2}
_PARAMETER_TITLES = {
    "documents": "所核对的材料", "limits": "经济困难标准的金额", "mentioned": "一并核对的材料", "signed": "文末应当签署", "ignore": "不计次序的材料", "days": "期限天数",
    "working": "按工作日计算", "delivery_days": "送达在途天数",
    "unasked_days": "不予询问的在途天数", "before": "在先的日期", "after": "在后的日期",
}  # fmt: skip


def setting_changes(old: Standard, new: Standard) -> Iterator[Change]:
    """Changes that concern every case."""
    yield from _header_changes(old, new)
    yield from _deadline_changes(old, new)
    yield from _rule_changes(old, new)
    yield from _presumption_changes(old, new)
    yield from _volume_changes(old, new)
    yield from _directory_changes(old, new)
    yield from _listed("人工核对事项", [note.text for note in old.notes], [note.text for note in new.notes])


def _header_changes(old: Standard, new: Standard) -> Iterator[Change]:
    for title, before, after in (
        ("标准名称", old.title, new.title),
        ("版本", old.version, new.version),
        ("生效日期", old.effective_from, new.effective_from),
        ("失效日期", old.effective_to, new.effective_to),
        ("机构称谓", old.office_term, new.office_term),
        ("承办人称谓", old.lawyer_term, new.lawyer_term),
    ):
        if before != after:
            yield Change(Direction.OTHER, f"{title}由“{before or '（未写）'}”改为“{after or '（未写）'}”。")


def _deadline_changes(old: Standard, new: Standard) -> Iterator[Change]:
    for name in dict.fromkeys((*old.deadlines, *new.deadlines)):
        title = f"{DEADLINE_TITLES.get(name, name)}的期限"
        before, after = old.deadlines.get(name), new.deadlines.get(name)
        if before is None and after is not None:
            yield Change(Direction.STRICTER, f"新增{title}：{days(after)}。")
        elif after is None:
            yield Change(Direction.LAXER, f"不再规定{title}。")
        elif before is not None:
            yield from _changed_deadline(title, before, after)


def _changed_deadline(title: str, before: Deadline, after: Deadline) -> Iterator[Change]:
    if days(before) != days(after):
        comparable = before.working == after.working and bool(before.days) == bool(after.days)
        shorter = (after.days, after.months) < (before.days, before.months)
        direction = (Direction.STRICTER if shorter else Direction.LAXER) if comparable else Direction.OTHER
        yield Change(direction, f"{title}由{days(before)}改为{days(after)}。")
    yield from _effect_change(f"超过{title}", before.effect, after.effect)
    yield from ground_changes(f"“{title}”", (before.basis, before.standing), (after.basis, after.standing))


def _effect_change(what: str, before: Effect, after: Effect) -> Iterator[Change]:
    if before is not after:
        direction = Direction.STRICTER if _EFFECTS[after] > _EFFECTS[before] else Direction.LAXER
        yield Change(direction, f"{what}的处理由“{EFFECT_TITLES[before]}”改为“{EFFECT_TITLES[after]}”。")


def rule_title(rule: RuleSetting) -> str:
    """A rule in Chinese, e.g. `受援人姓名前后一致`, `《申请表》日期不晚于《给予法律援助决定书》日期`."""
    parameters = rule.parameters
    family, _, about = rule.rule.partition(".")
    if family in _RULE_TITLES:
        return f"{_RULE_TITLES[family]}（{about}）" if about else _RULE_TITLES[family]
    if rule.rule.startswith("agreement.") and parameters.get("field") in FIELD_TITLES:
        return f"{FIELD_TITLES[parameters['field']]}前后一致"
    if rule.rule.startswith("sequence.") and parameters.get("before") and parameters.get("after"):
        return f"{_operand(parameters['before'][0])}不晚于{_operand(parameters['after'][0])}"
    if "act" in parameters:
        return f"{parameters['act']}的期限"
    return rule.rule


def _operand(text: str) -> str:
    """`application_form.date` as `《法律援助申请表》日期`."""
    document, _, field = text.partition(".")
    title = FIELD_TITLES.get(field, field)
    return f"《{material_title(document)}》{title}" if document in load_materials() else title


def _rule_changes(old: Standard, new: Standard) -> Iterator[Change]:
    before = {rule.rule: rule for rule in old.rules}
    after = {rule.rule: rule for rule in new.rules}
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield Change(Direction.LAXER, f"不再核对“{rule_title(before[name])}”。")
        elif name not in before:
            rule = after[name]
            yield Change(
                Direction.STRICTER, f"新增核对“{rule_title(rule)}”，不符的处理为“{EFFECT_TITLES[rule.effect]}”。"
            )
        else:
            yield from _changed_rule(before[name], after[name])


def _changed_rule(before: RuleSetting, after: RuleSetting) -> Iterator[Change]:
    title = f"“{rule_title(after)}”"
    yield from _effect_change(f"{title}不符", before.effect, after.effect)
    if before.when != after.when:
        when = f"仅对{in_clause(after.when)}的案件核对" if after.when else "对各类案件一律核对"
        yield Change(Direction.OTHER, f"{title}改为{when}。")
    for key in dict.fromkeys((*before.parameters, *after.parameters)):
        yield from _parameter_change(title, key, before.parameters.get(key), after.parameters.get(key))
    yield from ground_changes(title, (before.basis, before.standing), (after.basis, after.standing))


def _parameter_change(title: str, key: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    what = _PARAMETER_TITLES.get(key)
    if what is None or not all(_is_plain(value) for value in (before, after)):
        yield Change(Direction.OTHER, f"{title}：{what or f'设置 {key}'}有修改。")
    elif isinstance(before, list) or isinstance(after, list):
        was, now = before or [], after or []
        gained, lost = [one for one in now if one not in was], [one for one in was if one not in now]
        parts = [f"增加{_values(gained)}" if gained else "", f"减少{_values(lost)}" if lost else ""]
        text = "，".join(part for part in parts if part) or "次序有变动"
        yield Change(Direction.OTHER, f"{title}：{what}{text}。")
    else:
        yield Change(Direction.OTHER, f"{title}：{what}由“{_value(before)}”改为“{_value(after)}”。")


def _is_plain(value: Any) -> bool:
    """Whether a value can be put into words: a scalar, or a list of words."""
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, bool | int | str)


def _values(values: list[Any]) -> str:
    return "、".join(_value(value) for value in values)


def _value(value: Any) -> str:
    if value is None:
        return "（未写）"
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    return f"《{material_title(text)}》" if text in load_materials() else _operand(text) if "." in text else text


def _presumption_changes(old: Standard, new: Standard) -> Iterator[Change]:
    for name in dict.fromkeys((*old.presumed, *new.presumed)):
        before, after = old.presumed.get(name), new.presumed.get(name)
        if before == after:
            continue
        words = [
            f"推定为{value_title(name, value)}" if value is not None else "不作推定、列为待核"
            for value in (before, after)
        ]
        yield Change(Direction.OTHER, f"卷内没有材料提及“{FACT_TITLES[name]}”时，由{words[0]}改为{words[1]}。")


def _volume_changes(old: Standard, new: Standard) -> Iterator[Change]:
    before, after = [volume.title for volume in old.volumes], [volume.title for volume in new.volumes]
    if before and after:
        yield from _listed("分卷", before, after)
    elif after:
        yield Change(Direction.ORDER, f"改为分卷装订：{'、'.join(after)}；各项材料所属的卷见材料清单。")
    elif before:
        yield Change(Direction.ORDER, f"不再分卷装订（原分为{'、'.join(before)}）。")


def _directory_changes(old: Standard, new: Standard) -> Iterator[Change]:
    before, after = [slot.title for slot in old.slots], [slot.title for slot in new.slots]
    if before and after:
        yield from _listed("归档目录项目", before, after)
    elif after:
        yield Change(Direction.ORDER, f"改按规定的归档目录（{len(after)}项）排列。")
    elif before:
        yield Change(Direction.ORDER, "不再按规定的归档目录排列。")


def _listed(what: str, before: list[str], after: list[str]) -> Iterator[Change]:
    gained, lost = [one for one in after if one not in before], [one for one in before if one not in after]
    if gained:
        yield Change(Direction.ORDER if what != "人工核对事项" else Direction.OTHER, f"新增{what}：{_joined(gained)}。")
    if lost:
        yield Change(Direction.ORDER if what != "人工核对事项" else Direction.OTHER, f"取消{what}：{_joined(lost)}。")
    if before != after and not gained and not lost:
        yield Change(Direction.ORDER, f"{what}的次序有变动。")


def _joined(texts: list[str]) -> str:
    return "；".join(text.rstrip("。") for text in texts)
