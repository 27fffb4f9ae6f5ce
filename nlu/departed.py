"""Somebody said to be gone: 走了 may be that she died, moved or only went out, and is no visit made."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from nlu.visit_signs import ABSENT, CONTACT, OKAY, PHONE
from nlu.visit_words import LIFE, WISH

Gone: TypeAlias = Literal["unclear", "for_good"]

_WHEN = (
    r"^[，,\s]*(?:老人家?|人|她|他|是|[昨今前][天晚早夜]里?|上(?:个?月|周|星期|礼拜)[一二三四五六日天]?|半夜|凌晨|早上|晚上|刚刚?|"
    r"已经?|突然|也|就)*"
)
_PERHAPS = re.compile(rf"{_WHEN}(?:走了|没了|不在了)(?=$|[，,。；;、！!\s])")
# 过世老伴的抚恤金要办 and 去世三年的丈夫 are another's death.
_ANOTHERS = r"(?!了?(?:的|[她他]|老[伴公婆头]|丈夫|妻|爱人|儿|女|父|母|[一二两三四五六七八九十几多\d]+年))"
_DIED = re.compile(
    rf"{_WHEN}(?:(?:过世|去世|病故|离世|辞世|逝世|病逝|仙逝|往生){_ANOTHERS}|走得(?:很|挺|还算)?(?:安详|平静|突然))"
)
# 搬家具 and 搬到楼下睡 leave her where she is.
_MOVED = re.compile(
    rf"{_WHEN}搬(?:走(?!了?(?:一|几|两|东西|杂物))|家(?!具|电)|离|"
    r"[去到](?!了?(?:[一二三四]?楼下?(?:睡|住|来)|[^，。]{0,3}(?:客厅|里屋|[房卧]间|朝南|楼道|门口|院子))))"
)
_MOURNED = re.compile(r"后事|丧|追悼|出殡|火化|灵堂|安葬|节哀")
_FOR_A_WHILE = re.compile(r"几天|[几两一]个?[周月]|暂时|过年|过冬|过完")


def gone(after: str, before: str = "") -> Gone | None:
    """By the words behind a person's name. `before`: what stands in front of it; of whom somebody went to see (看了
    王奶奶走了) it is the visitor who left."""
    if _DIED.search(after):
        return "for_good"
    if _MOVED.search(after):
        met = OKAY.search(after) or PHONE.search(after) or _FOR_A_WHILE.search(after)
        return None if met else "for_good"
    perhaps = _PERHAPS.search(after)
    if perhaps is None or CONTACT.search(before):
        return None
    rest = after[perhaps.end() :]
    if _MOURNED.search(rest):
        return "for_good"
    # 走了，挺精神的: he went there; 走了，回老家了: where she is.
    return None if any(sign.search(rest) for sign in (OKAY, LIFE, WISH, ABSENT)) else "unclear"
