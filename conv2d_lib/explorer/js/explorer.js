// El explorador: una entrada, un kernel y la salida, que se tocan y se recorren paso a paso.

import { palette } from "./colors.js";
import { button, checkbox, clamp, h, select, stepper } from "./dom.js";
import { convolve } from "./compute.js";
import { costs, enlarged, stack } from "./geometry.js";
import { Grid } from "./grid.js";
import { ownImages } from "./images.js";
import { KERNELS, number } from "./kernels.js";
import { layersInWords, layersTable } from "./layers.js";
import { compute, reachedFrom, readBy, sizeFormula } from "./maps.js";
import { account, channelName } from "./products.js";
import { DEFAULTS, LIMITS, kernelOf, settled, withKernel, withWeight } from "./state.js";
import { STYLE } from "./style.js";

const SPEEDS = { lenta: 700, normal: 220, rápida: 40 };
const AGREES = 1e-3; // of the largest expected value: float32, in another order
const QUIET_MS = 250; // before Python hears of a change

export class Explorer {
  /**
   * `host` tells the outside: `changed(state)`, and `ask(state)` where there is a reader's function
   * to run. Both are optional: without a kernel there is nobody to tell.
   */
  constructor(el, { state = {}, images = [], host = {} } = {}) {
    this.host = host;
    this.images = [...images, ...ownImages().filter((own) => !images.some((i) => i.id === own.id))];
    this.filled = null; // cells already computed while stepping; null: all of them
    this.marked = null; // { output: cell } or { input: cell }
    this.reader = null; // what the reader's function gave
    this.#build(el);
    this.set(state);
  }

  set(changes) {
    const wanted = { ...this.state, ...changes };
    const chosen = wanted.imagen ?? DEFAULTS.imagen;
    this.image = this.images.find((image) => image.id === chosen) ?? this.images[0];
    this.state = settled({ ...wanted, imagen: this.image.id }, this.image.c);
    this.#pause();
    this.filled = null;
    this.marked = null;
    const focused = document.activeElement;
    const kept = this.root.contains(focused) ? focused.dataset.campo : null;
    this.#controls();
    this.refresh();
    this.#focusAgain(kept);
    // What was said was of the cell pointed at before.
    this.said.textContent = changes.capas && kept ? layersInWords(this.state.capas, this.image.h) : this.#whole();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.host.changed?.(this.state), QUIET_MS);
    if (this.host.ask) {
      this.reader = null;
      clearTimeout(this.asking);
      this.asking = setTimeout(() => this.host.ask(this.state, this.image), QUIET_MS);
    }
  }

  /** The controls are made again at each change: who was in one stays there, or beside it. */
  #focusAgain(kept) {
    if (!kept) return;
    const beside = kept.startsWith("capa-") ? [`capa-0-quitar`, "capa-conv"] : [];
    for (const name of [kept, ...beside]) {
      const control = this.root.querySelector(`[data-campo="${name}"]:not(:disabled)`);
      if (control) {
        control.focus();
        return;
      }
    }
  }

  /** The whole output in words, or why there is none. */
  #whole() {
    const { rows, columns, output } = this.result;
    for (const [{ n, axis }, name] of [[rows, "alto"], [columns, "ancho"]]) {
      const reach = enlarged(axis.k, axis.d);
      if (axis.padding === "valid" && reach > n) {
        return `No cabe: el filtro abarca ${reach} píxeles de ${name} y la entrada tiene ${n}. Baja el kernel o la dilatación, o elige «same».`;
      }
    }
    return output.h && output.w ? `La salida mide ${output.h}×${output.w}.` : "No queda salida: el pooling pide una ventana entera.";
  }

  destroy() {
    this.#pause();
    clearTimeout(this.telling);
    clearTimeout(this.asking);
  }

  /** Compute and draw everything; how long it took stands on the element, in milliseconds. */
  refresh() {
    const start = performance.now();
    this.result = compute(this.state, this.image);
    this.colors = {
      input: palette(this.image.data, { signed: false }),
      output: palette(this.#shown(), { signed: true }),
    };
    this.#draw();
    this.#formulas();
    this.root.dataset.pasoMs = (performance.now() - start).toFixed(2);
    this.root.dataset.salida = `${this.result.output.h}x${this.result.output.w}`;
  }

  /** The output on the page: rows of numbers, of the filter that is shown. */
  numbers() {
    const { h: rows, w } = this.result.output;
    const values = this.#shown();
    return Array.from({ length: rows }, (_, i) => [...values.slice(i * w, (i + 1) * w)]);
  }

  /** The answer of the reader's function: { h, w, c, data } or { error }. */
  answered(answer) {
    this.reader = answer;
    this.#draw();
    this.#judge();
  }

  #shown(image = this.result.output) {
    const { h: rows, w, c, data } = image;
    const filter = Math.min(this.state.filtro, c - 1);
    return Float32Array.from({ length: rows * w }, (_, k) => data[k * c + filter]);
  }

  // --- drawing -----------------------------------------------------------------------------------

  #draw() {
    const { input, output } = this.#highlights();
    this.#drawInput(input);
    this.#drawOutput(output);
    if (this.readerGrid) this.#drawReader();
    this.#account();
  }

  #drawInput(boxes) {
    const { rows, columns, only } = this.result;
    const { h: height, w, c, data } = this.image;
    const [top, left] = [rows.pad[0], columns.pad[0]];
    const inside = (i, j) => i >= top && j >= left && i < top + height && j < left + w;
    const at = (i, j, m) => data[((i - top) * w + j - left) * c + m];
    const colored = c === 3 && only === null;
    this.inputGrid.draw({
      rows: height + rows.pad[0] + rows.pad[1],
      columns: w + columns.pad[0] + columns.pad[1],
      hatched: (i, j) => !inside(i, j),
      color: (i, j) => {
        if (!inside(i, j)) return null;
        if (colored) return [0, 1, 2].map((m) => Math.round(255 * clamp(at(i, j, m), 0, 1)));
        return this.colors.input(at(i, j, only ?? 0));
      },
      value: (i, j) => (inside(i, j) && !colored ? at(i, j, only ?? 0) : null),
      boxes: boxes.map(({ cells, kind }) => ({
        kind, cells: cells.map(([y, x]) => [y + top, x + left]),
      })),
    });
  }

  #drawOutput(boxes) {
    const { h: rows, w: columns } = this.result.output;
    const values = this.#shown();
    const there = (i, j) => this.filled === null || i * columns + j < this.filled;
    this.outputGrid.draw({
      rows, columns, boxes,
      color: (i, j) => (there(i, j) ? this.colors.output(values[i * columns + j]) : null),
      value: (i, j) => (there(i, j) ? values[i * columns + j] : null),
    });
  }

  #drawReader() {
    const answer = this.reader;
    if (!answer?.data) {
      this.readerGrid.draw({ rows: 0, columns: 0, color: () => null });
      return;
    }
    const values = this.#shown(answer);
    const wrong = this.#differing(this.#expected());
    this.readerGrid.draw({
      rows: answer.h, columns: answer.w,
      color: (i, j) => this.colors.output(values[i * answer.w + j]),
      value: (i, j) => values[i * answer.w + j],
      wrong: (i, j) => wrong?.has(i * answer.w + j),
    });
  }

  /** What the reader's function should give for what it was asked: before ReLU and pooling. */
  #expected() {
    const { pedido } = this.reader;
    const kernel = kernelOf(this.state);
    const biases = pedido.capa ? this.state.sesgos : this.state.sesgos.map(() => 0);
    const whole = convolve(this.image, kernel, biases, pedido);
    if (pedido.capa) return whole;
    return { ...whole, c: 1, data: this.#shown(whole) };
  }

  /** Positions where the reader's function gives something else; null where shapes differ. */
  #differing(expected) {
    const { reader } = this;
    if (reader.h !== expected.h || reader.w !== expected.w || reader.c !== expected.c) return null;
    const right = this.#shown(expected);
    const theirs = this.#shown(reader);
    const most = right.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const found = new Set();
    right.forEach((v, k) => {
      if (!(Math.abs(v - theirs[k]) <= AGREES * most + 1e-6)) found.add(k);
    });
    return found;
  }

  #judge() {
    const { reader } = this;
    let text;
    let good = false;
    if (reader.error) text = `Tu función se detuvo: ${reader.error}`;
    else {
      const right = this.#expected();
      const wrong = this.#differing(right);
      const total = right.h * right.w;
      good = wrong?.size === 0;
      if (wrong === null) {
        text = `La forma no coincide: se esperaba ${right.h}×${right.w}×${right.c} y llegó ${reader.h}×${reader.w}×${reader.c}.`;
      } else if (good) text = `Coincide en las ${total} salidas.`;
      else text = `No coincide en ${wrong.size} de ${total} salidas: están tachadas.`;
      text += this.#notAsked();
    }
    this.verdict.textContent = text;
    this.verdict.className = good ? "bien" : "mal";
  }

  /** What is on the page and the function was not asked for. */
  #notAsked() {
    const { pedido } = this.reader;
    const names = { strides: "strides", padding: "padding", dilation: "dilation_rate" };
    const left = Object.keys(names).filter((n) => this.state[n] !== pedido[n]).map((n) => names[n]);
    if (!pedido.capa && this.state.sesgos[this.state.filtro] !== 0) left.push("sesgo");
    if (this.state.relu) left.push("ReLU");
    if (this.state.pooling !== "no") left.push("pooling");
    return left.length ? ` Se compara sin ${left.join(", ")}, que tu función no recibe.` : "";
  }

  #highlights() {
    if (this.marked?.output) {
      const cell = this.marked.output;
      return {
        input: [{ cells: readBy(cell, this.result, this.state), kind: "strong" }],
        output: [{ cells: [cell], kind: "strong" }],
      };
    }
    if (this.marked?.input) {
      const cell = this.marked.input;
      return {
        input: [{ cells: [cell], kind: "strong" }],
        output: [{ cells: reachedFrom(cell, this.result, this.state), kind: "weak" }],
      };
    }
    return { input: this.stackSection.open ? [this.#field()] : [], output: [] };
  }

  /** What the middle number of the last layer of the stack sees of the image. */
  #field() {
    const { field } = stack(this.image.h, this.state.capas).at(-1) ?? { field: 1 };
    const range = (n) => {
      const first = Math.max(0, Math.floor((n - field) / 2));
      return Array.from({ length: Math.min(field, n) }, (_, k) => first + k);
    };
    const cells = range(this.image.h).flatMap((y) => range(this.image.w).map((x) => [y, x]));
    return { cells, kind: "field" };
  }

  #account() {
    const cell = this.marked?.output;
    this.sums.replaceChildren(...(cell
      ? account(cell, this.result, this.state, this.image)
      : [h("p", { class: "dicho" }, "Señala una celda de la salida: aquí sale su cuenta.")]));
  }

  #formulas() {
    const { rows, columns, output, sums } = this.result;
    const lines = [`Alto: ${sizeFormula(rows)}`, `Ancho: ${sizeFormula(columns)}`];
    if (this.state.padding === "same") {
      lines.push(`Ceros: ${rows.pad.join(" y ")} arriba y abajo; ${columns.pad.join(" y ")} a los lados`);
    }
    if (this.result.pooled) lines.push(`Pooling ${this.state.pool}×${this.state.pool}: ${output.h}×${output.w}`);
    this.sizes.replaceChildren(...lines.map((line) => h("div", {}, line)));
    const layer = { kh: this.state.alto, kw: this.state.ancho, f: this.state.filtros, bias: true };
    const cost = costs(this.image, layer, sums);
    const whole = (value) => number(value, 0);
    this.costTable.replaceChildren(
      h("thead", {}, h("tr", {}, ...["", "parámetros", "multiplicaciones"].map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", {},
        h("tr", {}, h("th", { scope: "row" }, "esta convolución"), h("td", {}, whole(cost.parameters)), h("td", {}, whole(cost.multiplications))),
        h("tr", {}, h("th", { scope: "row" }, "una Dense de la misma entrada a la misma salida"), h("td", {}, whole(cost.denseParameters)), h("td", {}, whole(cost.denseMultiplications)))));
    this.stackBody.replaceChildren(...layersTable(this.state.capas, this.image.h, (capas) => this.set({ capas })));
  }

  // --- pointing and stepping ---------------------------------------------------------------------

  #pointOutput(place) {
    const cell = place && this.#within(place);
    if (this.playing && cell) this.#pause();
    this.marked = cell ? { output: cell } : null;
    this.#draw();
    if (!cell) return;
    const seen = readBy(cell, this.result, this.state);
    const [ys, xs] = [seen.map(([y]) => y), seen.map(([, x]) => x)];
    const value = this.#shown()[cell[0] * this.result.output.w + cell[1]];
    this.#say(`Salida (${cell.join(", ")}) = ${number(value)}. Lee las filas ${span(ys)} y las columnas ${span(xs)} de la entrada.`);
  }

  #pointInput(cell) {
    const place = cell && [cell[0] - this.result.rows.pad[0], cell[1] - this.result.columns.pad[0]];
    const inside = place && place[0] >= 0 && place[1] >= 0 && place[0] < this.image.h && place[1] < this.image.w;
    this.marked = inside ? { input: place } : null;
    this.#draw();
    if (!cell) return;
    if (!inside) {
      this.#say("Relleno: un cero que no está en la imagen.");
      return;
    }
    const reached = reachedFrom(place, this.result, this.state).length;
    const m = this.result.only ?? 0;
    const value = this.image.data[(place[0] * this.image.w + place[1]) * this.image.c + m];
    this.#say(`Entrada (${place.join(", ")}) = ${number(value)}. La ${reached === 1 ? "lee 1 salida" : `leen ${reached} salidas`}.`);
  }

  #paint([i, j]) {
    if (!this.image.editable) return;
    const y = i - this.result.rows.pad[0];
    const x = j - this.result.columns.pad[0];
    if (y < 0 || x < 0 || y >= this.image.h || x >= this.image.w) return;
    const place = y * this.image.w + x;
    const now = performance.now();
    // A press also counts as a move over the same cell.
    if (this.painted?.place === place && now - this.painted.when < 400) return;
    if (!this.painted || now - this.painted.when > 400) this.ink = this.image.data[place] ? 0 : 1;
    this.painted = { place, when: now };
    this.image.data[place] = this.ink;
    this.refresh();
  }

  step(forward = 1) {
    const { h: rows, w } = this.result.output;
    const total = rows * w;
    if (!total) return;
    const next = clamp((this.filled ?? (forward > 0 ? 0 : total)) + forward, 0, total);
    this.filled = next;
    const last = next - 1;
    this.marked = next ? { output: [Math.floor(last / w), last % w] } : null;
    this.#draw();
    if (next && !this.playing) this.#pointOutput(this.marked.output);
    if (next === total) this.#pause();
  }

  #play() {
    if (this.playing) {
      this.#pause();
      return;
    }
    const { h: rows, w } = this.result.output;
    if (!rows || !w) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#all("Tu sistema pide menos movimiento: está entera. Para verla llenarse, usa «Paso». ");
      return;
    }
    if (this.filled === null || this.filled === rows * w) this.filled = 0;
    this.playing = true;
    this.playButton.textContent = "Pausa";
    this.said.textContent = "Llenando la salida, de izquierda a derecha y de arriba abajo.";
    const beat = () => {
      this.step();
      if (this.playing) this.timer = setTimeout(beat, SPEEDS[this.speed]);
    };
    beat();
  }

  #pause() {
    clearTimeout(this.timer);
    const running = this.playing;
    this.playing = false;
    if (running && this.marked?.output) this.#pointOutput(this.marked.output);
    if (this.playButton) this.playButton.textContent = "Reproducir";
  }

  #all(first = "") {
    this.#pause();
    this.filled = null;
    this.marked = null;
    this.#draw();
    this.#say(first + this.#whole());
  }

  #say(text) {
    if (!this.playing) this.said.textContent = text;
  }

  // --- what stands on the page -------------------------------------------------------------------

  #build(el) {
    this.speed = "normal";
    this.inputGrid = new Grid({
      label: "Entrada: recórrela con las flechas",
      onPoint: (cell) => this.#pointInput(cell), onPaint: (cell) => this.#paint(cell),
    });
    this.outputGrid = new Grid({
      label: "Salida: recórrela con las flechas", onPoint: (cell) => this.#pointOutput(cell),
    });
    this.bar = h("div", { class: "barra" });
    this.weights = h("div", {});
    this.sums = h("div", { class: "cuenta" });
    this.sizes = h("div", { class: "formulas" });
    this.said = h("p", { class: "dicho", role: "status", "aria-live": "polite" });
    this.costTable = h("table", {});
    this.stackBody = h("div", { class: "ancha" });
    this.stackSection = h("details", { ontoggle: () => this.#draw() },
      h("summary", {}, "Campo receptivo de varias capas (naranja, en la entrada)"), this.stackBody);
    this.playButton = button("Reproducir", () => this.#play());
    const speed = select("velocidad", Object.keys(SPEEDS).map((s) => [s, s]), "normal", (v) => { this.speed = v; });
    const player = h("div", { class: "barra" }, this.playButton,
      button("Paso", () => this.step()), button("Paso atrás", () => this.step(-1)),
      button("Todo", () => this.#all()), speed.node);
    this.inputFigure = h("figure", {}, h("h3", {}, "Entrada"), this.inputGrid.node, h("figcaption", {}));
    this.outputFigure = h("figure", {}, h("h3", {}, "Salida"), this.outputGrid.node, h("figcaption", {}));
    const right = h("div", {}, this.outputFigure);
    if (this.host.ask) {
      this.readerGrid = new Grid({ label: "Salida de tu función", onPoint: (cell) => this.#pointOutput(cell) });
      this.verdict = h("p", { role: "status", "aria-live": "polite" }, "Esperando a tu función…");
      right.append(h("figure", {}, h("h3", {}, "Tu función"), this.readerGrid.node), this.verdict);
    }
    const centre = h("div", { class: "centro" }, h("h3", {}, "Kernel"), this.weights, h("h3", {}, "Cuenta"), this.sums);
    this.root = h("section", { class: "c2d explorador", lang: "es", "aria-label": "Explorador de la convolución" },
      h("style", {}, STYLE), this.bar, this.sizes, player, this.said,
      h("div", { class: "tablero" }, this.inputFigure, centre, right),
      h("details", {}, h("summary", {}, "Parámetros y multiplicaciones"), h("div", { class: "ancha" }, this.costTable)),
      this.stackSection);
    if (!document.body.matches("[data-jp-theme-light], .vscode-body, [data-vscode-theme-kind]")) {
      this.root.classList.add("sin-tema");
    }
    el.replaceChildren(this.root);
  }

  #within([i, j]) {
    const { h: rows, w } = this.result.output;
    return i >= 0 && j >= 0 && i < rows && j < w ? [i, j] : null;
  }

  #controls() {
    const { state, image } = this;
    const change = (name, read = (v) => v) => (value) => this.set({ [name]: read(value) });
    const field = (name, control) => {
      control.control.dataset.campo = name;
      return control.node;
    };
    const steps = (name, label, [min, max]) =>
      field(name, stepper(label, { min, max, value: state[name] }, change(name)));
    const channels = [["suma", "la suma de todos"], ...Array.from({ length: image.c }, (_, m) => [String(m), channelName(m, image.c)])];
    this.bar.replaceChildren(...[
      field("imagen", select("entrada", this.images.map((i) => [i.id, i.label]), image.id, change("imagen"))),
      image.editable ? button("Borrar", () => { image.data.fill(0); this.set({}); }) : null,
      image.c > 1 ? field("canal", select("canales", channels, String(state.canal), change("canal", (v) => (v === "suma" ? v : Number(v))))) : null,
      steps("alto", "alto del kernel", LIMITS.kernel),
      steps("ancho", "ancho", LIMITS.kernel),
      steps("strides", "strides (paso)", LIMITS.strides),
      steps("dilation", "dilation_rate", LIMITS.dilation),
      field("padding", select("padding", [["valid", "valid"], ["same", "same"]], state.padding, change("padding"))),
      steps("filtros", "filters", LIMITS.filters),
      field("relu", checkbox("ReLU", state.relu, change("relu"))),
      field("pooling", select("pooling", [["no", "ninguno"], ["max", "máximo 2×2"], ["media", "media 2×2"]], state.pooling, change("pooling"))),
    ].filter(Boolean));
    this.#kernelTable(field);
    this.inputFigure.classList.toggle("dibujable", image.editable);
    this.inputFigure.lastChild.textContent = image.editable
      ? "Dibuja con el ratón, o con las flechas y la barra espaciadora."
      : `${image.h}×${image.w}×${image.c}; los ceros del relleno, rayados`;
    this.outputFigure.lastChild.textContent = state.canal === "suma"
      ? "Rojo, negativo; azul, positivo"
      : `Solo la parte del canal ${channelName(state.canal, image.c)}, sin sesgo`;
  }

  #kernelTable(field) {
    const { state, image } = this;
    const channel = state.canal === "suma" ? 0 : state.canal;
    const names = [["", "elige uno…"], ...[...Object.keys(KERNELS), "al azar"].map((n) => [n, n])];
    const cells = state.nucleos[state.filtro][channel].map((row, a) =>
      h("tr", {}, ...row.map((weight, b) => h("td", {}, this.#weight(channel, a, b, weight)))));
    const which = state.filtros > 1
      ? field("filtro", select("filtro", Array.from({ length: state.filtros }, (_, n) => [String(n), String(n)]), String(state.filtro), (v) => this.set({ filtro: Number(v) })))
      : null;
    const bias = h("input", {
      type: "number", step: "any", value: round(state.sesgos[state.filtro]), "data-campo": "sesgo",
      oninput: (event) => {
        if (event.target.value === "") return;
        const sesgos = [...state.sesgos];
        sesgos[state.filtro] = Number(event.target.value);
        this.set({ sesgos });
      },
    });
    this.weights.replaceChildren(
      h("div", { class: "barra" }, which,
        field("nombre", select("kernel con nombre", names, "", (name) => name && this.set({ nucleos: withKernel(state, name) }))),
        h("label", { class: "campo" }, h("span", {}, "sesgo"), bias)),
      h("table", { class: "pesos", role: "presentation" }, h("tbody", {}, ...cells)),
      image.c > 1 ? h("p", { class: "dicho" }, `Ves el kernel del canal ${channelName(channel, image.c)}.`) : "");
  }

  #weight(channel, a, b, weight) {
    return h("input", {
      type: "number", step: "any", value: round(weight), "aria-label": `peso (${a}, ${b})`,
      "data-campo": `peso-${a}-${b}`,
      oninput: (event) => {
        const value = Number(event.target.value);
        if (event.target.value !== "" && Number.isFinite(value)) {
          this.set({ nucleos: withWeight(this.state, channel, a, b, value) });
        }
      },
    });
  }
}

function round(value) {
  return Number(value.toFixed(3));
}

function span(places) {
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return low === high ? `${low}` : `${low} a ${high}`;
}
