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
