### machine-translated
# What is found in files of figures, one sentence a rule. The checks themselves
# say it in English with the values; programs read those.

found-ages-do-not-add-up = الأعمار لا تساوي المجموع
found-dates-out-of-order = نهاية تسبق بدايتها
found-demonstration = العرض التجريبي لا يأخذ ملفات عن أشخاص
found-does-not-agree = عمودان في هذا السطر يتناقضان
found-duplicate = الرقم نفسه مكرر؛ أبقِ واحدًا
found-empty = الملف بلا أسطر
found-field-twice = عمود مكرر؛ أبقِ واحدًا
found-jump = بعيد جدًا عن السنة أو الشهر السابق؛ تحقق من صحته
found-missing-code = المنطقة بلا رمز
found-no-common-code = لا رمز مشتركًا لهذه الكلمة بعد؛ اربطها برمز
found-no-mapping = حدّد أولًا ما يحمله كل عمود
found-not-a-count = ليس عددًا صحيحًا من الأشخاص ولا عددًا مخفيًا مثل `<5`
found-not-a-date = ليس تاريخًا؛ اكتبه هكذا `2024-12-31`
found-not-a-number = ليس رقمًا
found-not-a-period = ليس سنة ولا شهرًا؛ اكتب `2025` أو `2025-03`
found-not-a-year = ليست سنة
found-not-iso = رمز المنطقة ليس من رموز ISO 3166
found-not-listed = ملاحظات أخرى غير مدرجة
found-not-taken = لا تُؤخذ حقول عن الأشخاص
found-not-yes-or-no = لا نعم ولا لا
found-old-template = قالب قديم؛ خذ القالب الحالي
found-one-code-only = رمز واحد فقط لا عدة
found-other-state = ليس من الدولة صاحبة هذه الأرقام
found-parts-exceed-a-subtotal = الأجزاء أكثر من مجموعها الفرعي
found-parts-exceed-total = الأجزاء أكثر من المجموع
found-repeated-line = السطر نفسه موجود في الملف
found-sexes-do-not-add-up = أعداد الجنسين لا تساوي المجموع
found-small-cell = عدد أقل من 5 ظاهر
found-small-shown = أعداد أقل من 5 ظاهرة؛ الأرقام الدقيقة تبقى في مكتبها
found-total-beside-parts = مجموع بجانب أجزائه فيُحسب مرتين
found-unit-contradicts-values = الوحدة تناقض القيم
found-unit-missing = الوحدة ناقصة
found-unknown-code = ليس رمزًا من القائمة
found-unknown-field = لا يعرف المعيار هذا العمود
found-unknown-format = ملف من نوع آخر؛ أعمدته ليست المتوقعة
found-unreadable = لا يمكن قراءة الملف كجدول
found-without-consent = أسطر بلا موافقة
found-age-within-another = فئة عمرية أخرى بجانبها تعد هؤلاء الأشخاص
found-no-value = لا قيمة، فلا عدد
found-other-breakdown = الأشخاص المقسمون بهذا العمود معدودون في الصفوف التي تخلو منه
found-period-ahead = فترة لم تأت بعد؛ اكتب الفترة التي عُدّ فيها الأشخاص
found-rate = معدل وليس عدد أشخاص؛ أرسل الأعداد
found-kind-error = خطأ
found-kind-warning = تنبيه

# What the report of an attack says. Files and programs read it in English.

attack-exposed = يمكن استنتاج { $cell } من الخلايا الأخرى
attack-difference = { $outer } ناقص { $inner } يترك من { $least } إلى { $most } أشخاص: من يعرف ما تغير يعرف بقية أمرهم
attack-difference-exact = { $outer } ناقص { $inner } يترك بالضبط { $least } (عدد الأشخاص): من يعرف ما تغير يعرف بقية أمرهم
attack-linked = يمكن استنتاج { $cell } بوضع هذا المنشور إلى جانب { $with }: من { $least } إلى { $most } أشخاص
attack-rebuilt = أنواع من 1 إلى { $most } أشخاص يمكن إعادة بنائها بجمع الجداول: { $kinds }
attack-solved = أنواع الأشخاص المعروف عددها بدقة: { $solved } من { $kinds }؛ وليس أي منها مجموعة صغيرة إلا ما ذُكر أعلاه
attack-leaked = تركيبات ظاهرة لأقل من { $k } أشخاص: { $count }
attack-zero = خلايا معروف أنها صفر ولم يُسجَّل فيها أحد: { $count }
attack-shared = الجدول { $table }: في { $classes } فئات لدى الجميع { $column } = { $value }؛ والانتماء إلى الفئة يكشف ذلك
attack-not-dp = وجود أي شخص في السجلات، بما يتجاوز العامل e أُس { $epsilon } (دلتا { $delta })، مهما عُرف غير ذلك
attack-not-synthetic = أي تركيبة قيم لأقل من { $k } أشخاص؛ ولا سطر لشخص حقيقي
attack-not-count = أي عدد من 1 إلى { $most }، من كل الجداول معًا
attack-not-interval = العدد في أي خلية مخفية أو مقرّبة؛ الخلايا: { $cells }؛ القيم الممكنة لكل منها، على الأقل: { $values }
attack-no-earlier = (لم يكن هناك منشور سابق للمقارنة)
attack-not-difference = أي مجموعة من 1 إلى { $most } أشخاص من الفرق عن أي منشور سابق؛ المقارَن: { $releases }
attack-not-linked = أي عدد من 1 إلى { $most } من المجاميع على هذا المنشور و{ $with }، بالبرمجة الخطية
attack-not-rebuilt = أي شخص يُفرَد بإعادة بناء السجلات؛ أنواع الأشخاص المجرَّبة بالبرمجة الصحيحة: { $kinds }
attack-rebuilt-not-tried = (لم تُجرَّب إعادة بناء السجلات، فأنواع الأشخاص كثيرة جدًا: { $kinds }؛ والحدود أعلاه مثبتة بالبرمجة الخطية)
attack-not-rebuilt-in-groups = أي شخص يُفرَد بإعادة بناء السجلات من أي مجموعة جداول بالبرمجة الصحيحة؛ المجموعات: { $groups }
attack-groups-only = (لم تُجرَّب الجداول كلها معًا، فأنواع الأشخاص فيها كثيرة جدًا؛ والحدود أعلاه مثبتة بالبرمجة الخطية)
attack-groups-left = (كبيرة جدًا حتى وحدها: { $tables })
attack-remedy-linked = اترك الجدول الذي يُظهر ما يخفيه منشور سابق، أو ادمج الفئات الصغيرة، أو انشر أعدادًا مقرّبة
attack-remedy-exposed = ادمج الفئات الصغيرة أو انشر أعدادًا مقرّبة
attack-remedy-difference = انشر أعدادًا مقرّبة، أو انتظر حتى يكبر التغير عن مجموعة صغيرة
attack-remedy-rebuilt = اترك أحد الجداول، أو قلّل الأعمدة المتقاطعة، أو انشر أعدادًا مقرّبة
attack-remedy-leaked = ارفع العتبة أو احذف أعمدة
attack-cell-all = جميع الأشخاص
attack-cell-part = { $column }: { $value }
attack-cell-and = { $one }؛ { $more }
attack-cell-years = السنوات { $from } إلى { $to }
attack-cell-every = جميع القيم الظاهرة في { $column }
attack-cell-of = { $cell } ({ $release })
attack-codes = الخلايا نفسها برموزها كما تكتبها الملفات والبرامج
attack-remedy-not-shown-safe = انشر جداول أقل أو أصغر، حتى يمكن تجربة كل مجموع مع المنشورات السابقة
attack-not-shown-safe = لم يمكن إثبات أن هذا المنشور آمن إلى جانب { $with }: فالمجاميع عليها كلها تتطلب حسابًا أكثر مما يتسع له الوقت، وما لم يُجرَّب لا يُعدّ آمنًا
