### machine-translated
### خطط العمل.

nav-plans = الخطط
plans-title = خطط العمل
plans-intro = الخطط الإقليمية والخطط الوطنية المعتمدة منها ومدى تقدم كل منها.
plans-none = لم تُعتمد أي خطة بعد.
plan-title = الخطة
plan-whose = لمن
plan-time = المدة
plan-status = الحالة
plan-stage-draft = مسودة
plan-stage-adopted = معتمدة
plan-stage-closed = مغلقة
plan-new = ابدأ خطة
plan-new-intro = اختر هيكل خطة للبدء. يمكن تغيير كل سطر بعد ذلك.
plan-template = الهيكل
plan-code = الرمز
plan-code-hint = أحرف لاتينية صغيرة وأرقام وشرطات، مثل ⁦meridian-2026⁩
plan-from = اليوم الأول
plan-to = اليوم الأخير
plan-day-hint = مثل ⁦2026-01-31⁩
plan-mechanism = الآلية
plan-state = الدولة
plan-adopted-from = معتمدة من
plan-before = الخطة السابقة
plan-predecessor-review = مراجعة الخطة السابقة
plan-adopted-by = اعتمدتها
plan-phase = المرحلة
plan-progress = مدى التقدم
plan-overlaps = التداخل مع خطط أخرى
plan-overlaps-intro = إجراءات في الموضوع نفسه ضمن خطط تلزم الدول نفسها. الخطط المعتمدة من بعضها تُعد عملاً واحداً.
plan-overlaps-none = لا يوجد تداخل.
plan-adopt-draft = اعتماد هذه المسودة
plan-adopt-draft-intro = بعد الاعتماد يقرأ الجميع الخطة، ولا تتغير الأهداف إلا بسبب يبقى بجانب الرقم القديم.
plan-adopt-regional = اعتمادها خطة وطنية
plan-adopt-intro = تُنقل الأسطر التي تخص الدول مع مؤشراتها وروابطها بالخطة الإقليمية. أما المسؤولون والأموال وخطوط الأساس فتملؤها أنت.
plan-amend = تعديل
plan-amend-intro = يبقى ما كان سابقاً ظاهراً مع السبب.
plan-amend-what = ما الذي يتغير
plan-amend-target = هدف
plan-amend-definition = تعريف مؤشر
plan-amend-state = الدولة، لهدف خاص بها
plan-amend-value = الهدف الجديد أو التعريف الجديد
plan-amend-value-hint = اتركه فارغاً لإزالة هدف
plan-review-page = مراجعة هذه الخطة
plan-review-of = مراجعة { $plan }
plan-review-draft = مسودة مما قيس وأُبلغ عنه. تكملها الهيئة التي تراجع الخطة.
plan-target = الهدف
plan-in-period = في { $period }
plan-rows = ما يجب عمله
plan-row = ما يجب عمله
plan-row-added = أضافتها الدولة
plan-number = الرقم
plan-lead = المسؤول
plan-lead-hint = هيئة واحدة فقط
plan-lead-kind = نوع الهيئة
plan-partners = مع
plan-budget = الميزانية
plan-allocated = المخصص
plan-funded-by = من يموّل
plan-money-hint = المبلغ والعملة، مثل ⁦12500.50 EUR⁩
plan-edit-row = تغيير هذا السطر
plan-report-row = الإبلاغ عن هذا السطر
plan-row-state = إلى أين وصل
plan-row-status-planned = مخطط
plan-row-status-ongoing = جارٍ
plan-row-status-done = منجز
plan-row-status-delayed = متأخر
plan-row-status-dropped = متروك
plan-achieved = ما تحقق
plan-lessons = الدروس المستفادة
plan-proposal = ما ينبغي تغييره
plan-optional = اختياري
plan-indicators = المؤشرات
plan-indicator = المؤشر
plan-kind = النوع
plan-kind-framework = إطاري
plan-kind-operational = تشغيلي
plan-unit = الوحدة
plan-baseline = خط الأساس
plan-baseline-hint = رقم، أو اتركه فارغاً واذكر متى ومن سيحدده
plan-baseline-on = قيس في
plan-baseline-by = يُحدد قبل
plan-baseline-whom = من طرف
plan-indicator-state = الاستخدام
plan-active = مستخدم
plan-not-active = غير مستخدم
plan-context = مستخدم للسياق
plan-context-why = يبيّن هذا الرقم مقدار البحث كما يبيّن مقدار ما يوجد. ليس له هدف ولا لون.
plan-lacks = ينقصه
plan-lack-unit = الوحدة
plan-lack-definition = التعريف
plan-lack-direction = الاتجاه
plan-lack-frequency = التواتر
plan-lack-source = المصدر
plan-lack-baseline = خط الأساس
plan-activate = مستخدم
plan-edit-indicator = تغيير هذا المؤشر
plan-definition = التعريف
plan-counted = ما يُعد
plan-counted-detected-persons = أشخاص مكتشفون
plan-counted-cases = قضايا
plan-counted-convictions = إدانات
plan-counted-persons = بيانات أخرى عن أشخاص
plan-counted-acts = أفعال
plan-counted-services = خدمات
plan-counted-other = غير ذلك
plan-direction = الاتجاه الأفضل
plan-direction-up = الزيادة
plan-direction-down = النقصان
plan-direction-none = لا هذا ولا ذاك: سياق
plan-frequency = التواتر
plan-source = مصدر القيم
plan-computed = رقم يحسبه باليرمو
plan-computed-hint = يُترك فارغاً حيث يُبلَّغ عن القيم. لا يمكن كتابة شيء لرقم محسوب.
plan-computed-instrument = أي صك
plan-computed-instrument-hint = للأطراف في صك فقط
plan-computed-adherence = الأطراف في صك
plan-computed-persons-identified = أشخاص محددة هويتهم، من المنشورات
plan-computed-persons-assisted = أشخاص تلقوا المساعدة، من المنشورات
plan-computed-referrals-sent = إحالات مرسلة
plan-computed-referrals-accepted = إحالات قُبلت خلال يوم، نسبة
plan-computed-places-confirmed = خدمات لها أماكن شاغرة مؤكدة
plan-computed-desks-confirmed = جهات اتصال مؤكدة خلال 180 يوماً، نسبة
plan-computed-felt-safe = شعروا بالأمان بعد خدمة، نسبة
plan-figure-adherence = أعضاء الآلية الأطراف في الصك في نهاية الفترة، أو اليوم ما دامت جارية.
plan-figure-persons-identified = الأشخاص المكتشفون في دولة وسنة كما يذكرهم أحدث منشور. الخانة التي يحجبها المنشور محجوبة هنا أيضاً. لا يُقرأ أي ملف.
plan-figure-persons-assisted = الأشخاص الذين استفادوا من الخدمات في دولة وسنة كما يذكرهم أحدث منشور. الخانة التي يحجبها المنشور محجوبة هنا أيضاً. لا يُقرأ أي ملف.
plan-figure-referrals-sent = الإحالات التي أرسلتها منظمات الدولة إلى منظمات أخرى في باليرمو، في سنوات كاملة منتهية. تُقرَّب نزولاً إلى مضاعف أكبر عتبة بين آليات الدولة؛ وما دونها، وأجزاء السنة، محجوب. لا تُعد السجلات المختومة.
plan-figure-referrals-accepted = من الإحالات المرسلة في سنة كاملة منتهية، ما قُبل خلال 24 ساعة، بالمئة من العددين بعد تقريب كل منهما نزولاً. محجوبة حيث قُبل القليل أو لم يُقبل القليل. لا تُعد السجلات المختومة.
plan-figure-places-confirmed = خدمات الدليل العاملة التي أُكدت أماكنها الشاغرة خلال سبعة أيام، اليوم. لا تُعد الخدمات ذات العناوين المحمية.
plan-figure-desks-confirmed = جهات الاتصال المفتوحة في الدولة المؤكدة خلال 180 يوماً، بالمئة من جميعها، اليوم.
plan-figure-felt-safe = من الإجابات عن سؤال «هل شعرت بالأمان؟» بعد خدمة، ما كان نعم، بالمئة من العددين بعد تقريب كل منهما نزولاً. سنوات كاملة منتهية، وجميع مقدمي الخدمات في الدولة معاً. محجوبة حيث قال نعم القليل أو لم يقلها القليل. تحفظ الإجابات جهة مستقلة بلا ملف ولا يوم ولا اسم.
plan-breakdowns = التفصيلات المطلوبة
plan-breakdowns-there = التفصيلات المتوفرة
plan-breakdown-age = العمر
plan-breakdown-sex = الجنس
plan-breakdown-nationality = الجنسية
plan-breakdown-background = الخلفية الاجتماعية والاقتصادية
plan-breakdown-means = الوسائل
plan-breakdown-forms = الأشكال
plan-breakdown-duration = المدة
plan-breakdown-provider = مقدم الخدمة
plan-breakdown-disability = الإعاقة
plan-breakdown-ethnicity = الأصل الإثني كما يذكره الشخص
plan-amendments = ما تغيّر ولماذا
plan-when = متى
plan-change = التغيير
plan-reason = السبب
plan-reason-hint = يبقى بجانب الرقم القديم
plan-decided-by = قرره
plan-coverage = الخطط الوطنية المعتمدة منها
plan-covered = أُخذ به
plan-missing = لم يؤخذ به
plan-added = مضاف
plan-elements = عناصر ينبغي أن تتضمنها الخطة الوطنية
plan-element = العنصر
plan-there = موجود
plan-missing-element = ناقص
plan-where = مكانه
plan-where-hint = فصل أو ملحق أو وثيقة أخرى
plan-declare = اذكر مكانه
plan-theme-prevention = الوقاية
plan-theme-protection = الحماية والمساعدة
plan-theme-prosecution = الملاحقة القضائية
plan-theme-cooperation = التعاون
plan-theme-legal = القانون والسياسات
plan-theme-data = البيانات والبحث
plan-theme-training = التدريب
plan-theme-documents = وثائق السفر والهوية
plan-theme-return = العودة وإعادة الإدماج
plan-theme-monitoring = الرصد والتقييم
plan-themes = المواضيع
plan-tags = مواضيع جامعة
plan-tag-gender = النوع الاجتماعي
plan-tag-child = الأطفال
plan-tag-human-rights = حقوق الإنسان
plan-tag-root-cause = الأسباب الجذرية
plan-tag-demand = الطلب
plan-tag-sustainability = الاستدامة
plan-party-government = حكومة
plan-party-un = الأمم المتحدة
plan-party-civil-society = المجتمع المدني
plan-party-mechanism = الآلية
plan-party-donor = جهة مانحة
plan-party-private = القطاع الخاص
plan-party-research = البحث
table-sideways = هذا الجدول عريض: حرّكه جانبًا لرؤية كل الأعمدة.
plan-progress-intro = كل مؤشر لكل دولة وفترة. ترافق كل لون كلمة، وليس لأرقام الاكتشاف لون.
plan-summary = الأموال والمسؤولون والمواضيع الجامعة
plan-funded = إجراءات لها أموال مخصصة
plan-without-lead = إجراءات بلا مسؤول
plan-show = عرض
plan-only-missed = الأهداف غير المحققة فقط
plan-missed = دون الهدف
plan-incomplete = غير مكتمل، ينقصه
plan-nothing = لم يُبلَّغ عن شيء بعد.
plan-region = المنطقة
plan-formula = التقدم = ⁦100 × (القيمة − الأساس) ÷ (الهدف − الأساس)⁩. أخضر من 90، أصفر من 50، أحمر دون ذلك. المؤشرات الإطارية: نعم 100، جزئياً 50، لا 0.
plan-standing-green = على المسار
plan-standing-amber = متأخر
plan-standing-red = بعيد
plan-standing-context = سياق
plan-standing-no-baseline = بلا خط أساس
plan-standing-no-target = بلا هدف
plan-standing-no-value = لم يُبلَّغ
plan-standing-definition-changed = تغيّر التعريف
plan-standing-not-active = غير مستخدم
plan-standing-withheld = محجوب: عدد صغير
plan-withheld-why = لا تُعرض الأعداد الصغيرة من الأشخاص والقضايا والإدانات، ولا غيرها مما قد تُستنتج منه.
plan-error-skip = تعذّر أخذ بعض الصفوف. أجب بـ«نعم» لاستيراد البقية، أو صحّح الملف وأرسله من جديد.
plan-answer-yes = نعم
plan-answer-partly = جزئياً
plan-answer-no = لا
plan-origin-entered = مُدخل
plan-origin-imported = مستورد
plan-origin-computed = حسبه باليرمو
plan-origin = المصدر
plan-series = القيم
plan-value-period = الفترة
plan-period-hint = ⁦2026⁩ أو ⁦2026-H1⁩ أو ⁦2026-Q3⁩
plan-value = القيمة
plan-value-hint = أرقام مع نقطة للكسور
plan-evidence = ما يثبته
plan-evidence-hint = مطلوب لـ«نعم» و«جزئياً»: قانون أو وثيقة أو قرار
plan-comment = ملاحظة
plan-old-definition = بتعريف سابق
plan-report-value = الإبلاغ عن قيمة
plan-upload = إرسال الورقة المعبأة
plan-upload-why = ترى أولاً ما سيتغير. لا يُحفظ شيء حتى توافق.
plan-upload-hint = ملف XLSX أو CSV من هذه الصفحة بعد تعبئته
plan-problems-back = استعادة هذه الأسطر في ورقة
plan-error-backwards = اليوم الأخير يسبق اليوم الأول
plan-error-no-state = لا تتبع منظمتكم دولة، فليست لها خطة وطنية
plan-error-not-draft = الخطة معتمدة بالفعل
plan-error-indicator-lacks = املأ هذا قبل استخدام المؤشر
plan-error-period = اكتب ⁦2026⁩ أو ⁦2026-H1⁩ أو ⁦2026-Q3⁩
plan-error-number = اكتب أرقاماً مع نقطة للكسور، مثل ⁦1250.5⁩
done-plan-saved = حُفظت الخطة.
done-plan-reported = حُفظ بلاغكم.
plan-progress-of = مدى تقدم { $plan }
plan-percent = { $share } في المئة
plan-of-target = من { $target }
plan-share = { $part } من { $of } ({ $percent } في المئة)
plan-to-be-established = يُحدد قبل { $by } من طرف { $whom }
plan-error-code-taken = توجد خطة بالرمز `{ $code }`؛ اختر رمزاً آخر
plan-error-problem = لا يمكن حفظ الخطة هكذا: { $why }
plans-count =
    { $count ->
        [zero] لا خطط
        [one] خطة واحدة
        [two] خطتان
        [few] { $shown } خطط
        [many] { $shown } خطة
       *[other] { $shown } خطة
    }
plan-missed-count =
    { $count ->
        [zero] لا أهداف غير محققة
        [one] هدف واحد غير محقق
        [two] هدفان غير محققين
        [few] { $shown } أهداف غير محققة
        [many] { $shown } هدفاً غير محقق
       *[other] { $shown } هدف غير محقق
    }
plan-unassigned =
    { $count ->
        [zero] لا إجراءات بلا مسؤول
        [one] إجراء واحد بلا مسؤول
        [two] إجراءان بلا مسؤول
        [few] { $shown } إجراءات بلا مسؤول
        [many] { $shown } إجراءً بلا مسؤول
       *[other] { $shown } إجراء بلا مسؤول
    }
