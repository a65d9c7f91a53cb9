"""What the environment decides: where the server listens and its secrets. Read once; everything below takes plain arguments."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The environment's variables, all named CLINIC_SEARCH_..., for example CLINIC_SEARCH_PORT=8080."""

    model_config = SettingsConfigDict(env_prefix="CLINIC_SEARCH_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    index: Path = Path("var/index")
    model: Path = Path("var/model")
    site: Path | None = None
