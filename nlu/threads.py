"""May a line belong to a ticket? What its words and its place say of that, and the words that push or turn aside."""

from __future__ import annotations

import re

from domain.listening import Known
from domain.reading import Where
from nlu.similar import Gist, alike, apart, gist_of, strangers

_OWN_PLACE = frozenset({"home_repair", "renovation", "legal_dispute"})
CHASES = re.compile(
    r"快点|快来|快(?:想|派|叫)|赶紧|来了没|来了吗|什么时候|啥时候|几点来|怎么还|还没来|有人管|没人管|"
    r"没声|有消息|谁来|谁去|谁管|急|等着|等不|催|呢$|别忘|现在怎么|到底"
)
ASIDE = re.compile(
    r"谢谢|多谢|感谢|辛苦|哈哈|\[捂脸\]|收到|好的|好嘞|恭喜|没事|对不起|不好意思|^嗯|^哦|^啊[?？]|吓死|"
    r"笑死|漂亮|可爱|谁有|谁家有|借我?|拼车|外卖|要不要来|下棋|几号|牛|厉害|加油"
)

# He has nothing to do with it, he asks back, he speaks to somebody: an answer, more often than one more report.
DENIES = re.compile(
    r"(?:我|俺|咱们?|我们)[家屋]?(?:可|真|都|又|这|里)*(?:没有?(?!水|电|气|热|信号|网|暖)|不是|不在)|不是[我俺]"
)
ASKS_BACK = re.compile(
    r"[?？]\s*$|吗|呢$|哪(?:个|里|儿|层|栋|幢|家|边|一)|几(?:楼|栋|幢|点|号|层|分|单元)|"
    r"什么(?:时候|情况|味|东西|颜色)|啥(?:时候|情况|味|样|颜色)|多(?:久|少|大|高)|谁(?:家|啊|呀|在)|(?:咋|怎么)(?:了|回事|办|整)"
)
SPEAKS_TO = re.compile(r"[你您](?!好)|@")


def place_fits(where: Where, ticket: Known) -> bool:
    """The place can be the ticket's; rooms count where the fault is somebody's own."""
    return not apart(where, ticket.where, rooms=ticket.category in _OWN_PLACE)


def words_tie(text: Gist, where: Where, ticket: Known) -> float:
    """Shared words and places only: about 1 when they speak of one thing; below 0 when they cannot."""
    theirs = gist_of(ticket.texts)
    if not place_fits(where, ticket):
        return -1.0
    score = alike(text, theirs)
    if strangers(text, theirs):
        score -= 0.7
    if where.building and where.building == ticket.where.building:
        score += 0.25
    if where.room and where.room == ticket.where.room:
        score += 0.5
    return score
