// Da vida a los widgets de una página sin kernel. Lo envuelve, con el módulo, `python -m sitio`.

for (const el of document.querySelectorAll(".curso-widget")) {
  const value = JSON.parse(el.dataset.valor);
  if (el.dataset.widget === "predice") {
    predice(el, value);
  } else {
    el.vista = explorador(el, { estado: value.estado, imagenes: [...value.imagenes, ...FOTOGRAFIAS] });
  }
}

// What the theme leaves out: a screen reader needs the level of each heading.
for (const el of document.querySelectorAll('.caption[role="heading"]')) {
  el.setAttribute("aria-level", "2");
}
// Whoever uses the keyboard must reach what is wider than its box.
for (const el of document.querySelectorAll(".highlight > pre, .cell_output .output")) {
  if (el.scrollWidth > el.clientWidth) el.setAttribute("tabindex", "0");
}
