### machine-translated
# Letters. They say only that there is something, never what (E13).

letter-subject = Tiene un mensaje nuevo en Palermo
letter-invitation-body =
    Se le invita a abrir una cuenta.
    Abra este enlace en 7 días y elija una frase de contraseña:
    { $link }
    Si no esperaba esta carta, no haga nada.
letter-recovery-body =
    Dos de sus colegas le permiten elegir una nueva frase de contraseña.
    Abra este enlace en 3 días:
    { $link }
    Si no lo pidió, avise enseguida a su administrador.
