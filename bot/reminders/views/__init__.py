"""What is said about reminders."""
