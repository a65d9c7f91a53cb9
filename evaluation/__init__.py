"""Is it good? Every claim of this project as a command that prints a figure."""
