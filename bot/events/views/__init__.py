"""What people see of events: models in, messages out."""
