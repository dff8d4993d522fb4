// Una cuadrícula de números que se ve, se señala y se recorre con el teclado.
//
// The drawing has a fixed size whatever the array's: nothing on the page moves when it changes.

import { ink } from "./colors.js";
import { clamp, h } from "./dom.js";
import { number } from "./kernels.js";

const SMALLEST_WITH_NUMBERS = 25; // pixels of a cell
const SMALLEST_WITH_GAPS = 8;

export class Grid {
  /**
   * `onPoint(cell | null)` hears the cell under the pointer or the cursor, `[row, column]` counted
   * from the padding's corner; `onPaint(cell)`, if given, a cell pressed or dragged over.
   */
  constructor({ label, size = 288, onPoint, onPaint = null }) {
    this.size = size;
    this.label = label;
    this.onPoint = onPoint;
    this.onPaint = onPaint;
    this.cursor = [0, 0];
    this.view = null;
    this.canvas = h("canvas", {
      tabindex: 0, role: "application", "aria-roledescription": "cuadrícula", "aria-label": label,
      onpointermove: (event) => this.#move(event),
      onpointerdown: (event) => this.#press(event),
      onpointerleave: () => onPoint(null),
      onkeydown: (event) => this.#key(event),
      onfocus: () => onPoint(this.cursor),
      onblur: () => onPoint(null),
    });
    this.node = h("div", { class: "lienzo", style: `max-width:${size}px` }, this.canvas);
  }

  /**
   * Draw `view`: rows, columns; `color(i, j)` an [r, g, b] or null (nothing yet); `value(i, j)` the
   * number to write where it fits, or null; `hatched(i, j)`; `boxes`, a list of
   * { cells, kind } to outline; `wrong(i, j)`, to cross out.
   */
  draw(view) {
    this.view = view;
    this.cursor = [
      clamp(this.cursor[0], 0, Math.max(0, view.rows - 1)),
      clamp(this.cursor[1], 0, Math.max(0, view.columns - 1)),
    ];
    const ratio = globalThis.devicePixelRatio || 1;
    const pixels = Math.round(this.size * ratio);
    if (this.canvas.width !== pixels) this.canvas.width = this.canvas.height = pixels;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.size, this.size);
    if (!view.rows || !view.columns) return;
    const side = this.#side();
    pen.font = `${clamp(side * 0.36, 9, 15)}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const small = side < SMALLEST_WITH_GAPS;
    if (small) this.#picture(pen, side);
    for (let i = 0; i < view.rows; i++) {
      for (let j = 0; j < view.columns; j++) {
        if (!small || view.hatched?.(i, j) || view.wrong?.(i, j)) this.#cell(pen, side, i, j);
      }
    }
    for (const box of view.boxes ?? []) this.#outline(pen, side, box);
  }

  #side() {
    return this.size / Math.max(this.view.rows, this.view.columns);
  }

  /** All the cells at once, where each is a few pixels: thousands of rectangles take too long. */
  #picture(pen, side) {
    const { rows, columns, color } = this.view;
    const pixels = new ImageData(columns, rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const shade = color(i, j);
        pixels.data.set(shade ? [...shade, 255] : [128, 128, 128, 38], 4 * (i * columns + j));
      }
    }
    this.scratch ??= document.createElement("canvas");
    this.scratch.width = columns;
    this.scratch.height = rows;
    this.scratch.getContext("2d").putImageData(pixels, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.scratch, 0, 0, columns * side, rows * side);
  }

  #cell(pen, side, i, j) {
    const { color, value, hatched, wrong } = this.view;
    // Whole pixels: between two that share one, the background would shine through.
    const [x, y] = [this.#edge(j * side), this.#edge(i * side)];
    const gap = side > SMALLEST_WITH_GAPS ? 1 : 0;
    const [wide, high] = [this.#edge((j + 1) * side) - x, this.#edge((i + 1) * side) - y];
    const shade = color(i, j);
    if (hatched?.(i, j)) {
      pen.strokeStyle = "rgba(128, 128, 128, .75)";
      pen.lineWidth = 1;
      pen.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
      pen.beginPath();
      pen.moveTo(x, y + side);
      pen.lineTo(x + side, y);
      pen.stroke();
    } else if (shade) {
      pen.fillStyle = `rgb(${shade})`;
      pen.fillRect(x, y, wide - gap, high - gap);
    } else {
      pen.fillStyle = "rgba(128, 128, 128, .15)";
      pen.fillRect(x, y, wide - gap, high - gap);
    }
    const shown = side >= SMALLEST_WITH_NUMBERS ? value?.(i, j) : null;
    if (shown != null && shade) {
      pen.fillStyle = ink(shade);
      pen.fillText(number(shown, 1), x + side / 2, y + side / 2, side - 3);
    }
    if (wrong?.(i, j)) {
      pen.strokeStyle = "#d00000";
      pen.lineWidth = Math.max(1.5, side / 14);
      pen.beginPath();
      pen.moveTo(x + side * 0.15, y + side * 0.15);
      pen.lineTo(x + side * 0.85, y + side * 0.85);
      pen.moveTo(x + side * 0.85, y + side * 0.15);
      pen.lineTo(x + side * 0.15, y + side * 0.85);
      pen.stroke();
    }
  }

  #edge(place) {
    const ratio = globalThis.devicePixelRatio || 1;
    return Math.round(place * ratio) / ratio;
  }

  /** The border of all the cells together, and between those that do not touch. */
  #outline(pen, side, { cells, kind }) {
    const inside = new Set(cells.map(([i, j]) => `${i},${j}`));
    pen.beginPath();
    for (const [i, j] of cells) {
      const [x, y] = [j * side, i * side];
      const edges = [
        [i - 1, j, x, y, x + side, y], [i + 1, j, x, y + side, x + side, y + side],
        [i, j - 1, x, y, x, y + side], [i, j + 1, x + side, y, x + side, y + side],
      ];
      for (const [a, b, fromX, fromY, toX, toY] of edges) {
        if (inside.has(`${a},${b}`)) continue;
        pen.moveTo(clamp(fromX, 1, this.size - 1), clamp(fromY, 1, this.size - 1));
        pen.lineTo(clamp(toX, 1, this.size - 1), clamp(toY, 1, this.size - 1));
      }
    }
    // Two strokes, so that it shows on dark and on light.
    const widths = kind === "strong" ? [5, 2.5] : [4, 1.75];
    const colors = ["#fff", { strong: "#d81b60", weak: "#1e88e5", field: "#e65100" }[kind]];
    widths.forEach((width, turn) => {
      pen.strokeStyle = colors[turn];
      pen.lineWidth = width;
      pen.stroke();
    });
  }

  #at(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.size / box.width / this.#side();
    const i = Math.floor((event.clientY - box.top) * scale);
    const j = Math.floor((event.clientX - box.left) * scale);
    const inside = i >= 0 && j >= 0 && i < this.view.rows && j < this.view.columns;
    return inside ? [i, j] : null;
  }

  #move(event) {
    const cell = this.#at(event);
    if (cell) this.cursor = cell;
    this.onPoint(cell);
    if (cell && this.onPaint && event.buttons === 1) this.#paintTo(cell);
  }

  /** A quick hand jumps over cells: those on the way are painted too. */
  #paintTo([i, j]) {
    const [fromI, fromJ] = this.last ?? [i, j];
    const steps = Math.max(Math.abs(i - fromI), Math.abs(j - fromJ), 1);
    for (let n = 1; n <= steps; n++) {
      this.onPaint([Math.round(fromI + ((i - fromI) * n) / steps), Math.round(fromJ + ((j - fromJ) * n) / steps)]);
    }
    this.last = [i, j];
  }

  #press(event) {
    const cell = this.#at(event);
    if (!cell) return;
    this.cursor = cell;
    this.last = cell;
    this.onPoint(cell);
    this.onPaint?.(cell);
  }

  #key(event) {
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return; // Not for the grid.
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const [i, j] = this.cursor;
    if (steps[event.key]) {
      const [down, right] = steps[event.key];
      this.cursor = [
        clamp(i + down, 0, this.view.rows - 1),
        clamp(j + right, 0, this.view.columns - 1),
      ];
    } else if (event.key === "Home") this.cursor = [i, 0];
    else if (event.key === "End") this.cursor = [i, this.view.columns - 1];
    else if (this.onPaint && (event.key === " " || event.key === "Enter")) this.onPaint([i, j]);
    else return;
    // JupyterLab's own shortcuts are not meant here.
    event.preventDefault();
    event.stopPropagation();
    this.onPoint(this.cursor);
  }
}
