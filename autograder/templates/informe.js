// La tabla de estudiantes: buscar, ordenar y ver por tandas. Sin guiones se ve entera, y al imprimir también.
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
  const students = [...table.querySelectorAll(".student")].map((body, place) => ({
    body, place, name: plain(body.dataset.name), total: Number(body.dataset.total),
    attention: Number(body.dataset.attention), groups: (body.dataset.groups ?? "\n").split("\n"),
  }));
  const orders = {
    atencion: (a, b) => b.attention - a.attention || a.place - b.place,
    nombre: (a, b) => a.place - b.place,
    menos: (a, b) => a.total - b.total || a.place - b.place,
    mas: (a, b) => b.total - a.total || a.place - b.place,
  };
  const count = (number) => number.toLocaleString("es");
  let found = [], seen = 0;

  function showMore() {
    const next = found.slice(seen, seen + BATCH);
    for (const { body } of next) body.classList.add("seen");
    table.append(...next.map(({ body }) => body));
    seen += next.length;
    more.hidden = seen === found.length;
    more.textContent = `Ver ${count(Math.min(BATCH, found.length - seen))} más`;
    told.textContent = found.length === 0 ? "Nadie: prueba con otra palabra."
      : seen === found.length ? `Se ven ${count(seen)} de ${count(students.length)}.`
      : `Se ven ${count(seen)} de ${count(found.length)} que hay así.`;
  }

  function show() {
    for (const { body } of found.slice(0, seen)) body.classList.remove("seen");
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const chosen = group?.value ?? "";
    found = students
      .filter((one) => !chosen || one.groups.includes(chosen.trim()))
      .filter((one) => (!only.checked || one.attention) && words.every((word) => one.name.includes(word)))
      .sort(orders[order.value]);
    seen = 0;
    showMore();
  }

  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", show);
  more.addEventListener("click", showMore);
  show();
})();
