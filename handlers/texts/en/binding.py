"""Binding groups and staff."""

TEXTS: dict[str, str] = {
    "command.bind.help": "bind - staff: make this account yours; bind 3-2 gives a link for binding a group (绑定)",
    "command.leave_group.help": "leave_group - for admins of a group: I say what is kept, and leave (退群)",
    "leave.goodbye": (
        "All right, I am leaving and hear nothing here from now on. What became no report is deleted; reports and "
        "what was "
        "done about them stay with the community, where you can have yours shown, corrected or erased. If I am still "
        "here, please take me out. Thank you all."
    ),
    "leave.in_the_group": "Please say #leave_group in the group that I am to leave.",
    "leave.unchecked": (
        "I cannot tell whether you run this group. Please say it under your own name, or take me out yourself."
    ),
    "leave.needs_admin": (
        "One of the group's admins must say so, or take me out. If I only should not keep what you say, reply "
        "forget_me."
    ),
    "audience.residents": " residents' group",
    "audience.staff": " staff group",
    "bind.room_name": "{area}{audience}",
    "bind.room_done": "Bound: this is the {room}.",
    "bind.person_done": '{name}, you are known now. Send "today" for today\'s list, "help" for what you can do.',
    "bind.staff_room": "This is {room}. New matters and reminders come here. I cannot read what is said in this "
    "group: to act on something, answer me in the app.",
    "bind.link": (
        "Pass this link to an admin of the group: opened, and the group chosen, it becomes the {room}. "
        "Good for {hours} hours, and once.\n{link}"
    ),
    "bind.hello": (
        "Hello, I am the community's assistant. If something is wrong where you live, just say where and what. "
        'Staff, please send "bind".'
    ),
    "bind.known": 'Hello {name}, you are known here. Send "today" for today\'s list, "help" for what you can do.',
    "bind.known_resident": 'Hello {name}. Just tell me what is wrong; "mine" shows how far your reports are.',
    "bind.resident_done": (
        "{name}, you are known now. Just tell me what is wrong, without your address; I answer you here."
    ),
    "bind.kin_done": "Done. You can report for {name}, see how far it is and rate it; I tell you the news too.",
    "bind.ask_code": (
        "Please send me your code, the figures that your grid worker gave you. If you have none, ask for one."
    ),
    "bind.needs_staff": "A colleague who is on the staff list has to bind this group; yours is not known here yet.",
    "bind.line": "Say this in the group, and it becomes the {room}. Good for {hours} hours, and once.\n{link}",
    "aibot.hello": (
        "Hello, I am the assistant of {name}. Name me in the group to register, take or finish; 'help' says more."
    ),
    "aibot.wait": "One moment, looking at it.",
    "aibot.nothing": "Seen.",
    "shown.photo": "(photo: {link})",
    "shown.voice": "(voice message: {link})",
    "shown.video": "(video: {link})",
    "shown.file": "(file: {link})",
    "shown.not": "({count} attached; it cannot be shown here)",
    "bind.nameless": "a resident",
    "bind.code_wrong": "This code is not right: mistyped, run out or used. Please compare it, or ask for another.",
    "bind.too_many_guesses": "Too many wrong codes. Please try again in {hours} hours, or ask your grid worker.",
    "bind.is_staff": "This account is {name}'s. The code is to be sent from the resident's own account.",
    "bind.kin_own": "You made this code yourself. If you are a relative of theirs, let a colleague make one for you.",
    "command.code.help": (
        "code 3-2-402 王秀英 - a one-time code by which a resident binds his account; kin after it for a "
        "relative (绑定码)"
    ),
    "code.issued": (
        "Code for {who}: {code}\nTo be sent to me in private from the resident's own account: just these 8 figures. "
        "Good for {hours} hours, and once. Not into a group, please."
    ),
    "code.kin_issued": (
        "Code for a relative of {who}: {code}\nTo be sent to me in private from the relative's own account, which can "
        "then report for {name}, see how far it is and rate it. Good for {hours} hours, and once. Not into a group."
    ),
    "code.staff_issued": (
        'Code for {who}:\n{code}\nTo be sent to me in private after the word "bind". '
        "Good for {hours} hours, and once. Not into a group, please."
    ),
    "code.which": "Who is meant?",
    "code.how": 'Please give door and name: "code 3-2-402 王秀英"; with kin after it for a relative.',
    "code.in_private": "A code must not stand in a group: please write to me in private.",
    "code.no_door": '"{door}" was not found. Please write it like 3-2-402, or give the name alone.',
    "code.which_door": 'There are several "{door}": {doors}. Please write more of it.',
    "code.needs_name": 'Nobody is on file at {door}: please add the name, "code {door} 王秀英".',
    "code.nobody": '"{name}" was not found. Please give the door as well: "code 3-2-402 {name}".',
    "code.namesakes": 'There are several "{name}": an admin can give a code with minqing bind --person.',
    "code.staff": "This is somebody of the staff: the code is given by whoever manages that area.",
    "bind.ask_phone": "Please press the button below to send me your own phone number; it is compared with the list.",
    "bind.share_phone": "Send my phone number",
    "bind.code_bad": "This link is no longer good: it ran out, or was used. Please ask for another.",
    "bind.needs_code": (
        'A group is bound by a one-time link. The community\'s secretary gets one by sending me "bind 3-2" in private.'
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
    "bind.unchecked": "I could not find out just now whether you are an admin. Please try again in a while.",
    "bind.in_the_group": "This link is for binding a group: open it and choose the group.",
    "bind.no_such_phone": (
        "This number is not on the staff list. If you are staff, ask the community to check the number there; "
        "residents need no binding: just say what is wrong."
    ),
    "bind.not_own_phone": (
        'That is not your own number. Staff, send "bind" and press the button to send your own; residents need no '
        "binding: just say what is wrong."
    ),
    "bind.which_area": '"{text}" was not found. Please give the name or number of an area: "bind 3-2".',
    "bind.several_areas": 'There are several "{text}". Please write more of it: "bind 云栖里3-2".',
}
