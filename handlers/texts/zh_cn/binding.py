"""绑定群和绑定工作人员。"""

TEXTS: dict[str, str] = {
    "command.bind.help": "绑定：工作人员认领账号；绑定 3-2 或 绑定 阳光社区 工作群 是要一个绑群的链接",
    "audience.residents": "居民群",
    "audience.staff": "工作群",
    "bind.room_name": "{area}{audience}",
    "bind.room_done": "绑好了，这里是{room}。",
    "bind.person_done": "{name}，绑好了。发“今日”看今天的事，发“帮助”看都能做什么。",
    "bind.staff_room": "这里是{room}。新的诉求和催办会发到这里。这个群我看不到大家说的话，要办事请在民情应用里回我。",
    "bind.link": "把下面的链接发给群管理员，由他点开、选群，就绑成{room}了。{hours}小时内有效，只能用一次。\n{link}",
    "bind.hello": "您好，我是社区的小助手。住的地方有报修或难处，直接说哪里、怎么了就行。工作人员请发“绑定”。",
    "bind.known": "{name}，您好，账号已经绑好了。发“今日”看今天的事，发“帮助”看都能做什么。",
    "bind.known_resident": "{name}，您好。家里或小区有什么事，直接跟我说就行；发“我的”看办到哪一步了。",
    "bind.resident_done": "{name}，绑好了。以后有事直接跟我说，不用再写住址；办得怎么样，我也在这里告诉您。",
    "bind.kin_done": "绑好了。您可以替{name}报事、看进度、评价，有了回话我也告诉您。",
    "bind.ask_code": "请把绑定码发给我，就是网格员或社区给您的那串数字。没有的话，请向他们要一个。",
    "bind.nameless": "住户",
    "bind.code_wrong": "这个绑定码不对，可能是写错了、过期了，或者用过了。请核对一下，或者请网格员再给一个。",
    "bind.too_many_guesses": "绑定码错的次数多了，先停一停。请过{hours}小时再试，急的话请网格员帮您。",
    "bind.is_staff": "这个账号已经绑在{name}名下了。请让本人用自己的账号，把绑定码发给我。",
    "command.code.help": "绑定码 3-2-402 王秀英：给住户一个一次性的码，他发给我，账号就认得了；后面加“家属”是给子女的",
    "code.issued": (
        "{who}的绑定码：{code}\n请本人私聊我，或者关注公众号后，把这8位数字发给我。{hours}小时内有效，"
        "只能用一次，别发到群里。"
    ),
    "code.kin_issued": (
        "{who}的家属码：{code}\n请家属用自己的账号私聊我，把这8位数字发过来，就能替{name}报事、看进度、评价。"
        "{hours}小时内有效，只能用一次，别发到群里。"
    ),
    "code.staff_issued": (
        "{who}的绑定码：\n{code}\n请本人私聊我，发“绑定”加上面这一串。{hours}小时内有效，只能用一次，别发到群里。"
    ),
    "code.which": "是哪一位？",
    "code.how": "请写门牌和姓名，比如“绑定码 3-2-402 王秀英”。给子女的，后面加“家属”。",
    "code.in_private": "绑定码不能发在群里，请私聊我。",
    "code.no_door": "没找到“{door}”这一户。请写成 3-2-402 这样，或者直接写姓名。",
    "code.which_door": "“{door}”不止一户：{doors}。请写全一点。",
    "code.needs_name": "{door}还没有登记住户，请在后面写上姓名，比如“绑定码 {door} 王秀英”。",
    "code.nobody": "没找到“{name}”。请写门牌加姓名，比如“绑定码 3-2-402 {name}”。",
    "code.namesakes": "叫“{name}”的不止一位，请管理员用 minqing bind --person 来给码。",
    "code.staff": "他是工作人员，绑定码要由管他那一片的书记或管理员来给。",
    "bind.ask_phone": "请点下面的按钮，把您自己的手机号发给我，我和工作人员名单核对。",
    "bind.share_phone": "发送我的手机号",
    "bind.code_bad": "这个绑定链接不能用了，可能过期，也可能用过。请再要一个。",
    "bind.needs_code": "绑群要用一次性的链接。请社区书记私聊我，发“绑定”加片区名，比如“绑定 3-2”。",
    "bind.needs_admin": "绑群要由群管理员来点。匿名的管理员请先关掉匿名再点一次。",
    "bind.unchecked": "刚才没能核对您是不是群管理员，请过一会儿再点一次。",
    "bind.in_the_group": "这个链接是绑群用的，请点开后选要绑的群。",
    "bind.no_such_phone": "这个号码不在工作人员名单上。住户不用绑定，直接说哪里、怎么了就行。",
    "bind.which_area": "没找到“{text}”。请写片区的名字或编号，比如“绑定 3-2”，或者“绑定 阳光社区 工作群”。",
    "bind.several_areas": "“{text}”不止一处。请写全一点，比如“绑定 云栖里3-2”。",
}
