// Kernels con nombre, y números como se escriben en español.

const SOBEL_X = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]];
const NINTH = 1 / 9;

export const KERNELS = {
  "Sobel, bordes verticales": SOBEL_X,
  "Sobel, bordes horizontales": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  "Desenfoque (media de 3×3)": [
    [NINTH, NINTH, NINTH],
    [NINTH, NINTH, NINTH],
    [NINTH, NINTH, NINTH],
  ],
  "Enfoque": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  "Laplaciano": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
  "Identidad": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
};

/** A kernel of small whole numbers; `random` gives numbers from 0 to 1. */
export function randomKernel(kh, kw, random = Math.random) {
  return Array.from({ length: kh }, () =>
    Array.from({ length: kw }, () => Math.floor(random() * 7) - 3));
}

/** The same kernel in a grid of another size: centred, cut or filled with zeros. */
export function resized(values, kh, kw) {
  const top = Math.floor((kh - values.length) / 2);
  const left = Math.floor((kw - values[0].length) / 2);
  return Array.from({ length: kh }, (_, a) =>
    Array.from({ length: kw }, (_, b) => values[a - top]?.[b - left] ?? 0));
}

/** Which of the named kernels the filter is in all its channels, `first` if it can be; or "". */
export function nameOf({ nucleos, filtro, alto, ancho }, first) {
  const is = (name) => {
    const named = resized(KERNELS[name], alto, ancho);
    return nucleos[filtro].every((plane) => plane.every((row, a) =>
      row.every((weight, b) => Math.abs(weight - named[a][b]) < 1e-6)));
  };
  return (first in KERNELS && is(first) ? first : Object.keys(KERNELS).find(is)) ?? "";
}

const THIN_SPACE = "\u202f";
const MINUS = "\u2212";

/** `-12345.5` as `−12 345,5`: decimal comma, thin space from five digits on, and no useless zeros. */
export function number(value, decimals = 2) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const [whole, fraction = ""] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  const kept = fraction.replace(/0+$/, "");
  const text = kept ? `${grouped},${kept}` : grouped;
  return value < 0 && text !== "0" ? MINUS + text : text;
}
