// What a page gains where scripts run: a field that narrows a long table, and a word beside a day that has passed.
// Everything else works without.
(() => {
  "use strict";

  // Puts values into a text of strings/: `{name}`; of a pair of texts the one for 1 thing or for several.
  const tr = (text, values = {}) =>
    (text.other ? (values.n === 1 ? text.one : text.other) : text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  // On a phone the section that one is in may stand past the edge of the menu.
  const section = document.querySelector(".site-head nav [aria-current]");
  if (section && section.offsetLeft + section.offsetWidth > innerWidth) section.closest("nav").scrollLeft = section.offsetLeft;

  const today = new Date();
  const iso = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const days = [
    ["due", (day) => day < iso, tr("validity.overdue")],
    ["expires", (day) => day < iso, tr("validity.expired")],
    ["effective", (day) => day > iso, tr("validity.ahead")],
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
    element.textContent = tr("validity.repealed");
  }

  // How long a promise has stood.
  for (const time of document.querySelectorAll("[data-since]")) {
    const [year, month, day] = time.dataset.since.split("-").map(Number);
    const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month - (today.getDate() < day ? 1 : 0);
    if (months < 1) continue;
    const word = document.createElement("span");
    word.className = "past-word";
    const [years, rest] = [Math.floor(months / 12), months % 12];
    const parts = [years && tr("promise.years", { n: years }), rest && tr("promise.months", { n: rest })];
    word.textContent = tr("promise.since", { time: parts.filter(Boolean).join(" ") });
    time.after(" ", word);
  }

  // Where today stands among the deadlines, and how many are past.
  for (const line of document.querySelectorAll("[data-timeline]")) {
    const days = line.dataset.days.split(" ").map((pair) => pair.split(":"));
    const past = days.filter(([day]) => day < iso).reduce((sum, [, count]) => sum + Number(count), 0);
    const all = days.reduce((sum, [, count]) => sum + Number(count), 0);
    line.querySelector("[data-timeline-said]").textContent = tr("timeline.said", { n: all, past, ahead: all - past });
    const [from, to] = [Number(line.dataset.from), Number(line.dataset.to)];
    const now = today.getFullYear() + (today.getMonth() + today.getDate() / 31) / 12;
    if (now < from || now > to) continue;
    const svg = line.querySelector("svg");
    const mark = document.createElementNS(svg.namespaceURI, "line");
    const x = ((now - from) / (to - from)) * 720;
    for (const [name, value] of [["class", "today"], ["x1", x], ["x2", x], ["y1", 0], ["y2", 100]]) mark.setAttribute(name, value);
    svg.append(mark);
  }

  // 深色、浅色: what the reader chose stays on this device.
  const toggle = document.querySelector("[data-scheme]");
  if (toggle) {
    const root = document.documentElement;
    const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
    const say = () => (toggle.textContent = dark() ? tr("scheme.light") : tr("scheme.dark"));
    toggle.hidden = false;
    say();
    toggle.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // Without storage the choice holds for this page.
      }
      say();
    });
  }

  // What is printed says where it is from, and when.
  const source = document.querySelector("[data-print-source]");
  addEventListener("beforeprint", () => (source.textContent = `${location.href}${tr("list.gap")}${tr("base.printed", { day: iso })}`));

  // 找机关: of a thousand names those that hold what is typed.
  for (const place of document.querySelectorAll("[data-find]")) {
    if (location.protocol === "file:") continue;
    const root = new URL(place.dataset.root, document.baseURI);
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = tr("organs.find_hint");
    const label = document.createElement("label");
    label.className = "filter";
    label.append(tr("organs.find"), input);
    const list = document.createElement("ul");
    list.className = "tiles";
    place.append(label, list);
    let names;
    input.addEventListener("input", async () => {
      names ??= fetch(new URL("data/names.json", root)).then((response) => response.json());
      const all = (await names)[place.dataset.find];
      const word = input.value.trim();
      const fits = ([name, , others]) => [name, ...others].some((one) => one.includes(word));
      const found = word ? all.filter(fits).slice(0, 60) : [];
      list.replaceChildren(
        ...found.map(([name, url, , , count]) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.href = new URL(url, root).href;
          const number = document.createElement("span");
          number.className = "count";
          number.textContent = count;
          const called = document.createElement("span");
          if (document.documentElement.lang !== "zh-CN") called.lang = "zh-CN";
          called.append(name);
          link.append(called, " ", number);
          item.append(link);
          return item;
        }),
      );
    });
  }

  for (const table of document.querySelectorAll("table[data-filter]")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 6) continue;
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const label = document.createElement("label");
    label.className = "filter";
    const name = document.createElement("span");
    name.textContent = tr("table.filter");
    const input = document.createElement("input");
    input.type = "search";
    input.autocomplete = "off";
    input.placeholder = tr("table.filter_hint");
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
