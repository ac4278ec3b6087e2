"""What people do with the bot, one file per thing."""
