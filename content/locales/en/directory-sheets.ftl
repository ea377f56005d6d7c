# Services and contact points in sheets.
services-sheet-title = Services in a sheet
services-sheet-line = Your organisation’s services as CSV or XLSX, out and in again with a preview
contacts-sheet-title = Contact points in a sheet
contacts-sheet-line = Your organisation’s contact points as CSV or XLSX, out and in again with a preview
sheet-why = Take your records away, change them in a spreadsheet, and bring them back. First you see what would change; nothing is stored until you agree. A column you leave out stays as it is; an empty cell empties the field. A row without an id is a new record.
sheet-own = Take away as { $kind }
sheet-hint = CSV in UTF-8 or XLSX, up to 4 MB, with the heading row of the file you take away here
sheet-unknown = These columns are not known and are not read: { $columns }
sheet-nothing = There is nothing to store.
sheet-stored = Imported
sheet-left-out = { $count ->
    [one] { $count } row was left out. Correct it and bring it again; the others will then be unchanged.
   *[other] { $count } rows were left out. Correct them and bring them again; the others will then be unchanged.
}
error-sheet-not-read = The file cannot be read: { $why }
error-sheet-heading = No heading row was found. Keep the row with these columns: { $columns }
error-sheet-long = The sheet has more than { $most } rows. Divide it
error-not-a-code = `{ $typed }` is not known here. Write one of: { $codes }
error-row-id = This is not an id of Palermo. Leave the cell empty for a new record
error-row-twice = Another row of the file has this record already. Keep one of them
error-row-several = Several records have this name. Put the id of one into the first column
error-kept-elsewhere = Another organisation keeps this record. Ask it to change it, or leave the row out
error-sheet-opens = A sheet does not open a protected service. Change that on its page
error-no-such-desk = There is no other contact point of this name. Write its name as it stands in the list
help-keep = Keep these numbers in this phone
help-keep-care = A small file that opens without a connection. Keep it only where nobody else looks; its name says nothing.
help-keep-title = Numbers
help-keep-as-of = As of { $day }. Numbers change: look again when you can.
help-found-none = No service for { $need } in { $state } that was not called already takes this person.
help-found-nothing = No service for { $need } in { $state } is known here.
help-found-excluded = The services for { $need } in { $state } say that they do not take this person.
help-state-some = { $shown } of { $count } services are shown.
help-state-all = Search all of them
help-none-line = No service that is free and near fits. You are owed help all the same: call here.
help-none-nobody = No service that is free and near fits, and no number for this State is kept here. Call the emergency number of the country you are in.
help-unmet-filed = The unmet need is filed.
help-line = { $desk } answers for it:
help-language-any = Any
help-state-no-numbers = No number of this State is kept here. Call the emergency number of the country you are in.
help-state-regional = This State has no number of its own here. This number is the same in every State of { $mechanism }; elsewhere it may not be reached:
freshness-never = Never confirmed
unmet-need = What was needed
