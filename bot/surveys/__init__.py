"""Surveys: published forms, taken in conversation, whose responses belong to nobody."""
