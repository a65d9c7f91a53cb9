from gaps.checks.untranslated_page import check

ENGLISH = "Your first visit lasts 75 minutes and most of it is talk. You decide where to start and you can leave out the rest. " * 3
SPANISH = "Su primera cita dura 75 minutos y la mayor parte es hablar. Usted decide por dónde empezar y puede dejar lo demás. " * 3


def test_a_page_declared_as_spanish_whose_text_is_english_is_found(site):
    context = site.page("/es/cita/", "# Su cita", ENGLISH, metadata={"language": "es"}).context()
    assert [gap.subject for gap in check(context)] == ["language es"]


def test_pages_without_a_counterpart_are_one_gap(site, linked):
    site.page("/a/", "# A", ENGLISH).page("/b/", "# B", ENGLISH + "More.").page("/c/", "# C", ENGLISH + "Still more.")
    site.page("/es/a/", "# A", SPANISH, linked("en inglés", "/a/")).page("/es/x/", "# X", SPANISH + "Más.")
    (gap,) = check(site.context())
    assert gap.pages == ("https://clinic.example/b/", "https://clinic.example/c/")


def test_a_site_in_one_language_is_in_order(site):
    assert list(check(site.page("/a/", "# A", ENGLISH).page("/b/", "# B", ENGLISH).context())) == []
