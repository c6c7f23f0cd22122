"use strict";
const kept = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* a browser may forbid it for files */ } },
};
const page = document.documentElement;
const said = (vi, en) => (page.lang === "en" ? en : vi);
const onLanguage = [];
function showLanguage(language) {
  page.lang = language;
  for (const option of document.querySelectorAll("option[data-vi]")) option.textContent = said(option.dataset.vi, option.dataset.en);
  for (const done of onLanguage) done();
}
document.getElementById("language").addEventListener("click", () => {
  showLanguage(page.lang === "vi" ? "en" : "vi");
  kept.set("language", page.lang);
});
document.getElementById("theme").addEventListener("click", () => {
  const dark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = dark ? "light" : "dark";
  kept.set("theme", page.dataset.theme);
});
if (kept.get("theme") === "dark" || kept.get("theme") === "light") page.dataset.theme = kept.get("theme");
if (kept.get("language") === "en") addEventListener("DOMContentLoaded", () => showLanguage("en"));
function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "data" || key === "on") continue;
    if (key in made && key !== "list") made[key] = value; else made.setAttribute(key, value);
  }
  for (const [key, value] of Object.entries(properties.data || {})) made.dataset[key] = value;
  for (const [key, value] of Object.entries(properties.on || {})) made.addEventListener(key, value);
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}
const plain = (text) => (text || "").normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const grouped = (number, digits = 2) => (number === null || number === undefined ? "–" : number.toLocaleString("vi-VN", { maximumFractionDigits: digits }));
const day = (text) => (text ? text.split("-").reverse().join("/") : "–");
