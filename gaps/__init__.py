"""What editors should write, fix or merge next."""
