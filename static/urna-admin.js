"use strict";
/* select2 gives its boxes no name: they take the one of the field, as soon as select2 has made them. */
(function () {
  function name() {
    document.querySelectorAll(".select2-container").forEach(function (scatola) {
      const campo = scatola.previousElementSibling;
      const etichetta = campo && campo.labels && campo.labels[0];
      if (!etichetta) return;
      scatola.querySelectorAll("[role=combobox], [role=textbox]").forEach(function (casella) {
        casella.removeAttribute("aria-labelledby"); // it points at a box that is empty until one chooses
        casella.setAttribute("aria-label", etichetta.textContent.trim());
      });
    });
  }
  // deferred: the handler of Django's autocomplete is registered before ours, and jQuery keeps the order
  if (window.django && window.django.jQuery) window.django.jQuery(name);
})();
