### machine-translated
### Lo que requiere dos personas (borrar, direcciones protegidas), dispositivos propios, recuperación cuando trabajan dos.

case-erase = Borrar a esta persona
case-erase-why = Nombres, relatos, direcciones y consentimientos se destruyen para siempre, en todos los casos de esta persona. Queda un recuento que no nombra a nadie.
case-erase-two = Borrar requiere dos personas. Su pregunta va a colegas que pueden aceptar; cuando uno lo haya hecho, vuelva aquí.
case-erase-agreed = Una segunda persona ha aceptado. Puede hacerse ahora, una vez.
case-erase-waits = Una pregunta sobre esto espera a su segunda persona.
case-erase-ask = Pedir una segunda persona
case-erase-now = Borrar ahora
case-erase-ground = Por qué
case-erase-ground-persons-request = La persona lo pide
case-erase-ground-not-lawful = Nunca debió guardarse
case-erase-ground-made-in-error = Se registró por error
case-erase-ground-not-for-matters = La persona no quiere que el expediente se guarde por una reclamación, un permiso, una acusación o un abogado, y por lo demás su plazo ha terminado
error-erased-already = Esta persona ya fue borrada
error-erase-open-matter = Una derivación de esta persona sigue en curso y necesita el expediente. Termínela primero.
done-second-person-asked = Se ha pedido una segunda persona. Cuando haya aceptado, hágalo de nuevo.
done-person-erased = Se ha borrado todo lo que nombraba a la persona.

approval-about = Sobre
approval-action-person-erase = Borrar a una persona
approval-action-service-address = Abrir una dirección protegida
service-address-two = Abrirla requiere dos personas: pida y ábrala aquí cuando un colega haya aceptado.
service-address-asked = { $name } ({ $roles }) ha pedido abrir esta dirección. La petición vale hasta el { $until }; antes debe aceptar otra persona que pueda abrirla:
service-address-agreed = { $other } ha aceptado que se abra esta dirección, como pidió { $name } ({ $roles }). Cualquiera de los dos puede abrirla una vez, hasta el { $until }.
service-address-back = Volver al servicio

device-title = Este dispositivo
device-why = Si unos extraños prueban su dirección una y otra vez, se bloquea un rato. Desde un dispositivo marcado como suyo usted entra igualmente. Marque solo un dispositivo que nadie más use: la marca muestra que aquí se usa Palermo.
device-mine = marcado como suyo
device-not-mine = sin marcar
device-remember = Este dispositivo es mío
device-forget = Olvidar este dispositivo
done-device-remembered = Este dispositivo queda marcado como suyo durante medio año.
done-device-forgotten = Este dispositivo ya no está marcado.

admin-recoveries-small = Si solo queda un colega que pueda aceptar, quien administra esta instalación es la segunda persona.
error-no-recovery-asked = Nadie ha pedido recuperar esta cuenta, o la petición es demasiado antigua
error-recovery-by-colleagues = Dos colegas de esta cuenta pueden aceptar; deciden ellos, no quien administra la máquina

agreement-follow = Seguir qué es de él
agreement-follow-review = Una revisión
agreement-follow-budget = Su lugar en un presupuesto
agreement-follow-mandate = Lugar en los mandatos
agreement-in-mandate = En los mandatos de los órganos
agreement-mandate-text = Órgano, y texto de su mandato
agreement-follow-there = Introducido hasta ahora
agreement-follow-remove = Quitar
agreement-follow-activity = Algo hecho en su marco
agreement-follow-cases = Casos tratados
agreement-follow-party = Parte
agreement-follow-date = Cuándo
agreement-follow-kind = De qué tipo
agreement-follow-what = Qué, en pocas palabras
agreement-follow-from = Primer día contado
agreement-follow-to = Último día contado
agreement-follow-opened = Casos abiertos
agreement-follow-closed = Casos cerrados
agreement-follow-due = Prevista para el
agreement-follow-held = Celebrada el
agreement-follow-held-hint = Déjelo vacío mientras la revisión esté por venir.
agreement-follow-outcome = Qué resultó
error-ends-before-it-begins = El período termina antes de empezar; intercambie los días
