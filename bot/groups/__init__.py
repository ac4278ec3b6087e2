"""Groups at Telegram that the bot is in: what each is for, and in which language."""
