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
import-file-hint = CSV o XLSX con una fila de encabezados
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
