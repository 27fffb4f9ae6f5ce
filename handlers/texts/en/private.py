"""What the reporter is told alone: noted, taken, done or not, thanks for his word on it."""

TEXTS: dict[str, str] = {
    "private.opened": (
        "Noted: {heard}({number}); only those responsible can see it. Somebody will contact you by {due}. If I got "
        "that wrong, reply “不是报事”."
    ),
    "private.noted": (
        "Noted: {heard}({number}). You will hear back by {due} at the latest. If I got that wrong, reply “不是报事”."
    ),
    "private.joined": (
        "Noted: this has been reported already ({number}), and you are counted in. If it is something else, say "
        "where and what."
    ),
    "private.ask_where": (
        "Which building and entrance do you mean by “{thing}”? “3-2” is enough, a voice message will do."
    ),
    "private.ask_where.village": "Where is “{thing}”? “3组12号” is enough, a voice message will do.",
    "private.taken": "{matter} ({number}): {worker} has taken it. You will hear back by {due} at the latest.",
    "private.done": (
        "{name}, {matter} is done ({number}): {result} How is it now?\nReply 1 done, good; 2 done, fair; 3 not "
        "yet\nNo answer is fine too."
    ),
    "private.done_told": "{name}, {matter} is done ({number}): {result}",
    "private.extended": (
        "{matter} ({number}) will take longer: {reason}. You will hear back by {due}; thank you for your patience."
    ),
    "private.impossible": (
        "{name}, about {what} ({number}): the secretary has looked at it, and it cannot be done: {result} We are "
        "sorry. "
        "If you see a way, reply “reopen {number}” and a few words."
    ),
    "private.ended_along": (
        "{name}, {matter} was dealt with together with another report, and whoever made that one no longer needs "
        "it. If it is still not right for you, reply “reopen {number}” and a few words."
    ),
    "private.rejected_along": (
        "{name}, {matter} was dealt with together with another report, and that one was found to need nothing done. "
        "If it is not right for you yet, reply “reopen {number}” and a few words."
    ),
    "rated.thanks": "Thank you for telling us. If anything comes up again, just say so.",
    "rated.again": (
        "We are sorry it is not right yet. {worker} will look again and the community will keep an eye on it; you "
        "will hear back by {due}."
    ),
    "sensitive.reporter": (
        "Noted. The right colleague has been asked to help you; nobody else can see this. If you are in danger now, go "
        "somewhere safe first and call 110."
    ),
}
