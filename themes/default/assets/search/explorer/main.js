// Puts the explorer in the place of the static table, and keeps what is asked, the address and what is shown the same.

import { element } from "../dom.js";
import { save, today } from "../save.js";
import { load } from "./data.js";
import { Facets } from "./facets.js";
import { Rows, walk } from "./rows.js";
import { command, empty, holds, read, rows as found, said, sorted, write } from "./state.js";

const WIDE = matchMedia("(min-width: 64rem)");
const PAUSE = 250;
// A printer and a workbook take their time with more than this many.
const SHEET = 5000;

const number = (n) => n.toLocaleString("zh-CN");

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
  const failed = () => (status.textContent = "没有读到任务的内容，请检查网络后刷新页面。");

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
  const text = element("input", { type: "search", name: "text", placeholder: "任务、内容或单位里的字" });
  const typed = () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: text.value.trim() }), PAUSE);
  };
  text.addEventListener("input", (event) => event.isComposing || typed());
  text.addEventListener("compositionend", typed);
  const role = element(
    "select",
    { name: "role", onchange: () => change({ role: role.value }) },
    element("option", { value: "" }, "任何分工"),
    ...tasks.roles.map(([key, label]) => element("option", { value: key }, label)),
  );
  const day = (name, labelled) => {
    const input = element("input", { type: "date", name, onchange: () => change({ [name]: input.value }) });
    return [input, field(input, labelled)];
  };
  const [after, afterField] = day("after", "到期不早于");
  const [before, beforeField] = day("before", "到期不晚于");
  const overdue = element("input", { type: "checkbox", name: "overdue", onchange: () => change({ overdue: overdue.checked }) });

  const facets = new Facets(tasks, change);
  const order = { "": "due", due: "-due", "-due": "" };
  const table = new Rows(tasks, root, now, { sort: () => change({ sort: order[state.sort] ?? "" }), failed });

  // Files and the sheet hold what is shown, in the order in which it is shown.
  const whole = async (does) => {
    status.textContent = "正在读取全部任务……";
    try {
      await tasks.bring(shown, (part) => (status.textContent = `正在读取全部任务…… ${Math.round(part * 100)}%`));
      await does(shown);
      tell();
    } catch {
      failed();
    }
  };
  const named = (extension) => `任务-${now}.${extension}`;
  // What the shown tasks were asked for by: as a command where there is one.
  const asked = () => command(tasks, state) ?? said(tasks, state).map(([words]) => words).join("，");
  const files = {
    Excel: async (list) => save(named("xlsx"), (await import("./workbook.js")).workbook(tasks, list, asked(), location.href)),
    CSV: async (list) => save(named("csv"), new Blob([(await import("./files.js")).csv(tasks, list)], { type: "text/csv" })),
    日历: async (list) => save(named("ics"), new Blob([(await import("./files.js")).calendar(tasks, list)], { type: "text/calendar" })),
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
    copied.textContent = words ?? "命令行没有这样的组合：先选一个机关，再选牵头、配合、共同或落实；年份要连着。";
    if (!words) return;
    try {
      await navigator.clipboard.writeText(words);
      copied.textContent = `已复制：${words}`;
    } catch {
      // It stands there to be copied by hand.
    }
  };
  const ways = element(
    "p",
    { class: "tasks-ways" },
    ...Object.entries(files).map(([name, make]) => button(name, () => whole(make), { "data-file": name, "aria-label": `下载这些任务：${name}` })),
    button("打印责任清单", sheet, { "data-sheet": true }),
    button("复制为命令", copy, { "data-command": true }),
    copied,
  );

  const panel = element(
    "details",
    { class: "filters tasks-panel", open: WIDE.matches },
    element("summary", {}, "筛选"),
    field(text, "文字"),
    field(role, "分工"),
    element("div", { class: "tasks-days" }, afterField, beforeField),
    element("label", { class: "filter-value" }, overdue, element("span", { class: "value" }, "只看已过期限的")),
    facets.element,
  );
  const printed = element("p", { class: "sheet-head" });
  const explorer = element(
    "div",
    { class: "explorer" },
    panel,
    element("section", { class: "tasks-main", "aria-label": "任务" }, status, chips, ways, printed, table.element),
  );

  const tell = () => {
    const all = shown.length === tasks.length;
    status.textContent = all ? `共 ${number(shown.length)} 项任务` : `${number(shown.length)} 项，共 ${number(tasks.length)} 项`;
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
        element("button", { type: "button", class: "chosen", "aria-label": `去掉 ${words}`, onclick: () => change(part) }, words),
      ),
    );
    if (parts.length > 1) chips.append(element("button", { type: "button", class: "step", onclick: () => change(empty()) }, "全部去掉"));
    printed.textContent = `${parts.map(([words]) => words).join("，") || "全部任务"}　打印日期 ${now}　${location.href}`;
    table.due.setAttribute("aria-sort", { due: "ascending", "-due": "descending" }[state.sort] ?? "none");
  };

  const show = async () => {
    latest += 1;
    const mine = latest;
    let list = found(tasks, state, now);
    fill();
    if (state.q) {
      status.textContent = "正在查找……";
      try {
        await tasks.bring(list, (part) => mine === latest && (status.textContent = `正在查找…… ${Math.round(part * 100)}%`));
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
