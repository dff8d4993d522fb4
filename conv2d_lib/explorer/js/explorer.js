// El explorador: una entrada, un kernel y la salida, que se tocan y se recorren paso a paso.

import { palette } from "./colors.js";
import { controlBar, kernelTable } from "./controls.js";
import { button, clamp, h, keepKeys, renew, select } from "./dom.js";
import { costTable, sizeLines } from "./figures.js";
import { Grid } from "./grid.js";
import { ownImages } from "./images.js";
import { layersInWords, layersTable } from "./layers.js";
import { compute, reachedFrom, readBy } from "./maps.js";
import { judged, planeOf } from "./own.js";
import { account, channelName } from "./products.js";
import { DEFAULTS, settled } from "./state.js";
import { STYLE } from "./style.js";
import { fieldBox, highlights, inputView, outputView, ownView } from "./views.js";
import { outputInWords, reachInWords, readInWords } from "./words.js";

const SPEEDS = { lenta: 700, normal: 220, rápida: 40 };
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
    this.said.textContent = changes.capas && kept ? layersInWords(this.state.capas, this.image.h) : outputInWords(this.result);
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
    if (!kept || this.root.querySelector(`[data-campo="${kept}"]:focus`)) return;
    const beside = kept.startsWith("capa-") ? [`capa-0-quitar`, "capa-conv"] : [];
    for (const name of [kept, ...beside]) {
      const control = this.root.querySelector(`[data-campo="${name}"]:not(:disabled)`);
      if (control) {
        control.focus();
        return;
      }
    }
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
    const { text, good } = judged(answer, this.state, this.image);
    this.verdict.textContent = text;
    this.verdict.className = good ? "bien" : "mal";
  }

  #shown() {
    return planeOf(this.result.output, this.state.filtro);
  }

  // --- drawing -----------------------------------------------------------------------------------

  #draw() {
    const { state, image, result, colors } = this;
    const { input, output } = highlights(this.marked, result, state);
    if (!this.marked && this.stackSection.open) input.push(fieldBox(image, state.capas));
    this.inputGrid.draw(inputView(result, image, colors.input, input));
    this.outputGrid.draw(outputView(result.output, this.#shown(), this.filled, colors.output, output));
    this.readerGrid?.draw(ownView(this.reader, state, image, colors.output));
    this.#account();
  }

  #account() {
    const cell = this.marked?.output;
    this.sums.replaceChildren(...(cell
      ? account(cell, this.result, this.state, this.image)
      : [h("p", { class: "dicho" }, "Señala una celda de la salida: aquí sale su cuenta.")]));
  }

  #formulas() {
    this.sizes.replaceChildren(...sizeLines(this.result, this.state));
    this.costs.replaceChildren(...costTable(this.result, this.state, this.image));
    const change = (edit) => this.set({ capas: edit(this.state.capas) });
    renew(this.stackBody, layersTable(this.state.capas, this.image.h, change));
  }

  // --- pointing and stepping ---------------------------------------------------------------------

  #pointOutput(place) {
    const cell = place && this.#within(place);
    if (this.playing && cell) this.#pause();
    this.marked = cell ? { output: cell } : null;
    this.#draw();
    if (!cell) return;
    const value = this.#shown()[cell[0] * this.result.output.w + cell[1]];
    this.#say(readInWords(cell, value, readBy(cell, this.result, this.state)));
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
    this.#say(reachInWords(place, value, reached));
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
    this.#say(first + outputInWords(this.result));
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
    this.costs = h("table", {});
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
      h("details", {}, h("summary", {}, "Parámetros y multiplicaciones"), h("div", { class: "ancha" }, this.costs)),
      this.stackSection);
    if (!document.body.matches("[data-jp-theme-light], .vscode-body, [data-vscode-theme-kind]")) {
      this.root.classList.add("sin-tema");
    }
    keepKeys(this.root);
    el.replaceChildren(this.root);
  }

  #within([i, j]) {
    const { h: rows, w } = this.result.output;
    return i >= 0 && j >= 0 && i < rows && j < w ? [i, j] : null;
  }

  #controls() {
    const { state, image } = this;
    const set = (changes) => this.set(changes);
    renew(this.bar, controlBar(this, set));
    renew(this.weights, kernelTable(this, set).filter(Boolean));
    this.inputFigure.classList.toggle("dibujable", image.editable);
    this.inputFigure.lastChild.textContent = image.editable
      ? "Dibuja con el ratón, o con las flechas y la barra espaciadora."
      : `${image.h}×${image.w}×${image.c}; los ceros del relleno, rayados`;
    this.outputFigure.lastChild.textContent = state.canal === "suma"
      ? "Rojo, negativo; azul, positivo"
      : `Solo la parte del canal ${channelName(state.canal, image.c)}, sin sesgo`;
  }
}
