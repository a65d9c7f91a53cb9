import subprocess
import sys
from datetime import date
from xml.etree import ElementTree

from gaps.charts import draw_charts
from gaps.coverage import Cell, CoverageMatrix
from gaps.radar import Radar, RunFigures, Week
from gaps.schema import GapReport
from gaps.topics import Topic

TODAY, BEFORE = date(2026, 11, 23), date(2026, 11, 16)
GRIEF = Topic("Grief", "condition")
MATRIX = CoverageMatrix(("causes",), (GRIEF,), (Cell(GRIEF, "causes", "What causes Grief?", 2.0, 0.9, "a section", "", "", ""),))
RADAR = Radar(
    GapReport(TODAY, ()),
    {},
    (GRIEF,),
    weeks=(Week(BEFORE, 5, 1), Week(TODAY, 0, 0)),
    question_matrix=MATRIX,
    history=(RunFigures(TODAY, {}, 1, 0, 0.5),),
)


def test_every_chart_is_a_picture_for_light_and_for_dark_pages_whose_words_stay_words():
    charts = draw_charts(RADAR)
    assert sorted(charts) == [f"{name}-{scheme}.svg" for name in ("coverage", "gaps", "questions") for scheme in ("dark", "light")]
    texts = {text.text for text in ElementTree.fromstring(charts["coverage-light.svg"]).iter("{http://www.w3.org/2000/svg}text")}
    assert {"causes", "covered", "weak", "empty"} <= texts


def test_the_same_run_gives_the_same_bytes():
    assert draw_charts(RADAR) == draw_charts(RADAR)


def test_the_server_never_imports_the_plotting_library():
    code = "import sys, search_api.app, search_api.editor_pages; print([name for name in sys.modules if name.startswith('matplotlib')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout.strip() == "[]"
