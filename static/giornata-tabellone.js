"use strict";
/* The board refreshes itself; it can be paused, and it says when the line is down. */
(function () {
  const tabellone = document.getElementById("tabellone");
  if (!tabellone) return;
  const bottone = document.querySelector("[data-pausa]");
  const pausa = Number(tabellone.dataset.aggiorna || 15) * 1000;
  let fermo = false;
  async function refresh() {
    if (!fermo && !document.hidden) {
      const url = new URL(location.href);
      url.searchParams.set("frammento", "1");
      url.searchParams.set("firma", tabellone.dataset.firma);
      try {
        const risposta = await fetch(url, { redirect: "manual", cache: "no-store" });
        if (risposta.status === 200) {
          const dentro = document.activeElement && tabellone.contains(document.activeElement);
          if (!dentro) {
            tabellone.innerHTML = await risposta.text();
            tabellone.dataset.firma = risposta.headers.get("X-Firma") || "";
          }
        } else if (risposta.type === "opaqueredirect" || risposta.status === 404) {
          location.reload(); // logged out, or the address was revoked
          return;
        } else if (risposta.status !== 304) { throw new Error(risposta.status); } // a server that restarts
        tabellone.classList.remove("senza-linea");
      } catch (errore) { tabellone.classList.add("senza-linea"); }
    }
    setTimeout(refresh, pausa);
  }
  if (bottone) bottone.addEventListener("click", function () {
    fermo = !fermo;
    bottone.setAttribute("aria-pressed", String(fermo));
    bottone.textContent = fermo ? "Riprendi l'aggiornamento" : "Ferma l'aggiornamento";
  });
  setTimeout(refresh, pausa);
})();
