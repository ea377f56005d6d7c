### machine-translated
### What went wrong and what helps.

error-required = Rellene este campo
error-choose = Elija de la lista
error-too-long = Tiene { $length } caracteres; caben { $longest } como máximo
error-control-characters = Quite los caracteres invisibles, por ejemplo escribiendo el texto en lugar de pegarlo
error-duplicate = Ya existe una entrada así
error-dependent = Algo más depende todavía de esto
error-form-reused = Este formulario ya se envió. Abra la página de nuevo para enviar otro.
error-erased = Los datos se borraron a petición de la persona o al vencer su plazo
error-email = `{ $email }` no es un correo electrónico
error-already-member = Esta persona ya pertenece a la organización
error-passphrase-short = Use al menos { $least } caracteres
error-passphrase-guessable = Es fácil de adivinar. Añada una palabra sin relación con las demás.
error-passphrase-differs = Las dos frases son distintas. Escriba dos veces la misma.
error-old-passphrase = No es su frase de contraseña actual
error-key-passphrase = Esta frase no abre su llave
error-keys-established = Las llaves de esta organización ya existen
error-no-key-yet = Esta persona aún no tiene llave. La recibirá cuando inicie sesión.
error-code = El código debe ser las seis cifras que la aplicación muestra ahora
error-passkey = La llave de acceso no se aceptó. Inténtelo de nuevo.
error-offer-too-old = Esta página estuvo abierta demasiado tiempo. Empiece de nuevo.
error-last-factor = Es su último segundo factor. Añada antes otro.
error-last-administrator = Alguien debe seguir siendo administrador. Dé antes el papel a otra persona.
error-not-oneself = No puede hacerlo con su propia cuenta. Pídaselo a un colega.
error-own-recovery = No puede decidir sobre su propia recuperación
error-recovery-decided = Esta solicitud ya se decidió, o su enlace ya se usó o caducó
error-role-does-not-fit = Este tipo de organización no puede tener ese papel
error-role-held = La persona ya tiene ese papel
error-status-change = La situación de la cuenta no lo permite
error-unknown-state = No hay ningún Estado con el código `{ $code }`. Use tres letras, como XAA.
error-language-code = `{ $code }` no es un código de idioma. Use las dos o tres letras que ISO 639 da a un idioma, como fr.
error-time-zone = `{ $zone }` no es una zona horaria. Escríbala como Africa/Lagos.
error-telephone = Escriba el número con + y el prefijo del país, y luego cifras
error-no-such-date = La fecha `{ $date }` no existe
error-days = Elija entre 1 y { $longest } días
error-register-entry = Esto no se puede registrar: { $why }
error-not-a-form = Lo que llegó no es un formulario de esta página
error-form-too-large = Es demasiado grande. Envíe un archivo más pequeño.
error-other-site = El formulario no procede de este sitio. Abra la página aquí y envíelo de nuevo.

sign-in-wrong = El correo, la frase de contraseña o el código no coinciden. Compruebe los tres.

second-factor-wrong = El segundo factor no se aceptó. Espere al código siguiente e inténtelo de nuevo.

failure-title = No ha funcionado
failure-title-not-found = No existe esa página
failure-title-conflict = Alguien se adelantó
failure-title-unavailable = No disponible por el momento
failure-not-found = Puede que la dirección sea errónea o que lo que había ya no esté.
failure-sign-in = Inicie sesión para continuar.
failure-step-up = Muestre su segundo factor para continuar.
failure-unlock = Su llave está cerrada. Ábrala con su frase de contraseña para leer esto.
failure-invalid = Hay respuestas que corregir.
failure-conflict = Otra persona lo cambió mientras usted escribía. Vuelva, cargue la página de nuevo y compare.
failure-rule = La regla { $number } no lo permite (fuente: { $source }).
failure-too-many = Demasiados intentos. Minutos de espera: { $minutes }.
failure-unavailable = Palermo no pudo hacerlo ahora. No se cambió nada. Inténtelo en un minuto.
failure-go-home = Ir al inicio
failure-show-factor = Mostrar mi segundo factor
failure-open-key = Abrir mi llave
