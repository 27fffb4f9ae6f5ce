"""What the listener says beside the cards."""

TEXTS: dict[str, str] = {
    "listening.joined": (
        "大家好，我是社区的小助手。群里说到的报修和难处，我会登记下来交给网格员；"
        "没登记的话{hours}小时后就忘掉，不另外保存。不想被记录，发“不记我”就行。急事请直接打110、119、120。"
    ),
    "listening.which": "您说的是哪一件？点一下，或者回编号。",
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
