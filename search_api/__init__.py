"""The only room that knows HTTP, the command line and the environment."""
