"""Takes personal data out of a text that leaves the house: numbers, plates, rooms, and people by their names."""

from __future__ import annotations

import re

from nlu.normalize import fold
from nlu.people import personal
from nlu.place import where

MASK = "＊"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪毛禹狄米贝明戴宋庞熊纪舒屈项祝董梁杜"
    "阮蓝闵席季麻强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪包石崔吉龚程裴陆翁曲家封段富焦侯车谷"
    "全班宫宁甘武刘景詹龙叶黎白温庄柴瞿向古易廖欧聂曾关游盖肖涂"
)
_NAMED = re.compile(
    rf"[{_SURNAMES}][一-龥]{{0,2}}?(?=女士|先生|小姐|太太|奶奶|爷爷|阿姨|大爷|大妈|叔叔|伯伯|阿婆|阿公|师傅|老师|医生|书记|主任|经理|哥|姐)"
    rf"|(?<=[老小阿])[{_SURNAMES}](?<![路车房石花水包毛乐常平温白黄高马云时安])"
    r"|(?<=我叫)[一-龥]{2,3}|(?<=我是)[一-龥]{2,3}(?=[，,。 ]|$)"
)
_CALLED = re.compile(r"@[^\s@，,。:：]{1,20}")
# A phone or the like in figures; a room or a phone spelled out, 五零一.
_LONG_NUMBER = re.compile(r"\d{5,}|[零〇一二三四五六七八九幺两]{3,}")


def masked(text: str) -> str:
    """The text of the same length with what tells of persons starred. Buildings and units stay: without them
    nobody can say where it is."""
    folded = fold(text)
    spans = [(one.start, one.end) for one in personal(folded)]
    for pattern in (_NAMED, _CALLED, _LONG_NUMBER):
        spans += [match.span() for match in pattern.finditer(text)]
    room = where(folded, text).room
    if room:
        spans += [match.span() for match in re.finditer(rf"(?<!\d){re.escape(room)}(?!\d)", folded)]
    signs = list(text)
    for start, end in spans:
        signs[start:end] = MASK * (end - start)
    return "".join(signs)
