// Lo que va debajo del dibujo: la fórmula del tamaño con sus números, y lo que cuesta la capa.

import { h } from "./dom.js";
import { costs } from "./geometry.js";
import { number } from "./kernels.js";
import { sizeFormula } from "./maps.js";

export function sizeLines({ rows, columns, output, pooled }, state) {
  const lines = [`Alto: ${sizeFormula(rows)}`, `Ancho: ${sizeFormula(columns)}`];
  if (state.padding === "same") {
    lines.push(`Ceros: ${rows.pad.join(" y ")} arriba y abajo; ${columns.pad.join(" y ")} a los lados`);
  }
  if (pooled) lines.push(`Pooling ${state.pool}×${state.pool}: ${output.h}×${output.w}`);
  return lines.map((line) => h("div", {}, line));
}

/** Parameters and multiplications, beside those of a Dense: the head and the body of a table. */
export function costTable({ sums }, state, image) {
  const layer = { kh: state.alto, kw: state.ancho, f: state.filtros, bias: true };
  const cost = costs(image, layer, sums);
  const row = (name, ...values) => h("tr", {}, h("th", { scope: "row" }, name),
    ...values.map((value) => h("td", {}, number(value, 0))));
  const titles = ["", "parámetros", "multiplicaciones"];
  return [
    h("thead", {}, h("tr", {}, ...titles.map((t) => h("th", { scope: "col" }, t)))),
    h("tbody", {},
      row("esta convolución", cost.parameters, cost.multiplications),
      row("una Dense de la misma entrada a la misma salida", cost.denseParameters, cost.denseMultiplications)),
  ];
}
