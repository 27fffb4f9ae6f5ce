"""What the reporter is told alone: noted, taken, done or not, thanks for his word on it."""

TEXTS: dict[str, str] = {
    "private.opened": (
        "收到，{heard}已登记（{number}），只有负责的人看得到。最晚{due}前有人跟您联系。要是记错了，回“不是报事”就行。"
    ),
    "private.noted": "收到，{heard}已登记（{number}）。最晚{due}前有人回话。要是记错了，回“不是报事”就行。",
    "private.joined": "收到，这件事已经登记过（{number}），把您也算上了。要是不是一回事，请再说说哪里、怎么了。",
    "private.ask_where": "您说的{thing}在几幢几单元？回“3-2”就行，发语音也可以。",
    "private.ask_where.village": "您说的{thing}在哪里？回“3组12号”就行，发语音也可以。",
    "private.taken": "{matter}（{number}），{worker}已经接了。最晚{due}给您回话。",
    "private.done": (
        "{name}，{matter}办好了（{number}）：{result}您看怎么样？\n"
        "回 1 好了，满意　2 好了，一般　3 还没好\n没空回也没关系。"
    ),
    "private.done_told": "{name}，{matter}办好了（{number}）：{result}",
    "private.extended": "{matter}（{number}）要晚一些：{reason}。改到{due}前给您回话，请您谅解。",
    "private.impossible": (
        "{name}，{what}（{number}），社区书记看过了，客观上办不了：{result}对不起。"
        "您要是觉得还有办法，回“重办 {number}”加一句就行。"
    ),
    "private.ended_along": (
        "{name}，{matter}和另一件合在一起办，那一件报的人说不用办了。您这边要是还没好，回“重办 {number}”加一句就行。"
    ),
    "private.rejected_along": (
        "{name}，{matter}和另一件合在一起办，那一件看过了，说不用办。您这边要是还没好，回“重办 {number}”加一句就行。"
    ),
    "rated.thanks": "谢谢您告诉我们，记下了。再有事，直接说一声就行。",
    "rated.again": "对不起，没给您办好。已请{worker}再去看，社区也会盯着，{due}前给您回话。",
    "sensitive.reporter": ("收到。已经请专门的同事来帮您，别人看不到。要是现在有危险，先到安全的地方，打110。"),
}
