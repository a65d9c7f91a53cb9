import pytest

from evaluation.extraction import measure_extraction

MENU = "<nav><ul>" + "".join(f"<li><a href=/{n}>Entry number {n}</a></li>" for n in range(9)) + "</ul></nav>"


def words(seed, number=30):
    return " ".join(f"word{seed}x{place}" for place in range(number)) + "."


def write_site(folder, sub="", size=6, gold=lambda seed: f"Title {seed}\n{words(seed)}", body=lambda seed: f"<p>{words(seed)}</p>"):
    (folder / sub).mkdir(parents=True, exist_ok=True)
    (folder / "gold").mkdir(parents=True)
    for seed in range(size):
        (folder / sub / f"p{seed}.html").write_text(f"<body>{MENU}<main><h1>Title {seed}</h1>{body(seed)}</main></body>", "utf-8")
        (folder / "gold" / f"p{seed}.txt").write_text(gold(seed), "utf-8")
    return folder


@pytest.mark.parametrize("sub", ["", "site", "html"])
def test_each_kind_of_folder_is_measured(tmp_path, sub):
    report = measure_extraction(write_site(tmp_path, sub))
    assert (report["f1"], report["precision"], report["recall"]) == (1.0, 1.0, 1.0)
    assert (report["leak"], report["loss"], report["emptied"], report["kept_whole"], report["gold_pages"]) == (0.0, 0.0, 0, 0, 6)
    assert report["pages_per_second"] > 0
    assert report["peak_memory_mb"] > 1


def test_what_the_gold_has_and_we_lack_is_loss(tmp_path):
    report = measure_extraction(write_site(tmp_path, gold=lambda seed: f"Title {seed}\n{words(seed)}\n{words(seed + 100)}"))
    kept, gold = 32 - 3, 62 - 3
    assert report["loss"] == pytest.approx(1 - kept / gold)
    assert report["precision"] == 1.0


def test_a_kept_line_that_many_pages_share_and_no_gold_has_is_leak(tmp_path):
    shared = words("shared", 12)
    folder = write_site(
        tmp_path,
        size=20,
        body=lambda seed: f"<p>{words(seed)}</p><p>{shared}</p><p>{words(seed + 50)}</p>",
        gold=lambda seed: f"Title {seed}\n{words(seed)}\n{words(seed + 50)}",
    )
    report = measure_extraction(folder)
    kept = 2 + 30 + 12 + 30 - 3
    assert report["leak"] == pytest.approx((12 - 3) / kept)


def test_an_emptied_page_is_counted(tmp_path):
    folder = write_site(tmp_path)
    (folder / "p0.html").write_text("<body></body>", "utf-8")
    assert measure_extraction(folder)["emptied"] == 1


def test_the_cleaned_figure_does_not_judge_lines_that_the_gold_repeats(tmp_path):
    call = "Call us today and book a free consultation with the team."
    report = measure_extraction(
        write_site(
            tmp_path,
            size=12,
            body=lambda seed: f"<p>{words(seed)}</p><p>{call}</p>",
            gold=lambda seed: f"Title {seed}\n{words(seed)}\n{call}",
        )
    )
    assert report["f1"] < 1.0
    assert report["cleaned"]["f1"] == 1.0


def test_the_untitled_figure_does_not_judge_the_title(tmp_path):
    report = measure_extraction(write_site(tmp_path, gold=words))
    assert report["precision"] < 1
    assert report["untitled"] == {"f1": 1, "cleaned_f1": 1}


def test_a_folder_without_gold_is_refused_in_words(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"gold/\*\.txt"):
        measure_extraction(tmp_path)


def test_in_detail_the_same_pages_are_read_by_the_single_page_extractors(tmp_path):
    report = measure_extraction(write_site(tmp_path), detail=True)
    assert set(report["peers"]) == {"trafilatura", "justext", "readability"}
    for peer in report["peers"].values():
        assert {"f1", "leak", "loss", "emptied", "cleaned", "pages_per_second"} <= peer.keys()
    assert report["speed_ratio"] == pytest.approx(report["pages_per_second"] / report["peers"]["trafilatura"]["pages_per_second"])
    assert report["peers"]["readability"]["recall"] > 0.9
