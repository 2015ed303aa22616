"use strict";
/* The scanned verbale beside the figures: larger or fitted, and where one was reading is kept from step to step. */
(function () {
  const fogli = document.querySelector(".verbale-fogli");
  if (!fogli) return;
  const bottone = document.querySelector("[data-ingrandisci]");
  const posto = fogli.dataset.posto;
  function enlarge(grande) {
    fogli.classList.toggle("ingranditi", grande);
    bottone.setAttribute("aria-pressed", String(grande));
    bottone.textContent = grande ? "Riduci" : "Ingrandisci";
  }
  function keep() {
    try { sessionStorage.setItem(posto, JSON.stringify([fogli.scrollTop, fogli.scrollLeft, fogli.classList.contains("ingranditi")])); } catch (e) { /* not kept */ }
  }
  function restore() {
    try {
      const [su, lato, grande] = JSON.parse(sessionStorage.getItem(posto) || "[0, 0, false]");
      enlarge(grande);
      fogli.scrollTo(lato, su);
    } catch (e) { /* from the top */ }
  }
  bottone.addEventListener("click", function () { enlarge(!fogli.classList.contains("ingranditi")); });
  window.addEventListener("load", restore);
  window.addEventListener("pagehide", keep);
})();
