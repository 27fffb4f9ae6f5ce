"""Where no bot listens: what workers hand in, orders of other systems, group sends that somebody must confirm."""

TEXTS: dict[str, str] = {
    # what a worker pasted or photographed
    "handed.head": "Found {count} to register:",
    "handed.nothing": "Nothing in it reads like a report. If it is one, press: all of it becomes one ticket.",
    "handed.photo_ask": "The photo has arrived.",
    "handed.photo": "What the photo shows",
    "handed.row": "{n}. {text}",
    "handed.place": " ({place})",
    "handed.by": ", said by {name}",
    "handed.others": ", {count} more say so",
    "handed.unsure": " - not sure of this one",
    "handed.known": " - looks like {number}, which is registered already: pressing adds it there",
    "handed.rest": "{count} other lines were left out.",
    "handed.press": "Press to register; without it nothing is registered.",
    "handed.button.one": "Register",
    "handed.button.nth": "Register {n}",
    "handed.button.all": "Register all",
    "handed.again": "Registered already: {number}.",
    "handed.gone": "This one is no longer here; it may have expired. Please paste it again.",
    "handed.no_paste": (
        "{number} is with those who deal with such matters. Please do not mention it in the group, or to anybody else."
    ),
    "handed.it": "this",
    "handed.paste_both": "{name}, what you told us ({what}) is registered as {number}. News will be told here.",
    # how it ended, to whom reported it for somebody
    "handed.done": "{number} is done: {result} Please pass it on:\n{line}",
    "handed.done_line": "{name}{matter} is done ({number}): {result}",
    "handed.done_name": "{name}, what you told us: ",
    "handed.matter": "it",
    "handed.done_ask": "Ask how it is and answer 1 good  2 fair  3 not yet\nIf you cannot ask, do nothing.",
    "handed.rated.thanks": "Noted; thank you for asking.",
    "handed.rated.again": "Noted. {worker} has been asked to go again, with an answer by {due}. Please pass it on.",
    # orders of other systems
    "orders.bare": "No words; see the photos and the place",
    "orders.phone": "Phone: {phone}",
    "orders.solved": "Solved in 政民沟通",
    # 群发
    "command.broadcast.help": (
        "broadcast - #broadcast and a text for residents' WeChat groups; sent when the workers confirm it in "
        "WeCom. Alone: what became of the last ones (群发)"
    ),
    "command.broadcast.sure": (
        "Send “{words}” to residents' groups? Press if so. It still waits for the grid worker to confirm in WeCom."
    ),
    "command.broadcast.sure_button": "Yes, send it",
    "broadcast.off": "Group sends are not switched on; please ask whoever runs this machine.",
    "broadcast.long": "That is too long: a group send has at most {most} characters.",
    "broadcast.nobody": (
        "No grid worker of your area has a WeCom account bound here, so nobody can send to residents' groups."
    ),
    "broadcast.waiting": (
        "The task is made, and nothing has been sent yet. It goes to the residents' groups when {names} confirm it in "
        "WeCom. A group gets at most {monthly} a month."
    ),
    "broadcast.full": "{names} had {monthly} this month already: no task was made.",
    "broadcast.none": "Nothing has been sent to groups yet.",
    "broadcast.row.waiting": '{time} "{text}" waits for {name}, not sent yet',
    "broadcast.row.partly": '{time} "{text}" confirmed by {name}: sent to {sent} groups, {missed} missed',
    "broadcast.row.sent": '{time} "{text}" confirmed by {name}: sent to {sent} groups',
    "broadcast.row.unknown": '{time} "{text}" got no answer from WeCom: {name} may find it there to confirm',
    "broadcast.row.refused": '{time} "{text}" was refused by WeCom and not sent',
}
