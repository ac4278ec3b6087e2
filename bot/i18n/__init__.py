"""Words for people in their own language."""
