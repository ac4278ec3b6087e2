"""What the `baobab` command does, one file per verb that needs one."""
