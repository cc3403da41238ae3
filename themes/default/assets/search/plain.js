// Plain words as conditions: 市民政局 牵头 2018年底前 asks for the tasks that it leads and that are due by then. What was
// understood is shown, and each part can be taken off.

import { load } from "./explorer/data.js";
import { empty, holds, rows, write } from "./explorer/state.js";
import { tr } from "./tr.js";

const ROLES = new Map(Object.entries({ 牵头: "lead", 负责: "", 配合: "support", 参与: "support", 共同: "joint", 共同负责: "joint", 落实: "implement" }));
const KINDS = new Map(Object.entries({ 承诺: "commitment", 目标: "target", 指标: "target", 分工: "assignment", 职责: "duty", 任务: "" }));
const ORGAN = /(?:局|厅|委|委员会|部|政府|办|办公室|中心|院|署|管委会|集团|公司|联合会|总工会|总队)$/;

// 2018年底前, 2018年前, 2018年6月底前, 2018年以后 …
const DAY = /^(\d{4})年?(?:(\d{1,2})月)?(底|末)?(以前|之前|前|以后|之后|后|起)?(?:到期|完成)?$/;

const labelled = (name, word) => `${name}${tr("list.colon")}${word}`;

const read = (word) => {
  if (ROLES.has(word)) return { role: ROLES.get(word), label: labelled(tr("explorer.role"), word) };
  if (KINDS.has(word)) return { kind: KINDS.get(word), label: labelled(tr("explorer.kind"), word) };
  if (/^(逾期|已过期限|过期|超期)$/.test(word)) return { overdue: true, label: tr("validity.overdue") };
  const day = DAY.exec(word);
  if (day && (day[3] || day[4])) {
    const [, year, month, end, side] = day;
    const value = month ? `${year}-${month.padStart(2, "0")}` : year;
    const later = /后|起/.test(side ?? "");
    // “2018年前” ends before the year, “2018年底前” with it.
    const before = !later && side && !end && !month ? String(Number(year) - 1) : value;
    return { [later ? "after" : "before"]: later ? value : before, label: tr("explorer.due", { when: word }) };
  }
  if (ORGAN.test(word) && word.length >= 3) return { organ: word, label: labelled(tr("explorer.organ"), word) };
  return undefined;
};

// What `query` asks for in plain words: undefined where it is no more than words. `parts` are [label, rest of the query].
export const understood = (query) => {
  if (/[:："“]/.test(query)) return undefined;
  const words = query.trim().replace(/(牵头|配合|落实)(?=\S)/g, "$1 ").replace(/(\S)(?=(?:牵头|配合|落实)(?:\s|$))/g, "$1 ").split(/\s+/);
  const parts = words.map((word) => [word, read(word)]);
  const known = parts.filter(([, part]) => part);
  const organ = known.find(([, part]) => part.organ)?.[1].organ;
  const condition = known.some(([, part]) => !part.organ);
  // A name alone is looked up as a name; a role or a day without an organ may be words of a text.
  if (!condition || (!organ && known.length < 2) || parts.length < 2) return undefined;
  const role = known.find(([, part]) => part.role !== undefined)?.[1].role || "";
  const filters = { organ, role, rest: parts.filter(([, part]) => !part).map(([word]) => word) };
  for (const [, part] of known) Object.assign(filters, Object.fromEntries(Object.entries(part).filter(([name]) => ["kind", "before", "after", "overdue"].includes(name))));
  return {
    filters,
    parts: known.map(([word, part]) => [part.label, words.filter((other) => other !== word).join(" ")]),
  };
};

// The same conditions as the explorer takes them; `called` are the organs that the word means, under their names of today.
const asked = ({ organ = "", role, kind, before = "", after = "", overdue = false, rest }, called) => ({
  ...empty(),
  q: [called.length ? "" : organ, ...rest].filter(Boolean).join(" "),
  role: role ?? "",
  organ: called,
  kind: kind ? [kind] : [],
  before,
  after,
  overdue,
});

let tasks;

// The tasks that plain words ask for: their number, the first of them as the list of results takes them, and the address
// at which the explorer shows all.
export const found = async (filters, called, root, limit, today) => {
  tasks ??= load(new URL("data/tasks/index.json", root)).catch(() => (tasks = undefined));
  const all = await tasks;
  const state = asked(filters, called);
  const address = new URL("obligations/", root);
  address.search = write(state);
  if (!all) return { total: 0, results: [], href: address.href };
  let list = rows(all, state, today);
  if (state.q) {
    await all.bring(list);
    list = list.filter((row) => holds(all.here(row), state.q));
  }
  const first = list.slice(0, limit);
  await all.bring(first);
  const results = first.map((row) => all.here(row)).map((task) => ({ id: task.id, extra: { ...task, title: task.title ?? task.text } }));
  return { total: list.length, results, href: address.href };
};
