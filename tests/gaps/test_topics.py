from gaps.topics import find_topics, kind_of, question_types


def test_every_question_of_the_inventory_names_its_sources_and_its_topic():
    for one in question_types():
        assert one.sources
        assert all("https://" in source for source in one.sources)
        assert all("{topic}" in question for question in one.ask.values())


def test_menus_titles_and_headings_name_topics_each_once(site):
    site.page("/ipt/", "# Interpersonal Psychotherapy (IPT)", "## Eating Disorders", "Text.", "## How We Treat Anxiety", "Text.")
    site.entry("EMDR Therapy", "/emdr/").entry("About Us", "/about/").entry("Eating Disorders", "/eating/")
    names = [(topic.name, topic.kind) for topic in find_topics(site.context())]
    assert names == [("EMDR Therapy", "therapy"), ("Eating Disorders", "condition"), ("Interpersonal Psychotherapy", "therapy")]


def test_a_site_without_menus_still_has_topics(site):
    assert [topic.name for topic in find_topics(site.page("/a/", "# Bipolar Disorder", "Text.").context())] == ["Bipolar Disorder"]


def test_a_label_is_told_by_its_words():
    assert [kind_of(label) for label in ("Grief", "Family Therapy", "Intensive Outpatient Program", "About Us")] == [
        "condition",
        "therapy",
        "service",
        None,
    ]
