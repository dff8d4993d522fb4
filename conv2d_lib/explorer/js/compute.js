// La convolución de Conv2D (correlación, sin voltear el kernel) y el pooling, en el navegador.
//
// An image is { h, w, c, data } with data[(i * w + j) * c + channel]; a kernel is
// { kh, kw, c, f, data } with data[((a * kw + b) * c + channel) * f + filter], as in Keras.

import { outputSize, padAmounts } from "./geometry.js";

export function axesOf(image, kernel, { strides = 1, dilation = 1, padding = "valid" }) {
  const common = { s: strides, d: dilation, padding };
  return [
    { n: image.h, axis: { k: kernel.kh, ...common } },
    { n: image.w, axis: { k: kernel.kw, ...common } },
  ];
}

/** `only` restricts the sum to one channel: its share of the output, without the bias. */
export function convolve(image, kernel, bias, options, only = null) {
  const [rows, columns] = axesOf(image, kernel, options);
  const h = outputSize(rows.n, rows.axis);
  const w = outputSize(columns.n, columns.axis);
  const [top] = padAmounts(rows.n, rows.axis);
  const [left] = padAmounts(columns.n, columns.axis);
  const { strides = 1, dilation = 1 } = options;
  const { kh, kw, c, f } = kernel;
  const data = new Float32Array(h * w * f);
  const sums = new Float64Array(f);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      for (let n = 0; n < f; n++) sums[n] = only === null ? bias[n] : 0;
      for (let a = 0; a < kh; a++) {
        const y = i * strides - top + a * dilation;
        if (y < 0 || y >= image.h) continue;
        for (let b = 0; b < kw; b++) {
          const x = j * strides - left + b * dilation;
          if (x < 0 || x >= image.w) continue;
          for (let m = 0; m < c; m++) {
            if (only !== null && only !== m) continue;
            const pixel = image.data[(y * image.w + x) * c + m];
            const base = ((a * kw + b) * c + m) * f;
            for (let n = 0; n < f; n++) sums[n] += pixel * kernel.data[base + n];
          }
        }
      }
      data.set(sums, (i * w + j) * f);
    }
  }
  return { h, w, c: f, data };
}

export function relu(image) {
  return { ...image, data: image.data.map((v) => Math.max(0, v)) };
}

/** Pooling of `size` x `size` without padding: what does not fill a window is left out. */
export function pool(image, { kind, size, strides }) {
  const axis = { k: size, s: strides, padding: "valid" };
  const h = outputSize(image.h, axis);
  const w = outputSize(image.w, axis);
  const data = new Float32Array(h * w * image.c);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      for (let m = 0; m < image.c; m++) {
        let best = -Infinity;
        let sum = 0;
        for (let a = 0; a < size; a++) {
          for (let b = 0; b < size; b++) {
            const v = image.data[((i * strides + a) * image.w + j * strides + b) * image.c + m];
            best = Math.max(best, v);
            sum += v;
          }
        }
        data[(i * w + j) * image.c + m] = kind === "max" ? best : sum / (size * size);
      }
    }
  }
  return { h, w, c: image.c, data };
}

/** The products of one output, channel by channel: what is read, by what, and their sum. */
export function productsAt(image, kernel, options, i, j, filter) {
  const [rows, columns] = axesOf(image, kernel, options);
  const [top] = padAmounts(rows.n, rows.axis);
  const [left] = padAmounts(columns.n, columns.axis);
  const { strides = 1, dilation = 1 } = options;
  const { kh, kw, c, f } = kernel;
  return Array.from({ length: c }, (_, m) => {
    const cells = [];
    let sum = 0;
    for (let a = 0; a < kh; a++) {
      for (let b = 0; b < kw; b++) {
        const y = i * strides - top + a * dilation;
        const x = j * strides - left + b * dilation;
        const outside = y < 0 || y >= image.h || x < 0 || x >= image.w;
        const pixel = outside ? 0 : image.data[(y * image.w + x) * c + m];
        const weight = kernel.data[((a * kw + b) * c + m) * f + filter];
        sum += pixel * weight;
        cells.push({ a, b, y, x, outside, pixel, weight, product: pixel * weight });
      }
    }
    return { channel: m, cells, sum };
  });
}
