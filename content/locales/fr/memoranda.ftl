### machine-translated
task-memorandum-ends = Un protocole d’accord prend fin
task-posting-ends = Une affectation ou une compétence prend fin
memoranda-lead = Soixante jours avant la fin, une tâche le rappelle à un bureau de l’organisation qui le tient.
memorandum-new = Nouveau protocole
memorandum-edit = Modifier le protocole
memorandum-subject = Objet
memorandum-parties-hint = Une par ligne : d’abord l’organe de l’État, puis les organisations
memorandum-signed = Signé le
memorandum-until-hint = Son dernier jour. Laissez vide s’il n’a pas de fin
memorandum-endless = sans fin
memorandum-ended = terminé
memorandum-desk = Bureau auquel la fin est rappelée
memorandum-desk-hint = Soixante jours avant. Sans choix, le premier bureau où quelqu’un siège
memorandum-reminds = La fin est rappelée à { $desk } 60 jours avant.
memorandum-reminds-first = La fin est rappelée au premier bureau de votre organisation 60 jours avant.
error-two-parties = Un protocole a au moins deux parties. Écrivez-en une par ligne
error-ends-before-signed = Il ne peut pas finir avant d’être signé. Vérifiez les deux dates
