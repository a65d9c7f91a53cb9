"""Engines that find the nearest vectors; each file defines `build(vectors)` and `load(directory)`."""
