"""The conversation engine: pure, and the same for every conversation."""
