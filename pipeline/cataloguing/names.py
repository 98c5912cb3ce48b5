"""Names (姓名与名称) of people, firms and organs, cut out of running text."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re

HANZI = "\u3400-\u9fff\U00020000-\U0003134f"

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包"
    "宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党"
    "宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚"
    "鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌"
    "母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由贝肇保牧车税"
    "陳楊張黃趙吳鄭馮蔣鍾譚陸範賈韋鄒龍顧賀龔嚴湯溫歐陽蘇呂盧葉謝羅許馬劉孫魯萬錢錡佘仵祭逄冮钭昌凤乾赖"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司徒",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
    "东方",
    "端木",
    "长孙",
    "宇文",
    "司空",
    "南宫",
    "呼延",
    "轩辕",
    "独孤",
    "拓跋",
    "澹台",
    "歐陽",
    "司徒",
)

_NOT_NAMES = frozenset(
    [
        "签名",
        "签字",
        "盖章",
        "姓名",
        "性别",
        "身份",
        "电话",
        "住址",
        "委托",
        "律师",
        "工作",
        "申请",
        "法律",
        "援助",
        "承办",
        "受援",
        "受委",
        "日期",
        "年月",
        "时间",
        "地点",
        "单位",
        "意见",
        "案由",
        "案件",
        "编号",
        "情况",
        "说明",
        "证明",
        "公民",
        "汉族",
        "民族",
        "出生",
        "联系",
        "地址",
        "职业",
        "文化",
        "关系",
        "代理",
        "辩护",
        "同意",
        "本人",
        "我的",
        "你的",
        "他们",
        "我们",
        "以上",
        "如下",
        "不详",
        "无业",
        "男女",
        "事项",
        "经办",
        "审批",
        "审查",
        "人民",
        "法院",
        "检察",
        "公安",
        "被告",
        "原告",
        "上诉",
        "被害",
        "涉嫌",
        "犯罪",
        "嫌疑",
        "当事",
        "家属",
        "亲属",
        "父亲",
        "母亲",
        "配偶",
        "子女",
        "签章",
        "手印",
        "捺印",
        "指印",
        "基本",
        "信息",
        "类别",
        "种类",
        "方式",
        "内容",
        "结果",
        "备注",
        "序号",
        "页码",
        "附件",
        "特此",
        "通知",
        "公函",
        "接受",
        "指派",
        "请于",
        "应当",
        "可以",
        "由于",
        "因为",
        "根据",
        "有限",
        "公司",
        "平等",
        "自愿",
        "全权",
        "特别",
        "一般",
        "权限",
        "诉讼",
        "仲裁",
        "刑事",
        "民事",
        "行政",
        "阶段",
        "有权",
        "无权",
        "成年",
        "未成年",
        "男",
        "女",
        "高中",
        "初中",
        "小学",
        "大学",
        "中学",
        "农民",
        "职工",
        "务工",
        "平安",
        "安全",
        "解除",
        "明确",
        "明知",
        "和解",
        "时效",
        "管理",
        "管辖",
        "查明",
        "任何",
        "应诉",
        "时候",
        "方面",
        "方可",
        "关于",
        "权利",
        "义务",
        "何时",
        "何地",
        "成立",
        "全部",
        "部分",
        "如实",
        "有关",
        "向你",
        "向本",
        "保证",
        "保管",
        "国家",
        "计算",
        "费用",
        "支付",
        "支队",
        "居住",
        "居民",
        "户籍",
        "元整",
        "相关",
        "相应",
        "公章",
        "公开",
        "安排",
        "程序",
        "项目",
        "强制",
        "利害",
        "于法",
        "查阅",
        "别人",
    ]
)
_ROLE_HEADS = ("律师", "同志", "先生", "女士", "法官", "检察")

STOP = (
    r"(?=$|[^"
    + HANZI
    + r"·]|性别|男|女|涉嫌|一案|犯罪|因|的|与|诉|系|作为|为|于|联系|电话|身份|民族|汉族|出生|住|律师|同志|先生|女士|申请|案由|承办|受援|"
    r"委托|年龄|签名|签字|日期|等|对|已|在|不服|被|及|和|担任|提供|提出|签署|是|称|自愿|指派|负责|到|向|现|进行|了|由|之|经|公民|居民|户籍|文化|职业|工作|国籍|曾用|依法|享有|同意|"
    r"证件|证号|性|所|家属|案|单位|阶段|羁押|法律|会见|参加|我|你|本|何时|通过|就|应|将|以|从|接受|聘请|盗窃|诈骗|故意|交通|危险|贩卖|抢劫|寻衅|开设|非法|帮助|掩饰|劳动|离婚|机动车|民间|工伤|追索|确认|买卖|租赁|合同|纠纷|执业|专职|手机|邮编|地址|族别|关系|代理|辩护|监护|法定|审判|检察|书记|陪审|记录|原告|被告|第三人|上诉|被上诉|时间|地点|备注|编号|事项|罪名|收到|领取|签收|办理|反映|陈述|认罪|悔罪|共同|辩称|诉称)"
)
NAME = rf"[{HANZI}]{{2,4}}?|[{HANZI}]{{1,6}}(?:·[{HANZI}]{{1,8}}){{1,4}}|[{HANZI}]某[某甲乙丙丁0-9]?"

_FIRM = re.compile(rf"([{HANZI}()]{{2,24}}?(?:律师事务所|法律服务所)(?:\([{HANZI}]{{2,6}}\)(?:律师事务所)?)?)")
_ORGAN = re.compile(
    rf"([{HANZI}]{{2,26}}?(?:人民法院|人民检察院|公安(?:局|厅)(?:[{HANZI}]{{1,8}}?分局)?|(?:劳动人事|劳动)争议(?:调解)?仲裁(?:委员会|院)|仲裁委员会|看守所|国家安全局|公安分局))"
)
_PLACE_HEAD = re.compile(
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|最高|国浩|中华人民共和国)"
)
_VERBS = re.compile(
    r"^.*(?:指派|委托|聘请|委派|安排|通知|邀请|交由|系|转交|送交|送达|提交给?|移送至?|上诉至|上诉于|诉至|起诉至|此致|向|由|至|到|经|与|函告|报送|"
    r"单位|机构|名称|机关|执业于|就职于|律所|[告托申请护理疑诉]人|[甲乙]方|[被为在对和及致于现的]|援助处|援助中心|年|月|日|号)(?=.{5,})"
)


def plausible_name(text: str) -> bool:
    """Whether `text` looks like a Chinese person's name: a known surname, two to four characters, no common word."""
    if "·" in text:
        parts = text.split("·")
        return all(1 <= len(part) <= 8 for part in parts) and len(text) >= 4
    if not 2 <= len(text) <= 4 or (text[:2] in _NOT_NAMES or text[:3] in _NOT_NAMES or text in _NOT_NAMES):
        return False
    if text.endswith(
        ("律师", "法院", "公司", "签名", "签字", "日期", "电话", "人员", "单位", "机关", "意见", "阶段", "案件", "罪")
    ):
        return False
    if text[:2] in _COMPOUND:
        return len(text) >= 3
    return text[0] in _SURNAMES and len(text) <= 4


def may_be_name(text: str) -> bool:
    """Whether a cell of its own, beside a label for a name, may hold a name with a rare surname."""
    return 2 <= len(text) <= 3 and not any(word in text for word in _NOT_NAMES)


def sure_name(text: str) -> bool:
    """A plausible name of usual length."""
    return plausible_name(text) and ("·" in text or len(text) <= 3 or text[:2] in _COMPOUND)


def _cut(name: str, tail: re.Pattern[str]) -> str:
    """`name` from where the firm's or organ's own name begins."""
    heads = [match.start() for match in _PLACE_HEAD.finditer(name)]
    if heads:
        first = next((at for at in heads if len(name) - at >= 6), None)
        if first is not None:
            return name[first:]
    shorter = _VERBS.sub("", name)
    return shorter if tail.fullmatch(shorter) and len(shorter) >= 6 else name


def find_firms(text: str) -> list[tuple[int, int, str]]:
    """Firms named in a text: start, end, name."""
    return [_placed(match, _FIRM) for match in _FIRM.finditer(text) if len(match.group(1)) >= 6]


def find_organs(text: str) -> list[tuple[int, int, str]]:
    """Courts, procuratorates, police, arbitration bodies and detention houses named in a text: start, end, name."""
    return [_placed(match, _ORGAN) for match in _ORGAN.finditer(text) if len(match.group(1)) >= 5]


def _placed(match: re.Match[str], pattern: re.Pattern[str]) -> tuple[int, int, str]:
    name = _cut(match.group(1), pattern)
    return match.end() - len(name), match.end(), name
