// La cuenta de una salida, con sus números: productos, suma, sesgo, ReLU, pooling.

import { productsAt } from "./compute.js";
import { h } from "./dom.js";
import { number } from "./kernels.js";
import { convolved } from "./maps.js";

const MOST_CELLS = 25; // of a kernel whose products are all written

export function channelName(channel, channels) {
  if (channels === 1) return "";
  return channels === 3 ? ["rojo", "verde", "azul"][channel] : `canal ${channel}`;
}

/** The account of output cell `cell`, as nodes. */
export function account(cell, result, state, image) {
  const places = convolved(cell, result, state);
  if (result.pooled) return poolingAccount(places, result, state);
  const [[i, j]] = places;
  const parts = productsAt(image, result.kernel, result.options, i, j, state.filtro)
    .filter((part) => result.only === null || part.channel === result.only);
  const nodes = parts.map((part) => products(part, result.kernel, image.c));
  const bias = result.only === null ? state.sesgos[state.filtro] : 0;
  const total = parts.reduce((sum, part) => sum + part.sum, 0) + bias;
  const terms = parts.map((part) => signed(part.sum));
  if (result.only === null) terms.push(`${signed(bias)} (sesgo)`);
  nodes.push(h("p", { class: "suma" }, `${terms.join(" + ")} = ${number(total)}`));
  if (state.relu && result.only === null) {
    const kept = Math.max(0, total);
    nodes.push(h("p", { class: "suma" }, `ReLU: máx(0; ${number(total)}) = ${number(kept)}`));
  }
  return nodes;
}

function signed(value) {
  return value < 0 ? `(${number(value)})` : number(value);
}

function products({ channel, cells, sum }, { kh, kw }, channels) {
  const name = channelName(channel, channels);
  if (kh * kw > MOST_CELLS) {
    return h("p", {}, `${name ? `${name}: ` : ""}${kh * kw} productos que suman ${number(sum)}`);
  }
  const rows = Array.from({ length: kh }, (_, a) =>
    h("tr", {}, ...cells.slice(a * kw, (a + 1) * kw).map((cell) =>
      h("td", { class: cell.outside ? "fuera" : "" },
        h("small", {}, `${number(cell.pixel)}·${signed(cell.weight)}`),
        h("b", {}, number(cell.product))))));
  return h("table", { class: "productos" },
    h("caption", {}, name ? `Canal ${name}: ${number(sum)}` : "Entrada · kernel"),
    h("tbody", {}, ...rows));
}

function poolingAccount(places, result, state) {
  const { data, w, c } = result.activated;
  const values = places.map(([i, j]) => data[(i * w + j) * c + state.filtro]);
  const listed = values.map((v) => number(v)).join("; ");
  const size = `${state.pool}×${state.pool}`;
  if (state.pooling === "max") {
    return [h("p", { class: "suma" }, `Pooling ${size}: máx(${listed}) = ${number(Math.max(...values))}`)];
  }
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return [h("p", { class: "suma" }, `Pooling ${size}: media(${listed}) = ${number(mean)}`)];
}
