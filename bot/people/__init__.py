"""The person: language, place, consent, and what we keep about them."""
