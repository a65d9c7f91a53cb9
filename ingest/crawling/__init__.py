"""The polite crawler: Scrapy with this project's bookkeeping, in a process of its own."""
