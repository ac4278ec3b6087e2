"""What is owed to people and when it leaves: lanes, claim, pacing, outcomes.

A *mailing* is one thing to tell; each person it is for has a *delivery*, which is a row. What to
say is rendered when it is sent, so a delivery holds no words.
"""
