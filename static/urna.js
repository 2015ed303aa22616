"use strict";
/* Small helpers of every page; without them all pages still work. */
(function () {
  const radice = document.documentElement;
  radice.classList.add("con-js");

  // --- theme: system, light, dark; remembered in a cookie so that the server paints the right one
  const TEMI = { auto: "come il sistema", chiaro: "chiaro", scuro: "scuro" };
  const scelto = document.cookie.match(/(?:^|; )urna_tema=(\w+)/);
  if (scelto && TEMI[scelto[1]]) radice.dataset.tema = scelto[1];
  function setTema(tema) {
    document.cookie = "urna_tema=" + tema + ";path=/;max-age=31536000;samesite=lax" + (location.protocol === "https:" ? ";secure" : "");
    radice.dataset.tema = tema;
    showTema();
  }
  function showTema() {
    const tema = TEMI[radice.dataset.tema] ? radice.dataset.tema : "auto";
    document.querySelectorAll("[data-cambia-tema]").forEach(function (bottone) {
      const testo = bottone.querySelector("[data-tema-testo]");
      if (testo) testo.textContent = "Aspetto: " + TEMI[tema];
    });
  }
  document.addEventListener("click", function (evento) {
    const bottone = evento.target.closest("[data-cambia-tema]");
    if (bottone) {
      const nomi = Object.keys(TEMI);
      setTema(nomi[(nomi.indexOf(radice.dataset.tema || "auto") + 1) % nomi.length]);
    }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(evento.target)) menu.open = false;
    });
    if (evento.target.closest("[data-stampa]")) window.print();
  });
  document.addEventListener("keydown", function (evento) {
    if (evento.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // --- a form is sent once; a filter may send itself when changed
  document.addEventListener("submit", function (evento) {
    const modulo = evento.target;
    if (modulo.method !== "post" || modulo.dataset.ripetibile !== undefined) return;
    if (modulo.dataset.inviato) { evento.preventDefault(); return; }
    modulo.dataset.inviato = "1";
    modulo.querySelectorAll("button[type=submit], input[type=submit]").forEach(function (b) { b.setAttribute("aria-busy", "true"); });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-inviato]").forEach(function (m) { delete m.dataset.inviato; });
  });
  document.addEventListener("change", function (evento) {
    if (evento.target.matches("[data-invia-al-cambio]")) evento.target.form.requestSubmit();
  });

  // --- a long job: ask its state until it is over, then reload the page (or go where the job says)
  function follow(blocco) {
    const barra = blocco.querySelector("progress");
    const testo = blocco.querySelector("[data-lavoro-testo]");
    let attesa = 700;
    async function ask() {
      try {
        const risposta = await fetch(blocco.dataset.lavoro, { headers: { Accept: "application/json" } });
        if (!risposta.ok) throw new Error(risposta.status);
        const stato = await risposta.json();
        if (barra) { barra.value = stato.avanzamento; }
        if (testo) testo.textContent = stato.testo;
        if (!stato.aperto) { location.assign(blocco.dataset.poi || location.href); return; }
        attesa = Math.min(attesa * 1.3, 4000);
      } catch (errore) {
        if (testo) testo.textContent = "Il collegamento manca: si riprova.";
        attesa = 4000;
      }
      setTimeout(ask, attesa);
    }
    setTimeout(ask, attesa);
  }
  // --- the guided first entry: one step at a time, what it speaks about is framed
  function guide(blocco) {
    const passi = Array.from(blocco.querySelectorAll("li"));
    const indietro = blocco.querySelector("[data-indietro]");
    const avanti = blocco.querySelector("[data-avanti]");
    let qui = 0;
    function isShown(elemento) { return elemento.getClientRects().length > 0 && elemento.textContent.trim(); }
    function show() {
      document.querySelectorAll(".in-mira").forEach(function (e) { e.classList.remove("in-mira"); });
      passi.forEach(function (passo, i) { passo.hidden = i !== qui; });
      const mira = Array.from(document.querySelectorAll(passi[qui].dataset.mira)).find(isShown);
      if (mira) mira.classList.add("in-mira");
      blocco.querySelector("[data-conto]").textContent = (qui + 1) + " di " + passi.length;
      indietro.disabled = qui === 0;
      avanti.hidden = qui === passi.length - 1;
      blocco.querySelector("[data-chiudi]").classList.toggle("btn-primary", avanti.hidden);
    }
    indietro.addEventListener("click", function () { qui -= 1; show(); });
    avanti.addEventListener("click", function () { qui += 1; show(); if (avanti.hidden) blocco.querySelector("[data-chiudi]").focus(); });
    show();
  }
  document.addEventListener("DOMContentLoaded", function () {
    showTema();
    document.querySelectorAll("[data-primi-passi]").forEach(guide);
    document.querySelectorAll("[data-lavoro]").forEach(follow);
  });
})();
