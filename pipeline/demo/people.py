"""People who never were: names, identity numbers with a right check digit, telephones, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pipeline.demo.chance import pick

SURNAMES = "陈李黄林梁何吴郑冯谢邓庞符麦莫钟柯骆龙温詹翁卓谭侯简余戴占揭"
GIVEN = [
    "志强",
    "建华",
    "伟明",
    "秋萍",
    "丽芳",
    "国栋",
    "海燕",
    "文辉",
    "春兰",
    "永康",
    "小玲",
    "景行",
    "思颖",
    "家豪",
    "晓彤",
    "俊杰",
    "雪梅",
    "子轩",
    "桂英",
    "振东",
    "婉仪",
    "启明",
    "绍辉",
    "佩珊",
    "水生",
    "土生",
    "亚妹",
    "观福",
    "康养",
    "妃二",
    "华",
    "军",
    "敏",
    "涛",
    "静",
    "鹏",
]
FEMALE = frozenset(
    ["秋萍", "丽芳", "海燕", "春兰", "小玲", "思颖", "晓彤", "雪梅", "桂英", "婉仪", "佩珊", "亚妹", "妃二", "敏", "静"]
)
RARE = "喆玥堃镕昇祎赟璟晞"
HOMOPHONES = {
    "志": "智", "建": "健", "伟": "玮", "秋": "邱", "丽": "莉", "国": "果", "海": "亥", "文": "闻", "春": "椿", "永": "咏",
    "小": "晓", "景": "警", "思": "丝", "家": "佳", "晓": "小", "俊": "骏", "雪": "血", "子": "紫", "桂": "贵", "振": "震",
    "婉": "宛", "启": "起", "绍": "邵", "佩": "配", "水": "税", "土": "吐", "亚": "雅", "观": "冠", "康": "慷", "妃": "飞",
    "华": "桦", "军": "君", "敏": "闽", "涛": "滔", "静": "敬", "鹏": "朋", "喆": "哲", "玥": "月", "堃": "坤", "镕": "容",
    "昇": "升", "祎": "依", "赟": "晕", "璟": "景", "晞": "希",
}  # fmt: skip
AREAS = ("440801", "440701", "440901", "440601", "440501")
"""Codes of 市辖区, which no identity card carries."""
VILLAGES = ("沙尾", "塘边", "新屋", "石角", "后洋", "坡头仔", "大井", "榕树下")
STREETS = ("人民大道", "解放路", "海滨路", "建设路", "文明路", "椹川路")
NATIVE = ("初中", "小学", "高中", "中专", "大专")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Person:
    """Someone named in the papers."""

    name: str
    sex: str
    born: date
    id_number: str
    phone: str
    address: str
    schooling: str = "初中"
    work: str = "务工"

    def masked(self) -> str:
        return self.id_number[:6] + "********" + self.id_number[-4:]


def homophone(name: str) -> str:
    """`name` as someone who only heard it would write it."""
    for index in range(len(name) - 1, 0, -1):
        other = HOMOPHONES.get(name[index])
        if other:
            return name[:index] + other + name[index + 1 :]
    return name + "生"


def with_check_digit(digits: str) -> str:
    """17 digits with the 18th of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def person(
    rng: np.random.Generator, city: str, *, rare: float = 0.3, oldest: int = 1966, youngest: int = 2000
) -> Person:
    """Someone of age, living around `city`."""
    given = pick(rng, GIVEN)
    if rng.random() < rare:
        given = (given[0] if rng.random() < 0.5 else "") + pick(rng, RARE)  # noqa: PLR2004 - one or two characters
    born = date(oldest, 1, 1) + timedelta(days=int(rng.integers(0, (youngest - oldest) * 365)))
    order = int(rng.integers(1, 499)) * 2 + (given not in FEMALE)
    number = with_check_digit(f"{pick(rng, AREAS)}{born:%Y%m%d}{order:03d}")
    address = f"广东省{city}{pick(rng, ('东屿镇', '坡心镇', '港门镇', '海头街道'))}{pick(rng, VILLAGES)}村{int(rng.integers(1, 200))}号"
    return Person(
        name=pick(rng, SURNAMES) + given,
        sex="男" if int(number[16]) % 2 else "女",
        born=born,
        id_number=number,
        phone=f"1{pick(rng, ('35', '37', '50', '86', '98'))}0000{int(rng.integers(0, 10000)):04d}",
        address=address,
        schooling=pick(rng, NATIVE),
    )


FIRM_WORDS = ("海韵", "正澜", "渔光", "衡舟", "粤岚", "明屿", "信渡", "观潮")


def firm(rng: np.random.Generator) -> str:
    """A law firm (承办单位)."""
    return f"广东{pick(rng, FIRM_WORDS)}律师事务所"
