### machine-translated
### Words in reports: page number, table of contents, sources, notes.

document-page = Página
document-contents = Índice
document-sources = Fuentes
document-notes = Notas
