"""Kills the bot at random moments while much goes wrong, and counts what became of everything."""
