// La tabla de estudiantes: buscar, ordenar y ver por tandas. Sin guiones se ve entera, y al imprimir también.
// Con miles, leer toda la tabla es lo que tarda: donde corren guiones está en un noscript, que es un solo
// texto, y de él se hacen las filas que se van a ver. Cuanto escribió un estudiante va escapado: no hay en él
// más etiquetas que las de la plantilla.
(() => {
  const BATCH = 100;
  const table = document.getElementById("estudiantes");
  const tools = document.getElementById("buscador");
  const more = document.getElementById("mas");
  if (!table || !tools || !more) return;
  const search = tools.elements.texto, order = tools.elements.orden, only = tools.elements.atencion;
  const group = tools.elements.grupo;  // Donde la lista de clase los dice.
  const told = tools.querySelector("output");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const text = document.getElementById("todos").textContent;
  const rows = text.slice(0, text.lastIndexOf("</table>")).split(/(?=<tbody class="student")/).slice(1);
  const made = (pieces) => {
    const place = document.createElement("template");
    place.innerHTML = `<table>${pieces.join("")}</table>`;
    return [...place.content.querySelectorAll(".student")];
  };
  const heads = made(rows.map((row) => `${row.slice(0, row.indexOf(">") + 1)}</tbody>`));
  const students = heads.map(({ dataset }, place) => ({
    body: null, place, name: plain(dataset.name), total: Number(dataset.total),
    attention: Number(dataset.attention), groups: (dataset.groups ?? "\n").split("\n"),
  }));
  const orders = {
    atencion: (a, b) => b.attention - a.attention || a.place - b.place,
    nombre: (a, b) => a.place - b.place,
    menos: (a, b) => a.total - b.total || a.place - b.place,
    mas: (a, b) => b.total - a.total || a.place - b.place,
  };
  const count = (number) => number.toLocaleString("es");
  let found = [], seen = 0;

  // El cuerpo de cada uno, en la tabla; los que faltan se hacen de una vez.
  function put(some) {
    const fresh = some.filter(({ body }) => !body);
    made(fresh.map(({ place }) => rows[place])).forEach((body, at) => { fresh[at].body = body; });
    table.append(...some.map(({ body }) => body));
  }

  function showMore() {
    const next = found.slice(seen, seen + BATCH);
    put(next);
    seen += next.length;
    more.hidden = seen === found.length;
    more.textContent = `Ver ${count(Math.min(BATCH, found.length - seen))} más`;
    const said = seen === 1 ? "Se ve" : "Se ven";
    const alone = !only.checked && !group?.value;
    told.textContent = found.length === 0
      ? alone ? "Nadie: prueba con otra palabra." : "Nadie cumple a la vez todo lo que pides."
      : seen === found.length ? `${said} ${count(seen)} de ${count(students.length)}.`
      : `${said} ${count(seen)} de ${count(found.length)} que hay así.`;
  }

  function show() {
    for (const { body } of students) body?.remove();
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const chosen = group?.value ?? "";
    found = students
      .filter((one) => !chosen || one.groups.includes(chosen.trim()))
      .filter((one) => (!only.checked || one.attention) && words.every((word) => one.name.includes(word)))
      .sort(orders[order.value]);
    seen = 0;
    showMore();
  }

  const printed = matchMedia("print");
  const turn = () => (printed.matches ? put(students) : show());
  printed.addEventListener("change", turn);
  addEventListener("beforeprint", () => put(students));
  addEventListener("afterprint", show);
  document.getElementById("sin-guion").hidden = true;
  tools.hidden = table.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", show);
  more.addEventListener("click", () => {
    const { place } = found[seen];
    showMore();
    // Who goes by keyboard goes on with the first of the new ones, and not below them all.
    const first = students[place].body.querySelector("th");
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  });
  show();
})();
