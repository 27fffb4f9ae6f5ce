"""自己的信息：看、改、删。"""

TEXTS: dict[str, str] = {
    "command.mydata.help": "我的信息：看看我这里记了您什么（私聊才说）",
    "command.correct.help": "更正 电话 13800001234：记错了改过来；名字、门牌或别的，写上哪里不对，社区来核对",
    "command.erase_me.help": "删除我的信息：把跟您有关的删掉，删之前会再问您一次",
    "own.head": "我这里记着您的这些：",
    "own.account": "账号：{name}（共{count}个）",
    "own.name": "姓名：{name}",
    "own.phone": "电话：{phone}",
    "own.no_phone": "电话：没有记",
    "own.door": "门牌：{door}",
    "own.unbound": "姓名、电话、门牌：没有记",
    "own.posts": "岗位：{posts}",
    "own.post": "{area}{role}",
    "own.role.resident": "住户",
    "own.role.grid_worker": "网格员",
    "own.role.property_duty": "物业值班",
    "own.role.community_staff": "社区工作人员",
    "own.role.secretary": "书记",
    "own.role.department": "部门",
    "own.role.street_duty": "街道值班",
    "own.role.district_admin": "管理员",
    "own.kin": "您替这几位报事：{names}",
    "own.tickets": "您反映的事：{count}件（{numbers}），{open}件还在办",
    "own.no_tickets": "您反映的事：没有",
    "own.visits": "上门看望：{count}次",
    "own.consent": "您{month}月{day}日同意过登记家里的情况",
    "own.consent_health": "身体情况：有记录，您{month}月{day}日同意的。内容请问网格员",
    "own.lines": "平常说的话：没登记成事的，{hours}小时后删掉",
    "own.opted_in": "不记我：没开。发“不记我”，以后您在群里说的话就不记了",
    "own.opted_out": "不记我：开着",
    "own.foot": "哪里不对，发“更正”加上对的；要删，发“删除我的信息”。",
    "own.correct.how": (
        "请写上哪里不对，比如“更正 电话 13800001234”“更正 姓名 王秀英”。门牌要改，由网格员核对后给您发绑定码。"
    ),
    "own.correct.phone": "改好了，您的电话记为{phone}。",
    "own.correct.name": "改好了，您的姓名记为{name}。",
    "own.correct.asked": (
        "{name}{door}说档案里记的不对：“{words}”。请核对后改好，再告诉本人一声。门牌变了的，改好以后给他发绑定码。"
    ),
    "own.correct.door": "（{door}）",
    "own.correct.told": "好的，已经转给社区的{worker}核对，改好了会告诉您。",
    "own.correct.nobody": "现在没有人能接这件事，请直接联系社区。",
    "own.nobody": "居民",
    "own.erase.staff": "您是工作人员，姓名和岗位由社区管着，这里删不了。离岗以后，请书记或管理员来删。",
    "own.erase.open": (
        "您还有没办完的事：{numbers}。办完了，或者不用办了回“撤回 {example}”，再来删，免得没人跟您联系。"
    ),
    "own.erase.sure": (
        "删掉以后找不回来。要删的：账号名、姓名、电话、绑定的门牌、您说过的话和发过的照片、身体情况。\n"
        "留下的：办过哪些事、在哪里、什么时候办好，不写您是谁；居民档案上的姓名和门牌归社区管，要删请找社区。\n"
        "确定要删，点一下，或者回“删除我的信息 确认”。"
    ),
    "own.erase.button": "确定，删掉",
    "own.erase.blank": "（本人要求删除）",
    "own.erase.done": "删好了。这个聊天里已经显示的，请您自己删。以后有事，照样可以找我。",
    "own.erase.done_silent": (
        "删好了，只留着“不记我”这一条，好让我认得出来，不去记您的话。这个聊天里已经显示的，请您自己删。"
    ),
}
