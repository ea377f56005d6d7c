### machine-translated
### Administration of an organisation, and the audit.

admin-title = Administración
admin-tenant-why = Nombre, tipo, Estado e idioma de su organización
admin-tenants-why = Abrir una organización nueva en esta instalación
admin-desks-why = Las oficinas a las que otros escriben, con horarios e idiomas
admin-people-why = Quién trabaja aquí y con qué papel; invitar y retirar el acceso
admin-deliveries-why = Correos enviados o en espera, y los fallidos
admin-audit = Auditoría
admin-audit-why = Cada cambio y cada lectura de datos personales
admin-keys = Llaves
admin-keys-why = Lo que abren las llaves del personal: nombres, relatos y direcciones protegidas. Sin una persona del equipo con sesión abierta nadie puede leerlos, ni siquiera quien opera este servidor.

keys-open = su llave está abierta
keys-closed = su llave está cerrada
keys-lock = Cerrar mi llave
keys-unlock = Abrir mi llave
keys-unlock-title = Abra su llave
keys-unlock-why = Su frase de contraseña abre su llave hasta que cierre la sesión.
keys-not-established = Esta organización aún no tiene llaves. Antes del primer caso, una persona responsable las crea y anota el secreto de recuperación.
keys-establish = Crear las llaves
keys-holds = Abre
keys-missing = Debería abrir, pero aún no puede
keys-no-pair = No ha iniciado sesión desde que tiene este papel
keys-hand-over = Entregar las llaves
keys-rotate-title = Llaves nuevas
keys-rotate-why = Tras una salida o la pérdida de un dispositivo, lo nuevo recibe otra llave. Lo ya escrito sigue siendo legible.
keys-rotate = Crear una llave nueva

admin-tenant = Esta organización
admin-tenants = Organizaciones
admin-desks = Puntos de contacto
admin-people = Personas
admin-rights = Ver como: lo que ve una función
admin-rights-why = Elija una función para ver lo que vería y podría hacer quien la tenga en una organización como la suya. No se muestran datos, nadie inicia sesión, nada cambia. Las reglas de derechos se aplican después y no pueden cambiarse.
admin-recoveries = Solicitudes de recuperación
admin-recoveries-why = Apruebe solo si ha hablado usted con la persona. Otro colega también debe aprobar.
admin-tokens = Claves para programas
admin-tokens-why = Una clave permite a un programa actuar con parte de sus derechos. No abre ninguna llave: no lee nombres ni relatos.
admin-deliveries = Envíos

tenant-name = Nombre
tenant-kind = Tipo
tenant-new = Nueva organización
tenant-new-why = Una organización responde de sus propios datos: un refugio, una unidad policial, un ministerio. Un Estado nunca es aquí una organización.
tenant-kind-secretariat = Secretaría de un mecanismo
tenant-kind-national-coordination = Coordinación nacional
tenant-kind-rapporteur = Relator nacional
tenant-kind-care = Asistencia y acogida
tenant-kind-identification = Identificación
tenant-kind-enforcement = Policía y justicia
tenant-kind-human-rights = Institución de derechos humanos
tenant-kind-expert-body = Órgano de expertos
tenant-kind-donor = Donante
tenant-kind-civil-society = Sociedad civil

desk-new = Nuevo punto de contacto
desk-edit = Cambiar el punto de contacto
desk-name = Nombre
desk-name-hint = La oficina, no una persona: las personas cambian
desk-level = Nivel
desk-level-regional = Regional
desk-level-national = Nacional
desk-level-hotspot = Punto crítico
desk-level-border-office = Oficina fronteriza
desk-level-consulate = Consulado
desk-languages = Idiomas
desk-languages-hint = Códigos separados por espacios o comas, como en fr ar
desk-hours = Horario
desk-hours-hint = Por ejemplo Mo-Fr 08:00-16:00 (Mo lunes, Tu martes, We miércoles, Th jueves, Fr viernes, Sa sábado, Su domingo), o 24/7
desk-time-zone = Zona horaria
desk-time-zone-hint = Por ejemplo, Africa/Lagos
desk-telephone = Teléfono
desk-telephone-hint = Con + y el prefijo del país
desk-no-telephone = sin teléfono
desk-topics = Temas
desk-topics-hint = Lo que otros pueden preguntarle
desk-members = Miembros
desk-nobody = Todavía no hay nadie aquí. El trabajo que se envía aquí espera a que haya alguien.
desk-lead = responsable
desk-alternate = suplente
desk-seat = Persona
desk-seat-kind = Como
desk-seat-do = Asignar
desk-close = Cerrar el punto de contacto
desk-closed = cerrado
desk-status = Situación
desk-reopen = Abrir de nuevo el punto de contacto
desk-open = abierto

people-access = Acceso
people-access-why = A quien se suspende se le puede volver a admitir. Quien se ha ido no puede volver con esta cuenta ni con su dirección. En ambos casos, lo que hizo queda en el registro.
people-invite = Invitar a alguien
people-give-role = Dar un papel
people-give-role-do = Dar este papel
people-end-role = Terminar este papel
people-suspend = Suspender
people-resume = Restablecer el acceso
people-left = Ha dejado la organización
people-leave-alone = Casos que solo lleva esta persona
people-leave-beside = Casos que también llevan otros o en los que solo ayuda
people-leave-why = En un solo acto: un colega toma lo que solo lleva esta persona, terminan sus lugares en otros equipos y también sus papeles, su clave y sus sesiones. No se puede deshacer. Si el acceso debe terminar en este momento, suspéndala primero.
people-leave-to = Quién toma los casos que solo lleva esta persona
people-leave-to-hint = Colegas cuyo papel lleva casos. Se les avisa y ven los casos desde entonces; usted no ve ninguno.
people-leave-needs-one = Elija quién toma los casos que solo lleva esta persona: ningún caso se queda con alguien que se ha ido. Si nadie puede, dé primero el papel a un colega
people-leave-held = Esta persona tiene algo que nadie más del personal puede abrir ni pasar: una clave (haga que se entregue a un colega, en Claves, o que la recuperen dos responsables), o un trabajo que solo su propio equipo entrega (revisa sus casos y hace que lo lleve un colega). Hasta entonces puede suspender la cuenta, no terminarla.
notice-cases-taken-over = Usted lleva casos de un colega que se ha ido. Están en su lista de casos.
people-has-left = se ha ido
people-end-sessions = Terminar todas las sesiones

account-status-invited = invitado
account-status-active = activo
account-status-suspended = suspendido
account-status-left = se ha ido

role-since = desde el { $from }
role-from-until = del { $from } al { $until }

invitation-sent-title = Invitación creada
invitation-sent = Va en camino un correo a { $email }. También puede entregar usted este enlace; sirve una sola vez.
invitation-no-mail = Aquí no hay correo configurado, así que no sale ningún mensaje a { $email }. Entregue usted este enlace; sirve una sola vez.
invitation-name = Nombre de la persona invitada
invitation-name-hint = Puede cambiarlo al aceptar
invitation-waiting = Invitaciones sin respuesta
invitation-until = válida hasta el { $date }
invitation-take-back = Retirar
invitation-made = creada el { $date }

recovery-none = Nadie lo ha pedido.
recovery-approve = Aprobar
recovery-refuse = Rechazar
recovery-approvals =
    { $count ->
        [one] { $count } aprobación de 2
       *[other] { $count } aprobaciones de 2
    }
recovery-asked = pedida
recovery-approved = aprobada
recovery-used = usada
recovery-refused = rechazada
recovery-reason = Motivo
recovery-agreed = Conformidades
recovery-standing = Situación

token-name = Nombre
token-name-hint = El programa que la usará
token-scopes = Lo que puede hacer
token-days = Días hasta que termine
token-make = Crear una clave
token-made = Clave creada
token-shown-once = Cópiela ahora. No se mostrará de nuevo.
token-ended = terminada
token-none = No hay claves.
token-revoke = Revocar
token-days-hint = De 1 a 365
token-new = Un token nuevo
token-made-on = Creado
token-ends = Termina
token-used = Último uso
token-never-used = nunca
token-standing = ¿Vale?
token-counts = vale

rights-where = Dónde
rights-scope = Para qué
rights-keys = Llaves que abre este papel:
rights-no-keys = ninguna
view-as-link = Ver lo que abre una función y lo que le queda cerrado
view-as-navigation = Las secciones que ve
view-as-parts = Lo que abre y envía
view-as-what = En palabras
view-as-kind = Tipo
view-as-page = página
view-as-form = formulario
view-as-download = archivo
view-as-everyone = Páginas abiertas a todos: { $count }
view-as-not = Lo que no puede ver ni hacer
view-as-not-why = Todo esto responde como si no existiera.
view-as-keys-shut = Claves que no abre:
view-as-new = { $page }: nuevo
view-as-edit = { $page }: cambiar
view-as-one = { $page }: uno de ellos
view-as-file = { $page } ({ $kind })
view-as-button = { $page }: { $button }
view-as-registers = Registros
view-as-house = La casa

scope-own = lo propio
scope-assigned = lo que tiene asignado
scope-tenant = la organización
scope-state = el Estado
scope-region = la región
scope-public = público
scope-step-up = mostrando otra vez el segundo factor

compartment-case = caso (solo códigos)
compartment-care = asistencia
compartment-identity = identidad
compartment-protected-address = direcciones protegidas
compartment-account = su cuenta (secretos del segundo factor, que abre el propio programa)

delivery-when = Cuándo
delivery-channel = Por
delivery-kind = Qué
delivery-to = A
delivery-state = Situación
delivery-waiting = en espera
delivery-sending = enviándose
delivery-delivered = entregado
delivery-failed = fallido
delivery-retry = Intentar de nuevo
delivery-no-mail = Aquí no hay servidor de correo configurado, así que los mensajes esperan. Entregue usted los enlaces, o pida a quien gestiona esta instalación que indique un servidor.
done-delivery-retried = Se intenta de nuevo el envío de la carta.

channel-mail = correo

letter-invitation = Invitación
letter-recovery = Recuperación
letter-reminder = Recordatorio

done-desk-created = El punto de contacto se ha creado.
done-desk-reopened = El punto de contacto está abierto de nuevo.
done-desk-closed = El punto de contacto se ha cerrado.
done-desk-seated = La persona está asignada a este punto de contacto.
done-desk-unseated = La persona ya no está asignada a este punto de contacto.
done-role-given = El papel se ha dado.
done-role-ended = El papel ha terminado.
done-invitation-taken-back = La invitación se ha retirado.
done-recovery-approved = Dos personas lo aprobaron; se envió el enlace.
done-recovery-half = Usted ha aprobado. Falta otra persona.
done-recovery-refused = La solicitud se ha rechazado.
tenant-created-title = La organización se ha creado
recovery-link-title = Dos personas lo aprobaron
recovery-link-shown = El correo con el enlace espera un servidor de correo. Entregue usted mismo este enlace a la persona, en persona o por un número de teléfono que conozca; sirve una sola vez y se sigue pidiendo el segundo factor. El registro dice que usted lo vio.
done-their-sessions-ended = Se han terminado todas las sesiones de esta persona.
done-keys-handed-over = Las llaves se han entregado.
done-keys-rotated = Ahora hay una llave nueva.
done-key-opened = Su llave está abierta hasta que cierre la sesión.
done-key-closed = Su llave está cerrada.
done-token-revoked = La clave se ha revocado.

audit-title = Auditoría
audit-why = Cada cambio y cada lectura de datos personales, en orden. Nada puede quitarse de esta lista sin que se note.
audit-nothing = El registro todavía está vacío. Cada cambio y cada lectura de datos personales aparece aquí por sí mismo.
audit-seq = Número
audit-when = Cuándo
audit-who = Quién
audit-action = Acción
audit-about = Sobre
audit-outcome = Resultado
audit-from = Desde el día
audit-until = Hasta el día
audit-kind = Tipo de registro
audit-record = Identificador del registro
audit-order = Orden
audit-newest = Los más recientes primero
audit-oldest = Los más antiguos primero
audit-code = Código de la acción
audit-reasons = Detalles
audit-error-until = El último día es anterior al primero. Elija uno posterior.
audit-cut = Un archivo contiene las primeras { $most } de { $total } entradas. Acote la vista para ver las demás.

outcome-done = hecho
outcome-read = leído
outcome-refused = denegado

actor-public = alguien sin sesión
actor-token = un programa de { $name }
actor-operator = operador { $name }
actor-system = el propio Palermo ({ $job })
