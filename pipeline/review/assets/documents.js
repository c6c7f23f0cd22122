"use strict";
const [FILE, PATH, NUMBER, TITLE, TYPE, STATUS, REASON, DATE, ROWS, ISSUES] = Array(10).keys();
for (const r of data.rows) r.searched = plain(`${r[PATH]} ${r[NUMBER] || ""} ${r[TITLE] || ""}`);
showList(
  (r, words) => words.every((w) => r.searched.includes(w)) && (!value("status") || r[STATUS] === value("status")) &&
    (!value("type") || r[TYPE] === value("type")) && (!checked("open") || r[ISSUES] > 0),
  () => null,
  (r) => element("tr", {},
    element("th", { scope: "row" }, element("a", { href: `documents/${r[FILE]}`, lang: "vi" }, r[TITLE] || r[PATH]), element("div", { className: "note" }, [r[NUMBER], r[PATH]].filter(Boolean).join(" · "))),
    element("td", { data: { label: said("Loại", "Type") } }, inLanguage(data.types[r[TYPE]])),
    element("td", { data: { label: said("Tình trạng", "Status") } }, inLanguage(data.statuses[r[STATUS]]), r[REASON] ? element("div", { className: "note" }, r[REASON]) : null),
    element("td", { className: "nowrap", data: { label: said("Ngày", "Date") } }, day(r[DATE])),
    element("td", { className: "number", data: { label: said("Số dòng", "Rows") } }, grouped(r[ROWS])),
    element("td", { className: "number", data: { label: said("Vấn đề", "Issues") } }, grouped(r[ISSUES]))),
);
