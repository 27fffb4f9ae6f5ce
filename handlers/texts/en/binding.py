"""Binding groups and staff."""

TEXTS: dict[str, str] = {
    "command.bind.help": "bind - staff: make this account yours; bind 3-2 gives a link for binding a group (绑定)",
    "command.leave_group.help": "leave_group - for admins of a group: I say what is kept, and leave (退群)",
    "leave.goodbye": (
        "All right, I am leaving and will hear nothing here from now on. Talk that became no report is deleted; "
        "reports and what was done about them stay with the community, where you can ask to see, correct or erase "
        "yours. If I am still in the group, please remove me. Thank you all."
    ),
    "leave.thrown_out": (
        "I was taken out of: {rooms}. I hear nothing there any more, what waited to be sent there is not sent, and "
        "talk that became no report is deleted; reports go on as before. To have me back, add me to the group and "
        "bind it anew: send me bind in private."
    ),
    "leave.refused": (
        "I cannot write into this group any more: {rooms}. The platform says that it was dissolved, or that I am no "
        "longer in it. What waited to be sent there is not sent, and talk that became no report is deleted; reports go "
        "on as before. To go on with a group, please bind one anew."
    ),
    "leave.in_the_group": "Please say #leave_group in the group that I should leave.",
    "leave.unchecked": (
        "I cannot tell whether you run this group. Please say #leave_group under your own name as an admin, or "
        "remove me from the group."
    ),
    "leave.needs_admin": (
        "One of the group's admins has to say #leave_group, or remove me. If you only want me not to keep what you "
        "say, send #forget_me."
    ),
    "audience.residents": " residents' group",
    "audience.staff": " staff group",
    "bind.room_name": "{area}{audience}",
    "bind.room_done": "Bound: this is the {room}.",
    "bind.person_done": ('{name}, your account is set up. Send "today" for today\'s list, "help" for what you can do.'),
    "bind.staff_room": (
        "This is the {room}. New matters and reminders come here. I cannot read what is said in this group: to act "
        "on something, answer me in the app."
    ),
    "bind.link": (
        "Send this link to an admin of the group. Once they open it and choose the group, it becomes the {room}. "
        "Good for {hours} hours, one use only.\n{link}"
    ),
    "bind.hello": (
        "Hello, I am the community's assistant. If something is wrong where you live, just say where and what. "
        'Staff, please send "bind".'
    ),
    "bind.known": (
        'Hello {name}, your account is set up already. Send "today" for today\'s list, "help" for what you can do.'
    ),
    "bind.known_resident": 'Hello {name}. Just tell me what is wrong; "mine" shows how far your reports have got.',
    "bind.resident_done": (
        "{name}, your account is set up. From now on just tell me what is wrong, without your address; I will "
        "answer you here."
    ),
    "bind.kin_done": (
        "Done. You can report for {name}, see how far things have got and rate them. News of what {name} reported goes "
        "to {name}, and to you where no account there can be written to."
    ),
    "bind.ask_code": (
        "Please send me your code, the digits that your grid worker or the community gave you. If you have none, "
        "ask them for one."
    ),
    "bind.needs_staff": (
        "This group has to be set up by a member of staff, and your account is not known yet. Please ask the "
        "community to enter your WeCom account in the staff list."
    ),
    "bind.line": (
        "Say this line in the group, and it becomes the {room}. Good for {hours} hours, one use only.\n{link}"
    ),
    "aibot.hello": (
        "Hello, I am the assistant of {name}. Mention me in the group to report, take or finish something; 'help' "
        "says more."
    ),
    "aibot.wait": "One moment, looking at it.",
    "aibot.nothing": "Seen.",
    "shown.photo": "(photo: {link})",
    "shown.voice": "(voice message: {link})",
    "shown.video": "(video: {link})",
    "shown.file": "(file: {link})",
    "shown.not": "(attachments that cannot be shown here: {count})",
    "bind.nameless": "a resident",
    "bind.code_wrong": (
        "That code is not right: mistyped, expired or used already. Please check it, or ask your grid worker for "
        "another."
    ),
    "bind.too_many_guesses": "Too many wrong codes. Please try again in {hours} hours, or ask your grid worker.",
    "bind.is_staff": "This account belongs to {name}. The code has to be sent from the resident's own account.",
    "bind.kin_own": "You made this code yourself. If you are a relative of theirs, let a colleague make one for you.",
    "command.code.help": (
        "code 3-2-402 王秀英 - a one-time code by which a resident sets up an account; with kin after it for a "
        "relative (绑定码)"
    ),
    "code.issued": (
        "Code for {who}: {code}\nTo be sent to me in private from the resident's own account: just these 8 digits. "
        "Good for {hours} hours, one use only. Please do not post it in a group."
    ),
    "code.kin_issued": (
        "Code for a relative of {who}: {code}\nTo be sent to me in private from the relative's own account: just "
        "these 8 digits. It can then report for {name}, see how far things have got and rate them. Good for "
        "{hours} hours, one use only. Please do not post it in a group."
    ),
    "code.staff_issued": (
        'Code for {who}:\n{code}\nTo be sent to me in private after the word "bind". Good for {hours} hours, one '
        "use only. Please do not post it in a group."
    ),
    "code.which": "Who is meant?",
    "code.how": 'Please give door and name: "code 3-2-402 王秀英"; with kin after it for a relative.',
    "code.in_private": "Codes do not belong in a group: please write to me in private.",
    "code.no_door": '"{door}" was not found. Please write it like 3-2-402, or give the name alone.',
    "code.which_door": '"{door}" is more than one door: {doors}. Please write it in full.',
    "code.needs_name": 'Nobody is on file at {door}: please add the name, "code {door} 王秀英".',
    "code.nobody": '"{name}" was not found. Please give the door as well: "code 3-2-402 {name}".',
    "code.namesakes": (
        'There is more than one "{name}": please ask whoever runs this machine for a code (minqing bind --person).'
    ),
    "code.staff": (
        "That is a member of staff: the code has to come from the secretary or admin who manages their area."
    ),
    "bind.ask_phone": (
        "Please press the button below to send me your own phone number; I will check it against the staff list."
    ),
    "bind.share_phone": "Send my phone number",
    "bind.code_bad": "This link no longer works: it has expired or was used. Please ask for another.",
    "bind.needs_code": (
        'A group is bound with a one-time link. The community\'s secretary gets one by sending me "bind 3-2" in '
        "private."
    ),
    "bind.needs_manager": (
        'Groups are bound by the community\'s secretary or a district admin: ask them to send me "bind" and the '
        'area in private, for example "bind 3-2".'
    ),
    "bind.no_need": (
        'Binding groups is for staff. If you are staff, first send "bind" alone, so that I know you; to report '
        "something, just say where and what is wrong."
    ),
    "bind.needs_admin": "Only an admin of the group can bind it. Anonymous admins, please stop being anonymous first.",
    "bind.unchecked": (
        "I could not check just now whether you are an admin of the group. Please try again in a little while."
    ),
    "bind.in_the_group": "This link is for binding a group: open it and choose the group.",
    "bind.no_such_phone": (
        "This number is not on the staff list. If you are staff, ask the community to check the number there; "
        "residents need no binding: just say what is wrong."
    ),
    "bind.not_own_phone": (
        'That is not your own number. Staff, send "bind" and press the button to send your own; residents need no '
        "binding: just say what is wrong."
    ),
    "bind.which_area": '"{text}" was not found. Please give the name or code of an area: "bind 3-2".',
    "bind.several_areas": 'There is more than one "{text}". Please write it in full: "bind 云栖里3-2".',
}
