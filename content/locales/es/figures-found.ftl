### machine-translated
# What is found in files of figures, one sentence a rule. The checks themselves
# say it in English with the values; programs read those.

found-ages-do-not-add-up = las edades no suman el total
found-dates-out-of-order = un final está antes de su comienzo
found-demonstration = una demostración no acepta archivos sobre personas
found-does-not-agree = dos columnas de esta fila se contradicen
found-duplicate = la misma cifra aparece dos veces; deje una
found-empty = el archivo no tiene filas
found-field-twice = una columna aparece dos veces; deje una
found-jump = muy lejos del año o mes anterior; compruebe si es correcto
found-missing-code = el área no tiene código
found-no-common-code = esta palabra aún no tiene código común; asígnele uno
found-no-mapping = diga primero qué contiene cada columna
found-not-a-count = no es un número entero de personas ni uno oculto como `<5`
found-not-a-date = no es una fecha; escríbala como `2024-12-31`
found-not-a-number = no es un número
found-not-a-period = no es un año ni un mes; escriba `2025` o `2025-03`
found-not-a-year = no es un año
found-not-iso = el código del área no es de la norma ISO 3166
found-not-listed = otros hallazgos que no se enumeran
found-not-taken = los campos sobre personas no se toman
found-not-yes-or-no = ni sí ni no
found-old-template = una plantilla antigua; descargue la actual
found-one-code-only = un solo código, no varios
found-other-state = no es del Estado de estas cifras
found-parts-exceed-a-subtotal = las partes superan su subtotal
found-parts-exceed-total = las partes superan el total
found-repeated-line = la misma línea ya está en el archivo
found-sexes-do-not-add-up = los sexos no suman el total
found-small-cell = un número menor que 5 a la vista
found-small-shown = números menores que 5 a la vista; las cifras exactas quedan en su oficina
found-total-beside-parts = un total está junto a sus partes y se contaría dos veces
found-unit-contradicts-values = la unidad contradice los valores
found-unit-missing = falta la unidad
found-unknown-code = no es un código de la lista
found-unknown-field = la norma no tiene esa columna
found-unknown-format = un archivo de otro tipo; sus columnas no son las esperadas
found-unreadable = el archivo no se puede leer como tabla
found-without-consent = filas sin consentimiento
found-age-within-another = otro grupo de edad al lado ya cuenta a estas personas
found-no-value = sin valor, por tanto sin número
found-other-breakdown = las personas divididas por esta columna se cuentan en las filas sin ella
found-period-ahead = un período que aún no ha llegado; escriba aquel en que se contó a las personas
found-rate = una tasa, no un número de personas; envíe los números
found-kind-error = error
found-kind-warning = advertencia

# What the report of an attack says. Files and programs read it in English.

attack-exposed = { $cell } podría deducirse de las demás celdas
attack-difference = { $outer } menos { $inner } deja de { $least } a { $most } personas: quien sabe qué cambió aprende el resto sobre ellas
attack-difference-exact = { $outer } menos { $inner } deja exactamente { $least } (número de personas): quien sabe qué cambió aprende el resto sobre ellas
attack-linked = { $cell } podría deducirse al poner esta publicación junto a { $with }: de { $least } a { $most } personas
attack-rebuilt = Clases de 1 a { $most } personas que podrían reconstruirse combinando las tablas: { $kinds }
attack-solved = Clases de personas cuyo número se conoce con exactitud: { $solved } de { $kinds }; ninguna es un grupo pequeño salvo lo dicho arriba
attack-leaked = Combinaciones de menos de { $k } personas que se muestran: { $count }
attack-zero = Celdas que se sabe que son cero, donde no se registró a nadie: { $count }
attack-shared = Tabla { $table }: en { $classes } clases todas las personas tienen { $column } = { $value }; pertenecer a la clase lo revela
attack-not-dp = Si una persona está en los registros, más allá de un factor e elevado a { $epsilon } (delta { $delta }), se sepa lo que se sepa
attack-not-synthetic = Ninguna combinación de valores de menos de { $k } personas; ninguna línea es de una persona real
attack-not-count = Ningún número de 1 a { $most }, a partir de todas las tablas juntas
attack-not-interval = El número de ninguna celda oculta o redondeada; celdas: { $cells }; valores aún posibles para cada una, como mínimo: { $values }
attack-no-earlier = (No había ninguna publicación anterior con la que comparar)
attack-not-difference = Ningún grupo de 1 a { $most } personas por la diferencia con una publicación anterior; comparadas: { $releases }
attack-not-linked = Ningún número de 1 a { $most } a partir de sumas sobre esta publicación y { $with }, por programación lineal
attack-not-rebuilt = Nadie señalado al reconstruir los registros; clases de personas probadas por programación entera: { $kinds }
attack-rebuilt-not-tried = (No se intentó reconstruir los registros, las clases de personas son demasiadas: { $kinds }; los límites de arriba se probaron por programación lineal)
attack-not-rebuilt-in-groups = Nadie señalado al reconstruir los registros a partir de un grupo de tablas, por programación entera; grupos: { $groups }
attack-groups-only = (No se intentó con todas las tablas juntas, tienen demasiadas clases de personas; los límites de arriba se probaron por programación lineal)
attack-groups-left = (Demasiado grandes incluso por separado: { $tables })
attack-remedy-linked = Quite la tabla que muestra lo que una publicación anterior oculta, una categorías pequeñas o publique números redondeados
attack-remedy-exposed = Una categorías pequeñas o publique números redondeados
attack-remedy-difference = Publique números redondeados o espere a que el cambio supere un grupo pequeño
attack-remedy-rebuilt = Quite una de las tablas, cruce menos columnas o publique números redondeados
attack-remedy-leaked = Suba el umbral o quite columnas
attack-cell-all = todas las personas
attack-cell-part = { $column }: { $value }
attack-cell-and = { $one }; { $more }
attack-cell-years = años { $from } a { $to }
attack-cell-every = todos los valores mostrados de { $column }
attack-cell-of = { $cell } ({ $release })
attack-codes = Las mismas celdas por sus códigos, como las escriben los archivos y los programas
attack-remedy-not-shown-safe = Publique menos tablas o más pequeñas, para que se puedan intentar todas las sumas con las publicaciones anteriores
attack-not-shown-safe = No se pudo mostrar que esta publicación sea segura junto a { $with }: las sumas sobre todas piden más cálculo del que hay tiempo, y lo que no se intentó no se toma por seguro
