// The shown tasks as files: the bytes that `zhengku obligations` writes for the same tasks.

import { cells, headings } from "./cells.js";

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
const SUMMARY = 60;

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

const text = (words) => words.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
const compact = (day) => day.replaceAll("-", "");

// An all-day event for every task with a deadline.
export const calendar = (tasks, rows) => {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zhengku//ZH", "CALSCALE:GREGORIAN"];
  lines.push(`NAME:${text(`${tasks.title}：时限`)}`, `X-WR-CALNAME:${text(`${tasks.title}：时限`)}`);
  for (const row of rows) {
    const task = tasks.here(row);
    if (!task.due) continue;
    const [, number, title, date] = tasks.document(row);
    const about = [...(task.title ?? task.text)];
    let summary = about.slice(0, SUMMARY).join("") + (about.length > SUMMARY ? "…" : "");
    const lead = task.lead.length ? task.lead : task.actor;
    if (lead.length) summary += `（${lead.join("、")}）`;
    const kind = tasks.kinds.find(([key]) => key === task.kind)[1];
    const parts = ROLES.filter(([role]) => task[role].length).map(([role, label]) => `\n${label}：${task[role].join("、")}`);
    const description = `${kind}：${task.text}${parts.join("")}\n出处：${title} ${number ?? ""} ${task.path}`;
    // In the order of their names, as the terminal writes them.
    lines.push(
      "BEGIN:VEVENT",
      `DESCRIPTION:${text(description)}`,
      `DTEND;VALUE=DATE:${compact(task.due)}`,
      `DTSTAMP:${compact(date ?? task.due)}T000000Z`,
      `DTSTART;VALUE=DATE:${compact(task.due)}`,
      `SUMMARY:${text(summary)}`,
      `UID:${text(`${task.id}@zhengku`)}`,
    );
    if (tasks.base) lines.push(`URL:${new URL(task.url, tasks.base).href}`);
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR", "");
  return lines.map(folded).join("\r\n");
};
