### machine-translated
### Lo que se dice a los programas cuando una petición está mal formada.

api-method = Esta dirección responde a: { $methods }
api-token-not-taken = Esta clave es errónea, ha vencido o fue retirada. Inicie sesión y cree otra en /admin/tokens.
api-parameters = Hay parámetros que corregir
api-unknown-parameter = Aquí no hay ningún parámetro con este nombre
api-parameter-twice = Envíe este parámetro una sola vez
api-not-a-period = `{ $value }` no es un período. Escríbalo como 2026, 2026-H1 o 2026-Q1.
api-not-a-day = `{ $value }` no es un día del calendario. Escríbalo como 2009-04-16.
api-not-an-id = `{ $value }` no es el identificador de un registro. Escríbalo como lo dan las respuestas.
api-not-a-word = Use una de estas palabras: { $words }
api-not-a-number = Escriba un número entero de { $least } a { $most }
api-no-mechanism = No hay ningún mecanismo `{ $id }`
api-members-unknown = Las fuentes no dicen quién pertenece a `{ $id }`, así que nadie puede faltar
api-words-not-asked = Las palabras acompañan a ask_info, complete y waitlist, un resultado y días a complete, un día de revisión a waitlist; con otro paso nadie las leería. Déjelas fuera, o pregunte
api-once-missing = Envíe el encabezado Idempotency-Key con un nombre de { $least } a { $most } caracteres para esta petición
api-once-wrong = Idempotency-Key admite de { $least } a { $most } letras, cifras, guiones, puntos y guiones bajos
api-revision-missing = Envíe el encabezado If-Match con la revisión que vio, entre comillas rectas
api-revision-wrong = If-Match admite una revisión entre comillas rectas, por ejemplo "3"
api-revision-stale = El registro ha cambiado desde entonces. Léalo de nuevo, compare y envíe la nueva revisión.
api-other-site = Con una sesión, los cambios deben venir de una página de este sitio. Los programas usan un token.
api-not-json-type = Envíe el cuerpo como application/json
api-too-large = El cuerpo es demasiado grande. Caben como máximo { $kibibytes } KiB.
api-broken-json = El cuerpo no es JSON: línea { $line }, columna { $column }
api-other-shape = El cuerpo no tiene la forma descrita: línea { $line }, columna { $column }: { $why }
api-words-without-commas = Escriba cada palabra como una entrada propia, sin comas
api-one-line = Escriba cada parte en una línea, sin barra (|)
api-new-desk-open = Una oficina nueva acepta trabajo. Ciérrela después.
api-nothing-stored = No hay nada guardado sobre `{ $id }` a { $date }: la respuesta no se apoya en ninguna lista.
