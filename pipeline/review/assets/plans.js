"use strict";
const [FILE, NUMBER, TITLE, PROVINCE, TOPIC, LEVEL, DATE, TARGETS, TASKS, MONEY, ISSUES, STUB] = Array(12).keys();
for (const r of data.rows) r.searched = plain(`${r[NUMBER] || ""} ${r[TITLE]} ${(data.provinces[r[PROVINCE]] || [""])[0]}`);
const byNumber = (column) => (a, b) => (b[column] || 0) - (a[column] || 0) || a[TITLE].localeCompare(b[TITLE], "vi");
const orders = {
  newest: (a, b) => a[STUB] - b[STUB] || (b[DATE] || "").localeCompare(a[DATE] || "") || a[TITLE].localeCompare(b[TITLE], "vi"),
  by_title: (a, b) => a[TITLE].localeCompare(b[TITLE], "vi"),
  most_money: byNumber(MONEY), most_tasks: byNumber(TASKS), most_issues: byNumber(ISSUES),
};
showList(
  (r, words) => words.every((w) => r.searched.includes(w)) && (!value("province") || r[PROVINCE] === value("province")) &&
    (!value("year") || (r[DATE] || "").startsWith(value("year"))) && (!value("topic") || r[TOPIC] === value("topic")) &&
    (!value("level") || r[LEVEL] === value("level")) && (!checked("own") || !r[STUB]) && (!checked("open") || r[ISSUES] > 0),
  () => orders[value("order")],
  (r) => element("tr", {},
    element("th", { scope: "row" }, element("a", { href: `plans/${r[FILE]}`, lang: "vi" }, r[TITLE]), r[NUMBER] ? element("div", { className: "note" }, r[NUMBER]) : null),
    element("td", { data: { label: said("Tỉnh", "Province") } }, inLanguage(data.provinces[r[PROVINCE]])),
    element("td", { data: { label: said("Chủ đề", "Topic") } }, inLanguage(data.topics[r[TOPIC]])),
    element("td", { className: "nowrap", data: { label: said("Ngày", "Date") } }, day(r[DATE])),
    element("td", { className: "number", data: { label: said("Mục tiêu", "Targets") } }, grouped(r[TARGETS])),
    element("td", { className: "number", data: { label: said("Nhiệm vụ", "Tasks") } }, grouped(r[TASKS])),
    element("td", { className: "number", data: { label: said("Kinh phí (triệu đồng)", "Money (million đồng)") } }, grouped(r[MONEY])),
    element("td", { className: "number", data: { label: said("Vấn đề", "Issues") } }, grouped(r[ISSUES]))),
);
