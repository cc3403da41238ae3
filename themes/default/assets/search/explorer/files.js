// The shown tasks as files: the bytes that `zhengku obligations` writes for the same tasks.

import { answered, cells, headings, names } from "./cells.js";

// A cell that no spreadsheet takes for a formula.
export const inert = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// RFC 4180 with a byte-order mark, by which Excel knows UTF-8.
export const csv = (tasks, rows) => {
  const line = (list) => `${list.map((text) => quoted(text)).join(",")}\r\n`;
  return `\ufeff${line(headings)}${rows.map((row) => line(cells(tasks, row).map(inert))).join("")}`;
};

// Values of indicators are written with a point, as the terminal does: 90.0.
const line = (task) => JSON.stringify(task).replace(/"value":(-?\d+)(?=[,}])/g, '"value":$1.0');

export const json = (tasks, rows) => `[\n${rows.map((row) => line(tasks.here(row))).join(",\n")}\n]\n`;

const ROLES = [
  ["lead", "牵头"],
  ["support", "配合"],
  ["joint", "共同负责"],
  ["implement", "落实"],
  ["actor", "责任主体"],
];

// Characters of the task in an event's title, and bodies that it names.
const SUMMARY = 60;
const NAMED = 3;
// At nine in the morning, a week before the day.
const ALARM = "-P6DT15H";

// Lines of 75 octets at most (RFC 5545, 3.1).
const folded = (line) => {
  let out = "";
  let width = 0;
  for (const character of line) {
    const octets = new TextEncoder().encode(character).length;
    if (width + octets > 75) {
      out += "\r\n ";
      width = 1;
    }
    out += character;
    width += octets;
  }
  return out;
};

const text = (words) =>
  words
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
const compact = (day) => day.replaceAll("-", "");

// Who answers for a task: whoever leads or shares it, who answers for what names nobody (a reply's 我委 is no name), who
// acts; else the place that it is of.
const who = (tasks, task, row) => {
  const responsible = task.responsible.map(({ name }) => name);
  const list = [task.lead, task.joint, responsible, task.actor].find((names) => names.length);
  if (list) return list.slice(0, NAMED).join("、") + (list.length > NAMED ? "等" : "");
  return tasks.regions[tasks.document(row)[4]]?.[0];
};

// Who must do what, and which document says so. The heading over a goal or a promise says as little as 总体目标.
const title = (tasks, task, row) => {
  const about = [...((task.kind === "assignment" ? task.title : null) ?? task.text)];
  const what = about.slice(0, SUMMARY).join("") + (about.length > SUMMARY ? "…" : "");
  const party = who(tasks, task, row);
  return `${party ? `${party}：` : ""}${what}${task.number ? `（${task.number}）` : ""}`;
};

// A line for each thing that is known of a task.
const description = (tasks, task, row) => {
  const lines = [`${tasks.kinds.find(([key]) => key === task.kind)[1]}：${task.text}`];
  const say = (label, words) => words && lines.push(`${label}：${words}`);
  for (const [role, label] of ROLES) say(label, names(task, role));
  say("责任归属", answered(task));
  say("时限", task.due_text);
  say("待核", task.sure ? "" : "识别没有把握，请看原文");
  say("出处", [tasks.document(row)[2], task.number, task.path].filter(Boolean).join(" "));
  return lines.join("\n");
};

// An all-day event with one alarm for every task with a deadline (RFC 5545).
export const calendar = (tasks, rows) => {
  const name = text(`${tasks.title}：时限`);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zhengku//ZH", "CALSCALE:GREGORIAN"];
  lines.push(`NAME:${name}`, `X-WR-CALNAME:${name}`, "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D");
  for (const row of rows) {
    const task = tasks.here(row);
    if (!task.due) continue;
    const summary = text(title(tasks, task, row));
    lines.push(
      "BEGIN:VEVENT",
      `UID:${text(`${task.id}@zhengku`)}`,
      `DTSTAMP:${compact(tasks.document(row)[3] ?? task.due)}T000000Z`,
      `DTSTART;VALUE=DATE:${compact(task.due)}`,
      `SUMMARY:${summary}`,
      `DESCRIPTION:${text(description(tasks, task, row))}`,
    );
    if (tasks.base) lines.push(`URL:${new URL(task.url, tasks.base).href}`);
    lines.push("TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${summary}`, `TRIGGER:${ALARM}`, "END:VALARM", "END:VEVENT");
  }
  lines.push("END:VCALENDAR", "");
  return lines.map(folded).join("\r\n");
};
