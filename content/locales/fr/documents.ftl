### machine-translated
### Words in reports: page number, table of contents, sources, notes.

document-page = Page
document-contents = Sommaire
document-sources = Sources
document-notes = Notes
