"""What people see of surveys."""
