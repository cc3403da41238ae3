// 读公文: a file of the reader's own, read in this browser by what the terminal reads with; it goes nowhere else.
//
// start.js   begins, where the page is served and can run the module
// page.js    takes files in, one after the other, and says how it went
// client.js  speaks to the Web Worker of reader/, which is started anew when it has crashed or takes too long
// zip.js     the files of an archive
// show.js    what was found in a file;  text.js its text with the marks;  facts.js its metadata
// tasks.js   what it sets, as the explorer draws and saves tasks
(() => {
  "use strict";

  const place = document.querySelector("[data-reader]");
  if (!place) return;
  const say = (name) => {
    place.querySelector(`[data-reader-${name}]`).hidden = false;
  };
  if (location.protocol === "file:") return say("unserved");
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") return say("unable");
  import("./page.js").then(
    ({ attach }) => attach(place),
    () => say("unloaded"),
  );
})();
