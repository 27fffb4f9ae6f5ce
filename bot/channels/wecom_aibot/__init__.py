"""WeCom's robot (智能机器人) in staff groups: hears what is said to it by name, answers where it was spoken to."""
