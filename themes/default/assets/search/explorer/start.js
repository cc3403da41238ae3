// 任务检索器: the tasks of the whole site, narrowed by who, when, what and where, in place of the static table that
// stands there without scripts.
//
// start.js  begins, where the page is served and has a place for it
// main.js   draws the panel, the list and what can be taken away, and asks again when a reader changes something
// data.js   the index of all tasks, and the tasks themselves in parts that are fetched when they are seen
// state.js  what is asked: the address of the page, the tasks that satisfy it, the words and the command that say it
// facets.js counts to narrow by;  rows.js the list, of which only what is near the screen is drawn
// cells.js  a task as the columns of a table, as `zhengku obligations` writes them
// files.js  CSV, JSON and calendar;  workbook.js Excel
(() => {
  "use strict";

  const place = document.querySelector("[data-explorer]");
  if (!place || location.protocol === "file:") return;
  import("./main.js").then(
    ({ attach }) => attach(place),
    () => {
      // The static tables stand there still.
    },
  );
})();
