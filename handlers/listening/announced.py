"""A cut of water, power or gas that a notice here has told of: 又停电 is no report then, 说好十二点来的 is."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.listening.window import Window

_NOTICE = re.compile(
    r"(?:通知|公告|提示|提醒|检修|检测|清洗|计划|改造|换表|届时|提前|各位|因)[^。！!]{0,60}停[水电气]|"
    r"停[水电气][^。！!]{0,40}(?:通知|检修|清洗|提前|敬请|储水|备好)|"
    r"\d+ ?[点时:：].{0,24}停[水电气]"
)
_NO_NOTICE = re.compile(r"没了|怎么|咋|[?？]|有没有人|谁")  # somebody wonders about one
_LEAST = 14  # characters: a shorter line is somebody's own word
_TO_LAST = timedelta(hours=36)
_IS_CUT = re.compile(r"(?:停|没|断)[了有]?([水电气])|^(?:[又真果然就]|已经)*停[了啦咯]?[。！!~ ]*$")
# Longer than announced, at another place, for somebody whose life hangs on it, or something besides.
_BEYOND = re.compile(
    r"还(?:没|不)|怎么|咋|到现在|几点|点[半了多]|过了|超|不是说|说好|没通知|提前|呼吸机|制氧|吸氧|氧气|透析|胰岛素|老人|跳闸|爆|漏|困|"
    r"电梯|坏|烧|只有|就我|我家|我们[家这楼栋幢]|\d+[幢栋号楼]|[?？]"
)


def announced(view: Window) -> bool:
    """The line says only that there is none, and so a notice said beforehand, whoever copied it here."""
    found = _IS_CUT.search(view.text)
    if found is None or view.line.reading.urgency == 3 or _BEYOND.search(view.text):
        return False
    return any(
        len(old.text) >= _LEAST
        and view.line.sent_at - old.sent_at <= _TO_LAST
        and _NOTICE.search(old.text)
        and not _NO_NOTICE.search(old.text)
        and (found[1] is None or "停" + found[1] in old.text)
        for old in view.scene.recent
    )
