"""Names of estates as people drop them: before a house, a firm or a side, and wherever the name tells by itself."""

from __future__ import annotations

import re

# What ends a name and little else; 里, 园, 湾, 府 end many other words.
_PLAIN_TAIL = "花园|雅苑|嘉苑|佳苑|名苑|名邸|名都|家园|公寓|新村|新邨|山庄|华庭|豪庭|铭居|雅居|华府|小区|花苑|苑"
_TAIL = rf"{_PLAIN_TAIL}|国际城?|名城|新城|府|庭|里|湾|园|印|邸|居|港湾|公馆"
# What leads up to a name and is none of it: 走访凤林新村3-1-101, 刚从北苑8幢出来, 隔壁建设新村.
_LEAD = (
    r"(?:[一-龥]{0,2}住在?|走访了?|[走去到过跑]了|又?[去到]|[走跑]|刚?从|[上下中]午|今天|昨[天晚]|早上|晚上|听说|还有|也是|就是|请问|"
    r"隔壁的?|对面的?|旁边的?|过|让|在|那个?|这|跟|致|我们?|咱们?|位于)"
)
_HOUSE = (
    r" ?\d{1,2}[幢栋号#-]|[一二三四五六七八九十]{1,3}[幢栋]|小区|的?物业|的?业主|南侧|北侧|东侧|西侧|"
    r"[东南西北][面边门]|旁边|门口|地库|业委会|[一二三]期|大门|正门"
)
_ANYWHERE = r"的|那边|这边|[前后]面|后头|里面|整|全|没|一晚|进门|别墅|地下|[东南西北]{1,2}大门|[ ,，。、!！?？]|$"
ESTATE = re.compile(
    rf"(?:^|[ ,，。【\[(（:：、]|住在?|位于|我们|我是|这里是|请问|咱们?|在|[去到]了?)(?:{_LEAD})?(?:"
    rf"(?P<name>(?!住|位于|我住)[一-龥]{{2,4}}?(?:{_TAIL}))(?={_HOUSE})"
    rf"|(?P<alone>[一-龥]{{2,4}}?(?:{_PLAIN_TAIL}))(?={_ANYWHERE}))"
)
# Words that no name holds: who, where, which, whose.
_SAID = re.compile(
    r"[住的了在哪就你我咱他她它这那么吗吧呢从让把被给跟与找买卖每各本整全几个栏]|[群哪家夜日剧心手]里|邻居$|隔壁|对着|[问想说管用来到裂是次后前做像]小区$|[到在去来是做]花园$|(?:中[心央]|街心|屋顶|空中)花园$|人家|政府|派出|"
    r"^(?:单元|电梯|楼[上下里]|地[下库面]|安置|智慧|反正|要是|幸好|孩子|建议|现在|以前|今[天年]|昨[天日]|老旧|高档|封闭|附近|周边|"
    r"旁边|对面|隔壁|物业|社区|街道|共建|美好|老年|人才|青年|单身|长租|小区|入户|雨水|口袋|公共|顶楼|"
    r"底楼|门口|提醒|烟酒|早餐|进出|出门|不[是像]|说[是做]|要做|做)"
)
_NO_ESTATE = re.compile(r"(?:幼儿|公|校|菜|果|茶|动物|植物|科技|产业|工业|校|陵|墓)园$|儿童乐园$|^落在")


def named_estate(folded: str, text: str) -> str | None:
    """The estate named in the text."""
    for match in ESTATE.finditer(folded):
        key = "name" if match["name"] else "alone"
        name = match[key]
        if not _SAID.search(name) and not _NO_ESTATE.search(name):
            return text[match.start(key) : match.end(key)]
    return None
