"""WeCom's self-built app: the grid worker's own chat with the bot. What it calls us with, and what we send into it."""
