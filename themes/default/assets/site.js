// What a page gains where scripts run: a field that narrows a long table, and a word beside a day that has passed.
// Everything else works without.
(() => {
  "use strict";

  const today = new Date();
  const iso = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const days = [
    ["due", (day) => day < iso, "已过期限"],
    ["expires", (day) => day < iso, "已失效"],
    ["effective", (day) => day > iso, "尚未施行"],
  ];
  for (const [name, applies, text] of days) {
    for (const element of document.querySelectorAll(`[data-${name}]`)) {
      if (!applies(element.dataset[name])) continue;
      element.classList.add("past");
      const word = document.createElement("span");
      word.className = "past-word";
      word.textContent = text;
      element.after(" ", word);
    }
  }
  for (const element of document.querySelectorAll("[data-repealed]")) {
    if (element.dataset.repealed > iso) continue;
    element.title = element.textContent;
    element.textContent = "已废止";
  }

  // What is printed says where it is from, and when.
  const source = document.querySelector("[data-print-source]");
  addEventListener("beforeprint", () => (source.textContent = `${location.href}　打印日期 ${iso}`));

  for (const table of document.querySelectorAll("table[data-filter]")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 6) continue;
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const label = document.createElement("label");
    label.className = "filter";
    const name = document.createElement("span");
    name.textContent = "在本页表中筛选";
    const input = document.createElement("input");
    input.type = "search";
    input.autocomplete = "off";
    input.placeholder = "单位、任务、文号或年份";
    const count = document.createElement("output");
    label.append(name, input, count);
    (table.closest(".scroll") ?? table).before(label);
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        if (!row.hidden) shown += 1;
      });
      count.textContent = words.length ? `${shown} / ${rows.length}` : "";
    };
    // An input method's half-typed letters are not yet what is looked for.
    input.addEventListener("input", (event) => event.isComposing || apply());
    input.addEventListener("compositionend", apply);
  }
})();
