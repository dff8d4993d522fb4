// Lo que el explorador dice en palabras, para quien lo oye y para quien lo mira.

import { enlarged } from "./geometry.js";
import { number } from "./kernels.js";

/** The whole output, or why there is none. */
export function outputInWords({ rows, columns, output }) {
  for (const [{ n, axis }, name] of [[rows, "alto"], [columns, "ancho"]]) {
    const reach = enlarged(axis.k, axis.d);
    if (axis.padding === "valid" && reach > n) {
      return `No cabe: el filtro abarca ${reach} píxeles de ${name} y la entrada tiene ${n}. Baja el kernel o la dilatación, o elige «same».`;
    }
  }
  return output.h && output.w ? `La salida mide ${output.h}×${output.w}.` : "No queda salida: el pooling pide una ventana entera.";
}

/** An output, and the window of the input that it reads. */
export function readInWords(cell, value, seen) {
  const [ys, xs] = [seen.map(([y]) => y), seen.map(([, x]) => x)];
  return `Salida (${cell.join(", ")}) = ${number(value)}. Lee las filas ${span(ys)} y las columnas ${span(xs)} de la entrada.`;
}

/** A pixel of the input, and how many outputs read it. */
export function reachInWords(place, value, reached) {
  return `Entrada (${place.join(", ")}) = ${number(value)}. La ${reached === 1 ? "lee 1 salida" : `leen ${reached} salidas`}.`;
}

function span(places) {
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return low === high ? number(low) : `${number(low)} a ${number(high)}`;
}
