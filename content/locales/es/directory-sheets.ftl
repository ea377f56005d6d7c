### machine-translated
services-sheet-title = Servicios en una hoja
services-sheet-line = Los servicios de su organización en CSV o XLSX, para llevar y traer con una vista previa
contacts-sheet-title = Puntos de contacto en una hoja
contacts-sheet-line = Los puntos de contacto de su organización en CSV o XLSX, para llevar y traer con una vista previa
sheet-why = Llévese sus fichas, cámbielas en una hoja de cálculo y tráigalas. Primero ve lo que cambiaría; nada se guarda hasta que esté de acuerdo. Una columna omitida queda como está; una celda vacía vacía el campo. Una fila sin identificador es una ficha nueva.
sheet-own = Llevar en { $kind }
sheet-hint = CSV en UTF-8 o XLSX, hasta 4 MB, con la fila de títulos del archivo que se lleva aquí
sheet-unknown = Estas columnas no se conocen y no se leen: { $columns }
sheet-nothing = No hay nada que guardar.
sheet-stored = Importado
sheet-left-out = { $count ->
    [one] Se dejó fuera { $count } fila. Corríjala y tráigala de nuevo; las demás quedarán sin cambios.
   *[other] Se dejaron fuera { $count } filas. Corríjalas y tráigalas de nuevo; las demás quedarán sin cambios.
}
error-sheet-not-read = No se puede leer el archivo: { $why }
error-sheet-heading = No se encontró la fila de títulos. Conserve la fila con estas columnas: { $columns }
error-sheet-long = La hoja tiene más de { $most } filas. Divídala
error-not-a-code = `{ $typed }` no se conoce aquí. Escriba uno de: { $codes }
error-row-id = Esto no es un identificador de Palermo. Deje la celda vacía para una ficha nueva
error-row-twice = Otra fila del archivo ya tiene esta ficha. Conserve una
error-row-several = Varias fichas tienen este nombre. Ponga el identificador de una en la primera columna
error-kept-elsewhere = Otra organización guarda esta ficha. Pídale que la cambie o deje fuera la fila
error-sheet-opens = Una hoja no abre un servicio protegido. Cámbielo en su página
error-no-such-desk = No hay otro punto de contacto con este nombre. Escriba su nombre como está en la lista
help-keep = Guardar estos números en este teléfono
help-keep-care = Un archivo pequeño que se abre sin conexión. Guárdelo solo donde nadie más mire; su nombre no dice nada.
help-keep-title = Números
help-keep-as-of = A { $day }. Los números cambian: mire otra vez cuando pueda.
help-found-none = Ningún servicio de { $need } en { $state } al que no se haya llamado ya admite a esta persona.
help-found-nothing = Aquí no se conoce ningún servicio de { $need } en { $state }.
help-found-excluded = Los servicios de { $need } en { $state } dicen que no admiten a esta persona.
help-state-some = Se muestran { $shown } de { $count } servicios.
help-state-all = Buscarlos todos
help-none-line = Ningún servicio libre y cercano sirve. La ayuda se le debe igualmente: llame aquí.
help-none-nobody = Ningún servicio libre y cercano sirve, y aquí no se guarda ningún número de este Estado. Llame al número de emergencia del país donde está.
help-unmet-filed = La necesidad no cubierta está registrada.
help-line = { $desk } responde por él:
help-language-any = Cualquiera
help-state-no-numbers = Aquí no se guarda ningún número de este Estado. Llame al número de emergencia del país donde está.
help-state-regional = Este Estado no tiene aquí un número propio. Este número es el mismo en cada Estado de { $mechanism }; en otros puede no responder:
freshness-never = Nunca confirmado
unmet-need = Lo que hacía falta
