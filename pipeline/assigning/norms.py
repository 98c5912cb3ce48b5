"""What the rules of assigning rest on: norm and article, and whether its text was at hand."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.report import Standing
from schemas.roster import Objection


class Norm(Frozen):
    """A norm (依据)."""

    text: str
    standing: Standing | None = Standing.OFFICIAL
    """RECONSTRUCTED where the number of the article was not read in the text itself."""


THREE_YEARS = Norm(text="《中华人民共和国法律援助法》第二十六条")
DEFENDED_BY_LAWYERS = Norm(text="《中华人民共和国法律援助法》第二十五条")
HELPED_BY_LAWYERS = Norm(text="《中华人民共和国法律援助法》第十四条、第三十条")
COMPULSORY_TERM = Norm(text="《中华人民共和国法律援助法》第三十六条")
VOLUNTEERS = Norm(text="《中华人民共和国法律援助法》第十七条")
MINORS = Norm(text="《中华人民共和国未成年人保护法》第一百零四条第二款")
ONE_DEFENDANT_EACH = Norm(
    text="《最高人民法院、最高人民检察院、公安部、国家安全部、司法部、全国人大常委会法制工作委员会"
    "关于实施刑事诉讼法若干问题的规定》第四条第二款"
)
ONE_FIRM_TWO_DEFENDANTS = Norm(text="《律师办理刑事案件规范》第十三条")
BOTH_SIDES = Norm(text="《中华人民共和国律师法》第三十九条")
ONE_FIRM_BOTH_SIDES = Norm(text="《律师执业行为规范》第五十一条", standing=Standing.RECONSTRUCTED)
FORMER_CLIENT = Norm(text="《律师执业行为规范》第五十二条")
LEGAL_WORKERS = Norm(text="《基层法律服务工作者管理办法》第二十六条", standing=Standing.RECONSTRUCTED)
HELPED_SEVERAL = Norm(text="部分省份关于值班律师工作的意见，本地有无相同规定请核对", standing=Standing.RECONSTRUCTED)
ROSTER = Norm(text="律师名册", standing=None)
GRAVE_CASES = Norm(text="本机构重大疑难案件专人承办安排", standing=None)
REGISTRY = Norm(text="本机构台账", standing=None)


def objection(text: str, norm: Norm) -> Objection:
    return Objection(text=text, basis=norm.text, standing=norm.standing)
