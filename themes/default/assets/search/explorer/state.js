// What is asked of the tasks: read from the address, written to it, and said in words and as a command.

import { KINDS, SHORT } from "../labels.js";
import { tr } from "../tr.js";

// The fields of which any number of values can be asked for, any of them sufficing.
export const FIELDS = ["kind", "organ", "region", "topic", "year", "quarter", "document"];
const LABELS = {
  kind: tr("explorer.kind"),
  organ: tr("explorer.organ"),
  region: tr("explorer.region"),
  topic: tr("explorer.topic"),
  year: tr("explorer.year"),
  quarter: tr("explorer.quarter"),
  document: tr("explorer.document"),
};

export const label = (field) => LABELS[field];

export const empty = () => ({
  q: "",
  role: "",
  after: "",
  before: "",
  overdue: false,
  sort: "",
  ...Object.fromEntries(FIELDS.map((field) => [field, []])),
});

export const read = (search) => {
  const address = new URLSearchParams(search);
  const state = empty();
  for (const name of ["q", "role", "after", "before", "sort"]) state[name] = address.get(name) ?? "";
  state.overdue = address.has("overdue");
  for (const field of FIELDS) state[field] = address.getAll(field).filter(Boolean);
  return state;
};

export const write = (state) => {
  const address = new URLSearchParams();
  if (state.q) address.set("q", state.q);
  if (state.role) address.set("role", state.role);
  for (const field of FIELDS) for (const value of state[field]) address.append(field, value);
  for (const name of ["after", "before"]) if (state[name]) address.set(name, state[name]);
  if (state.overdue) address.set("overdue", "1");
  if (state.sort) address.set("sort", state.sort);
  return address.toString();
};

// 2018-05-31 → 2018-2; a quarter as people write it, its first and its last month, and its number in the row of all.
const quarterOf = (day) => `${day.slice(0, 4)}-${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
const inWords = (quarter) => tr("date.quarter", { year: quarter.slice(0, 4), quarter: quarter.slice(5) });
const month = (quarter, which) => `${quarter.slice(0, 4)}-${String((quarter.at(-1) - 1) * 3 + which).padStart(2, "0")}`;
const ordinal = (quarter) => Number(quarter.slice(0, 4)) * 4 + Number(quarter.at(-1));

// What a row has of a field. Of organs those that play the part that is asked for.
export const values = (tasks, row, field, role = "") => {
  switch (field) {
    case "kind":
      return [tasks.kind(row)];
    case "organ": {
      const parties = tasks.who(row).filter(([part]) => !role || part === role);
      return [...new Set(parties.map(([, , today]) => today))];
    }
    case "region":
      return tasks.regionsOf(row);
    case "topic":
      return tasks.topicsOf(row);
    case "year":
      return tasks.due(row) ? [tasks.due(row).slice(0, 4)] : [];
    case "quarter":
      return tasks.due(row) ? [quarterOf(tasks.due(row))] : [];
    default:
      return [tasks.document(row)[0]];
  }
};

const plain = (value) => (/^\d{4}(-\d{1,2}){0,2}$/.test(value) ? value : "");

// The first and the last day of 2018, 2018-06 or 2018-06-30.
const first = (value) => plain(value) && `${value}-01-01`.slice(0, 4) + (`${value}-01-01`.slice(4, 10).padEnd(6, "-01"));
const last = (value) => plain(value) && value + "-99".repeat(Math.max(0, 3 - value.split("-").length));

// The rows that satisfy `state`, whose field `except` asks for nothing; in the order of the site, newest document first.
export const rows = (tasks, state, today, except = "") => {
  const after = first(state.after);
  const before = last(state.before);
  const wanted = FIELDS.filter((field) => field !== except && state[field].length).map((field) => [
    field,
    new Set(state[field]),
  ]);
  const found = [];
  for (let row = 0; row < tasks.length; row += 1) {
    const due = tasks.due(row);
    if (state.overdue && !(due && due < today)) continue;
    if (after && !(due && due >= after)) continue;
    if (before && !(due && due <= before)) continue;
    if (state.role && !tasks.who(row).some(([role]) => role === state.role)) continue;
    if (wanted.every(([field, set]) => values(tasks, row, field, state.role).some((value) => set.has(value)))) found.push(row);
  }
  return found;
};

// Whether the words of a task hold `q`: its title, text and annotation, and the names as printed.
export const holds = (task, q) => {
  const names = [task.lead, task.support, task.joint, task.implement, task.actor].flat();
  return [task.title, task.text, task.annotation, ...names].some((text) => text?.includes(q));
};

export const sorted = (tasks, list, sort) => {
  if (!sort) return list;
  const sign = sort === "-due" ? -1 : 1;
  // What has no day comes last in either direction.
  return [...list].sort((a, b) => {
    const [x, y] = [tasks.due(a), tasks.due(b)];
    if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1) || a - b;
    return (x < y ? -sign : x > y ? sign : 0) || a - b;
  });
};

const name = (tasks, field, value) => {
  if (field === "kind") return KINDS[value] ?? value;
  if (field === "quarter") return inWords(value);
  if (field !== "document") return value;
  const document = tasks.documents.find(([id]) => id === value);
  return document?.[1] ?? document?.[2] ?? value;
};

export const shown = name;

// What is asked, a part at a time: [words, what takes it away].
export const said = (tasks, state) => {
  const parts = [];
  const role = SHORT[state.role];
  const labelled = (name, words) => `${name}${tr("list.colon")}${words}`;
  if (state.q) parts.push([tr("explorer.with_words", { q: state.q }), { q: "" }]);
  if (role) parts.push([labelled(tr("explorer.role"), role), { role: "" }]);
  for (const field of FIELDS) {
    for (const value of state[field]) {
      parts.push([labelled(label(field), name(tasks, field, value)), { [field]: state[field].filter((v) => v !== value) }]);
    }
  }
  // A year by itself is called one.
  const called = (day) => (/^\d{4}$/.test(day) ? tr("date.year", { year: day }) : day);
  if (state.after) parts.push([tr("explorer.due_after", { day: called(state.after) }), { after: "" }]);
  if (state.before) parts.push([tr("explorer.due_before", { day: called(state.before) }), { before: "" }]);
  if (state.overdue) parts.push([tr("validity.overdue"), { overdue: false }]);
  return parts;
};

const quoted = (word) => (/^[\p{L}\p{N}_.,:/-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
const PARTS = { lead: "--lead", support: "--support", joint: "--joint", implement: "--implement" };

// The command that gives the same rows; undefined where there is none.
export const command = (tasks, state) => {
  const words = ["zhengku", "obligations"];
  const add = (option, value) => words.push(option, quoted(value));
  if (state.q) words.push(quoted(state.q.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  if (state.role && !(PARTS[state.role] && state.organ.length)) return undefined;
  for (const value of state.organ) add(PARTS[state.role] ?? "--organ", value);
  for (const value of state.region) add("--region", value);
  for (const value of state.topic) add("--topic", value);
  for (const value of state.document) add("--document", value);
  for (const value of state.kind) add("--kind", value);
  const years = [...state.year].sort();
  const run = years.every((year, i) => Number(year) === Number(years[0]) + i);
  if (!run || (years.length && (state.after || state.before))) return undefined;
  const quarters = [...state.quarter].sort();
  const whole = quarters.every((quarter, i) => ordinal(quarter) === ordinal(quarters[0]) + i);
  if (!whole || (quarters.length && (years.length || state.after || state.before))) return undefined;
  if (quarters.length) words.push("--due-after", month(quarters[0], 1), "--due-before", month(quarters.at(-1), 3));
  if (years.length) words.push("--due-after", years[0], "--due-before", years.at(-1));
  if (state.after) add("--due-after", state.after);
  if (state.before) add("--due-before", state.before);
  if (state.overdue) words.push("--overdue");
  return words.join(" ");
};
