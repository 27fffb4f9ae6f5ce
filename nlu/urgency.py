"""How soon: 3 now, 2 soon, 1 ordinary. Rules where the words are certain, the model's scores for the rest.

An emergency is heard rather once too often; but not in notices, drills, stories and what is long past.
"""

from __future__ import annotations

import re

_GAP = r"[^。！!？?\n]{0,8}"
_ALARMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("电梯困人",
            rf"(?:电梯|轿厢){_GAP}(?:困|关(?:着|住|在|了)){_GAP}(?:人|我|孩|老|妈|爸)|(?:困|关)在(?:电梯|"
            rf"轿厢)|(?:人|我们?|老人|孩子|小孩){_GAP}被?困{_GAP}(?:电梯|里面)|电梯{_GAP}(?:老人|孩子|小孩|人|"
            rf"我们?){_GAP}(?:被困|出不来|关在里面)"),
        ("燃气",
            r"(?:煤气|燃气|天然气|液化气).{0,4}(?:味|泄漏|漏气|泄露|漏了|嘶嘶)|漏煤气|漏燃气|"
            r"闻到.{0,4}(?:煤气|燃气)"),
        ("着火",
            r"(?<![打点不开])着火(?!.{0,2}(?:怎么|往哪|的$))|起火|失火|火苗|烧起来|冒(?:黑|浓|白)?烟|浓烟|"
            r"火光|爆炸"),
        ("倒地",
            r"(?:晕|昏|摔|栽|倒)(?:倒|过去|在地|迷).{0,12}(?:不醒|没反应|叫不|没呼吸|流血|120)|昏迷|没有?呼吸|"
            r"心跳.{0,3}停|叫不醒|抽搐|口吐白沫|心脏骤停|大出血|中毒|喝.{0,3}农药"),
        ("轻生", r"(?:要|想|想要|准备)跳(?:楼|下|河|桥)|有人跳(?:楼|下|河)|不想活|想不开|割腕|自杀|轻生|寻死"),
        ("走失",
            r"(?:孩子|小孩|老人|儿子|女儿|奶奶|爷爷|爸|妈|宝宝|孙子|孙女|外婆|外公|老伴|(?:^|[我俺额咱的])娃娃?|"
            r"伢(?:子|儿)?|崽|细路|囡囡|小囡).{0,12}(?:走丢|走失|不见了|不见咗|找不到了|失踪|[莫没冇]影)"),
        ("带电的线",
            r"(?:电线|高压线|线头?|电缆)(?!上).{0,12}(?:掉|断|垂|落|搭|耷).{0,22}(?:水塘|水里|水坑|积水|火花|冒火|打火|"
            r"噼啪|滋滋|小孩|娃|学生)"),
        ("呻吟",
            r"(?:听(?:见|到)|里面|屋里|隔壁|楼上|楼下).{0,12}(?:呻吟|哼哼|哎哟|哎呦|呼救|求救|喊救)|"
            r"(?:腿|脚|身子|人|老人)(?:都|也)?动不了"),
        ("溺水", r"落水(?![管斗口])|溺水|掉(?:进|到|下|河)(?:河|湖|水|池|塘|井)|在水里.{0,6}(?:扑|挣扎)"),
        ("施暴",
            r"(?:打人|在打|被打|打老婆|家暴|砍人|捅).{0,10}(?:救|血|快|报警|现在|正在)|拿(?:着)?(?:刀|"
            r"菜刀).{0,10}(?:追|砍|要)|救命|撬(?:我家|门|锁).{0,8}(?:现在|正在|在撬)|(?:有人|正在|"
            r"在).{0,4}撬.{0,4}(?:门|锁)"),
        ("触电", r"触电(?!般)|被电.{0,3}(?:倒|晕)|(?:人|阿姨|师傅|孩子)电(?:倒|晕)"),
        ("重伤",
            r"骨头.{0,4}(?:露|断)|(?:滚|摔|掉|跌)下(?:去|来).{0,10}(?:血|不动|动不了|昏|断)|吐血|大出血|误吞|"
            r"呛.{0,6}(?:脸|发紫|发青)|没脉|没气了|脸.{0,3}(?:发紫|发灰|发青)|压(?:住|着)(?:一个)?(?:人|阿姨|"
            r"大爷|孩子|我)"),
    )
)  # fmt: skip
_CALM = re.compile(
    r"演习|演练|培训|讲座|宣传|温馨提示|通知|公告|提醒|记得|注意|新闻|视频|电影|电视|小说|游戏|听说|"
    r"那[年次回事]|年前|当年|放出来|去年|前年|小时候|以前|"
    r"上次|上个月|虚惊|没事了|灭了|救出|找到了|已经?(?:扑灭|处理|解决|修好|救)|谢谢|感谢|梦|如果|要是|"
    r"万一|假如|哈哈|段子|编的|歌|误报|别怕|别慌|别报警|招募|最后一关|第.{1,3}关|热搜|结案|答复|"
    r"熏腊肉|招新|不是起火|不是着火|太好笑|点赞"
)
# Whoever names these means them: four in five are true, and nearly all that the model takes for possible reports.
SURE = frozenset({"电梯困人", "燃气", "倒地", "重伤", "走失", "带电的线", "呻吟"})
# Words of farewell are rare, quiet and never to be missed: they need no model, only no laughter around them.
_FAREWELL = re.compile(
    r"(?:替我|帮我)?照顾好(?:我的?|他们)?(?:爸|妈|父母|孩子|老人|他们)|下辈子(?:还|再)?(?:做你|报答|见)|"
    r"没有?(?:什么)?遗憾了|活(?:着|得)(?:真|太)?没(?:什么)?意思(?! ?除非)|"
    r"药我?.{0,2}摆好|(?:我|老.)先走一步|撑不下去|活不下去|不想活(?!动)|遗书|烧炭自|没人会?在乎我|"
    r"安眠药.{0,6}(?:苦|空|整瓶|吃完|一瓶)|(?:一|整)瓶安眠药|坐在.{0,8}(?:天台|楼顶|铁轨)|"
    r"(?:不用|别)等我.{0,14}(?:铁轨|桥上|天台|江边)|我(?:去|到)(?:江|河|湖)边?.{0,6}不回来|喝.{0,4}农药|农药.{0,3}喝"
)
_LAUGHTER = re.compile(
    r"哈|嘿|笑|电影|电视|小说|剧|游戏|歌|段子|听说|新闻|那年|当年|去年|没别的意思|开玩笑|排队|减肥|作业|工资|涨价|"
    r"转发|讲座|宣传|热线|因为"
)
# A child or somebody weak is beaten now or night after night: whoever hears it through the wall tells it in a whisper.
_BEATEN = re.compile(
    r"(?:又在|正在|在|又|天天|一直|每天|晚上都)打(?:小\S|孩子|小孩|娃|儿子|女儿|闺女|老婆|媳妇|老人|老娘|他妈|他爸|她|他)"
    r"(?=.{0,24}(?:皮带|棍|衣架|哭|惨叫|尖叫|喊|不敢了|救|扇|耳光|血|青|紫|三个晚上|每晚))|"
    r"(?:皮带|棍子|衣架|扫把)(?:抽|打).{0,4}(?:孩子|小孩|娃|老婆|老人|他|她)|"
    r"(?:孩子|小孩|娃|女的|老婆|老人|她)(?:被|挨)(?:他|她)?(?:爸|爹|妈|老公|男人|儿子|家里人)?(?:打|揍|抽).{0,16}(?:哭|叫|喊|血|救|伤)"
)
_SMELLS_GAS = re.compile(r"闻(?:着|到|见|起来)?.{0,4}(?:煤气|燃气|天然气|液化气)(?!.{0,12}(?:吗|[?？]|没事))")
_SOON = re.compile(
    r"停水|没水|断水|停电|没电|断电|跳闸|电梯.{0,6}(?:停|坏|不动|不能用|罢工|趴窝)|爆(?:管|裂|了)|"
    r"漏电|裸露|电线.{0,4}(?:掉|断|垂|耷)|"
    r"承重|高空抛物|掉(?:下来|落).{0,6}(?:砸|差点)|砸到|窨井盖|井盖.{0,5}(?:没|翻|破|断|丢|不见)|"
    r"消防(?:通道|门|栓).{0,6}(?:堵|占|锁|坏)|倒灌|淹"
)


def alarms(folded: str) -> tuple[str, ...]:
    """The emergencies that the words name, unless they are told as news, drill, story or past."""
    if _CALM.search(folded):
        return ()
    return tuple(name for name, pattern in _ALARMS if pattern.search(folded))


def farewell(folded: str) -> bool:
    """True where somebody seems to take leave of life, or another tells of it."""
    return bool(_FAREWELL.search(folded)) and not _LAUGHTER.search(folded)


def beaten(folded: str) -> bool:
    """True where somebody who cannot defend himself is beaten at home (SERVICE.md §2: nothing of it in the group)."""
    return bool(_BEATEN.search(folded)) and not _LAUGHTER.search(folded)


def smells_gas(folded: str) -> bool:
    """True where the speaker himself smells gas now: never to be weighed against what else stands in the line."""
    return bool(_SMELLS_GAS.search(folded)) and not (_LAUGHTER.search(folded) or _CALM.search(folded))


def pressing(folded: str) -> bool:
    """True where the words name something that cannot wait until tomorrow."""
    return bool(_SOON.search(folded))
