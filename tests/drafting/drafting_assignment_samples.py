"""Cases, lawyers and requests made by hand for the papers of an assignment, all names and numbers invented."""

from __future__ import annotations

from datetime import date

from pipeline.drafting.assignment.drafting import paper_values
from pipeline.drafting.assignment.later import change_values, meeting_values, supplement_values, termination_values
from pipeline.drafting.assignment.serving import receipt_values, served_recipient
from pipeline.drafting.rendering import Values
from schemas.case import Custody, Kind, Origin, Stage
from schemas.draft import DraftKind, Office
from schemas.letter_requests import LawyerChange, Supplement, Termination, TerminationGround
from schemas.registration import CaseRecord, Organ, Recipient, Registration, Representative, Sex
from schemas.roster import Assignment, Lawyer

OFFICE = Office(
    name="湛江市霞山区法律援助处", phone="0759-2200000", address="湛江市霞山区海滨大道南28号公共法律服务中心二楼"
)
DAY = date(2026, 3, 9)

LAWYER = Lawyer(
    licence="14408201510123456",
    name="李闻舟",
    firm="广东海之岸律师事务所",
    phone="13800001234",
    firm_phone="0759-2300000",
)
OTHER_LAWYER = Lawyer(
    licence="14408201010654321",
    name="周望潮",
    firm="广东南岭律师事务所",
    phone="13800005678",
    firm_phone="0759-2311111",
)

CRIMINAL = CaseRecord(
    number="湛法援刑字〔2026〕112号",
    registration=Registration(
        received_on=date(2026, 3, 4),
        kind=Kind.CRIMINAL_DEFENCE,
        stage=Stage.TRIAL_FIRST,
        origin=Origin.NOTIFIED,
        recipient=Recipient(
            name="陈小满",
            id_number="440803199001011230",
            sex=Sex.MALE,
            address="湛江市霞山区解放西路12号",
            custody=Custody.DETAINED,
            custody_place="湛江市第一看守所",
        ),
        representative=Representative(name="陈建国", relation="父亲", phone="13900001111"),
        cause="盗窃罪",
        organ=Organ(
            name="湛江市霞山区人民法院",
            case_number="（2026）粤0803刑初217号",
            contact="黄法官",
            phone="0759-2288888",
            address="湛江市霞山区人民大道南80号",
        ),
        notice_number="霞法刑通〔2026〕19号",
        notified_on=date(2026, 3, 4),
        hearing_on=date(2026, 4, 1),
    ),
)

CIVIL = CaseRecord(
    number="湛法援民字〔2026〕45号",
    registration=Registration(
        received_on=date(2026, 3, 2),
        kind=Kind.CIVIL,
        stage=Stage.TRIAL_FIRST,
        origin=Origin.APPLIED,
        recipient=Recipient(
            name="林春妹",
            id_number="440803198506152348",
            sex=Sex.FEMALE,
            phone="13700002222",
            address="湛江市霞山区椹川大道北45号503房",
            position="原告",
        ),
        cause="追索劳动报酬纠纷",
        organ=Organ(name="湛江市霞山区人民法院", case_number="（2026）粤0803民初1024号"),
        opponents=("湛江市海湾水产加工有限公司",),
    ),
)

NUMBERS: dict[DraftKind, str] = {
    DraftKind.SUPPLEMENT_NOTICE: "湛法援补字〔2026〕3号",
    DraftKind.GRANT_DECISION: "湛法援决字〔2026〕45号",
    DraftKind.ASSIGNMENT_NOTICE: "湛法援指字〔2026〕112号",
    DraftKind.CIVIL_LETTER: "湛法援函字〔2026〕40号",
    DraftKind.CRIMINAL_LETTER: "湛法援函字〔2026〕41号",
    DraftKind.MEETING_LETTER: "湛法援会函字〔2026〕9号",
    DraftKind.LAWYER_CHANGE_NOTICE: "湛法援换字〔2026〕2号",
    DraftKind.TERMINATION_DECISION: "湛法援终字〔2026〕5号",
    DraftKind.TERMINATION_LETTER: "湛法援终函字〔2026〕4号",
}

SUPPLEMENT = Supplement(
    materials=("申请人身份证复印件", "与用人单位存在劳动关系的证明，例如劳动合同、工资支付记录或者考勤记录"),
    points=("家庭成员及其收入情况",),
    days=10,
)
CHANGE = LawyerChange(requested_on=date(2026, 3, 20), reason="承办人因病不能继续承办，申请理由成立", days=3)
TERMINATION = Termination(
    ground=TerminationGround.OWN_LAWYER, finding="受援人已于2026年4月2日自行委托律师", ends_on=date(2026, 4, 7)
)


def assigned(record: CaseRecord, lawyer: Lawyer = LAWYER) -> Assignment:
    return Assignment(case_number=record.number, lawyer=lawyer, assigned_on=DAY, chosen_by="王主任", why="在办案件最少")


def changed(record: CaseRecord, **registration: object) -> CaseRecord:
    """The record with another registration."""
    return record.model_copy(update={"registration": record.registration.model_copy(update=registration)})


RARE_CRIMINAL = changed(
    CRIMINAL,
    recipient=CRIMINAL.registration.recipient.model_copy(update={"name": "欧阳喆玥"}),
    representative=Representative(name="欧阳堃", relation="父亲", phone="13900001111"),
)
RARE_CIVIL = changed(
    CIVIL,
    recipient=CIVIL.registration.recipient.model_copy(update={"name": "林祎赟"}),
    opponents=("湛江市璟晞水产加工有限公司", "𬱖记冷冻厂"),
)
RARE_LAWYER = LAWYER.model_copy(update={"name": "李镕昇"})


def assignment_paper_values() -> dict[DraftKind, Values]:
    """Values for every template of this family, the names with characters that few fonts hold."""
    criminal = {
        kind: paper_values(kind, RARE_CRIMINAL, RARE_LAWYER, OFFICE, DAY, NUMBERS)
        for kind in (
            DraftKind.ASSIGNMENT_NOTICE,
            DraftKind.CRIMINAL_LETTER,
            DraftKind.DEFENCE_AGREEMENT,
            DraftKind.RIGHTS_NOTICE,
        )
    }
    return {**criminal, **_civil_values(), **_later_values()}


def _civil_values() -> dict[DraftKind, Values]:
    kinds = (
        DraftKind.GRANT_DECISION,
        DraftKind.CIVIL_LETTER,
        DraftKind.REPRESENTATION_AGREEMENT,
        DraftKind.POWER_OF_ATTORNEY,
    )
    return {kind: paper_values(kind, RARE_CIVIL, RARE_LAWYER, OFFICE, DAY, NUMBERS) for kind in kinds}


def _later_values() -> dict[DraftKind, Values]:
    served = served_recipient(RARE_CIVIL)
    number = NUMBERS.__getitem__
    return {
        DraftKind.SERVICE_RECEIPT: receipt_values(RARE_CIVIL, OFFICE, served, NUMBERS),
        DraftKind.SUPPLEMENT_NOTICE: supplement_values(
            RARE_CIVIL, SUPPLEMENT, OFFICE, DAY, number(DraftKind.SUPPLEMENT_NOTICE)
        ),
        DraftKind.MEETING_LETTER: meeting_values(
            RARE_CRIMINAL, RARE_LAWYER, OFFICE, DAY, number(DraftKind.MEETING_LETTER)
        ),
        DraftKind.LAWYER_CHANGE_NOTICE: change_values(
            RARE_CIVIL, RARE_LAWYER, OTHER_LAWYER, CHANGE, OFFICE, DAY, number(DraftKind.LAWYER_CHANGE_NOTICE)
        ),
        **{
            kind: termination_values(kind, RARE_CIVIL, RARE_LAWYER, TERMINATION, OFFICE, DAY, NUMBERS)
            for kind in (DraftKind.TERMINATION_DECISION, DraftKind.TERMINATION_LETTER)
        },
    }
