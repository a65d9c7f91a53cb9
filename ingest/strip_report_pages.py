"""The pages of the Strip Report, as Jinja templates: plain HTML, no scripts, readable in black and white."""

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.55 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; padding: 1.5rem; max-width: 62rem; }
h1 { line-height: 1.25; } a { color: #00509e; } a:focus-visible { outline: 3px solid #00509e; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: 0 .6rem .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #ccc; }
td.number, th.number { text-align: right; white-space: nowrap; } .note { color: #444; font-weight: 400; }
.kept { border-left: .3rem solid #1a7f37; padding-left: 1rem; margin: .8rem 0; }
.stripped { border-left: .3rem dashed #8a8a8a; padding: .4rem 1rem; margin: .8rem 0; background: #f4f4f4; color: #595959; }
.stripped .why { color: #1a1a1a; font-size: .9rem; margin: 0 0 .3rem; } .stripped .what { margin: .15rem 0; }
.block { margin: .4rem 0; } .heading { font-weight: 700; } .level-1 { font-size: 1.5rem; } .level-2 { font-size: 1.25rem; }
.list_item::before { content: "• "; } pre { background: #f4f4f4; padding: 1rem; overflow-x: auto; white-space: pre-wrap; }
details { margin: 1rem 0; } summary { cursor: pointer; } .text { overflow-wrap: anywhere; }
"""

HEAD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title><style>{{ style|safe }}</style></head>
<body>
"""

INDEX_PAGE = (
    HEAD % "Strip Report"
    + """<main>
<h1>Strip Report</h1>
<p>From {{ total.pages }} {{ "page" if total.pages == 1 else "pages" }}, {{ "{:,}".format(total.words_stripped) }} words of menus,
footers and other repeated parts were left out, and {{ "{:,}".format(total.words_kept) }} words
of text remain. Search sees only what remains.</p>
<p class="note">If something was left out that readers should find, or something is left that they should not, copy its text into
<code>clinic.toml</code> under <code>[overrides]</code>, <code>keep</code> or <code>strip</code>, and run ingest again. Everything on these
pages is also in <a href="report.json">report.json</a>.</p>
<nav aria-label="Contents"><ul>
{% if doubtful %}
<li><a href="#doubtful">Look at these first</a>: sentences that may have been left out by mistake</li>
{% endif %}
<li><a href="#pages">Pages</a>: what is left of each, with the rest greyed in place</li>
<li><a href="#repeated">Repeated parts</a>: what was left out most</li>
<li><a href="#paste">Text for clinic.toml</a>: to have some of it back</li>
</ul></nav>
{% if doubtful %}
<h2 id="doubtful">Look at these first</h2>
<table><caption class="note">Sentences that were left out although hardly another page has them</caption>
<thead><tr><th scope="col">Text</th><th scope="col">Why</th><th scope="col">Page</th></tr></thead><tbody>
{% for part in doubtful %}
<tr><td class="text">{{ part.text|truncate(240) }}</td><td class="text">{{ part.reason }}</td>
<td class="text"><a href="pages/{{ part.name }}">{{ part.title }}</a></td></tr>
{% endfor %}
</tbody></table>
{% endif %}
<h2 id="pages">Pages, those that lost most first</h2>
<table><caption class="note">How much of each page remains</caption>
<thead><tr><th scope="col">Page</th><th scope="col" class="number">Words kept</th><th scope="col" class="number">Words stripped</th>
<th scope="col" class="number">Kept</th></tr></thead><tbody>
{% for page, name in listing %}
<tr><th scope="row" class="text"><a href="pages/{{ name }}">{{ page.title }}</a><br><span class="note">{{ page.url }}</span></th>
<td class="number">{{ "{:,}".format(page.words_kept) }}</td><td class="number">{{ "{:,}".format(page.words_stripped) }}</td>
<td class="number">{{ "{:.0%}".format(page.share_kept) }}</td></tr>
{% endfor %}
</tbody></table>
<h2 id="repeated">Repeated parts of the site, the longest first</h2>
<table><caption class="note">What was stripped, by the words it would have added</caption>
<thead><tr><th scope="col">Text</th><th scope="col">Why</th><th scope="col" class="number">Pages</th>
<th scope="col" class="number">Times</th></tr></thead><tbody>
{% for part in repeated %}
<tr><td class="text">{{ part.text|truncate(240) }}</td><td>{{ part.reason }}</td><td class="number">{{ part.pages }}</td>
<td class="number">{{ part.times }}</td></tr>
{% endfor %}
</tbody></table>
<h2 id="paste">To keep some of these after all</h2>
<details><summary>Text for clinic.toml: delete the lines that you agree with</summary>
<pre>[overrides]
keep = [
{% for part in repeated %}
    {{ toml_text(part.text) }},
{% endfor %}
]
</pre></details>
</main></body></html>
"""
)

SITE_PAGE = (
    HEAD % "{{ page.title }} · Strip Report"
    + """<nav aria-label="Report"><a href="../index.html">All pages</a></nav>
<main>
<h1>{{ page.title }}</h1>
<p class="text">{% if page.url.startswith(("http://", "https://")) %}<a href="{{ page.url }}">{{ page.url }}</a>
{% else %}{{ page.url }}{% endif %}</p>
<p>{{ "{:,}".format(page.words_kept) }} words remain (solid line),
{{ "{:,}".format(page.words_stripped) }} were stripped (grey, dashed line).</p>
{% for run in runs %}
{% if run.reason %}
<div class="stripped">
<p class="why"><strong>Stripped:</strong> {{ run.reason }}
{%- if run.pages > 1 and "pages" not in run.reason %} · on {{ run.pages }} pages{% endif %}.</p>
{% for block in run.blocks %}
<p class="what text {{ block.kind }}">{{ block.text }}</p>
{% endfor %}
</div>
{% else %}
<div class="kept">
{% for block in run.blocks %}
<p class="block text {{ block.kind }}{% if block.level %} level-{{ block.level }}{% endif %}">{{ block.text }}</p>
{% endfor %}
</div>
{% endif %}
{% endfor %}
<h2>Disagree?</h2>
<p>Put the text into <code>clinic.toml</code> and run ingest again. Below is all that was stripped here outside the navigation: leave in
<code>keep</code> what should stay on the page, and move to <code>strip</code> what else should go.</p>
<details><summary>Text for clinic.toml</summary><pre>{{ toml }}</pre></details>
</main></body></html>
"""
)
