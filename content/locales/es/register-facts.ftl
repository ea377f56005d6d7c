### machine-translated
### Facts recorded beside what ships, acts typed by hand, entries in a sheet.

recorded-title = Anotado por la redacción
recorded-shown-why = Lo que la redacción anotó después de escribirse el perfil, junto a lo que dice el perfil. Se sigue lo marcado como preferido; también lo que no contradice nada.
recorded-says = Anotado
recorded-beside = El perfil dice
recorded-new = Anotar un hecho
recorded-new-membership = Anotar una pertenencia
recorded-already-back = Este dato ya se retiró. La lista dice cuándo y por qué.
recorded-new-activity = Anotar una actividad
recorded-new-relation = Anotar una relación
recorded-new-scope = Anotar qué abarca
recorded-why-record = No se sobrescribe nada: lo que anota queda junto a lo que ya está, con su fuente, y puede retirarse con un motivo.
recorded-prefer-hint = Si es así, vale desde su comienzo, se diga lo que se diga además
recorded-from = Desde
recorded-to = Hasta
recorded-activity = Actividad del perfil
recorded-activity-new = U otra: de qué se trata
recorded-joined = Estados que se sumaron
recorded-joined-hint = Uno por línea, por nombre o código
recorded-relation = Este …
recorded-other = El otro instrumento
recorded-item = Lo que puede abarcar
recorded-answer = ¿Lo abarca?
recorded-why = Por qué, en pocas palabras
recorded-own = Hechos anotados por su organización
recorded-own-why = Todos los hechos que anotó su organización. Elija uno para retirarlo; lo retirado queda aquí con el motivo.
recorded-stands = vigente
recorded-at = Anotado el
recorded-kind = Tipo de hecho
error-members-follow = Quién pertenece se deduce de otros mecanismos o de un instrumento; anótelo allí
error-as-of-later = `{ $typed }` está en el futuro. Indique el día hasta el que habla la fuente, a más tardar { $today }

acts-title = Todos los actos, y retirar uno
acts-why = Cada acto guardado, con su fuente. Un acto escrito a mano tiene la suya; los demás, la de su lista.
acts-back = Corrección
acts-take-back = Retirar
acts-back-why = Un acto de una lista importada vuelve con la siguiente importación de esa lista; corrija también la lista.
adherence-until = Surte efecto, o se retiró, el
adherence-until-hint = Para una denuncia, el día en que surte efecto; para una reserva o declaración, el día en que se retiró; si no, vacío

entries-sheet = En una hoja: llevar, cambiar y traer de vuelta
laws-sheet-title = Entradas sobre legislación en una hoja
laws-sheet-why = Llévese sus entradas, cámbielas en una hoja de cálculo y tráigalas de vuelta. Primero ve lo que cambiaría; nada se guarda hasta que esté de acuerdo. Estado, tema y fuente dicen a qué entrada se refiere una fila; lo que decía antes se conserva.
obstacles-sheet-title = Obstáculos en una hoja
obstacles-sheet-why = Llévese sus informes, cámbielos en una hoja de cálculo y tráigalos de vuelta. Primero ve lo que cambiaría; nada se guarda hasta que esté de acuerdo. Estado, instrumento y día dicen a qué informe se refiere una fila; lo que decía antes se conserva.
error-entry-own-state = Su organización solo anota su propio Estado. Deje fuera esta fila
