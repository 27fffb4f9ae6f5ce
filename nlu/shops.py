"""Firms and shops by their names, and several of them in one line: in a row, or each at the head of its part."""

from __future__ import annotations

import re

from nlu.visit_signs import told

TRADE = (
    r"厂(?![家商长])|公司|店|馆|铺|坊|超市|药房|酒店|饭店|企业|模具|电机|轴承|洁具|灶具|印染|领带|物流|童装|服饰|"
    r"服装|饰品|纸品|五金|加工点?|机械|电子|电器|电气|家具|"
    r"食品|水果捞|科技|纺织|针织|制衣|包装|塑料|塑胶|汽修|汽配|民宿|农庄|合作社|工坊|作坊|快递点|驿站|"
    r"批发部?|门市部?|诊所|幼托|托管班|培训班|"
    r"餐厅|餐饮|面馆|小吃|烧烤|火锅|奶茶|咖啡|理发|美容|足浴|网吧|棋牌室|宾馆|旅馆|旅社|商行|商店|商贸|"
    r"贸易|织造|袜业|鞋业|阀门|泵业|缝纫机|"
    r"配件|铸造|电镀|注塑|喷涂|铝业|钢构|建材|石材|木业|竹业|茶业|茶厂|茶庄|酒坊|酒业|水产|养殖场?|果蔬|"
    r"花木|苗圃|美甲|美发|母婴|文具|烘焙|打印|干洗|眼镜|手机|通讯|彩票|早教|琴行|健身|中介|卤味|米线|麻辣烫|"
    r"大排档|菜馆|饺子|包子铺|印刷|广告|门窗|茶行|车厂|粮油|布艺|家纺|家居|装饰|装潢|灯具|建筑|传媒|软件|光电|"
    r"新材料|医药|器械|化工|橡胶|玻璃|陶瓷|灯饰|玩具|箱包|皮革|羽绒|丝绸|毛衫|纽扣|拉链|工具|仪表|仓储|"
    r"排档|发廊|废品站|收购站|冷库|酒吧|修车|小卖部|幼儿园|早餐|早点|馕坑|快餐|便利|修鞋|水果|药店|诊所|敬老院|养老院|福利院|浴室|"
    r"澡堂|茶室|麻将馆|工作室|书店|酒楼|茶楼|食府|农家乐|蛋糕|货运|车行|"
    r"酒家|饭庄|饭馆|酒行|烧腊|米业|电商|鞋材|纱线|纺机|制品|实业|工艺|竹器|影楼|会所|画室|烟酒|百货|车业|洗车场?|钣金|茶饮|托管|生鲜|钟表|"
    r"铸件|冲件|冲压|锻件|锻造|织带|绗缝|羊绒|油茶|冷链|线缆|紧固件|标准件|铁艺|[石木根]雕|皮具|刺绣|染整|彩印|数控|"
    r"[门杯铜锁纸塑胶灯伞帽笔表漆渔蜂]业|"
    r"自习室|诊室|食材|分拨点|网点|营业[部厅]|配送站|中转站|推拿|按摩|足疗|牙科|口腔|护理院|月子中心|健身房|瑜伽|驾校|汽贸|图文|快印|"
    r"婚庆|婚纱|冻品|加油站|充电站|换电站|棋社|电竞|青旅|客栈|洗浴|洗涤|布行|绣品|精密|弹簧|管业|光伏|新能源|种业|蛋品|乳业|饮品|油坊|豆制品|"
    r"珠宝|文创|渔具|孕婴|宠物(?:诊所|医院)|"
    r"洗衣(?!服|机|粉)|修脚|茶铺|修理部|修车铺|市场|农场|基地"
)
FIRM = re.compile(
    rf"(?P<f>[一-鿿A-Za-z]{{1,12}}?(?:{TRADE})(?:{TRADE})*(?:园(?![艺林丁])|城(?!管)|行(?=[，,。；：:]|$))?)(?![一-鿿]{{0,1}}(?:门口的路|对面的))"
)
# The corner where it is, said before its name; a name is left only where it is one without it.
_WHERE_IT_IS = re.compile(
    r"^(?:[一-鿿A-Za-z0-9]{1,4}(?:这边|那边)的?|(?:[一-鿿]{2,5}(?=隔壁|对面|旁边))?(?:对面|隔壁|院里|旁边|沿街|楼[上下])(?:的|那[个家])?|[一-鿿]{0,3}(?:[路道巷街村]口|[村桥街]头)(?:那家|的)?|"
    r"[A-Za-z]?\d+[栋幢号楼]+的?|[东南西北前后]+(?:门口?|头|边|侧|面)(?:的?那家|的)?|(?:小区|菜场|市场|学校|大|正|侧|校)门口?(?:的?那家|的)?)(?=[一-鿿]{3})"
)
_ONE_MORE = re.compile(r"^(?:[还仲]有|顺[路便道带手脚]|企业(?!服务|家|协会|办))(?=[一-鿿]{3})")
_ITS_PARTS = re.compile(r"(?:的?(?:后厨|厨房|店里|门口|仓库|车间|楼上|宿舍)|的厂?)$")
_NAME = r"[一-鿿A-Za-z]{2,9}?"
# 南寺五金、兰兰烤饼、茶颜小屋三家都去过; 好再来超市、丽丽发廊都走了
_ROW = re.compile(
    rf"(?P<names>{_NAME}(?:(?:[、，,]|和(?:旁边的|隔壁的?)?){_NAME})+)"
    r"(?:(?P<count>[两三四五六七八九十\d]+家)|(?:[，,](?=都)|今天|上午|下午)?[都也])(?P<rest>.*)",
    re.DOTALL,
)
_LIST = re.compile(rf"(?:{_NAME}、)+[一-鿿A-Za-z]{{2,8}}(?=[，,。])")
_CALLED = re.compile(r"[走看去跑转查访巡到问检][^，。]{0,2}[了过完]|灭火器|证照|没问题|^正常")
# 走了三家：, 走完四家。, 上午走了五家，按顺序说：, 今天来园区走访：
_HEADER = re.compile(
    r"^[^，。：:；]{0,12}?(?:[走跑看去转查访][完过了]*[^，。：:；]{0,3}?(?:[一二两三四五六七八九十几\d]+(?:家|个门[脸面]|间)|"
    r"沿街)(?:店|门店|铺子|厂子?|企业|公司)?(?:看完|走完|都看了)?|[一二两三四五六七八九十几\d]+家[^，。：:；]{0,3}[走看查]完|(?:走访|查访|巡查)(?:情况)?|这边[一二两三四五六七八九十\d]+家店?)"
    r"(?:[，,][^，。：:；]{0,8}(?=[：:]))?[：:。，,]"
)
_LEAD = re.compile(r"^(?:(?:今[天早]|上午|下午|早上|刚刚?|我|又|也|顺路)*(?:走访|[去走看跑查访到])[了过完]?)?")
_HEAD = re.compile(
    r"[一-鿿A-Za-z]{3,8}?(?=[，,：:]|[没关不在换说讲]|老板|店主|员工|店里|后厨|气瓶|灭火器|电线|门|证|老[一-鿿]|阿[一-鿿])"
)
_FUNCTION = re.compile(r"[了是把我你他她没有的]")


def bare(name: str) -> str:
    """The name without the corner before it and the kitchen behind it (北门运河酒家后厨 → 运河酒家)."""
    name = _ONE_MORE.sub("", name)
    cut = _ITS_PARTS.sub("", name) if FIRM.match(_ITS_PARTS.sub("", name)) else name
    without = _WHERE_IT_IS.sub("", cut)
    behind = without.rpartition("的")[2]
    without = behind if len(behind) > 3 and FIRM.fullmatch(behind) else without
    return cut if re.fullmatch(rf"(?:{TRADE})+店?", without) else without


def shop_round(body: str) -> tuple[str, ...]:
    """The names of a line that tells of several calls; nothing where it tells of one at most."""
    header = _HEADER.match(body)
    rest = body[header.end() :] if header is not None else body
    lead = _LEAD.match(rest)
    went = lead is not None and lead[0].endswith(("了", "过", "完"))
    row = _row(_LEAD.sub("", rest), counted=header is not None, went=went)
    if row or header is None:
        return row
    names = [name for part in re.split(r"[；;。\n]", rest) if (name := _head_of(part.strip()))]
    if len(names) < 2:
        names = [
            name for part in re.split(r"[；;。\n，,]", rest) if (name := _head_of(part.strip())) and FIRM.match(name)
        ]
    return tuple(dict.fromkeys(names)) if len(names) > 1 and any(FIRM.fullmatch(name) for name in names) else ()


def _row(rest: str, *, counted: bool, went: bool) -> tuple[str, ...]:
    """`counted`: he said before how many; `went`: that he was there (走了乐乐美发、老邹箱包)."""
    found = _ROW.match(rest)
    listed = _LIST.match(rest) if counted or went else None
    if found is not None and (found["count"] or _CALLED.search(found["rest"])) and told(found["rest"]):
        said = re.split(r"[、，,]|和(?:旁边的|隔壁的?)?", found["names"])
    elif listed is not None:
        said = listed[0].split("、")
    else:
        return ()
    names = [bare(name) for name in said]
    trades = [name for name in names if FIRM.fullmatch(name)]
    if not trades or any(_FUNCTION.search(name) for name in names):
        return ()
    # Counted, or told with a comma, all are shops; else those whose names say so.
    sure = counted or (found is not None and found["count"])
    return tuple(dict.fromkeys(names if sure else trades)) if len(names) > 1 else ()


def _head_of(part: str) -> str | None:
    part = _WHERE_IT_IS.sub("", part.removeprefix("还有"))
    firm = FIRM.match(part)
    if firm is not None and len(firm["f"]) > 2 and not _FUNCTION.search(firm["f"]):
        return firm["f"]
    head = _HEAD.match(part)
    return head[0] if head is not None and not _FUNCTION.search(head[0]) else None
