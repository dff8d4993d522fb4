// Los controles: qué entra, cómo es la capa y los pesos de un kernel. Cada uno cambia el estado.

import { button, checkbox, h, select, stepper } from "./dom.js";
import { KERNELS } from "./kernels.js";
import { channelName } from "./products.js";
import { LIMITS, withKernel, withWeight } from "./state.js";

/** The bar over the picture; `set(changes)` is told what the reader chose. */
export function controlBar({ state, image, images }, set) {
  const change = (name, read = (v) => v) => (value) => set({ [name]: read(value) });
  const steps = (name, label, [min, max]) =>
    field(name, stepper(label, { min, max, value: state[name] }, change(name)));
  const channels = [["suma", "la suma de todos"], ...Array.from({ length: image.c }, (_, m) => [String(m), channelName(m, image.c)])];
  return [
    field("imagen", select("entrada", images.map((i) => [i.id, i.label]), image.id, change("imagen"))),
    image.editable ? button("Borrar", () => { image.data.fill(0); set({}); }) : null,
    image.c > 1 ? field("canal", select("canales", channels, String(state.canal), change("canal", (v) => (v === "suma" ? v : Number(v))))) : null,
    steps("alto", "alto del kernel", LIMITS.kernel),
    steps("ancho", "ancho", LIMITS.kernel),
    steps("strides", "strides (paso)", LIMITS.strides),
    steps("dilation", "dilation_rate", LIMITS.dilation),
    field("padding", select("padding", [["valid", "valid"], ["same", "same"]], state.padding, change("padding"))),
    steps("filtros", "filters", LIMITS.filters),
    field("relu", checkbox("ReLU", state.relu, change("relu"))),
    field("pooling", select("pooling", [["no", "ninguno"], ["max", "máximo 2×2"], ["media", "media 2×2"]], state.pooling, change("pooling"))),
  ].filter(Boolean);
}

/** The weights of one filter and channel, its bias, and the kernels that have a name. */
export function kernelTable({ state, image }, set) {
  const channel = state.canal === "suma" ? 0 : state.canal;
  const names = [["", "elige uno…"], ...[...Object.keys(KERNELS), "al azar"].map((n) => [n, n])];
  const cells = state.nucleos[state.filtro][channel].map((row, a) =>
    h("tr", {}, ...row.map((weight, b) => h("td", {}, weightInput(state, [channel, a, b], weight, set)))));
  const which = state.filtros > 1
    ? field("filtro", select("filtro", Array.from({ length: state.filtros }, (_, n) => [String(n), String(n)]), String(state.filtro), (v) => set({ filtro: Number(v) })))
    : null;
  return [
    h("div", { class: "barra" }, which,
      field("nombre", select("kernel con nombre", names, "", (name) => name && set({ nucleos: withKernel(state, name) }))),
      h("label", { class: "campo" }, h("span", {}, "sesgo"), biasInput(state, set))),
    h("table", { class: "pesos", role: "presentation" }, h("tbody", {}, ...cells)),
    image.c > 1 ? h("p", { class: "dicho" }, `Ves el kernel del canal ${channelName(channel, image.c)}.`) : "",
  ];
}

function biasInput(state, set) {
  return h("input", {
    type: "number", step: "any", value: rounded(state.sesgos[state.filtro]), "data-campo": "sesgo",
    oninput: (event) => {
      if (event.target.value === "") return;
      const sesgos = [...state.sesgos];
      sesgos[state.filtro] = Number(event.target.value);
      set({ sesgos });
    },
  });
}

function weightInput(state, [channel, a, b], weight, set) {
  return h("input", {
    type: "number", step: "any", value: rounded(weight), "aria-label": `peso (${a}, ${b})`,
    "data-campo": `peso-${a}-${b}`,
    oninput: (event) => {
      const value = Number(event.target.value);
      if (event.target.value !== "" && Number.isFinite(value)) {
        set({ nucleos: withWeight(state, channel, a, b, value) });
      }
    },
  });
}

/** The name by which the focus finds it again once the controls are made anew. */
function field(name, { node, control }) {
  control.dataset.campo = name;
  return node;
}

function rounded(value) {
  return Number(value.toFixed(3));
}
