### machine-translated
### Words that parts of a page bring themselves.

part-error = Error
part-there-is-a-problem = Hay un problema
part-back = Volver
part-breadcrumb = Dónde está
part-language = Idioma
part-menu = Menú
part-skip = Ir al contenido principal
part-important = Importante
part-success = Hecho
part-warning = Atención
part-contents = Contenido
part-pagination = Páginas
part-previous-page = Página anterior
part-next-page = Página siguiente
part-page = Página
part-show = Mostrar
part-hide = Ocultar
part-show-password = Mostrar la frase de contraseña
part-hide-password = Ocultar la frase de contraseña
part-password-shown = Su frase de contraseña está visible
part-password-hidden = Su frase de contraseña está oculta
part-up-to-characters = Puede escribir hasta %{"{"}count{"}"} caracteres
part-characters-left = Caracteres restantes: %{"{"}count{"}"}
part-characters-over = Caracteres de más: %{"{"}count{"}"}
part-exit = Salir de esta página
part-emergency = Emergencia
part-exit-activated = Saliendo de la página
part-exit-two-more = Pulse Mayús dos veces más para salir
part-exit-one-more = Pulse Mayús una vez más para salir
part-exit-timed-out = Se canceló la salida con Mayús
part-show-all = Mostrar todas las secciones
part-hide-all = Ocultar todas las secciones
part-show-as-table = Mostrar como tabla
part-source = Fuente
part-unknown = Se desconoce
part-filter = Filtrar
part-apply-filters = Aplicar filtros
part-clear-filters = Quitar filtros
part-remove-filter = Quitar el filtro:
part-download = Descargar
part-sorted-ascending = orden ascendente
part-sorted-descending = orden descendente

exit-notice = Este botón sale de inmediato. Su navegador puede conservar este sitio en el historial.
exit-how = Para salir rápido: pulse el botón o tres veces la tecla Mayús.
