"""What can be wrong with a site's content; each file defines `check(context) -> Iterator[Gap]`."""
