"""Binding groups and staff."""

TEXTS: dict[str, str] = {
    "command.bind.help": "bind - staff: make this account yours; bind 3-2 gives a link for binding a group (绑定)",
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
    "bind.ask_phone": "Please press the button below to send me your own phone number; it is compared with the list.",
    "bind.share_phone": "Send my phone number",
    "bind.code_bad": "This link is no longer good: it ran out, or was used. Please ask for another.",
    "bind.needs_code": (
        'A group is bound by a one-time link. The community\'s secretary gets one by sending me "bind 3-2" in private.'
    ),
    "bind.needs_admin": "Only an admin of the group can bind it. Anonymous admins, please stop being anonymous first.",
    "bind.unchecked": "I could not find out just now whether you are an admin. Please try again in a while.",
    "bind.in_the_group": "This link is for binding a group: open it and choose the group.",
    "bind.no_such_phone": "This number is not on the staff list. Residents need no binding: just say what is wrong.",
    "bind.which_area": '"{text}" was not found. Please give the name or number of an area: "bind 3-2".',
    "bind.several_areas": 'There are several "{text}". Please write more of it: "bind 云栖里3-2".',
}
