"""A Telegram of our own on this machine, for trying and testing the bot; never a real channel."""

from bot.sandbox.demo import Control, Demo
from bot.sandbox.flood import Flood
from bot.sandbox.server import Sandbox

__all__ = ["Control", "Demo", "Flood", "Sandbox"]
