"""Who and where, in the words about a door: the person named there, and the estate it is in."""

from __future__ import annotations

import re

_PERSON = re.compile(
    r"(?P<p>(?:[一-鿿]{1,3}?)(?:奶奶|爷爷|阿婆|阿公|大爷|大妈|大伯|大娘|阿姨|婆婆|公公|师傅|阿太|嬷嬷|"
    r"叔叔?|伯伯?|老师|老太|先生|女士|夫妻|小两口|老板娘?|总|厂长|经理|店长|老伯|孃孃|嬢嬢|年轻人?|"
    r"班长|主任|校长|队长|书记|医生|会计|[大小老二三]?(?:嫂|姐|哥|婶|姨|妹|弟)|爹爹?|姥姥|姥爷|娭毑|阿姆|婆|"
    r"师母|老师傅)|老两口|老(?![人年家旧化板是在了远太头小少弱])[一-鿿]|"
    r"小[一-鿿](?=[，,家夫])|(?!.?.?[没人在有个户的各到])[一-鿿]{2,4}(?=家))"
)
_NAME_JUNK = re.compile(
    r"^(?:室|号|房|的|了|看|去|走|访|租户|住户|独居|低保|残疾|户|家|过|到|老党员|是|我|在|想|让|和|跟|与|"
    r"给|帮|问|请)+"
)
_ESTATE_CUT = re.compile(
    r"[，。：:；;\s#了]|\d+[、.．]|[我你他]?们?[这那]个?[边片里头排]|[这那]个$|就是|没什么事|走访|上门|入户|再补一条|补充|去|到|看望|探望|刚从|还有|在|给|(?<=[一-鿿]{2})和(?![平谐睦美佳风])|跟|从"
)
_ESTATE_JUNK = re.compile(
    r"^(?:(?:打|用|通)?(?:电话|微信|视频)(?:里|上)?(?:回访|拜访|随访|联系|问候|访|问|打)?了?|第[一二三四五六七八九十\d]+[家户]|群里|户|家|一户|的|一?趟|今[天朝早]|[昨前]天|上午|下午|早上|晚上|是|顺[道路便]|[跑走看访去]的|[那这](?=[一-鿿]{3})|路?过(?=[一-鿿]{2})|[看走访瞧转跑])+"
)
_CALLED = re.compile(r"(?:我|今天|上午|下午|刚|都)?[走跑看访查转]$")  # 桂平花园6座3单元走(了三户)
# 讲 begins a name now and then (讲舍巷公寓); anywhere else somebody speaks.
_NO_ESTATE = re.compile(r"[住出进]院|医院|[她他说]|(?<!^)讲|楼道|家里$")
# What the place is, and not its name (安置点4栋, 司机宿舍3栋).
_KIND = re.compile(
    r"(?:安置|聚居|集中|居住)[点区房]|(?:司机|职工|员工|工人|教师|单身)?宿舍|(?:职工)?家属[院区楼]|生活区|老[街区]"
)
_COUNT_LAST = re.compile(
    r"(?:[一二两三四五六七八九十\d几]+[户家个]|这边|那边|"
    r"[一二两三四五六七八九十\d]+(?:[幢栋座#]|号楼?|[-—－]\d+)(?:[一二两三四五六七八九十\d]+单元)?)+的?$"
)
_ESTATE = re.compile(
    r"[一-鿿]{1,9}(?:[里苑园村庭府城湾区寓邸舍居庄厦院坊阁轩墅郡岸镇屯弄巷街台港桥坦坝埠坪洲]|家园|(?<=[一-鿿]{2}[懿雅逸美宜悦名人])家|(?:粮|车|水|茶|老)站|[棉纺机械化肥钢铁酒糖水泥电煤矿茶农林]厂|供销社|公馆|国际|宿舍|新村|家属院|院落|安置[房点区]|聚居点|生活区|"
    r"[一二三四五六七八九十]{1,3}区|(?=[A-Z]区))[A-Z]?区?"
)
# 建发8-1-605: where no estate is known, the two to four characters right before a door may be the name of one.
_SHORT_NAME = re.compile(
    r"(?!隔壁|对[门面]|楼[上下]|同[楼层]|再[去来]|顺便|另外|补充|其中|刚才|然后|上午|下午|早上|晚上|今[天日]|昨[天日]|电话|还剩|最后|独居|租户|门牌)"
    r"[^\W\d_a-zA-Z的了在有是我你他她们不没去到来看走打说讲那这还也都又再给跟问个户家人叫送帮陪查访敲量从托找借喊让请把被楼幢栋单元号]{2,4}"
)
# 6-2-101在家，金迪花园的: said behind the door, in a clause of its own, at most with the stair.
_TOLD_AFTER = re.compile(
    r"[，,。；;]\s*(?P<e>(?![^，,。；;]{0,3}[在去到回逛住是了])[一-鿿]{2,5}(?<!公)(?<!菜)(?:苑|园|新村|新居|小区|公寓|公馆|华庭|"
    r"名邸|雅居|安置房|生活区|宿舍|家属院))(?:\d+[幢栋座#号]楼?(?:\d+单元)?|\d+[-—－]\d+)?的?(?=$|[，,。；;])"
)
_VILLAGE = re.compile(r"\d组.*?((?:老)?[一-鿿]{1,4}?)家?$")


def estate_in(before: str, estates: tuple[str, ...], *, several: bool = False) -> str | None:
    """The estate that the words before a door end in: one of the known `estates`, or what looks like a name; where the
    talk is of `several`, a short name too."""
    known = [name for name in estates if name and name in before]
    if known:
        return max(known, key=len)
    parts = [part for part in _ESTATE_CUT.split(before) if part]
    if several and parts and before.rstrip().endswith(parts[-1]):
        short = _COUNT_LAST.sub("", _ESTATE_JUNK.sub("", parts[-1]))
        if _SHORT_NAME.fullmatch(short) and not _KIND.fullmatch(short):
            return short
    for tail in reversed(parts):
        tail = _COUNT_LAST.sub("", _ESTATE_JUNK.sub("", _CALLED.sub("", tail))).strip("-— ")
        if _ESTATE.fullmatch(tail) and not (_NO_ESTATE.search(tail) or _KIND.fullmatch(tail)):
            return tail
    return None


def estate_after(text: str) -> str | None:
    """The estate that a clause of its own names behind a door (102姜老师家，洪祥苑2幢2单元)."""
    found = _TOLD_AFTER.search(text)
    return found["e"] if found is not None else None


def person_in(after: str) -> str | None:
    """Whoever is named first there (王奶奶, 老周, 小两口)."""
    found = _PERSON.search(after[:24])
    if not found:
        return None
    return _NAME_JUNK.sub("", re.sub(r"^.*的", "", found.group("p"))) or None


def villager(code: str) -> str | None:
    """Whose house a village's door is (3组老李家)."""
    found = _VILLAGE.match(code)
    return found[1] if found else None
