### machine-translated
# أماكن الخدمة.
service-at-title = الأماكن
service-at-new = مكان آخر
service-at-edit = تغيير المكان
service-at-name = اسم المكان
service-at-hours-hint = فقط إن اختلفت عن أوقات الخدمة، مثل Mo-Fr 08:00-17:00، بتوقيت الخدمة
service-at-end = تنتهي الخدمة في هذا المكان
service-at-end-ask = هل لم تعد { $service } تُقدَّم في هذا المكان: { $place }؟
done-service-place = حُفظ المكان.
done-service-place-ended = لم تعد الخدمة تُقدَّم في ذلك المكان.
error-most-places = للخدمة { $most } من الأماكن على الأكثر. أدخل خدمة أخرى لما زاد
error-place-twice = تُقدَّم الخدمة في هذا المكان بالفعل. عدّل ذلك المكان أو اكتب ما يختلف هنا
desk-close-ask = هل تُغلق { $desk }؟ لن يُوجَّه إليها أحد بعد ذلك، ويبقى ما يتعلق بها من دونها حتى يغيّر أحد ذلك.
desk-close-services = خدمات يُوصَل إليها عبرها
desk-close-structures = هياكل تجيب عنها
service-assessed-ended = انتهى في { $day }
letter-confirm-contact-point = سؤال عن صحة جهة اتصال
