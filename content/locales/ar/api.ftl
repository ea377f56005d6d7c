### machine-translated
### ما يقال للبرامج عندما لا يكون الطلب سليم الصياغة.

api-method = هذا العنوان يستجيب لما يلي: { $methods }
api-token-not-taken = هذا الرمز خاطئ أو انتهى أو سُحب. سجّل الدخول وأنشئ رمزًا آخر في ⁦/admin/tokens⁩.
api-parameters = بعض المعاملات تحتاج إلى تصحيح
api-unknown-parameter = لا يوجد هنا معامل بهذا الاسم
api-parameter-twice = أرسل هذا المعامل مرة واحدة
api-not-a-period = `{ $value }` ليست فترة. اكتبها هكذا: ⁦2026⁩ أو ⁦2026-H1⁩ أو ⁦2026-Q1⁩.
api-not-a-day = `{ $value }` ليس يوما في التقويم. اكتبه هكذا: ⁦2009-04-16⁩.
api-not-an-id = `{ $value }` ليس معرّف سجل. اكتبه كما تعطيه الإجابات.
api-not-a-word = استعمل إحدى هذه الكلمات: { $words }
api-not-a-number = اكتب عددا صحيحا من { $least } إلى { $most }
api-no-mechanism = لا توجد آلية باسم `{ $id }`
api-members-unknown = لا تذكر المصادر من ينتمي إلى `{ $id }`، فلا يمكن أن يكون أحد ناقصا
api-words-not-asked = ترافق الكلمات ask_info وcomplete وwaitlist، والنتيجة والأيام complete، ويوم المراجعة waitlist؛ ومع خطوة أخرى لن يقرأها أحد. اتركها أو اطرح سؤالا
api-once-missing = أرسل الترويسة Idempotency-Key مع اسم لهذا الطلب طوله من { $least } إلى { $most } حرفا
api-once-wrong = تقبل Idempotency-Key من { $least } إلى { $most } من الحروف اللاتينية والأرقام والشرطات والنقاط والشرطات السفلية
api-revision-missing = أرسل الترويسة If-Match مع المراجعة التي رأيتها بين علامتي اقتباس
api-revision-wrong = تقبل If-Match مراجعة واحدة بين علامتي اقتباس، مثل "3"
api-revision-stale = تغير السجل منذ ذلك الحين. اقرأه مرة أخرى وقارن ثم أرسل المراجعة الجديدة.
api-other-site = مع الجلسة يجب أن تأتي التغييرات من صفحة في هذا الموقع. البرامج تستعمل رمز دخول.
api-not-json-type = أرسل المحتوى بنوع application/json
api-too-large = المحتوى كبير جدا. الحد الأقصى { $kibibytes } كيبيبايت.
api-broken-json = المحتوى ليس JSON: السطر { $line }، العمود { $column }
api-other-shape = للمحتوى شكل غير الموصوف: السطر { $line }، العمود { $column }: { $why }
api-words-without-commas = اكتب كل كلمة في بند مستقل ومن دون فواصل
api-one-line = اكتب كل جزء في سطر واحد ومن دون شريط عمودي (|)
api-new-desk-open = المكتب الجديد يستقبل العمل. أغلقه بعد ذلك.
api-nothing-stored = لا شيء محفوظ عن `{ $id }` حتى { $date }: لا تستند الإجابة إلى أي قائمة.
