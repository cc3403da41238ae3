// The panel: for each field the values that the shown tasks have, with how many have each. A field is counted as if
// nothing of it were chosen, so that another value can be taken.

import { element } from "../dom.js";
import { tr, zh } from "../tr.js";
import { FIELDS, label, rows, shown, values } from "./state.js";

// How many values of a field stand there before a reader asks for more, and how many then.
const FEW = 7;
const MOST = 300;

const counted = (tasks, list, field, role) => {
  const counts = new Map();
  for (const row of list) {
    for (const value of values(tasks, row, field, role)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
};

const ordered = (field, counts) => {
  const all = [...counts];
  if (field === "year" || field === "quarter") return all.sort(([a], [b]) => (a < b ? -1 : 1));
  return all.sort(([, a], [, b]) => b - a);
};

export class Facets {
  #tasks;
  #choose;
  #opened = new Map();
  element = element("div", { class: "facet-groups" });

  // `choose(change)` takes over what the reader has chosen.
  constructor(tasks, choose) {
    this.#tasks = tasks;
    this.#choose = choose;
  }

  draw(state, found, today) {
    const { name, value } = document.activeElement ?? {};
    const inside = this.element.contains(document.activeElement);
    this.element.replaceChildren(...FIELDS.flatMap((field) => this.#group(field, state, found, today)));
    if (!inside) return;
    const again = [...this.element.querySelectorAll("input")].find((box) => box.name === name && box.value === value);
    again?.focus({ preventScroll: true });
  }

  #group(field, state, found, today) {
    const among = state[field].length ? rows(this.#tasks, state, today, field) : found;
    const counts = counted(this.#tasks, among, field, field === "organ" ? state.role : "");
    for (const value of state[field]) if (!counts.has(value)) counts.set(value, 0);
    const all = ordered(field, counts);
    if (all.length < 2 && !state[field].length) return [];
    // What is chosen stays in sight.
    const first = all.filter(([value], i) => i < FEW || state[field].includes(value));
    const rest = all.filter((pair) => !first.includes(pair));
    const box = ([value, count]) => this.#box(field, value, count, state);
    const parts = first.map(box);
    if (rest.length) parts.push(this.#more(field, rest, box));
    return [element("fieldset", { class: "filter-group" }, element("legend", {}, label(field)), ...parts)];
  }

  #box(field, value, count, state) {
    const checked = state[field].includes(value);
    const toggle = () =>
      this.#choose({ [field]: checked ? state[field].filter((other) => other !== value) : [...state[field], value] });
    const box = element("input", { type: "checkbox", name: field, value, onchange: toggle });
    box.checked = checked;
    return element(
      "label",
      { class: "filter-value" },
      box,
      element("span", { class: "value", lang: field === "kind" ? undefined : zh }, shown(this.#tasks, field, value)),
      element("span", { class: "count" }, String(count)),
    );
  }

  // The other values, drawn when a reader opens them; of many, those that hold what is typed.
  #more(field, rest, box) {
    const list = element("div");
    const draw = (typed = "") => {
      const fitting = rest.filter(([value]) => shown(this.#tasks, field, value).includes(typed));
      list.replaceChildren(...fitting.slice(0, MOST).map(box));
      if (fitting.length > MOST) list.append(element("p", { class: "note" }, tr("explorer.more", { n: fitting.length - MOST })));
    };
    const typed = this.#opened.get(field);
    const search = element("input", {
      type: "search",
      class: "narrow",
      "aria-label": tr("explorer.find_in", { field: label(field) }),
      placeholder: tr("explorer.find_among", { n: rest.length }),
      value: typed ?? "",
      oninput: () => {
        this.#opened.set(field, search.value);
        draw(search.value.trim());
      },
    });
    const more = element("details", { class: "more-values", open: typed !== undefined }, element("summary", {}, tr("search.more_values", { n: rest.length })), rest.length > FEW * 2 ? search : undefined, list);
    more.addEventListener("toggle", () => {
      if (more.open && !list.children.length) draw(search.value.trim());
      if (more.open) this.#opened.set(field, search.value);
      else this.#opened.delete(field);
    });
    if (typed !== undefined) draw(typed.trim());
    return more;
  }
}
