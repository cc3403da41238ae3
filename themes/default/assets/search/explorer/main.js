// Puts the explorer in the place of the static table, and keeps what is asked, the address and what is shown the same.

import { element } from "../dom.js";
import { SHORT } from "../labels.js";
import { save, today } from "../save.js";
import { locale, tr } from "../tr.js";
import { load } from "./data.js";
import { Facets } from "./facets.js";
import { Rows, walk } from "./rows.js";
import { command, empty, holds, read, rows as found, said, sorted, write } from "./state.js";

const WIDE = matchMedia("(min-width: 64rem)");
const PAUSE = 250;
// A printer and a workbook take their time with more than this many.
const SHEET = 5000;

const number = (n) => n.toLocaleString(locale);

export const attach = async (place) => {
  const root = new URL(place.dataset.root, document.baseURI);
  const tasks = await load(new URL(place.dataset.explorer, document.baseURI));
  tasks.root = root.href;
  const now = today();
  let state = read(location.search);
  let shown = [];
  let latest = 0;

  const status = element("p", { class: "tasks-status", role: "status" });
  const chips = element("div", { class: "chosen-ones" });
  const failed = () => (status.textContent = tr("explorer.failed"));

  const change = (part, remember = true) => {
    state = { ...state, ...part };
    if (remember) {
      const query = write(state);
      history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
    }
    show();
  };

  const field = (props, labelled) => element("label", { class: "tasks-field" }, element("span", {}, labelled), props);
  let typing;
  const text = element("input", { type: "search", name: "text", placeholder: tr("explorer.text_hint") });
  const typed = () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: text.value.trim() }), PAUSE);
  };
  text.addEventListener("input", (event) => event.isComposing || typed());
  text.addEventListener("compositionend", typed);
  const role = element(
    "select",
    { name: "role", onchange: () => change({ role: role.value }) },
    element("option", { value: "" }, tr("explorer.any_role")),
    ...tasks.roles.map(([key, label]) => element("option", { value: key }, SHORT[key] ?? label)),
  );
  const day = (name, labelled) => {
    const input = element("input", { type: "date", name, onchange: () => change({ [name]: input.value }) });
    return [input, field(input, labelled)];
  };
  const [after, afterField] = day("after", tr("explorer.after"));
  const [before, beforeField] = day("before", tr("explorer.before"));
  const overdue = element("input", { type: "checkbox", name: "overdue", onchange: () => change({ overdue: overdue.checked }) });

  const facets = new Facets(tasks, change);
  const order = { "": "due", due: "-due", "-due": "" };
  const table = new Rows(tasks, root, now, { sort: () => change({ sort: order[state.sort] ?? "" }), failed });

  // Files and the sheet hold what is shown, in the order in which it is shown.
  const whole = async (does) => {
    status.textContent = tr("explorer.reading");
    try {
      await tasks.bring(shown, (part) => (status.textContent = tr("explorer.reading_part", { part: Math.round(part * 100) })));
      await does(shown);
      tell();
    } catch {
      failed();
    }
  };
  // The files are Chinese, whatever the page is.
  const named = (extension) => `任务-${now}.${extension}`;
  // What the shown tasks were asked for by stands in the workbook: as a command where there is one.
  const book = async (list) => {
    const { inWords, workbook } = await import("./workbook.js");
    return workbook(tasks, list, command(tasks, state) ?? inWords(tasks, state), location.href);
  };
  const files = {
    Excel: async (list) => save(named("xlsx"), await book(list)),
    CSV: async (list) => save(named("csv"), new Blob([(await import("./files.js")).csv(tasks, list)], { type: "text/csv" })),
    [tr("explorer.calendar")]: async (list) => save(named("ics"), new Blob([(await import("./files.js")).calendar(tasks, list)], { type: "text/calendar" })),
    JSON: async (list) => save(named("json"), new Blob([(await import("./files.js")).json(tasks, list)], { type: "application/json" })),
  };
  const button = (label, does, props = {}) => element("button", { type: "button", class: "step", onclick: does, ...props }, label);
  const sheet = () =>
    whole(async () => {
      const back = await table.whole();
      print();
      back();
    });
  const copied = element("output", { class: "note" });
  const copy = async () => {
    const words = command(tasks, state);
    copied.textContent = words ?? tr("explorer.no_command");
    if (!words) return;
    try {
      await navigator.clipboard.writeText(words);
      copied.textContent = tr("document.copied", { words });
    } catch {
      // It stands there to be copied by hand.
    }
  };
  const ways = element(
    "p",
    { class: "tasks-ways" },
    ...Object.entries(files).map(([name, make]) => button(name, () => whole(make), { "data-file": name, "aria-label": tr("explorer.download", { what: name }) })),
    button(tr("explorer.sheet"), sheet, { "data-sheet": true }),
    button(tr("explorer.command"), copy, { "data-command": true }),
    copied,
  );

  const panel = element(
    "details",
    { class: "filters tasks-panel", open: WIDE.matches },
    element("summary", {}, tr("search.filters")),
    field(text, tr("explorer.text")),
    field(role, tr("explorer.role")),
    element("div", { class: "tasks-days" }, afterField, beforeField),
    element("label", { class: "filter-value" }, overdue, element("span", { class: "value" }, tr("explorer.overdue_only"))),
    facets.element,
  );
  const printed = element("p", { class: "sheet-head" });
  const explorer = element(
    "div",
    { class: "explorer" },
    panel,
    element("section", { class: "tasks-main", "aria-label": tr("explorer.tasks") }, status, chips, ways, printed, table.element),
  );

  const tell = () => {
    const all = shown.length === tasks.length;
    const values = { n: shown.length, count: number(shown.length), all: number(tasks.length) };
    status.textContent = all ? tr("explorer.total", values) : tr("explorer.some", values);
  };
  const fill = () => {
    if (document.activeElement !== text) text.value = state.q;
    role.value = state.role;
    after.value = state.after;
    before.value = state.before;
    overdue.checked = state.overdue;
    const parts = said(tasks, state);
    chips.replaceChildren(
      ...parts.map(([words, part]) =>
        element("button", { type: "button", class: "chosen", "aria-label": tr("search.remove", { what: words }), onclick: () => change(part) }, words),
      ),
    );
    if (parts.length > 1) chips.append(element("button", { type: "button", class: "step", onclick: () => change(empty()) }, tr("explorer.remove_all")));
    printed.textContent = [
      parts.map(([words]) => words).join(tr("list.comma")) || tr("explorer.all"),
      tr("base.printed", { day: now }),
      location.href,
    ].join(tr("list.gap"));
    table.due.setAttribute("aria-sort", { due: "ascending", "-due": "descending" }[state.sort] ?? "none");
  };

  const show = async () => {
    latest += 1;
    const mine = latest;
    let list = found(tasks, state, now);
    fill();
    if (state.q) {
      status.textContent = tr("search.searching");
      try {
        await tasks.bring(list, (part) => mine === latest && (status.textContent = tr("search.searching_part", { part: Math.round(part * 100) })));
      } catch {
        return failed();
      }
      if (mine !== latest) return;
      list = list.filter((row) => holds(tasks.here(row), state.q));
    }
    shown = sorted(tasks, list, state.sort);
    table.show(shown);
    facets.draw(state, shown, now);
    tell();
    for (const one of ways.querySelectorAll("button:not([data-command])")) one.disabled = shown.length === 0;
    ways.querySelector("[data-sheet]").disabled = shown.length === 0 || shown.length > SHEET;
  };

  addEventListener("popstate", () => {
    state = read(location.search);
    show();
  });
  addEventListener("keydown", (event) => walk(event, table.element));
  place.replaceChildren(explorer);
  place.classList.add("ready");
  await show();
};
