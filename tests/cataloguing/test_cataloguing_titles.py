"""Titles on real papers come in many forms; each names its type and no other."""

from __future__ import annotations

import pytest
from cataloguing_pages import LETTER, page

from pipeline.cataloguing import catalogue
from pipeline.cataloguing.titles import name_blurred_title, name_line, name_title
from schemas.materials import OTHER, load_materials

FORMS: dict[str, str] = {
    "cover": "法律援助案件卷宗封面 电子卷宗封面 案卷封面 法律援助案卷封皮 刑事案卷 承办卷",
    "contents_list": "卷内目录 卷内文件目录 湖南省法律援助案卷归档目录 归档目录 卷宗目录 卷内材料目录 法律援助案件归档材料目录",
    "application_form": "法律援助申请表 公民法律援助申请表 法律援助申请书 广州市法律援助申请表",
    "application_proxy": "法律援助申请委托书 申请法律援助委托书",
    "transfer_letter": "申请转交公函 转交法律援助申请材料清单 法律援助申请转交函",
    "defence_notice": "通知辩护公函 提供法律援助通知书 指定辩护通知书 通知代理公函 商请函 通知指派辩护律师公函 湛江市霞山区人民法院提供法律援助通知书 商请提供法律援助函",
    "identity_document": "居民身份证复印件 常住人口登记卡 受援人身份证明 申请人身份证复印件 护照",
    "means_statement": "经济困难状况说明表 法律援助申请人经济状况证明表 个人诚信承诺书 证明事项告知承诺书 法律援助申请人及其家庭经济状况证明 经济困难证明 申请人家庭困难证明表 经济状况证明表",
    "means_exemption": "最低生活保障证 残疾人证 免予核查经济困难状况证明材料 特困人员救助供养证 低保证 农民工身份证明",
    "materials_receipt": "法律援助申请材料接收凭证 申请材料接收凭证 收件回执",
    "supplement_notice": "补充材料/说明通知书 补充材料通知书 补充材料、说明通知书",
    "cooperation_letter": "法律援助协作函 法律援助异地协作函",
    "approval_form": "法律援助审查表 法律援助审批表 法律援助申请审批表 通知辩护呈批表 通知辩护（代理）呈批表 刑事法律援助审批表 通知辩护/代理呈批表 民事法律援助审批表",
    "grant_decision": "给予法律援助决定书 准予行政审批决定书 给予法律援助决定书（存根） 给予法律援助决定书（副本） 提供法律援助决定书",
    "refusal_decision": "不予法律援助决定书 不予行政审批决定书",
    "assignment_notice": "指派通知书 湛江市霞山区法律援助处指派通知书 法律援助指派通知书 指派通知书（存根） 法律援助案件指派通知书 法律援助案件指派函 指派通知书(2024)粤援0803刑001号",
    "representation_agreement": "委托代理/辩护协议 法律援助委托协议 委托代理协议 委托辩护协议 法律援助协议书 民事法律援助委托代理协议 委托协议",
    "power_of_attorney": "授权委托书 委托书 刑事授权委托书 授 权 委 托 书 民事授权委托书 特别授权委托书",
    "acceptance_confirmation": "接受法律援助确认书 犯罪嫌疑人接受法律援助确认书 被告人接受法律援助确认书 上诉人接受法律援助确认书 拒绝法律援助确认书 同意接受法律援助声明书",
    "rights_notice": "受援人权利义务告知书 受援人权利义务及风险告知书 诉讼风险告知书 法律援助告知书 受援人诉讼（仲裁）风险告知书 法援告知书 受援人须知",
    "official_letter": "法律援助公函 民事法律援助公函 刑事法律援助公函 行政法律援助公函 湛江市法律援助处刑事法律援助公函 援助公函",
    "service_receipt": "送达回证 援助情况送达回证 送达回执 法律援助文书送达回证",
    "firm_letter": "律师事务所函 律师会见公函 会见介绍信 律师会见在押人员专用介绍信 会见专用证明 广东某某律师事务所函",
    "introduction_letter": "法律援助机构介绍信 法律援助介绍信",
    "progress_record": "法律援助案件承办情况通报/报告记录 案件承办情况通报记录 承办情况通报/报告记录 案件承办情况报告记录 法律援助案件办理情况记录表 办案日志 法律援助案件进展情况通报记录 案件承办通报",
    "change_application": "更换法律援助人员申请表 更换法律援助人员审批表 更换承办律师申请书",
    "change_notice": "更换法律援助人员通知书 更换承办人通知书",
    "termination_decision": "终止法律援助决定书 终止提供法律援助决定书",
    "termination_letter": "终止法律援助公函",
    "objection_decision": "法律援助异议审查决定书",
    "coercive_measure": "拘留通知书 逮捕通知书 取保候审决定书 监视居住决定书 变更强制措施决定书 逮捕决定书 霞山区公安局拘留证",
    "prosecution_opinion": "起诉意见书 湛江市公安局霞山分局起诉意见书",
    "indictment": "起诉书 广东省湛江市霞山区人民检察院起诉书 起诉书（副本）",
    "non_prosecution_decision": "不起诉决定书 撤销案件决定书 移送审查起诉告知书 释放证明书 相对不起诉决定书",
    "plea_affidavit": "认罪认罚具结书 犯罪嫌疑人认罪认罚具结书",
    "appeal_petition": "上诉状 刑事上诉状 民事上诉状 抗诉书 再审申请书 申诉书",
    "pleading": "民事起诉状 起诉状 民事答辩状 答辩状 反诉状 行政起诉状 刑事附带民事起诉状 刑事自诉状 民事诉状",
    "arbitration_application": "劳动争议仲裁申请书 劳动人事争议仲裁申请书 仲裁申请书 劳动仲裁申请书",
    "reconsideration_application": "行政复议申请书 国家赔偿申请书",
    "case_acceptance_notice": "受理案件通知书 受理通知书 立案通知书 应诉通知书 举证通知书 认罪认罚从宽制度告知书",
    "meeting_record": "会见笔录 首次会见笔录 会见犯罪嫌疑人笔录 会见被告人笔录 律师会见笔录 第二次会见笔录 温州市法律援助中心侦查阶段会见笔录 会见笔录（第一次） 认罪认罚会见笔录",
    "interview_record": "谈话笔录 约见笔录 会见当事人谈话笔录 首次谈话笔录 受援人谈话笔录 开庭前谈话笔录",
    "family_contact_record": "联系家属记录 联系家属情况记录 与家属联系记录",
    "file_review_note": "阅卷笔录 阅卷摘要 阅卷摘录 律师阅卷笔录 阅卷记录",
    "file_review_copy": "阅卷材料 阅卷复制材料 讯问笔录 现场勘验检查笔录 到案经过 扣押清单 辨认笔录",
    "evidence": "证据目录 证据清单 证据材料清单 原告证据目录 劳动合同书 工资表 微信聊天记录截图 增值税普通发票 诊断证明书 道路交通事故认定书 司法鉴定意见书 考勤表 银行流水 住院病历",
    "investigation_record": "调查笔录 律师调查令 调取证据申请书 调查取证申请书",
    "motion": "取保候审申请书 变更强制措施申请书 羁押必要性审查申请书 排除非法证据申请书 鉴定申请书 财产保全申请书 先予执行申请书 缓交诉讼费申请书 司法救助申请书 强制执行申请书 撤诉申请书",
    "discussion_record": "集体讨论记录 案件集体讨论记录 重大疑难案件讨论记录 律师事务所案件讨论记录",
    "hearing_notice": "出庭通知书 开庭传票 传票 开庭通知书 听证通知书 湛江市霞山区人民法院传票",
    "hearing_outline": "庭前准备清单 出庭提纲 庭审提纲 质证提纲 发问提纲",
    "pretrial_conference": "庭前会议记录 庭前会议笔录",
    "hearing_record": "庭审笔录 开庭笔录 仲裁庭审笔录 庭审记录 法庭审理笔录 庭审笔录（第一次）",
    "advocacy_statement": "辩护词 辩护意见 代理词 法律意见书 律师意见书 代理意见 辩护意见书 关于陈某某涉嫌盗窃罪一案的法律意见书 刑事辩护（代理）意见书",
    "settlement": "调解协议书 和解协议书 刑事谅解书 谅解书 人民调解协议书",
    "outcome_document": "刑事判决书 民事判决书 行政判决书 刑事裁定书 民事裁定书 民事调解书 调解书 仲裁裁决书 仲裁调解书 行政复议决定书 湛江市霞山区人民法院民事判决书 湛江市劳动人事争议仲裁委员会仲裁裁决书",
    "outcome_receipt": "文书签收单 裁判文书签收单 领取裁判文书回执",
    "post_outcome_advice": "结案告知笔录 判后告知笔录 判决后回访笔录",
    "handling_summary": "承办情况小结 办案小结 案件承办情况小结",
    "closing_report": "结案报告表 法律援助案件结案报告表 法律援助事项结案报告表 结案审批表 法律援助案件/事项结案报告表 结案报告",
    "explanation": "情况说明 未开庭情况说明 调查取证情况说明 侦查阶段情况说明 审查起诉阶段情况说明 庭前会议情况说明",
    "minor_safeguard": "社会调查报告 合适成年人到场通知书 法定代理人到场通知书 心理测评报告",
    "return_visit": "受援人回访记录表 征询意见表 受援人征询意见表 满意度测评表 受援人满意度测评表",
    "organ_opinion": "征询办案机关意见函 征询司法机关意见表",
    "hearing_observation": "庭审旁听情况记录表 旁听庭审记录表",
    "file_check_form": "结案材料审查表 归档材料审查表",
    "deficiency_notice": "补正通知书 整改通知书 补充档案通知书",
    "quality_assessment": "案件质量评估表 案件质量评查表 法律援助案件质量评估得分表",
    "subsidy_form": "补贴审批表 支付援助案件补贴审批表 法律援助办案补贴审批表 领款凭单 法律援助办案补贴领款凭单",
    "volume_note": "卷内备考表 备考表",
    "duty_help_application": "法律帮助申请表",
    "duty_help_notice": "值班律师提供法律帮助通知书",
    "duty_help_register": "值班律师提供法律帮助情况登记表",
    "duty_help_ledger": "值班律师法律帮助工作台账",
    "consultation_register": "法律援助咨询登记表 来访咨询登记表 电话咨询登记表 法律援助来访登记表",
    "drafted_document": "代拟法律文书",
    OTHER: "律师执业证 律师工作证 律师收费合同",
}


def _forms() -> list[tuple[str, str]]:
    pairs = []
    for type_, forms in FORMS.items():
        joined = forms.replace("授 权 委 托 书", "授\u2003权\u2003委\u2003托\u2003书")
        pairs.extend((type_, form) for form in joined.split(" "))
    return pairs


@pytest.mark.parametrize(("type_", "form"), _forms())
def test_a_title_names_its_type(type_: str, form: str) -> None:
    """Canonical titles, aliases, local and older names all lead to their type."""
    named = name_title(form)
    assert named is not None
    assert type_ in named.types


def test_every_title_of_the_vocabulary_is_known() -> None:
    """No title or alias of the vocabulary is left out."""
    missed = [
        (id_, form)
        for id_, material in load_materials().items()
        for form in material.titles
        if (named := name_title(form)) is None or id_ not in named.types
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("法律援助案件承办情况通报报告汜录", "progress_record"),
        ("给予法律援肋决定书", "grant_decision"),
        ("受援人权利义务及风险告知朽", "rights_notice"),
        ("经济因难状况说明表", "means_statement"),
        ("终止法律援助泱定书", "termination_decision"),
    ],
)
def test_a_misread_character_does_not_hide_a_long_title(read: str, meant: str) -> None:
    """One wrong character in a long title leaves it recognisable."""
    named = name_line(read) or name_blurred_title(read)
    assert named is not None
    assert meant in named.types


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("起诉意见书", "起诉书"), ("起诉书", "起诉状"), ("上诉状", "起诉状"), ("授权委托书", "法律援助申请委托书"),
        ("授权委托书", "委托代理协议"), ("给予法律援助决定书", "不予法律援助决定书"), ("给予法律援助决定书", "终止法律援助决定书"),
        ("不起诉决定书", "取保候审决定书"), ("会见笔录", "谈话笔录"), ("会见笔录", "庭审笔录"), ("讯问笔录", "会见笔录"),
        ("指派通知书", "受理通知书"), ("出庭通知书", "举证通知书"), ("补充材料通知书", "补正通知书"), ("法律援助公函", "通知辩护公函"),
        ("终止法律援助公函", "法律援助公函"), ("结案审批表", "补贴审批表"), ("法律援助审批表", "补贴审批表"), ("调解协议书", "民事调解书"),
        ("送达回证", "裁判文书签收单"), ("结案材料审查表", "法律援助审查表"), ("卷内目录", "证据目录"), ("阅卷笔录", "会见笔录"),
    ],
)  # fmt: skip
def test_neighbours_are_told_apart(one: str, other: str) -> None:
    """Papers whose titles look alike do not share a type."""
    first, second = name_title(one), name_title(other)
    assert first is not None
    assert second is not None
    assert set(first.types).isdisjoint(second.types)


def test_a_title_over_two_lines_is_one_title() -> None:
    """A wrapped title is read as a whole."""
    volume = catalogue(
        [page(1, ["受援人权利义务及", "风险告知书"], ["受援人享有下列权利", "一、有权了解办案情况", LETTER])]
    )
    assert [document.type for document in volume.documents] == ["rights_notice"]


def test_a_paper_named_in_a_cell_is_not_the_page() -> None:
    """A receipt that names a judgment stays a receipt."""
    rows = [
        ["送达文书名称", "刑事判决书"],
        ["受送达人", "陈志强"],
        ["送达地点", "湛江市"],
        ["代收理由", ""],
        ["送达人", "王某"],
    ]
    volume = catalogue([page(1, "送达回证", rows)])
    assert [document.type for document in volume.documents] == ["service_receipt"]
    assert volume.pages[0].certain


def test_a_contents_list_is_not_what_it_lists() -> None:
    """A contents list names every paper and is none of them."""
    names = ["法律援助申请表", "授权委托书", "会见笔录", "起诉书", "刑事判决书", "结案报告表"]
    rows = [["序号", "文书名称", "页码"], *[[str(i), name, str(i)] for i, name in enumerate(names, 1)]]
    volume = catalogue([page(1, "卷内目录", rows)])
    assert [document.type for document in volume.documents] == ["contents_list"]
    assert volume.pages[0].certain
    assert [candidate.type for candidate in volume.pages[0].candidates] == ["contents_list"]
