"""Updates that volunteers send to many people."""
