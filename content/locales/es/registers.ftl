### machine-translated
### Mechanisms, States, instruments, agreements, law; import.

mechanisms-title = Mecanismos
mechanisms-intro = Órganos y procesos regionales que actúan contra la trata de personas, según los documentos que los describen.

mechanism-name = Nombre
mechanism-short = Sigla
mechanism-kind = Tipo
mechanism-founded = Fundación
mechanism-members = Miembros
mechanism-members-on = Miembros al { $date }
mechanism-since = Desde
mechanism-until = Hasta
mechanism-instruments = Instrumentos
mechanism-bodies = Órganos
mechanism-secretariat = Secretaría
mechanism-seat = Sede
mechanism-plans = Planes
mechanism-duties = Obligaciones de informe
mechanism-questionnaires = Cuestionarios
mechanism-languages = Idiomas
mechanism-rules = Reglas
mechanism-reflection = Período de reflexión
mechanism-functions = Qué hace
mechanism-forms = Formas de explotación que abarca
mechanism-persons = Personas que abarca
mechanism-partners = Socios
mechanism-relations = Relaciones con otros mecanismos
mechanism-results = Resultados
mechanism-obstacles = Qué la frena
mechanism-website = Sitio web
mechanism-outline = Las fuentes solo dan un esbozo de este mecanismo.
mechanism-edit = Cambiar este perfil

states-title = Estados
states-intro = A qué pertenece cada Estado, a qué está obligado y qué ha acordado.

state-name = Estado
state-code = Código
state-other-names = Otros nombres
state-mechanisms = Mecanismos
state-bound-by = Obligado por
state-agreements = Acuerdos
state-law = Derecho nacional
state-no-mechanism = Ningún mecanismo de este registro nombra a este Estado.
state-obstacles = Hacia la ratificación

instruments-title = Instrumentos
instruments-intro = Convenios, protocolos, declaraciones y otros textos, y quién se ha unido a ellos.

instrument-title = Título
instrument-short = Título abreviado
instrument-kind = Tipo
instrument-binding = Vinculante
instrument-mechanism = De
instrument-adopted = Adoptado
instrument-in-force = En vigor
instrument-not-in-force = no está en vigor
instrument-open-to = Abierto a
instrument-depositary = Depositario
instrument-parties = Partes
instrument-parties-on = Partes al { $date }
instrument-signatories = Firmantes no obligados
instrument-missing = Miembros que no son parte
instrument-nobody-missing = Todos los miembros son parte.
instrument-provisions = Disposiciones
instrument-provision = Disposición
instrument-topic = Tema
instrument-relations = Relaciones con otros instrumentos
instrument-scope-gaps = Lo que deja fuera
instrument-text = Texto
instrument-first-national = Primera ley nacional tras la adhesión
instrument-edit = Cambiar este instrumento

adherence-title = Adhesión
adherence-party = Parte
adherence-act = Acto
adherence-signed = Firma
adherence-bound = Obligado desde
adherence-in-force = En vigor para él
adherence-reservations = Reservas y declaraciones
adherence-on = En esta fecha
adherence-on-label = Mostrar la situación al
adherence-show = Mostrar
adherence-note = Una parte cuenta desde el depósito de su documento; la entrada en vigor es otra fecha.
adherence-party-since = parte desde el { $date }
adherence-signed-on = firmado el { $date }
adherence-signed-only = firmado
adherence-neither = ni firmado ni obligado
adherence-unknown = las fuentes no lo dicen
adherence-withdrawn = retirada el { $date }

matrix-title = Quién está obligado por qué
matrix-intro = Estados en filas, instrumentos en columnas. El año indica desde cuándo un Estado está obligado.
matrix-caption = Quién está obligado por qué al { $date }
matrix-mechanism = Miembros de
matrix-choose = Instrumentos mostrados

map-title = En el mapa
map-bound = Quién está obligado por { $instrument } al { $date }
map-party = parte
map-signed = firmado
map-neither = ni una cosa ni otra
map-off = Palermo no muestra aquí ningún mapa; la tabla contiene lo mismo.

timeline-title = Qué ocurrió y cuándo
timeline-adopted = Adopción de { $what }
timeline-in-force = Entrada en vigor de { $what }
timeline-joined = Se une { $who }
timeline-left = Se retira { $who }
timeline-undated = fecha desconocida
timeline-expected = previsto

agreements-title = Acuerdos
agreements-intro = Lo que Estados, mecanismos y terceros países han acordado entre sí.

agreement-title = Título
agreement-kind = Tipo
agreement-form = Entre
agreement-parties = Partes
agreement-signed = Firma
agreement-status = Situación
agreement-needs = Evaluación de necesidades
agreement-implementation = Qué se hizo en su marco
agreement-monitoring = Cláusula de seguimiento
agreement-no-monitoring = No tiene cláusula de seguimiento.
agreement-topics = Temas
agreement-new = Añadir un acuerdo
agreement-edit = Cambiar este acuerdo

model-texts-title = Textos modelo
model-text-adapted-by = Adaptado por

laws-title = Derecho nacional
laws-intro = Qué dice la ley de cada Estado sobre los temas de los instrumentos y dónde deja un vacío.

law-title = Ley
law-topic = Tema
law-article = Artículo
law-in-force = En vigor desde
law-answer = Cubierto
law-gaps = Vacíos
law-gap-matrix = Temas por Estado
law-new = Añadir una ley
law-edit = Cambiar esta entrada
law-definition = Definición legal usada en las cifras

obstacle-title = Obstáculos y etapa
obstacle-file = Declarar la etapa y los obstáculos
obstacle-stage = Etapa
obstacle-kind = Obstáculo
obstacle-help-wanted = Ayuda deseada

register-matrix = Quién está obligado por qué
register-as-of = al { $date }
register-source = Fuente
register-conflict = Las fuentes se contradicen
register-confidence = Grado de certeza
register-unknown-why = Se desconoce: { $why }
register-history = Versiones anteriores
register-print = Imprimir esta página
register-address = Esta dirección muestra lo mismo:

import-title = Importar un archivo
import-why = Primero verá qué cambiaría. Nada cambia hasta que lo apruebe.
import-file = Archivo
import-file-hint = CSV con una fila de encabezados
import-check = Mostrar qué cambiaría
import-apply = Importar
import-row = Fila
import-field = Campo
import-remedy = Qué ayuda
import-new = nuevo
import-changed = cambiado
import-unchanged = sin cambios
import-rejected = rechazado
import-skipped = omitido
import-nothing = No se importó nada: filas por corregir: { $count }.

register-wrong-day = «{ $typed }» no es un día. Escríbalo como 2009-04-16.
register-documents = Cómo se citan las fuentes
register-general-knowledge = conocimiento general
register-preferred = preferida
register-sure-medium = por comprobar
register-sure-low = probablemente incompleto
register-for-editors = Para editores
register-as-of-label = A fecha de
register-as-of-hint = La fecha hasta la que habla la fuente: 2009, 2009-04 o 2009-04-16
register-date-hint = Un año, un mes o un día: 2009, 2009-04 o 2009-04-16
register-source-hint = El documento y el lugar exacto
register-note = Observación
cadence-times = { $times } veces en { $years } años
mechanism-founding-type = Texto fundacional
mechanism-founding = Se basa en
mechanism-status = Situación
mechanism-via = A través de
mechanism-about = Objeto
mechanism-cadence = Frecuencia
mechanism-when = Fecha
mechanism-rule-value = Cifra
mechanism-activities = Actividades por elección
mechanism-activities-why = Un miembro participa solo en las actividades a las que se ha sumado.
mechanism-joined = Se han sumado
mechanism-joined-count = Cuántos
mechanism-named = También nombrados en las fuentes
mechanism-capacity = Autoridad, personal y medios
mechanism-profile = Este perfil
membership-listed = enumerados uno por uno
membership-union = todos los Estados de
membership-parties = las partes en
covers-all = todos
covers-labour-begging = mendicidad forzada
covers-slavery = esclavitud
covers-servitude = servidumbre
covers-other = otros fines
covers-other-forced_marriage = matrimonio forzado
covers-other-illegal_adoption = adopción ilegal
covers-other-armed = uso en conflictos armados
covers-other-forced_crime = delincuencia forzada
map-members = Estados de { $mechanism } al { $date }
map-disclaimer = Las fronteras y los nombres de este mapa no implican opinión alguna sobre la situación de ningún territorio. La lista dice lo mismo.
body-quorum = cuórum: { $count }
body-reports-to = Rinde cuentas a
body-sees = Recibe los informes de
plan-period = Período
plan-predecessor = Sigue a
plan-review = Revisión del plan anterior
plan-phases = Fases
plan-theme = Tema
plan-principles = Principios
plan-structure = Cómo se divide el plan
duty-who = Quién
duty-what = Qué
duty-to = A quién
state-formal = Nombre completo
state-contact = Puntos de contacto nacionales
state-no-contact = No hay aquí registrado ningún punto de contacto abierto de este Estado.
state-get-help = Números a los que llamar en este Estado
adherence-nothing-stored = El registro aún no contiene ningún acto al respecto; una lista vacía no prueba nada.
adherence-date = Fecha
adherence-enter = Añadir o corregir un acto
adherence-enter-why = Un acto del mismo tipo ya presente recibe la nueva fecha; las reservas y declaraciones se añaden.
adherence-detail = A qué se refiere
adherence-detail-hint = Para una reserva o declaración, con sus palabras
law-nothing-entered = Aún no se ha inscrito nada
law-asked-by = Lo pide
law-words = Lo que dice o lo que falta
law-days = Días de restablecimiento y reflexión
law-days-hint = Solo para el período de restablecimiento y reflexión: cuántos días concede la ley como mínimo
agreement-without-monitoring = ninguna, o no se sabe
agreement-facilitated = Con ayuda de
agreement-sops = Procedimientos acordados
agreement-bodies = Órganos responsables
agreement-needs-missing = Falta. Sin ella el acuerdo no puede marcarse como activo.
agreement-last-review = Última revisión
agreement-next-review = Próxima revisión
agreement-in-budget = En los presupuestos nacionales
agreement-budget-line = Partida presupuestaria
agreement-cases = { $opened } abiertos, { $closed } cerrados
agreement-cases-title = Casos tramitados
agreement-key = Nombre corto
agreement-key-hint = Minúsculas, cifras y guiones, para su dirección
agreement-parties-hint = Una por línea, por su nombre o su código, como { $state } o ECOWAS
agreement-ends = Termina, o terminó
agreement-lines-hint = Uno por línea
error-agreement-own-state = Su propio Estado debe figurar entre las partes: escriba su nombre en una línea
error-agreement-key = `{ $key }` no es un nombre corto. Use letras minúsculas, cifras y guiones
error-agreement-one-party = Un acuerdo tiene al menos dos partes: nombre la otra en una línea aparte
error-agreement-party-twice = { $party } figura dos veces entre las partes: quite una mención
error-agreement-needs-assessment = Un acuerdo entre un mecanismo y un Estado solo pasa a estar activo con una evaluación de necesidades: añádala abajo o elija otra situación
error-agreement-in-force-early = En vigor el `{ $in_force }`, antes de firmarse el `{ $signed }`: corrija una de las dos fechas
error-in-the-future = `{ $date }` está en el futuro
error-unknown-instrument = `{ $id }` no figura en el registro de instrumentos
error-before-adoption = `{ $date }` es anterior a la adopción del instrumento, el `{ $first }`
error-until-before-act = `{ $date }` es anterior al propio acto
error-law-missing = La respuesta dice que la ley lo prevé: nombre la ley
error-law-article-missing = La respuesta dice que la ley lo prevé: indique el artículo o la sección
error-source = Nombre una fuente que se pueda consultar: una referencia completa, o un documento del proyecto con el lugar, por ejemplo S1:177
error-obstacle-party = Este Estado es parte desde el `{ $since }`: no queda ningún obstáculo que comunicar
error-obstacle-words = Un obstáculo de otro tipo necesita palabras que digan cuál es
agreement-needs-title = Evaluación de necesidades: título
agreement-needs-finished = Evaluación de necesidades: concluida el
instrument-missing-of = Mostrar quién falta entre los miembros de
instrument-opened = Abierto a la firma
instrument-definition = Usa la definición del Protocolo de Palermo
instrument-no-gap-known = No se conoce ninguna laguna.
instrument-covers = Lo que abarca, con las fuentes
timeline-year = Año
timeline-joining = Adhesiones
model-text-no-use = ningún uso conocido
model-text-introduced = Presentado
model-text-authors = Elaborado por
model-text-none-named = Las fuentes no nombran ningún Estado que lo haya usado.
model-text-result = Resultado
model-text-counted = { $said } (contado a partir de los Estados nombrados)
statement-add = Añadir una afirmación
statement-why = Ambas quedan lado a lado, cada una con su fuente. Como máximo una es la preferida.
statement-field = Qué hecho
statement-field-name = Nombre
statement-field-members = Miembros
statement-field-founded = Fundación
statement-field-secretariat = Secretaría
statement-field-plan = Plan de acción
statement-field-policy = Política
statement-field-title = Título
statement-field-adopted = Adopción
statement-field-opened = Apertura a la firma
statement-field-in_force = En vigor
statement-field-depositary = Depositario
statement-field-scope = Alcance
statement-field-parties = Partes
statement-field-signed = Firma
statement-field-ends = Fin
statement-field-introduced = Introducción (escriba una fecha: 2009, 2009-04 o 2009-04-16)
statement-field-authors = Autores
statement-field-kind = Tipo
statement-field-ended = Terminado
statement-field-languages = Idiomas
statement-field-persons = Personas que abarca
statement-field-forms = Formas de explotación que abarca
statement-field-bodies = Órganos
statement-field-cadence = Frecuencia
statement-field-duties = Obligaciones de informe
statement-field-status = Situación
statement-field-monitoring = Cláusula de seguimiento
statement-field-contact = Punto de contacto
statement-field-law = Ley nacional
statement-field-other = Otro hecho
statement-value = Lo que dice la fuente
statement-prefer = ¿Lo sigue el registro?
adoption-new = Añadir un uso
obstacle-why = Solo hacen falta el Estado y la fuente. Todas las demás respuestas son opcionales; una respuesta vacía no bloquea nada.
obstacle-words = Con sus palabras
import-counts = { $new } nuevas, { $changed } modificadas, { $unchanged } sin cambios, { $rejected } rechazadas
import-kept = Las partes que el archivo no nombra quedan como están
import-skip = ¿Dejar fuera las filas rechazadas?
import-left-out = Filas dejadas fuera: { $rows }. No se guarda nada de ellas; corríjalas en el archivo e impórtelo de nuevo.
import-nothing-stored = No se guardó nada: hay filas rechazadas y no ha dicho que se dejen fuera.
import-preview = Lo que cambiaría
import-value = Valor
import-problem = Qué está mal
done-register-saved = El registro se ha modificado.
register-own-laws = Entradas sobre la ley de su organización
register-own-obstacles = Obstáculos comunicados por su organización
register-own-uses = Usos de textos modelo introducidos por su organización
register-own-statements = Afirmaciones añadidas por su organización
register-own-why = Lo que introdujo su organización. Cada entrada puede corregirse o retirarse; lo que decía antes se conserva abajo.
register-own-none = Su organización no ha introducido nada aquí.
register-entry = Entrada
register-says = Lo que dice
register-take-back = Retirar esta entrada
register-take-back-why = ¿Por qué se retira?
register-take-back-hint = Sale del registro. Lo que decía y su motivo se conservan con las entradas de su organización.
register-past = Lo que decían antes las entradas
register-past-until = Hasta
register-past-how = Qué fue de ella
register-corrected = corregida
register-taken-back = retirada: { $why }
done-register-taken-back = La entrada se ha retirado.
done-imported = El archivo se ha importado.
error-partial-date = Escriba la fecha como 2009, 2009-04 o 2009-04-16
error-as-of-future = `{ $typed }` está en el futuro. Indique el día hasta el que habla el archivo, a más tardar { $today }
error-no-file = Elija un archivo
cadence-a-year =
    { $times ->
        [one] una vez al año
       *[other] { $shown } veces al año
    }
cadence-every =
    { $years ->
        [one] cada año
       *[other] cada { $shown } años
    }
model-text-used-by =
    { $count ->
        [one] { $shown } Estado lo usó
       *[other] { $shown } Estados lo usaron
    }
model-text-years-after =
    { $count ->
        [one] { $shown } año después de su presentación
       *[other] { $shown } años después de su presentación
    }
model-text-named =
    { $count ->
        [one] { $shown } Estado nombrado
       *[other] { $shown } Estados nombrados
    }
instrument-no-members-then = No se conoce ningún miembro en esa fecha, por lo que no puede faltar nadie.
