// What was found in one file, from its title to its text.

import { element } from "../dom.js";
import { csv, calendar, json } from "../explorer/files.js";
import { Rows } from "../explorer/rows.js";
import { inFile, workbook } from "../explorer/workbook.js";
import { KINDS } from "../labels.js";
import { save, today } from "../save.js";
import { tr, zh } from "../tr.js";
import { facts } from "./facts.js";
import { Found } from "./tasks.js";
import { Text } from "./text.js";

const file = (text, type) => new Blob([text], { type });

const FILES = [
  ["Excel", "xlsx", (tasks, rows, name) => workbook(tasks, rows, inFile(name), location.href.split("#")[0])],
  ["CSV", "csv", (tasks, rows) => file(csv(tasks, rows), "text/csv")],
  [tr("read.calendar"), "ics", (tasks, rows) => file(calendar(tasks, rows), "text/calendar")],
  ["JSON", "json", (tasks, rows) => file(json(tasks, rows), "application/json")],
];

// As many tasks are drawn at once; of more, those near the screen.
const WHOLE = 400;

// How many of each kind there are, as on the page of a document.
const counted = (tasks) =>
  tasks.kinds.flatMap(([key, label]) => {
    const rows = Array.from({ length: tasks.length }, (_, row) => row).filter((row) => tasks.kind(row) === key);
    return rows.length ? [element("span", { class: `tag k-${key}` }, KINDS[key] ?? label), ` ${tr("count.tasks", { n: rows.length })}`, tr("list.gap")] : [];
  });

// `kept` are the same tasks with the addresses that leave this page.
const listed = (tasks, kept, name) => {
  const all = Array.from({ length: tasks.length }, (_, row) => row);
  const sorted = () => {
    const day = (row) => tasks.due(row) || "9";
    return [...all].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a - b));
  };
  let order = "none";
  const show = () => {
    rows.show({ none: () => all, ascending: sorted, descending: () => sorted().reverse() }[order]());
    rows.due.setAttribute("aria-sort", order);
    if (all.length <= WHOLE) rows.whole();
  };
  const sort = () => {
    order = { none: "ascending", ascending: "descending", descending: "none" }[order];
    show();
  };
  const rows = new Rows(tasks, document.baseURI, today(), { sort, failed: () => {} });
  show();
  // A printer is given every row.
  addEventListener("beforeprint", () => rows.element.isConnected && rows.whole());
  const stem = name.replace(/^.*\//, "").replace(/\.[^.]*$/, "");
  const ways = FILES.map(([label, extension, make]) => {
    const onclick = () => save(`${stem}-${tr("read.tasks_file")}.${extension}`, make(kept, rows.rows, name));
    return element("button", { type: "button", class: "step", "data-file": label, "aria-label": tr("read.download", { format: label }), onclick }, label);
  });
  return [element("p", { class: "intro" }, ...counted(tasks)), element("p", { class: "tasks-ways" }, ...ways), rows.element];
};

const cited = ({ relation, title, number, issuers, path }, place) =>
  element(
    "li",
    { lang: zh },
    element("span", { class: "tag" }, relation),
    " ",
    title ? `《${title}》` : "",
    number ? element("span", { class: "number" }, ` ${number}`) : "",
    issuers ? ` ${issuers}` : "",
    path ? element("span", { class: "paths" }, element("a", { href: place(path) }, path)) : "",
  );

// Parts of the page for the file called `name`; `prefix` begins its ids.
export const shown = (found, name, prefix, words) => {
  const { meta, citations, remarks, blocks, format } = found;
  const place = (task) => `#${Text.id(prefix, task)}`;
  const tasks = new Found(found, name, words, place);
  const clause = (task) => found.tasks[task].path && `#${found.tasks[task].path}`;
  const kept = new Found(found, name, words, clause);
  const text = new Text(prefix, blocks);
  const heading = (id, title) => element("h3", { id: `${prefix}-${id}` }, title);
  const lines = facts(found).map(([label, said]) =>
    element("tr", {}, element("th", { scope: "row" }, label), element("td", { lang: zh }, said)),
  );
  return [
    meta.title ? element("h2", { lang: zh }, meta.title) : element("h2", {}, tr("read.untitled")),
    meta.title_inferred ? element("p", { class: "note" }, tr("read.inferred")) : "",
    element("p", { class: "meta", lang: zh }, element("span", {}, name), element("span", {}, format), meta.number ? element("span", {}, meta.number) : ""),
    lines.length ? element("table", { class: "facts-table" }, element("tbody", {}, ...lines)) : "",
    heading("tasks", tr("read.tasks", { n: tasks.length })),
    ...(tasks.length ? listed(tasks, kept, name) : [element("p", { class: "intro" }, tr("read.no_tasks"))]),
    ...(citations.length
      ? [
          heading("cites", tr("read.cites", { n: citations.length })),
          element("ul", { class: "citations" }, ...citations.map((one) => cited(one, (path) => `#${prefix}/${path}`))),
        ]
      : []),
    heading("remarks", tr("read.remarks")),
    element("ul", { class: "lines", lang: zh }, ...remarks.map((remark) => element("li", {}, remark))),
    heading("text", tr("read.text")),
    text.element,
  ];
};
