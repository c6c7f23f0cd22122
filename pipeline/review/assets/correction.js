"use strict";
/** A value as YAML: JSON is YAML but for a few signs, and days stand without quotes. */
const escaped = (text) => text.replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
const yaml = (value, kind) => (kind === "date" && value !== null ? String(value) : escaped(JSON.stringify(value)));
const isDay = (text) => { const made = new Date(`${text}T00:00:00Z`); return !Number.isNaN(made.valueOf()) && made.toISOString().startsWith(text); };
const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); };

/** What a person wrote as the value of a column; undefined where it cannot be one. */
function readAs(kind, written) {
  const words = written.trim();
  if (words === "") return kind === "list" ? [] : null;
  if (kind === "list") return words.split(";").map((w) => w.trim()).filter(Boolean);
  if (kind === "bool") return { true: true, "1": true, "có": true, yes: true, false: false, "0": false, "không": false, no: false }[words.toLowerCase()];
  if (kind === "date") {
    const m = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(words);
    const told = m ? `${m[3]}-${m[2].padStart(2, "0")}-${m[1].padStart(2, "0")}` : words;
    return /^\d{4}-\d\d-\d\d$/.test(told) && isDay(told) ? told : undefined;
  }
  if (kind === "string") return written;
  if (kind.startsWith("int")) return /^-?(\d+|\d{1,3}([. ]\d{3})+)$/.test(words) ? Number(words.replace(/[. ]/g, "")) : undefined;
  if (/^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(words)) return Number(words.replace(/\./g, "").replace(",", "."));  // points between thousands, as the pages print them
  return /^-?\d+([.,]\d+)?$/.test(words) ? Number(words.replace(",", ".")) : undefined;
}
/** A value of a row as a person would write it. */
const asWritten = (value) => value === undefined ? "" : Array.isArray(value) ? value.join("; ") : typeof value === "number" ? String(value).replace(".", ",") : String(value);
/** The key of a row as the file of corrections names it. */
function whereOf(n) {
  const table = tableOf(n);
  const key = data.rows[n][1];
  if (table.key.length === 1) return `{id: ${JSON.stringify(key)}}`;
  const columns = data.rows[n][2];
  return `{${table.key.map((c) => `${c}: ${yaml(columns[c], (table.columns[c] || [])[2])}`).join(", ")}}`;
}
function snippet(n, column, written, reason, author) {
  const table = tableOf(n);
  const columns = data.rows[n][2];
  const lines = [`- table: ${table.name}`, `  where: ${whereOf(n)}`];
  if (column === "") lines.push("  drop: true");
  else {
    const kind = table.columns[column][2];
    const [, , , vocabulary, nullable] = table.columns[column];
    const value = readAs(kind, written);
    const codes = vocabulary ? data.codes[vocabulary] || {} : null;
    if (value === undefined || (value === null && !nullable)) return null;
    if (codes && value !== null && ![value].flat().every((code) => code in codes)) return null;
    const set = { [column]: value };
    if (table.name === "targets" && column === "value") Object.assign(set, { value_min: value, value_max: value });
    const pairs = (values) => Object.entries(values).map(([c, v]) => `${c}: ${yaml(v, (table.columns[c] || [])[2])}`).join(", ");
    lines.push(`  expect: {${pairs({ [column]: columns[column] ?? (kind === "list" ? [] : null) })}}`, `  set: {${pairs(set)}}`);
  }
  return [...lines, `  reason: ${yaml(reason)}`, `  author: ${yaml(author)}`, `  date: ${today()}`, ""].join("\n");
}
/** The form that makes a correction of a row. */
function correctionOf(n) {
  const table = tableOf(n);
  const columns = table.settable.map((c) => [c, table.columns[c]]);
  const id = (name) => `fix-${name}`;
  const column = element("select", { id: id("column") },
    ...columns.map(([c, [vi, en]]) => element("option", { value: c }, `${said(vi, en)} (${c})`)), ...(!table.droppable ? [] : [element("option", { value: "" }, said("Bỏ cả dòng", "Drop the row"))]));
  const right = element("textarea", { id: id("value"), rows: 2 });
  const codes = element("select", { id: id("codes"), ariaLabel: said("Giá trị đúng", "Right value") });
  const hint = element("p", { className: "note" });
  const told = element("span", { role: "status" });
  const reason = element("input", { id: id("reason"), value: said("văn bản nêu khác", "the document says otherwise") });
  const author = element("input", { id: id("author"), value: kept.get("author") || "?" });
  const shownHere = element("pre", { id: id("snippet"), tabIndex: 0 });
  const now = () => data.rows[n][2][column.value];
  const hints = {
    string: ["", ""], date: ["Ngày: 31/12/2024", "A day: 31/12/2024"], bool: ["có hoặc không", "yes or no"], list: ["Các mã cách nhau bằng dấu chấm phẩy", "Codes with semicolons between them"],
    double: ["Chỉ chữ số: 58.000 hoặc 12,5", "Digits only: 58.000 or 12,5"], int: ["Chỉ chữ số: 12.600.000.000", "Digits only: 12.600.000.000"],
  };
  const fill = () => {
    const [, , kind, vocabulary, nullable] = column.value === "" ? [] : table.columns[column.value];
    const known = vocabulary ? Object.entries(data.codes[vocabulary] || {}) : [];
    right.value = column.value === "" ? "" : asWritten(now());
    codes.hidden = !known.length || kind === "list";
    right.hidden = !codes.hidden || column.value === "";
    codes.replaceChildren(...(nullable ? [element("option", { value: "" }, "–")] : []), ...known.map(([code, pair]) => element("option", { value: code, selected: code === now() }, `${inWords(pair)} (${code})`)));
    hint.textContent = said(...(hints[(kind || "string").replace(/\d+$/, "")] || ["", ""])) + (kind === "list" ? `: ${known.map(([code]) => code).join(", ")}` : "");
  };
  const write = () => {
    const same = column.value !== "" && right.value === asWritten(now());
    const made = snippet(n, column.value, right.value, reason.value || "?", author.value || "?");
    shownHere.textContent = same ? said("Hãy ghi giá trị đúng.", "Write the right value.") : made ?? said("Giá trị này không hợp với cột.", "This value does not fit the column.");
    button.disabled = same || made === null;
    told.textContent = "";
  };
  const copy = async () => {
    try { await navigator.clipboard.writeText(shownHere.textContent); } catch {
      getSelection().selectAllChildren(shownHere);
      document.execCommand("copy");
    }
    kept.set("author", author.value);
    told.textContent = said("Đã chép", "Copied");
  };
  const button = element("button", { type: "button", on: { click: copy } }, said("Chép", "Copy"));
  column.addEventListener("change", () => { fill(); write(); });
  codes.addEventListener("change", () => { right.value = codes.value; write(); });
  for (const field of [right, reason, author]) field.addEventListener("input", write);
  fill();
  write();
  const labelled = (name, words, field) => element("label", { htmlFor: id(name) }, words, field);
  return [element("details", { className: "correction" }, element("summary", {}, said("Sửa giá trị này", "Put this right")),
    element("div", { className: "fix" }, labelled("column", said("Cột", "Column"), column), element("label", { htmlFor: id("value") }, said("Giá trị đúng", "Right value"), right, codes), hint,
      labelled("reason", said("Lý do", "Reason"), reason), labelled("author", said("Người sửa", "Author"), author),
      element("p", { className: "note" }, said("Dán vào cuối tệp data/corrections.yml, rồi chạy make extract và make review", "Paste at the end of data/corrections.yml, then run make extract and make review")), shownHere,
      element("div", {}, button, " ", told)))];
}
