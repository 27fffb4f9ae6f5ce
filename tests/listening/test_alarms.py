"""Danger told in a group: at once or in several lines, by one or by several people; and what only sounds like it."""

from __future__ import annotations

import pytest

from nlu.danger import seen
from nlu.normalize import fold
from tests.listening.story import Story, reader


def urgent(story: Story) -> bool:
    return story.only.known.urgency == 3 and story.only.known.category in ("emergency", "public_security")


@pytest.mark.parametrize(
    "cry",
    [
        "我在1单元轿厢里，按了半天铃没人应",
        "广告牌刮下来砸到一位老太太，坐在地上起不来",
        "俺爹从房顶上摔下来咧，动弹不了",
        "小伢喝了半瓶洁厕灵，一直吐",
        "收废品的大爷栽进后门那条沟里了",
        "我妈下午三点出去遛弯到现在没回来，手机也没带，她记性不好",
        "二楼窗户往外窜火，门敲不开",
        "门口有个男的在拧我家把手，我一个人带孩子",
        "婆婆嘴都歪到一边了，左手动不得",
        "树枝搭在电线上打火花，底下还有人走",
        "他在屋里割了手腕，我拦不住",
        "有人拎着菜刀在楼道里骂，邻居都不敢出来",
        "快递小哥被车撞飞了，躺马路中间",
        "阳台上有个两岁的娃骑在栏杆上",
        "老爹不认路，昨天出去一夜没回",
        "孩子反锁在屋里，灶上还烧着水",
        "有个男的翻进二楼阳台了，屋里只有小姑娘",
        "电梯往下掉了一截，门不开，里面四个人",
        "3幢着火了，大家先下楼",
        "谁看见我家老头了，早上出门穿黑棉袄",
        "你们哪个看到我孙儿了嘛，穿的黄衣服，四岁",
        "刚签个字，一回头娃没影了",
        "我爷爷嘴歪着，说话含糊，一只手抬不起来",
        "婆婆吃汤圆噎住了，脸都乌了",
        "羊水破了，谁有车",
        "挖机把燃气管挖断了，呲呲响",
        "车棚里电瓶车爆了，火往雨棚上窜",
        "夜宵摊打起来了，拿着酒瓶",
        "喷泉边上我家狗刚被电了一下，谁都别过去",
        "隔壁打起来了，女的喊得不行",
        "我爸上着呼吸机，停电了撑不了多久",
        "楼下有人哼哼，听见哎哟哎哟的",
        "出人命了",
        "水里好像有个人影，池塘边一只鞋",
        "前男友在我门口，拿着刀，我不敢出门",
        "小朋友把纽扣电池吃了",
        "山上滚石头砸到老李家屋顶，他们还没出来",
        "校门口有个男的拿着东西乱砍",
        "我老头子坐在马桶上站不起来，叫他他也不应",
        "没盖的那个井，刚有个老头掉下去了",
        "电动车那个撞了，躺着没起来",
        "隔壁房子着了，窗户里红光一跳一跳",
        "我一瓶安眠药都吃了，有点困",
        "姐夫提着汽油，说要点了我们",
        "我弟弟七岁，下楼扔垃圾一个钟头了还没上来",
        "我弟给我发信息说对不起姐姐，手机关了，他在11幢503",
        "6号楼后头树杈子搭电线上了，刮风就冒火花，昨晚我看见的",
        "有没有人看见一个戴红帽子的小女孩，五岁",
        "我在校门口没接到人，老师讲四十分钟前就出来了",
        "我们在里面，卡在六楼，门推不开",
        "水从车道口往里灌，已经没过车轮了",
    ],
)
def test_danger_is_heard_without_its_name(cry: str) -> None:
    story = Story()
    story.say("小米", cry, group="u")
    assert urgent(story)


@pytest.mark.parametrize(
    "talk",
    [
        "瓷砖松了，怕哪天砸到老人",
        "昨天广告牌掉下来，差点砸到一个骑车的",
        "我六岁从树上摔下来过，腿断了三个月",
        "外婆拎着菜刀追鸡，追了半个村",
        "孩子吵着要躺在地上打滚",
        "牛奶箱被车撞了，没人看见",
        "师傅爬上阳台修空调，昨天就说好的",
        "网传有人持刀，经核实是剧组拍戏",
        "消防演练的时候放了点烟，楼道里全是烟，大家别慌",
        "梦见我从楼上掉下来，动弹不得，原来是猫压着",
        "谁看到我儿子的书包了，蓝色的",
        "我妈报修三个小时没见人来",
        "我爸每天吃一把药，早习惯了",
        "闻着像煤气，其实是对门刷漆",
        "孩子刚才噎着了，拍两下咳出来了",
        "水里有没有人管，一池子落叶",
        "老鼠把软管咬了个洞",
        "一窝刚出生的小猫在单元门口，冻得叫",
        "谁看见一个小孩把花盆踢翻了",
        "没接到通知啊，老师在哪个群说的",
        "我在里面吃饭呢，放门口就行",
    ],
)
def test_what_is_feared_past_or_told_for_fun_is_not_seen(talk: str) -> None:
    assert seen(fold(talk)) == ()


def test_a_neighbour_calls_the_ambulance_for_what_read_like_little() -> None:
    story = Story()
    story.say("老顾", "7幢楼下修管子的坑没围，孩子的车轮卡在里面，人摔了")
    story.say("馕饼", "先别硬拉，我打120了")
    assert urgent(story)


def test_an_ambulance_of_yesterday_alarms_nobody() -> None:
    story = Story()
    story.say("阿凯", "7幢门口那级台阶断了一块，走路绊脚")
    story.say("丽丽", "昨天我妈就在那绊的，差点打120")
    assert all(ticket.known.urgency < 3 for ticket in story.tickets)


def test_whether_somebody_still_breathes_is_asked_of_no_repair() -> None:
    story = Story()
    story.say("小钱", "健身角那边有个大伯蹲下去就没起来，脸色不好")
    story.say("护士小何", "人还清醒吗，有没有呼吸")
    assert urgent(story)


def test_a_lift_and_those_in_it_are_told_by_two() -> None:
    story = Story()
    story.say("603", "电梯又停了，灯都灭了", group="u")
    story.say("楼上小吴", "我和孩子就在电梯里面，出不去", group="u")
    assert urgent(story)


def test_the_corrected_line_says_what_the_voice_could_not() -> None:
    story = Story()
    first = story.say("孙女", "我夜夜早上出门买菜到现在没回家")
    story.say("孙女", "我爷爷早上出门买菜到现在没回家，手机落家里了，他老忘事", edits=first, after=0.5)
    assert urgent(story)


def test_smoke_that_comes_after_three_scraps() -> None:
    story = Story()
    for scrap in ("6楼", "谁在家", "602", "门缝里窜出来黑烟，敲门没人"):
        story.say("豆豆", scrap, group="u", after=0.2)
    assert urgent(story)
    story.say("七楼", "烟都灌上来了，我抱着猫往下跑", group="u")
    assert urgent(story), "the same fire, told again, calls nobody twice"


def test_the_same_danger_from_two_groups_is_one() -> None:
    story = Story()
    story.say("302", "3幢车棚积水带电，我腿被麻了一下", group="u")
    story.say("群主", "3幢车棚水里带电，都别下去")
    assert urgent(story)


def test_words_for_help_among_card_players_are_a_joke() -> None:
    story = Story()
    for who, text in (
        ("老谢", "这把又放炮，要命了"),
        ("罗哥", "不还钱打断你的腿哈哈"),
        ("老谢", "三缺一，谁来救命"),
        ("周姐", "来了来了，泡茶"),
    ):
        story.say(who, text)
    assert story.tickets == []


def test_who_is_in_danger_is_read_alike_in_every_group() -> None:
    told = "有个阿婆倒在楼梯口，叫她没反应"
    assert {reader().read(told, tier=tier, sent_at=None).urgency for tier in ("unit", "community", "district")} == {3}


@pytest.mark.parametrize(
    "scraps",
    [
        ("不是酸菜味，是那种臭鸡蛋的味", "二楼最重，我下楼梯脑壳都昏"),
        ("谁闻到味道了没", "像煤气，楼道里三楼四楼都有"),
        ("配电箱那儿在冒烟", "二楼竖井里有焦味"),
        ("402那家又打孩子", "哭得不行，皮带抽的"),
        ("你们闻到焦味没", "电表房那里有光，一闪一闪"),
        ("西门那个狗", "咬人了", "小孩胳膊上一个洞，出血了"),
        ("有人跟着我上楼", "就在我门口站着", "不走，还转门把手"),
        ("六楼平台", "有烟", "不是做饭的烟，黑的"),
        ("我孙女两点出去玩，现在五点", "哪里都找不到"),
        ("隔壁一直敲墙", "三短三长三短"),
        ("妈妈在厨房睡着了", "煤气没关，我闻到臭臭的"),
    ],
)
def test_what_one_tells_in_one_breath_is_read_as_a_whole(scraps: tuple[str, ...]) -> None:
    story = Story()
    for scrap in scraps:
        story.say("阿林", scrap, group="u", after=0.5)
    assert urgent(story)


@pytest.mark.parametrize(
    "scraps",
    [
        ("昨晚看那个片子，楼里起火", "一家人困在里面，我一宿没睡"),
        ("八三年井喷，气呼呼往外冒", "后来着了，火头三层楼高"),
        ("这一把抢杠，抢得我吐血", "三缺一，哪个来救命"),
    ],
)
def test_a_tale_stays_one_however_many_lines_it_takes(scraps: tuple[str, ...]) -> None:
    story = Story()
    for scrap in scraps:
        story.say("老常", scrap, after=0.5)
    assert story.tickets == []


def test_the_reporter_s_next_line_makes_an_alarm_of_it_in_the_reader_s_eyes_alone() -> None:
    story = Story()
    story.say("小葛", "南边车库口子水往里灌，没人管")
    story.say("小葛", "我老丈人下去挪三轮车，水到膝盖了，喊他不上来")
    assert urgent(story)


def test_a_bell_is_heard_from_the_lift_that_stopped() -> None:
    story = Story()
    story.say("外卖小哥", "电梯又停13楼了", group="u")
    story.say("护士", "电梯里是不是有人，我听见按铃", group="u")
    assert urgent(story)


def test_words_of_danger_amid_jokes_go_to_staff_only() -> None:
    story = Story()
    story.say("胖哥", "老婆又发火了，我把她的面膜当浆糊用了")
    story.say("小郑", "哈哈笑死在工位上")
    story.say("胖哥", "家里火药味很浓，一点就着，我躲楼道里")
    assert story.tickets == []


def test_nobody_is_chased_with_a_knife_across_half_a_map() -> None:
    story = Story()
    for who, text in (("求带", "有没有开黑的，三缺二"), ("阿飞", "刚被队友坑死"), ("阿飞", "他拿刀追我半个地图")):
        story.say(who, text)
    assert story.tickets == []


def test_laughter_before_hides_no_plain_sight_of_danger() -> None:
    story = Story()
    story.say("胖哥", "哈哈今天跌停了")
    story.say("小郑", "我爸从梯子上摔下来，动不了，流了好多血")
    assert urgent(story)


def test_an_accident_at_a_broken_thing_is_an_alarm_of_its_own() -> None:
    story = Story()
    story.say("梅", "池塘西侧那段栏杆松了，一推就晃")
    story.work("收到，先挂绳子拦起，焊工明天来")
    story.say("汤圆爸", "啊！有个男娃掉下去了！西侧栏杆那！", after=21)
    assert [ticket.known.urgency for ticket in story.tickets] == [1, 3]


def test_an_alarm_that_grows_is_not_taken_back() -> None:
    story = Story()
    story.say("栗子", "三楼半的电瓶车在冒烟，噼里啪啦的", group="u")
    story.say("栗子", "火苗出来了，我家门不敢开了", group="u")
    assert urgent(story)


def test_an_alarm_is_called_off_in_plain_words() -> None:
    story = Story()
    story.say("阿芳", "我妈早上出门买菜到现在没回家，她糊涂")
    story.say("阿芳", "找到了，在我姐家，不用找了，谢谢大家", after=30)
    assert all(ticket.withdrawn for ticket in story.play.tickets.values())


def test_a_joke_of_another_just_before_hides_no_alarm() -> None:
    story = Story()
    story.say("小胡子", "何叔，我家阳台水管冻着没，开玩笑的")
    story.say("孙女", "何叔，我婆婆今天又咳出血了，怎么办，我在外地，3幢203")
    assert urgent(story)


@pytest.mark.parametrize(
    "text",
    [
        "负二楼水都淹到脚背了！！",
        "地库B区，水从坡道往下灌，已经过轮胎了",
        "后面那条沟漫上来了，屋里水到膝盖，冰箱都歪了",
    ],
)
def test_high_water_where_people_live_and_park_is_an_alarm(text: str) -> None:
    story = Story()
    story.say("李姐", text)
    assert (story.only.known.category, story.only.known.urgency, story.only.known.status) == ("emergency", 3, "open")


@pytest.mark.parametrize(
    "text",
    [
        "我摊子边上那个雨水口堵了 水漫到脚背",
        "那年发大水，一楼水到膝盖",
        "景观池水到脚踝，娃儿在里面走来走去",
        "地下室拖了三遍，水桶到腰那么高",
    ],
)
def test_water_elsewhere_and_of_old_is_none(text: str) -> None:
    story = Story()
    story.say("李姐", text)
    assert all(ticket.known.urgency < 3 for ticket in story.tickets)


@pytest.mark.parametrize(
    "text",
    [
        "有没有看见一个穿条纹T恤的小男孩，五岁，刚才还在滑梯那",
        "我在小学门口没接到童童，老师说早出来了",
        "高压线垂下来了，搭在晒衣杆上",
        "屋后山坡在掉石头，咚一声",
        "我们三个在里面，门按了没反应",
    ],
)
def test_danger_that_is_told_without_its_word(text: str) -> None:
    story = Story()
    story.say("李姐", text)
    assert story.only.known.urgency == 3


@pytest.mark.parametrize(
    "text",
    [
        "三长两短敲暖气管 是我孙子在学摩斯码",
        "同归于尽的是他俩的手机，一起掉河里",
        "家里忽然一股臭鸡蛋味是下水道反上来的，地漏该换了，求推荐师傅",
        "有没有人看到我奶奶的老花镜，棕色镜腿",
        "钥匙在里面，门打不开了",
    ],
)
def test_words_of_danger_that_mean_something_else(text: str) -> None:
    story = Story()
    story.say("李姐", text)
    assert all(ticket.known.urgency < 3 for ticket in story.tickets)


@pytest.mark.parametrize(
    ("first", "danger"),
    [
        ("厨房水下不去，都漫出来了", "煤气味好大，我家厨房没开火啊"),
        ("我家卫生间漏水，滴到楼下了", "我妈在卫生间摔倒了起不来"),
    ],
)
def test_danger_at_a_neighbours_is_no_voice_for_what_somebody_else_told(first: str, danger: str) -> None:
    story = Story()
    story.say("老张", first, group="u")
    story.say("阿芬", danger, group="u")
    assert [(ticket.reporter, ticket.known.urgency == 3) for ticket in story.tickets] == [
        ("老张", False),
        ("阿芬", True),
    ]


def test_what_burnt_is_no_word_of_the_card_table() -> None:
    story = Story()
    story.say("小陈", "五楼楼道有股怪味 像塑料糊了", group="u")
    story.say("邵嫂", "是不是谁家煎鱼", group="u")
    story.say("小陈", "不是鱼 谁把电瓶放五楼楼道充 它在冒白烟 呲呲响", group="u")
    assert story.only.known.urgency == 3


@pytest.mark.parametrize(
    ("half", "danger"),
    [
        ("有两个男的", "一个手里拿着菜刀在追另一个"),
        ("楼道里有股味道", "是煤气味 烂鸡蛋那种 越来越冲"),
        ("地库那边冒烟？", "好大的黑烟从地库口往外涌，有人在咳嗽"),
    ],
)
def test_danger_that_follows_half_a_report_is_raised_at_once(half: str, danger: str) -> None:
    story = Story()
    story.say("冬冬", half)
    story.say("冬冬", danger)
    assert max(ticket.known.urgency for ticket in story.tickets) == 3


@pytest.mark.parametrize(
    "cry",
    [
        "老爷子额头在流血，坐在台阶上",
        "保安室门口有个人满脸是血",
        "血顺着脸往下淌，谁有纱布",
        "老爸倒在厨房地上，叫他只会哼",
        "小太阳把被子点着了",
        "蚊香把窗帘烧着了 我在拿水泼",
        "坡道上有辆车溜下来了 把一个老头抵在墙上",
        "烧烤摊有个光膀子的 一手酒瓶一手提着刀 已经划到人了",
        "小魏前天还说活着没意思 现在门开着人不在 手机也打不通",
    ],
)
def test_blood_and_burning_things_are_seen(cry: str) -> None:
    story = Story()
    story.say("冬冬", cry)
    assert story.only.known.urgency == 3


@pytest.mark.parametrize(
    "talk",
    [
        ("晚上看中超", "对方门将被撞倒了 躺在地上起不来 担架都上来了"),
        ("来不来五排", "救命 下路三个人追我 快来"),
        ("我阑尾割完了 今天出院", "隔壁床那个大哥更惨 半夜疼得昏过去了"),
        ("昨天从海南自驾回来", "应急车道上一辆车烧得只剩架子 消防还在喷水"),
        ("婚礼真热闹", "伴郎一手捧花一手提着刀切蛋糕"),
        ("早高峰的地铁把我挤成一张纸", "昨天差点把人挤到门上"),
        ("孩子躺在客厅地上看电视", "叫了三遍不肯起来"),
        ("我喉咙废了", "合唱比赛喊得嗓子都劈了 话都说不出来"),
        ("周末在诸暨吃酒", "上个礼拜我们厂里有人手被机器夹了 送去医院 后来接上了"),
    ],
)
def test_matches_games_wards_and_roads_alarm_nobody(talk: tuple[str, ...]) -> None:
    story = Story()
    for number, text in enumerate(talk):
        story.say("甲乙丙"[number % 3], text)
    assert not story.tickets


@pytest.mark.parametrize("said", ["快点啊", "快点来修啊", "麻烦快点吧"])
def test_who_only_urges_cries_no_danger(said: str) -> None:
    story = Story()
    story.say("赵姐", said)
    assert not story.tickets
    story.say("赵姐", "1幢的路灯不亮了")
    story.work("收到", after=10)
    story.say("赵姐", said, after=2)
    assert story.only.known.urgency < 3
