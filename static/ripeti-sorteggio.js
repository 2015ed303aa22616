"use strict";
/* Repeats the draw of the scrutatori in the browser, from the published roll and the seed alone.
   The same ten lines of verifica.py: sort the roll, hash it, hash seed + impronta + line, sort. */
(function () {
  const riquadro = document.getElementById("ripeti");
  if (!riquadro || !window.crypto || !window.crypto.subtle) return;
  riquadro.hidden = false;
  const MOSTRATI = 50;
  const testo = new TextEncoder();
  const esito = document.getElementById("ripeti-esito");
  const ordine = document.getElementById("ripeti-ordine");

  function clean(riga) { return riga.normalize("NFC").split(/\s+/).filter(Boolean).join(" "); }
  function compare(a, b) { /* by code point, as Python does */
    const x = Array.from(a), y = Array.from(b);
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      const d = x[i].codePointAt(0) - y[i].codePointAt(0);
      if (d) return d;
    }
    return x.length - y.length;
  }
  async function sha256(stringa) {
    const somma = await crypto.subtle.digest("SHA-256", testo.encode(stringa));
    return Array.from(new Uint8Array(somma), function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }
  async function draw(contenuto, seme) {
    const righe = contenuto.replace(/^\ufeff/, "").split(/\r?\n/).map(clean).filter(Boolean).sort(compare);
    const impronta = await sha256(righe.map(function (r) { return r + "\n"; }).join(""));
    const numeri = await Promise.all(righe.map(function (r) { return sha256(seme + "\n" + impronta + "\n" + r); }));
    const posti = righe.map(function (r, i) { return [numeri[i], r]; });
    posti.sort(function (a, b) { return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0; });
    return { impronta: impronta, righe: posti.map(function (p) { return p[1]; }) };
  }
  async function fetchText(indirizzo) {
    const risposta = await fetch(indirizzo);
    if (!risposta.ok) throw new Error("Il file " + indirizzo + " non si scarica.");
    return risposta.text();
  }
  async function repeat() {
    const seme = clean(document.getElementById("seme").value);
    if (!seme) { esito.textContent = "Scrivere il seme."; return; }
    esito.textContent = "Sto ripetendo il sorteggio…";
    ordine.replaceChildren();
    const mio = document.getElementById("mio-elenco");
    let tutte = [], diverse = 0;
    for (const elenco of document.querySelectorAll("[data-elenco]")) {
      const file = mio && mio.files[0];
      const contenuto = file ? await file.text() : await fetchText(elenco.dataset.elenco);
      const strato = elenco.dataset.strato;
      const uscito = await draw(contenuto, strato ? seme + " / " + strato : seme);
      if (uscito.impronta !== elenco.dataset.impronta) diverse++;
      tutte = tutte.concat(uscito.righe);
    }
    const quanti = Number(riquadro.dataset.posti) + Number(riquadro.dataset.riserve);
    tutte = tutte.slice(0, quanti);
    let frase = diverse ? "L'impronta dell'elenco NON è quella pubblicata. " : "L'impronta dell'elenco è quella pubblicata. ";
    if (riquadro.dataset.esito) {
      const pubblicato = (await fetchText(riquadro.dataset.esito)).split("\n").map(clean).filter(Boolean);
      let primo = 0;
      while (primo < pubblicato.length && pubblicato[primo] === tutte[primo]) primo++;
      frase += primo === pubblicato.length && primo === tutte.length
        ? "L'esito coincide: " + riquadro.dataset.posti + " estratti e " + (primo - Number(riquadro.dataset.posti)) + " riserve, nello stesso ordine."
        : "L'esito NON coincide: la prima differenza è al posto " + (primo + 1) + ".";
    }
    esito.textContent = frase;
    tutte.slice(0, MOSTRATI).forEach(function (riga) {
      const voce = document.createElement("li");
      voce.textContent = riga;
      ordine.append(voce);
    });
  }
  document.getElementById("ripeti-ora").addEventListener("click", function () {
    repeat().catch(function (errore) { esito.textContent = errore.message; });
  });
})();
