"""Somebody who has just reported a thing names another in a whole report: 楼道灯坏了, and then 快递柜打不开了.

His own last matter draws all that he says next, so what tells them apart is looked for in the words alone.
"""

from __future__ import annotations

import re

from domain.listening import Known
from handlers.listening.needed import names_trouble
from handlers.listening.window import Window
from nlu.meaning import closeness, grams, grams_of, rarity
from nlu.similar import CAUSES, NEAR_NOTHING, Gist, fails_itself, gist, gist_of

WHOLE = 0.7  # of the reader: below it a line is no report that stands by itself
OF_IT = re.compile(
    r"^(?:是|因为|原来|怪不得|难怪)|[那这它]|其|里头|里面|同一|还是|已经|现在|弄得|搞得|害得|导致|所以|灌|淋|泡|浸"
)
OF_HIM = re.compile(r"^(?:他|她|你|您|人家)(?!们?好)|^(?:先|再)(?:别|把|等)")
GOES_ON = re.compile(r"能不能快|快点来?|[出进过上下]来的$|^(?:又|还(?!有)|越|更|都(?:\S{1,5}[天周月了]))")
STILL = re.compile(
    r"还(?!有)|又|更|越|仍|照样|依旧|第[二两三四五六几\d]次|再次|老样子|[这那]次|先(?:把|来|别)|结果|完了"
)
_SOMEBODY = re.compile(r"[我俺咱你您他她]")
# What the trouble does to people (窗都不敢开, 老人怎么走), and what lies about after it (一地的碎渣没人扫).
EFFECT = re.compile(
    r"敢|没法|没办法|睡不|受不了|怎么|咋|差点|摔|滑倒|绊|^(?:一|满|遍|到处|[两三几]个)|[呢吧吗]$|只能|万一|不得|看不[见清到]|就是|下雨|都\S{0,2}[不没]"
)
# What someone does or has put where it should not be: 三楼有人养鸡, 消防通道停满车.
DONE = re.compile(
    r"有人\S{0,6}?(?:养|烧|扔|丢|堆|摆|晾|遛|撬|偷|赌|占|贴|抽烟|打牌|种菜)|[停堆摆]满|[停堆摆]着|没人(?:收|清|扫|浇|修)|"
    r"[在推]\S{1,5}充电|有(?:个|一个|只)?\S{0,2}[坑洞屎窝]|有(?!人|没)\S{0,5}没(?:拴|牵)|被(?!子)\S{0,4}?[占偷撬砸堵拆撞]|太[吵臭脏乱]"
)
_BRIEF, _SCRAP = 12, 4  # characters
_CLOSE = 0.3  # in meaning
_SHARED = 8.0  # about one rare pair of characters
# Faults that bring each other about, or are one under two names.
_KIN = (
    frozenset({"leak", "drain", "supply", "hotwater", "manhole", "ice", "pool"}),
    frozenset({"power", "light", "wire", "ebike", "fire"}),
    frozenset({"rubbish", "smell", "pests", "drain", "gas"}),
    frozenset({"entrance", "door", "lock"}),
    frozenset({"works", "noise", "bearing", "wall", "paving"}),
)
_DRY = frozenset({"supply"})  # where no water comes nothing gets wet
# No water and no darkness brings these about.
_BY_PEOPLE = frozenset(
    {"parking", "noise", "dog", "cat", "theft", "play", "court", "tree", "bikes", "crossbar", "grouprent", "locker"}
)


def unlike(view: Window, ticket: Known) -> bool:
    """Its reporter names another thing than this ticket's, in a report that is whole by itself."""
    line, text = view.line, view.text
    if ticket.reporter != line.speaker or line.reading.confidence < WHOLE:
        return False
    if line.reading.urgency == 3 or ticket.urgency == 3 or not told_whole(view, ticket):
        return False
    if any(said.search(text) for said in (OF_IT, OF_HIM, GOES_ON, _SOMEBODY, EFFECT)):
        return False
    words, theirs = gist(text), gist_of(ticket.texts)
    return _names_another(text, words, theirs) and not _near(text, words, theirs, ticket)


def told_whole(view: Window, ticket: Known) -> bool:
    """What he told of it before was no scrap (篮球场这里) of which this may be the rest."""
    told = [old for old in view.scene.recent if old.id in ticket.lines and old.speaker == ticket.reporter]
    return not told or any(old.reading.confidence >= WHOLE and len(old.text) >= _SCRAP for old in told)


def _names_another(text: str, words: Gist, theirs: Gist) -> bool:
    """A thing that fails, something that people do, or in few words a thing and its trouble."""
    new = words.things - NEAR_NOTHING - theirs.things
    if fails_itself(text) & new or DONE.search(text):
        return True
    return bool(new) and len(text) <= _BRIEF and (names_trouble(text) or "pests" in new)


def _near(text: str, words: Gist, theirs: Gist, ticket: Known) -> bool:
    """Its things, its words or its sense are the first matter's too, or can come of it."""
    if words.things & theirs.things or any(words.things & kin and theirs.things & kin for kin in _KIN):
        return True
    if theirs.things & (CAUSES - _DRY) and not (words.things & _BY_PEOPLE or DONE.search(text)):
        return True
    if sum(map(rarity, grams(text) & grams_of(ticket.texts))) > _SHARED:
        return True
    return closeness((text,), ticket.texts) > _CLOSE
