"""Where no bot listens: what workers hand in, orders of other systems, group sends that somebody must confirm."""

TEXTS: dict[str, str] = {
    # what a worker pasted or photographed
    "handed.head": "看出{count}件事：",
    "handed.nothing": "没看出要办的事。要是该登记，点一下，整段记成一件。",
    "handed.photo_ask": "照片收到了。",
    "handed.photo": "照片反映的事",
    "handed.row": "{n}. {text}",
    "handed.place": "（{place}）",
    "handed.by": "，{name}说的",
    "handed.others": "，另有{count}人也这么说",
    "handed.unsure": "。这件拿不准",
    "handed.known": "。像是已经登记的{number}，点了就记到那件上",
    "handed.rest": "另外{count}句没算进去。",
    "handed.press": "要登记就点一下，不点就不登记。",
    "handed.button.one": "登记",
    "handed.button.nth": "登记{n}",
    "handed.button.all": "全部登记",
    "handed.again": "已经登记过了：{number}。",
    "handed.gone": "没找到这一条，可能过了时间。请再贴一次。",
    "handed.no_paste": "{number}已经交给专门的同事。这件事别在群里回，也别跟别人提。",
    "handed.it": "这件事",
    "handed.paste_both": "{name}，您说的{what}，已登记（{number}）。有进展在这里回话。",
    # how it ended, to whom reported it for somebody
    "handed.done": "{number}办好了：{result}请转告一声：\n{line}",
    "handed.done_line": "{name}{matter}办好了（{number}）：{result}",
    "handed.done_name": "{name}，您说的",
    "handed.matter": "那件事",
    "handed.done_ask": "听听怎么说，回 1 好了，满意　2 好了，一般　3 还没好\n没问到不用回。",
    "handed.rated.thanks": "记下了，谢谢您跑这一趟。",
    "handed.rated.again": "记下了。已请{worker}再去看，社区也会盯着，{due}前回话，请转告一声。",
    # orders of other systems
    "orders.bare": "没有文字，请看照片和位置",
    "orders.phone": "联系电话：{phone}",
    "orders.solved": "政民沟通里已经办结",
    # 群发
    "command.broadcast.help": (
        "群发：“#群发 周六停水，请先接好水”，交给网格员在企业微信里确认，确认后才发到居民群；单说“群发”看结果"
    ),
    "command.broadcast.sure": "要把“{words}”发到居民群吗？要发就点一下。点了也要等网格员在企业微信里确认。",
    "command.broadcast.sure_button": "要发",
    "broadcast.off": "群发还没有开通，请管机器的同事看一下。",
    "broadcast.long": "太长了，群发一次最多{most}个字，请分开说。",
    "broadcast.nobody": "您这里还没有绑定企业微信的网格员，没有人能发到居民群。",
    "broadcast.waiting": (
        "群发任务建好了，还没有发出去。要等{names}在企业微信里点确认，才会发到居民群。每个群一个月最多收{monthly}次。"
    ),
    "broadcast.full": "{names}这个月已经满{monthly}次，没有再建。",
    "broadcast.none": "还没有群发过。",
    "broadcast.row.waiting": "{time} “{text}” 等{name}确认，还没发",
    "broadcast.row.partly": "{time} “{text}” {name}已确认，发到{sent}个群，{missed}个群没发到",
    "broadcast.row.sent": "{time} “{text}” {name}已确认，发到{sent}个群",
    "broadcast.row.unknown": "{time} “{text}” 企业微信没有回音，请{name}看看有没有要确认的群发",
    "broadcast.row.refused": "{time} “{text}” 企业微信没收下，没有发",
}
