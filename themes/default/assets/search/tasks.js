// A task that a query asked for by who leads it, who takes part or when it is due.

import { element } from "./dom.js";

const KINDS = { assignment: "分工", target: "目标", duty: "职责", commitment: "承诺" };
const ROLES = { lead: "牵头", joint: "共同负责", support: "配合", implement: "落实", actor: "责任主体" };

// The clause that an address leads to.
const clause = (address) => {
  try {
    return decodeURIComponent(address.hash.slice(1));
  } catch {
    return "";
  }
};

export const task = (shown, root) => {
  const address = new URL(shown.url, root);
  const kind = element("span", { class: `tag k-${shown.kind}` }, KINDS[shown.kind] ?? shown.kind);
  const facts = Object.entries(ROLES)
    .filter(([role]) => shown[role]?.length)
    .map(([role, name]) => element("span", {}, `${name}：${shown[role].join("、")}`));
  if (shown.due) facts.push(element("span", {}, "时限：", element("time", { datetime: shown.due }, shown.due)));
  const title = element("a", { class: "title", href: address.href }, shown.title ?? (clause(address) || "原文"));
  return element("li", { class: "hit-line" }, kind, " ", title, element("p", { class: "meta" }, ...facts));
};
