### machine-translated
# Lugares de un servicio.
service-at-title = Lugares
service-at-new = Un lugar más
service-at-edit = Cambiar el lugar
service-at-name = Nombre del lugar
service-at-hours-hint = Solo si no son los del servicio. Por ejemplo Mo-Fr 08:00-17:00, según el reloj del servicio
service-at-end = El servicio termina en este lugar
service-at-end-ask = ¿{ $service } ya no se presta en este lugar: { $place }?
done-service-place = El lugar queda guardado.
done-service-place-ended = El servicio ya no se presta en ese lugar.
error-most-places = Un servicio tiene como máximo { $most } lugares. Introduzca otro servicio para los demás
error-place-twice = El servicio ya se presta en este lugar. Cambie ese lugar o escriba en qué se diferencia este
desk-close-ask = ¿Cerrar { $desk }? Ya no se conducirá a nadie allí, y lo que depende de él queda sin él hasta que alguien lo cambie.
desk-close-services = Servicios a los que se llega por él
desk-close-structures = Estructuras por las que responde
service-assessed-ended = Terminó el { $day }
letter-confirm-contact-point = Pregunta de si un punto de contacto es correcto
