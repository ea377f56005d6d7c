### machine-translated
### What is on every page: names, navigation, lists, forms.

product-name = Palermo
product-tagline = Información regional contra la trata de personas

machine-translated = Esta página la tradujo una máquina y todavía no la ha revisado una persona.

nav-work = Mi trabajo
nav-mechanisms = Mecanismos
nav-states = Estados
nav-instruments = Instrumentos
nav-agreements = Acuerdos
nav-laws = Derecho nacional
nav-admin = Administración
nav-audit = Auditoría
nav-account = Mi cuenta
nav-help = Ayuda
nav-demo = Demostración
nav-sign-in = Iniciar sesión
nav-sign-out = Cerrar sesión

footer-label = Acerca de este sitio
footer-help = Ayuda
footer-rights = Sus derechos
footer-accessibility = Accesibilidad
footer-privacy = Privacidad
footer-api = Para programas (API)
footer-disclaimer = Las fronteras y los nombres que aquí figuran no implican opinión alguna sobre la condición jurídica de ningún territorio.

demo-banner = Demostración. Todas las personas, organizaciones y Estados son inventados. No escriba nada sobre personas reales.
demo-title = Elija un papel
demo-choose = Póngase en el lugar de cualquiera de estas personas inventadas para ver lo que ve. Nada de lo que haga aquí llega a nadie.
demo-step-in = Entrar
demo-watermark = Demostración, datos inventados

list-search = Buscar
list-all = Todos
list-empty = No hay resultados. Quite los filtros para verlo todo.
list-not-taken = «{ $value }» no es una de las opciones de «{ $filter }». Lo que sigue se muestra sin ese filtro.
list-nothing = Todavía no hay nada en «{ $title }». Aparece aquí en cuanto alguien lo introduce, lo envía o lo importa.
list-count =
    { $count ->
        [one] { $shown } entrada
       *[other] { $shown } entradas
    }

count-states =
    { $count ->
        [one] { $shown } Estado
       *[other] { $shown } Estados
    }
count-parties =
    { $count ->
        [one] { $shown } parte
       *[other] { $shown } partes
    }
count-members =
    { $count ->
        [one] { $shown } miembro
       *[other] { $shown } miembros
    }

form-save = Guardar
form-continue = Continuar
form-cancel = Cancelar
form-remove = Quitar
form-change = Cambiar
form-choose = Elegir…
form-optional = (opcional)
form-send = Enviar
form-back = Volver
form-title-error = Error: { $title }

date-day = Día
date-month = Mes
date-year = Año
date-hint = Por ejemplo, 27 3 2025

word-yes = Sí
word-no = No
word-unknown = Se desconoce
word-none = Ninguno
word-and-more = y otros
