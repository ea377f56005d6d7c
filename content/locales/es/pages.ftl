### machine-translated
# Inicio, ayuda, derechos, claves y trabajo.

start-title = Trabajar juntos contra la trata de personas
start-lead = Palermo es el sistema de información que los Estados de una región y su secretaría llevan juntos: quién está obligado a qué, quién puede ayudar, qué se prometió y qué se hizo.
start-demo = Esto es una demostración. Tome cualquier papel y mire; nada de lo que haga aquí llega a nadie.
start-mechanisms = Órganos y procesos regionales, con miembros y fechas
start-states = A qué pertenece y qué obliga a cada Estado
start-instruments = Convenios, protocolos, declaraciones y sus lagunas
start-matrix = Estados e instrumentos lado a lado, en cualquier fecha
start-agreements = Acuerdos bilaterales y multilaterales y su seguimiento
start-laws = Lo que dicen las leyes nacionales, con el artículo

desk-reopen = Abrir de nuevo
desk-status = Situación
tenant-administrator = Correo del primer administrador
channel-web-hook = Gancho web

task-answer-questionnaire = Responder un cuestionario
task-check-adherence = Comprobar el estado de los tratados
task-confirm-desk = Confirmar un punto de contacto
task-confirm-law-register = Confirmar el registro de leyes
task-file-obstacle = Informar del estado de la ratificación
task-read-guidance = Leer nuevas indicaciones
task-remind-report = Recordar un informe

admin-tenant-why = Nombre, Estado e idioma de su organización
admin-desks-why = Puntos de contacto, horarios y quién atiende
admin-people-why = Invitar a colegas, dar y retirar funciones
admin-deliveries-why = Correo que salió o espera
admin-tenants-why = Organizaciones de esta instalación
admin-audit = Registro de auditoría
admin-audit-why = Quién hizo, vio o a quién se negó qué
admin-keys = Claves
admin-keys-why = Los nombres y los relatos están sellados. Solo los miembros cuya función lo exige tienen una clave, y se la entrega un colega. El servidor y sus administradores no tienen ninguna.

keys-open = Su clave está abierta en esta sesión
keys-closed = Su clave está cerrada
keys-unlock = Abrir mi clave
keys-unlock-title = Abrir su clave
keys-unlock-why = Escriba su frase de contraseña para abrir su clave durante esta sesión. Se cierra al salir.
keys-lock = Cerrar mi clave
keys-not-established = Esta organización aún no tiene claves. Las crea un miembro cuya función lee nombres, con su propia clave abierta.
keys-establish = Crear las claves
keys-holds = Tiene
keys-missing = Debería tener
keys-no-pair = Aún no tiene clave propia; se crea al iniciar sesión.
keys-hand-over = Entregar
keys-rotate-title = Reemplazar una clave
keys-rotate-why = Cuando se fue alguien que la tenía. Lo sellado sigue siendo legible para quienes la tienen ahora.
keys-rotate = Reemplazar esta clave
keys-recovery-title = La clave de recuperación
keys-recovery-once = Imprima esta página ahora; no se mostrará otra vez. Guarde la copia en dos sobres sellados en dos lugares. Si todos pierden su contraseña, abre lo sellado.

done-key-opened = Su clave está abierta.
done-key-closed = Su clave está cerrada.
done-keys-handed-over = Su colega tiene ahora la clave.
done-keys-rotated = La clave se reemplazó.
done-desk-seated = El miembro atiende este punto de contacto.
done-desk-unseated = El miembro ya no atiende este punto de contacto.

api-lead = Los programas usan los mismos actos que las páginas, bajo /api/v1.
rights-lead = Estas reglas son parte del programa. Impiden que Palermo haga mal, nunca que registre el mal ocurrido. Ninguna función ni ajuste las desactiva.
rule-1 = La ayuda nunca depende de cooperar con las autoridades, de la nacionalidad ni de la situación migratoria.
rule-2 = Una presunta víctima de trata recibe ayuda de inmediato, y puede recibirla siempre, también si la rechaza o no es identificada.
rule-3 = Quien tiene una edad dudosa tiene los derechos de un niño. Un tutor va antes de toda entrevista sobre los hechos; siempre se puede preguntar por la seguridad y lo urgente.
rule-4 = El periodo de recuperación y reflexión es de la persona, al menos 30 días. Nadie puede terminarlo por ella, ni organizar en él una expulsión.
rule-5 = Nadie es devuelto por otros sin su deseo informado, una evaluación de riesgo vigente y consejo independiente; un niño, solo tras determinarse que es su interés superior.
rule-6 = Nada se comparte sin consentimiento para ese fin y destinatario, o una base legal de una lista cerrada. El control migratorio y la persecución de la persona nunca lo son.
rule-7 = Una acusación contra alguien por lo que fue obligado a hacer genera un aviso de salvaguardia.
rule-8 = La identidad y el relato se guardan aparte y sellados, y solo los abre el equipo de atención. Secretaría, donantes y administradores nunca.
rule-9 = A los servicios de dirección confidencial se llega por un punto de contacto, nunca buscándolos.
rule-10 = No se publican cifras de personas sin control de divulgación, ni dos publicaciones que restadas revelen a alguien.
rule-11 = Las cifras con definiciones distintas nunca se suman.
rule-12 = Toda decisión sobre una persona dice quién decidió, por qué motivos y cómo impugnarla.

help-lead = Respuestas breves a lo que primero se pregunta.
help-1-title = Tengo una invitación
help-1 = Abra el enlace del correo, elija una frase de contraseña de al menos 15 caracteres y luego un segundo factor: un autenticador en su teléfono o una llave de acceso.
help-2-title = Perdí mi contraseña o mi teléfono
help-2 = En la página de inicio de sesión elija «No puedo entrar». Dos colegas deciden. Si perdió el teléfono use un código de recuperación.
help-3-title = ¿Qué página es para mí?
help-3 = «Mi trabajo» muestra lo que espera, para usted y sus puntos de contacto. Los registros son públicos. Lo que su función no necesita no se muestra.
help-4-title = ¿Por qué se pide otra vez mi segundo factor?
help-4 = Los actos que cambian permisos lo piden otra vez, para que no baste un ordenador abierto.
help-5-title = ¿Cómo me llevo una lista?
help-5 = Cada lista tiene CSV y XLSX. Los filtros y el orden están en la dirección: envíe el enlace y un colega verá lo mismo.
help-6-title = Alguien no debe ver esta página
help-6 = «Salir de esta página» lleva al instante a una página vacía y cierra la sesión. Pulsar Mayús tres veces hace lo mismo. El historial del navegador queda: bórrelo si alguien puede mirar.

accessibility-lead = Palermo aspira al nivel AA de WCAG 2.2.
accessibility-1-title = Lo que funciona
accessibility-1 = Toda página funciona con teclado, sin guiones, al 400 por ciento, en ambas direcciones de escritura y con esquema oscuro o de alto contraste.
accessibility-2-title = Cómo se comprueba
accessibility-2 = Cada cambio se comprueba automáticamente en un navegador. Aún no lo han probado personas que usan lectores de pantalla o teléfonos viejos.
accessibility-3-title = Díganoslo
accessibility-3 = Si algo no le funciona, dígalo a la organización que lleva esta instalación. Sus puntos de contacto están en el directorio.

privacy-lead = Lo que Palermo guarda y lo que no.
privacy-1-title = Visitantes
privacy-1 = Antes de iniciar sesión no se pone ninguna cookie ni se guarda nada en su dispositivo. Las páginas no cargan nada de otros sitios. No se cuentan visitas.
privacy-2-title = Miembros
privacy-2 = Nombre, correo, funciones y sesiones se guardan para su organización. Cada acto se escribe en un registro que no puede cambiarse sin que se note.
privacy-3-title = Personas víctimas de trata
privacy-3 = Nombres y relatos están sellados con claves que solo tiene el equipo de atención. El servidor, sus administradores, la secretaría y los donantes no pueden leerlos.
privacy-4-title = Qué daría una incautación
privacy-4 = Un disco o una copia da tamaños, fechas y números seudónimos. El manual del operador tiene la tabla entera.
privacy-5-title = Lo que no se promete
privacy-5 = Quien controla un servidor en marcha y abierto, o su dispositivo, ve lo que usted ve. Palermo no puede borrar el historial de su navegador.
