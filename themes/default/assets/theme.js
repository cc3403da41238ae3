// 深色、浅色: before the page is drawn, so that it does not flash.
(() => {
  "use strict";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // A browser that keeps nothing shows what the system asks for.
  }
})();
