// La función de quien lee, junto a la correcta: qué píxeles difieren, y cómo se dice.

import { convolve } from "./compute.js";
import { kernelOf } from "./state.js";

const AGREES = 1e-3; // of the largest expected value: float32, in another order

/** One filter of an output, as a plane of numbers. */
export function planeOf({ h: rows, w, c, data }, filter) {
  const shown = Math.min(filter, c - 1);
  return Float32Array.from({ length: rows * w }, (_, k) => data[k * c + shown]);
}

/** What the function should give for what it was asked: before ReLU and pooling. */
export function expectedOf({ pedido }, state, image) {
  const biases = pedido.capa ? state.sesgos : state.sesgos.map(() => 0);
  const whole = convolve(image, kernelOf(state), biases, pedido);
  return pedido.capa ? whole : { ...whole, c: 1, data: planeOf(whole, state.filtro) };
}

/** Positions where it gives something else; null where shapes differ. */
export function differing(answer, expected, filter) {
  if (answer.h !== expected.h || answer.w !== expected.w || answer.c !== expected.c) return null;
  const right = planeOf(expected, filter);
  const theirs = planeOf(answer, filter);
  const most = right.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const found = new Set();
  right.forEach((v, k) => {
    if (!(Math.abs(v - theirs[k]) <= AGREES * most + 1e-6)) found.add(k);
  });
  return found;
}

/** In words: { text, good }. */
export function judged(answer, state, image) {
  if (answer.error) return { text: `Tu función se detuvo: ${answer.error}`, good: false };
  const right = expectedOf(answer, state, image);
  const wrong = differing(answer, right, state.filtro);
  const total = right.h * right.w;
  const good = wrong?.size === 0;
  let text = `No coincide en ${wrong?.size} de ${total} salidas: están tachadas.`;
  if (good) text = `Coincide en las ${total} salidas.`;
  if (wrong === null) {
    text = `La forma no coincide: se esperaba ${right.h}×${right.w}×${right.c} y llegó ${answer.h}×${answer.w}×${answer.c}.`;
  }
  return { text: text + notAsked(answer, state), good };
}

/** What is on the page and the function was not asked for. */
function notAsked({ pedido }, state) {
  const names = { strides: "strides", padding: "padding", dilation: "dilation_rate" };
  const left = Object.keys(names).filter((n) => state[n] !== pedido[n]).map((n) => names[n]);
  if (!pedido.capa && state.sesgos[state.filtro] !== 0) left.push("sesgo");
  if (state.relu) left.push("ReLU");
  if (state.pooling !== "no") left.push("pooling");
  return left.length ? ` Se compara sin ${left.join(", ")}, que tu función no recibe.` : "";
}
