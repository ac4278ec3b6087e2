"""Baobab: the bot under whose tree the community meets."""
