"""How soon: 3 now, 2 soon, 1 ordinary. Rules where the words are certain, the model's scores for the rest.

An emergency is heard rather once too often; but not in notices, drills, stories and what is long past.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.mistreated import ELSEWHERE, MISTREATED
from nlu.sieve import Sieve
from nlu.southern import common

_GAP = r"[^。！!？?\n]{0,8}"
ALARMS = Sieve(
    (name, re.compile(pattern))
    for name, pattern in (
        ("电梯困人",
            rf"(?:电梯|轿厢){_GAP}(?<![没未])(?<!没有)(?:困|关(?:着|住|在|了)){_GAP}(?:人|我|孩|老|妈|爸)|"
            rf"(?:电梯|轿厢)[^。！!？?\n]{{0,24}}(?:在|蹲|坐)(?:它?里[头面边]|轿厢里)(?!.{{0,4}}(?:抽烟|贴|吐|"
            rf"撒|拉))|"
            rf"(?:困|关)在(?:电梯|"
            rf"轿厢)|(?:人|我们?|老人|孩子|小孩){_GAP}被?困{_GAP}(?:电梯|里面)|电梯{_GAP}(?:老人|孩子|小孩|人|"
            rf"我们?){_GAP}(?:被困|出不来|关在里面)"),
        ("燃气",
            r"(?:煤气|燃气|天然气|液化气).{0,4}(?:味|泄漏|漏气|泄露|漏了|嘶嘶)|漏煤气|漏燃气|"
            r"闻到.{0,4}(?:煤气|燃气)|(?:是|像)(?:煤气|燃气)(?:那种|味|漏|泄|一样)|[臭烂坏]鸡蛋.{0,3}(?:味|"
            r"气|一样|似的|那种)"),
        ("着火",
            r"(?<![打点不开])着火(?!.{0,2}(?:怎么|往哪|谁|跑|的$))|起火|失火|火苗|[烧燃着]起来了?|冒(?:黑|浓|"
            r"白)?烟|浓烟|"
            r"(?:冒|起)(?:了)?(?:好|很|老|蛮|特别|这么)?[大多浓黑](?:一股)?的?烟|着了着了|烧着了|"
            r"(?:树|枝|风).{0,8}(?:电线|高压线).{0,8}打火|"
            r"火光|(?<![累气热忙撑饿烦急笑美帅])(?<![累气热忙撑饿烦急笑美帅][得到的])爆炸"),
        ("倒地",
            r"(?:晕|昏|摔|栽|倒)(?:倒|过去|在地|迷).{0,12}(?:不醒|没反应|叫不|没呼吸|流血|120)|昏迷|没有?呼吸|"
            r"心跳.{0,3}停|叫不醒|抽搐|口吐白沫|心脏骤停|大出血|中毒|喝.{0,3}(?:农药|百草枯|敌敌畏|老鼠药)|"
            r"[喊叫拍](?:[他她它也都人]|[他她]们)*(?:半天|几声)?(?:都|也)?不(?:应声?|醒|答应|动)(?=$|[，。,！! ])|"
            r"(?:脸|嘴唇?)(?:色)?(?:都|也)?.{0,3}(?:白得?像|煞白|惨白|发紫|发青|发黑)|(?:嘴巴?|口)(?:都|"
            r"也)?歪(?:了|斜|着|到)|"
            r"半边(?:身子|手脚)?.{0,3}(?:不能?动|动不了|没知觉|麻了)|喘不[上过]气|喘不上来"),
        ("轻生",
            r"(?:要|想|想要|准备|往下)跳(?:楼|下|河|桥)|要往下跳|有人跳(?:楼|下|河)|不想活|想不开|割腕|自杀|"
            r"轻生|"
            r"寻死|"
            r"(?:楼顶|顶楼|天台|窗台|窗户|窗子|窗|阳台|护栏|栏杆|桥栏)的?(?:边上?边?|外[头面边沿]|"
            r"沿上).{0,2}(?:走|坐|站|爬|吊|挂|跨)"
            r"(?!.{0,4}(?:空调|衣|花|机|牌|广告))"),
        ("走失",
            r"(?:孩子|小孩|老人|儿子|女儿|奶奶|爷爷|爸|妈|宝宝|孙子|孙女|外婆|外公|老伴|(?:^|[我俺额咱的])娃娃?|"
            r"伢(?:子|儿)?|崽|细路|囡囡|小囡).{0,12}(?:走丢|走失|(?<![看听闻瞧])不见了|不见咗|找不到了|失踪|[莫没冇]影)"),
        ("带电的线",
            r"(?:电线|高压线|线头?|电缆)(?!上).{0,12}(?:掉|断|垂|落|搭|耷).{0,22}(?:水塘|水里|水坑|积水|火花|"
            r"冒火|打火|"
            r"噼啪|滋滋|小孩|娃|学生)"),
        ("呻吟",
            r"(?:听(?:见|到)|里面|屋里|隔壁|楼上|楼下).{0,12}(?:呻吟|哼哼|哎哟|哎呦|呼救|求救|喊救)|"
            r"(?:腿|脚|身子|人|老人)(?:都|也)?动不了"),
        ("溺水", r"落水(?![管斗口])|溺水|掉(?:进|到|下|河)(?:河|湖|水|池|塘|井)|在水里.{0,6}(?:扑|挣扎)"),
        ("施暴",
            r"(?:打人|在打|被打|打老婆|家暴|砍人|捅).{0,10}(?:救|血|快|报警|现在|正在)|拿(?:着)?(?:刀|"
            r"菜刀).{0,10}(?:追|砍|要)|(?<!真是)(?<!太)(?<!简直)(?<!到了[ ，,])(?<!来了[ ，,])(?<!好了[ ，,])救命|"
            r"撬(?:我家|门|锁).{0,8}(?:现在|正在|在撬)|(?:有人|正在|"
            r"在).{0,4}撬.{0,4}(?:门|锁)|(?:门外|门口|外面).{0,6}(?:人|男).{0,6}(?:拧|拽|踹|砸|撬|"
            r"扭).{0,3}(?:把手|门|锁)"),
        ("触电", r"触电(?!般)|被电.{0,3}(?:倒|晕)|(?:人|阿姨|师傅|孩子)电(?:倒|晕)"),
        ("重伤",
            r"骨头.{0,4}(?:露|断)|(?:滚|摔|掉|跌)下(?:去|来).{0,10}(?:血|不动|动不了|昏|断)|吐血|大出血|误吞|"
            r"呛.{0,6}(?:脸|发紫|发青)|没脉|没气了(?!.{0,10}(?:灶|打不着|邻居|煤气|燃气))|脸.{0,3}(?:发紫|发灰|"
            r"发青)|[压砸撞](?:住|着|到|中|"
            r"倒)了?(?:一?个|一位)?(?:骑车的|过路的|走路的|路过的)?(?:人(?!家)|阿姨|"
            r"大爷|孩子|小孩|老人|行人|骑车的(?!人)|我(?!的|家|们?车|这|门|停))"),
    )
)  # fmt: skip
_CALM = re.compile(
    r"演习|演练|培训|讲座|宣传|温馨提示|通知|公告|提醒|记得|注意|新闻|视频|电影|电视|小说|游戏|听说|"
    r"那[年次回事]|年前|当年|放出来|去年|前年|小时候|以前|"
    r"上次|上个月|虚惊|没事了|灭了|救出|找到了|已经?(?:扑灭|处理|解决|修好|救)|谢谢|感谢|梦|如果|要是|"
    r"万一|假如|哈哈|段子|编的|歌|误报|别怕|别慌|别报警|招募|最后一关|第.{1,3}关|热搜|结案|答复|"
    r"我是说|(?:不要|别)信|其实是|没(?:着火|起火|走丢|中毒|触电)|不是(?:求救|着火|起火|煤气|燃气|救命)|远看像|"
    r"蒸馒头|篝火|鹦鹉|"
    r"火药味|熏腊肉|雨困|[带送借]把?伞|原来是|股票|基金|大盘|招新|不是起火|不是着火|太好笑|点赞"
)
_FEARED = re.compile(
    r"(?:怕|差|险些|会|别|没|免得|小心|当心|万一|要是|容易).{0,8}[压砸撞]|[压砸撞].{0,4}(?:就晚了|怎么办|咋办)"
)
# Whoever names these means them: four in five are true, and nearly all that the model takes for possible reports.
SURE = frozenset({"电梯困人", "燃气", "倒地", "重伤", "走失", "带电的线", "呻吟"})
# Words of farewell are rare, quiet and never to be missed: they need no model, only no laughter around them.
_FAREWELL = re.compile(
    r"(?:替我|帮我)?照顾好(?:我的?|他们)?(?:爸|妈|父母|孩子|老人|他们)|下辈子(?:还|再)?(?:做你|报答|见)|"
    r"没有?(?:什么)?遗憾了|活(?:着|得)(?:真|太)?没(?:什么)?意思(?! ?除非)|"
    r"药我?.{0,2}摆好|药.{0,4}(?:攒|存|备)(?:够|好|齐|满)|"
    r"(?:发|留)(?:了|来)?(?:我|给我)?(?:一?[条段句封张个])?(?:信息|消息|微信|话|字条|纸条|信|语音|"
    r"短信).{0,16}(?:对不起|告别|永别|别找|照顾好|不想活)(?!.{0,16}(?:别忘|喂|浇|作业|记得))|"
    r"(?:我|老.)先走一步|撑不下去|活不下去|不想活(?!动)|遗书|烧炭自|没人会?在乎我|(?:天台|楼顶|桥上|江边|"
    r"窗台).{0,20}(?:没人会?在乎|不想活|没意思|说再见|(?:谢谢|谢过)(?:大家|你们|各位)[^，。]{0,3}(?:这些年|一直|多年))|"
    r"(?:拜拜|再见|永别|来生|下辈子|对不起).{0,14}(?:天台|楼顶|江边|桥上)|(?:天台|楼顶|江边|桥上).{0,4}风(?:好|"
    r"真|很)大|"
    r"(?:我|真的?|实在)(?:不想|撑不)(?:再)?撑(?:了|下去)|我?不想撑了|"
    r"安眠药.{0,6}(?:苦|空|整瓶|吃完|一瓶)|(?:一|整)瓶安眠药|坐在.{0,8}(?:天台|楼顶|铁轨)|"
    r"(?:不用|别)等我.{0,14}(?:铁轨|桥上|天台|江边)|我(?:去|到)(?:江|河|湖)边?.{0,6}不回来|喝.{0,4}(?:农药|"
    r"百草枯|敌敌畏|老鼠药)|(?:农药|百草枯|敌敌畏).{0,3}喝"
)
_LAUGHTER = re.compile(
    r"哈|嘿|笑|房贷|车贷|老板|甲方|电影|电视|小说|剧|游戏|歌|段子|听说|新闻|那年|当年|去年|没别的意思|开玩笑|"
    r"排队|减肥|作业|工资|涨价|"
    r"转发|讲座|宣传|热线|因为"
)
# A child or somebody weak is beaten now or night after night: whoever hears it through the wall tells it in a whisper.
_BEATEN = re.compile(
    r"(?:又在|正在|在|又|天天|一直|每天|晚上都)打(?:小\S|孩子|小孩|娃|儿子|女儿|闺女|老婆|媳妇|老人|老娘|他妈|"
    r"他爸|她|他)"
    r"(?=.{0,24}(?:皮带|棍|衣架|哭|惨叫|尖叫|喊|不敢了|救|扇|耳光|血|青|紫|三个晚上|每晚))|"
    r"(?:皮带|棍子|衣架|扫把)(?:抽|打).{0,4}(?:孩子|小孩|娃|老婆|老人|他|她)|"
    r"(?:孩子|小孩|娃|女的|老婆|老人|她)(?:被|挨)(?:他|她)?(?:爸|爹|妈|老公|男人|儿子|家里人)?(?:打|揍|"
    r"抽).{0,16}(?:哭|叫|喊|血|救|伤)|"
    r"(?:又|正|还)在?(?:打|动手|砸).{0,16}(?:女的|女人|老婆|媳妇|孩子|小孩|娃|老人|她).{0,4}(?:哭|喊|叫|求|血)|"
    r"打(?:小孩|孩子|娃|崽|老婆|媳妇|老人)[^。！!]{0,30}(?:喊|叫|哭)[^。！!]{0,4}(?:不要打|别打|莫打|不敢了|错了)|"
    r"打(?:起来|架)了?.{0,10}(?:女的|女人|老婆|媳妇|孩子|娃|老人).{0,4}(?:哭|喊|叫|求|惨)"
)
# Told by the one who is beaten, mostly in the fewest words.
_KIN = (
    "(?:老公|丈夫|爱人|对象|男朋友|前夫|前男友|我?男人|孩子他?爸|我爸|我妈|爸爸|后爸|继父|公公|婆婆|儿子|儿媳妇?|"
    "老伴|家里人?|他喝.{0,3}酒)"
)
_BEATEN_MYSELF = re.compile(
    rf"{_KIN}.{{0,4}}(?:天天|又|经常|老是|总|一直|就|还|在|动不动|动手)*(?:打|揍|殴打|掐)(?:了)?(?:我|俺|人(?!参))"
    r"(?!电话|手机|微信|招呼|个|的?主意|气|工|\S{0,3}电话|一?(?:下招呼|声招呼))|"
    r"(?:骂|吵).{0,6}(?:还|又)(?:打|揍|动手打)(?:了)?(?:我|人)(?!电话)|(?:我|他)爸.{0,3}打(?:了)?我?妈(?!电话|"
    r"手机|微信)|"
    rf"(?:我|俺)(?:天天|又|经常|老是|总)?(?:被|挨|让)(?:我?{_KIN}|他|她)?(?:打|揍)"
    r"(?!电话|扰|开|听|到账|折|败|动|不|疫苗|针|招呼|包|车)(?:了|得|怕|伤|的|过|$)|"
    rf"{_KIN}(?:又|经常|总是?|老是?)?(?:对我)?动手(?:了|打|$)(?!.{{0,4}}(?:做|修|干|包|洗|拆))|被(?:他|她|"
    rf"{_KIN})?家暴"
)
_PLAYFUL = re.compile(r"打(?:牌|麻将|球|游戏|水|扫|包|车|气|电话|疫苗)|开玩笑|小时候|打是亲|差点被|面试|象棋")
_SMELLS_GAS = re.compile(r"闻(?:着|到|见|起来)?.{0,4}(?:煤气|燃气|天然气|液化气)(?!.{0,12}(?:吗|[?？]|没事))")
_SOON = re.compile(
    r"停水|没水|断水|停电|没电|断电|跳闸|电梯.{0,6}(?:停|坏|不动|不能用|罢工|趴窝)|爆(?:管|裂|了)|"
    r"漏电|裸露|电线.{0,4}(?:掉|断|垂|耷)|"
    r"承重|高空抛物|掉(?:下来|落).{0,6}(?:砸|差点)|砸到|窨井盖|井盖.{0,5}(?:没|翻|破|断|丢|不见)|"
    r"消防(?:通道|门|栓).{0,6}(?:堵|占|锁|坏)|倒灌|淹"
)

SAYINGS = Sieve(
    (
        ("farewell", _FAREWELL),
        ("beaten", _BEATEN),
        ("beaten myself", _BEATEN_MYSELF),
        ("smells gas", _SMELLS_GAS),
        ("soon", _SOON),
        *MISTREATED,
    )
)
_AT_HOME = frozenset(name for name, _ in MISTREATED)
# One line is asked for each of them, one after the other.
_said = lru_cache(maxsize=64)(SAYINGS.found)
_LONG_AGO = re.compile(r"去年|前年|小时候|那年|当年|那回|那次|有一[次回年](?!性)")


def long_ago(folded: str) -> bool:
    """True where the words lead back to another time: what is told there is over."""
    return bool(_LONG_AGO.search(folded))


# One line is asked for by the reader, and by the listener again and again.
@lru_cache(maxsize=512)
def alarms(folded: str) -> tuple[str, ...]:
    """The emergencies that the words name, unless they are told as news, drill, story or past."""
    folded = common(folded)
    heard = ALARMS.found(folded)
    if not heard or _CALM.search(folded):
        return ()
    return tuple(name for name in heard if name != "重伤" or not _FEARED.search(folded))


def farewell(folded: str) -> bool:
    """True where somebody seems to take leave of life, or another tells of it."""
    return "farewell" in _said(folded) and not _LAUGHTER.search(folded)


def beaten(folded: str) -> bool:
    """True where somebody who cannot defend himself is beaten at home (SERVICE.md §2: nothing of it in the group)."""
    said = _said(folded)
    if not ("beaten" in said or ("beaten myself" in said and not _PLAYFUL.search(folded))):
        return False
    return not _LAUGHTER.search(folded)


def mistreated(folded: str) -> bool:
    """True where the words say, or fear, that somebody is mistreated at home, be it not at this moment."""
    return not _AT_HOME.isdisjoint(_said(folded)) and ELSEWHERE.search(folded) is None


def smells_gas(folded: str) -> bool:
    """True where the speaker himself smells gas now: never to be weighed against what else stands in the line."""
    return "smells gas" in _said(folded) and not (_LAUGHTER.search(folded) or _CALM.search(folded))


def pressing(folded: str) -> bool:
    """True where the words name something that cannot wait until tomorrow."""
    return "soon" in _said(folded)
