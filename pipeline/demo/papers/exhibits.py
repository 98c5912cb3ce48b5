"""Evidence (证据材料): chats, pay slips, contracts, receipts, certificates, most of them without a title line."""

from __future__ import annotations

from datetime import timedelta

from pipeline.demo.blocks import Block, Cell, Drawing, Gap, Paper, Row, Seal, SignOff, Table, Text, Title
from pipeline.demo.faces import width
from pipeline.demo.ink import Area, Operation, Print, moved
from pipeline.demo.papers.forms import head
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic

SCREEN_WIDTH, SCREEN_HEIGHT = 760, 1560
TALK = (
    (True, "在吗？上次说好的钱什么时候能给？"), (False, "最近手头紧，再等等"), (True, "已经拖了两个多月了，家里等着用钱"),
    (False, "我知道，月底一定想办法"), (True, "一共{money}元，你确认一下"), (False, "嗯，数是对的"), (True, "那你给我一个准话"),
    (False, "月底之前，放心"), (True, "好，我等你消息"), (False, "[语音] 12秒"), (True, "今天都三号了，怎么还没有转？"),
)  # fmt: skip


def _bubble(own: bool, text: str, y: float) -> tuple[list[Operation], float]:
    size, most = 27, 480
    lines = [text[start : start + most // size] for start in range(0, len(text), most // size)]
    long = max(width("sans", size, line) for line in lines)
    left = SCREEN_WIDTH - 110 - long - 40 if own else 110
    ops: list[Operation] = [
        Area(left, y, left + long + 40, y + 44 * len(lines) + 24, "green" if own else "white"),
        Area(SCREEN_WIDTH - 92 if own else 20, y, SCREEN_WIDTH - 20 if own else 92, y + 72, "blue"),
    ]
    ops += [Print(left + 20, y + 18 + 44 * index, line, "sans", size) for index, line in enumerate(lines)]
    return ops, y + 44 * len(lines) + 70


def chat_page(story: Story) -> Paper:
    ops: list[Operation] = [Area(0, 0, SCREEN_WIDTH, SCREEN_HEIGHT, "pale"), Area(0, 0, SCREEN_WIDTH, 90, "light")]
    ops += [
        Print(300, 30, story.other_name[:8], "sans", 32),
        Print(320, 112, "星期三 19:42", "sans", 22, colour="grey"),
    ]
    y, lines = 170.0, []
    for own, text in TALK:
        told = text.format(money=story.money)
        more, y = _bubble(own, told, y)
        ops += more
        lines.append(told)
    shifted = _centred(ops)
    note = Text(f"微信聊天记录截图（{story.role}提供，经核对与手机原始记录一致）", align="centre", size=30)
    return Paper(
        "evidence", "微信聊天记录截图", (Drawing(shifted, SCREEN_HEIGHT + 50, tuple(lines)), note), {}, face="sans"
    )


def _centred(operations: list[Operation]) -> tuple[Operation, ...]:
    return tuple(moved(operation, 250, 0) for operation in operations)


def bank_statement(story: Story) -> Paper:
    rows = [Row(tuple(head(each) for each in ("交易日期", "摘要", "收入", "支出", "余额", "对方户名")), 62)]
    balance = 1200 + story.running * 7
    for index in range(16):
        day = story.days.lodged - timedelta(days=(17 - index) * 9)
        income = 4800 if index % 3 == 0 else 0
        spent = 0 if income else 130 + (story.organ_running * (index + 3)) % 900
        balance += income - spent
        values = (
            day.isoformat(),
            "工资" if income else "消费",
            f"{income}.00" if income else "",
            f"{spent}.00" if spent else "",
            f"{balance}.00",
            story.other_name[:6] if income else "",
        )
        rows.append(Row(tuple(Cell(value, align="centre") for value in values), 58))
    blocks = (
        Title("银行账户交易明细", size=46, face="sans"),
        Text(f"户名：{story.recipient.name}　　账号：6200 **** **** {story.running:04d}　　币种：人民币", indent=0, size=27),
        Table((1.1, 0.7, 0.9, 0.9, 1.0, 1.3), tuple(rows), 26),
        Gap(60),
        SignOff(("业务专用章",), arabic(story.days.lodged), Seal(f"{story.style.city}农村商业银行", "", bottom="业务专用章")),
    )  # fmt: skip
    return Paper("evidence", "银行账户交易明细", blocks, {}, face="sans", size=30)


def contract_page(story: Story) -> Paper:
    clauses = (
        f"一、乙方的工作岗位为车间操作工，工作地点为{story.area}。", "二、甲方实行每日工作八小时、每周休息一天的工时制度。",
        "三、乙方的月工资为人民币4800元，甲方于每月15日前支付上月工资。", "四、甲方依法为乙方缴纳社会保险费。",
        "五、本合同期限为一年，自签订之日起计算。", "六、任何一方解除本合同，应当提前三十日书面通知对方。",
        "七、因履行本合同发生争议的，双方可以协商解决，也可以申请劳动争议仲裁。",
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        Title("劳动合同", size=60, spaced=True), Text(f"甲方（用人单位）：{story.other_name}", indent=0), Text(f"乙方（劳动者）：{story.recipient.name}", indent=0),
        Text("甲、乙双方根据《中华人民共和国劳动合同法》，在平等自愿、协商一致的基础上订立本合同。"), *(Text(clause) for clause in clauses),
        Gap(60), SignOff((f"甲方（盖章）：{story.other_name}",), arabic(story.days.act), Seal(story.other_name, "", bottom="合同专用章")),
    )  # fmt: skip
    return Paper("evidence", "劳动合同", blocks, {}, also=("case_basis",), copy=True)


def invoice_page(story: Story) -> Paper:
    items = ("诊查费", "检查费", "化验费", "治疗费", "手术费", "西药费", "材料费", "床位费", "护理费")
    rows = [Row(tuple(head(each) for each in ("项目", "数量", "金额（元）")), 60)]
    rows += [
        Row((head(item), head(str(1 + index % 4)), head(f"{(story.organ_running * (index + 5)) % 3000 + 35}.00")), 58)
        for index, item in enumerate(items)
    ]
    blocks = (
        Title("广东省医疗收费票据（住院）", size=44, face="sans"),
        Text(f"姓名：{story.recipient.name}　　住院号：{story.organ_running:07d}　　开票日期：{story.days.measure.isoformat()}", indent=0, size=27),
        Table((2, 1, 1.5), tuple(rows), 28),
        Gap(50),
        SignOff((f"{story.style.city}第二人民医院",), story.days.measure.isoformat(), Seal(f"{story.style.city}第二人民医院", "", bottom="收费专用章")),
    )  # fmt: skip
    return Paper("evidence", "医疗收费票据", blocks, {}, face="sans", size=30, copy=True)


def loan_note(story: Story) -> Paper:
    blocks = (
        Gap(240), Title("借条", size=64, spaced=True),
        Text(f"今借到{story.recipient.name}人民币{story.money}元整，借期六个月，到期一次还清。恐口无凭，立此为据。"),
        Gap(60), SignOff((f"借款人：{story.other_name}", f"身份证号码：{story.other.id_number}"), arabic(story.days.act)),
    )  # fmt: skip
    return Paper("evidence", "借条", blocks, {}, copy=True)


def certificate(story: Story) -> Paper:
    """A village committee's certificate: kinship, residence, hardship between parties."""
    village = story.recipient.address[len(story.style.city) + 3 :].split("村")[0] + "村民委员会"
    blocks = (
        Title("证明", size=66, spaced=True),
        Text(f"兹证明{story.recipient.name}（身份证号码{story.recipient.id_number}）系我村村民，与{story.other_name}之间的纠纷经本村委会多次调解，双方未能达成一致意见。"),
        Text("情况属实，特此证明。"), Gap(70),
        SignOff((village,), arabic(story.days.applied - timedelta(days=4)), Seal(village, "")),
    )  # fmt: skip
    return Paper("evidence", "证明", blocks, {}, also=("case_basis", "means_statement", "means_exemption"))


def accident_report(story: Story) -> Paper:
    blocks = (
        Title(f"{story.style.city}公安局交通警察支队", size=48, face="serif", after=14), Title("道路交通事故认定书", size=60, face="serif"),
        Text(f"第4408{story.days.act.year}{story.organ_running:05d}号", align="right", size=32),
        Text(f"交通事故基本事实：{story.facts(called='')[:150]}"), Text(f"事故成因及责任：{story.other_name}的行为违反了道路交通安全法律、法规的规定，承担事故的全部责任；{story.recipient.name}不承担责任。"),
        Gap(60), SignOff((f"{story.style.city}公安局交通警察支队",), arabic(story.days.act + timedelta(days=9)), Seal(f"{story.style.city}公安局交通警察支队", "", bottom="事故处理专用章")),
    )  # fmt: skip
    return Paper("evidence", "道路交通事故认定书", blocks, {}, face="serif", also=("case_basis",), copy=True)


def exhibits(story: Story) -> list[Paper]:
    """The evidence that goes with the matter of the case."""
    match story.matter.cause:
        case "机动车交通事故责任纠纷":
            return [accident_report(story), invoice_page(story), bank_statement(story)]
        case "赡养费纠纷":
            return [certificate(story), invoice_page(story)]
        case "民间借贷纠纷":
            return [loan_note(story), chat_page(story)]
        case "追索劳动报酬":
            return [bank_statement(story), chat_page(story)]
        case _:
            return [contract_page(story), bank_statement(story), invoice_page(story)]
