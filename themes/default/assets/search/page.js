// The search page: the same results with filters and as many as the reader wants; query and filters stand in the
// address, so that a search can be sent to somebody and the way back leads to it.

import { connect } from "./client.js";
import { element } from "./dom.js";
import { chips, groups } from "./filters.js";
import { walk } from "./keys.js";
import { tr } from "./tr.js";
import { composes, follow } from "./typing.js";
import { PAGE, View } from "./view.js";

// Shows the filters beside the results where there is room.
const WIDE = matchMedia("(min-width: 64rem)");

export const attach = (form, reader) => {
  const input = form.elements.q;
  const { client, root } = connect(form);
  // The fields to narrow a search by, with their names for readers.
  const labels = new Map(form.dataset.filters.split(" ").map((pair) => pair.split(":")));
  const help = document.querySelector("[data-search-help]");
  const titled = document.title;

  let chosen = [];
  const label = (field) => labels.get(field) ?? field;

  const view = new View(client, root, {
    suggest: (query) => {
      input.value = query;
      input.focus();
      search();
    },
    relax: () => choose([]),
    retry: () => show(),
    grown: () => remember(),
  });
  const groupsOf = element("div", { class: "filter-groups" });
  const heading = element("summary", {}, tr("search.filters"));
  const filters = element("details", { class: "filters", open: WIDE.matches, hidden: true }, heading, groupsOf);
  const chosenOnes = element("div", { class: "chosen-ones" });
  const results = element(
    "section",
    { class: "search-results", "aria-label": tr("search.results"), hidden: true },
    filters,
    element("div", { class: "search-main" }, chosenOnes, view.element),
  );
  form.after(results);

  // The address says what is shown; what else is needed on the way back stands in the history.
  const remember = () => {
    const address = new URL(location.href);
    address.search = "";
    const query = input.value.trim();
    if (query) address.searchParams.set("q", query);
    for (const [field, value] of chosen) address.searchParams.append(field, value);
    history.replaceState({ shown: view.shown, y: scrollY }, "", address);
    document.title = query ? `${query} · ${titled}` : titled;
  };
  const recall = (typed = "") => {
    const address = new URL(location.href).searchParams;
    input.value = typed || (address.get("q") ?? "");
    chosen = [...address].filter(([name, value]) => labels.has(name) && value);
  };

  const show = async (limit = PAGE) => {
    const query = input.value.trim();
    const nothing = query === "" && chosen.length === 0;
    results.hidden = nothing;
    if (help) help.hidden = !nothing;
    if (nothing) {
      view.clear();
      remember();
      return;
    }
    // A field whose values are alternatives is counted as if none were chosen, so that another can be.
    const own = [...new Set(chosen.map(([field]) => field))];
    const without = own.map((field) => chosen.filter(([name]) => name !== field));
    const found = await view.search({ query, filters: chosen, limit, facets: true, counts: without });
    if (!found) return;
    const [among, ...others] = found;
    const other = ({ field }) => others[own.indexOf(field)]?.find((counted) => counted.field === field);
    redraw(among.map((facet) => other(facet) ?? facet));
    remember();
  };

  const redraw = (facets) => {
    const { name, value } = document.activeElement ?? {};
    groupsOf.replaceChildren(...groups(facets, chosen, label, toggle));
    chosenOnes.replaceChildren(...chips(chosen, label, toggle));
    heading.textContent = chosen.length ? tr("search.filters_chosen", { n: chosen.length }) : tr("search.filters");
    filters.hidden = groupsOf.children.length === 0;
    const again = [...groupsOf.querySelectorAll("input")].find((box) => box.name === name && box.value === value);
    again?.focus({ preventScroll: true });
  };

  const choose = (next) => {
    chosen = next;
    show();
  };
  const toggle = (field, value) => {
    const is = ([name, other]) => name === field && other === value;
    choose(chosen.some(is) ? chosen.filter((pair) => !is(pair)) : [...chosen, [field, value]]);
  };

  const { now: search } = follow(input, reader, () => show());
  input.addEventListener("focus", () => client.warm());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
    // On a phone the keyboard makes way for the results.
    if (matchMedia("(pointer: coarse)").matches) input.blur();
  });
  addEventListener("keydown", (event) => {
    if (composes(event)) return;
    if (event.key === "Escape" && results.contains(document.activeElement)) input.focus();
    else walk(event, input, results);
  });
  addEventListener("pagehide", () => history.state && remember());
  addEventListener("popstate", () => {
    recall();
    show();
  });

  const begin = async () => {
    client.warm();
    const { shown, y } = history.state ?? {};
    // What was typed while this was loading stays.
    recall(input.value);
    await show(Math.max(PAGE, shown ?? 0));
    if (y) scrollTo(0, y);
  };
  begin();
};
