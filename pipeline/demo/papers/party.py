"""What the recipient brings: application, identity card, means, papers about the matter."""

from __future__ import annotations

from datetime import timedelta

from pipeline.demo.blocks import Cell, Drawing, Gap, Paper, Row, Seal, SignOff, Table, Text, fill
from pipeline.demo.ink import Area, Operation, Print, Stroke, moved
from pipeline.demo.papers.forms import entry, form, head, recipient_signs, stated, ticked
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic


def application_form(story: Story) -> Paper:
    style, days, who = story.style, story.days, story.recipient
    rows = [
        ("姓名", who.name), ("性别", who.sex), ("出生日期", style.day(who.born)), ("民族", "汉族"),
        ("身份证号码", who.id_number), ("联系电话", who.phone), ("文化程度", who.schooling), ("职业", who.work),
        ("住所地", who.address), ("工作单位", "无"),
    ]  # fmt: skip
    promise = "本人承诺以上所填内容和提交的证件、证明材料均真实，如有虚假，愿意承担相应的法律责任。"
    groups = ("农民", "农民工", "残疾人", "老年人", "未成年人", "妇女", "其他")
    details = Table(
        (0.6, 3.4),
        (
            Row((head("人员类别"), Cell(ticked(groups, "老年人" if story.matter.cause == "赡养费纠纷" else "农民工"))), 80),
            Row((head("申请事项"), entry(f"{story.matter.cause}一案（{story.stage_title}）申请法律援助")), 80),
            Row((head("案情及\n申请理由"), Cell(fill(story.facts(called="")[:190] + "本人经济困难，无力聘请律师，特申请法律援助。"))), 420),
            Row((head("申请人\n声明"), Cell(promise, signature=recipient_signs(story, days.applied, label="申请人（签名）：", fingerprint=True))), 250),
        ),
    )  # fmt: skip
    title = "法律援助申请表"
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=days.applied)
    return Paper(
        "application_form", title, (*style.title(title), *form(story, rows), details), fields, form=True, size=33
    )


CARD_WIDTH, CARD_HEIGHT = 674, 425
"""85.6 × 54 mm at 200 dpi."""


def _card_front(story: Story) -> tuple[list[Operation], list[str]]:
    who = story.recipient
    born = who.born
    address = [who.address[start : start + 10] for start in range(0, len(who.address), 10)]
    items = [
        (60, 48, "姓名", 24), (170, 44, who.name, 30), (60, 108, "性别", 24), (170, 106, who.sex, 26), (260, 108, "民族", 24),
        (345, 106, "汉", 26), (60, 164, "出生", 24), (170, 162, f"{born.year}年{born.month}月{born.day}日", 26),
        (60, 222, "住址", 24), *((170, 216 + 36 * index, line, 26) for index, line in enumerate(address)),
        (60, 360, "公民身份号码", 24), (250, 356, who.id_number, 32),
    ]  # fmt: skip
    ops: list[Operation] = [Area(0, 0, CARD_WIDTH, CARD_HEIGHT, "sky"), *_border()]
    ops += [Print(x, y, text, "sans", size) for x, y, text, size in items]
    ops += [Area(448, 60, 628, 300, "light"), Area(498, 92, 578, 184, "grey"), Area(470, 204, 606, 300, "grey")]
    return ops, [text for _, _, text, _ in items]


def _border() -> list[Operation]:
    right, bottom = CARD_WIDTH, CARD_HEIGHT
    sides = [(0, 0, right, 0), (0, bottom, right, bottom), (0, 0, 0, bottom), (right, 0, right, bottom)]
    return [Stroke(*side, 2, "grey") for side in sides]


def _card_back(story: Story) -> tuple[list[Operation], list[str]]:
    since = story.days.applied - timedelta(days=1200)
    until = since.replace(year=since.year + 20, day=min(since.day, 28))
    items = [
        (215, 70, "中华人民共和国", 40), (205, 138, "居 民 身 份 证", 46),
        (130, 300, "签发机关", 24), (255, 298, story.police, 26),
        (130, 352, "有效期限", 24), (255, 350, f"{since:%Y.%m.%d}-{until:%Y.%m.%d}", 26),
    ]  # fmt: skip
    ops: list[Operation] = [Area(0, 0, CARD_WIDTH, CARD_HEIGHT, "sky"), *_border()]
    ops += [Area(60, 50, 160, 150, "blue")]
    ops += [Print(x, y, text, "sans", size) for x, y, text, size in items]
    return ops, [text for _, _, text, _ in items]


def identity_document(story: Story) -> Paper:
    """Both sides of the card on one sheet; there is no title line."""
    front, back = _card_front(story), _card_back(story)
    blocks = (
        Gap(180),
        Drawing(tuple(_shifted(front[0])), CARD_HEIGHT + 160, tuple(front[1])),
        Drawing(tuple(_shifted(back[0])), CARD_HEIGHT + 200, tuple(back[1])),
        Text(fill(f"复印件与原件核对无异　{story.staff}　{story.style.day(story.days.applied)}"), align="centre"),
    )
    fields = stated(story, "recipient_name", "recipient_id_number")
    return Paper("identity_document", "居民身份证复印件", blocks, fields, copy=True, form=True)


def _shifted(operations: list[Operation]) -> list[Operation]:
    return [moved(operation, 290, 0) for operation in operations]


def means_statement(story: Story) -> Paper:
    style, days, who = story.style, story.days, story.recipient
    title = "经济困难状况说明表" if story.style.office_word == "处" else "法律援助申请人经济状况证明表"
    rows = [("姓名", who.name), ("身份证号码", who.id_number), ("家庭人口", "4人"), ("联系电话", who.phone)]
    head_row = Row((head("称谓"), head("姓名"), head("年龄"), head("职业"), head("月收入（元）")), 70)
    family = [("本人", who.name, "务工", "2300"), ("配偶", "同上户籍", "务农", "900"), ("子女", "二人", "学生", "0")]
    members = [
        Row(
            (
                head(call),
                entry(name),
                entry(str(days.applied.year - who.born.year - 3 * index)),
                entry(work),
                entry(pay),
            ),
            70,
        )
        for index, (call, name, work, pay) in enumerate(family)
    ]
    promise = "本人承诺上述家庭人口、收入、支出和财产状况属实，同意法律援助机构核查。如有不实，愿意承担法律责任。"
    details = Table(
        (0.7, 1.0, 0.7, 1.0, 1.0),
        (
            head_row,
            *members,
            Row((head("家庭财产"), Cell(fill("住房一处（农村自建），无机动车、无存款"), span=4)), 90),
            Row((head("主要支出"), Cell(fill("子女就学、老人医药费，每月约2100元"), span=4)), 90),
            Row((head("申请人\n承诺"), Cell(promise, span=4, signature=recipient_signs(story, days.applied, label="申请人（签名）："))), 260),
        ),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "recipient_id_number", on=days.applied)
    return Paper(
        "means_statement", title, (*style.title(title), *form(story, rows), details), fields, form=True, size=33
    )


def wage_note(story: Story) -> Paper:
    """The employer's IOU for wages, which frees a migrant worker from the means test."""
    blocks = (
        *story.style.title("工资欠条")[-1:],
        Gap(30),
        Text(
            f"今欠{story.recipient.name}（身份证号码：{story.recipient.id_number}）工资共计人民币{story.money}元整，定于三个月内付清。特立此据。"
        ),
        Gap(60),
        SignOff((f"欠款单位：{story.other_name}",), arabic(story.days.measure), Seal(story.other_name, "", star=False)),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", on=story.days.measure)
    return Paper("means_exemption", "工资欠条", blocks, fields, also=("evidence", "case_basis"), copy=True)


def low_income_card(story: Story) -> Paper:
    who = story.recipient
    rows = (
        Row((head("户主姓名"), Cell(who.name), head("身份证号码"), Cell(who.id_number)), 90),
        Row((head("家庭住址"), Cell(who.address, span=3)), 90),
        Row((head("保障人口"), Cell("2人"), head("月保障金额"), Cell("1386元")), 90),
        Row((head("证　　号"), Cell(f"{story.style.short[-1]}低保{story.organ_running:06d}号"), head("有效期"), Cell("长期（每年年审）")), 90),
    )  # fmt: skip
    day = story.days.applied - timedelta(days=400)
    blocks = (
        *story.style.title("城乡居民最低生活保障证")[-1:],
        Table((0.8, 1.3, 0.8, 1.7), rows, 32),
        Gap(70),
        SignOff((f"{story.area}民政局",), arabic(day), Seal(f"{story.area}民政局", "organ_seal")),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", on=day)
    return Paper("means_exemption", "最低生活保障证", blocks, fields, copy=True)
