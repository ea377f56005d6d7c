### machine-translated
# Errors of the directory's forms.
error-places = No puede haber más plazas libres que plazas
error-ages = La edad mínima, { $youngest }, es mayor que la edad máxima, { $oldest }. Corrija una de las dos
error-whole-number = Escriba un número entero como 12
error-day-in-line = `{ $typed }` no es una fecha. Escríbala como 2026-03-01
error-protected-address = Un servicio protegido no lleva dirección aquí. Deje vacíos estos campos; la dirección se guarda sellada, en la página del servicio
error-protected-phone = A un servicio protegido se llega a través de su punto de contacto, y un número de teléfono llevaría a la casa. Deje este campo vacío y elija el punto de contacto; el número corresponde al punto de contacto
error-protected-words = A un servicio protegido se llega a través de su punto de contacto. Quite todo número de teléfono, correo electrónico o página web: llevarían a la casa
error-funding-line = Línea { $line }, `{ $typed }`: escriba quién paga, una barra y el último día, como Northway Fund | 2026-05-01. Si no se conoce ningún día, termine la línea con la barra
error-hours = `{ $part }` no se lee como horario. Escriba por ejemplo Mo-Fr 08:00-17:00; Sa 10:00-12:00, o 24/7
error-both-admitted = Un grupo no puede estar admitido y excluido a la vez
error-assessment = Escriba una evaluación por línea: norma | quién | met, partly o not-met | 2026-01-10 | 2027-01-10
error-channel = `{ $typed }` no es un canal seguro. Uno por línea, como encrypted-mail | desk@focal.example
error-no-confirm-address = No se conoce ninguna dirección a la que preguntar. Añada una primero
error-phone-line = `{ $typed }` tras la barra no se conoce. Escriba «gratis» si la llamada es gratuita, o el código de un mecanismo como ECOWAS si el número es el mismo en todos sus Estados
error-phone-common = Un número común a todos los Estados de { $mechanism } es el de una línea de ayuda, en un Estado de { $mechanism }
error-web-page = `{ $url }` no es la dirección de una página web. Escríbala como https://line.example
error-no-way-in = Nadie podría llegar a este servicio. Indique al menos una vía: un número de teléfono, una dirección de correo, una página web o un lugar
error-desk-needed = Elija el punto de contacto por el que se llega a este servicio: su dirección está protegida y no hay otra vía
error-choose-state = Elija un Estado
error-own-state-alone = Esto solo lo introduce para su propio Estado. Elíjalo; lo que escribió sigue aquí
error-desk-elsewhere = Este punto de contacto no es de su organización y allí no se ha preguntado a nadie. Elija uno propio; el de otra organización solo permanece donde ya conduce al servicio
error-sheet-desk = A un servicio protegido se llega por un punto de contacto de su organización, y no se indica ninguno. Escriba aquí su organización y su identificador, como { $example }; su propia hoja los muestra
