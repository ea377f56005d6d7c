### machine-translated
### El inicio de sesión propio de una organización.

admin-sign-in = Su propio inicio de sesión
admin-sign-in-why = Dejar entrar a los miembros por el inicio de sesión de su organización (OpenID Connect)
provider-why = Su proveedor dice quién es alguien y nada más. Las cuentas y funciones se crean aquí, y cada miembro, con la sesión iniciada, vincula una vez su propia cuenta.
provider-redirect = En el proveedor, ponga como dirección de retorno la de esta instalación seguida de
provider-name = Nombre en la página de inicio de sesión
provider-name-hint = Por ejemplo el nombre de su organización
provider-issuer = Emisor
provider-issuer-hint = Letra por letra como lo escribe el proveedor, de su documento de descubrimiento
provider-authorization = Dirección de autorización
provider-token = Dirección de los tokens
provider-keys = Dirección de las claves de firma
provider-client = Identificador de cliente
provider-secret = Secreto de cliente
provider-secret-hint = Déjelo vacío si el proveedor no dio ninguno
provider-secret-kept = Hay uno guardado. Déjelo vacío para conservarlo.
provider-claim = Atributo que admite
provider-claim-hint = Por ejemplo tid, groups o email_domain
provider-values = Valores que admiten
provider-values-hint = Uno por línea, letra por letra
provider-second = Segundo factor
provider-second-yes = Aceptar un segundo factor mostrado en el proveedor; si no, se pide aquí
provider-open = Estado
provider-open-yes = Se puede entrar por aquí
organisation-sign-in = Entrar por { $name }
organisation-link = Vincular con { $name }
error-provider = El proveedor no puede usarse así: { $why }
error-organisation-sign-in = El inicio de sesión de su organización no le dejó pasar. Empiece de nuevo o use su frase de contraseña.
error-organisation-not-linked = Ninguna cuenta está vinculada con este inicio de sesión. Entre una vez con su frase de contraseña y vincúlelo en la página de su cuenta.
error-organisation-linked = Este inicio de sesión ya está vinculado con una cuenta
done-provider-saved = El inicio de sesión se guardó.
done-organisation-linked = Su cuenta está vinculada. Desde ahora puede entrar por su organización.
