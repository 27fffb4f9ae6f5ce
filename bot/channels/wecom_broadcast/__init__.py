"""群发 to WeCom's customer groups as a channel: it makes tasks that a member must confirm, and asks how they went."""
