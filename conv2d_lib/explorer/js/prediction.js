// Una pregunta que se contesta antes de ver la respuesta, y que dice por qué no.
//
// Nothing is stored: what the reader answered is gone with the page.

import { button, h, keepKeys } from "./dom.js";
import { STYLE } from "./style.js";

let count = 0;

function normalized(text) {
  return text.trim().toLowerCase().replace(/\s+/g, " ").replace(/[−–]/g, "-").replace(/(\d),(\d)/g, "$1.$2")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[().]$/g, "");
}

/** `25 120` or `25.120` as 25120; a point before other than three digits is a decimal one. */
function numeric(text, whole) {
  const spaced = normalized(text).replace(/(\d)\s(?=\d{3}(\D|$))/g, "$1");
  return Number(whole && /^-?\d{1,3}(\.\d{3})+$/.test(spaced) ? spaced.replaceAll(".", "") : spaced);
}

function same(given, expected) {
  const b = Number(normalized(expected));
  const a = numeric(given, b >= 1000);
  if (given.trim() !== "" && !Number.isNaN(a) && !Number.isNaN(b)) return Math.abs(a - b) < 1e-9;
  return normalized(given) === normalized(expected);
}

export class Prediction {
  /**
   * `question`: { enunciado, respuesta, porque, opciones?, replicas?: [[answer, reply], …] }.
   * With `opciones` one is chosen; without them, the answer is typed.
   */
  constructor(el, question) {
    this.question = question;
    this.tries = 0;
    count += 1;
    const name = `predice-${count}`;
    this.field = question.opciones ? this.#choices(name) : this.#typed(name);
    this.reply = h("p", { role: "status", "aria-live": "polite" });
    this.explanation = h("p", { hidden: true });
    this.give = button("Ver la respuesta", () => this.#show(), { disabled: true });
    const form = h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        this.#answer();
      },
      onkeydown: (event) => {
        // In JupyterLab the Enter key of a field sends no form.
        if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
        event.preventDefault();
        this.#answer();
      },
    }, this.field, h("div", { class: "barra" }, h("button", { type: "submit" }, "Responder"), this.give));
    const root = h("section", { class: "c2d predice", lang: "es", "aria-label": "Predicción" },
      h("style", {}, STYLE), h("p", { id: name }, h("b", {}, "Predice. "), question.enunciado),
      form, this.reply, this.explanation);
    if (!document.body.matches("[data-jp-theme-light], .vscode-body, [data-vscode-theme-kind]")) {
      root.classList.add("sin-tema");
    }
    keepKeys(root);
    el.replaceChildren(root);
  }

  #choices(name) {
    return h("div", { class: "opciones", role: "radiogroup", "aria-labelledby": name },
      ...this.question.opciones.map((option) =>
        h("label", {}, h("input", { type: "radio", name, value: option }), h("span", {}, option))));
  }

  #typed(name) {
    return h("input", { type: "text", "aria-labelledby": name, autocomplete: "off", size: 16 });
  }

  #given() {
    return this.question.opciones
      ? this.field.querySelector("input:checked")?.value ?? ""
      : this.field.value;
  }

  #answer() {
    const given = this.#given();
    if (!given.trim()) {
      this.#say("Escribe o elige una respuesta, aunque no estés seguro.", "");
      return;
    }
    this.tries += 1;
    this.give.disabled = false;
    if (same(given, this.question.respuesta)) {
      this.#say("Correcto.", "bien");
      this.#show();
      return;
    }
    const known = (this.question.replicas ?? []).find(([wrong]) => same(given, wrong));
    const again = this.tries === 1 ? " Prueba otra vez, o mira la respuesta." : "";
    this.#say(`No es eso. ${known ? known[1] : ""}${again}`, "mal");
  }

  #show() {
    this.explanation.textContent = `${this.question.respuesta}. ${this.question.porque}`;
    this.explanation.hidden = false;
    this.give.disabled = true;
  }

  #say(text, kind) {
    this.reply.textContent = text;
    this.reply.className = kind;
  }
}
