"""Where no bot listens: what workers hand in, orders of other systems, group sends that somebody must confirm."""

TEXTS: dict[str, str] = {
    # what a worker pasted or photographed
    "handed.head": "Found {count} to register:",
    "handed.nothing": "Nothing in it reads like a report. If it is one, press: all of it becomes one ticket.",
    "handed.photo_ask": "The photo is here.",
    "handed.photo": "What the photo shows",
    "handed.row": "{n}. {text}",
    "handed.place": " ({place})",
    "handed.by": ", said by {name}",
    "handed.others": ", {count} more say so",
    "handed.unsure": " - not sure of this one",
    "handed.known": " - looks like {number}, which is registered already: pressing adds it there",
    "handed.and": ", ",
    "handed.rest": "{count} other lines were left out.",
    "handed.press": "Press to register; without it nothing is registered.",
    "handed.button.one": "Register",
    "handed.button.nth": "Register {n}",
    "handed.button.all": "Register all",
    "handed.again": "Registered before: {number}.",
    "handed.gone": "This one is not here any more; it may have run out. Please paste it again.",
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
}
