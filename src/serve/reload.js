// Reloads the page once the site has been built anew. It listens only while the page is seen: a browser opens six
// connections to a server at most, and people open more pages than that.
(() => {
  "use strict";
  const { events, version } = document.currentScript.dataset;
  let source;
  const listen = () => {
    source?.close();
    if (document.visibilityState === "hidden") return;
    source = new EventSource(events);
    source.onmessage = ({ data }) => {
      if (data === version) return;
      source.close();
      location.reload();
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  listen();
})();
