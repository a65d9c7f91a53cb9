"""What the environment decides: where the server listens and its secrets. Read once; everything below takes plain arguments."""

from pathlib import Path

from limits import parse_many
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    access: Path = Path("var/access/tokens.json")
    rate: str = DEFAULT_RATE

    @field_validator("rate")
    @classmethod
    def _is_rate(cls, rate: str) -> str:
        parse_many(rate)
        return rate
