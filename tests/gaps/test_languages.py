import pytest

from gaps.languages import base_language, detect_language, language_of

TEXTS = {
    "en": "You decide where to start and you can leave out what you do not want to say, because it is your time and not ours.",
    "es": "Usted decide por dónde empezar y puede dejar lo que no quiera decir, porque es su tiempo y no el nuestro, y no hay prisa.",
    "fr": "Vous décidez par où commencer et vous pouvez laisser de côté le reste, car ce temps est à vous et pas à nous.",
    "de": "Sie entscheiden, womit wir anfangen, und Sie können weglassen, was Sie wollen, denn es ist Ihre Zeit und nicht die von uns.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_told_by_its_function_words(language):
    assert detect_language(TEXTS[language]) == language


def test_a_short_text_is_told_by_what_the_page_declares():
    assert (detect_language("Contact"), language_of("Contact", declared="es-MX"), language_of("Contact", declared="")) == ("", "es", "en")


def test_a_tag_without_its_region_is_the_language():
    assert [base_language(tag) for tag in ("en-US", "pt_BR", "ES", "")] == ["en", "pt", "es", ""]
