"""Side-by-side measurements on this machine: `make bench`."""
