"""What `make` runs to keep the house in order. Nothing here is part of the bot."""
