### machine-translated
### Help and pages about this site.

start-title = Lo que los Estados han acordado y lo que hacen
start-lead = Mecanismos regionales contra la trata de personas: quién pertenece a ellos, quién está obligado por qué y qué han logrado. Cada dato cita su fuente.
start-demo = Esto es una demostración. Entre en el papel de una persona inventada para ver el resto.
start-mechanisms = Órganos y procesos regionales, sus miembros, planes y obligaciones
start-states = A qué pertenece cada Estado y qué ha acordado
start-instruments = Convenios, protocolos y declaraciones, y sus partes en cualquier fecha
start-matrix = Estados e instrumentos, en una página
start-agreements = Lo que Estados y mecanismos han acordado entre sí
start-laws = Qué dice la ley nacional, tema por tema

help-lead = Cómo orientarse y qué hacer cuando algo no funciona.
help-1-title = Alguien está en peligro ahora
help-1 = Llame al número de emergencia del país donde está. Palermo no se vigila las 24 horas.
help-2-title = Salir rápido
help-2 = Pulse «Salir de esta página» o tres veces Mayús. La página queda en blanco y se abre otra. Su navegador puede conservar este sitio en el historial.
help-3-title = Iniciar sesión
help-3 = Necesita su correo, su frase de contraseña y su segundo factor. Nadie se los pedirá nunca. Si perdió alguno, pida la recuperación; deciden dos colegas.
help-4-title = Listas
help-4 = Filtre, ordene por las cabeceras y llévese la misma vista en CSV o XLSX. La dirección de la página es la vista: envíela a un colega para mostrar lo mismo.
help-5-title = Fuentes
help-5 = Cada dato de los registros cita su fuente y su fecha. Si las fuentes se contradicen, se muestran todas. Lo que ninguna dice figura como «se desconoce», con el motivo.
help-6-title = Idiomas
help-6 = Elija un idioma arriba. Las páginas traducidas por una máquina lo dicen; avise de los errores a la secretaría. Nombres y citas quedan en su idioma.

rights-lead = Estas reglas forman parte de Palermo. Ningún papel, ajuste o administrador puede desactivarlas.

rule-1 = La ayuda nunca depende de que hable con las autoridades, de su nacionalidad ni de sus papeles.
rule-2 = A quien pueda haber sido víctima de trata se le ayuda de inmediato, aunque ninguna autoridad lo confirme.
rule-3 = Si la edad no es segura, la persona tiene los derechos de un menor hasta que se demuestre otra cosa.
rule-4 = Tiene tiempo para recuperarse y pensar, al menos 30 días. Nadie puede acortarlo por usted; puede decidir o irse antes.
rule-5 = Nadie organiza su retorno sin su deseo informado, una evaluación de riesgos y una acogida; para un menor, solo si es lo mejor para él.
rule-6 = Nada sobre usted se comparte sin su consentimiento para ese fin y destinatario, o una ley que lo exija. Nunca para expulsarle o procesarle.
rule-7 = No se le debe castigar por lo que le obligaron a hacer.
rule-8 = Su nombre y su relato están sellados. Solo los abren quienes le atienden; nunca secretarías, donantes ni técnicos.
rule-9 = A una dirección protegida se llega por un punto de contacto; nunca se consulta.
rule-10 = Las cifras publicadas se elaboran de modo que nadie sea reconocible, tampoco comparando dos.
rule-11 = Nunca se suman cifras con definiciones distintas.
rule-12 = Cada decisión sobre usted dice quién decidió, por qué y cómo impugnarla.

accessibility-lead = Palermo aspira al nivel AA de WCAG 2.2.
accessibility-1-title = Qué funciona
accessibility-1 = Cada página funciona con el teclado, sin scripts, ampliada al 400 por ciento, en colores oscuros y en alto contraste. Cada figura tiene una tabla.
accessibility-2-title = Qué necesita un script
accessibility-2 = Solo el aviso antes de que termine la sesión. Sin script termina sin aviso y sigue la página de inicio de sesión.
accessibility-3-title = Algo no le funciona
accessibility-3 = Diga a la secretaría qué página y con qué la lee.

privacy-lead = Lo que este sitio sabe de sus visitantes y lo que no.
privacy-1-title = Visitantes
privacy-1 = No se cuenta ni se sigue a nadie. Este sitio no pide nada a otros.
privacy-2-title = Cookies
privacy-2 = Una sola cookie, puesta al iniciar sesión y borrada al cerrarla.
privacy-3-title = Personal
privacy-3 = Del personal Palermo guarda nombre, correo, papeles, sesiones y lo que cambió o leyó sobre personas.
privacy-4-title = Personas atendidas
privacy-4 = Sus datos corresponden a la organización que les ayuda, sellados con llaves que solo tiene su personal. Cada lectura queda anotada.
privacy-5-title = Sus derechos
privacy-5 = Puede saber qué se guarda sobre usted, hacerlo corregir, retirar su consentimiento y reclamar. Pregunte a la organización que le ayuda.

api-lead = Lo que muestran estas páginas también pueden leerlo programas.
api-body = La descripción enumera cada dirección, lo que toma y lo que responde. Para más que los registros públicos un programa necesita una clave, creada en Administración.
