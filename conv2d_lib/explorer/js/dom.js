// Lo poco de DOM que hace falta: crear elementos y campos con su etiqueta.

/** `h("p", { class: "x" }, "text", child)`; `on…` properties are listeners. */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

export function labelled(text, control) {
  return h("label", { class: "campo" }, h("span", {}, text), control);
}

export function select(label, options, value, onchange) {
  const control = h("select", { onchange: () => onchange(control.value) },
    ...options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  return { node: labelled(label, control), control };
}

export function stepper(label, { min, max, value }, oninput) {
  const control = h("input", {
    type: "number", min, max, step: 1, value, inputmode: "numeric",
    oninput: () => {
      const wanted = Math.round(Number(control.value));
      if (control.value !== "" && wanted >= min && wanted <= max) oninput(wanted);
    },
    onchange: () => { control.value = clamp(Math.round(Number(control.value)) || min, min, max); },
  });
  return { node: labelled(label, control), control };
}

export function checkbox(label, value, onchange) {
  const control = h("input", {
    type: "checkbox", checked: value, onchange: () => onchange(control.checked),
  });
  return { node: h("label", { class: "campo casilla" }, control, h("span", {}, label)), control };
}

export function button(text, onclick, properties = {}) {
  return h("button", { type: "button", onclick, ...properties }, text);
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
