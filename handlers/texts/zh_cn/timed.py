"""到点提醒。只私聊，不进群。"""

TEXTS: dict[str, str] = {
    # a length of time, as settings write it
    "span.minute": "{amount}分钟",
    "span.minutes": "{amount}分钟",
    "span.hour": "{amount}小时",
    "span.hours": "{amount}小时",
    "span.duty_hour": "{amount}个值班小时",
    "span.duty_hours": "{amount}个值班小时",
    "span.working_day": "{amount}个工作日",
    "span.working_days": "{amount}个工作日",
    "span.same_day": "当天",
    "timed.nobody": "还没人接",
    "timed.first_reply.warning": (
        "{name}，{number} {summary}，{due}前要给人家回话，还没人接。能办就点“接单”，不归您管就点“转办”。"
    ),
    "timed.first_reply.overdue": (
        "{name}，{number} {summary}，说好{due}前回话，还没有回（{who}）。请您看一下，先给人家一句话。"
    ),
    "timed.solve.step_due": (
        "{name}，{number} {summary}，{due}前该到场或先处理一下，还没有新消息。有了进展，回“备注”加一句。"
    ),
    "timed.solve.solve_warning": (
        "{name}，{number} {summary}，{due}到期，还没有新消息。办好了，回“办好了”加一句怎么办的；"
        "办不下来，到期前回“上报”加原因，不算超时。"
    ),
    "timed.solve.solve_due": (
        "{name}，{number} {summary}，{due}到期了。办好了，回“办好了”加一句怎么办的；办不下来，回“上报”加原因。"
    ),
    "timed.solve.overdue": "{name}，{number} {summary}，{due}到期，还没办好（{who}）。请您问一下卡在哪里。",
    "timed.upper": "{name}，{number} {summary}，{at}转到{to}，过了{within}还没人接。请您问一下，或者另外定人。",
    "timed.held.head": "{name}，早上好。昨天没来得及提醒您的：",
    "timed.held.also": "还有几件之前没来得及提醒：",
    "timed.held.first": "{number} {summary}，{due}前要给人家回话",
    "timed.held.first_late": "{number} {summary}，说好{due}回话，还没有回",
    "timed.held.solve": "{number} {summary}，{due}到期",
    "timed.held.solve_late": "{number} {summary}，{due}到期，还没办好",
    "timed.held.upper": "{number} {summary}，转过去还没人接",
    "timed.callback": (
        "{name}，请给{reporter}打个电话问问：{place}，{summary}（{number}）{phone}\n"
        "当时说办好了：{result}\n打完点一下；也可以回“回访 {number} 1”加一句原话。"
    ),
    "timed.callback.emergency": (
        "{name}，昨天的急事，请给{reporter}打个电话，问问人好不好：{place}，{summary}（{number}）{phone}\n"
        "当时：{result}\n打完点一下；也可以回“回访 {number} 1”加一句原话。"
    ),
    "timed.ladder.call": (
        "【急】{number} {place}\n{summary}\n{at}说的，还没有人接。能去的请马上点“接单”。该打110、119、120的，先打电话。"
    ),
    "timed.ladder.ring": "民情急事{number}，{category}，{place}，一直没人接。请马上看手机里的消息，能去的点接单。",
    "timed.ladder.news": "{name}，{number} {summary}，现在怎么样了？回“备注”加一句；人都安全了，回“办结”加一句。",
    "timed.rating.reminder": (
        "{name}，{matter}办好了（{number}）：{result}您看怎么样？\n"
        "回 1 好了，满意　2 好了，一般　3 还没好\n没空回也没关系，不再问了。"
    ),
}
