"use strict";
/* Fast entry: Enter goes to the next field, on the last one the row is saved without leaving the page. */
(function () {
  const modulo = document.querySelector("form[data-veloce]");
  const esito = modulo && modulo.querySelector("[data-esito]");
  const righe = document.querySelector("[data-righe]");

  function campi() {
    return Array.from(modulo.querySelectorAll("input:not([type=hidden]), select, button[type=submit]"));
  }
  function clean() {
    modulo.querySelectorAll("[aria-invalid]").forEach(function (c) { c.removeAttribute("aria-invalid"); });
  }
  function show(testo, primo) {
    esito.textContent = testo;
    if (primo) primo.focus();
  }
  async function save() {
    clean();
    const risposta = await fetch(location.pathname, { method: "POST", body: new FormData(modulo), headers: { Accept: "application/json" } });
    const dati = await risposta.json();
    if (risposta.status === 422) {
      const nomi = Object.keys(dati.errori);
      const primo = nomi[0] ? modulo.querySelector("[name=" + nomi[0].replace("__all__", "cognome") + "]") : null;
      nomi.forEach(function (n) { const c = modulo.querySelector("[name='" + n + "']"); if (c) c.setAttribute("aria-invalid", "true"); });
      show(nomi.map(function (n) { return dati.errori[n]; }).join(" "), primo);
      return;
    }
    const vecchia = document.getElementById("riga-" + dati.posto);
    if (vecchia) vecchia.outerHTML = dati.html; else righe.insertAdjacentHTML("beforeend", dati.html);
    modulo.querySelector("[name=posto]").value = dati.prossimo;
    modulo.querySelector("[data-posto]").textContent = dati.prossimo;
    modulo.querySelectorAll("input[type=text]").forEach(function (c) { if (!["modulo", "firmata_il"].includes(c.name)) c.value = ""; });
    const sesso = modulo.querySelector("[name=sesso]");
    if (sesso) sesso.value = "";
    const stato = modulo.querySelector("[name=cittadinanza]");
    if (stato) stato.value = "IT";
    show(dati.avviso || "Salvato il n. " + dati.posto + ".", campi()[0].name === "modulo" ? campi()[1] : campi()[0]);
  }
  if (modulo && righe) {
    modulo.addEventListener("submit", function (evento) {
      evento.preventDefault();
      save().catch(function () { show("Il collegamento manca: la riga non è stata salvata, riprova.", null); });
    });
    modulo.addEventListener("keydown", function (evento) {
      if (evento.key !== "Enter" || evento.target.type === "submit") return;
      if (evento.ctrlKey) { evento.preventDefault(); modulo.requestSubmit(); return; }
      const tutti = campi();
      const dopo = tutti[tutti.indexOf(evento.target) + 1];
      evento.preventDefault();
      if (dopo && dopo.type !== "submit") dopo.focus(); else modulo.requestSubmit();
    });
    campi()[0].focus();
  }
  document.querySelectorAll("[data-tutti-presenti]").forEach(function (bottone) {
    bottone.addEventListener("click", function () {
      bottone.form.querySelectorAll("select").forEach(function (s) { s.value = "presente"; });
    });
  });
})();
