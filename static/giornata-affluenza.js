"use strict";
/* Turnout: keys in the column, clocks to the deadlines, copy buttons. */
(function () {
  const modulo = document.getElementById("affluenza");
  if (modulo) {
    const caselle = Array.from(modulo.querySelectorAll("input.casella"));
    const colonne = new Set(caselle.map((c) => c.name.split("-")[0])).size || 1;
    modulo.addEventListener("keydown", function (evento) {
      const i = caselle.indexOf(evento.target);
      if (evento.key === "Enter" && evento.shiftKey) { evento.preventDefault(); modulo.requestSubmit(); return; }
      if (i < 0) return;
      let meta = null;
      if (evento.key === "Enter") meta = caselle[i + 1];
      else if (evento.key === "ArrowDown") meta = caselle[i + colonne];
      else if (evento.key === "ArrowUp") meta = caselle[i - colonne];
      else return;
      evento.preventDefault();
      if (meta) meta.focus(); else if (evento.key === "Enter") modulo.querySelector("button[type=submit]").focus();
    });
    modulo.addEventListener("focusin", function (evento) { if (evento.target.matches("input.casella")) evento.target.select(); });
    const prima = location.hash ? modulo.querySelector(location.hash + " input.casella") : caselle.find((c) => !c.value);
    if (prima) prima.focus();
    let sporco = false;
    modulo.addEventListener("input", function () { sporco = true; });
    modulo.addEventListener("submit", function () { sporco = false; });
    window.addEventListener("beforeunload", function (evento) { if (sporco) evento.preventDefault(); });
  }
  function tick() {
    const adesso = new Date();
    document.querySelectorAll("[data-orologio]").forEach(function (o) { o.textContent = adesso.toLocaleTimeString("it-IT", { timeZone: "Europe/Rome" }); });
    document.querySelectorAll("[data-scadenza]").forEach(function (o) {
      const minuti = Math.round((new Date(o.dataset.scadenza) - adesso) / 60000);
      if (minuti <= 0) { o.textContent = "è ora"; return; }
      o.textContent = minuti >= 2880 ? "fra " + Math.round(minuti / 1440) + " giorni" : "fra " + (minuti >= 60 ? Math.floor(minuti / 60) + " h " : "") + (minuti % 60) + " min";
    });
  }
  if (document.querySelector("[data-orologio], [data-scadenza]")) { tick(); setInterval(tick, 1000); }
  document.addEventListener("click", async function (evento) {
    const bottone = evento.target.closest("[data-copia]");
    if (!bottone) return;
    try { await navigator.clipboard.writeText(bottone.dataset.copia); bottone.textContent = "Copiato"; }
    catch (errore) { bottone.textContent = "Copi a mano"; }
  });
})();
