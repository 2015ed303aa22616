"use strict";
/* The typing page: keys, running sums, drafts that never lose a keystroke. Without it the form still works. */
(function () {
  const modulo = document.getElementById("modulo");
  if (!modulo) return;
  const caselle = Array.from(modulo.querySelectorAll("input.casella[name]"));
  const stato = document.getElementById("stato-bozza");
  const gettone = modulo.querySelector("[name=csrfmiddlewaretoken]").value;
  const chiave = modulo.dataset.chiave; // the re-reading of a few boxes has no draft
  const ora = () => new Date().toLocaleTimeString("it-IT", { timeZone: "Europe/Rome" });
  let sporco = false, inviato = false, attesa = null;
  let numero = Number(modulo.dataset.bozzaNumero || 0);

  // --- figures
  const cifra = (testo) => Number(String(testo).replace(/\D/g, "") || 0);
  const migliaia = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const addendi = {
    totale_sindaci: "voti_sindaci.", totale_solo_sindaco: "solo_sindaco.", totale_liste: "voti_liste.",
  };
  function prefissoDi(campo) {
    return campo.startsWith("totali_preferenze.") ? "preferenze." + campo.split(".")[1] + "." : addendi[campo];
  }
  function showSomme() {
    if (!chiave) return; // the sum of the few boxes sent back says nothing
    modulo.querySelectorAll("[data-somma-di]").forEach(function (uscita) {
      const prefisso = prefissoDi(uscita.dataset.sommaDi);
      const totale = modulo.elements[uscita.dataset.sommaDi];
      const somma = caselle.filter((c) => c.name.startsWith(prefisso)).reduce((s, c) => s + cifra(c.value), 0);
      const scritto = totale && totale.value !== "";
      uscita.textContent = "somma " + migliaia(somma) + (scritto ? (cifra(totale.value) === somma ? " ✔ uguale" : " ≠ diversa") : "");
      uscita.classList.toggle("somma-diversa", Boolean(scritto) && cifra(totale.value) !== somma);
    });
  }

  // --- drafts: in this computer at every key, on the server at every pause
  function read() {
    const celle = {};
    caselle.forEach(function (c) { if (c.value !== "") celle[c.name] = c.value; });
    return celle;
  }
  function say(testo, allarme) {
    if (!stato) return;
    stato.textContent = testo;
    stato.classList.toggle("allarme", Boolean(allarme));
  }
  const versione = modulo.elements.versione ? modulo.elements.versione.value : "";
  function keepQui(inviato) {
    if (!chiave) return;
    const tenuta = { celle: read(), numero: numero, versione: versione, inviato: Boolean(inviato) };
    try { localStorage.setItem(chiave, JSON.stringify(tenuta)); } catch (e) { /* full or forbidden */ }
  }
  function forgetQui() { try { localStorage.removeItem(chiave); } catch (e) { /* nothing kept */ } }
  async function keepServer() {
    attesa = null;
    const corpo = JSON.stringify({ celle: read(), numero: numero });
    try {
      const risposta = await fetch(modulo.dataset.bozza, {
        method: "POST", body: corpo, redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": gettone },
      });
      if (risposta.ok) {
        say("Bozza salvata alle " + ora());
      } else if (risposta.type === "opaqueredirect" || risposta.status === 403) {
        say("Sessione scaduta: le cifre restano in questo computer. Rientri e riapra questo passo.", true);
      } else if (risposta.status === 409) {
        say((await risposta.json()).errore, true);
      } else {
        throw new Error(risposta.status);
      }
    } catch (errore) {
      say("Il collegamento manca: le cifre restano in questo computer, si riprova.", true);
      attesa = setTimeout(keepServer, 3000);
    }
  }
  function touched() {
    sporco = true;
    numero = Math.max(Date.now(), numero + 1);
    keepQui();
    showSomme();
    const visti = modulo.elements.visti;
    if (visti && visti.value) { // an edit asks again: the finding is no longer accepted
      visti.value = "";
      document.getElementById("avanti").firstChild.textContent = "Salva e avanti ";
    }
    if (attesa) clearTimeout(attesa);
    if (chiave) attesa = setTimeout(keepServer, 500);
  }
  function restoreQui() {
    let tenuta = null;
    if (!chiave) return;
    try { tenuta = JSON.parse(localStorage.getItem(chiave) || "null"); } catch (e) { return; }
    if (!tenuta || tenuta.numero <= numero) return;
    if (tenuta.inviato && tenuta.versione !== versione) return; // sent, and the server has it
    if (caselle.every((c) => c.value === (tenuta.celle[c.name] || ""))) return;
    if (tenuta.versione !== versione) modulo.elements.versione.value = "0"; // somebody saved: compare, never cover
    caselle.forEach(function (c) { c.value = tenuta.celle[c.name] || ""; });
    numero = tenuta.numero;
    touched();
    say("Riprese le cifre rimaste in questo computer", false);
  }

  // --- keys
  function go(passo, da) {
    const i = caselle.indexOf(da) + passo;
    if (i >= 0 && i < caselle.length) { caselle[i].focus(); return true; }
    if (passo > 0) { document.getElementById("avanti").focus(); return true; }
    return false;
  }
  function goTotale(da) {
    const i = caselle.indexOf(da);
    const totale = caselle.find((c, j) => j > i && c.hasAttribute("data-totale")) || caselle.find((c) => c.hasAttribute("data-totale"));
    (totale || document.getElementById("avanti")).focus();
  }
  function colonna(da) { return da.name.split(".")[0]; }
  function goRiga(passo, da) { // up and down stay in the column of the votes
    const sue = caselle.filter((c) => colonna(c) === colonna(da));
    const altra = sue.length > 1 && sue[sue.indexOf(da) + passo];
    if (altra) { altra.focus(); } else { go(passo, da); }
  }
  modulo.addEventListener("keydown", function (evento) {
    const c = evento.target;
    if (evento.key === "Enter" && evento.shiftKey) { evento.preventDefault(); modulo.requestSubmit(document.getElementById("avanti")); return; }
    if (!c.matches("input.casella[name]")) return;
    if (evento.key === "Enter") { evento.preventDefault(); go(1, c); }
    else if (evento.key === "ArrowDown" && evento.shiftKey) { evento.preventDefault(); goTotale(c); }
    else if (evento.key === "ArrowDown") { evento.preventDefault(); goRiga(1, c); }
    else if (evento.key === "ArrowUp") { evento.preventDefault(); goRiga(-1, c); }
    else if (evento.key === "/" && modulo.dataset.salto !== undefined) { evento.preventDefault(); document.getElementById("salta-a").focus(); }
    else if (evento.key.length === 1 && !/[0-9.]/.test(evento.key) && !evento.ctrlKey && !evento.metaKey && !evento.altKey) { evento.preventDefault(); }
  });
  modulo.addEventListener("focusin", function (evento) { if (evento.target.matches("input.casella")) evento.target.select(); });
  modulo.addEventListener("input", function (evento) {
    if (!evento.target.matches("input.casella[name]")) return;
    const pulito = evento.target.value.replace(/[^\d.]/g, "");
    if (pulito !== evento.target.value) evento.target.value = pulito;
    touched();
  });
  const salto = document.getElementById("salta-a");
  if (salto) salto.addEventListener("keydown", function (evento) {
    if (evento.key !== "Enter") return;
    evento.preventDefault();
    evento.stopPropagation();
    const voluta = caselle.find((c) => c.name.startsWith("preferenze.") && c.name.split(".")[2] === salto.value.trim());
    if (voluta) { voluta.focus(); salto.value = ""; } else { salto.select(); }
  });

  // --- leaving: empty boxes become zero on the server; another link asks save, leave or stay
  modulo.addEventListener("submit", function (evento) {
    if (inviato) { evento.preventDefault(); return; }
    if (navigator.onLine === false) { // the page stays: nothing typed is left on a page of error
      evento.preventDefault();
      say("Il collegamento manca: le cifre restano qui, salvi di nuovo quando torna.", true);
      return;
    }
    inviato = true;
    if (attesa) clearTimeout(attesa);
    if (sporco) keepQui(true);
    sporco = false;
  });
  window.addEventListener("pageshow", function (evento) { inviato = false; if (evento.persisted) location.reload(); });
  window.addEventListener("online", function () { if (sporco && chiave) { if (attesa) clearTimeout(attesa); keepServer(); } });
  window.addEventListener("pagehide", function () {
    if (!sporco || !attesa) return;
    clearTimeout(attesa);
    fetch(modulo.dataset.bozza, { method: "POST", keepalive: true, body: JSON.stringify({ celle: read(), numero: numero }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": gettone } });
  });
  const uscita = document.getElementById("uscita");
  let meta = null;
  document.addEventListener("click", function (evento) {
    const link = evento.target.closest("a[href]");
    if (!uscita || !link || !sporco || link.getAttribute("href").startsWith("#") || evento.ctrlKey || evento.metaKey || link.target) return;
    evento.preventDefault();
    meta = link;
    uscita.hidden = false;
    uscita.querySelector("[data-uscita=salva]").focus();
  });
  if (uscita) uscita.addEventListener("click", function (evento) {
    const scelta = evento.target.dataset.uscita;
    if (scelta === "resta") { uscita.hidden = true; caselle[0].focus(); }
    if (scelta === "scarta") { location.assign(meta.href); }
    if (scelta === "salva") {
      const passo = meta.pathname.match(/\/passo\/([^/]+)\/$/);
      modulo.elements.verso.value = passo ? decodeURIComponent(passo[1]) : "";
      modulo.requestSubmit();
    }
  });
  if (uscita) uscita.addEventListener("keydown", function (evento) { if (evento.key === "Escape") { uscita.hidden = true; caselle[0].focus(); } });

  restoreQui();
  showSomme();
  const primaSegnata = modulo.querySelector(".casella-errore, .casella-avviso");
  if (location.hash) { const voluta = document.querySelector(location.hash); if (voluta) voluta.focus(); }
  else if (primaSegnata) { primaSegnata.focus({ preventScroll: true }); }
  else if (caselle.length) { caselle[0].focus({ preventScroll: true }); }
  if (!sporco && chiave) forgetQui();
})();
