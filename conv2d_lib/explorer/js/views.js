// Qué se dibuja en cada cuadrícula: el color y el número de cada casilla, y los recuadros.

import { clamp } from "./dom.js";
import { stack } from "./geometry.js";
import { reachedFrom, readBy } from "./maps.js";
import { differing, expectedOf, planeOf } from "./own.js";

/** The input with its padding; boxes count from the image's own corner. */
export function inputView({ rows, columns, only }, { h: height, w, c, data }, color, boxes) {
  const [top, left] = [rows.pad[0], columns.pad[0]];
  const inside = (i, j) => i >= top && j >= left && i < top + height && j < left + w;
  const at = (i, j, m) => data[((i - top) * w + j - left) * c + m];
  const colored = c === 3 && only === null;
  return {
    rows: height + rows.pad[0] + rows.pad[1],
    columns: w + columns.pad[0] + columns.pad[1],
    hatched: (i, j) => !inside(i, j),
    color: (i, j) => {
      if (!inside(i, j)) return null;
      if (colored) return [0, 1, 2].map((m) => Math.round(255 * clamp(at(i, j, m), 0, 1)));
      return color(at(i, j, only ?? 0));
    },
    value: (i, j) => (inside(i, j) && !colored ? at(i, j, only ?? 0) : null),
    boxes: boxes.map(({ cells, kind }) => ({
      kind, cells: cells.map(([y, x]) => [y + top, x + left]),
    })),
  };
}

/** The output, as far as it is filled (`null`: all of it). */
export function outputView({ h: rows, w: columns }, values, filled, color, boxes) {
  const there = (i, j) => filled === null || i * columns + j < filled;
  return {
    rows, columns, boxes,
    color: (i, j) => (there(i, j) ? color(values[i * columns + j]) : null),
    value: (i, j) => (there(i, j) ? values[i * columns + j] : null),
  };
}

/** What the reader's function gave, with what differs crossed out; nothing where it gave nothing. */
export function ownView(answer, state, image, color) {
  if (!answer?.data) return { rows: 0, columns: 0, color: () => null };
  const values = planeOf(answer, state.filtro);
  const wrong = differing(answer, expectedOf(answer, state, image), state.filtro);
  return {
    rows: answer.h, columns: answer.w,
    color: (i, j) => color(values[i * answer.w + j]),
    value: (i, j) => values[i * answer.w + j],
    wrong: (i, j) => wrong?.has(i * answer.w + j),
  };
}

/** The boxes of both grids: what is pointed at, and what it reads or reaches. */
export function highlights(marked, result, state) {
  if (marked?.output) {
    return {
      input: [{ cells: readBy(marked.output, result, state), kind: "strong" }],
      output: [{ cells: [marked.output], kind: "strong" }],
    };
  }
  if (marked?.input) {
    return {
      input: [{ cells: [marked.input], kind: "strong" }],
      output: [{ cells: reachedFrom(marked.input, result, state), kind: "weak" }],
    };
  }
  return { input: [], output: [] };
}

/** What the middle number of the last layer of the stack sees of the image. */
export function fieldBox(image, layers) {
  const { field } = stack(image.h, layers).at(-1) ?? { field: 1 };
  const range = (n) => {
    const first = Math.max(0, Math.floor((n - field) / 2));
    return Array.from({ length: Math.min(field, n) }, (_, k) => first + k);
  };
  const cells = range(image.h).flatMap((y) => range(image.w).map((x) => [y, x]));
  return { cells, kind: "field" };
}
