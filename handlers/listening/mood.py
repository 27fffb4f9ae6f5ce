"""What the talk around a line is like: tales, films and votes, in which half a report stays half a one."""

from __future__ import annotations

import re

from handlers.listening.weigh import said_marks
from handlers.listening.window import BURST, SPELL, Window
from nlu.urgency import long_ago

_UNREAL = frozenset({"fiction", "quarrel"})

_AT_PLAY = re.compile(
    r"三缺[一二]|手气|自摸|点炮|[胡糊听]牌|杠上|王炸|牌友|(?<!有人)(?<!谁)(?<!家)(?<!昨晚)(?<!天天)(?<!以为)放炮(?![仗竹])|(?<![锅饭菜底煮烧炒烤烫煎熬焦])胡了|"
    r"(?:^|[我你他她又自连 ])糊了(?=$|[ ，,。！!啊哈呀])|"
    r"清一色|麻将|斗地主|牌桌|打牌|抢杠|输得|赢得|队友|开黑|那局|半个地图|对面(?:那个)?(?:打野|射手)|排位|"
    r"(?:脑子|脑壳|脑袋|嗓子眼?|嘴巴|钱包|胃|屁股)[^，。 ]{0,3}(?:着火|起火|冒烟|冒火)"
)
_DISTURBED = re.compile(
    r"扰民|睡不|哗啦|执照|(?:楼[上下]|隔壁|对门|架空层|\d+[幢栋号]楼?)[^，。]{0,12}(?:搓|打)(?:麻将|牌)|天天(?:在)?(?:搓|打)(?:麻将|牌)"
)
_TO_OFFICE = re.compile(
    r"^\S{0,5}(?:请问|请教|想问|问[一下个]|咨询)|(?:社区|物业|网格员?|书记)[，, ](?:请问|想问|能不能)"
)


def hushed(view: Window) -> bool:
    """People tell of another time or town, of a film or a vote: half a report in between stays half a one."""
    told = [view.text, *(old.text for old in view.lately(BURST, 3) if old.role == "resident")]
    if any(tale(text) or not said_marks(text).isdisjoint(_UNREAL) or at_play(text) for text in told):
        return True
    return any("quarrel" in said_marks(old.text) for old in view.lately(SPELL, 6) if old.role == "resident")


def tells_of_old(view: Window) -> bool:
    """Residents have told of other times in the last quarter of an hour."""
    near = [old.text for old in view.lately(SPELL, 6) if old.role == "resident"]
    return any("tale" in said_marks(text) or long_ago(text) for text in near)


def at_play(text: str) -> bool:
    """Words of the card table, of a game, of a brain on fire; and not of those whom the play keeps awake."""
    return bool(_AT_PLAY.search(text)) and not _DISTURBED.search(text)


def tale(text: str) -> bool:
    """Told of another time or town, and not a question to the office (请问落户要什么，户口在娘家那边)."""
    return "tale" in said_marks(text) and not _TO_OFFICE.search(text)
