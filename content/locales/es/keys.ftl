### machine-translated
### Claves, recuperación por dos responsables, claves de acceso, lo que requiere dos personas, avisos, romper el cristal.

account-key = Su clave
account-key-why = Abre los nombres y relatos que su función le permite leer. Solo está abierta mientras usted tiene la sesión iniciada.

keys-nothing = nada todavía
keys-officers = Responsables de la recuperación
keys-officers-why = Dos de ellos juntos pueden devolver las claves si se pierden las del personal. Uno solo no puede.
keys-unfinished = La nueva clave para { $compartment } está a medias: un cambio anterior se interrumpió.
keys-finish = Terminar
keys-unlock-first = Todavía no tiene clave. Su frase de contraseña la crea y la abre.
keys-unlock-vault = Su frase de la bóveda abre su clave hasta que cierre la sesión.
keys-unlock-choose = Usted entra sin frase de contraseña, así que su clave necesita una propia. Elíjala ahora: crea su clave y la abre cada vez.
keys-unlock-passkey-only = Solo su clave de acceso abre su clave. Use el dispositivo donde está.
keys-unlock-by-passkey = Abrir con una clave de acceso
field-vault-passphrase = Frase de la bóveda

recovery-title = Recuperación de claves
recovery-short = Si se pierden claves del personal, dos responsables juntos las devuelven.
recovery-why = Si se pierden todas las claves del personal, dos responsables juntos las devuelven. Ninguno puede solo, y nadie ve nunca el secreto de recuperación.
recovery-go = Responsables, papeles y recuperación
recovery-none-made = aún no creada
recovery-nobody = nadie podría abrirla
recovery-no-pair = Ninguna pareja de responsables puede abrir esta recuperación con las claves y los papeles que tienen ahora. Alguien cuya clave esté abierta la renueva primero, en esta página.
recovery-under-way = un responsable la ha liberado
recovery-outdated = renovar
recovery-good = en orden
recovery-pairs =
    { $count ->
        [one] { $count } pareja de personas puede abrirla.
       *[other] { $count } parejas de personas pueden abrirla.
    }
recovery-outdated-why = Un responsable tiene una clave o un papel más reciente que la recuperación. No cuenta hasta que se renueve.
recovery-officer = responsable
recovery-has-key = Tiene clave propia
recovery-has-no-key = Todavía no tiene clave
recovery-paper-since = Tiene un papel desde el { $date }
recovery-no-paper = No tiene papel
recovery-paper-title = Su papel
recovery-paper-why = Un papel sustituye a su clave si la pierde. Guárdelo en una caja fuerte, lejos de los papeles de los otros responsables. Solo, no abre nada.
recovery-paper-make = Crear mi papel
recovery-paper-anew = Crear un papel nuevo; el antiguo queda anulado
recovery-paper-page = Su papel de recuperación
recovery-paper-once = Imprima esta página o copie las letras ahora. Se muestran una sola vez y no se guardan en ninguna parte.
recovery-paper-then = Después renueve la recuperación para que este papel cuente.
recovery-renew-title = Renovar
recovery-renew-why = Crea una nueva recuperación para los responsables marcados, con las claves y papeles que tienen ahora. La anterior ya no abre nada.
recovery-renew = Renovar la recuperación
recovery-needs-open = Abra primero su clave.
recovery-open-title = Abrirla juntos
recovery-open-why = El primer responsable libera. El segundo abre: cada miembro con clave vuelve a tener lo que su función abre. Ambos nombres constan en el registro y se avisa a todos los afectados.
recovery-paper = Letras de su papel
recovery-paper-or-key = Solo si perdió su clave. Si no, déjelo vacío: basta su clave abierta.
recovery-paper-typed = Su clave está cerrada o perdida. Escriba las letras de su papel, o abra primero su clave.
recovery-release = Liberar para un segundo responsable
recovery-waits-for-you = Otro responsable ha liberado la recuperación. Si no lo esperaba, retírela y hable con él.
recovery-open = Abrir y devolver las claves
recovery-take-back = Retirar la liberación
recovery-opened = Las claves han vuelto
recovery-opened-why = Dos responsables abrieron la recuperación y se selló de nuevo.
recovery-opened-none = Todos tenían ya sus claves.
recovery-opened-without = Estas personas aún no tienen clave propia. Abren su clave una vez y después un colega se la entrega:

passkey-failed = El navegador no dio ninguna clave de acceso. Inténtelo de nuevo o use otro medio.
passkey-key-title = Dejar que esta clave de acceso abra su clave
passkey-key-why = Toque otra vez la clave de acceso. Desde entonces, entrar con ella abrirá también su clave, sin escribir nada.
passkey-key-bind = Dejar que una clave de acceso abra mi clave
passkey-key-more = Dejar que otra clave de acceso abra mi clave
passkey-key-later = Ahora no
sign-in-passkey = Entrar con una clave de acceso

approvals-title = Lo que requiere dos personas
approvals-why = Algunas cosas nunca las hace una persona sola. Acepte solo si sabe por qué se pide.
approval-when = Pedido
approval-what = Qué
approval-by = Por
approval-decided = Decidido por
approval-state = Estado
approval-decide = Su respuesta
approval-asked = en espera
approval-agreed = aceptado
approval-refused = rechazado
approval-used = hecho
approval-lapsed = caducado
approval-agree = Aceptar
approval-refuse = Rechazar
approval-action-key-recover = Entregar claves a quien perdió las suyas
approval-action-tenant-export = Exportar todo lo que tiene la organización

work-notices =
    { $count ->
        [0] Avisos
        [one] { $count } aviso nuevo
       *[other] { $count } avisos nuevos
    }
notices-title = Avisos
notices-why = Un aviso dice que algo ocurrió y dónde mirar, nunca lo que dice.
notices-read = Marcar todo como leído
notice-when = Cuándo
notice-what = Qué ocurrió
notice-state = Estado
notice-is-read = leído
notice-is-new = nuevo
notice-other = Algo le concierne
notice-recovery-released = Un responsable liberó la recuperación de claves para que otro la abra
notice-keys-recovered = Dos responsables abrieron la recuperación de claves
notice-second-person = Alguien pide una segunda persona
notice-agreed = Su pregunta fue aceptada
notice-refused = Su pregunta fue rechazada
notice-break-glass = Alguien de guardia rompió el cristal
letter-digest = Avisos
letter-digest-body =
    Tiene en Palermo avisos que no ha leído.

    { $link }

admin-break-glass = Romper el cristal
admin-break-glass-why = Quién abrió un caso estando de guardia, y su revisión posterior
admin-break-glass-long = Una persona de guardia abrió la asistencia y la identidad de una persona, como máximo por una hora. Después otra persona revisa cada apertura.
break-glass-title = Abrir un caso estando de guardia
break-glass-why = Solo si alguien está en peligro o pide ayuda y no se localiza a nadie del equipo. Busque el caso por su número.
break-glass-warning = Se avisa enseguida a quienes llevan el caso y otra persona lo revisa después. El acceso termina por sí solo.
break-glass-minutes = Por cuántos minutos
break-glass-minutes-hint = De 1 a 60
break-glass-do = Romper el cristal
break-glass-until = Un caso está abierto hasta { $moment }.
break-glass-end = Cerrarlo ahora
case-search-name = Buscar en sus casos
case-search-name-hint = Un nombre en cualquier grafía o un alias, el número de un caso o el de un documento. Solo se buscan sus propios casos.
case-search-alike = parecido
case-search-rest = Buscar en esta lista (no por nombre)
break-glass-opened = Abierto
break-glass-by = Por
break-glass-reason = Motivo
break-glass-state = Estado
break-glass-reviewed = Revisado por
break-glass-holds = abierto ahora
break-glass-ended = terminado
break-glass-by-another = lo hace otra persona
break-glass-review = Lo he revisado
break-reason-danger-to-life = Peligro para la vida o la integridad
break-reason-medical-emergency = Urgencia médica
break-reason-person-asks = La persona pide ayuda y no se localiza a nadie más
break-reason-child-in-danger = Un niño o niña ha desaparecido o está en peligro
break-reason-safe-place-known = Se conoce el lugar seguro

error-only-way-to-key = Esta clave de acceso es el único medio de abrir su clave. Añada antes otra clave de acceso.
error-two-officers = Hacen falta dos responsables distintos, cada uno con una clave o un papel. Pida a un colega con uno de estos papeles que entre una vez: { $roles }. Si nadie lo tiene, el administrador lo da primero.
error-not-every-compartment = Su clave no lo tiene todo. Alguien cuya clave lo tenga debe renovar la recuperación.
error-keys-not-established = Las claves de esta organización aún no se han creado
error-paper = Estas no son las letras de su papel actual. Compárelas una por una.
error-not-an-officer = Ni su clave ni su papel forman parte de la recuperación actual
error-not-released = Ningún otro responsable la ha liberado para usted
error-papers-do-not-pair = Estos papeles no abren juntos ninguna recuperación
error-second-person = La segunda persona debe ser otra
error-not-waiting = Esta pregunta ya no espera
error-done-once = Esto ya se hizo. Lo que se mostró se muestra una sola vez: mire la lista, retírelo y haga uno nuevo si se perdió
error-asked-already = Esto ya se pidió y espera a una segunda persona
error-needs-second-person = Esto requiere dos personas. Pida primero; cuando una segunda persona haya aceptado, hágalo de nuevo.
error-nobody-may-agree = Esto requiere dos personas, y nadie más en su organización puede aceptarlo. Pida a su administrador que dé a un colega uno de estos papeles: { $roles }. Después pida de nuevo.
error-own-break-glass = Quien rompió el cristal no lo juzga
error-reviewed-already = Alguien ya lo ha revisado
error-break-glass-minutes = Escriba minutos enteros de 1 a 60
error-no-passkeys-here = Esta instalación no tiene una dirección a la que vincular claves de acceso. Su operador puede darle una.
error-passkey-opens-nothing = Esta clave de acceso no abre su clave. Use su frase de contraseña o permita que la clave de acceso la abra desde la página de su cuenta.
failure-unlock-program = Esto está sellado con las claves del personal. Un token no abre ninguna clave; lo lee un miembro del personal en las páginas.

done-keys-established = Las claves están creadas. Ahora cada responsable debe crear su papel.
done-keys-second-officer = Lo ha pedido. Como este colega perdió una clave, un segundo responsable también debe entregarla.
done-recovery-renewed = La recuperación se renovó.
done-recovery-released = Liberada. Otro responsable puede abrirla ahora.
done-recovery-taken-back = La liberación se retiró.
done-passkey-opens = Esta clave de acceso abre su clave desde ahora.
done-passkey-no-prf = La clave de acceso le permite entrar, pero su dispositivo no puede abrir claves. Su frase de contraseña sí.
done-approval-agreed = Ha aceptado.
done-approval-refused = Ha rechazado.
done-notices-read = No queda nada sin leer.
done-break-glass-reviewed = Consta que lo ha revisado.
done-break-glass-ended = Lo que había abierto está cerrado.
