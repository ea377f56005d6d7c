### Words in reports: page number, table of contents, sources, notes.

document-page = Page
document-contents = Contents
document-sources = Sources
document-notes = Notes
