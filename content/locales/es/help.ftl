### machine-translated
### Help and pages about this site.

help-title = Ayuda
help-intro = Palermo reúne lo que un mecanismo regional y sus Estados saben en común: quién está obligado por qué, qué se planificó y se hizo y, aparte y sellados, los casos de las personas atendidas.
help-emergency-title = Alguien está en peligro ahora
help-emergency = Llame al número de emergencia del país donde está. Palermo no se vigila las 24 horas.
help-sign-in-title = Iniciar sesión
help-sign-in = Necesita su correo, su frase de contraseña y su segundo factor. Nadie se los pedirá nunca. Si perdió alguno, pida la recuperación; deciden dos colegas.
help-lists-title = Listas
help-lists = Filtre en el lateral, ordene por las cabeceras y llévese la misma vista en CSV o XLSX. La dirección de la página es la vista: envíela a un colega para mostrar lo mismo.
help-sources-title = Fuentes
help-sources = Cada dato de los registros cita su fuente y su fecha. Si las fuentes se contradicen, se muestran todas. Lo que ninguna dice figura como «se desconoce», con el motivo.
help-leave-title = Salir rápido

rights-title = Sus derechos
rights-intro = Si aquí se guarda algo sobre usted, puede conocerlo, hacerlo corregir y aceptar o no cada comunicación. La ayuda nunca depende de que hable con la policía.

accessibility-title = Accesibilidad
accessibility-body = Palermo aspira al nivel AA de WCAG 2.2. Cada página funciona con el teclado, sin scripts, ampliada al 400 por ciento y en colores oscuros. Diga a la secretaría qué no le funciona.

privacy-title = Privacidad
privacy-body = Este sitio pone una sola cookie, y solo cuando inicia sesión. No pide nada a otros sitios ni cuenta visitantes.

api-title = Para programas
api-body = Todo lo de estas páginas pueden leerlo también programas. La descripción enumera cada dirección, lo que toma y lo que responde.

home-title = Palermo
home-intro = Lo que los Estados han acordado contra la trata de personas y lo que hacen al respecto.
