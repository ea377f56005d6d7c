### machine-translated
# The pages of screening.

# Navigation and titles.
nav-screening = Detección
nav-paper = Formularios en papel
screening-title = Detección
screening-begin = Empezar una detección
screening-start = Empezar a preguntar
screening-in-progress = En curso
screening-begun = Empezada { $at }
screening-kept-until = Se guarda hasta { $until } y luego se borra salvo que se decida antes.
screening-go-on = Seguir
screening-decided = Detecciones decididas
screening-decided-at = Decidida
screening-notices = Avisos sin identidad
screening-notices-why = Queda un aviso cuando un adulto no está de acuerdo. No guarda nombre, agente, día ni palabras.
screening-month = Mes

# Before the first question.
screening-before = Antes de preguntar
screening-duty-desks = A quién llamar, ahora y en todo momento
screening-before-safe = ¿Está la persona segura aquí, y a solas con usted? Si no, primero un lugar seguro.
screening-before-free = Diga que toda pregunta puede omitirse, que puede parar cuando quiera y que la ayuda no depende de ello.
screening-before-help = Lo que no puede esperar (médico, comida, cama) va antes de toda pregunta.
screening-no-service = No consta ningún servicio al alcance para { $state }. Llame primero a la oficina de abajo y luego siga. La carencia se anota como necesidad no cubierta.
screening-no-desk = No consta ninguna oficina con teléfono. Pida a su organización que anote una; mientras tanto llame al número de emergencias.

# Asking.
screening-question-of = Pregunta { $n } de { $all }
screening-skip = Omitir
screening-break = Ofrezca una pausa: agua, aire, un momento sin preguntas.
screening-how-to-ask = Cómo preguntar
screening-how-always = Use las palabras de la persona. No insista, no prometa, no juzgue. Nunca interprete un familiar o el empleador.
screening-to-overview = Todos los temas y el resultado hasta ahora
screening-told-of = { $told } de { $all } respondidas
screening-ask-language = Idioma de las preguntas
screening-ask-age = Edad
screening-ask-age-why = Mientras la edad sea dudosa rigen los derechos del niño.
screening-ask-form = Explotación sospechada
screening-ask-form-why = De esto y de la edad salen las preguntas, nunca de ser mujer u hombre.
screening-ask-act = Qué se hizo
screening-ask-means = Por qué medios
screening-means-not-needed = Para un niño, y mientras la edad sea dudosa, no hace falta mostrar medios.
screening-ask-purpose = Para qué explotación
screening-give-up = Abandonar y borrar
screening-to-decision = A la decisión

# The result.
screening-result = Lo que dicen las respuestas hasta ahora
screening-advice-only = Es solo un consejo. Decide usted, con sus razones; decidir otra cosa está bien.
screening-definition = Definición (Protocolo de Palermo, artículo 3)
screening-met = cumplida
screening-not-met = no cumplida
screening-positive = positiva
screening-not-positive = no positiva
screening-suggestion = Sugerencia (regla de la OIT)
screening-set = Preguntas usadas
screening-ground-not-required = no se exigen medios
screening-ground-no-act = no consta acto
screening-ground-no-means = no consta medio
screening-ground-no-purpose = no consta finalidad de explotación
screening-advice-both = La definición y las respuestas apuntan a: { $outcome }.
screening-advice-definition = La definición apunta a: { $outcome }.
screening-advice-combination = Las respuestas apuntan a: { $outcome }.

# The decision.
screening-decide-title = Su decisión
screening-ask-outcome = Resultado
screening-outcome-presumed = Persona presuntamente tratada: la protección empieza aquí
screening-outcome-exploited_worker = Trabajador explotado: salarios, derechos, sindicato
screening-outcome-smuggled = Migrante objeto de tráfico ilícito
screening-outcome-refugee_claim = Solicitud de asilo
screening-outcome-violence = Violencia de otro tipo
screening-outcome-nothing_found = Nada hallado por ahora; la puerta sigue abierta
screening-ask-reasons = En qué se basa la decisión
screening-reason-answers = Lo que respondió la persona
screening-reason-definition = Acto, medios y finalidad
screening-reason-observation = Lo que vi
screening-reason-documents = Papeles, mensajes, nóminas
screening-reason-reported = Lo que otros informaron
screening-reason-wish = El deseo de la persona
screening-error-reasons = Elija en qué se basa su decisión
screening-error-future = Esto está en el futuro
screening-ask-state = Estado en que encontró a la persona
screening-ask-path = Cómo quiere seguir la persona
screening-path-consent = Acepta que la conozcan quienes ayudan
screening-path-anonymised = No está de acuerdo: solo un aviso sin identidad
screening-path-child = La vía del niño
screening-path-why = La ayuda no depende de esta respuesta. Sin acuerdo se destruyen todas las respuestas.
screening-child-route = Un niño o edad dudosa: ayuda y tutor de inmediato; no se negocia ningún consentimiento.
screening-decide = Decidir

# After the decision.
screening-left-title = Qué pasa ahora
screening-next-desk = Diríjase ahora a esta oficina
screening-child-next = Primero un tutor, después hablar de lo ocurrido. Las preguntas sobre seguridad y urgencia siempre se permiten.
screening-notice-left = Solo queda un aviso sin identidad. Todas las respuestas fueron destruidas. La persona puede volver cuando quiera.

# Paper forms.
screening-paper = Formularios en papel
screening-paper-print = Imprimir un formulario
screening-paper-sheet = Hoja de detección
screening-paper-opening = Hoja de apertura de caso
screening-paper-no-names = Solo códigos. Ni nombres, ni direcciones, ni relatos en esta hoja, salvo donde pregunta cómo llamar a la persona.
screening-paper-number = Número de la hoja
screening-paper-when = Rellenada el
screening-paper-enter = Introducir un formulario en papel
screening-paper-waiting = Formularios en curso
screening-paper-again = Introducir otra vez
screening-paper-none = No espera ningún formulario en papel. Aparece aquí cuando se ha introducido una vez, hasta que una segunda persona lo introduce también.
screening-paper-take = Pasar a detección
screening-paper-state-once = introducido una vez
screening-paper-state-differs = las dos entradas difieren
screening-paper-state-agreed = introducido dos veces igual
screening-paper-state-taken = asumido
screening-paper-blind = Introduzca otra vez la hoja sin mirar la primera entrada.
screening-paper-differ = Las dos entradas difieren en { $codes }. Mire la hoja e introdúzcala otra vez; cuenta lo que coincida en dos.
screening-paper-other-sheet = Es el número de otra hoja
screening-paper-other-set = La edad y la explotación piden la hoja «{ $set }»
screening-paper-not-agreed = Las dos entradas aún no coinciden
screening-opening-name = Cómo llamarle
screening-opening-urgent = Qué no puede esperar
screening-api-problem = { $problem }

# Hotline.
nav-hotline = Línea de ayuda
hotline-title = Línea de ayuda
hotline-call = Llamada
hotline-calls = Llamadas
hotline-at = Cuándo
hotline-caller = Quién llama
hotline-caller-person = La propia persona
hotline-caller-relative = Un familiar o amigo
hotline-caller-witness = Alguien que vio algo
hotline-caller-professional = Un profesional
hotline-caller-silent = En silencio, o colgó
hotline-language = Idioma hablado
hotline-call-back = ¿Se puede devolver la llamada?
hotline-call-back-safe = Sí, es seguro
hotline-call-back-at_times = Solo a las horas dichas
hotline-call-back-not_safe = No, no es seguro
hotline-call-back-unknown = No se sabe: no llamar
hotline-do-not-call = No devolver la llamada.
hotline-contact = Número al que llamar
hotline-contact-hint = Sellado; solo lo leen colegas de esta línea con la llave abierta.
hotline-error-contact = Escriba el número al que llamar, o elija que no se sabe si se puede devolver la llamada.
hotline-note = Qué se dijo
hotline-note-hint = Lo mínimo necesario. Sellado.
hotline-locked = Las palabras se sellan con su llave, que está cerrada. Los códigos se anotan igualmente.
hotline-unlock = Abrir mi llave
hotline-hand-over = Traspaso acompañado
hotline-hand-over-none = todavía no
hotline-hand-over-reached = una oficina se hizo cargo
hotline-hand-over-no_answer = llamada, sin respuesta aún
hotline-hand-over-declined = no deseado
hotline-stay = Siga en línea hasta que respondan.
hotline-do-reached = Se hicieron cargo
hotline-do-no-answer = Llamada, sin respuesta: la siguiente
hotline-do-declined = La persona no lo desea
hotline-reached-by = { $desk } se hizo cargo.
hotline-case-opened = Se abrió un caso a partir de esta llamada el { $moment }. No abra otro; solo su equipo puede leerlo.
hotline-all-tried = Se llamó a todos los demás puntos de contacto de la lista. Inténtelo de nuevo abajo y no deje sola a la persona que llama.
hotline-try-again = Llamados, sin respuesta: intentar de nuevo
hotline-case-why = Lo que contó la persona ya está aquí. Cambie lo que no sea correcto; la llamada queda como se anotó.
hotline-case-note-hint = Será la primera nota del caso. Omita lo que no haga falta.
done-hotline-noted = Anotado.

# What was done.
done-screening-decided = Decidido.
done-screening-given-up = Borrado.
done-screening-paper-entered = Introducido. Ahora una segunda entrada, mejor por otra persona.
done-screening-paper-agreed = Las dos entradas coinciden.
done-screening-paper-differs = Las dos entradas difieren.
done-screening-paper-taken = Asumido. Ahora decida.
