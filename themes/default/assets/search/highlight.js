// Marks what was searched for on the page of a document. Marks stand around the text and change none of it: what is
// copied is the original.

import { element } from "./dom.js";
import { tr } from "./tr.js";

// Printed in several shapes and searched as one, as in the engine's build/characters.rs.
const FOLDED = new Map(
  Object.entries({
    "(": "〔［[【〖（﹙❲",
    ")": "〕］]】〗）﹚❳",
    "《": "〈«‹﹤",
    "》": "〉»›﹥",
    '"': "“”„‟「」『』﹁﹂﹃﹄〝〞〟＂",
    "'": "‘’‚‛`´＇′",
    "-": "‐‑‒–—―－﹣−⁻─━",
    "~": "～〜∼﹏",
    "·": "•・‧∙⋅･",
    "〇": "○◯",
  }).flatMap(([to, shapes]) => [...shapes].map((shape) => [shape, to])),
);

// How many places are marked at most.
const MOST = 2000;

const folded = (character) => {
  const known = FOLDED.get(character);
  if (known) return known;
  // White space parts nothing, and neither does what cannot be seen.
  if (/[\s\p{Cf}\p{Cc}]/u.test(character)) return "";
  return [...character.normalize("NFKC").toLowerCase()].map((c) => FOLDED.get(c) ?? c).join("");
};

const normal = (text) => [...text].map(folded).join("");

// The text of the document below `root` in its normal form, and where each unit of it is printed.
const read = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    // What the page has added is no part of the text.
    node.nodeType === Node.ELEMENT_NODE
      ? node.classList.contains("zk") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP
      : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  const starts = [];
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let at = 0;
    for (const character of node.data) {
      const form = folded(character);
      for (let unit = 0; unit < form.length; unit += 1) {
        nodes.push(node);
        starts.push([at, at + character.length]);
      }
      text += form;
      at += character.length;
    }
  }
  return { text, nodes, starts };
};

// Where `phrases` stand in `text`, in order, without overlaps.
const find = (text, phrases) => {
  const found = [];
  for (const phrase of phrases) {
    for (let at = text.indexOf(phrase); at >= 0 && found.length < MOST; at = text.indexOf(phrase, at + phrase.length)) {
      found.push([at, at + phrase.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let end = 0;
  return found.filter((range) => range[0] >= end && (end = range[1]));
};

// Puts <mark> around the printed characters of each range; the marks of each, in order.
const mark = ({ nodes, starts }, ranges) => {
  const hits = ranges.map(() => []);
  // From the end, so that what is cut off behind a mark is not looked at again.
  for (let i = ranges.length - 1; i >= 0; i -= 1) {
    let [from, to] = ranges[i];
    while (to > from) {
      const node = nodes[to - 1];
      let first = to - 1;
      while (first > from && nodes[first - 1] === node) first -= 1;
      const made = element("mark", { class: "hit-mark" });
      const part = node.splitText(starts[first][0]);
      part.splitText(starts[to - 1][1] - starts[first][0]);
      part.replaceWith(made);
      made.append(part);
      hits[i].unshift(made);
      to = first;
    }
  }
  return hits;
};

const follows = (node, other) => Boolean(node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

// The first hit in the clause that the address names: in or behind its anchor and before the next one. -1 where there
// is none.
const inClause = (root, hits) => {
  let anchor;
  try {
    anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return -1;
  }
  if (!anchor) return -1;
  // Anchors of the class zk are those of tasks within a clause.
  const clauses = [...root.querySelectorAll("[id]:not(.zk)")];
  const next = clauses.find((other) => follows(anchor, other) && !anchor.contains(other));
  return hits.findIndex(([first]) => follows(anchor, first) && !(next && follows(next, first)));
};

const seen = (node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
};

// Marks `asked` in the text of the page, brings the clause with its hit into view, and offers the way from hit to hit.
export const highlight = (asked) => {
  const root = document.getElementById("zk-text");
  const phrases = [...new Set(asked.map(normal))].filter(Boolean);
  const text = read(root);
  const hits = mark(text, find(text.text, phrases));
  if (!hits.length) return;

  let current = inClause(root, hits);
  const count = element("span", { class: "hit-count", role: "status" });
  const go = (to) => {
    hits[current]?.forEach((part) => part.classList.remove("now"));
    current = (to + hits.length) % hits.length;
    hits[current].forEach((part) => part.classList.add("now"));
    count.textContent = tr("search.hit_at", { at: current + 1, n: hits.length });
    if (!seen(hits[current][0])) hits[current][0].scrollIntoView({ block: "center" });
  };
  const button = (text, name, does) => element("button", { type: "button", "aria-label": name, onclick: does }, text);
  const bar = element(
    "div",
    { class: "hit-bar", role: "group", "aria-label": tr("search.marked") },
    count,
    button("↑", tr("search.hit_before"), () => go(current - 1)),
    button("↓", tr("search.hit_after"), () => go(current + 1)),
    button(tr("search.unmark"), tr("search.unmark"), () => remove()),
  );
  const remove = () => {
    bar.remove();
    for (const part of hits.flat()) {
      const parent = part.parentNode;
      part.replaceWith(...part.childNodes);
      parent.normalize();
    }
    const address = new URL(location.href);
    address.searchParams.delete("mark");
    history.replaceState(history.state, "", address);
  };
  document.body.append(bar);

  const [navigation] = performance.getEntriesByType("navigation");
  const arrived = navigation?.type !== "back_forward" && navigation?.type !== "reload";
  if (current >= 0 && arrived) go(current);
  else count.textContent = tr("search.hits_all", { n: hits.length });
};
