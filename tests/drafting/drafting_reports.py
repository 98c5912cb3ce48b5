"""Audit reports made by hand, all names and numbers invented."""

from __future__ import annotations

from decimal import Decimal

from schemas.base import Place, State
from schemas.case import Fact, Kind, Origin, Stage
from schemas.passage import Passage, Topic
from schemas.report import (
    AuditReport,
    Certainty,
    ChecklistResult,
    Decision,
    Effect,
    Finding,
    ItemState,
    Problem,
    ReportCase,
    ReportDocument,
    ReportPage,
    ReportStandard,
    Source,
    Standing,
    Subsidy,
    SubsidyAmount,
    SubsidyStep,
)
from schemas.volume import FieldValue

BASIS = "《广东省刑事法律援助服务规范（试行）》附录A"


def found(value: str, page: int = 1) -> FieldValue:
    return FieldValue(value=value, state=State.FOUND, page=page, score=0.99)


def uncertain(value: str | None, page: int = 1) -> FieldValue:
    return FieldValue(value=value, state=State.UNCERTAIN, page=page, score=0.6)


def case(**fields: FieldValue) -> ReportCase:
    given = {
        "case_number": found("湛法援刑字〔2024〕112号"),
        "recipient_name": found("陈小满"),
        "cause": found("涉嫌盗窃罪"),
        "firm_name": found("广东海之岸律师事务所"),
        "lawyer_name": found("李闻舟"),
        "organ_name": found("湛江市霞山区人民法院"),
        "organ_case_number": found("（2024）粤0803刑初217号"),
        "assigned_on": found("2024-03-05"),
        "closed_on": found("2024-06-18"),
    }
    facts = {
        "kind": Fact(
            value="criminal_defence", state=State.FOUND, source="指派通知书载明“刑事辩护”", evidence=(Place(page=4),)
        ),
        "hearing_held": Fact(
            value=True, state=State.FOUND, source="判决书载明“公开开庭进行了审理”", evidence=(Place(page=20),)
        ),
        "minor": Fact(value=False, state=State.FOUND, source="身份证号码载明出生于1988年", evidence=(Place(page=6),)),
        "plea": Fact(
            value=True, state=State.UNCERTAIN, source="卷内有具结书字样，未能确认", evidence=(Place(page=12),)
        ),
        "custody": Fact(value="detained", state=State.FOUND, given=True),
    }
    return ReportCase(
        kind=Kind.CRIMINAL_DEFENCE,
        stage=Stage.TRIAL_FIRST,
        origin=Origin.NOTIFIED,
        fields=given | fields,
        facts=facts,
    )


_PAPERS = (
    ("cover", "卷宗封面", 1, 1, {}),
    ("contents_list", "卷内目录", 2, 2, {}),
    ("defence_notice", "通知辩护公函", 3, 3, {"number": found("霞法刑通〔2024〕19号", 3), "date": found("2024-03-01", 3), "organ_name": found("湛江市霞山区人民法院", 3)}),
    ("assignment_notice", "指派通知书", 4, 4, {"number": found("湛法援指字〔2024〕112号", 4), "date": found("2024-03-05", 4)}),
    ("power_of_attorney", "授权委托书", 5, 5, {"date": uncertain("2024-03-08", 5)}),
    ("meeting_record", "会见笔录", 6, 9, {"date": found("2024-03-11", 6)}),
    ("indictment", "湛江市霞山区人民检察院起诉书", 11, 14, {"number": found("湛霞检刑诉〔2024〕88号", 11), "date": found("2024-02-20", 11), "organ_name": found("湛江市霞山区人民检察院", 11)}),
    ("advocacy_statement", "辩护词", 15, 18, {"date": found("2024-05-20", 15)}),
    ("outcome_document", "刑事判决书", 19, 25, {"number": found("（2024）粤0803刑初217号", 19), "date": found("2024-06-12", 25), "organ_name": found("湛江市霞山区人民法院", 19)}),
    ("closing_report", "结案报告表", 26, 27, {"date": found("2024-06-25", 27)}),
    ("volume_note", "卷内备考表", 28, 28, {}),
)  # fmt: skip

_ITEMS = (
    ("通知辩护公函", "应当有", (3,)),
    ("指派通知书", "应当有", (4,)),
    ("授权委托书", "应当有", (5,)),
    ("会见笔录", "应当有", (6, 7, 8, 9)),
    ("起诉书", "应当有", (11, 12, 13, 14)),
    ("阅卷笔录", "应当有", ()),
    ("庭审笔录或者庭审情况记录", "符合条件时应当有（已开庭审理，并且不存在“终止法律援助”的情形）", ()),
    ("辩护词", "应当有", (15, 16, 17, 18)),
    ("判决书、裁定书或者其他结案文书", "应当有", (19, 20, 21, 22, 23, 24, 25)),
    ("结案报告表", "应当有", (26, 27)),
    ("受援人回访记录表", "可以有", ()),
)

CERTAIN = (
    Finding(
        id="F1", rule="gd/criminal_defence.trial_first/hearing_record", problem=Problem.MISSING,
        document_type="hearing_record", state=Certainty.CERTAIN, effect=Effect.BLOCKS,
        message="卷内未见庭审笔录，也未见不能取得庭审笔录的情况说明。",
        basis=BASIS, remedy="请补交庭审笔录复印件；确实不能取得的，请提交加盖承办单位公章的情况说明。",
    ),
    Finding(
        id="F2", rule="gd/criminal_defence.trial_first/meeting_record.recipient_signature", problem=Problem.UNSIGNED,
        document_type="meeting_record", document=5, state=Certainty.CERTAIN, effect=Effect.BLOCKS,
        message="会见笔录第7、8页没有受援人签名或者捺印。", basis=BASIS,
        remedy="请由受援人逐页签名或者捺指印。", evidence=(Place(page=7), Place(page=8)),
    ),
    Finding(
        id="F3", rule="gd/rules/closing_late", problem=Problem.LATE, document_type="closing_report", document=9,
        state=Certainty.CERTAIN, effect=Effect.CORRECT,
        message="结案日期为2024年6月18日，结案报告表填写日期为2024年8月2日，超过三十日。",
        basis="《办理法律援助案件程序规定》（司法部令第148号）", remedy="请书面说明逾期报送的原因。",
        evidence=(Place(page=27),), standing=Standing.OFFICIAL,
    ),
    Finding(
        id="F4", rule="gd/rules/duplicate", problem=Problem.DUPLICATE, document_type="indictment", document=6,
        state=Certainty.CERTAIN, effect=Effect.NOTE, message="起诉书重复装订。", basis=BASIS, remedy="",
        evidence=(Place(page=11), Place(page=14)),
    ),
)  # fmt: skip

UNCERTAIN = (
    Finding(
        id="F5", rule="gd/criminal_defence.trial_first/file_review_note", problem=Problem.MISSING,
        document_type="file_review_note", state=Certainty.UNCERTAIN, effect=Effect.BLOCKS,
        message="卷内可能缺少阅卷笔录。", basis=BASIS, remedy="请补交《阅卷笔录》。", evidence=(Place(page=10),),
        reason="第10页系手写材料，未能确认是否为阅卷笔录。请查看该页：是阅卷笔录的，本项不成立。",
    ),
    Finding(
        id="F6", rule="gd/rules/same_recipient", problem=Problem.INCONSISTENT, document_type="power_of_attorney",
        document=4, state=Certainty.UNCERTAIN, effect=Effect.CORRECT,
        message="授权委托书与指派通知书的受援人姓名可能不一致。", basis="", remedy="",
        evidence=(Place(page=4), Place(page=5)), reason="授权委托书的姓名系手写，请对照两页的姓名。",
    ),
)  # fmt: skip


def report(
    findings: tuple[Finding, ...] = (),
    *,
    decision: Decision = Decision.PAYABLE,
    of_case: ReportCase | None = None,
    poor_pages: tuple[int, ...] = (),
) -> AuditReport:
    """A criminal defence file of 28 pages; page 10 is sorted nowhere."""
    documents = tuple(
        ReportDocument(type=type_, title=title, first_page=first, last_page=last, state=State.FOUND, score=0.98, fields=fields)
        for type_, title, first, last, fields in _PAPERS
    )  # fmt: skip
    return AuditReport(
        source=Source(name="陈小满结案卷.pdf", sha256="a" * 64, pages=28),
        status="audited",
        standard=ReportStandard(
            id="gd",
            version="2026.1",
            standing=Standing.RECONSTRUCTED,
            title="广东省法律援助事项结案归档材料清单",
            cure_days=10,
            cure_standing=Standing.OFFICIAL,
        ),
        case=of_case or case(),
        pages=tuple(_page(number, poor_pages) for number in range(1, 29)),
        documents=documents,
        findings=findings,
        checklist=_checklist(findings),
        subsidy=Subsidy(decision=decision),
    )


def _page(number: int, poor: tuple[int, ...]) -> ReportPage:
    document = next((index for index, paper in enumerate(_PAPERS) if paper[2] <= number <= paper[3]), None)
    kind = "handwritten" if number == 10 else "content"
    return ReportPage(
        number=number, document=document, kind=kind, rotation=0, text_source="ocr", low_quality=number in poor
    )


def _checklist(findings: tuple[Finding, ...]) -> tuple[ChecklistResult, ...]:
    about = {
        "庭审笔录或者庭审情况记录": "F1",
        "会见笔录": "F2",
        "结案报告表": "F3",
        "起诉书": "F4",
        "阅卷笔录": "F5",
        "授权委托书": "F6",
    }
    known = {finding.id: finding for finding in findings}
    rows = []
    for title, need, pages in _ITEMS:
        finding = known.get(about.get(title, ""))
        state = ItemState.NOT_REQUIRED if need == "可以有" else ItemState.COMPLETE
        if finding is not None:
            state = ItemState.MISSING if finding.problem is Problem.MISSING else ItemState.IRREGULAR
            state = ItemState.UNCERTAIN if finding.state is Certainty.UNCERTAIN else state
        rows.append(
            ChecklistResult(
                item=title, title=title, need=need, state=state, pages=pages,
                findings=(finding.id,) if finding is not None else (), basis=BASIS,
            )
        )  # fmt: skip
    return tuple(rows)


AMOUNT = SubsidyAmount(
    state=State.FOUND,
    amount=Decimal("1440.00"),
    capitals="人民币壹仟肆佰肆拾元整",
    table="某市补贴标准表（2024）",
    standing=Standing.CONFIRMED,
    steps=(
        SubsidyStep(
            title="基本标准", explanation="直接费用300.00元＋基本劳务费用1500.00元＝1800.00元", amount=Decimal("1800.00"),
            state=State.FOUND, basis="某办法第七条",
        ),
        SubsidyStep(
            title="逾期提交无正当理由", explanation="1800.00×80%＝1440.00", amount=Decimal("1440.00"),
            state=State.FOUND, basis="某办法第九条",
        ),
    ),
)  # fmt: skip


def paid(audited: AuditReport, amount: SubsidyAmount = AMOUNT) -> AuditReport:
    """The report with an amount."""
    assert audited.subsidy is not None
    return audited.model_copy(update={"subsidy": audited.subsidy.model_copy(update={"amount": amount})})


PASSAGES = (
    Passage(
        topic=Topic.CLAIM, document=6, first_page=11, last_page=12, state=State.FOUND, names=("陈小满", "周海燕"),
        text="2024年1月7日凌晨，被告人陈小满窜至湛江市霞山区新园路12号，盗走被害人周海燕的电动车一辆（价值人民币4680元）。",
    ),
    Passage(
        topic=Topic.OPINION, document=7, first_page=15, last_page=15, state=State.FOUND,
        text="一、被告人到案后如实供述，构成坦白，依法可以从轻处罚。",
    ),
    Passage(
        topic=Topic.OPINION, document=7, first_page=16, last_page=16, state=State.UNCERTAIN,
        text="二、被告人系初犯，主观恶性较小。",
    ),
    Passage(
        topic=Topic.ADOPTION, document=8, first_page=22, last_page=22, state=State.FOUND,
        text="辩护人提出的相关辩护意见，本院予以采纳。",
    ),
    Passage(
        topic=Topic.OUTCOME, document=8, first_page=23, last_page=24, state=State.FOUND, names=("陈小满",),
        text="一、被告人陈小满犯盗窃罪，判处有期徒刑八个月，缓刑一年，并处罚金人民币二千元。",
    ),
)  # fmt: skip
"""What the papers of `report` say of the case."""


def told(audited: AuditReport) -> AuditReport:
    """The report with passages."""
    return audited.model_copy(update={"passages": PASSAGES})
