// A task that a query asked for by who leads it, who takes part or when it is due.

import { element } from "./dom.js";

const KINDS = { assignment: "分工", target: "目标", duty: "职责", commitment: "承诺" };
const ROLES = { lead: "牵头", joint: "共同负责", support: "配合", implement: "落实", actor: "责任主体" };

// The clause that the id of a task names, DOCUMENT#PATH:KIND-N, as src/address.rs makes addresses.
const clause = (id, root) => {
  const [, document, path] = /^([^#]*)#(.*):[^:]*$/.exec(id) ?? ["", id, ""];
  const name = document.toLowerCase() === "index" ? "_index" : encodeURIComponent(document);
  const address = new URL(`documents/${name}.html`, root);
  address.hash = encodeURIComponent(path);
  return address.href;
};

export const task = ({ id, extra }, root) => {
  const kind = element("span", { class: `tag k-${extra.kind}` }, KINDS[extra.kind] ?? extra.kind);
  const facts = Object.entries(ROLES)
    .filter(([role]) => extra[role]?.length)
    .map(([role, name]) => element("span", {}, `${name}：${extra[role].join("、")}`));
  if (extra.due) facts.push(element("span", {}, "时限：", element("time", { datetime: extra.due }, extra.due)));
  const title = element("a", { class: "title", href: clause(id, root) }, extra.title);
  return element("li", { class: "hit-line" }, kind, " ", title, element("p", { class: "meta" }, ...facts));
};
