// Da vida a los widgets de una página sin kernel. Lo envuelve, con el módulo, `python -m sitio`.

for (const el of document.querySelectorAll(".curso-widget")) {
  const value = JSON.parse(el.dataset.valor);
  if (el.dataset.widget === "predice") {
    predice(el, value);
  } else {
    el.vista = explorador(el, { estado: value.estado, imagenes: [...value.imagenes, ...FOTOGRAFIAS] });
  }
}

// What an address points to may be folded: not every browser opens it.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let folded = target?.closest("details:not([open])");
  if (!folded) return;
  for (; folded; folded = folded.parentElement.closest("details")) folded.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
// What the theme leaves out: a screen reader needs the level of each heading.
for (const el of document.querySelectorAll('.caption[role="heading"]')) {
  el.setAttribute("aria-level", "2");
}
// A bracket or a full stop goes with its formula: a line does not begin with one.
for (const el of document.querySelectorAll("span.math")) {
  const [before, after] = [el.previousSibling, el.nextSibling];
  const opens = before?.nodeType === Node.TEXT_NODE ? before.data.match(/[(«¿¡]+$/)?.[0] : null;
  const closes = after?.nodeType === Node.TEXT_NODE ? after.data.match(/^[.,;:)»!?…]+/)?.[0] : null;
  if (!opens && !closes) continue;
  const together = document.createElement("span");
  together.style.whiteSpace = "nowrap";
  el.replaceWith(together);
  together.append(opens ?? "", el, closes ?? "");
  if (opens) before.data = before.data.slice(0, -opens.length);
  if (closes) after.data = after.data.slice(closes.length);
}
// A number is not parted at the end of a line: 25 120.
const texts = document.createTreeWalker(document.querySelector("article") ?? document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const { data, parentElement } = texts.currentNode;
  if (!/\d \d{3}(?!\d)/.test(data) || parentElement.closest("pre, code, script, style, .c2d")) continue;
  texts.currentNode.data = data.replace(/(\d) (?=\d{3}(?!\d))/g, "$1\u00a0");
}
// Figures whose words would be too small on a phone: see curso.css.
const READABLE = 0.65; // of the size that it was drawn at
for (const image of document.querySelectorAll(".cell_output img")) {
  const look = () => {
    if (image.clientWidth >= READABLE * image.naturalWidth) return;
    image.style.setProperty("--legible", `${Math.round(READABLE * image.naturalWidth)}px`);
    image.classList.add("ampliada");
    const box = image.closest(".output");
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
  };
  if (image.complete) look();
  else image.addEventListener("load", look);
}
// Whoever uses the keyboard must reach what is wider than its box.
for (const el of document.querySelectorAll(".highlight > pre, .cell_output .output, .table-wrapper")) {
  if (el.scrollWidth > el.clientWidth) el.setAttribute("tabindex", "0");
}
