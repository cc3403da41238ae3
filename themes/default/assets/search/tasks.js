// A task that a query asked for by who leads it, who takes part or when it is due.

import { element } from "./dom.js";
import { KINDS, ROLES } from "./labels.js";
import { tr, zh } from "./tr.js";

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
    .map(([role, name]) => element("span", {}, name, tr("list.colon"), element("span", { lang: zh }, extra[role].join(tr("list.and")))));
  if (extra.due) facts.push(element("span", {}, tr("table.due"), tr("list.colon"), element("time", { datetime: extra.due }, extra.due)));
  const title = element("a", { class: "title", href: clause(id, root), lang: zh }, extra.title);
  return element("li", { class: "hit-line" }, kind, " ", title, element("p", { class: "meta" }, ...facts));
};
