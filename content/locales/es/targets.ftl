### machine-translated

plan-targets = Metas
plan-targets-caption = Metas por Estado y período
plan-targets-joint = Todos los Estados juntos
plan-targets-draft = El plan es un borrador: las metas se guardan tal como se escriben. Un Estado sin meta propia tiene la conjunta.
plan-targets-adopted = El plan está adoptado: cada meta que se cambia aquí es una enmienda. La cifra anterior queda visible con el motivo. Un Estado sin meta propia tiene la conjunta.
plan-targets-none = Ningún indicador de este plan puede tener metas todavía. Lo que solo da contexto no las tiene.
plan-targets-more = Un período más
plan-targets-before = Metas que se cambiaron
plan-targets-conflict = Otra persona cambió el plan entretanto. Lo que escribió sigue aquí; guárdelo de nuevo para conservarlo.
done-plan-targets-saved = Se guardaron las metas.
