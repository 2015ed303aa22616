"""Candidates for sindaco, lists and their candidates, as filed."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from candidature.querysets import CandidatoQuerySet, CandidatoSindacoQuerySet, ListaQuerySet
from comuni.models import Elezione
from comuni.persone import Persona
from electoral.storia import tracked


class StatoDocumento(models.TextChoices):
    """What the office found of a paper that had to be filed."""

    DA_VERIFICARE = "da_verificare", "da verificare"
    PRESENTE = "presente", "presente"
    INCOMPLETO = "incompleto", "incompleto"
    MANCANTE = "mancante", "mancante"


def stato_documento(nome: str) -> models.CharField:
    return models.CharField(nome, max_length=14, choices=StatoDocumento, default=StatoDocumento.DA_VERIFICARE)


class PersonaCandidata(Persona):
    """A person who runs, with the papers that the law asks of each."""

    cittadinanza = models.CharField(
        max_length=2,
        default="IT",
        validators=[RegexValidator(r"^[A-Z]{2}$", "Due lettere maiuscole, per esempio IT o DE.")],
        help_text="Sigla di due lettere dello Stato.",
    )
    accettazione = stato_documento("accettazione con dichiarazione d.lgs. 235/2012")
    iscrizione = stato_documento("certificato di iscrizione nelle liste elettorali")
    incandidabile = models.BooleanField(
        "incandidabile", default=False, help_text="Accertato d'ufficio (d.lgs. 235/2012, art. 10)."
    )
    consigliere_altrove = models.BooleanField("consigliere in carica in un altro comune", default=False)
    altri_comuni = models.PositiveSmallIntegerField(
        "altri comuni in cui è candidato", default=0, help_text="Nello stesso giorno di voto."
    )
    ineleggibilita = models.CharField(
        "ineleggibilità segnalata", max_length=200, blank=True, help_text="La commissione non la giudica."
    )
    nota_documenti = models.CharField("che cosa manca", max_length=300, blank=True)
    curriculum = models.FileField(upload_to="trasparenza", blank=True)
    casellario = models.FileField("certificato del casellario", upload_to="trasparenza", blank=True)

    class Meta:
        abstract = True

    @property
    def is_cittadino_ue(self) -> bool:
        """Citizen of another State of the Union."""
        return self.cittadinanza != "IT"


@tracked
class CandidatoSindaco(PersonaCandidata):
    class Stato(models.TextChoices):
        PRESENTATO = "presentato", "presentato"
        AMMESSO = "ammesso", "ammesso"
        ESCLUSO = "escluso", "escluso"
        RITIRATO = "ritirato", "ritirato"
        DECEDUTO = "deceduto", "deceduto"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="candidati_sindaco")
    numero = models.PositiveSmallIntegerField(
        "numero", help_text="Ordine del sorteggio; prima del sorteggio, ordine di presentazione."
    )
    numero_provvisorio = models.BooleanField(default=False, help_text="Il sorteggio non è ancora avvenuto.")
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.PRESENTATO)
    candidatura_unica = stato_documento("dichiarazione di non candidarsi a sindaco altrove")
    mandati = models.PositiveSmallIntegerField(
        "mandati consecutivi già svolti", default=0, help_text="Come sindaco di questo comune."
    )
    mandato_breve = models.BooleanField(
        default=False, help_text="Uno è durato meno di 2 anni, 6 mesi e 1 giorno."
    )
    programma = models.FileField("programma amministrativo", upload_to="programmi", blank=True)

    objects = CandidatoSindacoQuerySet.as_manager()

    class Meta:
        verbose_name = "candidato sindaco"
        verbose_name_plural = "candidati sindaco"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="candidato_sindaco_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="candidato_sindaco_numero_da_uno"),
        ]


@tracked
class Lista(models.Model):
    class Stato(models.TextChoices):
        PRESENTATA = "presentata", "presentata"
        DA_INTEGRARE = "da_integrare", "da integrare"
        AMMESSA = "ammessa", "ammessa"
        AMMESSA_CON_ESCLUSIONI = "ammessa_con_esclusioni", "ammessa con esclusioni"
        RICUSATA = "ricusata", "ricusata"
        RITIRATA = "ritirata", "ritirata"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="liste")
    numero = models.PositiveSmallIntegerField(
        help_text="Ordine del sorteggio; prima del sorteggio, ordine di presentazione."
    )
    numero_provvisorio = models.BooleanField(default=False, help_text="Il sorteggio non è ancora avvenuto.")
    denominazione = models.CharField(max_length=200)
    sindaco = models.ForeignKey(
        CandidatoSindaco, on_delete=models.PROTECT, related_name="liste", verbose_name="candidato sindaco"
    )
    apparentata_con = models.ForeignKey(
        CandidatoSindaco,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="liste_apparentate",
        help_text="Ulteriore collegamento per il ballottaggio (art. 72 c. 7 TUEL).",
    )
    presentata_il = models.DateTimeField("presentata il", null=True, blank=True)
    presentata_da = models.CharField("consegnata da", max_length=200, blank=True)
    ricevuta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contrassegno = models.FileField("contrassegno come depositato", upload_to="contrassegni", blank=True)
    contrassegno_immagine = models.FileField(
        upload_to="contrassegni", blank=True, editable=False, help_text="Immagine ripulita, la sola mostrata."
    )
    contrassegno_impronta = models.CharField(
        max_length=16, blank=True, editable=False, help_text="Impronta visiva per trovare segni simili."
    )
    contrassegno_descrizione = models.TextField("descrizione del contrassegno", blank=True)
    simbolo_di_partito = models.BooleanField(
        "contiene il simbolo di un partito", default=False, help_text="Serve l'autorizzazione del partito."
    )
    simbolo_religioso = models.BooleanField(
        "immagini o soggetti religiosi", default=False, help_text="Segnalazione da valutare."
    )
    esemplari_contrassegno = models.PositiveSmallIntegerField(
        "esemplari cartacei del contrassegno", null=True, blank=True
    )
    supporto_digitale = models.BooleanField("contrassegno su supporto digitale", default=False)
    firme_dichiarate = models.PositiveIntegerField("sottoscrizioni dichiarate", null=True, blank=True)
    firme_accertate = models.PositiveIntegerField(
        "sottoscrizioni valide contate sulla carta",
        null=True,
        blank=True,
        help_text="Solo se i sottoscrittori non si inseriscono uno per uno.",
    )
    stato = models.CharField(max_length=24, choices=Stato, default=Stato.PRESENTATA)

    objects = ListaQuerySet.as_manager()

    class Meta:
        verbose_name = "lista"
        verbose_name_plural = "liste"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="lista_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="lista_numero_da_uno"),
            models.CheckConstraint(
                condition=Q(apparentata_con__isnull=True) | ~Q(apparentata_con=F("sindaco")),
                name="lista_apparentata_con_altro_sindaco",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.denominazione}"

    @property
    def is_decisa(self) -> bool:
        return self.stato not in (self.Stato.PRESENTATA, self.Stato.DA_INTEGRARE)

    @property
    def is_ammessa(self) -> bool:
        return self.stato in (self.Stato.AMMESSA, self.Stato.AMMESSA_CON_ESCLUSIONI)


@tracked
class Candidato(PersonaCandidata):
    """A candidate for consigliere, in list order."""

    class Stato(models.TextChoices):
        PRESENTATO = "presentato", "presentato"
        ESCLUSO = "escluso", "escluso"
        RITIRATO = "ritirato", "ritirato"
        DECEDUTO = "deceduto", "deceduto"

    #: Those whose name is off the list by a fact of theirs, not by a decision.
    TOLTI = (Stato.RITIRATO, Stato.DECEDUTO)

    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="candidati")
    numero = models.PositiveSmallIntegerField("posizione", help_text="Posizione nella lista.")
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.PRESENTATO)
    dichiarazione_ue = stato_documento("dichiarazione del cittadino dell'Unione")
    attestato_ue = stato_documento("attestato dello Stato di origine")
    attestato_ue_del = models.DateField("attestato rilasciato il", null=True, blank=True)
    lista_aggiunta = stato_documento("iscrizione nella lista aggiunta")

    objects = CandidatoQuerySet.as_manager()

    class Meta:
        verbose_name = "candidato consigliere"
        verbose_name_plural = "candidati consiglieri"
        ordering = ["lista", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["lista", "numero"], name="candidato_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="candidato_numero_da_uno"),
        ]
