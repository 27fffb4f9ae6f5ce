"""What the listener says beside the cards."""

TEXTS: dict[str, str] = {
    "listening.joined": (
        "大家好，我是社区的小助手。群里说到的报修和难处，我会登记下来交给网格员；别的话{hours}小时后就忘掉，"
        "不另外保存。不想被记录，发“不记我”就行。急事请直接打110、119、120。"
    ),
    "listening.joined_unbound": (
        "大家好，我是社区的小助手。这个群还没绑好，现在说的话我不听也不记，绑好了再跟大家说。急事请直接打110、119、120。"
    ),
    # in private, to what became nothing
    "aside.greeting": (
        "您好，我是{office}的小助手。家里、小区有什么事，直接说哪里、怎么了就行，发语音、照片也可以。"
        "不知道怎么用，发“帮助”{phone}。"
    ),
    "aside.greeting_staff": "{name}，您好。“我的”看手上的事，“今日”看今天的安排，“帮助”看都能做什么。",
    "aside.thanks": "不客气。再有事，直接说一声就行。",
    "aside.figure": "现在没有等您回数字的事。有事直接说哪里、怎么了就行；想看办到哪一步，发“我的”。",
    "aside.figure_staff": "现在没有等您回数字的事。要说哪一件，带上编号，比如“办结 128 换了灯泡”；发“我的”看手上的事。",
    "aside.photo": "照片收到了，我看不出是什么事。请说一句哪里、怎么了，我来登记{phone}。",
    "aside.voice": "语音收到了，我听不出里面说的话。请写一句哪里、怎么了，几个字就行{phone}。",
    "aside.place": "位置收到了。请再说一句是什么事，我来登记{phone}。",
    "aside.unclear": "我没听明白。要反映事情，请说哪里、怎么了；想看办到哪一步，发“我的”{phone}。",
    "aside.noted": "记到{number}里了，经办的人看得到。要是另一件事，跟他说一声，他会分开登记。",
    "aside.phone": "，也可以打{phone}",
    "listening.which": "您说的是哪一件？点一下，或者回编号。",
    "listening.is_it": "您说的是{what}吗？是就点一下，不是就不用管。",
    "listening.where_is_danger": "打了电话，再回我一句是哪个小区、几幢几单元，我马上通知值班的人。",
    "listening.where_do_you_live": (
        "您是哪个小区的？先在楼群里说一声，或者把小区和楼号一起发来，我好转给您那边的网格员。"
    ),
    "listening.opinion.report": "自动复核：像是报事，已登记",
    "listening.opinion.nothing": "自动复核：不像报事，已撤掉",
    "read_out.photo": "照片上的字：{words}",
    "listening.verb.claim": "接单",
    "listening.verb.done": "办结",
    "listening.verb.escalate": "上报",
    "listening.verb.transfer": "转办",
    "listening.verb.rate": "评价",
    "listening.verb.withdraw": "撤回",
    "listening.verb.reopen": "重办",
    "listening.verb.reject": "不是报事",
    "listening.verb.correct_category": "改类",
}
