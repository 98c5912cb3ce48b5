"""The papers of an assignment: which a case calls for, and what stands in them."""

from __future__ import annotations

from datetime import date

import pytest
from drafting_assignment_samples import (
    CIVIL,
    CRIMINAL,
    DAY,
    LAWYER,
    NUMBERS,
    OFFICE,
    assigned,
    changed,
)
from drafting_documents import of_kind, opened, text_of

from pipeline.drafting.assignment import assignment_doubts, assignment_papers, draft_assignment
from pipeline.drafting.assignment.drafting import draft_paper, paper_values
from pipeline.drafting.assignment.matters import case_name
from pipeline.drafting.assignment.parties import polite
from schemas.case import Custody, Kind, Origin, Stage
from schemas.draft import Draft, DraftKind
from schemas.registration import CaseRecord, Organ, Recipient, Registration
from schemas.roster import Lawyer, Personnel


def paper(kind: DraftKind, record: CaseRecord, lawyer: Lawyer = LAWYER) -> str:
    """One paper's text, which is quicker than drafting the whole set."""
    return text_of(draft_paper(kind, paper_values(kind, record, lawyer, OFFICE, DAY, NUMBERS), OFFICE))


def the_set(record: CaseRecord) -> tuple[Draft, ...]:
    return draft_assignment(record, assigned(record), OFFICE, DAY, NUMBERS)


def test_applied_case_gets_the_whole_set() -> None:
    """Decision, notice, letter, agreement, power of attorney, notice of rights, and a receipt for each who is served."""
    assert [each.file_name.removesuffix(".docx") for each in the_set(CIVIL)] == [
        "给予法律援助决定书", "指派通知书", "法律援助公函（民事、行政）", "委托代理协议", "授权委托书",
        "受援人权利义务告知书", "送达回证（受援人）", "送达回证（承办单位）", "送达回证（办案机关）",
    ]  # fmt: skip


def test_notified_case_has_no_decision() -> None:
    """Nobody applied, so nothing is granted."""
    kinds = assignment_papers(CRIMINAL)
    assert DraftKind.GRANT_DECISION not in kinds
    assert DraftKind.DEFENCE_AGREEMENT in kinds
    assert DraftKind.CRIMINAL_LETTER in kinds
    assert DraftKind.CIVIL_LETTER not in kinds


def test_no_organ_no_letter() -> None:
    """A letter needs somebody to write to, and so does a receipt for it."""
    alone = changed(CIVIL, organ=None)
    assert DraftKind.CIVIL_LETTER not in assignment_papers(alone)
    assert "送达回证（办案机关）.docx" not in {each.file_name for each in the_set(alone)}


@pytest.mark.parametrize("kind", [Kind.DUTY_HELP, Kind.PLEA_HELP, Kind.CONSULTATION])
def test_help_on_the_spot_is_not_assigned_by_notice(kind: Kind) -> None:
    """Help on duty and advice have none of these papers."""
    assert assignment_papers(changed(CRIMINAL, kind=kind)) == ()


def test_drafting_a_document_is_no_mandate() -> None:
    """Neither agreement nor power of attorney nor letter where only a document is drawn up."""
    kinds = set(assignment_papers(changed(CIVIL, kind=Kind.DRAFTING)))
    assert not kinds & {
        DraftKind.REPRESENTATION_AGREEMENT,
        DraftKind.DEFENCE_AGREEMENT,
        DraftKind.POWER_OF_ATTORNEY,
        DraftKind.CIVIL_LETTER,
    }
    assert DraftKind.ASSIGNMENT_NOTICE in kinds


def test_grant_cites_the_application_and_the_law() -> None:
    """When the application came, by which article aid is granted, who handles the case."""
    text = paper(DraftKind.GRANT_DECISION, CIVIL)
    for part in (
        "林春妹：", "你就追索劳动报酬纠纷一案提出的法律援助申请，本机构已于2026年3月2日收到",
        "第四十三条第一款", "援助形式为民事诉讼代理", "广东海之岸律师事务所李闻舟律师", "湛法援决字〔2026〕45号",
        "2026年3月9日",
    ):  # fmt: skip
        assert part in text


def test_urgent_aid_is_granted_by_its_own_article() -> None:
    """Aid in advance (先行提供) rests on article 44, and papers are to follow."""
    text = paper(DraftKind.GRANT_DECISION, changed(CIVIL, origin=Origin.URGENT))
    assert "第四十四条第一款" in text
    assert "及时补办有关手续" in text
    assert "第四十三条" not in text


def test_whoever_applied_for_another_is_named() -> None:
    """The decision goes to the recipient and says who applied."""
    record = changed(CIVIL, representative=CRIMINAL.registration.representative)
    assert "林春妹（由陈建国代为申请）：" in paper(DraftKind.GRANT_DECISION, record)


def test_notice_tells_the_firm_what_to_do_and_whom_to_reach() -> None:
    """The organ's notice, the duties with their terms, the hearing, custody, contacts, receipt."""
    text = paper(DraftKind.ASSIGNMENT_NOTICE, CRIMINAL)
    for part in (
        "根据湛江市霞山区人民法院2026年3月4日来函（霞法刑通〔2026〕19号）", "被告人陈小满涉嫌盗窃罪一案",
        "刑事辩护（一审阶段）", "由李闻舟律师（执业证号：14408201510123456）担任辩护人", "3个工作日内",
        "签订委托辩护协议和授权委托书", "受援人现被羁押", "本案定于2026年4月1日开庭", "结案归档材料",
        "湛江市第一看守所", "13900001111", "黄法官", "指派通知书回执",
    ):  # fmt: skip
        assert part in text


def test_notice_of_an_applied_case_speaks_of_no_organ_notice() -> None:
    """What this case does not have leaves no trace."""
    text = paper(DraftKind.ASSIGNMENT_NOTICE, changed(CIVIL, organ=None))
    for part in ("来函", "羁押，", "开庭，", "办案机关联系，"):
        assert part not in text


@pytest.mark.parametrize(
    ("stage", "organ", "position", "asked"),
    [
        (
            Stage.INVESTIGATION,
            "湛江市公安局霞山分局",
            "犯罪嫌疑人陈小满涉嫌盗窃罪一案",
            "请贵局依法保障承办人会见、了解",
        ),
        (
            Stage.PROSECUTION,
            "湛江市霞山区人民检察院",
            "犯罪嫌疑人陈小满涉嫌盗窃罪一案",
            "请贵院依法保障承办人阅卷、会见",
        ),
        (Stage.TRIAL_FIRST, "湛江市霞山区人民法院", "被告人陈小满涉嫌盗窃罪一案", "出庭等权利"),
        (Stage.TRIAL_SECOND, "湛江市中级人民法院", "原审被告人陈小满盗窃罪一案", "出庭等权利"),
        (Stage.DEATH_REVIEW, "最高人民法院", "被告人陈小满盗窃罪一案", "复核结果"),
    ],
)
def test_criminal_letter_fits_the_stage(stage: Stage, organ: str, position: str, asked: str) -> None:
    """To the organ of the stage, with the recipient's position and what the lawyer needs there."""
    text = paper(DraftKind.CRIMINAL_LETTER, changed(CRIMINAL, stage=stage, organ=Organ(name=organ)))
    assert f"{organ}：" in text
    assert position in text
    assert asked in text
    assert "《中华人民共和国法律援助法》第二十五条的规定" in text


@pytest.mark.parametrize(
    ("kind", "origin", "article"),
    [
        (Kind.CRIMINAL_DEFENCE, Origin.APPLIED, "第四十三条"),
        (Kind.CRIMINAL_DEFENCE, Origin.URGENT, "第四十四条"),
        (Kind.CRIMINAL_REPRESENTATION, Origin.NOTIFIED, "第二十八条"),
        (Kind.CIVIL, Origin.NOTIFIED, "第十二条"),
    ],
)
def test_letter_rests_on_the_article_of_its_origin(kind: Kind, origin: Origin, article: str) -> None:
    """An application, an urgent one, a notice: each has its own article, and only an application is spoken of as one."""
    letter = DraftKind.CIVIL_LETTER if kind is Kind.CIVIL else DraftKind.CRIMINAL_LETTER
    text = paper(letter, changed(CRIMINAL, kind=kind, origin=origin))
    assert f"《中华人民共和国法律援助法》{article}的规定" in text
    assert ("申请" in text) is (origin is not Origin.NOTIFIED)
    assert ("来函" in text) is (origin is Origin.NOTIFIED)


@pytest.mark.parametrize(
    ("stage", "organ"),
    [
        (Stage.TRIAL_FIRST, "湛江市公安局霞山分局"),
        (Stage.PROSECUTION, "湛江市霞山区人民法院"),
        (Stage.INVESTIGATION, "湛江市霞山区人民法院"),
    ],
)
def test_organ_of_another_stage_is_not_written_to(stage: Stage, organ: str) -> None:
    """The registration may still name the organ of the stage before: the addressee is left open, and a person told."""
    record = changed(CRIMINAL, stage=stage, organ=Organ(name=organ, case_number="甲1号"))
    text = paper(DraftKind.CRIMINAL_LETTER, record)
    assert organ not in text
    assert "甲1号" not in text
    assert "＿＿＿＿＿＿：" in text
    assert [doubt for doubt in assignment_doubts(record) if organ in doubt]


def test_a_clear_case_raises_no_doubt() -> None:
    """Nobody is asked about what is in order."""
    assert assignment_doubts(CRIMINAL) == assignment_doubts(CIVIL) == ()


def test_criminal_case_without_stage_is_asked_about() -> None:
    """Without the stage nobody knows what to call the recipient; the papers do not guess."""
    record = changed(CRIMINAL, stage=None)
    assert assignment_doubts(record)
    assert "受援人陈小满涉嫌盗窃罪一案" in paper(DraftKind.ASSIGNMENT_NOTICE, record)


@pytest.mark.parametrize(
    ("organ", "word", "fees"),
    [
        ("湛江市霞山区人民法院", "贵院", True),
        ("湛江市劳动人事争议仲裁委员会", "贵委", False),
        ("湛江市霞山区人民政府", "贵单位", False),
    ],
)
def test_only_a_court_is_asked_for_fees(organ: str, word: str, fees: bool) -> None:
    """Article 53 speaks of the people's courts; an arbitration commission takes none."""
    text = paper(DraftKind.CIVIL_LETTER, changed(CIVIL, organ=Organ(name=organ)))
    assert ("缓收、减收或者免收诉讼费用" in text) is fees
    assert f"请{word}" in text


def test_a_suit_that_is_not_filed_yet_is_not_called_pending() -> None:
    """Without a case number the letter does not say that the court handles the case."""
    text = paper(DraftKind.CIVIL_LETTER, changed(CIVIL, organ=Organ(name="湛江市霞山区人民法院")))
    assert "办理的" not in text


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"cause": "涉嫌盗窃罪一案"}, "被告人陈小满涉嫌盗窃罪一案"),
        ({"cause": "盗窃案"}, "被告人陈小满涉嫌盗窃案"),
        ({"kind": Kind.CRIMINAL_REPRESENTATION, "cause": "故意伤害罪", "recipient": Recipient(name="王某", position="被害人")},
         "故意伤害罪一案（受援人系被害人王某）"),
        ({"kind": Kind.CIVIL, "cause": "劳动争议", "opponents": ("甲", "乙", "丙"), "recipient": Recipient(name="王某")},
         "受援人王某与甲、乙等3方劳动争议一案"),
    ],
)  # fmt: skip
def test_case_is_called_by_a_name_that_accuses_nobody_wrongly(changes: dict[str, object], name: str) -> None:
    """A victim's case is not named as if the victim had done it; what stands twice is not said twice."""
    assert case_name(changed(CRIMINAL, **changes).registration) == name


def test_registered_position_wins() -> None:
    """The office may know more than the stage tells."""
    recipient = CRIMINAL.registration.recipient.model_copy(update={"position": "上诉人"})
    record = changed(CRIMINAL, recipient=recipient, stage=Stage.TRIAL_SECOND)
    assert case_name(record.registration) == "上诉人陈小满盗窃罪一案"


def test_agent_is_not_promised_the_defenders_visits() -> None:
    """会见 is the defender's right; a letter for a victim's agent does not ask for it."""
    record = changed(CRIMINAL, kind=Kind.CRIMINAL_REPRESENTATION, origin=Origin.APPLIED)
    assert "会见" not in paper(DraftKind.CRIMINAL_LETTER, record)


def test_agreement_leaves_signing_to_the_parties() -> None:
    """Both sides, the term by the stage, no fee, and visible blanks for what others sign."""
    text = paper(DraftKind.DEFENCE_AGREEMENT, CRIMINAL)
    for part in (
        "至本案一审终结之日止", "不向甲方收取任何费用", "甲方（签名或者捺指印）：＿＿", "乙方（盖章）：＿＿", "一式三份",
        "湛江市第一看守所",
    ):  # fmt: skip
        assert part in text


def test_agents_powers_are_ticked_by_the_principal() -> None:
    """A civil agent's special powers need the principal's own tick; a defender's follow from the law."""
    assert "□ 特别授权" in paper(DraftKind.POWER_OF_ATTORNEY, CIVIL)
    assert "□" not in paper(DraftKind.POWER_OF_ATTORNEY, CRIMINAL)


def test_receipt_lists_what_its_addressee_gets() -> None:
    """Each is served with his own papers, under their numbers."""
    sheets = {each.file_name: text_of(each) for each in the_set(CIVIL) if each.kind is DraftKind.SERVICE_RECEIPT}
    assert "湛法援决字〔2026〕45号" in sheets["送达回证（受援人）.docx"]
    assert "湛法援指字〔2026〕112号" in sheets["送达回证（承办单位）.docx"]
    assert "湛法援函字〔2026〕40号" in sheets["送达回证（办案机关）.docx"]
    assert "法律援助公函（民事" not in sheets["送达回证（办案机关）.docx"]


def test_office_staff_is_told_off_not_assigned() -> None:
    """Article 13: the office arranges (安排) its own people, and calls them no lawyers of a firm."""
    staff = LAWYER.model_copy(update={"personnel": Personnel.OFFICE_STAFF, "firm": OFFICE.name})
    text = paper(DraftKind.GRANT_DECISION, CIVIL, staff)
    assert "安排湛江市霞山区法律援助处李闻舟（" in text
    assert "律师" not in text


def test_paper_without_number_has_a_place_for_one() -> None:
    """An office that numbers by hand finds a blank, never a gap."""
    values = paper_values(DraftKind.GRANT_DECISION, CIVIL, LAWYER, OFFICE, DAY, {})
    assert "＿＿＿＿〔＿＿＿＿〕＿＿号" in text_of(draft_paper(DraftKind.GRANT_DECISION, values, OFFICE))


def test_bare_registration_leaves_blanks_and_no_traces() -> None:
    """Everything optional is missing: blanks to fill in, no `None`, no placeholder, no empty bracket."""
    bare = CaseRecord(
        number="甲1号",
        registration=Registration(
            received_on=date(2026, 1, 5), kind=Kind.CIVIL, origin=Origin.APPLIED, recipient=Recipient(name="王某"), cause="继承纠纷"
        ),
    )  # fmt: skip
    lawyer = Lawyer(licence="1", name="李某", firm="某所")
    office = OFFICE.model_copy(update={"phone": "", "address": ""})
    for each in draft_assignment(bare, assigned(bare, lawyer), office, DAY, {}):
        text = text_of(each)
        for trace in ("None", "{{", "{%", "（）", "：，", "“”", "False"):
            assert trace not in text
        assert "王某" in text


NAMES = (
    "喆玥堃镕昇祎赟璟晞𬱖𫍽𰻞",
    '<甲&乙> A & B\'s "C" {{ 丙 }} {% if %}',
    "阿卜杜热合曼·买买提托合提·" * 4,
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("record", [CIVIL, CRIMINAL], ids=["civil", "criminal"])
def test_names_survive_whole_in_every_paper(record: CaseRecord, name: str) -> None:
    """Rare characters, long names, signs of markup and of templates are printed as they are."""
    recipient = record.registration.recipient.model_copy(update={"name": name})
    for each in the_set(changed(record, recipient=recipient)):
        assert name in text_of(each)


def test_thousand_opponents_and_a_long_address_are_printed() -> None:
    """A collective case names two and counts the rest in its name, and lists all in the table."""
    many = tuple(f"被告公司{number}" for number in range(1, 1001))
    text = paper(DraftKind.ASSIGNMENT_NOTICE, changed(CIVIL, opponents=many))
    assert "与被告公司1、被告公司2等1000方追索劳动报酬纠纷一案" in text
    assert "、".join(many) in text


def test_same_input_gives_the_same_bytes() -> None:
    """Drafting twice makes no difference that a file comparison could see."""
    assert the_set(CRIMINAL) == the_set(CRIMINAL)


@pytest.mark.parametrize("kind", [DraftKind.CIVIL_LETTER, DraftKind.CRIMINAL_LETTER])
def test_letter_has_the_letter_form(kind: DraftKind) -> None:
    """The full name stands in the first page's head, the page number on later pages only."""
    record = CIVIL if kind is DraftKind.CIVIL_LETTER else CRIMINAL
    section = opened(of_kind(the_set(record), kind)).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == OFFICE.name
    assert "—" not in "".join(line.text for line in section.first_page_footer.paragraphs)
    assert "—" in section.footer.paragraphs[0].text


@pytest.mark.parametrize(
    ("organ", "word"), [("某法院", "贵院"), ("某检察院", "贵院"), ("某公安局", "贵局"), ("某看守所", "贵所"), ("某街道办", "贵单位")]
)  # fmt: skip
def test_organs_are_addressed_by_their_kind(organ: str, word: str) -> None:
    """贵院 to courts and procuratorates, 贵局 to bureaus; who is neither is 贵单位."""
    assert polite(organ) == word


def test_free_recipient_is_not_sent_to_a_detention_house() -> None:
    """Custody decides what the papers say of visits."""
    recipient = CRIMINAL.registration.recipient.model_copy(update={"custody": Custody.BAIL})
    text = paper(DraftKind.ASSIGNMENT_NOTICE, changed(CRIMINAL, recipient=recipient))
    assert "受援人现被羁押" not in text
