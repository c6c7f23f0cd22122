"use strict";
const ON_A_PAGE = 50;
const data = JSON.parse(document.getElementById("data").textContent);
/** A list with filters: `matches` and `order` look at the filters, `row` makes a line of the table. */
function showList(matches, order, row) {
  const body = document.querySelector("#list tbody");
  let first = 0;
  let found = [];
  const draw = () => {
    body.replaceChildren(...found.slice(first, first + ON_A_PAGE).map(row));
    const last = Math.min(first + ON_A_PAGE, found.length);
    document.getElementById("at").textContent = found.length ? `${first + 1}–${last} / ${found.length}` : "0";
    document.getElementById("back").disabled = first === 0;
    document.getElementById("forth").disabled = last >= found.length;
  };
  const look = () => {
    const words = plain(document.getElementById("q").value).split(/\s+/).filter(Boolean);
    found = data.rows.filter((r) => matches(r, words));
    if (order()) found.sort(order());
    first = 0;
    const count = document.getElementById("count");
    count.dataset.count = found.length;
    count.textContent = said(`${found.length} mục trên ${data.rows.length}`, `${found.length} of ${data.rows.length} shown`);
    draw();
  };
  const turn = (step) => () => {
    first = Math.max(0, first + step);
    draw();
    document.getElementById("count").scrollIntoView();
  };
  document.getElementById("back").addEventListener("click", turn(-ON_A_PAGE));
  document.getElementById("forth").addEventListener("click", turn(ON_A_PAGE));
  document.getElementById("filters").addEventListener("input", look);
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  onLanguage.push(look);
  look();
}
const value = (id) => document.getElementById(id).value;
const checked = (id) => document.getElementById(id).checked;
const inLanguage = (pair) => (pair ? said(pair[0], pair[1]) : "–");
