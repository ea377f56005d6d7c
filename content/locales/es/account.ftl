### machine-translated
### Coming in, one’s own account, one’s own work.

field-email = Correo electrónico
field-passphrase = Frase de contraseña
field-old-passphrase = Su frase de contraseña actual
field-new-passphrase = Nueva frase de contraseña
field-new-passphrase-hint = Al menos 15 caracteres. Varias palabras sin relación entre sí se recuerdan bien y son difíciles de adivinar.
field-again = Otra vez lo mismo
field-name = Su nombre
field-name-hint = Como deben verlo sus colegas
field-language = Idioma
field-state = Estado
field-state-hint = Código de tres letras, o vacío para un órgano de toda la región

recover-link = No puedo iniciar sesión
recover-title = Recuperar el acceso a su cuenta
recover-why = Dos personas de su organización deben aprobarlo. Después recibirá un enlace por correo. Su segundo factor no cambia.
recover-reason = ¿Qué ha ocurrido?
recover-reason-hint = Para los dos colegas que deciden. No escriba nada sobre un caso.
recovery-dead-title = Este enlace ya no funciona
recovery-dead = Este enlace ya se usó, ha vencido o está incompleto: un enlace vale una vez y durante tres días, y uno más nuevo le pone fin. Si su frase de contraseña funciona, inicie sesión. Si no, pida un enlace nuevo; dos personas volverán a decidir.
recover-ask = Pedir la recuperación

renew-title = Elija una nueva frase de contraseña
renew-why = Dos colegas lo han aprobado. Sus otras sesiones terminarán.

second-title = Muestre su segundo factor
second-code = Código de su aplicación
second-code-hint = Seis cifras que cambian cada medio minuto
second-use-passkey = Usar una llave de acceso
second-lost = No lo tengo conmigo
second-recovery = Código de recuperación
second-recovery-hint = Uno de los códigos que anotó. Cada uno sirve una sola vez.

step-up-title = Confirme que es usted
step-up-demo-hint = En la demostración sirven seis cifras cualesquiera

enrol-title = Configure su segundo factor
enrol-why = Una frase de contraseña sola puede ser robada. Escanee esto con una aplicación de códigos y escriba el código que muestra.
enrol-by-hand = Escribir la clave a mano
enrol-code-hint = Seis cifras de la aplicación
enrol-codes-title = Anote estos códigos
enrol-codes-why = Cada uno le permite entrar una vez si pierde la aplicación. Guárdelos en papel, lejos del ordenador. No se mostrarán de nuevo.

passkey-make = Crear una llave de acceso
passkey-why = Una llave de acceso permanece en su dispositivo y no puede escribirse en una página falsa.
passkey-needs-script = Las llaves de acceso necesitan JavaScript, que está desactivado. Use un código.
passkey-label = Nombre de esta llave
passkey-label-hint = Por ejemplo, el dispositivo donde está

invitation-title = Bienvenida
invitation-why = Se le ha invitado a Palermo. Elija cómo le verán sus colegas y cómo iniciará sesión.
invitation-accept = Aceptar la invitación
invitation-to = Está invitado a { $organisation } como: { $roles }
invitation-for = Es para { $email }: con esta dirección iniciará sesión después.
invitation-dead = Este enlace ya se usó o es demasiado antiguo. Si tiene una cuenta, inicie sesión; si no, pida un enlace nuevo a quien le invitó.
enrol-next-code = El inicio de sesión pide otro código: espere a que su aplicación muestre el siguiente.

leave-title = Ha salido
leave-body = Ha cerrado la sesión. Puede cerrar esta ventana.

account-title = Mi cuenta
account-edit = Cambiar nombre e idioma
account-organisation = Organización
account-roles = Papeles
account-role = Papel
account-status = Situación
account-digits = Cifras
account-digits-western = 0 1 2 3
account-digits-own = Las de mi idioma, si las tiene propias
account-change-passphrase = Cambiar la frase de contraseña
account-factors = Segundos factores
account-factors-demo = En la demostración los segundos factores están desactivados.
account-new-codes = Crear nuevos códigos de recuperación
account-new-passkey = Añadir una llave de acceso
account-sessions = Dónde tiene sesión abierta

factor-since = desde el { $date }
factor-passphrase = Frase de contraseña
factor-one-time-code = Códigos de una aplicación
factor-recovery-codes = Códigos de recuperación
factor-passkey = Llave de acceso
factor-oidc = Acceso de su organización

session-present = esta
session-seen = último uso: { $moment }
session-end = Terminar esta sesión
session-end-others = Cerrar las demás sesiones
session-ends-soon = Su sesión terminará en dos minutos. Lo que ha escrito permanece en esta página hasta entonces.
session-stay = Seguir conectado

work-title = Mi trabajo
work-empty = No hay nada pendiente. Aquí aparecerán las tareas nuevas para usted y sus puntos de contacto.
work-new = Crear una tarea
work-new-why = Una tarea es un recordatorio para un punto de contacto. No escriba nombres ni nada de lo que le ocurrió a una persona.
work-done = Tareas terminadas
work-calendar = Plazos para su calendario

task-note = Tarea
task-what = Qué
task-note-hint = En pocas palabras, sin nombres
task-desk = Punto de contacto
task-due = Vence
task-urgency = Urgencia
task-overdue = vencida
task-soon = vence pronto
task-later = más adelante
task-done = hecha
task-finish = Terminar
task-mark-done = Marcar como hecha

done-saved = Los cambios se han guardado.
done-signed-out = Ha cerrado la sesión.
done-factor-removed = El segundo factor se ha quitado.
done-passkey-made = La llave de acceso se ha añadido.
done-passphrase-changed = La frase de contraseña se ha cambiado.
done-passphrase-renewed = La frase de contraseña se ha cambiado. Inicie sesión con ella.
done-session-ended = La sesión se ha terminado.
done-sessions-ended = Se han terminado las demás sesiones.
done-invitation-accepted = Su cuenta está lista. Inicie sesión.
done-recovery-asked = Si existe esa cuenta, se ha avisado a dos colegas. Pídales que miren su lista.
done-task-set = La tarea se ha creado.
done-task-finished = La tarea está hecha.
