"""Papers that close a file: cover, contents, progress record, closing report, explanation, return visit, volume note."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pipeline.demo.blocks import Cell, Gap, Paper, Row, Signature, Table, Text, Title, fill
from pipeline.demo.papers.forms import entry, head, lawyer_signs, staff_signs, stated, ticked
from pipeline.demo.papers.office import AID_FORMS, aid_form
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic
from schemas.case import Kind


class Entry(NamedTuple):
    """A line of the contents list: title, first and last page of the volume."""

    title: str
    first: int
    last: int


def cover(story: Story, pages: int) -> Paper:
    style, days = story.style, story.days
    rows = (
        ("案件编号", story.case_number), ("案件类别", f"{aid_form(story)}（{'通知' if story.notified else '申请'}类）"), ("案　　由", story.matter.cause),
        (style.recipient_label, story.recipient.name), ("承办单位", story.firm), (story.lawyer_label, story.lawyer.name),
        ("办案机关", story.organ), ("办案阶段", story.stage_title), ("指派日期", style.day(days.assigned)), ("结案日期", style.day(days.received)),
        ("归档日期", style.day(days.filed)), ("保管期限", "长期"), ("卷内页数", f"{pages}页"),
    )  # fmt: skip
    table = Table((0.9, 2.4), tuple(Row((head(label), entry(value)), 92) for label, value in rows), 38)
    blocks = (
        Gap(60),
        Title(style.office, size=60, after=40),
        Title("卷宗" if style.forms == "prose" else "案卷", size=96, spaced=True, after=60),
        table,
    )
    fields = stated(story, "recipient_name", "firm_name", "lawyer_name", "cause", "case_number", "organ_name")
    return Paper("cover", "卷宗封面", blocks, fields, form=True)


def contents_list(story: Story, entries: list[Entry]) -> Paper:
    title = "卷内目录" if story.style.titles != "spaced" else "卷内文件目录"
    rows = [Row((head("序号"), head("文书名称"), head("页号"), head("备注")), 64)]
    for number, line in enumerate(entries, 1):
        pages = str(line.first) if line.first == line.last else f"{line.first}-{line.last}"
        rows.append(Row((head(str(number)), Cell(line.title), head(pages), Cell("")), 60))
    return Paper(
        "contents_list", title, (Title(title, size=58, spaced=True), Table((0.5, 2.8, 0.8, 0.7), tuple(rows), 29)), {}
    )


def _progress(story: Story) -> list[tuple[date, str, str]]:
    days, who = story.days, story.recipient.name
    rows = [
        (days.assigned, "直接", f"接受{story.style.office}指派，领取案件材料"),
        (days.assigned, "电话", f"联系{story.organ}，告知承办人姓名和联系方式"),
        (days.meeting, "直接", f"{'会见' if story.criminal else '约见'}{who}，告知权利义务，办理委托手续"),
    ]
    if story.proceeding.reviewed:
        rows.append((days.review, "直接", f"到{story.organ}阅卷"))
    if story.proceeding.lodged:
        rows.append((days.lodged, "直接", f"向{story.organ}提交{story.proceeding.lodged}和证据材料"))
    if story.criminal:
        rows.append((days.second_meeting, "直接", f"再次会见{who}，核实证据，通报案件进展"))
    if story.heard:
        rows.append((days.summons, "邮寄", f"收到开庭通知，向{who}及法律援助机构报告开庭日期"))
        rows.append((days.hearing, "直接", "参加庭审，发表意见"))
    rows += [
        (days.advocacy, "直接", f"向{story.organ}提交{story.proceeding.opinion}"),
        (days.received, "直接", f"领取结案文书（{story.proceeding.ending}）"),
        (days.told, "直接", f"向{who}通报案件处理结果，告知有关权利"),
    ]
    return rows


def progress_record(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "法律援助案件承办情况通报/报告记录" if style.office_word == "中心" else "承办情况通报/报告记录"
    heads = Table(
        (0.8, 1.2, 0.8, 1.0, 0.8, 2.0),
        (Row((head("受援人"), entry(story.recipient.name), head("承办人"), entry(story.lawyer.name), head("案件编号"), entry(story.case_number)), 90),),
        29,
    )  # fmt: skip
    rows = [Row((head("序号"), head("时间"), head("方式"), head("主要内容")), 66)]
    rows += [
        Row((head(str(number)), entry(style.day(on)), entry(way), Cell(fill(what))), 70)
        for number, (on, way, what) in enumerate(sorted(_progress(story), key=lambda row: row[0]), 1)
    ]
    blocks = (
        *style.title(title), heads, Table((0.5, 1.3, 0.7, 3.4), tuple(rows), 30), Gap(40), lawyer_signs(story, days.reported),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "lawyer_name", "case_number", on=days.reported)
    return Paper("progress_record", title, blocks, fields, form=True, size=33)


def _summary(story: Story) -> str:
    days = story.days
    done = f"接受指派后，承办人于{arabic(days.meeting)}{'会见' if story.criminal else '约见'}受援人，了解案情并办理委托手续"
    if story.proceeding.reviewed:
        done += f"，于{arabic(days.review)}查阅案卷材料"
    if story.heard:
        done += f"，于{arabic(days.hearing)}出庭参加庭审"
    arguments = "；".join(story.told(each).split("，")[0] for each in story.matter.arguments[:3])
    return (
        f"一、所做工作：{done}，并提交了书面意见。\n二、基本案情：{story.facts(called='')[:110]}……\n三、主要意见：{arguments}。\n"
        f"四、案件结果：已收到{story.proceeding.ending}。\n五、办案心得：办理法律援助案件应当及时会见、认真核实证据、依法提出意见，切实维护受援人的合法权益。"
    )


def closing_report(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "结案报告表" if style.titles != "plain" else f"法律援助{style.matter_word}结案报告表"
    pairs = (
        ("案件编号", story.case_number), ("承办机构", story.firm), ("承办人", story.lawyer.name), ("受援人", story.recipient.name),
        ("案由", story.matter.cause), ("办案机关", story.organ), ("所处阶段", story.stage_title), ("联系电话", story.lawyer.phone),
        ("指派日期", style.day(days.assigned)), ("结案日期", style.day(days.received)),
    )  # fmt: skip
    rows = [
        Row(
            (
                head(style.label(pairs[i][0])),
                entry(pairs[i][1]),
                head(style.label(pairs[i + 1][0])),
                entry(pairs[i + 1][1]),
            ),
            66,
        )
        for i in range(0, len(pairs), 2)
    ]
    of_crime = story.criminal or story.injured
    if of_crime:
        civil = "□判决/裁决结案（□胜诉　□败诉　□部分胜诉）　□调解　□和解　□撤诉"
    elif story.kind is Kind.NON_LITIGATION:
        civil = "□判决/裁决结案（□胜诉　□败诉　□部分胜诉）　☑调解　□和解　□撤诉"
    else:
        civil = "☑判决/裁决结案（□胜诉　□败诉　☑部分胜诉）　□调解　□和解　□撤诉"
    crime = ticked(("全部采纳", "部分采纳", "未采纳"), "部分采纳" if of_crime else "")
    rows += [
        Row((head("援助形式"), Cell(ticked(AID_FORMS, aid_form(story)), span=3)), 66),
        Row((head("承办情况\n小结"), Cell(fill(_summary(story)), span=3)), 480),
        Row(
            (head("承办结果"), Cell(f"民事、行政案件：{civil}\n刑事案件：辩护（代理）意见 {crime}\n其他：", span=3)),
            150,
        ),
        Row((head("备　　注"), Cell(fill(f"为受援人挽回损失{0 if story.criminal else story.money}元"), span=3)), 66),
    ]
    last = lawyer_signs(story, days.reported, label="承办人（签名）：")
    rows.append(Row((head("填表时间\n及签名"), Cell("", span=3, signature=last)), 160))
    blocks = (*style.title(title), Table((0.75, 1.7, 0.75, 1.5), tuple(rows), 29))
    fields = stated(
        story, "recipient_name", "lawyer_name", "firm_name", "cause", "case_number", "organ_name", on=days.reported,
        assigned_on=days.assigned.isoformat(), closed_on=days.received.isoformat(),
    )  # fmt: skip
    return Paper("closing_report", title, blocks, fields, form=True, size=31, margins=(180, 180, 170, 150))


def no_investigation(story: Story) -> Paper:
    """Why the lawyer took no evidence of their own (调查取证情况说明)."""
    days = story.days
    title = "调查取证情况说明"
    blocks = (
        *story.style.title(title),
        Text(
            f"承办人{story.lawyer.name}受{story.style.office}指派，办理{story.role}{story.recipient.name}{story.matter.cause}一案（{story.stage_title}）。"
            "经会见受援人、听取其意见，受援人对案件的基本事实没有异议，没有提出需要调查收集的新的证据线索。承办人认为本案现有证据能够反映案件事实，无需另行调查取证。"
        ),
        Text("特此说明。"),
        Gap(80),
        lawyer_signs(story, days.reported),
    )
    fields = stated(story, "recipient_name", "lawyer_name", "cause", on=days.reported)
    return Paper("explanation", title, blocks, fields, form=False)


def no_hearing(story: Story) -> Paper:
    """Why there are no papers of a hearing (未开庭情况说明)."""
    days, title = story.days, "未开庭情况说明"
    blocks = (
        *story.style.title(title),
        Text(
            f"{story.role}{story.recipient.name}{story.matter.cause}一案，{story.organ}经过阅卷、询问当事人，决定对本案不开庭审理，"
            f"并将该决定告知承办人{story.lawyer.name}。承办人已于{arabic(days.advocacy)}向{story.organ}提交书面{story.proceeding.opinion}，"
            "故卷内没有出庭通知书和庭审笔录。"
        ),
        Text("特此说明。"),
        Gap(80),
        lawyer_signs(story, days.reported),
    )
    fields = stated(story, "recipient_name", "lawyer_name", "cause", on=days.reported)
    return Paper("explanation", title, blocks, fields)


def return_visit(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "受援人回访记录表"
    questions = (
        ("承办人是否收取费用或者财物", ("是", "否"), "否"), ("是否及时会见、告知案件进展", ("是", "否"), "是"),
        ("对承办人的服务是否满意", ("满意", "基本满意", "不满意"), "满意"), ("对案件结果是否满意", ("满意", "基本满意", "不满意"), "基本满意"),
    )  # fmt: skip
    rows = (
        Row((head("案件编号"), entry(story.case_number), head("承办机构"), entry(story.firm)), 84),
        Row((head("承办律师"), entry(story.lawyer.name), head("受援人"), entry(story.recipient.name)), 84),
        Row((head("案由及阶段"), entry(f"{story.matter.cause}　{story.stage_title}"), head("回访方式"), Cell(ticked(("电话", "当面"), "电话"))), 84),
        *(Row((head("回访内容"), Cell(question), Cell(ticked(options, chosen), span=2)), 84) for question, options, chosen in questions),
        Row((head("意见建议"), Cell(fill("无"), span=3)), 120),
        Row((head("回访人"), Cell("", span=3, signature=staff_signs(story, days.filed, "签名：", story.staff))), 150),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "lawyer_name", "firm_name", "case_number", "cause", on=days.filed)
    return Paper(
        "return_visit", title, (*style.title(title), Table((0.8, 1.7, 0.9, 1.5), rows, 30)), fields, form=True, size=32
    )


def volume_note(story: Story, pages: int) -> Paper:
    style, days = story.style, story.days
    blocks = (
        Title("卷内备考表", size=60, spaced=True),
        Gap(80),
        Text("本卷情况说明：", indent=0),
        Text(f"本卷共{fill(str(pages))}页，已按相关规定立卷归档，无缺损、修改、补充、移出情况。"),
        Gap(420),
        Signature("立卷人：", story.lawyer.name, "lawyer_signature", align="right"),
        Signature("检查人：", story.staff, "staff_signature", align="right"),
        Text(f"立卷时间：{fill(style.day(days.filed))}", align="right"),
    )
    fields: dict[str, str | None] = {"date": days.filed.isoformat()}
    return Paper("volume_note", "卷内备考表", blocks, fields, form=True)
