"""Models that turn text into vectors; each file defines `load(model) -> Embedder` and is named as in the settings."""
