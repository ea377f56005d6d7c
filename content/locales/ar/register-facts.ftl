### machine-translated
### Facts recorded beside what ships, acts typed by hand, entries in a sheet.

recorded-title = ما دوّنه المحررون
recorded-shown-why = ما دوّنه المحررون بعد كتابة الملف التعريفي، إلى جانب ما يقوله الملف. يُتَّبع ما وُسم بأنه المفضَّل، ويُتَّبع أيضًا ما لا يناقض شيئًا.
recorded-says = ما دُوِّن
recorded-beside = يقول الملف التعريفي
recorded-new = تدوين واقعة
recorded-new-membership = تدوين عضوية
recorded-already-back = سُحبت هذه المعلومة من قبل. القائمة تقول متى ولماذا.
recorded-new-activity = تدوين نشاط
recorded-new-relation = تدوين علاقة
recorded-new-scope = تدوين ما يشمله
recorded-why-record = لا يُستبدل شيء: ما تدوّنه يقف إلى جانب الموجود مع مصدره، ويمكن سحبه مع ذكر السبب.
recorded-prefer-hint = إن كان نعم، فهو يسري منذ بدايته مهما قيل غيره
recorded-from = منذ
recorded-to = حتى
recorded-activity = نشاط من الملف التعريفي
recorded-activity-new = أو نشاط آخر: ما هو
recorded-joined = الدول التي انضمت إليه
recorded-joined-hint = دولة في كل سطر، بالاسم أو الرمز
recorded-relation = هذا الصك …
recorded-other = الصك الآخر
recorded-item = ما قد يشمله
recorded-answer = هل يشمله؟
recorded-why = لماذا، بكلمات قليلة
recorded-own = وقائع دوّنتها منظمتك
recorded-own-why = كل واقعة دوّنتها منظمتك. اختر واحدة لسحبها؛ وما سُحب يبقى هنا مع سببه.
recorded-stands = سارية
recorded-at = دُوِّنت في
recorded-kind = نوع الواقعة
error-members-follow = العضوية فيه تنتج عن آليات أخرى أو عن صك؛ دوّنها هناك
error-as-of-later = يقع `{ $typed }` في المستقبل. اذكر اليوم الذي يتحدث المصدر حتى تاريخه، وأقصاه { $today }

acts-title = جميع الأعمال، وسحب أحدها
acts-why = كل عمل مخزَّن مع مصدره. العمل المكتوب يدويًا له مصدره الخاص، وللأعمال الأخرى مصدر قائمتها.
acts-back = تصحيح
acts-take-back = سحب
acts-back-why = العمل الوارد في قائمة مستوردة يعود مع الاستيراد التالي لتلك القائمة؛ فصحّح القائمة أيضًا.
adherence-until = يسري مفعوله، أو سُحب، في
adherence-until-hint = للانسحاب يوم سريان مفعوله، وللتحفظ أو الإعلان يوم سحبه؛ وإلا فاتركه فارغًا

entries-sheet = في جدول: خذها وغيّرها وأعدها
laws-sheet-title = قيود القانون في جدول
laws-sheet-why = خذ قيودك وغيّرها في جدول بيانات ثم أعدها. ترى أولًا ما سيتغير، ولا يُخزَّن شيء حتى توافق. تدل الدولة والموضوع والمصدر على القيد المقصود بالسطر، ويُحفظ ما كان يقوله من قبل.
obstacles-sheet-title = العقبات في جدول
obstacles-sheet-why = خذ تقاريرك وغيّرها في جدول بيانات ثم أعدها. ترى أولًا ما سيتغير، ولا يُخزَّن شيء حتى توافق. تدل الدولة والصك واليوم على التقرير المقصود بالسطر، ويُحفظ ما كان يقوله من قبل.
error-entry-own-state = لا تُدخل منظمتك إلا دولتها. اترك هذا السطر
