"""`python -m search_api` is `clinic-search`."""

from search_api.cli import main

main()
