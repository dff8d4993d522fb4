// El estado del explorador: pocos valores sencillos, que Python y la página comparten.

import { KERNELS, randomKernel, resized } from "./kernels.js";
import { clamp } from "./dom.js";

export const LIMITS = { kernel: [1, 7], filters: [1, 4], strides: [1, 4], dilation: [1, 4] };

export const DEFAULTS = {
  imagen: "digito",
  alto: 3,
  ancho: 3,
  filtros: 1,
  nucleos: null, // [filter][channel][row][column]; null: the first named kernels
  sesgos: null,
  strides: 1,
  padding: "valid",
  dilation: 1,
  relu: false,
  pooling: "no", // "no" | "max" | "media"
  pool: 2,
  filtro: 0,
  canal: "suma", // "suma" or a channel's number
  capas: [
    { tipo: "conv", k: 3, s: 1 },
    { tipo: "pool", k: 2, s: 2 },
    { tipo: "conv", k: 3, s: 1 },
  ],
};

const NAMES = Object.keys(KERNELS);

function whole(value, [low, high], otherwise) {
  return Number.isFinite(value) ? clamp(Math.round(value), low, high) : otherwise;
}

function isMatrix(plane, kh, kw) {
  return Array.isArray(plane) && plane.length === kh
    && plane.every((row) => Array.isArray(row) && row.length === kw && row.every(Number.isFinite));
}

/** `wanted` with every value possible and consistent, for an image of `channels` channels. */
export function settled(wanted, channels) {
  const state = { ...DEFAULTS, ...wanted };
  state.alto = whole(state.alto, LIMITS.kernel, 3);
  state.ancho = whole(state.ancho, LIMITS.kernel, 3);
  state.filtros = whole(state.filtros, LIMITS.filters, 1);
  state.strides = whole(state.strides, LIMITS.strides, 1);
  state.dilation = whole(state.dilation, LIMITS.dilation, 1);
  state.pool = whole(state.pool, [2, 4], 2);
  state.padding = state.padding === "same" ? "same" : "valid";
  if (!["max", "media"].includes(state.pooling)) state.pooling = "no";
  state.filtro = whole(state.filtro, [0, state.filtros - 1], 0);
  if (state.canal !== "suma" && !(state.canal < channels)) state.canal = "suma";
  const planes = state.nucleos ?? [];
  state.nucleos = Array.from({ length: state.filtros }, (_, n) =>
    Array.from({ length: channels }, (_, m) => {
      const plane = planes[n]?.[m] ?? planes[n]?.[0] ?? KERNELS[NAMES[n % NAMES.length]];
      return isMatrix(plane, state.alto, state.ancho)
        ? plane
        : resized(Array.isArray(plane?.[0]) ? plane : [[0]], state.alto, state.ancho);
    }));
  state.sesgos = Array.from({ length: state.filtros }, (_, n) => Number(state.sesgos?.[n]) || 0);
  return state;
}

/** The kernel of a state as one array, in Keras's order. */
export function kernelOf({ alto: kh, ancho: kw, nucleos }) {
  const f = nucleos.length;
  const c = nucleos[0].length;
  const data = new Float32Array(kh * kw * c * f);
  for (let a = 0; a < kh; a++) {
    for (let b = 0; b < kw; b++) {
      for (let m = 0; m < c; m++) {
        for (let n = 0; n < f; n++) {
          data[((a * kw + b) * c + m) * f + n] = nucleos[n][m][a][b];
        }
      }
    }
  }
  return { kh, kw, c, f, data };
}

/** `nucleos` with another kernel in every channel of one filter. */
export function withKernel(state, name) {
  const plane = name === "al azar"
    ? randomKernel(state.alto, state.ancho)
    : resized(KERNELS[name], state.alto, state.ancho);
  return state.nucleos.map((channels, n) =>
    n === state.filtro ? channels.map(() => plane.map((row) => [...row])) : channels);
}

/** `nucleos` with one number changed. */
export function withWeight(state, channel, a, b, value) {
  return state.nucleos.map((channels, n) => channels.map((plane, m) =>
    n !== state.filtro || m !== channel
      ? plane
      : plane.map((row, i) => row.map((old, j) => (i === a && j === b ? value : old)))));
}
