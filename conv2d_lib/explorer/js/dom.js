// Lo poco de DOM que hace falta: crear elementos y campos con su etiqueta.

const SHOWN = 1e-3; // A number's last decimal in a field.

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
  let last = value;
  const heard = (wanted) => {
    last = wanted;
    oninput(wanted);
  };
  const control = h("input", {
    type: "number", min, max, step: 1, value, inputmode: "numeric",
    oninput: () => {
      const wanted = Math.round(Number(control.value));
      if (control.value !== "" && wanted >= min && wanted <= max) heard(wanted);
    },
    // What is left out of range or empty is settled, and heard: the field says what is drawn.
    onchange: () => {
      const wanted = control.value === "" ? last : clamp(Math.round(Number(control.value)), min, max);
      control.value = wanted;
      if (wanted !== last) afterwards(() => heard(wanted));
    },
  });
  return { node: labelled(label, control), control };
}

/** Once the focus is where Tab takes it: what it is going to must not be made anew meanwhile. */
export function afterwards(act) {
  setTimeout(act);
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

/**
 * Put `fresh` in `parent` in the place of what it has, but for the field that is being typed in:
 * made anew it would lose the caret's place and what is half written, and 0.5 would become 50.
 */
export function renew(parent, fresh) {
  const typed = document.activeElement;
  const typing = parent.contains(typed) && typed.matches("input[type=number], input[type=text]");
  const holds = (node) => node.dataset?.campo === typed.dataset.campo
    || node.querySelector?.(`[data-campo="${typed.dataset.campo}"]`);
  const place = typing ? fresh.findIndex(holds) : -1;
  if (place < 0) {
    parent.replaceChildren(...fresh);
    return;
  }
  const kept = [...parent.childNodes].find((node) => node.contains(typed));
  for (const node of [...parent.childNodes]) if (node !== kept) node.remove();
  kept.before(...fresh.slice(0, place));
  kept.after(...fresh.slice(place + 1));
  const twin = fresh[place];
  if (kept !== typed) renew(kept, [...twin.childNodes]);
  else if (!(Math.abs(numberOf(typed.value) - numberOf(twin.value)) < SHOWN)) typed.value = twin.value;
}

/**
 * In JupyterLab a key without Control is an order to the notebook, which hears it first: an arrow
 * goes to another cell and `m` makes text of this one. Those pressed in `root` are its own, but for
 * Escape, that goes back to the notebook, and Shift+Enter, that runs the cell.
 */
export function keepKeys(root) {
  const heed = (event) => {
    const order = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape"
      || (event.shiftKey && event.key === "Enter");
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !order);
    if (event.key === "Escape") root.closest(".jp-Cell")?.focus();
  };
  root.addEventListener("focusin", () => window.addEventListener("keydown", heed, true));
  root.addEventListener("focusout", () => window.removeEventListener("keydown", heed, true));
}

/** A number as a reader writes it, with a comma or a point; NaN where it is none, or half of one. */
export function numberOf(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
