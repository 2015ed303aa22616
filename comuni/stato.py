"""Where an election stands by the calendar alone; rooms that know more register their own answer."""

from datetime import timedelta

from django.utils import timezone

from electoral.navigazione import Fase, StatoElezione


def stato_dal_calendario(elezione) -> StatoElezione:
    oggi = timezone.localdate()
    if oggi < elezione.data:
        return StatoElezione("In preparazione", "neutro", Fase.PREPARAZIONE)
    if oggi < elezione.data + timedelta(days=elezione.giorni):
        return StatoElezione("Si vota", "info", Fase.VOTAZIONE)
    return StatoElezione("Votazione conclusa", "neutro", Fase.SCRUTINIO)
