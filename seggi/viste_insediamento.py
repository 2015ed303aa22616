"""The eve of the vote: board of the offices, uncovered posts hour by hour, verbale of the set-up."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione
from comuni.moduli import CampoData
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from seggi import insediamento as regole
from seggi.models import RuoloUfficio, Ufficio
from seggi.uffici import Posto, build_quadro, count_coperti, count_posti
from seggi.viste import PER_PAGINA, briciole, try_domain

ORE = 12
#: After the set-up the hours that still matter: who is called in by then has been called.
DOPO = timedelta(hours=6)


class PostoForm(forms.Form):
    """One post of the office in the verbale: its holder was there, or somebody was called in."""

    presente = forms.BooleanField(required=False, label="Presente")
    vice = forms.BooleanField(required=False, label="Vicepresidente")
    cognome = forms.CharField(max_length=120, required=False)
    nome = forms.CharField(max_length=120, required=False)
    data_nascita = CampoData(label="Data di nascita", required=False)

    def __init__(self, *args, posto: Posto, **kwargs) -> None:
        self.posto = posto
        iniziale = {"presente": posto.nomina is not None, "vice": bool(posto.nomina and posto.nomina.vice)}
        super().__init__(
            *args,
            initial=iniziale,
            prefix=f"{posto.ruolo}-{posto.posizione}",
            use_required_attribute=False,
            **kwargs,
        )
        if posto.nomina is None:
            del self.fields["presente"]
        if posto.ruolo != RuoloUfficio.SCRUTATORE:
            del self.fields["vice"]
        for campo in self.fields.values():
            campo.widget.attrs["aria-label"] = f"{campo.label or ''} {posto.nome}".strip()

    def clean(self):
        dati = super().clean()
        cognome, nome = dati.get("cognome"), dati.get("nome")
        if bool(cognome) != bool(nome):
            raise forms.ValidationError(f"{self.posto.nome.capitalize()}: servono cognome e nome.")
        if cognome and dati.get("presente"):
            raise forms.ValidationError(
                f"{self.posto.nome.capitalize()}: {self.posto.nomina} risulta presente. "
                "Togliere la spunta, oppure il nome."
            )
        return dati

    def as_riga(self) -> regole.RigaVerbale:
        dati = self.cleaned_data
        cooptato = None
        if dati.get("cognome"):
            cooptato = {
                "cognome": dati["cognome"].upper(),
                "nome": dati["nome"].upper(),
                "data_nascita": dati["data_nascita"],
            }
        return regole.RigaVerbale(
            self.posto.ruolo,
            self.posto.posizione,
            presente=dati.get("presente", False),
            cooptato=cooptato,
            vice=dati.get("vice", False),
        )


class OraForm(forms.Form):
    quando = forms.DateTimeField(
        label="Costituito il",
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Dal verbale: giorno e ora della costituzione dell'ufficio.",
    )


@pagina_elezione(Azione.VEDERE_UFFICI)
def tabellone(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The offices still to be set up first, then those with something missing; the posts hour by hour."""
    uffici = regole.uffici_in_ordine(elezione)
    mostra = request.GET.get("mostra", "")
    filtri = {
        "scoperti": Q(scoperti__gt=0),
        "da_costituire": Q(costituito_il=None),
        "sotto": regole.sotto_presenza(elezione),
    }
    pagina = Paginator(uffici.filter(filtri.get(mostra, Q())), PER_PAGINA).get_page(request.GET.get("page"))
    pagina.object_list = regole.build_tabellone(elezione, list(pagina.object_list))
    momento = regole.momento_insediamento(elezione)
    contesto = {
        "titolo": "Insediamento degli uffici",
        "sottotitolo": "Chi manca in ogni sezione, ora per ora; chi è stato chiamato al posto degli assenti.",
        "briciole": briciole(elezione, ("Insediamento", "")),
        "momento": momento,
        "page_obj": pagina,
        "quanti": uffici.count(),
        "mostra": mostra,
        "costituiti": uffici.exclude(costituito_il=None).count(),
        "scoperti": sum(count_posti(elezione).values()) - sum(count_coperti(elezione).values()),
        "sotto": uffici.filter(filtri["sotto"]).count(),
        "ore": regole.scoperti_per_ora(elezione, fino_a=min(timezone.now(), momento + DOPO), ore=ORE),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/insediamento.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def verbale(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """What the verbale of one office says of its set-up, in one page."""
    ufficio = get_object_or_404(
        Ufficio.objects.select_related("sezione__elezione"),
        sezione__elezione=elezione,
        sezione__numero=numero,
    )
    (quadro,) = build_quadro(elezione, soli=[ufficio])
    dati = request.POST or None
    iniziale = ufficio.costituito_il or regole.momento_insediamento(elezione)
    ora = OraForm(dati, initial={"quando": timezone.localtime(iniziale)})
    moduli = [PostoForm(dati, posto=posto) for posto in quadro.posti]
    indietro = reverse("seggi:tabellone_insediamento", args=[elezione.slug])
    if request.method == "POST" and all([ora.is_valid(), *(m.is_valid() for m in moduli)]):
        rilievi = try_domain(
            request,
            regole.record_insediamento,
            ufficio,
            righe=[m.as_riga() for m in moduli],
            quando=ora.cleaned_data["quando"],
            by=request.user,
        )
        if rilievi is not None:
            for r in rilievi:
                messages.warning(request, f"{r.testo} ({r.voce.articolo})")
            messages.success(request, f"Sezione {numero}: costituzione registrata.")
            return redirect(indietro)
    contesto = {
        "titolo": f"Costituzione dell'ufficio della sezione {numero}",
        "sottotitolo": "Come dice il verbale. Chi non si presenta perde il posto; chi è chiamato lo prende.",
        "briciole": briciole(elezione, ("Insediamento", indietro), (f"Sezione {numero}", "")),
        "ufficio": ufficio,
        "ora": ora,
        "moduli": moduli,
        "annulla": indietro,
    }
    return render(request, "seggi/verbale_insediamento.html", contesto)
