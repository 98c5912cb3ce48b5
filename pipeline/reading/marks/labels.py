"""Printed labels that a signature belongs to: `承办律师（签名）：`, `被会见人签名：`, `甲方：`.

A label is told from prose that merely speaks of signing ("双方签字后生效") by what stands around it in the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLES = (
    "受援人", "受助人", "受帮助人", "被帮助人", "申请人", "代理申请人", "法定代理人", "法定代表人", "委托代理人", "诉讼代理人", "代理人", "委托人", "受委托人", "受托人",
    "承办人员", "承办人", "承办律师", "经办律师", "代理律师", "辩护律师", "值班律师", "指派律师", "援助律师", "律师", "辩护人",
    "犯罪嫌疑人", "被告人", "上诉人", "被上诉人", "被害人", "被会见人", "被谈话人", "被告知人", "被询问人", "被调查人", "被访人",
    "被回访人", "会见人", "会见律师", "谈话人", "告知人", "询问人", "调查人", "回访人", "记录人", "书记员", "具结人", "承诺人",
    "声明人", "说明人", "确认人", "审批人", "审查人", "审核人", "复核人", "核卷人", "批准人", "经办人", "经手人", "负责人", "主任", "单位负责人",
    "机构负责人", "部门负责人", "领导", "领款人", "收款人", "收件人", "接收人", "接待人", "受理人", "登记人", "填表人", "填报人",
    "制表人", "送达人", "受送达人", "代收人", "签收人", "接收人员", "立卷人", "检查人", "归档人", "移交人", "当事人", "具状人", "起诉人",
    "答辩人", "反诉人", "原告人", "原告", "被告", "自诉人", "申诉人", "证人", "合适成年人", "监护人", "家属", "近亲属", "翻译", "翻译人员", "阅卷人", "主持人", "参加人",
    "参加人员", "讨论人员", "汇报人", "提交人", "提供人", "评估人", "评查人", "评审人", "专家", "旁听人", "甲方", "乙方", "丙方",
    "双方", "本人", "见证人", "在场人", "报告人", "撰写人", "保证人", "借款人", "出借人", "工作人员", "办案人员", "办案人", "检察官",
    "检察人员", "法官", "审判长", "审判员", "侦查员", "民警", "公证员", "联系人", "转交人", "接谈人", "咨询人", "求助人", "反馈人",
    "被援助人", "受援助人", "受援对象", "受援者", "援助对象", "求援人", "申请执行人", "被讯问人", "援助人员", "法律服务工作者", "法律工作者",
    "帮助律师", "证明人", "移送人", "装订人", "整理人", "校对人", "核对人", "查阅人", "摘抄人", "摘录人", "调解员", "调解人", "仲裁员", "执行员", "代书人",
    "代笔人", "代写人", "交卷人", "收卷人", "接卷人", "验收人", "递交人",
    "申报人", "被约谈人", "约谈人", "陈述人", "初审", "复审", "审定", "核定", "初审人", "复审人", "审定人", "核准人", "签批人",
)  # fmt: skip
SIGN = (
    r"(?:亲笔)?(?:签名|签字|签章|签署|捺印|捺指印|按指印|按手印|摁手印|盖章|签收)"
    r"(?:(?:[、，/]|或者?|和|并|及)?(?:签名|签字|盖章|签章|捺印|捺指印|按指印|按手印|摁手印|印章|指印))*"
)
MISREAD_ROLES = ("承.律师", "[^\\s，。：:]办律师", "辩.律师", "被会.人", "法定代.人")
"""Roles with a letter that a seal has spoilt: `承州律师`."""
EITHER_ROLE = r"被?(?:会见|约见|谈话|询问|调查|接谈|接待|受援|委托)[(（/、](?:会见|约见|谈话|询问|调查|接谈|接待|申请|代理)[)）]?人"
"""One form for two kinds of talk: `被会见（谈话）人：`."""
CAPACITY = "(?:(?:刑事)?附带民事诉讼|附带民事|委托|指定|法律援助|援助|原审|一审|二审|共同|主办|协办)?"
"""In which capacity somebody acts: `委托诉讼代理人`, `原审被告人`, `指定辩护人`."""
ROLE = CAPACITY + "(?:" + "|".join([EITHER_ROLE, *sorted(ROLES, key=len, reverse=True), *MISREAD_ROLES]) + ")"
_ROLES = rf"{ROLE}(?:(?:[、/]|或者?|及其?|和)?(?:其)?{ROLE})*"
_BRACKET = rf"[(（\[【]\s*(?:[^()（）]{{0,8}})?{SIGN}(?:[^()（）]{{0,6}})?[)）\]】]"
"""OCR sees `(`, `（` and a half-lost pair alike; the words inside may be 由本人签名, 签字或捺印."""
_HEADING = rf"(?:[(（]{SIGN}[)）])?(?:[及和、](?:签收|收到)?(?:日期?|时间)(?=\s*$|\s*[:：]))?"
"""The rest of a column's heading: `受送达人签名（盖章）及日期`; a narrow column breaks it behind 日."""
LABEL = re.compile(
    rf"(?P<role>{_ROLES})?(?P<aside>[(（][^()（）]{{1,8}}[)）])?(?P<blank>[\s_＿—\-:：]*)"
    rf"(?:(?P<bracket>{_BRACKET})|(?P<sign>{SIGN}){_HEADING})(?P<colon>\s*[:：;；])?"
)
BARE = re.compile(rf"(?P<role>{_ROLES})(?P<aside>[(（][^()（）]{{1,8}}[)）])?\s*(?P<colon>[:：])")
DAY = re.compile(r"\d{4}\s*[年.\-/．·]\s*\d{1,2}\s*[月.\-/．·]\s*\d{1,2}\s*日?")
NAMED_DAY = re.compile(rf"^(?P<role>{ROLE})(?=[\u4e00-\u9fff·]{{2,4}}\s*{DAY.pattern}(?:\s|$))")
"""A role whose colon was lost, with a name and a day behind it: nobody's prose ends there."""
PROSE_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,}$")
PROSE_AFTER = re.compile(
    r"^\s*(?:后|的|并|应|由|须|需|生效|确认|处|等|之|时|前|或|及|和|与|即|方|、|，|,|。|在|无误|页|样式|栏|了|过|人|日期|时间|者)"
)
MISREAD_COLON = re.compile(r"^\s*[,，.．、]\s*[^\s,，。、；]{0,4}$")
"""A colon on a poor scan reads as a comma: behind a bracket, with no more than a name after it, it is one."""
PAGE_NUMBER = re.compile(r"\s*第\s?\d+\s?页[，,\s]*(?:共\s?\d+\s?页)?\s*$")
CLAUSE_BREAK = re.compile(r"[。；;，,！!？?:：\s_＿]")
UNIT_BEFORE = re.compile(r"(?:律师事务所|法律服务所|法律援助中心|法律援助处|工作站|属实|无误|相符|一致|特此证明|\d日)$")
"""What stands before the role where OCR drops the blank or the stop: the signer's unit (`某某律师事务所　律师：`), a closing
sentence (`以上情况属实。申请人：`), the day of whoever signed before."""
LONGEST_NAME = 8
"""Characters after a label that can still be a name; more is prose. 少数民族 names with a dot are longer and rare."""


@dataclass(frozen=True)
class Label:
    """A label inside one line. `start` and `end` index its text; a signature may also stand in [gap_start, gap_end)."""

    text: str
    start: int
    end: int
    """Behind the signer's firm, where that stands between the role and the name."""
    role: str
    bare: bool
    """Only a role and a colon: a signature place at the foot of a paper, a field in its head."""
    gap_start: int
    gap_end: int


def labels_in(text: str) -> tuple[Label, ...]:
    """The labels of a line, left to right."""
    found = [_label(match, bare=False) for match in LABEL.finditer(text) if _is_label(text, match)]
    for match in (*BARE.finditer(text), *NAMED_DAY.finditer(text)):
        overlaps = any(match.start() < label.end and label.start < match.end() for label in found)
        if not overlaps and _starts_clause(text, match.start()) and _is_short(text[match.end() :]):
            found.append(_label(match, bare=True))
    return tuple(sorted(found, key=lambda label: label.start))


FIRM_BEHIND = re.compile(
    r"\s*[\u4e00-\u9fff()（）]{2,16}?(?:律师事务所|法律服务所|法律援助中心|法律援助处)\s*(?:律师|法律工作者)?\s*(?=[\u4e00-\u9fff·]{2,4}(?:\s|\d|$))"
)
"""The signer's firm between the role and the name: `代理人：河北某某律师事务所律师 陈某山`."""


def _is_short(behind: str) -> bool:
    """Whether no more than a name follows, with its day: up to the next label of the line."""
    firm = FIRM_BEHIND.match(behind)
    behind = behind[firm.end() :] if firm is not None else behind
    following = BARE.search(behind) or LABEL.search(behind)
    return len(undated(behind[: following.start()] if following else behind)) <= 2 * LONGEST_NAME


def undated(behind: str) -> str:
    """What follows a label, without a day and the page's number at its end."""
    return DAY.sub("", PAGE_NUMBER.sub("", behind)).strip()


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Told from prose by the words before and behind."""
    after = text[match.end() :]
    if match["bracket"] and MISREAD_COLON.match(after):
        return True
    if PROSE_AFTER.match(after) and not match["colon"]:
        return False
    if match["colon"] or match["bracket"]:
        return True
    if match["role"] is None and match.start() > 0 and PROSE_BEFORE.search(text[: match.start()]):
        return False
    return _starts_clause(text, match.start()) and len(re.split(r"[年月日\d]", after.strip())[0]) <= LONGEST_NAME


def _starts_clause(text: str, start: int) -> bool:
    before = text[:start]
    return not before.strip() or bool(CLAUSE_BREAK.match(before[-1])) or bool(UNIT_BEFORE.search(before))


def _label(match: re.Match[str], *, bare: bool) -> Label:
    groups = match.groupdict()
    role = groups["role"] or ""
    blank = groups.get("blank") or ""
    firm = FIRM_BEHIND.match(match.string, match.end()) if bare else None
    end = firm.end() if firm is not None else match.end()
    gap = match.span("blank") if role and blank and not bare else (end, end)
    return Label(match.group().strip(), match.start(), end, role, bare, gap[0], gap[1])
