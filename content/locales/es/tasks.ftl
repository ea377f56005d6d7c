### machine-translated
# Kinds of work.

tenant-administrator = Correo del primer administrador

task-answer-questionnaire = Responder un cuestionario
task-check-adherence = Comprobar el estado de los tratados
task-confirm-desk = Confirmar un punto de contacto
task-confirm-law-register = Confirmar el registro de leyes
task-file-obstacle = Informar del estado de la ratificación
task-of-case = Mirar un caso
task-read-guidance = Leer nuevas indicaciones
task-remind-report = Recordar un informe

task-kind = Tarea
column-name = Nombre
task-open = Por hacer
