// Qué mira cada número: de una celda de la salida a la entrada, y al revés.

import { axesOf, convolve, pool, relu } from "./compute.js";
import { outputSize, padAmounts, reachOf, windowOf } from "./geometry.js";
import { kernelOf } from "./state.js";

/** Everything that the drawing needs of a state and an image, computed once. */
export function compute(state, image) {
  const kernel = kernelOf(state);
  const options = { strides: state.strides, dilation: state.dilation, padding: state.padding };
  const only = state.canal === "suma" ? null : state.canal;
  const sums = convolve(image, kernel, state.sesgos, options, only);
  const activated = state.relu && only === null ? relu(sums) : sums;
  const pooled = state.pooling !== "no" && only === null;
  const output = pooled
    ? pool(activated, { kind: state.pooling, size: state.pool, strides: state.pool })
    : activated;
  const [rows, columns] = axesOf(image, kernel, options);
  return {
    kernel, options, only, sums, activated, pooled, output,
    rows: { ...rows, pad: padAmounts(rows.n, rows.axis) },
    columns: { ...columns, pad: padAmounts(columns.n, columns.axis) },
  };
}

/** The cells of the convolution that an output cell reads: itself, or its pooling window. */
export function convolved([i, j], result, state) {
  if (!result.pooled) return [[i, j]];
  const places = [];
  for (let a = 0; a < state.pool; a++) {
    for (let b = 0; b < state.pool; b++) places.push([i * state.pool + a, j * state.pool + b]);
  }
  return places;
}

/** The input cells that an output cell reads, by row and column of the image. */
export function readBy(cell, result, state) {
  const seen = new Map();
  for (const [i, j] of convolved(cell, result, state)) {
    for (const y of windowOf(i, result.rows.n, result.rows.axis)) {
      for (const x of windowOf(j, result.columns.n, result.columns.axis)) {
        seen.set(`${y},${x}`, [y, x]);
      }
    }
  }
  return [...seen.values()];
}

/** The output cells that an input cell reaches. */
export function reachedFrom([y, x], result, state) {
  const group = (places, size) =>
    result.pooled
      ? [...new Set(places.map((p) => Math.floor(p / state.pool)))].filter((p) => p < size)
      : places;
  const down = group(reachOf(y, result.rows.n, result.rows.axis), result.output.h);
  const across = group(reachOf(x, result.columns.n, result.columns.axis), result.output.w);
  return down.flatMap((i) => across.map((j) => [i, j]));
}

/** The size of the output with its formula, for one axis. */
export function sizeFormula({ n, axis }) {
  const { k, s, d, padding } = axis;
  const size = outputSize(n, axis) || "no cabe";
  if (padding === "same") return `⌈n / s⌉ = ⌈${n} / ${s}⌉ = ${size}`;
  const reach = d === 1 ? `${k}` : `(${d}·(${k} − 1) + 1)`;
  const name = d === 1 ? "k" : "(d·(k − 1) + 1)";
  return `⌊(n − ${name}) / s⌋ + 1 = ⌊(${n} − ${reach}) / ${s}⌋ + 1 ${size === "no cabe" ? "→" : "="} ${size}`;
}
