"""Names of persons in running text (人名), for whoever has to take them out of it.

Here a word too many costs a clerk's glance, and a name too few a person's privacy: what looks like a name between words
that stand around names is called one.
"""

from __future__ import annotations

import re

from pipeline.cataloguing.names import HANZI, STOP, plausible_name
from pipeline.cataloguing.tables import table

_ROLE = (
    r"被告人|犯罪嫌疑人|嫌疑人|被害人|受害人|被侵害人|证人|自诉人|被告|原告|第三人|被上诉人|上诉人|被申请人|申请人|被申诉人|"
    r"申诉人|被执行人|受援人|法定代表人|代理人|辩护人|监护人|公诉人|检察员|检察官|审判长|审判员|陪审员|书记员|仲裁员|法官|"
    r"助理|承办人|律师|同案人|同案犯|同伙|伙同|父亲|母亲|父母|妻子|丈夫|儿子|女儿|哥哥|弟弟|姐姐|妹妹|兄弟|姐妹|配偶|前妻|前夫|岳父|"
    r"岳母|婆婆|公公|祖父|祖母|爷爷|奶奶|外公|外婆|叔叔|舅舅|姑姑|邻居|工友|同事|同学|室友|顾客|老板|经理|店主|房东|司机|民警|"
    r"驾驶员|负责人|包工头|组长|班长|主任|医生|老师|朋友|男友|女友|其子|其女|其妻|其夫|其父|其母|其兄|其弟|婚生子|婚生女|男孩|女孩|群众|村民|居民|对方"
)
_START = re.compile(
    rf"(?:(?P<role>{_ROLE})(?:\s|[:：（(])?|(?<=[，。；：、（(“\s])|[与和向由对将被给跟及同替为找让叫请]|^)"
)
_AFTER = re.compile(
    rf"{STOP}|(?=受|拒|酒|名|窜|趁|随|停|人民币|无|发|支|赔|损|左|右|驾|步|持|用|要|借|还|欠|偿|返|履|签|雇|结|离|抚|"
    r"生|死|伤|经|未|不|又|再|并|也|却|均|共|各|分|先|后|打|骂|殴|抢|夺|偷|骗|威|强|追|跑|逃|拿|取|把|说|问|答|讲|认|承|虚|明|"
    r"采|利|实|故|过|造|引|致|使|得|获|辱|砸|[（(])"
)
_FULL = re.compile(rf"[{HANZI}]{{1,6}}(?:·[{HANZI}]{{1,8}}){{1,4}}")
_HANZI = re.compile(rf"[{HANZI}]+")
_COMMON = re.compile(
    r"应[支当该作予由付承按从得计扣]|由[原被其于本该上]|曾[对因用经多在与向有]|原[告判审工系则因件]|尚[欠未有需不无在]|时[间许任而]|和[解工被其原上谐睦]|"
    r"国[民家务]|任[何务职]|关[于系闭联]|单[位独程方]|全[部额体案家]|金[额钱融]|高[度额处速于中达空]|成[立年为本员果]|安[全排装置]|明[知显确示]|"
    r"于[是此本该其]|方[式面法可才]|强[制行奸迫调]|权[利益限属]|向[本其被原该法]|易[于]|平[时均等安台]|常[年住常见]|双[方]|元[整人以]|计[算人划]|"
    r"路[口边面上过程]|车[辆牌主上内祸]|公[安司开诉民平共]|包[括装庇]|利[息用益率]|同[意时案伙居]|支[付出持行]|查[明获扣封]|经[济营过查审]|费[用]|"
    r"解[除决释散]|严[重格]|连[续带]|容[易留]|从[事而轻犯宽]|商[品量店场定议]|家[庭属人中里]|农[民村历贸]|年[龄满月底初]|通[过知话报]|"
    r"符[合]|居[住间委]|步[行]|有[期限关权效]|上[述诉级海]|文[件书化]|广[东场]|多[次名]|段|曲[折]|施[工行加]|马[上路]|程[度序]|左[手右腿臂]|管[理辖制]|"
    r"房[屋产东租]|巨[大额]|党[员]|习[惯]|别[人]|终[止]|阳[台]|水[果电]|山|海[关]|冷[静]|"
    r"温[度]|白[天色]|项[目]|毛[利]|相[关应互识处]|万|后|第|东西|过[程错失]|化|辛苦|随[手后即身同意]|归[案还]"
)
"""Words of a case's papers that begin like a name."""
_COMPOUND = frozenset(table("names")["compound"])
_LITTLE = re.compile(
    r"[报打骂说问答称去来跑逃抢偷骗与和的在犯到因于受以酒发退被将向由对及等即又也已从拒称是系为，。、；0-9]"
)
"""What stands behind a name of two characters rather than being its third."""


def names_in(text: str) -> tuple[str, ...]:
    """The names of persons that `text` holds, as far as can be told, each once, in the order in which they stand."""
    found = [_trimmed(match.group()) for match in _FULL.finditer(text)]
    for start in _START.finditer(text):
        name = _name_at(text, start.end(), told=start.group("role") is not None)
        if name:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _name_at(text: str, place: int, *, told: bool) -> str:
    """The name that begins at `place`; where a role announces it, it need not be clear where it ends."""
    if _COMMON.match(text, place):
        return ""
    words = [word for word in (text[place : place + length] for length in (4, 3, 2)) if _is_name(word)]
    ending = [word for word in words if _AFTER.match(text, place + len(word))]
    if told and words:
        return ending[0] if ending else words[0]
    # 没有身份词提示的，两个字的太像普通词语
    return next((word for word in ending if len(word) > 2), "")  # noqa: PLR2004


def _trimmed(text: str) -> str:
    """`艾山·买买提` out of `由艾山·买买提支付`."""
    text = re.sub(r"^[与和向由对将被给跟及同替]", "", text)
    last = text.rindex("·") + 1
    end = next((place for place in range(last + 1, len(text)) if _AFTER.match(text, place)), len(text))
    return text[:end]


def _is_name(word: str) -> bool:
    """Four characters are a name only after a surname of two, three only if the last is no little word."""
    if not _HANZI.fullmatch(word) or "某" in word or not plausible_name(word):
        return False
    if len(word) == 4 and word[:2] not in _COMPOUND:  # noqa: PLR2004
        return False
    return len(word) == 2 or not _LITTLE.fullmatch(word[-1])  # noqa: PLR2004
