// A task as the columns of a table: what `zhengku obligations --format csv` writes, cell by cell. Files are Chinese, whatever
// the language of the page is.

const SIGNS = { ">=": "≥", "<=": "≤" };

const ROLES = [
  ["lead", "牵头", 18],
  ["support", "配合", 30],
  ["joint", "共同负责", 30],
  ["implement", "落实", 24],
  ["actor", "责任主体", 24],
];

export const indicator = ({ op, value, unit }) => `${SIGNS[op] ?? ""}${value}${unit}`;

// The part whose list ends in 等, as the corpus knows it.
export const openRole = (task) =>
  task.open_ended ? ["support", "joint", "lead", "actor", "implement"].find((role) => task[role].length) : undefined;

export const names = (task, role) => task[role].join("、") + (openRole(task) === role ? "等" : "");

// Those who answer for what names nobody, by what says so.
export const groups = (task) => {
  const groups = [];
  for (const { name, role, from } of task.responsible) {
    const last = groups.at(-1);
    if (last && last.role === role && last.from === from) last.names.push(name);
    else groups.push({ role, from, names: [name] });
  }
  return groups;
};

// The same in words: [names, what says so] of each group.
const answering = (task) =>
  groups(task).map(({ role, from, names }) => {
    if (role === "reply") return [names, "答复机关"];
    if (from === task.path) return [names, "承自本条"];
    return [names, from === "" ? "承自正文" : `承自 ${from}`];
  });

// The same as one text: 市民政局（承自 三/（一））.
export const answered = (task) =>
  answering(task)
    .map(([list, said]) => `${list.join("、")}（${said}）`)
    .join("、");

// How far it has come, on one line.
const progress = (tasks, { state, date, document, clause, link, note }) =>
  [tasks.states.find(([key]) => key === state)[1], date, document, clause, link, note].filter(Boolean).join(" ");

// How a workbook shows a cell that is not text: a day that can be counted with, and the words that say where it stands,
// linked to the clause.
export const DAY = "day";
export const PLACE = "place";

// Heading, width in characters of Excel, cell, how a workbook shows it.
const COLUMNS = [
  ["类别", 6, (t, tasks) => tasks.kinds.find(([key]) => key === t.kind)[1]],
  ["任务", 32, (t) => t.title ?? ""],
  ["内容", 60, (t) => t.text],
  ...ROLES.map(([role, label, width]) => [label, width, (t) => names(t, role)]),
  ["责任归属", 24, (t) => answered(t)],
  ["时限", 16, (t) => t.due_text ?? ""],
  ["最后期限", 12, (t) => t.due ?? "", DAY],
  ["指标", 24, (t) => t.indicators.map(indicator).join("；")],
  ["分工原文", 30, (t) => t.annotation ?? ""],
  ["发文字号", 22, (t) => t.number ?? ""],
  ["文件标题", 40, (t, tasks, row) => tasks.document(row)[2]],
  ["成文日期", 12, (t, tasks, row) => tasks.document(row)[3] ?? "", DAY],
  ["地区", 12, (t, tasks, row) => tasks.regions[tasks.document(row)[4]]?.[0] ?? ""],
  ["条款", 12, (t) => t.path],
  ["出处", 28, (t, tasks) => `${tasks.base ?? tasks.root}${t.url}`, PLACE],
  ["编号", 20, (t) => t.id],
  ["待核", 6, (t) => (t.sure ? "" : "待核")],
  ["进展", 30, (t, tasks) => t.progress.map((one) => progress(tasks, one)).join("；")],
];

export const headings = COLUMNS.map(([heading]) => heading);
export const widths = COLUMNS.map(([, width]) => width);
export const forms = COLUMNS.map(([, , , form]) => form);

export const cells = (tasks, row) => {
  const task = tasks.here(row);
  return COLUMNS.map(([, , cell]) => cell(task, tasks, row));
};
