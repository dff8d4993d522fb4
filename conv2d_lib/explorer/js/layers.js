// El campo receptivo de una pila de capas: se añaden, se quitan y se cambian.

import { button, h, stepper } from "./dom.js";
import { stack } from "./geometry.js";

const MOST_LAYERS = 8;
const HEAD = ["capa", "kernel", "paso", "lado de la salida", "salto en la entrada", "campo receptivo", ""];

/** What the layers make of an image of `side` pixels; `change(edit)` hears how each edit is made. */
export function layersTable(layers, side, change) {
  const rows = stack(side, layers);
  const edit = (index, changes) =>
    change((now) => now.map((layer, k) => (k === index ? { ...layer, ...changes } : layer)));
  const field = (index, name, label, [min, max]) => {
    const { control } = stepper(label, { min, max, value: layers[index][name] },
      (value) => edit(index, { [name]: value }));
    control.setAttribute("aria-label", `${label} de la capa ${index + 1}`);
    control.dataset.campo = `capa-${index}-${name}`;
    return control;
  };
  const lines = layers.map((layer, index) => {
    const { size, jump, field: seen } = rows[index];
    const told = size ? [size, jump, `${seen}×${seen}`] : ["no cabe", "–", "–"];
    return h("tr", {},
      h("th", { scope: "row" }, `${index + 1}. ${layer.tipo === "conv" ? "Conv2D" : "Pooling"}`),
      h("td", {}, field(index, "k", "kernel", [1, 11])), h("td", {}, field(index, "s", "paso", [1, 4])),
      ...told.map((text) => h("td", {}, String(text))),
      h("td", {}, button("Quitar", () => change((now) => now.filter((_, k) => k !== index)),
        { "aria-label": `Quitar la capa ${index + 1}`, "data-campo": `capa-${index}-quitar` })));
  });
  const adder = (text, layer) => button(text, () => change((now) => [...now, layer]),
    { disabled: layers.length >= MOST_LAYERS, "data-campo": `capa-${layer.tipo}` });
  return [
    h("table", {}, h("thead", {}, h("tr", {}, ...HEAD.map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, ...lines)),
    h("div", { class: "barra" },
      adder("Añadir Conv2D", { tipo: "conv", k: 3, s: 1 }), adder("Añadir pooling", { tipo: "pool", k: 2, s: 2 })),
  ];
}

/** In words: what a screen reader says of the layers after each edit. */
export function layersInWords(layers, side) {
  if (!layers.length) return "Ninguna capa: cada número ve un píxel.";
  const rows = stack(side, layers);
  const short = rows.findIndex(({ size }) => !size);
  if (short >= 0) return `La capa ${short + 1} no cabe: lo que le llega es menor que su kernel.`;
  const { size, field } = rows.at(-1);
  return `Capas: ${layers.length}. La última mide ${size} de lado, y cada número suyo ve ${field}×${field} píxeles.`;
}
