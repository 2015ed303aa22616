"use strict";
/* Differences: one key decides a box and goes to the next; a counter says what is left. */
(function () {
  const modulo = document.getElementById("differenze");
  if (!modulo) return;
  const righe = Array.from(modulo.querySelectorAll(".differenza-scelte"));
  const scelte = { 1: "prima", 2: "seconda", 3: "rimanda", 4: "rilettura" };
  const decisa = (riga) => riga.querySelector("input:checked");
  function tell() {
    const fatte = righe.filter(decisa).length;
    const rimandate = righe.filter((riga) => decisa(riga) && decisa(riga).value === "rimanda").length;
    document.getElementById("decise").textContent = fatte === righe.length
      ? "Tutte decise" + (rimandate ? ", " + rimandate + " da rileggere." : ".")
      : "Decise " + fatte + " su " + righe.length + ".";
    righe.forEach((riga) => riga.closest("tr").classList.toggle("decisa", Boolean(decisa(riga))));
  }
  function focus(riga) { if (riga) (decisa(riga) || riga.querySelector("input")).focus(); }
  function choose(riga, valore) {
    const scelta = riga.querySelector("input[value=" + valore + "]");
    if (!scelta) return false;
    scelta.checked = true;
    tell();
    return true;
  }
  modulo.addEventListener("keydown", function (evento) {
    if (evento.key === "Enter" && evento.shiftKey) { evento.preventDefault(); modulo.requestSubmit(); return; }
    const riga = evento.target.closest(".differenza-scelte");
    if (!riga || evento.ctrlKey || evento.metaKey || evento.altKey) return;
    const i = righe.indexOf(riga);
    if (evento.key === "ArrowDown" || evento.key === "Enter") {
      evento.preventDefault();
      if (righe[i + 1]) focus(righe[i + 1]); else document.getElementById("motivo").focus();
    } else if (evento.key === "ArrowUp") {
      evento.preventDefault();
      focus(righe[i - 1]);
    } else if (scelte[evento.key] && choose(riga, scelte[evento.key])) {
      evento.preventDefault();
      if (righe[i + 1]) focus(righe[i + 1]); else document.getElementById("motivo").focus();
    }
  });
  modulo.addEventListener("change", tell);
  modulo.addEventListener("click", function (evento) {
    const bottone = evento.target.closest("[data-tutte]");
    if (!bottone) return;
    bottone.closest("section").querySelectorAll(".differenza-scelte").forEach((riga) => choose(riga, bottone.dataset.tutte));
  });
  tell();
  focus(righe.find((riga) => !decisa(riga)));
})();
