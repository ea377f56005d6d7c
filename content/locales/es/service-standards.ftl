### machine-translated
# Normas mínimas de los servicios.
standards-title = Normas de los servicios
standards-line = Lo que los servicios deben ofrecer y cuántos lo cumplen
standards-lead = Normas mínimas por Estado y para la región, con cuántos de los servicios abiertos a los que obligan están evaluados hoy como conformes. No se cuentan los servicios con dirección protegida.
standards-none = Todavía no se guarda ninguna norma.
standard-name = Norma
standard-name-hint = Las evaluaciones la nombran así
standard-by = Fijada por
standard-new = Nueva norma
standard-edit = Cambiar la norma
standard-whole-region = Toda la región
standard-all-needs = Todos los servicios
standard-bound = Servicios obligados
standard-met = La cumplen hoy
standard-points = Lo que pide
standard-points-hint = Un punto por línea
standard-state-hint = Déjelo vacío para toda la región; solo la secretaría lleva esas normas
standard-needs = Solo para servicios de
standard-not-assessed = sin evaluar
standard-not-under = No cumple
error-standard-bar = No ponga la barra (|) en el nombre: en una evaluación separa el nombre de lo que sigue
error-standard-days = Su último día no puede ser anterior al primero. Revise ambos días
object-service-standard = Norma de los servicios
