"""The clinic's colour as a style sheet, dark or light enough to read whatever colour the clinic chose."""

from colorsys import hls_to_rgb, rgb_to_hls

from search_api.clinic import Colours

READABLE = 4.5
"""Least contrast of text and background (WCAG 2.2, 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum)."""
READABLE_IN_THE_DARK = 6.5
"""Thin strokes of colour on a dark ground look dimmer than the formula says; judged by eye on the search page."""
LIGHT_GROUND, DARK_GROUND = "#e9efed", "#22302e"
"""The tinted surfaces of search.css that links stand on, a shade beyond: every other surface contrasts more."""
STEPS = 50

Rgb = tuple[float, float, float]


def theme_css(colours: Colours) -> str:
    """The custom properties that search.css reads; served as a file because the page allows no inline style."""
    light, dark = accent_shades(colours)
    return (
        f":root {{ --accent: {light}; --on-accent: #ffffff; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; --on-accent: #10201e; }} }}\n"
    )


def accent_shades(colours: Colours) -> tuple[str, str]:
    """The clinic's colour as it is read on light and on dark ground."""
    return readable_shade(colours.accent, LIGHT_GROUND), readable_shade(colours.accent, DARK_GROUND, READABLE_IN_THE_DARK)


def readable_shade(colour: str, ground: str, least: float = READABLE) -> str:
    """The colour itself if it can be read on that ground, else its nearest darker or lighter shade that can, of the same hue."""
    hue, lightness, saturation = rgb_to_hls(*_parse(colour))
    goal = 0.0 if _luminance(_parse(ground)) > 0.5 else 1.0
    shades = (_format(hls_to_rgb(hue, lightness + (goal - lightness) * step / STEPS, saturation)) for step in range(STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= least)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours in [1, 21] (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    darker, lighter = sorted((_luminance(_parse(one)), _luminance(_parse(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parse(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _format(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
