# Kinds of work.

tenant-administrator = E-mail of the first administrator

task-answer-questionnaire = Answer a questionnaire
task-check-adherence = Check treaty status
task-confirm-desk = Confirm a contact point
task-confirm-law-register = Confirm the law register
task-file-obstacle = Report where ratification stands
task-of-case = Look at a case
task-read-guidance = Read new guidance
task-remind-report = Remind of a report

task-kind = Task
column-name = Name
task-open = To do
