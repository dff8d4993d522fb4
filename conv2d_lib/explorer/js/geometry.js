// De qué entradas sale cada salida: tamaños, ventanas, alcance y campo receptivo. Sin DOM.
//
// One axis at a time: rows and columns follow the same rules. `k` is the kernel size, `s` the
// stride, `d` the dilation; positions outside 0..n-1 are padding.

export function enlarged(k, d) {
  return d * (k - 1) + 1;
}

export function outputSize(n, { k, s = 1, d = 1, padding = "valid" }) {
  if (padding === "same") return Math.ceil(n / s);
  return Math.max(0, Math.floor((n - enlarged(k, d)) / s) + 1);
}

/** Zeros before and after: as in Keras, the odd one goes last. */
export function padAmounts(n, { k, s = 1, d = 1, padding = "valid" }) {
  if (padding !== "same") return [0, 0];
  const total = Math.max(0, (Math.ceil(n / s) - 1) * s + enlarged(k, d) - n);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** The input positions that output `i` reads. */
export function windowOf(i, n, axis) {
  const { k, s = 1, d = 1 } = axis;
  const start = i * s - padAmounts(n, axis)[0];
  return Array.from({ length: k }, (_, a) => start + a * d);
}

/** The outputs that read input position `p`. */
export function reachOf(p, n, axis) {
  const found = [];
  for (let i = 0; i < outputSize(n, axis); i++) {
    if (windowOf(i, n, axis).includes(p)) found.push(i);
  }
  return found;
}

/**
 * After each layer of a stack: its output size, how far apart its inputs are in the image
 * (`jump`), and how many pixels of the image one of its numbers sees (`field`).
 */
export function stack(n, layers) {
  let size = n;
  let jump = 1;
  let field = 1;
  return layers.map((layer) => {
    const axis = { k: layer.k, s: layer.s, d: layer.d ?? 1, padding: layer.padding ?? "valid" };
    size = outputSize(size, axis);
    field += (enlarged(axis.k, axis.d) - 1) * jump;
    jump *= axis.s;
    return { size, jump, field };
  });
}

/** Weights and multiplications of a convolution, and of a Dense from the same input to the same output. */
export function costs({ h, w, c }, { kh, kw, f, bias }, out) {
  const inputs = h * w * c;
  const outputs = out.h * out.w * f;
  return {
    parameters: kh * kw * c * f + (bias ? f : 0),
    multiplications: kh * kw * c * outputs,
    denseParameters: inputs * outputs + (bias ? outputs : 0),
    denseMultiplications: inputs * outputs,
  };
}
