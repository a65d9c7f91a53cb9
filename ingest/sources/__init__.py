"""Where pages come from; each file defines `pages(location) -> Iterator[Page]` and is named as in the settings."""
