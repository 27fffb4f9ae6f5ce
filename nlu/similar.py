"""Is it the same fault in other words? Things, places, numbers and characters compared; pure and fast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from domain.reading import Category, Where

# What people complain about, many words to one thing. A word stands once; the longest wins.
_THINGS: dict[str, str] = {
    "lift": "电梯 轿厢 升降梯 电题 电梯厅",
    "barrier": "道闸 到闸 抬杆 栏杆机 起落杆 闸机",
    "entrance": "门禁 单元门 单元大门 楼下大门 楼下门 大门 刷脸 刷卡 入户大门 铁门 可视对讲 对讲",
    "door": "门 玻璃门 防火门 木门 房门",
    "lock": "门锁 锁芯 钥匙 密码锁 锁",
    "window": "窗 窗户 床户 推拉窗 纱窗 玻璃窗 窗台 窗框 窗把手 把手",
    "light": (
        "灯 路灯 声控灯 感应灯 楼道灯 灯泡 灯管 灯杆 灯头 草坪灯 一盏 那盏 这盏 照明 黑灯瞎火 黑漆漆 "
        "黑咕隆咚 镇流器 不亮"
    ),
    "power": "停电 没电 断电 跳闸 电闸 空开 空气开关 保险丝 变压器 插座 插排 电箱 配电箱 电表 供电 送电 增容",
    "wire": "电线 电先 线头 高压线 飞线 断线 外线",
    "supply": "停水 没水 断水 水压 来水 自来水 增压泵 水泵 水龙头 供水 泵",
    "leak": "漏水 渗水 滴水 渗漏 冒水 渗 滴 水表 水管 爆管 管子 消防栓 消火栓 消防管 喷水 进水 积水 泡水 天花板 吊顶 "
    "水渍 漏 防水 发大水 发水 全是水 水漫 淹 泡了",
    "drain": "下水道 下水 反水 返水 马桶 地漏 堵了 堵住 污水 化粪池 雨水口 疏通 管道",
    "manhole": "窨井 井盖 窨井盖 阴井",
    "gas": "煤气 燃气 臭鸡蛋 烂鸡蛋 瓦斯 天然气 液化气 怪味",
    "fire": "着火 冒烟 火苗 火灾 烧起来 火警 起火 浓烟 明火 着起来 火星 火花",
    "noise": "吵 噪音 噪声 扰民 音箱 音响 跳舞 广场舞 打桩 音乐 唱歌 麻将 剁 钢琴 蹦 喇叭 舞蹈 鼓点 拖桌子",
    "works": "装修 电镐 电钻 敲墙 砸墙 动工 施工 工地 开工 水泥 黄沙 建筑垃圾",
    "bearing": "承重墙 重力墙 剪力墙 承重",
    "rubbish": "垃圾 垃圾桶 苍蝇 保洁 纸板 杂物 清运 废品 大件 堆放",
    "smell": "臭 恶臭 异味 臭味",
    "parking": "车位 停车 占道 地锁 僵尸车 乱停 违停 停车费",
    "passage": "消防通道 通道 楼道 盲道 走廊",
    "ebike": "电瓶车 电动车 充电桩 充电 电瓶",
    "garage": "车库 地库 车棚 地下室",
    "dog": "狗 犬 遛狗 狗屎 恶犬",
    "cat": "猫 死猫 流浪猫",
    "pests": "马蜂 老鼠 蟑螂 白蚁 蛇 蚊子 蜂窝",
    "locker": "快递柜 快递 取件 取件码 柜子 丰速 丰巢",
    "play": "滑梯 秋千 健身器材 儿童乐园 游乐",
    "court": "篮球场 球场 篮筐",
    "tree": "树 树枝 枝条 枯树 大树 绿化 绿化带 草坪 灌木",
    "paving": "地砖 路面 坑 台阶 塌陷 地面 砖",
    "wall": "墙 外墙 瓷砖 墙皮 裂缝 围墙 山墙 墙面 石坎",
    "roof": "屋顶 楼顶 天台 玻璃房 雨棚 顶楼 铁皮棚 棚子 阳光房",
    "fence": "围栏 护栏 栏杆 扶手",
    "pool": "泳池 游泳池 水库 池塘 河里 溺水",
    "ice": "冰溜子 冰锥 结冰",
    "theft": "偷 被盗 小偷 贼 撬 拉车门 失窃",
    "missing": "走丢 走失 找不到 失踪 不见了",
    "violence": "打人 动手 打架 家暴 打我 斗殴 砍",
    "rent": "押金 房东 租金 房租 租客",
    "wages": "工资 拖欠 欠薪 薪水",
    "fees": "物业费 收费 涨价 公示 费用",
    "damages": "赔 赔偿 违约金",
    "benefit": "低保 津贴 金贴 补贴 救助 医保 养老金 残疾证 移民",
    "school": "上学 入学 居住证 学区 一年级 积分",
    "hiring": "招工 缺工 缺人 招聘 招不满",
    "loan": "贷款 续贷 推荐函",
    "permit": "通行证 限高 出入证 登记表",
    "aircon": "空调 外机 空调架",
    "hotwater": "热水 太阳能 暖气 地暖 热水器",
    "network": "宽带 网络 信号 断网",
    "scam": "诈骗 骗子 传销 鸡蛋 床垫",
    "bridge": "桥 桥栏杆",
    "bikes": "单车 共享单车",
    "bell": "按钮 呼叫 警铃",
    "grouprent": "群租 隔断 隔板",
    "cellar": "地下室 回填 私挖",
    "crossbar": "路障 石墩 隔离墩",
    "attitude": "态度 骂人 前台",
    "fallen": "塌 倒塌 落石 滚下来 山体 滑坡",
}
# These say little by themselves: half the world has a door and a car park.
NEAR_NOTHING = frozenset(
    {"door", "garage", "passage", "wall", "smell", "lock", "paving", "roof", "fees", "attitude", "works"}
)
# What makes other things fail: all that is one matter.
CAUSES = frozenset({"power", "leak", "supply", "fire", "gas"})
# Words that hold a thing's character without speaking of it.
_NO_THING = frozenset(
    (
        "门口",
        "对门",
        "出门",
        "进门",
        "上门",
        "开门",
        "部门",
        "热门",
        "专门",
        "红绿灯",
        "敲门",
        "门诊",
        "门票",
        "没门",
        "锁屏",
        "桥头",
    )
)
# Of the words above: those of one character that name a thing, and those that only say how it is with one.
_NOUNS = frozenset("灯门窗锁墙坑砖狗猫树泵桥蛇")
_STATES = frozenset(
    ("不亮", "黑灯瞎火", "黑漆漆", "黑咕隆咚", "一盏", "那盏", "这盏", "堵了", "堵住", "泡了", "全是水", "水漫")
)
_USUAL: dict[Category, str] = {
    "public_repair": "lift barrier entrance door window light power wire supply leak drain manhole locker play court "
    "paving wall roof fence pool ice bridge bell garage network",
    "complaint": "noise parking passage ebike dog fees attitude smell",
    "community_report": "rubbish cat pests tree bikes missing",
    "public_security": "theft scam violence grouprent",
    "legal_dispute": "rent wages damages",
    "renovation": "works bearing cellar",
    "consultation": "benefit school hiring loan permit",
    "home_repair": "hotwater aircon lock",
}
_USUALLY: dict[str, Category] = {thing: category for category, things in _USUAL.items() for thing in things.split()}
_BY_WORD: dict[str, str] = {word: thing for thing, words in _THINGS.items() for word in words.split()}
_FIND_THING = re.compile("|".join(sorted(map(re.escape, {*_BY_WORD, *_NO_THING}), key=len, reverse=True)))
_SPOT = re.compile(
    r"[东南西北][大小]?门|[东南西北][面边侧头]|[A-Z]区|[一二三四五六七八九十\d]+[号]?楼|"
    r"[一二三四五六七八九十\d]+层|负[一二三1-3]楼?|会所|广场|"
    r"公厕|菜场|幼儿园|喷泉|凉亭|岗亭|门卫|小路|河边|地下|楼顶|屋顶|篮球场|游乐场|超市|电梯厅|车棚|仓屋|"
    r"晒场|祠堂|厨房|卫生间|阳台|客厅|厕所"
)
_NUMBER = re.compile(r"(?<![\d.:：])\d{3,4}(?![\d元块万只个张部年号分])")
_FAULT = re.compile(r"[漏滴堵停黑吵臭响卡渗裂歪翘冒喷塌断灭跳闪晃抖锈砸偷丢烫冻淹蹦挖敲]")
# What follows a thing that itself gives trouble, with little in between.
_FAILS = re.compile(
    r"[的里上]?(?:也|又|都|全|还|一直|老是?|天天|总是?|好像|有点|已经|突然|今天|昨晚|两天|几天|三天|好几天|好多天)*"
    r"(?:不亮|不制冷|不转|不动|不灵|不通|不走|不抬|不来|坏|没电|没反应|没人[收清管]|打不开|关不|合不|失灵|卡|松|裂|断|塌|歪|"
    r"堵|满|太[吵臭脏乱响]|吵|臭|堆|乱|被偷|掉|翘|锈|罢工|一?闪|爆|漏)"
)
_PLAIN = re.compile(r"[^一-鿿A-Za-z0-9]+")
_FILLER = re.compile(
    r"一下|这个|那个|我们|你们|他们|咱们|大家|怎么|什么|没有|有没|不是|是不|就是|还是|已经|现在|今天|"
    r"明天|昨天|刚才|刚刚|可以|知道|"
    r"物业|师傅|网格|社区|小区|人来|有人|谁来|麻烦|请问|快点|谢谢|一个|不了|了吗|了没|起来|出来|下来|"
    r"过来|上来|好像|真的|自己|时候|的人|在那"
)


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text is about: things, spots, room-like numbers, how it fails, and the rest in two-character pieces."""

    things: frozenset[str]
    spots: frozenset[str]
    numbers: frozenset[str]
    faults: frozenset[str]
    pieces: frozenset[str]


def _pieces(text: str) -> frozenset[str]:
    found: set[str] = set()
    for run in _PLAIN.split(_FILLER.sub(" ", text)):
        found.update(map(add, run, run[1:]))
    return frozenset(found)


@lru_cache(maxsize=20_000)
def gist(text: str) -> Gist:
    things = frozenset(_BY_WORD[word] for word in _FIND_THING.findall(text) if word not in _NO_THING)
    return Gist(
        things,
        frozenset(_SPOT.findall(text)),
        frozenset(_NUMBER.findall(text)),
        frozenset(_FAULT.findall(text)),
        _pieces(text),
    )


@lru_cache(maxsize=20_000)
def gist_of(texts: tuple[str, ...]) -> Gist:
    """The gist of all the lines of a ticket together."""
    parts = [gist(text) for text in texts]
    return Gist(
        frozenset().union(*(part.things for part in parts)),
        frozenset().union(*(part.spots for part in parts)),
        frozenset().union(*(part.numbers for part in parts)),
        frozenset().union(*(part.faults for part in parts)),
        frozenset().union(*(part.pieces for part in parts)),
    )


def usual_category(what: Gist) -> Category | None:
    """The category that the thing named most often stands for; strong things before weak ones. None without any."""
    things = sorted(what.things, key=lambda thing: (thing in NEAR_NOTHING, thing))
    return next((_USUALLY[thing] for thing in things if thing in _USUALLY), None)


def alike(a: Gist, b: Gist) -> float:
    """How much `a` (a new line) speaks of what `b` (a ticket) speaks of: 0 nothing shared, about 1 the same
    thing, 2 and more beyond doubt."""
    score = 0.0
    for thing in a.things & b.things:
        score += 0.45 if thing in NEAR_NOTHING else 0.9
    if a.spots & b.spots:
        score += 0.4
    if a.numbers & b.numbers:
        score += 0.9
    score += min(0.6, 0.3 * len(a.faults & b.faults))
    if a.pieces:
        shared = len(a.pieces & b.pieces)
        score += min(0.9, 0.22 * shared) * (0.5 + 0.5 * shared / len(a.pieces))
    return score


def strangers(a: Gist, b: Gist) -> bool:
    """Both name a plain thing and no thing is shared: two different faults, as far as words go."""
    mine, theirs = a.things - NEAR_NOTHING, b.things - NEAR_NOTHING
    return bool(mine and theirs and not mine & theirs)


def fails_itself(text: str) -> frozenset[str]:
    """The things of which the text says in so many words that they fail or annoy: of 门口路灯也不亮 the light."""
    found = ((match, text[match.end() : match.end() + 12]) for match in _FIND_THING.finditer(text))
    return frozenset(_BY_WORD[match[0]] for match, tail in found if match[0] in _BY_WORD and _FAILS.match(tail))


def apart(a: Where, b: Where, *, rooms: bool = False) -> bool:
    """The two places cannot be one: another estate, building or unit (or room, where rooms tell them apart)."""
    if a.estate and b.estate and a.estate != b.estate:
        return True
    if a.building and b.building and a.building != b.building:
        return True
    if a.unit and b.unit and a.unit != b.unit:
        return True
    return bool(rooms and a.room and b.room and a.room != b.room)


def thing_named(text: str) -> str:
    """The thing as the text calls it (声控灯, 漏水; of 大门的门禁 the latter), a plain one before one that says
    little; "" where none is."""
    found = [match[0] for match in _FIND_THING.finditer(text) if text[match.end() : match.end() + 1] != "的"]
    words = [word for word in found if word in _BY_WORD and (len(word) > 1 or word in _NOUNS)]
    words = [word for word in words if word not in _STATES]
    return next((word for word in words if _BY_WORD[word] not in NEAR_NOTHING), words[0] if words else "")
