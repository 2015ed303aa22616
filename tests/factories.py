"""Plain factories: what is not asked for is empty, and no figure looks like a real one."""

from datetime import date

import factory

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Appartenenza, Comune, Elezione, Sezione, Sistema
from electoral.models import Utente
from electoral.permessi import Ruolo
from seggi.models import Iscritto, Ufficio


class UtenteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Utente

    username = factory.Sequence(lambda n: f"utente{n}")
    first_name = "Nome"
    last_name = factory.Sequence(lambda n: f"Cognome{n}")


class ComuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Comune

    nome = factory.Sequence(lambda n: f"Comune di prova {n}")
    provincia = "Provincia di prova"
    regione = "Marche"


class AppartenenzaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appartenenza

    utente = factory.SubFactory(UtenteFactory)
    comune = factory.SubFactory(ComuneFactory)
    ruolo = Ruolo.RESPONSABILE


class ElezioneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Elezione

    comune = factory.SubFactory(ComuneFactory)
    slug = factory.Sequence(lambda n: f"elezione-di-prova-{n}")
    data = date(2021, 10, 3)
    giorni = 2
    sistema = Sistema.OLTRE_15000
    seggi_consiglio = 24


class SezioneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sezione

    elezione = factory.SubFactory(ElezioneFactory)
    numero = factory.Sequence(lambda n: n + 1)


class CandidatoSindacoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CandidatoSindaco

    elezione = factory.SubFactory(ElezioneFactory)
    numero = factory.Sequence(lambda n: n + 1)
    cognome = factory.LazyAttribute(lambda o: f"SINDACO{o.numero}")
    nome = "PROVA"


class ListaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lista

    sindaco = factory.SubFactory(CandidatoSindacoFactory)
    elezione = factory.SelfAttribute("sindaco.elezione")
    numero = factory.Sequence(lambda n: n + 1)
    denominazione = factory.LazyAttribute(lambda o: f"LISTA {o.numero}")


class CandidatoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Candidato

    lista = factory.SubFactory(ListaFactory)
    numero = factory.Sequence(lambda n: n + 1)
    cognome = factory.LazyAttribute(lambda o: f"CANDIDATO{o.numero}")
    nome = "PROVA"


def utente_con_ruolo(comune: Comune, ruolo: Ruolo) -> Utente:
    """A user with that role in that comune."""
    return AppartenenzaFactory(comune=comune, ruolo=ruolo).utente


class IscrittoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Iscritto

    comune = factory.SubFactory(ComuneFactory)
    albo = Iscritto.Albo.SCRUTATORI
    numero_albo = factory.Sequence(lambda n: n + 1)
    cognome = factory.LazyAttribute(lambda o: f"ISCRITTO{o.numero_albo}")
    nome = "PROVA"


class UfficioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ufficio

    sezione = factory.SubFactory(SezioneFactory)
    scrutatori = 4
