// La puerta del módulo: como widget de un cuaderno, o solo en una página.

import { Explorer } from "./explorer.js";
import { received } from "./images.js";
import { Prediction } from "./prediction.js";

/** Without a kernel: put an explorer in `el`. */
export function explorador(el, { estado = {}, imagenes = [] } = {}) {
  return new Explorer(el, { state: estado, images: imagenes.map(received) });
}

/** Without a kernel: put a question in `el`. */
export function predice(el, pregunta) {
  return new Prediction(el, pregunta);
}

function renderExplorer({ model, el }) {
  const host = {
    changed(state) {
      view.saving = true;
      model.set("estado", state);
      model.save_changes();
      view.saving = false;
    },
  };
  let asked = 0;
  if (model.get("con_funcion")) {
    host.ask = (state, image) => {
      asked += 1;
      const { h, w, c, data } = image;
      const sent = { h, w, c, data: encoded(data) };
      model.send({ tipo: "calcula", turno: asked, estado: state, datos: sent });
    };
  }
  const view = new Explorer(el, {
    state: model.get("estado"), images: model.get("imagenes").map(received), host,
  });
  const onState = () => view.saving || view.set(model.get("estado"));
  const onAnswer = (message) => {
    // Only the last question counts: answers may come late.
    if (message.tipo !== "resultado" || message.turno !== asked) return;
    view.answered(message.error
      ? { error: message.error }
      : { ...received(message), pedido: message.pedido });
  };
  model.on("change:estado", onState);
  model.on("msg:custom", onAnswer);
  return () => {
    view.destroy();
    model.off("change:estado", onState);
    model.off("msg:custom", onAnswer);
  };
}

function renderPrediction({ model, el }) {
  new Prediction(el, model.get("pregunta"));
}

function encoded(data) {
  let text = "";
  for (const byte of new Uint8Array(data.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

export default {
  render(context) {
    return context.model.get("pregunta") ? renderPrediction(context) : renderExplorer(context);
  },
};
