import pytest

from evaluation.safety import measure_crisis, measure_privacy, measure_verdicts

CRISIS = (
    "text\tlabel\tkind\thalf\nI want to die\tcrisis\twish\tdev\n"
    "purple lamps\tcrisis\todd\treport\n"
    "opening hours\tnone\tplain\tdev\n"
    "suicide rates\tsupport\ttopic\tdev\n"
)


def write(folder, text):
    path = folder / "rows.tsv"
    path.write_text(text, "utf-8")
    return path


def test_crisis_shares_are_counted_by_label(tmp_path):
    figures = measure_verdicts(write(tmp_path, CRISIS))
    assert (figures["recall"], figures["false_alarms"], figures["support_recall"]) == (0.5, 0.0, 1.0)
    assert figures["confusion"]["crisis"] == {"crisis": 1, "support": 0, "none": 1}
    assert figures["recall_by_kind"]["crisis/odd"] == 0.0


def test_a_half_can_be_chosen(tmp_path):
    path = write(tmp_path, CRISIS)
    assert measure_verdicts(path, half="dev")["recall"] == 1.0
    assert measure_verdicts(path, half="report")["recall"] == 0.0


def test_the_vote_takes_part_if_it_is_given(tmp_path):
    figures = measure_verdicts(write(tmp_path, CRISIS), similarity=lambda _: 0.9)
    assert (figures["recall"], figures["false_alarms"]) == (1.0, 1.0)


def test_further_columns_are_ignored_and_need_not_be_there(tmp_path):
    assert measure_verdicts(write(tmp_path, "label\ttext\ncrisis\tI want to die\n"))["recall"] == 1.0


def test_privacy_recall_counts_characters(tmp_path):
    rows = 'text\tspans\ncall 541-555-0142 or zq\t[[5, 17, "phone"], [21, 23, "person"]]\nopening hours\t[]\nmy name is Ngozi\t[]\n'
    figures = measure_privacy(write(tmp_path, rows))
    assert figures["recall"] == pytest.approx(12 / 14, abs=1e-4)
    assert figures["clean_touched"] == 0.5
    assert figures["recall_by_kind"] == {"person": 0.0, "phone": 1.0}


def test_quoted_and_plain_fields_read_the_same(tmp_path):
    plain = measure_privacy(write(tmp_path, 'text\tspans\ncall 541-555-0142\t[[5, 17, "phone"]]\n'))
    quoted = measure_privacy(write(tmp_path, '"text"\t"spans"\n"call 541-555-0142"\t"[[5, 17, ""phone""]]"\n'))
    assert plain == quoted


def test_a_quotation_inside_a_text_is_kept(tmp_path):
    assert measure_verdicts(write(tmp_path, 'text\tlabel\n"I want to die" he said "now"\tcrisis\n'))["rows"] == {"crisis": 1}


@pytest.mark.parametrize(("text", "message"), [("words\tlabel\n", "text"), ("text\tlabel\nx\tpanic\n", "panic"), ("", "text")])
def test_a_file_that_cannot_be_measured_is_refused(tmp_path, text, message):
    with pytest.raises(ValueError, match=message):
        measure_verdicts(write(tmp_path, text))


def test_spans_that_are_no_json_are_refused(tmp_path):
    with pytest.raises(ValueError, match="JSON"):
        measure_privacy(write(tmp_path, "text\tspans\nx\t[[1\n"))


def test_without_an_exported_model_the_phrases_are_measured_alone(tmp_path):
    figures = measure_crisis(write(tmp_path, CRISIS), model=tmp_path)
    assert figures["vote"] is False
    assert figures["phrases_alone"] == {"recall": 0.5, "false_alarms": 0.0}
