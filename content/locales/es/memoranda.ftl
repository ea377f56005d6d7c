### machine-translated
task-memorandum-ends = Acaba un memorando
task-posting-ends = Acaba un destino o una competencia
memoranda-lead = Sesenta días antes del fin, una tarea lo recuerda a una oficina de la organización que lo guarda.
memorandum-new = Nuevo memorando
memorandum-edit = Cambiar el memorando
memorandum-subject = De qué trata
memorandum-parties-hint = Una por línea: primero el órgano del Estado, luego las organizaciones
memorandum-signed = Firmado
memorandum-until-hint = Su último día. Déjelo vacío si no tiene fin
memorandum-endless = sin fin
memorandum-ended = acabado
memorandum-desk = Oficina a la que se recuerda el fin
memorandum-desk-hint = Sesenta días antes. Si no se elige, la primera oficina donde hay alguien
memorandum-reminds = Se recuerda a { $desk } 60 días antes de que acabe.
memorandum-reminds-first = Se recuerda a la primera oficina de su organización 60 días antes de que acabe.
error-two-parties = Un memorando tiene al menos dos partes. Escriba una por línea
error-ends-before-signed = No puede acabar antes de firmarse. Revise ambas fechas
