"""Violence and neglect at home as neighbours fear it and victims whisper it; and what only sounds like it."""

from __future__ import annotations

import pytest

from nlu.normalize import fold
from nlu.reader import Reader
from nlu.urgency import mistreated


@pytest.mark.parametrize(
    "told",
    [
        "怀疑我邻居打老婆，天天晚上哭喊",
        "怀疑楼上虐待孩子",
        "老头子被儿子打了，身上都是伤",
        "她被老公打得鼻青脸肿",
        "302那家的孩子身上青一块紫一块",
        "老人没饭吃，儿子不管",
        "婆婆被儿子赶出来了",
        "隔壁老太太被儿子关在门外",
        "老公说要杀我",
        "我怕他回来打我",
        "电梯里有人摸我女儿",
        "我儿子在学校被同学打了，脸都肿了",
        "我嫂子好像不给他饭吃，一个人在家",
        "妈妈不高兴就不给我吃饭",
        "爸爸又把我关在阳台上了",
        "老公把门反锁了去上班，我带着娃天天出不去",
        "我儿子有病，犯起来就打我",
        "老头子打了我四十年了",
        "他说我敢离婚就杀我全家",
        "我身上都是青的，不敢出门",
        "我妈被我弟媳妇打了，麻烦去看看",
        "懷疑樓上虐待孩子",
        "隔壁已经不是第一次打老婆了，今天又打，狗都吓得叫",
        "3幢那个儿子要不到钱又打他妈，老太太脸上都是伤",
        "5幢那个老太太又被儿媳妇赶出来了，坐在楼下哭，钱也没有",
        "3幢2单元502那个男的已经把老婆打得送医院了",
        "有个老头在滑梯那边摸小女孩，家长注意，已经看到两次了",
        "501又在打老婆，她在哭，能听见摔东西",
        "他说要弄死我全家，发了刀的照片",
    ],
)
def test_it_is_reported(told: str, reader: Reader) -> None:
    reading = reader.read(told)
    assert mistreated(fold(told))
    assert reading.report
    assert reading.urgency >= 2


def test_a_threat_to_kill_now_is_an_alarm(reader: Reader) -> None:
    assert reader.read("他要杀我").urgency == 3


def test_it_is_no_repair(reader: Reader) -> None:
    assert reader.read("3幢那个儿子要不到钱又打他妈，老太太脸上都是伤").category == "public_security"


@pytest.mark.parametrize("told", ["有人要砍我们小区的树", "有人要砍我们楼下的香樟树，管不管", "他要砍我家门口的树"])
def test_who_fells_a_tree_threatens_nobody(told: str, reader: Reader) -> None:
    assert reader.read(told).urgency < 2


@pytest.mark.parametrize(
    "told",
    [
        "我妈天天打麻将",
        "老公打我电话没接到",
        "孩子被他妈打了一顿，作业没写",
        "老公要砍我三块钱",
        "怕她打我小报告",
        "昨晚那个电视剧里儿媳妇打老人",
        "小时候我妈天天打我",
        "哈哈 老公知道了要杀我",
        "他老是打我家孩子的主意，要收去学武术",
        "爷爷饿着肚子等你放学呢",
        "老师摸了摸孩子的头",
        "孩子被同学打败了，跳绳比赛第二",
        "打不通物业就打我，我知道师傅家",
        "对面工地的灯照进孩子房间",
        "宝宝睡着了老是打我",
        "门反锁了，风吹的，出不去",
        "奶奶不给我吃糖",
        "孤寡老人老陈没饭吃 谁能给社区说一声",
        "邻居那个打老婆的，法院给了保护令",
        "有人要砍我们小区的树",
        "他说要砍我们门口的桂花树",
        "奶奶把自己锁在门外了，谁有开锁电话",
        "老人家被锁在门外了，钥匙忘带了",
        "爷爷不小心关在阳台了，门把手坏了",
        "老太太让儿子打个电话来问社保",
        "奶奶让女婿打印材料",
        "有人天天打老人的电话推销保健品",
        "有人天天打老人家电话推销保健品",
        "孩子被老师打了零分",
        "担心他再来打我们的车位主意",
        "有人虐待流浪动物",
        "老师脱了孩子的外套",
        "邻居天天打她家的狗",
        "老妈被反锁在阳台，已经从隔壁翻过来开了",
        "昨天斗地主把老婆打得落花流水",
    ],
)
def test_talk_stays_talk(told: str) -> None:
    assert not mistreated(fold(told))
