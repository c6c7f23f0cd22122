"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const text = document.getElementById("text");
const rowsPlace = document.getElementById("rows");
const tableOf = (n) => data.tables[data.rows[n][0]];
const placesOf = (n) => (text ? [...text.querySelectorAll(`[data-r~="${n}"]`)] : []);
const quoteOf = (n) => placesOf(n).map((p) => p.textContent).join("");
const numbers = (place) => place.dataset.r.split(" ").map(Number);
const names = Object.fromEntries([...document.querySelectorAll(".legend [data-table]")].map((box) => [box.dataset.table, box.nextElementSibling]));
let chosen = null;
let chosenBy = null;

function titleOf(n) {
  const [, key, columns] = data.rows[n];
  const table = tableOf(n);
  const words = table.name === "issues" ? said(columns.message_vi, columns.message_en) : columns[table.title];
  return `${columns.label ? `${columns.label} ` : ""}${words || columns.value_text || columns.amount_vnd || key}`;
}
function shown(table, column, value) {
  const [, , kind, vocabulary] = table.columns[column] || [column, column, "string", null];
  if (Array.isArray(value)) return value.map((v) => shown(table, column, v)).join("; ");
  if (typeof value === "boolean") return value ? said("có", "yes") : said("không", "no");
  if (vocabulary && data.codes[vocabulary] && data.codes[vocabulary][value]) return `${inWords(data.codes[vocabulary][value])} (${value})`;
  if (kind === "date") return day(value);
  return typeof value === "number" && kind !== "int16" ? grouped(value, 6) : String(value);
}
const inWords = (pair) => said(pair[0], pair[1]);
const tableName = (n) => (names[tableOf(n).name] ? names[tableOf(n).name].cloneNode(true) : said("Dàn ý", "Outline"));

function choose(n, from) {
  chosen = n;
  for (const place of document.querySelectorAll(".on")) place.classList.remove("on");
  for (const place of placesOf(n)) place.classList.add("on");
  for (const box of document.querySelectorAll(`.page rect[data-r="${n}"]`)) box.classList.add("on");
  for (const button of rowsPlace.querySelectorAll("[aria-current]")) button.removeAttribute("aria-current");
  const button = rowsPlace.querySelector(`button[data-n="${n}"]`);
  if (button) {
    button.setAttribute("aria-current", "true");
    if (from !== "list") { const group = button.closest("details"); if (group && from === "text") group.open = true; }
  }
  showDetail(n);
  if (from !== "text" && placesOf(n).length) placesOf(n)[0].scrollIntoView({ block: "center" });
  if (from === "list") { chosenBy = document.activeElement; if (matchMedia("(max-width: 60rem)").matches) document.getElementById("chosen").focus({ preventScroll: true }); }
  if (from !== "address") history.replaceState(null, "", `#${encodeURIComponent(data.rows[n][1])}`);
}
function showDetail(n) {
  const table = tableOf(n);
  const [, key, columns] = data.rows[n];
  const list = element("dl", {});
  const other = said("message_en", "message_vi");
  for (const [column, value] of Object.entries(columns)) {
    if (column === other) continue;
    const [vi, en] = table.columns[column] || [column, column];
    list.append(element("dt", { title: column }, said(vi, en)), element("dd", { lang: "vi" }, shown(table, column, value)));
  }
  const beside = placesOf(n).length ? [...new Set(placesOf(n).flatMap(numbers))].filter((m) => m !== n && tableOf(m).name !== "sections") : [];
  document.getElementById("nothing-chosen").hidden = true;
  const open = document.getElementById("chosen");
  open.classList.add("open");
  document.getElementById("detail").replaceChildren(
    element("p", {}, tableName(n), " ", element("code", {}, key)),
    element("blockquote", { lang: "vi" }, quoteOf(n)), list,
    ...(beside.length ? [element("details", {}, element("summary", {}, `${said("Ở chỗ này", "At this place")} (${beside.length})`), rowList(beside))] : []),
    ...correctionOf(n),
    element("button", { type: "button", on: { click: leave } }, said("Đóng", "Close")),
  );
}
/** Lets go of the chosen row; the keyboard is back where it was chosen. */
function leave() {
  chosen = null;
  for (const place of document.querySelectorAll(".on")) place.classList.remove("on");
  for (const button of rowsPlace.querySelectorAll("[aria-current]")) button.removeAttribute("aria-current");
  document.getElementById("chosen").classList.remove("open");
  document.getElementById("detail").replaceChildren();
  document.getElementById("nothing-chosen").hidden = false;
  if (chosenBy && chosenBy.isConnected) chosenBy.focus();
  chosenBy = null;
}
function rowList(wanted) {
  return element("ul", { className: "rows" }, ...wanted.map((n) => element("li", {},
    element("button", { type: "button", className: tableOf(n).name, lang: "vi", data: { n }, on: { click: () => choose(n, "list") } }, titleOf(n)))));
}
function showRows() {
  const words = plain(document.getElementById("q").value).split(/\s+/).filter(Boolean);
  const groups = data.tables.map((table, t) => {
    const own = data.rows.map((_, n) => n).filter((n) => data.rows[n][0] === t && words.every((w) => plain(titleOf(n)).includes(w)));
    if (!own.length) return null;
    const name = names[table.name] ? names[table.name].cloneNode(true) : said("Dàn ý", "Outline");
    return element("details", { open: words.length > 0 || ["targets", "budgets"].includes(table.name) }, element("summary", {}, name, ` ${own.length}`), rowList(own));
  });
  rowsPlace.replaceChildren(...groups.filter(Boolean));
}
function drawBoxes() {
  for (const [n, boxes] of Object.entries(data.boxes || {})) {
    for (const [number, x, y, width, height] of boxes) {
      const sheet = document.querySelector(`svg[data-page="${number}"]`);
      if (!sheet) continue;
      const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, v] of Object.entries({ x, y, width, height })) box.setAttribute(name, v);
      box.dataset.r = n;
      box.addEventListener("click", () => choose(Number(n), "page"));
      sheet.append(box);
    }
  }
}
function chooseByAddress() {
  let wanted = location.hash.slice(1);
  try { wanted = decodeURIComponent(wanted); } catch { return; }
  const n = data.rows.findIndex((r) => r[1] === wanted);
  if (n >= 0) choose(n, "address");
}
if (text) {
  text.addEventListener("click", (event) => {
    const place = event.target.closest("mark[data-r]");
    if (!place) return;
    const visible = numbers(place).filter((n) => tableOf(n).name !== "sections");
    choose(visible[(visible.indexOf(chosen) + 1) % visible.length], "text");
  });
  text.addEventListener("pointerover", (event) => {
    const place = event.target.closest("mark[data-r]");
    if (place && !place.title) place.title = numbers(place).filter((n) => tableOf(n).name !== "sections").map((n) => `${tableOf(n).name}: ${titleOf(n)}`).join("\n");
  });
}
if (rowsPlace) {
  showRows();
  drawBoxes();
  document.getElementById("q").addEventListener("input", showRows);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen !== null) leave(); });
  for (const box of document.querySelectorAll(".legend input")) {
    box.addEventListener("change", () => {
      if (text) for (const place of text.querySelectorAll(`mark.${box.dataset.table}`)) place.classList.toggle("pale", !box.checked);
    });
  }
  onLanguage.push(() => { showRows(); if (chosen !== null && !document.querySelector(".correction[open]")) showDetail(chosen); });
  addEventListener("hashchange", chooseByAddress);
  chooseByAddress();
}
