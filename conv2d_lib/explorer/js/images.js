// Imágenes de entrada: las que manda Python, y las que se pueden hacer aquí sin él.

function image(rows) {
  const data = new Float32Array(rows.flat());
  return { h: rows.length, w: rows[0].length, c: 1, data };
}

const DIGIT = [
  "........", "...##...", "..#..#..", ".....#..", "....#...", "...#....", "..####..", "........",
];
const GARMENT = [
  "................", "....###..###....", "..############..", ".##############.",
  "################", "###.########.###", "##..########..##", "....########....",
  "....########....", "....########....", "....########....", "....########....",
  "....########....", "....########....", "....########....", "................",
];

function drawn(lines) {
  return image(lines.map((line) => [...line].map((mark) => (mark === "#" ? 1 : 0))));
}

function ramp() {
  const sides = [...Array(12).keys()];
  return image(sides.map((i) => sides.map((j) => ((i - 5.5) ** 2 + (j - 5.5) ** 2 < 16 ? 1 : 0))));
}

/** Those that need no kernel: name, what the reader sees, and the picture. */
export function ownImages() {
  return [
    ["digito", "un dígito", drawn(DIGIT)],
    ["prenda", "una prenda", drawn(GARMENT)],
    ["circulo", "un círculo", ramp()],
    ["dibujo", "tu dibujo", image(Array.from({ length: 12 }, () => Array(12).fill(0)))],
  ].map(([id, label, picture]) => ({ id, label, ...picture, editable: id === "dibujo" }));
}

/** An image as Python sends it: float32, little-endian, in base 64. */
export function received({ id, label, h, w, c, data }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return { id, label, h, w, c, data: new Float32Array(bytes.buffer), editable: false };
}
