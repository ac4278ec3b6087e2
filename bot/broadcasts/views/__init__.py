"""What volunteers and residents read of broadcasts."""
