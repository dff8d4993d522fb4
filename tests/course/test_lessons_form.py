"""What every lesson promises before it is run: its parts, its links, its Spanish."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
import spanish

COURSE = Path(__file__).parents[2] / "course"
NAMES = [
    "0_bienvenida",
    "1_convolucion",
    "2_filtros",
    "2b_primera_red",
    "3_mapas_de_caracteristicas",
    "4_padding",
    "4b_pooling",
    "5_fashion_mnist",
    "a_keras_conv2d",
    "b_rendimiento",
    "c_como_aprenden_los_filtros",
    "d_errores_y_preguntas",
]
LINK = re.compile(r"\]\(([^)\s]+)\)")
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}

# What class 128 promises to teach: a word of the index, and how the lesson says it.
TOPICS = {
    "paso a paso": r"paso a paso",
    "kernels": r"\bkernel\b",
    "feature maps": r"mapas? de características",
    "stride": r"\bpaso\b",
    "padding": r"\brelleno\b",
    "parameter sharing": r"pesos compartidos",
    "localidad": r"[Ll]ocalidad",
    "invariancia": r"invarian",
    "jerarquía": r"texturas",
    "tamaño de la salida": r"lfloor",
    "campo receptivo": r"campo receptivo",
    "número de parámetros": r"832",
    "visualizar filtros aprendidos": r"filtros",
    "mini-CNN": r"MLP",
    "MaxPooling": r"[Pp]ooling",
    "argumentos de `Conv2D`": r"kernel_size",
    "activación": r"activation",
    "channels_first": r"channels_first",
    "precisión numérica": r"float32",
    "errores comunes": r"ndim",
    "¿cuántos filtros?": r"¿Cuántos filtros\?",
    "3 × 3 o 5 × 5": r"3 × 3",
    "paso o MaxPool": r"MaxPool",
    "Conv1D": r"Conv1D",
    "Conv3D": r"Conv3D",
    "Transformers": r"Transformers",
}

each_lesson = pytest.mark.parametrize("name", NAMES)


@cache
def read(name):
    return nbformat.read(COURSE / f"{name}.ipynb", as_version=4)


def sources(name, cell_type="markdown"):
    return [cell.source for cell in read(name).cells if cell.cell_type == cell_type]


def prose(name):
    return "\n\n".join(sources(name))


@each_lesson
def test_stored_in_canonical_form_without_outputs(name):
    notebook = read(name)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == METADATA
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    stored = (COURSE / f"{name}.ipynb").read_text(encoding="utf-8")
    assert stored == nbformat.writes(notebook) + "\n"


@each_lesson
def test_cell_ids_are_words_and_unique(name):
    ids = [cell.id for cell in read(name).cells]
    assert len(ids) == len(set(ids))
    words = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    random = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4,})*")
    assert [i for i in ids if not words.fullmatch(i) or random.fullmatch(i)] == []


@each_lesson
def test_no_cell_is_longer_than_25_lines(name):
    long = {c.id: len(c.source.splitlines()) for c in read(name).cells}
    assert {i: n for i, n in long.items() if n > 25} == {}


@each_lesson
def test_one_title_and_learning_outcomes_on_top(name):
    headings = re.findall(r"^# .+", prose(name), flags=re.MULTILINE)
    assert len(headings) == 1
    first = sources(name)[0]
    assert first.startswith(headings[0])
    assert "Al terminar podrás" in first
    assert len(re.findall(r"^- ", first, flags=re.MULTILINE)) >= 3


@each_lesson
def test_says_what_comes_next_with_a_link(name):
    last = read(name).cells[-1].source
    assert last.startswith("## Qué sigue")
    assert LINK.search(last)


@each_lesson
def test_self_check_questions_have_answers(name):
    text = prose(name)
    assert re.search(r"^## (Autoevaluación|Comprueba lo aprendido)$", text, re.MULTILINE)
    answers = re.findall(
        r"<details>\s*<summary>[^<]+</summary>\n\n(.*?)</details>", text, re.DOTALL
    )
    assert len(answers) == text.count("<details>") == text.count("</details>")
    assert len(answers) >= 3
    assert all(answer.strip() for answer in answers)


CANON = ("Géron", "LeCun", "CS231n", "keras.io")


@each_lesson
def test_references_are_given(name):
    text = prose(name).split("\n## Referencias", 1)[1]
    assert len([author for author in CANON if author in text]) >= 2
    assert LINK.search(text)


def test_the_references_of_class_128_stand_in_the_welcome():
    text = prose("0_bienvenida").split("\n## Referencias", 1)[1]
    assert [author for author in CANON if author not in text] == []


@each_lesson
def test_questions_come_before_code(name):
    asked = [source for source in sources(name) if "?" in source]
    assert len(asked) >= 5


@each_lesson
def test_hand_drawn_figures_are_described(name):
    drawn = [s for s in sources(name, "code") if re.search(r"plt\.(subplots|figure)\(", s)]
    assert [s for s in drawn if "describe(" not in s] == []


def slug(heading):
    return re.sub(r"\s+", "-", heading.strip().replace("`", "").replace("*", ""))


@each_lesson
def test_links_between_lessons_resolve(name):
    for link in LINK.findall(prose(name)):
        if re.match(r"[a-z]+://|mailto:", link):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (COURSE / file).resolve() if file else COURSE / f"{name}.ipynb"
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", prose(target.stem), flags=re.MULTILINE)
            assert anchor in map(slug, headings), link


@each_lesson
def test_links_to_other_hosts_are_well_formed(name):
    """Without a network: their form. The one that still speaks http has no https."""
    outside = [link for link in LINK.findall(prose(name)) if re.match(r"[a-z]+://", link)]
    good = re.compile(
        r"https://([a-z0-9-]+\.)+[a-z]{2,}(/[\w.~%/#?=&@:+,-]*)?|http://yann\.lecun\.com/.+"
    )
    assert [link for link in outside if not good.fullmatch(link) or link.endswith(".")] == []


def test_the_map_lists_every_lesson():
    linked = LINK.findall(prose("0_bienvenida"))
    assert [name for name in NAMES[1:] if f"{name}.ipynb" not in linked] == []
    assert sorted(path.stem for path in COURSE.glob("*.ipynb")) == sorted(NAMES)


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_of_class_128_leads_from_the_index_to_a_lesson_that_teaches_it(topic):
    index = prose("0_bienvenida").split("## ¿Dónde se explica…?", 1)[1].split("\n## ", 1)[0]
    rows = [row for row in index.splitlines() if row.startswith("|") and topic in row]
    assert rows, f"«{topic}» is not in the index"
    lessons = [Path(link).stem for row in rows for link in LINK.findall(row)]
    assert any(re.search(TOPICS[topic], prose(lesson)) for lesson in lessons)


@each_lesson
def test_spanish_has_its_accents_and_signs(name):
    for cell in read(name).cells:
        text = spanish.readable(cell)
        assert spanish.misspelt(text) == [], cell.id
        if cell.cell_type == "markdown":
            assert text.count("?") == text.count("¿"), cell.id
            assert text.count("!") == text.count("¡"), cell.id


@each_lesson
def test_the_full_stop_stands_after_the_bracket(name):
    stops = re.compile(r"[^\n]{,40}(?<![.…])\.\)")
    assert [found for source in sources(name) for found in stops.findall(source)] == []


@each_lesson
def test_what_is_printed_has_its_decimal_comma(name):
    """``plots.number`` writes it; Python's own formats write a point, but for powers of ten."""
    pointed = re.compile(r"print\([^\n]*\{[^{}\n]*:[^{}\n]*\.[1-9][f%]\}")
    found = [line for source in sources(name, "code") for line in pointed.findall(source)]
    assert found == []


@each_lesson
def test_formulas_are_closed(name):
    for source in sources(name):
        text = re.sub(r"`[^`]*`", "", source).replace(r"\$", "")
        assert text.count("$") % 2 == 0, source
        for formula in re.findall(r"\$\$?([^$]+)\$\$?", text):
            assert formula.count("{") == formula.count("}"), formula


# Lessons gone through again: every prediction is asked before its answer can be seen.
ASKED_FIRST = [
    "3_mapas_de_caracteristicas",
    "0_bienvenida",
    "1_convolucion",
    "2_filtros",
    "2b_primera_red",
    "4_padding",
    "4b_pooling",
    "5_fashion_mnist",
    "a_keras_conv2d",
    "b_rendimiento",
    "c_como_aprenden_los_filtros",
    "d_errores_y_preguntas",
]


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_a_count_by_hand_is_folded_until_the_reader_has_predicted(name):
    open_text = re.sub(r"<details>.*?</details>", "", prose(name), flags=re.DOTALL)
    assert "A mano" not in open_text


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_the_questions_that_reply_keep_their_answer_out_of_sight(name):
    asked = [c for c in read(name).cells if c.cell_type == "code" and "Predice(\n" in c.source]
    assert len(asked) >= 5
    bare = [c.id for c in asked if not c.metadata.get("jupyter", {}).get("source_hidden")]
    assert bare == []


def without_folds(source):
    return re.sub(r"<details>.*?</details>", "", source, flags=re.DOTALL)


def asks(cell):
    return cell.source.lstrip().startswith(("Predice(", "display(\n    Predice("))


@each_lesson
def test_after_what_is_to_be_predicted_comes_the_question_and_nothing_before_it(name):
    cells = read(name).cells
    asking = re.compile(r"\*\*(Predice|Apuesta|Calcula|Cuenta|Ordena)\b")
    prompts = [
        i
        for i, cell in enumerate(cells)
        if cell.cell_type == "markdown" and asking.search(without_folds(cell.source))
    ]
    assert len(prompts) >= 3
    late = []
    for i in prompts:
        # Before it, only the count by hand, folded, and the imports that it needs.
        following = (
            cell
            for cell in cells[i + 1 :]
            if not cell.source.startswith(("<details>", "import numpy"))
        )
        if not asks(next(following)):
            late.append(cells[i].id)
    assert late == []


# What closes a section: what was seen, or in a section on an error, how it is mended.
SEEN = re.compile(r"\*\*(Qué se ha visto|Arreglo)\b")
# They teach nothing to be seen: words, challenges with their folded answer, how to work.
WITHOUT = re.compile(
    r"Definiciones|.*(retos|errores$)|Autoevaluación|Cómo funciona `comprobar`|¿Está todo instalado"
)


@each_lesson
def test_each_section_that_asks_or_computes_ends_in_what_was_seen(name):
    open_sections = []  # from the outermost to the innermost: level, heading, works?, seen?
    closed = []
    for cell in read(name).cells:
        if cell.cell_type == "code":
            works = not cell.source.startswith("# Comprobación")
            for section in open_sections:
                section["works"] |= works
            continue
        text = without_folds(cell.source)
        for part in re.split(r"^(?=##+ )", text, flags=re.MULTILINE):
            if found := re.match(r"(##+) (?:\d+\. )?(.+)", part):
                level = len(found[1])
                while open_sections and open_sections[-1]["level"] >= level:
                    closed.append(open_sections.pop())
                new = {"level": level, "heading": found[2], "works": False, "seen": False}
                open_sections.append(new)
            if SEEN.search(part):
                for section in open_sections:
                    section["seen"] = True
    closed += open_sections
    unseen = [
        section["heading"]
        for section in closed
        if section["works"] and not section["seen"] and not WITHOUT.match(section["heading"])
    ]
    assert unseen == []


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_cells_that_draw_are_folded_and_no_slider_makes_the_page_jump(name):
    cells = [c for c in read(name).cells if c.cell_type == "code"]
    drawn = [c for c in cells if re.search(r"plt\.(subplots|figure)\(", c.source)]
    assert [c.id for c in drawn if not c.metadata.get("jupyter", {}).get("source_hidden")] == []
    assert [c.id for c in cells if "interact(" in c.source] == []


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_the_first_line_of_a_folded_cell_gives_nothing_away(name):
    """JupyterLab shows it."""
    folded = [c for c in read(name).cells if c.metadata.get("jupyter", {}).get("source_hidden")]
    assert [c.id for c in folded if "assert" in c.source.split("\n")[0]] == []


def test_the_test_images_are_looked_at_once_in_lesson_5():
    code = [c for c in read("5_fashion_mnist").cells if c.cell_type == "code"]
    looks = [c.id for c in code if re.search(r"examen\[|x_prueba|y_prueba|x_test", c.source)]
    assert looks == ["examen"]
    order = [c.id for c in code]
    chosen = [c.id for c in code if re.search(r"\bentrenar\(", c.source)]
    assert max(map(order.index, chosen)) < order.index("examen")
    assert not any("test" in c.source and "validation_data" in c.source for c in code)


def test_the_route_of_one_class_lasts_75_minutes_and_stops_at_sections_that_stand():
    page = (COURSE.parent / "docs" / "docente.md").read_text(encoding="utf-8")
    part = page.split("## Una clase de 75 minutos", 1)[1].split("\n## ", 1)[0]
    stops = re.findall(r"^\| (\d+) \| `(\w+)` \| «(.+?)»", part, flags=re.MULTILINE)
    assert sum(int(minutes) for minutes, _, _ in stops) == 75
    lost = [
        (name, section)
        for _, name, section in stops
        if section not in re.findall(r"^#+ (.+)$", prose(name), flags=re.MULTILINE)
    ]
    assert lost == []


# A calm reader's pace, as docs/docente.md tells it: words, lines of code and formulas a minute.
WORDS, FOLDED_WORDS, LINES, FORMULAS = 130, 200, 7.5, 2
A_QUESTION, AN_EXPLORER, A_CHALLENGE, A_FIGURE = 1, 3, 4, 0.75
MOST_APART = 1.25


def minutes_to_read(name):
    text = re.sub(r"\]\([^)]*\)", "]", prose(name).split("\n## Referencias")[0])
    words, all_words = (
        len(re.findall(r"[^\W\d_]{2,}", part)) for part in (without_folds(text), text)
    )
    code = [cell for cell in read(name).cells if cell.cell_type == "code"]
    seen = [c.source for c in code if not c.metadata.get("jupyter", {}).get("source_hidden")]
    sources = [cell.source for cell in code]
    return (
        words / WORDS
        + (all_words - words) / FOLDED_WORDS
        + sum(bool(line.strip()) for source in seen for line in source.splitlines()) / LINES
        + without_folds(text).count("$$") / 2 / FORMULAS
        + sum(source.count("Predice(\n") for source in sources) * A_QUESTION
        + sum(source.count("Explorador(") for source in seen) * AN_EXPLORER
        + sum(cell.id.startswith("reto") for cell in code) * A_CHALLENGE
        + sum(bool(re.search(r"plots\.show|plt\.subplots", s)) for s in sources) * A_FIGURE
    )


@each_lesson
def test_the_minutes_that_a_lesson_promises_are_those_that_reading_it_takes(name):
    promised = int(re.search(r"(\d+) minutos", sources(name)[0])[1])
    needed = minutes_to_read(name)
    assert max(promised / needed, needed / promised) < MOST_APART, round(needed)
