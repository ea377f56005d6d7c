### machine-translated
### Words in reports: page number, table of contents, sources, notes.

document-page = صفحة
document-contents = المحتويات
document-sources = المصادر
document-notes = الملاحظات
