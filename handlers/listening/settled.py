"""Told as over: mended and thanked for, new and praised, put right by oneself; or things for sale."""

from __future__ import annotations

import re

BUT_NOW = re.compile(
    r"但|可是|不过|(?<!得)(?<!又.)又|还是|还没|结果|另外|顺便|现在|能不能|可不可以|麻烦|请|希望|尽快|什么时候|"
    r"几时|[吗?？]"
)
_SETTLED_THEN = re.compile(
    r"(?:上周|上次|上回|前几天|前天|昨天|那天|上个?月|当天|当晚|第二天|很快|马上|一下).{0,24}"
    r"(?:好了|好啦|修好|弄好|调好|换好|解决|搞定|通了|亮了|装上|补上|处理|来修|来了|[修换装弄补](?:好)?的(?=[，。 ]))|"
    r"(?:换|修|装|弄|通|清|补|焊|刷|调|搬|拆|擦|扫|铺|填)(?:成|好|上|掉|走|平|干净|得(?:又|真|好|很|太|挺|快|"
    r"平|及时|漂亮))"
)
_THANKED = re.compile(
    r"谢|记[他她你]们?(?:一|个|一个)?[好功]|记(?:一个?)?(?:大功|功|好)|感谢|点(?:[了一]?个大?)?赞|表扬|好评|锦旗|真是?(?:好|亮堂|不错|及时)"
)
_RENEWED = re.compile(
    r"(?:昨天|昨晚|前天|前几天|上周|上个?(?:礼拜|星期|月)|今天|刚|新|才)(?:刚|给)?(?:修|换|装|铺|补|刷|安|砌|建|划)|以前|从前|原来"
)
_PRAISED = re.compile(
    r"真(?:好|不错|亮|稳|干净|方便|舒服)|好用|好使|不错|(?:亮堂|舒服|清爽|方便|稳当|干净|安静|敞亮|好走|亮|好|稳)多了|"
    r"再也?不(?:用|怕)|现在[^，。]{0,8}一点[^，。]{0,3}都没|总算|不[怕用][^，。]{0,6}了$"
)
_BLAMED = re.compile(r"太|睡不|刺眼|晃眼|受不|吵|白[换修装]|没用|才怪|个屁")
_BY_ONESELF = re.compile(
    r"(?:自己|顺手|动手)[^，。]{0,6}(?:换|修|补|弄|装|通|接|焊|清|扫|堵|钉|拧)(?:了|掉|好|上|通|完|走|干净|牢|紧)"
)
_JOKED = re.compile(r"(?:开个?玩笑|逗[你您]们?玩?|说着玩|闹着玩|骗你们?)[的啦哈嘿呀啊]*[。~～ ]*$")
# 崽以为着火了: it was not so.
_MISTAKEN = re.compile(r"以为(?:是|又)?[^，。]{0,3}(?:着火|起火|失火|地震|爆炸|打雷|出事|进贼|漏气|煤气)")
_FEARED_ONLY = re.compile(rf"{_MISTAKEN.pattern}[了啊呢。 ]*$")  # the last word about it (呲呲响，像蛇，我以为漏气)
# 闻不着了, 不冒了: nothing else is said, so that is the end of it.
_GONE = re.compile(
    r"^(?:现在|已经|又|好像|是)*"
    r"(?:闻不[着到]|没(?:有)?(?:味道?|烟)儿?|(?:味道?|烟)儿?(?:都|也)?散|不(?:冒烟|冒|臭))了[啊呀吧哈。！!~ ]*$"
)
_RESCUED = re.compile(r"[救放]出来了[。 ]*$")  # not 捞上来了: who was drowning needs help still
_IN_VAIN = re.compile(r"不|没|坏|漏|堵|停|谁|怎|白|几[次回]|[两三四五六]次")
_FOR_SALE = re.compile(
    r"(?:^|[，, ])出(?:一[个台套张辆只把件部]|[个台套张辆只把件部]|闲置|二手)|转让|转卖|低价出|"
    r"[出卖](?:一?[个台套张辆])?二手|[七八九]成新|"
    r"[\d一二三五两百]+(?:块钱?|元)?(?:自提|自取|拿走)|包邮|闲置"
)
# What he looks for among neighbours: 请问有人转让车位吗, 求租地库车位.
_SOUGHT = re.compile(
    r"有(?:没有?)?人[^，。]{0,6}(?:转让|转租|出手|转手|想出|要出|出租)[^。]{0,14}(?:吗|[?？]|的(?:$|[，, ]))|"
    r"(?:^|[，, 、])(?:求购|求租|诚收|想收(?!回))"
)
# Words of what was put right or is new, and of thanks or praise, whatever else stands beside them.
SETTLED = (
    ("settled", _SETTLED_THEN),
    ("settled", _RENEWED),
    ("pleased", _PRAISED),
    ("pleased", _THANKED),
)


def over(text: str) -> bool:
    """Nothing is left to be done (上周报的门，师傅当天就来调好了，谢谢; 新换的路灯真亮; 灯我自己换掉了), or nothing was
    the matter (我家阳台水管冻着没，开玩笑的; 崽以为着火了)."""
    if _JOKED.search(text) or _GONE.search(text):
        return True
    if _FEARED_ONLY.search(text):
        return True
    if BUT_NOW.search(text):
        return False
    if _MISTAKEN.search(text) and not _IN_VAIN.search(_MISTAKEN.sub("", text)):
        return True
    thanked = _SETTLED_THEN.search(text) and _THANKED.search(text)
    praised = _RENEWED.search(text) and _PRAISED.search(text) and not _BLAMED.search(text)
    mended = _BY_ONESELF.search(text)
    return bool(thanked or praised or (mended and not _IN_VAIN.search(text, mended.end())))


def rescued(text: str) -> bool:
    """The danger told of has an end in the same line: 电梯里关了人，救出来了."""
    return bool(_RESCUED.search(text))


def sought(text: str) -> bool:
    """He asks his neighbours whether anybody sells or lets what he looks for: none of the office's business."""
    return bool(_SOUGHT.search(text))


def for_sale(text: str) -> bool:
    """Something is given away or sold; what it never did (打火一点不漏气) is no danger."""
    return bool(_FOR_SALE.search(text))
