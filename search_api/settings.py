"""What the environment decides: where the server listens and its secrets. Read once; everything below takes plain arguments."""

from pathlib import Path
from urllib.parse import urlsplit

from limits import parse_many
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from search_api.clients import is_loopback

DEFAULT_RATE = "30/second; 600/minute"
"""What one client may ask. A quick typist presses five keys a second, each of which may ask for suggestions and for results; an office of
three shares an address. Written as https://limits.readthedocs.io/en/stable/quickstart.html#rate-limit-string-notation says."""


DEFAULT_MODEL = Path("var/model")
"""Where the set-up exports the default model; a folder or name for any other embedder."""


class Settings(BaseSettings):
    """The environment's variables, all named CLINIC_SEARCH_..., for example CLINIC_SEARCH_PORT=8080."""

    model_config = SettingsConfigDict(env_prefix="CLINIC_SEARCH_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    index: Path = Path("var/index")
    model: Path = DEFAULT_MODEL
    site: Path | None = None
    help_without_index: bool = False
    """Whether the server also starts where no index can be used: then it answers people in a crisis, and nobody else until one is built."""
    access: Path = Path("var/access/tokens.json")
    rate: str = DEFAULT_RATE
    language_model: str = ""
    """Address of a server with OpenAI's interface, such as http://127.0.0.1:11434/v1, that puts quotes into plainer words; "" is off."""
    language_model_name: str = "default"
    language_model_key: SecretStr = SecretStr("")
    language_model_seconds: float = Field(default=3.0, gt=0, le=30)

    @field_validator("rate")
    @classmethod
    def _is_rate(cls, rate: str) -> str:
        parse_many(rate)
        return rate

    @field_validator("language_model")
    @classmethod
    def _is_private(cls, address: str) -> str:
        parts = urlsplit(address)
        here = parts.hostname == "localhost" or is_loopback(parts.hostname or "")
        if address and not (parts.scheme == "https" or (parts.scheme == "http" and here)):
            raise ValueError(f"The language model's address must be https://..., or http:// on this machine, not {address!r}.")
        return address
