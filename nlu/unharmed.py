"""Words of danger in which nobody is in any now: advice, what is over, an animal, a play, a claim afterwards."""

from __future__ import annotations

import re

_MISHAP = (
    r"(?:起火|着火|失火|噎[着住到]|触电|落水|溺水|中毒|烫伤|被困|困人|困电梯|困在电梯|煤气味|漏气|晕倒|中风|抽搐|"
    r"被[蛇狗]咬)"
)
_MANNER = r"(?:先|别|不要|莫|千万|赶紧|马上|记得|应该|要|得|用|拿|按)"
# Whoever tells what others should do "if": 遇到有人触电 先断电再救人. Words of here and now undo it (`_NOW`).
_ADVICE = re.compile(
    rf"^(?:[^，。 ]{{0,6}}[，, ])?(?:遇到|碰到|碰上|万一|如果|要是|假如|假设)[^。！!]{{0,18}}[，, ]?{_MANNER}|"
    rf"^(?:看到|看见|见到)(?:有)?人[^。！!，, ]{{0,6}}[，, ](?:先|别|不要|莫|千万)[^了]*$|"
    rf"^[^，。！! ]{{0,4}}{_MISHAP}(?:了|的话|的时候|时)?[，, ]?(?:不要|别|千万|用|拿|盖)"
    r"[^了]{0,16}(?:[顶救盖浇泼扒]|走|往下|绳子|立克|湿毛巾|坐电梯)[^了]*$|"
    rf"{_MISHAP}的话[，, ]?(?:{_MANNER}|打|找)|"
    r"(?:医生|消防员|老辈人?|护士|老师|教练)(?:教|说|讲)[^。！!]{0,24}(?:别|不要|要先|千万|绑住|信不信)"
)
_NOW = re.compile(r"快来|救命|现在|正在|刚刚?|\d+[幢栋号#-]|[单]元|[我俺咱]们?(?:家|这)|谁会|怎么办|！|!")
# 吃颗糖就好了, 爬上来的, 喝口水下去了: it is told with its good end. 血, 昏 and the like are no good end.
_OVER = re.compile(
    r"(?:[吃喝][^，。 ]{1,4}(?:糖|水|药|茶)?|缓了?一?下?|歇了?[^，。 ]{0,3}|现在|后来|自己)[，, ]?(?:就|才|已经|又|也)?"
    r"(?:好(?:了|多了|$)|顺了|没事了?|下去了|缓过来了?)|(?:就|才)好[了， 。]|"
    r"已经?(?:[扶抱爬走](?:起|上|下)来|下来)了|后来才知道|不用过来|旁边已经有|救生员(?:马上|立刻|秒)到|"
    r"[我你他她]?敲门问过了?|是(?:隔壁|楼上)?在[看练演修][^，。 ]{1,6}"
)
_NOT_OVER = re.compile(r"血|昏|断|又(?:倒|晕|吐|烧|着)|还(?:没|是|在)|喘|不动|120|119|救护|怎么办|快来|谁来|谁会")
# Sayings of waking, parting and crying that are meant of no danger: 闹钟叫不醒, 我先走一步，明天再聊.
_SAYING = re.compile(
    r"(?:闹钟|装睡)[^，。]{0,6}叫不醒|叫不醒[^，。]{0,3}装睡|先走一步[^。！!]{0,3}(?:明天|改天|回头|下次)再?[聊见说约]|"
    r"(?:脑子|脑壳|脑袋|嗓子眼?|喉咙|心里|屁股|钱包)[^，。 ]{0,3}(?:着火|起火|冒烟|冒火)|"
    r"(?:嗓子|喉咙|声带)[^，。 ]{0,4}(?:喊|唱|吼|哭|说)?(?:劈|哑|破|废)了|"
    r"^救命(?:钱|稻草)|[桥江]上[^，。]{0,2}风[^，。]{0,4}[，。 ](?:帽|伞|衣)"
)
_NUMBED = re.compile(r"麻药|拔牙|牙医|补牙")
_PLAYED = re.compile(r"追剧|男主|女主|鬼片|[看追]的?剧|上一集|大结局|桌游|副本|扫地机器人|作文|人在里面的?戏")
_CHILLED = re.compile(r"冷[^。！!]{0,10}(?:手|脚|脸|鼻子|耳朵)(?:都|全|冻|得|也)*(?:红|冰|僵|麻)(?:了|的|$)")
_NO_MAN = re.compile(
    r"(?:没有?人|没得人|冇人|空的?)在?(?:里面|里头|里边)|(?:里面|里头)没有?人|(?:被?老鼠|耗子)[^，。]{0,4}咬|"
    r"[一这那两几]?[只条](?:野|流浪|小|大|黑|白|黄)?(?:狗|猫)[^，。人孩老咬追]{0,4}(?:被[^，。人]{0,3}[撞压砸卡]|躺|趴|掉|困|卡|落水)|"
    r"的(?:平衡车|滑板车|自行车|电动车|玩具|帽子|书包|恐龙)[^，。人]{0,12}(?:不见了|没影|找不到|掉进|掉下)|"
    r"高压线的?(?:警示|指示|告示)牌"
)
_PASTIME = re.compile(
    r"(?:人|钻进去|夜里|拿电)(?:在)?(?:冬泳|捞鱼|[炸电打]鱼|放生)|"
    r"[ ，。]冬泳|人放了?好多|伙人在?炸鱼|炸药炸鱼"
)
# 医药费到现在没给, 怎么申请保护令, 我要离婚: he settles what was done to him; who is beaten now does not ask for forms.
_CLAIM = re.compile(r"(?:申请|咨询|想问|想知道|能帮|求社区|谁赔|找谁赔|赔偿|医药费|索赔|起诉|写材料|保护令|调解|谈谈)")
_CLAIMED = re.compile(r"保护令|医药费|赔偿|找谁赔|谁赔|离婚|索赔|回执|不想报警")
_AT_IT = re.compile(r"现在|正在|又在|还在|刚才|刚刚|救|躲|不敢出|门外|砸门")
_LONG_SINCE = re.compile(
    r"年轻(?:的)?时候|上[个]?(?:周|星期|礼拜|月)[^，。]{0,8}(?:困|晕|摔|着火|烧)|[十几二三四五六七八九\d]年前[^，。]{0,12}(?:水|火|河)"
)
# Whatever else is told beside it: somebody is down, bleeds, is under it or gone, or it burns.
_STILL = re.compile(
    r"没(?:有)?(?:反应|呼吸|脉搏|气了)|叫不[醒应]|不省人事|止不住|倒(?:地|下去|在地)|[晕昏](?:过去|倒|迷)|120|119|"
    r"(?<![没无冇])(?<!没有)人(?:也|都|还)?(?:在?(?:下面|里面|底下)(?![练看放玩走坐])|没看到|没上来|找不到)|上不来|关了?(?:两|三|几|好几)?个?人|着火了|焦味|跳下去|快来"
)
_AT_HOME = re.compile(
    r"[我俺咱]们?家|[我俺咱]的?(?:妈|爸|老公|老婆|儿子|女儿|孩子|奶奶|爷爷|外婆|外公)|厨房|隔壁|楼[上下道]"
)


def nobody(folded: str, *, leaving: bool = False) -> bool:
    """True where the words of danger are advice, told with a good end, or of no human being: no emergency.

    `leaving`: they sound like a farewell to life, which nothing but a saying or a play makes harmless.
    """
    still = _STILL.search(folded)
    if _SAYING.search(folded) or (_PLAYED.search(folded) and not (still and _AT_HOME.search(folded))):
        return True
    if leaving or still:
        return False
    if _ADVICE.search(folded) and not _NOW.search(folded):
        return True
    if _OVER.search(folded) and not _NOT_OVER.search(folded):
        return True
    if _CLAIM.search(folded) and _CLAIMED.search(folded) and not _AT_IT.search(folded):
        return True
    return any(one.search(folded) for one in (_NUMBED, _CHILLED, _NO_MAN, _PASTIME, _LONG_SINCE))
