### machine-translated
# What the screening engine says: dimensions, rules, suggestions, and the elements of the definition.

# The six dimensions of the operational indicators.
screening-dimension-D1 = Captación mediante engaño
screening-dimension-D2 = Captación mediante coacción
screening-dimension-D3 = Captación por abuso de vulnerabilidad
screening-dimension-D4 = Explotación
screening-dimension-D5 = Coacción en el destino
screening-dimension-D6 = Abuso de vulnerabilidad en el destino

# The rule that made a dimension positive.
screening-rule-two_strong = dos indicadores fuertes
screening-rule-one_strong_and_another = un indicador fuerte y uno medio o débil
screening-rule-three_medium = tres indicadores medios
screening-rule-two_medium_and_one_weak = dos indicadores medios y uno débil
screening-stood-in = Un indicador más fuerte sustituye a uno más débil.
screening-tier-strong = fuerte
screening-tier-medium = medio
screening-tier-weak = débil

# What the combination of positive dimensions points to; a suggestion, never a decision.
screening-combination-nothing_found = Nada hallado en estas respuestas. Las preguntas no hechas pueden ocultar mucho; otras necesidades de protección se miran igualmente.
screening-combination-definition_met = Los elementos anotados cumplen la definición de trata (víctima de trata), aunque las respuestas solas no muestren explotación. Los elementos cuentan; pregunte más sobre trabajo, paga y libertad.
screening-combination-coercion_shown = Se muestra coacción en el destino. Que las respuestas aún no muestren explotación no significa que no la hubiera: pregunte por trabajo y paga; la protección primero.
screening-combination-too_little_asked = Se preguntó demasiado poco para decir algo. Esto no es un resultado: siga preguntando, o decida por lo que vio y lo que desea la persona.
screening-combination-means_without_exploitation = Medios de captación sin explotación: quizá se la encontró antes de que empezara. La finalidad de explotación basta para la definición.
screening-combination-coercion_without_exploitation = Coacción o abuso en el destino sin explotación hallada: violencia o control de otro tipo, o explotación aún no contada.
screening-combination-exploited = Solo explotación: migrante o trabajador explotado. Se pueden reclamar derechos laborales y salarios.
screening-combination-deceived_and_exploited = Captación mediante engaño y explotación: víctima de engaño y explotación.
screening-combination-recruited_by_means_and_exploited = Captación mediante coacción o abuso de vulnerabilidad, y explotación, sin coacción en el destino: la regla de la OIT no lo nombra; véanse acto, medios y finalidad.
screening-combination-exploited_and_coerced = Explotación y coacción en el destino sin medios de captación: indicios de trabajo forzoso.
screening-combination-trafficked = Captación mediante engaño, coacción o abuso de vulnerabilidad, explotación y coacción en el destino: víctima de trata de personas.
screening-combination-child_trafficked = Un niño o edad dudosa: bastan un acto y la explotación, no se exigen medios: niño víctima de trata de personas.
screening-combination-child_exploited = Un niño o edad dudosa, explotado; aún no consta ningún acto (captación, transporte, traslado, acogida, recepción).

# Warnings of the engine.
screening-warning-set-age = La serie es para { $set } y la edad es { $age }: decide la edad, por tanto { $rule }.
screening-warning-rule-child = rige la regla del niño y no se exigen medios
screening-warning-rule-adult = no rige la regla del niño y se exigen medios
screening-warning-purpose = Una finalidad desconocida no cuenta como finalidad de explotación.
screening-warning-not-read = No leídos, porque una detección no tiene esos campos: { $fields }.

# Ages, answers, sets.
screening-age-adult = adulto
screening-age-child = niño
screening-age-unsure = dudosa
screening-set-age-adult = adultos
screening-set-age-child = niños
screening-set-age-any = cualquiera
screening-answer-yes = Sí
screening-answer-no = No
screening-answer-unsure = No es seguro
screening-answer-not_asked = No preguntada
screening-set-adult_labour = Adultos, explotación laboral y otra
screening-set-child_labour = Niños, explotación laboral y otra
screening-set-adult_sexual = Adultos, explotación sexual
screening-set-child_sexual = Niños, explotación sexual
screening-set-forced_labour = Indicadores de trabajo forzoso de la OIT
screening-confidence-verified-secondary = ponderaciones de una transcripción pública del original
screening-confidence-GK-verify = ponderaciones sin confirmar: compruébense con el original antes de usarlas
screening-confidence-original = ponderaciones del original

# Act, means and purpose: article 3 of the Palermo Protocol.
element-act-recruitment = Captación
element-act-transportation = Transporte
element-act-transfer = Traslado
element-act-harbouring = Acogida
element-act-receipt = Recepción
element-means-threat_force = Amenaza de uso de la fuerza
element-means-use_force = Uso de la fuerza
element-means-other_coercion = Otras formas de coacción
element-means-abduction = Rapto
element-means-fraud = Fraude
element-means-deception = Engaño
element-means-abuse_power = Abuso de poder
element-means-abuse_vulnerability = Abuso de una situación de vulnerabilidad
element-means-payments = Pagos o beneficios a quien tiene autoridad sobre la persona
element-form-sexual = Explotación sexual
element-form-sexual-prostitution = Prostitución
element-form-sexual-pornography = Material pornográfico
element-form-sexual-remote = Servicios sexuales a distancia
element-form-sexual-private = Servicios sexuales privados
element-form-sexual-tourism = Turismo sexual con niños
element-form-labour = Trabajo o servicios forzados
element-form-labour-agriculture = Agricultura
element-form-labour-aquafarming = Pesca y acuicultura
element-form-labour-begging = Mendicidad forzada
element-form-labour-construction = Construcción
element-form-labour-domestic = Trabajo doméstico
element-form-labour-hospitality = Hostelería
element-form-labour-manufacturing = Industria
element-form-labour-mining = Minería o perforación
element-form-labour-peddling = Venta ambulante
element-form-labour-transportation = Sector del transporte
element-form-labour-illicit = Actividades ilícitas
element-form-labour-other = Otro sector
element-form-slavery = Esclavitud o prácticas análogas
element-form-servitude = Servidumbre
element-form-organs = Extracción de órganos
element-form-other = Otra explotación
element-form-other-forced_marriage = Matrimonio forzado
element-form-other-illegal_adoption = Adopción ilegal o venta de un niño
element-form-other-armed = Servicio militar forzado, niño soldado
element-form-other-forced_crime = Actividad delictiva forzada
element-form-other-benefit_fraud = Fraude de identidad o de prestaciones
element-form-other-surrogacy = Gestación subrogada
element-form-mixed = Formas mixtas
element-form-unknown = Desconocido
