"""What is kept of oneself: shown, put right, erased."""

TEXTS: dict[str, str] = {
    "command.mydata.help": "mydata - what is kept of me, told in private (我的信息)",
    "command.correct.help": (
        "correct phone 13800001234 - what is kept of me is wrong; name, door or anything else: say what, staff check "
        "it (更正)"
    ),
    "command.erase_me.help": "erase_me - delete what leads to me; you are asked once more before (删除我的信息)",
    "own.head": "This is what I keep of you:",
    "own.account": "Account: {name} (accounts: {count})",
    "own.name": "Name: {name}",
    "own.phone": "Phone: {phone}",
    "own.no_phone": "Phone: not kept",
    "own.door": "Door: {door}",
    "own.unbound": "Name, phone, door: not kept",
    "own.posts": "Posts: {posts}",
    "own.post": "{role}, {area}",
    "own.role.resident": "resident",
    "own.role.grid_worker": "grid worker",
    "own.role.property_duty": "property duty",
    "own.role.community_staff": "community staff",
    "own.role.secretary": "secretary",
    "own.role.department": "department",
    "own.role.street_duty": "street duty",
    "own.role.district_admin": "administrator",
    "own.kin": "You report for: {names}",
    "own.tickets": "What you reported: {count} ({numbers}), of which {open} still open",
    "own.no_tickets": "What you reported: nothing",
    "own.visits": "Visits to you: {count}",
    "own.consent": "You agreed on {day}/{month} that your household is on file",
    "own.consent_health": "Health: noted, you agreed on {day}/{month}. Ask the grid worker what it says",
    "own.lines": "Talk: what became nothing is deleted after {hours} hours",
    "own.opted_in": "forget_me: off. Send “forget_me” and what you say in groups is no longer kept",
    "own.opted_out": "forget_me: on",
    "own.foot": "If something is wrong: “correct” and what is right. To delete it: “erase_me”.",
    "own.correct.how": (
        "Please say what is wrong: “correct phone 13800001234”, “correct name Wang Xiuying”. A door is changed by the "
        "grid worker, who checks it and gives you a code."
    ),
    "own.correct.phone": "Done: your phone is now {phone}.",
    "own.correct.name": "Done: your name is now {name}.",
    "own.correct.asked": (
        "{name}{door} says that what is on file is wrong: “{words}”. Please check it, put it right and tell them. "
        "Where the door changed, give them a code afterwards."
    ),
    "own.correct.door": " ({door})",
    "own.correct.told": "{worker} of the community will check it and tell you when it is right.",
    "own.correct.nobody": "Nobody can be asked just now; please turn to the community office.",
    "own.nobody": "resident",
    "own.erase.staff": (
        "You are staff: your name and posts are kept by the community and cannot be deleted here. Once you have left, "
        "ask the secretary or the administrator."
    ),
    "own.erase.open": (
        "Something you reported is still open: {numbers}. When it is done, or no longer needed (“withdraw "
        "{example}”), "
        "ask again; else nobody could reach you."
    ),
    "own.erase.sure": (
        "What is deleted cannot be brought back. Deleted: account name, name, phone, the door you are bound to, what "
        "you said and sent, notes on health.\n"
        "What stays: what was done where and when, without saying who you are; name and door in the household file "
        "belong to the community, ask there.\n"
        "If you are sure, press, or reply “erase_me yes”."
    ),
    "own.erase.button": "Yes, delete it",
    "own.erase.blank": "(deleted at the request of the person)",
    "own.erase.done": (
        "Deleted. What this chat shows already you can delete yourself. If anything comes up, write to me as before."
    ),
    "own.erase.done_silent": (
        "Deleted, all but “forget_me”: by it I know not to keep what you say. What this chat shows already you can "
        "delete yourself."
    ),
}
