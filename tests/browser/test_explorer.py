"""The explorer in a real browser, with no kernel and no network: its numbers are conv2d_lib's."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import conv2d_lib as cl
from conv2d_lib.explorer import module_text
from conv2d_lib.explorer.bundle import _FOLDER, _NAME
from conv2d_lib.explorer.pictures import packed, photographs
from conv2d_lib.explorer.reader import answer

PAGE = '<!doctype html><html lang="es"><title>Explorador</title><main><div id="a"></div></main>'
# One frame: what is touched answers before the next picture is shown. A machine that takes longer
# than this for a plain sum of products is given as many times more.
MOST_MS, PLAIN_MS = 16, 6.0


@pytest.fixture
def open_page(new_context) -> Iterator:
    pages = []

    def opened(width: int = 1280, scheme: str = "light") -> Page:
        size = {"width": width, "height": 900}
        page = new_context(viewport=size, color_scheme=scheme, offline=True).new_page()
        pages.append(page)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.set_content(PAGE)
        page.add_script_tag(
            type="module",
            content=module_text() + "\nwindow.explorador = explorador; window.predice = predice;",
        )
        page.wait_for_function("!!window.predice")
        return page

    yield opened
    for page in pages:
        assert page.problems == []


def explore(page: Page, state: dict, images: list | None = None) -> None:
    page.evaluate(
        "([estado, imagenes]) => { window.vista ="
        " explorador(document.getElementById('a'), { estado, imagenes }); }",
        [state, images or []],
    )


def hold_the_clock(page: Page) -> None:
    """Time goes only when the test says: how long a click takes here changes nothing."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def numbers(page: Page) -> np.ndarray:
    return np.array(page.evaluate("vista.numbers()"))


def test_names_are_declared_once_in_the_whole_module():
    names = [n for path in _FOLDER.glob("*.js") for n in _NAME.findall(path.read_text("utf-8"))]
    own = re.findall(r"^(?:function|const|class|let) (\w+)", module_text(), re.MULTILINE)
    everywhere = re.findall(
        r"^(?:export )?(?:function|const|class|let) (\w+)", module_text(), re.MULTILINE
    )
    assert set(names) <= set(everywhere)
    assert len(everywhere) == len(set(everywhere)), sorted(own)
    assert not re.search(r"^import ", module_text(), re.MULTILINE)
    assert "http" not in module_text()


CASES = [
    {"strides": s, "padding": p, "dilation": d, "alto": kh, "ancho": kw, "filtros": f}
    for (s, p), (d, kh, kw, f) in itertools.product(
        [(1, "valid"), (2, "same"), (3, "valid"), (2, "valid"), (1, "same")],
        [(1, 3, 3, 1), (2, 3, 2, 2), (1, 1, 5, 3), (3, 2, 3, 1), (1, 4, 4, 2)],
    )
]


def test_its_numbers_are_those_of_the_library(open_page):
    page, rng = open_page(), np.random.default_rng(7)
    for index, case in enumerate(CASES):
        channels = 1 + 2 * (index % 2)
        image = rng.normal(size=(17, 20, channels)).astype(np.float32)
        shape = (case["alto"], case["ancho"], channels, case["filtros"])
        kernel = rng.integers(-3, 4, shape).astype(np.float32)
        bias = rng.integers(-2, 3, case["filtros"]).astype(np.float32)
        shown = int(rng.integers(case["filtros"]))
        state = case | {
            "imagen": "x", "filtro": shown, "sesgos": bias.tolist(), "relu": index % 3 == 0,
            "nucleos": kernel.transpose(3, 2, 0, 1).tolist(),
        }  # fmt: skip
        explore(page, state, [packed("x", "x", image)])
        expected = cl.conv2d(
            image[None], kernel, bias, strides=case["strides"], padding=case["padding"],
            dilation_rate=case["dilation"],
        )[0, :, :, shown]  # fmt: skip
        if state["relu"]:
            expected = np.maximum(expected, 0)
        np.testing.assert_allclose(numbers(page), expected, rtol=1e-4, atol=1e-4, err_msg=str(case))


def test_pooling_is_that_of_the_library(open_page):
    page, rng = open_page(), np.random.default_rng(8)
    image = rng.normal(size=(11, 13, 1)).astype(np.float32)
    identity = [[[[1]]]]
    state = {"imagen": "x", "alto": 1, "ancho": 1, "nucleos": identity, "pooling": "max"}
    explore(page, state, [packed("x", "x", image)])
    np.testing.assert_allclose(numbers(page), cl.max_pooling2d(image[None], 2)[0, ..., 0], 1e-6)
    page.evaluate("vista.set({ pooling: 'media' })")
    blocks = image[:10, :12, 0].reshape(5, 2, 6, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(numbers(page), blocks, rtol=1e-5, atol=1e-6)


def test_the_channels_apart_are_each_its_own_convolution_and_together_they_add_up(open_page):
    page, rng = open_page(), np.random.default_rng(9)
    image = rng.normal(size=(9, 8, 3)).astype(np.float32)
    kernel = rng.integers(-3, 4, (3, 2, 3, 1)).astype(np.float32)
    state = {
        "imagen": "x", "alto": 3, "ancho": 2, "sesgos": [2], "padding": "same",
        "nucleos": kernel.transpose(3, 2, 0, 1).tolist(),
    }  # fmt: skip
    explore(page, state, [packed("x", "x", image)])
    together, apart = numbers(page), []
    for channel in range(3):
        page.evaluate("canal => vista.set({ canal })", channel)
        apart.append(numbers(page))
        alone = image[None, ..., channel : channel + 1], kernel[:, :, channel : channel + 1]
        expected = cl.conv2d(*alone, padding="same")[0, ..., 0]
        np.testing.assert_allclose(apart[-1], expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(sum(apart) + 2, together, rtol=1e-4, atol=1e-4)


def test_every_output_names_the_window_that_it_reads_and_every_input_what_it_reaches(open_page):
    page = open_page()
    explore(page, {"padding": "same", "strides": 2, "dilation": 2, "imagen": "circulo"})
    # By brute force: an output changes if and only if one of the pixels that it reads does.
    found = page.evaluate(
        """() => {
        const wrong = [];
        const { image } = vista;
        const before = vista.numbers();
        for (let y = 0; y < image.h; y++) for (let x = 0; x < image.w; x++) {
            const old = image.data[y * image.w + x];
            image.data[y * image.w + x] = old + 1e3;
            vista.refresh();
            const after = vista.numbers();
            image.data[y * image.w + x] = old;
            const changed = [];
            after.forEach((row, i) => row.forEach((v, j) => {
                if (v !== before[i][j]) changed.push(`${i},${j}`);
            }));
            vista.refresh();
            const drawn = [y + vista.result.rows.pad[0], x + vista.result.columns.pad[0]];
            vista.inputGrid.onPoint(drawn);
            const box = vista.outputGrid.view.boxes[0];
            const reached = box.cells.map(String);
            // A weight of 0 in the kernel reads a pixel, and changes nothing.
            if (!changed.every((c) => reached.includes(c))) wrong.push([y, x]);
            for (const cell of box.cells) {
                vista.outputGrid.onPoint(cell);
                const seen = vista.inputGrid.view.boxes[0].cells.map(String);
                if (!seen.includes(String(drawn))) wrong.push([y, x, "back"]);
            }
        }
        return wrong;
    }"""
    )
    assert found == []


def test_a_step_takes_less_than_a_frame_on_64_by_64(open_page):
    page = open_page()
    picture = np.random.default_rng(1).random((64, 64, 3)).astype(np.float32)
    explore(page, {"imagen": "x", "filtros": 4}, [packed("x", "x", picture)])
    taken = page.evaluate(
        """() => {
        const times = [], plain = [], one = new Float32Array(64 * 64 * 27).fill(0.5);
        for (let k = 0; k < 60; k++) {
            vista.state.sesgos[0] = k;
            vista.refresh();
            times.push(Number(vista.root.dataset.pasoMs));
            const start = performance.now();
            let sum = k;
            for (let turn = 0; turn < 100; turn++)
                for (let i = 0; i < one.length; i++) sum += one[i] * turn;
            plain.push(sum ? performance.now() - start : 0);
        }
        return [times, plain];
    }"""
    )
    # The least of many: what it costs, and not what else the machine was doing.
    step, plain = map(min, taken)
    assert step < MOST_MS * max(1, plain / PLAIN_MS), (step, plain)


def test_the_output_fills_cell_by_cell_and_the_account_is_of_the_last_one(open_page):
    page = open_page()
    hold_the_clock(page)
    explore(page, {"imagen": "digito"})
    for _ in range(9):
        page.get_by_role("button", name="Paso", exact=True).click()
    assert page.evaluate("vista.filled") == 9
    value = numbers(page)[1, 2]
    shown = page.locator(".cuenta .suma").inner_text()
    assert shown.endswith(f"= {value:.0f}".replace("-", "−"))
    page.get_by_role("button", name="Reproducir").click()
    page.clock.run_for(2 * 220)
    page.get_by_role("button", name="Pausa").click()
    assert page.evaluate("vista.filled") == 12
    page.clock.run_for(10 * 220)
    assert page.evaluate("vista.filled") == 12


def test_a_weight_that_is_typed_changes_the_output_and_keeps_the_focus(open_page):
    page = open_page()
    explore(page, {"imagen": "digito"})
    before = numbers(page)
    weight = page.get_by_label("peso (1, 1)")
    weight.fill("5")
    assert not np.array_equal(numbers(page), before)
    assert page.evaluate("document.activeElement.dataset.campo") == "peso-1-1"
    page.get_by_label("kernel con nombre").select_option("Identidad")
    image = np.array(page.evaluate("[...vista.image.data]")).reshape(8, 8)
    np.testing.assert_array_equal(numbers(page), image[1:-1, 1:-1])


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("-0.5", -0.5), ("0,05", 0.05), ("\u22121,25", -1.25), ("1000", 1000), ("3,", 3)],
)
def test_a_number_typed_key_by_key_is_that_number(open_page, typed, number):
    page = open_page()
    explore(page, {"imagen": "digito", "filtros": 2, "filtro": 1})
    shown = "[vista.state.nucleos[1][0][1][1], vista.state.sesgos[1]]"
    for label in ("peso (1, 1)", "sesgo"):
        page.get_by_label(label).focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        assert page.get_by_label(label).input_value() == typed
    assert page.evaluate(shown) == [number, number]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(shown) == [number, number + 1]
    for wrong in ("-", "", "uno"):  # What is left so is not heard, and the field is as before.
        page.keyboard.press("Control+a")
        page.keyboard.press("Backspace")
        page.keyboard.type(wrong)
    page.keyboard.press("Tab")
    expect(page.get_by_label("sesgo")).to_have_value(f"{number + 1:g}".replace(".", ","))
    assert page.evaluate(shown) == [number, number + 1]
    assert page.evaluate("document.activeElement.dataset.campo") == "peso-0-0"


def test_a_step_typed_out_of_range_is_drawn_as_the_field_says(open_page):
    page = open_page()
    explore(page, {"imagen": "circulo", "strides": 2})
    field = page.get_by_label("strides (paso)")
    for typed, kept in (("12", "4"), ("", "4"), ("3", "3"), ("0", "1")):
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.press("Backspace")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
        page.wait_for_function(f"vista.state.strides === {kept}")
        assert field.input_value() == kept
        assert page.evaluate("document.activeElement.dataset.campo") == "dilation"
    page.get_by_text("Campo receptivo de varias capas").click()
    page.get_by_label("kernel de la capa 1").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("11")
    assert page.evaluate("vista.state.capas.map(({ k }) => k)") == [11, 2, 3]


def test_the_arrows_go_over_every_kernel_with_a_name(open_page):
    page = open_page()
    explore(page, {"imagen": "digito"})
    names = page.get_by_label("kernel con nombre")
    listed = names.locator("option").all_inner_texts()
    assert names.locator("option:checked").inner_text() == listed[1]  # The one that is drawn.
    names.focus()
    walked = []
    for _ in listed[3:]:
        page.keyboard.press("ArrowDown")
        walked.append(names.locator("option:checked").inner_text())
    assert walked == listed[2:-1]
    page.get_by_label("peso (1, 1)").fill("5")
    assert names.locator("option:checked").inner_text() == listed[0]


def test_in_a_cell_escape_goes_back_to_it_and_orders_with_shift_or_control_are_its_own(open_page):
    page = open_page()
    page.evaluate("document.querySelector('main').className = 'jp-Cell'")
    page.evaluate("document.querySelector('main').tabIndex = 0")
    explore(page, {"imagen": "dibujo"})
    page.evaluate(
        "window.heard = []; document.addEventListener('keydown', ({ key, target }) => {"
        " const heard = !target.hasAttribute('data-lm-suppress-shortcuts');"
        " if (!['Shift', 'Control'].includes(key)) window.heard.push(heard); })"
    )
    for control in ("canvas >> nth=0", "[data-campo=relu]", "[data-campo=sesgo]"):
        page.locator(control).focus()
        for key in ("Shift+Enter", "Control+s", "Escape"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement.className") == "jp-Cell"
    assert page.evaluate("heard") == [True] * 9
    assert not numbers(page).any()  # Nothing was painted.
    page.locator("[data-campo=pooling]").press("m")
    assert page.evaluate("heard.at(-1)") is False


def test_the_keyboard_walks_the_output_and_says_in_words_what_it_reads(open_page):
    page = open_page()
    explore(page, {"imagen": "digito", "strides": 2})
    page.get_by_label("Salida: recórrela con las flechas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    value = f"{numbers(page)[1, 1]:.0f}".replace("-", "−")
    said = page.locator(".dicho[role=status]").inner_text()
    assert said == (
        f"Salida (1, 1) = {value}. Lee las filas 2 a 4 y las columnas 2 a 4 de la entrada."
    )


def test_a_drawing_by_mouse_and_by_keyboard_is_convolved(open_page):
    page = open_page()
    explore(page, {"imagen": "dibujo"})
    assert not numbers(page).any()
    canvas = page.get_by_label("Entrada: recórrela con las flechas")
    canvas.click(position={"x": 100, "y": 100})
    assert numbers(page).any()
    page.get_by_role("button", name="Borrar").click()
    assert not numbers(page).any()
    page.wait_for_timeout(500)  # Longer than one stroke of the brush.
    canvas.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    assert numbers(page).any()


def test_sizes_costs_and_receptive_field_are_live(open_page):
    page = open_page()
    explore(page, {"imagen": "circulo"})
    assert "⌊(12 − 3) / 1⌋ + 1 = 10" in page.locator(".formulas").inner_text()
    page.get_by_label("strides (paso)").fill("2")
    assert "⌊(12 − 3) / 2⌋ + 1 = 5" in page.locator(".formulas").inner_text()
    page.get_by_text("Parámetros y multiplicaciones").click()
    cells = page.locator("details >> nth=0 >> td").all_inner_texts()
    assert cells == ["10", "225", "3625", "3600"]
    page.get_by_text("Campo receptivo de varias capas").click()
    fields = "details >> nth=1 >> tbody tr >> td:nth-child(6)"
    assert page.locator(fields).all_inner_texts() == ["3×3", "4×4", "8×8"]
    expected = cl.receptive_field([(3, 1), (2, 2), (3, 1), (3, 1)])
    page.get_by_role("button", name="Añadir Conv2D").click()
    assert page.locator(fields).all_inner_texts()[-1] == f"{expected}×{expected}"
    page.get_by_role("button", name="Quitar la capa 1").click()
    assert len(page.locator(fields).all_inner_texts()) == 3


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_nothing_moves_while_a_reader_points_and_nothing_sticks_out(open_page, width, scheme):
    page = open_page(width, scheme)
    explore(page, {"imagen": "china", "padding": "same", "filtros": 2}, photographs())
    place = "vista.outputGrid.canvas.getBoundingClientRect().top + window.scrollY"
    before = page.evaluate(place)
    for cell in ([0, 0], [5, 9], [63, 63]):
        page.evaluate("cell => vista.outputGrid.onPoint(cell)", cell)
        assert page.evaluate(place) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_prediction_answers_each_usual_mistake_and_hides_the_answer_until_then(open_page):
    page = open_page()
    question = {
        "enunciado": "¿Qué lado tiene la salida?", "respuesta": "2,5", "porque": "Porque sí.",
        "replicas": [["3", "Redondeaste."]],
    }  # fmt: skip
    page.evaluate(f"predice(document.getElementById('a'), {json.dumps(question)})")
    assert page.get_by_role("button", name="Ver la respuesta").is_disabled()
    field = page.locator("input[type=text]")
    for typed, said in (("3", "Redondeaste."), ("7", "No es eso."), (" 2.50 ", "Correcto.")):
        field.fill(typed)
        page.get_by_role("button", name="Responder").click()
        assert said in page.get_by_role("status").inner_text()
        assert page.get_by_text("Porque sí.").is_visible() == (said == "Correcto.")


@pytest.mark.parametrize(
    ("expected", "typed", "right"),
    [
        (25120, "25 120", True), (25120, "25.120", True), (25120, "25\u202f120", True),
        (25120, "25,12", False), (25120, "2 5120", False), (6.5, "6.5", True),
        (6.5, "6,500", True), (194688, "194.688", True), (1.5, "1.500", True),
    ],
)  # fmt: skip
def test_a_number_is_understood_with_its_thousands_apart(open_page, expected, typed, right):
    page = open_page()
    question = {"enunciado": "¿Cuántos?", "respuesta": str(expected), "porque": "Se cuentan."}
    page.evaluate(f"predice(document.getElementById('a'), {json.dumps(question)})")
    page.locator("input[type=text]").fill(typed)
    page.get_by_role("button", name="Responder").click()
    assert page.get_by_role("status").inner_text().startswith("Correcto." if right else "No es")


AS_IN_A_NOTEBOOK = """async ([text, state, images]) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const { default: widget } = await import(url);
    const values = { estado: state, imagenes: images, con_funcion: true, pregunta: null };
    const heard = {};
    window.asked = [];
    window.tell = (message) => heard["msg:custom"](message);
    const model = {
        get: (name) => values[name], set: (name, value) => { values[name] = value; },
        save_changes: () => {}, on: (name, heardBy) => { heard[name] = heardBy; }, off: () => {},
        send: (message) => window.asked.push(message),
    };
    widget.render({ model, el: document.getElementById("a") });
}"""


def unit_1_conv2d(x, kernel, bias):
    return cl.conv2d(x, kernel, bias)


def unit_4_conv2d(x, kernel, bias, strides=1, padding="valid"):
    return cl.conv2d(x, kernel, bias, strides=strides, padding=padding)


def without_bias(x, kernel, bias, strides=1, padding="valid"):
    return cl.conv2d(x, kernel, None, strides=strides, padding=padding)


def correlation(image, kernel):
    return cl.correlate2d_loops(image, kernel)


@pytest.mark.parametrize(
    ("function", "state", "said"),
    [
        (unit_1_conv2d, {}, "Coincide en las 64 salidas."),
        (unit_4_conv2d, {"strides": 2, "padding": "same"}, "Coincide en las 25 salidas."),
        (without_bias, {}, "No coincide en 64 de 64 salidas: están tachadas."),
        (lambda x, kernel, bias: unit_1_conv2d(x, kernel, bias)[:, 1:], {},
         "La forma no coincide: se esperaba 8×8×2 y llegó 7×8×2."),
        (lambda x, kernel, bias: 1 / 0, {}, "Tu función se detuvo: ZeroDivisionError"),
        # What it is not asked for is no mistake of its own.
        (unit_1_conv2d, {"strides": 2, "padding": "same", "relu": True, "pooling": "max"},
         "Coincide en las 64 salidas. Se compara sin strides, padding, ReLU, pooling, que tu "
         "función no recibe."),
        (correlation, {"filtro": 1},
         "Coincide en las 64 salidas. Se compara sin sesgo, que tu función no recibe."),
    ],
)  # fmt: skip
def test_the_reader_s_function_is_compared_with_what_it_was_asked(open_page, function, state, said):
    page = open_page()
    image = np.random.default_rng(5).normal(size=(10, 10, 1)).astype(np.float32)
    wanted = {"imagen": "x", "filtros": 2, "sesgos": [3, 4]} | state
    page.evaluate(AS_IN_A_NOTEBOOK, [module_text(), wanted, [packed("x", "x", image)]])
    page.wait_for_function("window.asked.length === 1")
    (asked,) = page.evaluate("window.asked")
    drawn = np.frombuffer(base64.b64decode(asked["datos"]["data"]), "<f4").reshape(image.shape)
    np.testing.assert_array_equal(drawn, image)
    found = answer(function, drawn.copy(), asked["estado"])
    page.evaluate("tell", {"tipo": "resultado", "turno": asked["turno"], **found})
    shown = page.locator("p[role=status]").nth(1)
    assert shown.inner_text().startswith(said)
    # An answer to an older question is no answer.
    page.evaluate("tell", {"tipo": "resultado", "turno": 0, "error": "tarde"})
    assert "tarde" not in shown.inner_text()


def test_what_was_said_of_a_cell_goes_when_something_changes(open_page):
    page = open_page()
    explore(page, {})
    page.get_by_role("button", name="Paso", exact=True).click()
    status = page.locator(".explorador [role=status]")
    assert "Lee las filas" in status.inner_text()
    page.get_by_label("strides (paso)").fill("2")
    page.keyboard.press("Enter")
    assert status.inner_text() == "La salida mide 3×3."


def test_a_kernel_that_does_not_fit_is_told_and_leaves_nothing_to_point_at(open_page):
    page = open_page()
    explore(page, {"imagen": "digito", "alto": 5, "dilation": 2})
    status = page.locator(".explorador [role=status]")
    told = "No cabe: el filtro abarca 9 píxeles de alto y la entrada tiene 8."
    assert status.inner_text().startswith(told)
    assert "→ no cabe" in page.locator(".formulas").inner_text()
    page.get_by_role("button", name="Reproducir").click()
    page.locator("canvas").nth(1).focus()
    page.keyboard.press("ArrowDown")
    assert status.inner_text().startswith(told)
    assert page.evaluate("[vista.playing, vista.marked]") == [False, None]


def test_layers_are_added_and_taken_away_by_keyboard_and_told(open_page):
    page = open_page()
    explore(page, {"imagen": "digito", "capas": [{"tipo": "conv", "k": 3, "s": 1}]})
    page.get_by_text("Campo receptivo de varias capas").click()
    status = page.locator(".explorador [role=status]")
    focused = "document.activeElement.textContent"
    page.get_by_role("button", name="Añadir Conv2D").focus()
    page.keyboard.press("Enter")
    assert status.inner_text().endswith("cada número suyo ve 5×5 píxeles.")
    page.keyboard.press("Enter")  # The focus is where it was.
    assert status.inner_text().endswith("cada número suyo ve 7×7 píxeles.")
    page.keyboard.press("Enter")
    assert status.inner_text().startswith("La capa 4 no cabe")
    assert page.locator("details >> nth=1 >> tbody tr").last.inner_text().split()[2:4] == [
        "no", "cabe",
    ]  # fmt: skip
    page.get_by_role("button", name="Quitar la capa 4").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "Quitar"
    page.get_by_label("kernel de la capa 2").fill("2")
    assert page.evaluate("document.activeElement.dataset.campo") == "capa-1-k"


def test_playing_pausing_and_the_whole_are_told(open_page):
    page = open_page()
    hold_the_clock(page)
    explore(page, {"imagen": "digito"})
    status = page.locator(".explorador [role=status]")
    page.get_by_role("button", name="Reproducir").click()
    assert status.inner_text().startswith("Llenando la salida")
    page.clock.run_for(2 * 220)
    page.get_by_role("button", name="Pausa").click()
    assert status.inner_text().startswith("Salida (0, 2)")
    page.get_by_role("button", name="Todo").click()
    assert status.inner_text() == "La salida mide 6×6."


def test_who_asks_for_less_motion_gets_the_whole_output_at_once(open_page):
    page = open_page()
    page.emulate_media(reduced_motion="reduce")
    explore(page, {"imagen": "digito"})
    page.get_by_role("button", name="Reproducir").click()
    assert page.evaluate("[vista.playing, vista.filled]") == [False, None]
    assert "menos movimiento" in page.locator(".explorador [role=status]").inner_text()


def test_a_quick_stroke_paints_the_cells_that_it_jumps_over(open_page):
    page = open_page()
    explore(page, {"imagen": "dibujo"})
    box = page.locator("canvas").first.bounding_box()
    cell = box["width"] / page.evaluate("vista.image.w")
    page.mouse.move(box["x"] + 1.5 * cell, box["y"] + 1.5 * cell)
    page.mouse.down()
    page.mouse.move(box["x"] + 8.5 * cell, box["y"] + 8.5 * cell)
    page.mouse.up()
    wide = page.evaluate("vista.image.w")
    painted = page.evaluate("[...vista.image.data].flatMap((v, k) => v ? [k] : [])")
    assert [divmod(k, wide) for k in painted] == [(k, k) for k in range(1, 9)]


def test_a_change_in_one_explorer_takes_the_focus_from_no_other(open_page):
    page = open_page()
    page.evaluate("document.querySelector('main').append(document.createElement('section'))")
    explore(page, {})
    page.evaluate("window.otra = explorador(document.querySelector('main > section'), {})")
    page.get_by_label("strides (paso)").first.focus()
    page.evaluate("otra.set({ strides: 2 })")
    assert page.evaluate("vista.root.contains(document.activeElement)")


def test_in_vs_code_its_theme_is_seen_and_not_the_light_one_of_the_widgets(open_page):
    page = open_page()
    page.add_style_tag(content=":root { --jp-layout-color1: white; --jp-ui-font-color1: black; }")
    theme = "--vscode-editor-background: rgb(30, 30, 30); --vscode-foreground: rgb(204, 204, 204);"
    page.evaluate(
        "style => { document.body.className = 'vscode-body vscode-dark';"
        " document.body.style.cssText = style; }",
        theme,
    )
    explore(page, {})
    seen = "el => [getComputedStyle(el).backgroundColor, getComputedStyle(el).color]"
    colors = page.locator(".explorador").evaluate(seen)
    assert colors == ["rgb(30, 30, 30)", "rgb(204, 204, 204)"]
