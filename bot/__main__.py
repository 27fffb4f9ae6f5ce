"""`python -m bot` is `minqing`."""

from bot.cli import main

main()
