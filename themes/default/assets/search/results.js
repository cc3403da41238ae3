// One result as an item of the list: the document with its best passages, each a link to its clause.

import { element, marked } from "./dom.js";
import { cited } from "./labels.js";
import { tr, zh } from "./tr.js";

// How many phrases, and how much of each, a link asks its page to highlight.
const PHRASES = 6;
const LONGEST = 120;

// The address of a page of the site, with the clause to go to and the phrases to highlight there.
const leading = (root, url, anchor, phrases) => {
  const address = new URL(url, root);
  for (const phrase of phrases) address.searchParams.append("mark", phrase);
  if (anchor) address.hash = encodeURIComponent(anchor);
  return address.href;
};

// What the engine marked, as printed: what the page has to highlight, whatever was typed to find it.
const phrases = (hit) => {
  const found = new Set();
  const take = (text, marks) => marks.forEach(([start, end]) => found.add(text.slice(start, end).slice(0, LONGEST)));
  hit.passages.forEach(({ excerpt, marks }) => take(excerpt, marks));
  take(hit.title, hit.title_marks);
  return [...found].slice(0, PHRASES);
};

// Who issued it; of many, the first.
const issued = (issuers = []) =>
  issuers.length > 2 ? tr("search.issuers", { first: issuers[0], n: issuers.length }) : issuers.join(tr("list.and"));

const meta = ({ number, extra, hits }) => {
  const { date, region, kind, issuers } = extra ?? {};
  const facts = [number, issued(issuers), region, kind].filter(Boolean);
  const spans = facts.map((fact) => element("span", { lang: zh }, fact));
  if (date) spans.push(element("time", { datetime: date }, date));
  if (hits > 1) spans.push(element("span", {}, tr("search.hits", { n: hits })));
  return element("p", { class: "meta" }, ...spans);
};

export const hit = (found, root) => {
  const marks = phrases(found);
  const passages = found.passages
    .filter(({ excerpt }) => excerpt)
    .map(({ path, label, anchor, excerpt, marks: within }) =>
      element(
        "li",
        { class: "hit-line" },
        element(
          "a",
          { href: leading(root, found.url, anchor, marks) },
          path ? element("span", { class: "path", lang: zh }, label ? `${cited(path)}${tr("list.gap")}${label}` : cited(path)) : undefined,
          element("span", { class: "excerpt", lang: zh }, marked(excerpt, within)),
        ),
      ),
    );
  const title = element(
    "a",
    { class: "title", href: leading(root, found.url, "", marks), lang: zh },
    marked(found.title, found.title_marks),
  );
  const head = element("div", { class: "hit-line" }, title, meta(found));
  const list = passages.length ? element("ul", { class: "passages" }, ...passages) : undefined;
  return element("li", { class: "hit" }, head, list);
};
