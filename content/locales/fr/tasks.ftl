### machine-translated
# Kinds of work.

tenant-administrator = Adresse de messagerie du premier administrateur

task-answer-questionnaire = Répondre à un questionnaire
task-check-adherence = Vérifier l'état des traités
task-confirm-desk = Confirmer un point de contact
task-confirm-law-register = Confirmer le registre des lois
task-file-obstacle = Indiquer où en est la ratification
task-of-case = Regarder un dossier
task-read-guidance = Lire de nouvelles consignes
task-remind-report = Rappeler un rapport

task-kind = Tâche
column-name = Nom
task-open = À faire
