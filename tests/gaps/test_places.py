from gaps.places import shorten, words_place


def test_words_outside_the_article_are_reached_by_a_text_fragment():
    assert words_place("https://a.example/b/#c", "Valid until 11-30") == "https://a.example/b/#:~:text=Valid%20until%2011%2D30"


def test_a_long_text_is_cut_after_a_word():
    assert shorten("one two three", 9) == "one two …"
