"""A spot in free words (东门岗亭, 地库入口, 楼道里) and the name of an estate, copied as they stand in the text."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.estates import ESTATE, named_estate
from nlu.sieve import Sieve

_SIDE = r"(?:(?<![城镇桥江河湖山市县村街])[东南西北]{1,2}|[前后左右正侧大小])"
_NUMBERED = r"(?:[\da-z]{1,3}|[一二三四五六七八九十]{1,2})"
_HEADS = (
    "消防通道|安全通道|消防楼梯|消防登高面|电梯厅|电梯间|电梯口|电梯门口|电梯机房|电梯井|电梯里|"
    "楼梯间|楼梯口|楼梯拐角|楼梯转角|楼梯下面?|楼梯上|楼道口|楼道|"
    "单元门口|单元楼下|走廊尽头|走廊|过道|连廊|走道|架空层|入户平台|平台|门厅|大厅|大堂|中庭|天台|"
    "楼顶|顶楼|屋顶|底商|底楼|"
    "地下车库|地下停车场|地下室|地库|车库|停车场|停车楼|非机动车棚|自行车棚|电瓶车棚|电动车棚|"
    "充电车棚|车棚|充电棚|充电桩|充电站|充电区|"
    "垃圾房|垃圾站|垃圾亭|垃圾中转站|垃圾桶|快递柜|取件柜|丰巢|菜鸟驿站|驿站|自提点|信报箱|宣传栏|"
    "岗亭|保安亭|门岗(?!亭)|门卫室|门卫|传达室|监控室|消控室|"
    "水泵房|泵房|配电房|配电间|管道井|水表井|风井|化粪池|"
    "草坪|草丛|绿化带|花坛|花园|小树林|竹林|凉亭|长廊|健身区|健身角|健身步道|健身广场|健身房|"
    "儿童乐园|游乐区|游乐场|滑梯|滑滑梯|沙坑|秋千|喷泉|水池|泳池|游泳池|"
    "人工湖|中心湖|池塘|鱼塘|篮球场|网球场|羽毛球场|羽毛球馆|乒乓球台|门球场|晾衣区|晒被区|广场|会所|"
    "活动室|活动中心|议事厅|物业办公室|服务中心|服务大厅|前台|"
    "老年食堂|社区食堂|养老院|养老驿站|卫生站|卫生院|幼儿园|小学|中学|学校|校门口|文化礼堂|文体中心|"
    "图书馆|少年宫|公厕|厕所|菜市场|农贸市场|菜场|市场|夜市|集市|"
    "商业街|商铺|门面|超市|工地|公交站|公交车站|车站|地铁口|候车亭|码头|渡口|埠头|河埠头|河道|河边|"
    "湖边|江边|塘边|桥头|桥下|桥面|桥洞|涵洞|隧道口|隧道|高架|"
    "路口|人行道|盲道|绿道|步道|围墙边?|围墙|坡道|村口|弄堂|巷子|巷口|老街|后山|水库|公园|"
    "[东南西北]门岗亭|东区|西区|南区|北区|登高面|出入口"
)
_TAIL = (
    r"(?:(?:[前后侧正东南西北]门口?|大门口?|旁边|边上|旁|边|里面|里|内|上面|上方|上(?![午班山学方])|下面|底下|"
    r"下(?![午班周单雨雪一])|外面|外(?![卖地])|门口|口|入口|出口|对面|附近|前面|前(?![天年几])|后面|后(?![天来年])|背后|中间|"
    r"尽头|拐角|转角|角落|墙角|东侧|西侧|南侧|北侧|那边|[东南西北][边头])(?!家|班|去|来|起|次|个|楼))?"
)
# What the name of a street, a bridge or a village does not hold: 不会弄, 我报街道, 流到马路上, 卡了一路.
_NO_NAME = (
    "的了是在有没不我你他她它您这那哪谁个把被给让叫来去会能要想说问请就都也还只再又很太着跟与对自己帮往从到满半条每整各先等昨今晚"
    "早流掉倒砸放堆拖滴洒淌滚站坐跑走绕查报找占挡啥怎边于同为因得应最别好后前里下第随顺靠修扫刷借带指认看见封拦堵断爬铺挖照朝离隔烧炸"
    "换拿骂谢求听催收接送停排挪喷漏漫渗飘吹浇甩卡拴打摔用踩扔聊捡穿回过出进开短线电套思活水泥石渣柏公同多少临沿两几一每成拍香臭洗"
    "迷搭抄雪夜班款件死爸妈们拉次周荐欢麻烦房娘候已替归"
)
_NAMED = rf"(?:(?![{_NO_NAME}]|(?<=[今明昨每白])天|马(?=路)|门(?=路)|道(?=路)|人(?!民))[一-龥])"
_ZONE = r"(?:[a-h]\d?区|b\d(?!\d)|[a-z]\d{2,3})?"
_STREET = (
    r"(?!建议|希望|刚才|外面|代表|大家|大伙|当年|配件|骑车|心脏|企业|孩子|爷爷|奶奶|另外|新手|雨天|台风|塌方|小[心时]|夏天)"
    rf"{_NAMED}{{2,3}}?(?:大桥|桥(?!铝)|大道|路(?![过人费由程况数线])|街(?!道)|弄(?=[口里底堂头内\d那住]|路灯|公交)|巷|"
    rf"村(?![民长委])|公园|广场(?!舞)|河(?=[边岸里道面上]|[东南西北]岸))(?:[东南西北]岸?)?(?:\d+号)?{_TAIL}"
)
# Every way in which a spot can begin: looked at first, since most characters begin none.
_FIRST = "".join(
    sorted({head[0] for head in _HEADS.split("|") if head[0] != "["} | set("东南西北前后左右正侧大小"))
) + ("中公社一二三四五六七八九十顶首负学门拐a-z")
SPOT = re.compile(
    rf"(?=[{_FIRST}\d]|(?<![^ ,，。、在到\n]))(?:"
    rf"(?:{_SIDE}|{_NUMBERED}号|中心|中央|公共|社区|小区|一期|二期|三期|顶层|首层|负[一二三]层)?"
    rf"(?:{_HEADS}){_ZONE}{_TAIL}(?:的?(?:{_HEADS}){_TAIL})?"
    rf"|(?:{_SIDE}|{_NUMBERED}号)(?:大门|门)(?:口|岗亭|门岗|岗(?!亭)|卫|外|内|保安亭|门卫|地库|旁边|"
    rf"边上|快递柜|公交站|广场|停车场)*"
    rf"|大门口|小区门口|学校门口|门口(?!的?(?:鞋|垃圾袋|快递))"
    rf"|(?:[东南西北]{{1,2}}[侧面])(?!墙|风)"
    rf"|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[幢栋号](?:楼)?[和与跟]?(?:\d{{1,2}}|"
    rf"[一二三四五六七八九十]{{1,3}})[幢栋号]楼?(?:之间|中间|当中)"
    rf"|(?<![^ ,，。、在到\n]){_STREET}"
    # 小区后面那条河: what lies beside it and has no name.
    rf"|(?:小区|(?<![一-龥])村子?|大院|厂区?)的?(?:[东南西北前后]门|大门)?(?:门前|外[面边头]?|[前后]面|旁边|边上|对面|[东南西北][边面])"
    rf"的?[那这]?[条个片块座处]?(?:小|大|水泥|臭)?(?:河|溪|水?沟|水渠|渠|马路|路(?![过人费由程况口灯])|塘|空地|荒地|山坡|田埂|树林|小桥)(?![道边滩沟沿岸])"
    rf"|拐角)"
)
# What tells a spot from others of its kind: 育才|小学门口, 老年|活动室. Verbs before one do not: 清理|楼道.
_VERBS = (
    "清理占扔丢改拆建装钻翻跳睡蹲骑关锁圈围种养晒贴写遛尿抽唱吵响坏裂塌歪松破碎脏黑暗滑湿积喂撞划偷抢闹冒冲通堵住做交管归到经路离靠挂"
    "摆吊落抬推熏存加禁敢许让可刚正已被将由比像如或和及而且但若虽却更非未现曾请物业幢栋元单层楼室家荡玩上砌盖调记切咱俺侬全招募晨明点"
    "怪希雨末址转太伯叔姨婆爷奶哥姐弟妹邻"
)
_BEFORE = re.compile(
    rf"(?:(?<![^ ,，。、!！?？:：\n])|(?<=[在到从往去]))"
    rf"(?P<name>(?:(?![{_NO_NAME}{_VERBS}]|刚才|孩子|儿子|女儿|师傅|今年|去年|头顶|外墙)[一-龥]){{1,5}})$"
)
PLACES = Sieve((("spot", SPOT), ("estate", ESTATE)))
# One line is asked for both, one after the other.
possible = lru_cache(maxsize=64)(PLACES.possible)


def spot_in(folded: str, text: str) -> str | None:
    """The spot named in the text; the longest where there are several, the first of equals; None where none is."""
    if "spot" not in possible(folded):
        return None
    best: re.Match[str] | None = None
    for match in SPOT.finditer(folded):
        if best is None or match.end() - match.start() > best.end() - best.start() + 1:
            best = match
    if best is None:
        return None
    whose = _BEFORE.search(folded, max(0, best.start() - 8), best.start())
    return text[whose.start("name") if whose else best.start() : best.end()].strip()


def estate_in(folded: str, text: str) -> str | None:
    """The estate named in the text; None where none is."""
    return named_estate(folded, text) if "estate" in possible(folded) else None
