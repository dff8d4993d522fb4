// Del número al color: cividis para imágenes, y rojo-blanco-azul para lo que tiene signo.
//
// Both can be told apart by a colour-blind reader; the stops are Matplotlib's.

const CIVIDIS = [[0, 34, 78], [53, 69, 109], [102, 105, 112], [148, 142, 119], [199, 184, 104], [254, 232, 56]];
const RED_BLUE = [[103, 0, 31], [214, 96, 77], [253, 219, 199], [247, 247, 247], [209, 229, 240], [67, 147, 195], [5, 48, 97]];

const LEVELS = 256;
const CIVIDIS_TABLE = tabulated(CIVIDIS);
const RED_BLUE_TABLE = tabulated(RED_BLUE);

function tabulated(stops) {
  return Array.from({ length: LEVELS }, (_, level) => {
    const place = Math.min(0.99999, level / (LEVELS - 1)) * (stops.length - 1);
    const index = Math.floor(place);
    const rest = place - index;
    return stops[index].map((v, k) => Math.round(v + (stops[index + 1][k] - v) * rest));
  });
}

function along(table, share) {
  return table[Math.round(Math.min(1, Math.max(0, share)) * (LEVELS - 1))] ?? table[0];
}

/** A colour for each value, on a scale from the least to the greatest (0 in the middle if signed). */
export function palette(values, { signed }) {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (signed) {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return (v) => along(RED_BLUE_TABLE, 0.5 + v / (2 * most));
  }
  // One value everywhere: nothing drawn yet is dark.
  const even = low === 0 ? 0 : 0.5;
  return (v) => along(CIVIDIS_TABLE, high > low ? (v - low) / (high - low) : even);
}

/** Black or white, whichever is read better on a colour. */
export function ink([r, g, b]) {
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#000" : "#fff";
}
