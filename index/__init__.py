"""Passages in, hits and answers out: embedding, storing, ranking, quoting."""
