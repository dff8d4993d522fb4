// Los controles: qué entra, cómo es la capa y los pesos de un kernel. Cada uno cambia el estado.

import { afterwards, button, checkbox, h, numberOf, select, stepper } from "./dom.js";
import { KERNELS, nameOf } from "./kernels.js";
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
export function kernelTable(view, set) {
  const { state, image } = view;
  const channel = channelSeen(state);
  const names = [["", "elige uno…"], ...[...Object.keys(KERNELS), "al azar"].map((n) => [n, n])];
  const cells = state.nucleos[state.filtro][channel].map((row, a) =>
    h("tr", {}, ...row.map((weight, b) => h("td", {}, weightInput(view, [a, b], weight, set)))));
  const which = state.filtros > 1
    ? field("filtro", select("filtro", Array.from({ length: state.filtros }, (_, n) => [String(n), String(n)]), String(state.filtro), (v) => set({ filtro: Number(v) })))
    : null;
  return [
    h("div", { class: "barra" }, which,
      field("nombre", select("kernel con nombre", names, nameOf(state, view.named), (name) => {
        view.named = name;
        if (name) set({ nucleos: withKernel(view.state, name) });
      })),
      h("label", { class: "campo" }, h("span", {}, "sesgo"), biasInput(view, set))),
    h("table", { class: "pesos", role: "presentation" }, h("tbody", {}, ...cells)),
    image.c > 1 ? h("p", { class: "dicho" }, `Ves el kernel del canal ${channelName(channel, image.c)}.`) : "",
  ];
}

function channelSeen({ canal }) {
  return canal === "suma" ? 0 : canal;
}

function biasInput(view, set) {
  const { sesgos, filtro } = view.state;
  return numberInput({ value: rounded(sesgos[filtro]), "data-campo": "sesgo" }, set, (value) => {
    const { sesgos: all, filtro: which } = view.state;
    return { sesgos: all.map((old, n) => (n === which ? value : old)) };
  });
}

function weightInput(view, [a, b], weight, set) {
  const named = { "aria-label": `peso (${a}, ${b})`, "data-campo": `peso-${a}-${b}` };
  return numberInput({ value: rounded(weight), ...named }, set, (value) =>
    ({ nucleos: withWeight(view.state, channelSeen(view.state), a, b, value) }));
}

/**
 * A number that may be half written, and is not heard until it is one; left so, the field says again
 * what is drawn. It is of text because one of numbers hears a comma or not as the browser's own
 * language is: there are those in which 0,5 is 5.
 */
function numberInput(properties, set, changes) {
  const hear = (value) => Number.isFinite(value) && set(changes(value));
  return h("input", {
    type: "text", autocomplete: "off", ...properties,
    oninput: ({ target }) => hear(numberOf(target.value)),
    onchange: ({ target }) => Number.isFinite(numberOf(target.value)) || afterwards(() => set({})),
    onkeydown: (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      const value = numberOf(event.target.value) + step;
      if (!Number.isFinite(value)) return;
      event.preventDefault();
      event.target.value = rounded(value);
      hear(value);
    },
  });
}

/** The name by which the focus finds it again once the controls are made anew. */
function field(name, { node, control }) {
  control.dataset.campo = name;
  return node;
}

function rounded(value) {
  return String(Number(value.toFixed(3))).replace(".", ",");
}
