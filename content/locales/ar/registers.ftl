### machine-translated
### Mechanisms, States, instruments, agreements, law; import.

mechanisms-title = الآليات
mechanisms-intro = هيئات وعمليات إقليمية تعمل لمكافحة الاتجار بالأشخاص، وفق الوثائق التي تصفها.

mechanism-name = الاسم
mechanism-short = الاسم المختصر
mechanism-kind = النوع
mechanism-founded = التأسيس
mechanism-members = الأعضاء
mechanism-members-on = الأعضاء في { $date }
mechanism-since = منذ
mechanism-until = حتى
mechanism-instruments = الصكوك
mechanism-bodies = الهيئات
mechanism-secretariat = الأمانة
mechanism-seat = المقر
mechanism-plans = الخطط
mechanism-duties = واجبات الإبلاغ
mechanism-questionnaires = الاستبيانات
mechanism-languages = اللغات
mechanism-rules = القواعد
mechanism-reflection = فترة التعافي والتفكير
mechanism-functions = ما تقوم به
mechanism-forms = أشكال الاستغلال المشمولة
mechanism-persons = الأشخاص المشمولون
mechanism-partners = الشركاء
mechanism-relations = العلاقات بآليات أخرى
mechanism-results = النتائج
mechanism-obstacles = ما يعيقها
mechanism-website = الموقع الإلكتروني
mechanism-outline = لا تقدم المصادر سوى لمحة عن هذه الآلية.
mechanism-edit = تعديل هذا الملف

states-title = الدول
states-intro = ما تنتمي إليه كل دولة وما هي ملزمة به وما اتفقت عليه.

state-name = الدولة
state-code = الرمز
state-other-names = أسماء أخرى
state-mechanisms = الآليات
state-bound-by = ملزمة بموجب
state-agreements = الاتفاقات
state-law = القانون الوطني
state-no-mechanism = لا تذكر أي آلية في هذا السجل هذه الدولة.
state-obstacles = نحو التصديق

instruments-title = الصكوك
instruments-intro = اتفاقيات وبروتوكولات وإعلانات ونصوص أخرى، ومن انضم إليها.

instrument-title = العنوان
instrument-short = العنوان المختصر
instrument-kind = النوع
instrument-binding = ملزم
instrument-mechanism = التابعة لـ
instrument-adopted = تاريخ الاعتماد
instrument-in-force = النفاذ
instrument-not-in-force = غير نافذ
instrument-open-to = مفتوح لـ
instrument-depositary = الوديع
instrument-parties = الأطراف
instrument-parties-on = الأطراف في { $date }
instrument-signatories = موقّعون غير ملزمين
instrument-missing = أعضاء ليسوا أطرافًا
instrument-nobody-missing = جميع الأعضاء أطراف.
instrument-provisions = الأحكام
instrument-provision = الحكم
instrument-topic = الموضوع
instrument-relations = العلاقات بصكوك أخرى
instrument-scope-gaps = ما لا يشمله
instrument-text = النص
instrument-first-national = أول قانون وطني بعد الانضمام
instrument-edit = تعديل هذا الصك

adherence-title = الانضمام
adherence-party = الطرف
adherence-act = الإجراء
adherence-signed = التوقيع
adherence-bound = ملزم منذ
adherence-in-force = نافذ تجاهه
adherence-reservations = التحفظات والإعلانات
adherence-on = في هذا التاريخ
adherence-on-label = عرض الوضع في
adherence-show = عرض
adherence-note = يُحتسب الطرف من يوم إيداع وثيقته، أما بدء النفاذ فتاريخ منفصل.
adherence-party-since = طرف منذ { $date }
adherence-signed-on = وقّعت في { $date }
adherence-signed-only = وقّعت
adherence-neither = لا موقّعة ولا ملزمة
adherence-unknown = لا تذكر المصادر
adherence-withdrawn = انسحبت في { $date }

matrix-title = من الملزم بماذا
matrix-intro = الدول في الصفوف والصكوك في الأعمدة. تدل السنة على تاريخ التزام الدولة.
matrix-caption = من الملزم بماذا في { $date }
matrix-mechanism = أعضاء
matrix-choose = الصكوك المعروضة

map-title = على الخريطة
map-bound = من الملزم بموجب { $instrument } في { $date }
map-party = طرف
map-signed = موقّعة
map-neither = لا هذا ولا ذاك
map-off = لا يعرض باليرمو خريطة هنا، والجدول يحتوي على المعلومات نفسها.

timeline-title = ما حدث ومتى
timeline-adopted = اعتماد { $what }
timeline-in-force = بدء نفاذ { $what }
timeline-joined = انضمام { $who }
timeline-left = خروج { $who }
timeline-undated = التاريخ غير معروف
timeline-expected = متوقع

agreements-title = الاتفاقات
agreements-intro = ما اتفقت عليه دول وآليات ودول ثالثة فيما بينها.

agreement-title = العنوان
agreement-kind = النوع
agreement-form = بين
agreement-parties = الأطراف
agreement-signed = التوقيع
agreement-status = الحالة
agreement-needs = تقييم الاحتياجات
agreement-implementation = ما نُفذ بموجبه
agreement-monitoring = بند الرصد
agreement-no-monitoring = لا يتضمن بندًا للرصد.
agreement-topics = المواضيع
agreement-new = إضافة اتفاق
agreement-edit = تعديل هذا الاتفاق

model-texts-title = نصوص نموذجية
model-text-adapted-by = كيّفه

laws-title = القوانين الوطنية
laws-intro = ما ينص عليه قانون كل دولة في المواضيع التي تتناولها الصكوك وأين توجد ثغرة.

law-title = القانون
law-topic = الموضوع
law-article = المادة
law-in-force = نافذ منذ
law-answer = مشمول
law-gaps = الثغرات
law-gap-matrix = المواضيع حسب الدولة
law-new = إضافة قانون
law-edit = تعديل هذا الإدخال
law-definition = التعريف القانوني المستخدم في الأرقام

obstacle-title = العقبات والمرحلة
obstacle-file = تسجيل المرحلة والعقبات
obstacle-stage = المرحلة
obstacle-kind = العقبة
obstacle-help-wanted = المساعدة المطلوبة

register-matrix = من الملزم بماذا
register-as-of = حتى { $date }
register-source = المصدر
register-conflict = تتعارض المصادر
register-confidence = درجة التأكد
register-unknown-why = غير معروف: { $why }
register-history = نسخ سابقة
register-print = طباعة هذه الصفحة
register-address = يعرض هذا العنوان الشيء نفسه مجددًا:

import-title = استيراد ملف
import-why = ترى أولًا ما سيتغير. لا يتغير شيء قبل موافقتك.
import-file = الملف
import-file-hint = CSV مع صف عناوين
import-check = عرض ما سيتغير
import-apply = استيراد
import-row = الصف
import-field = الحقل
import-remedy = ما يساعد
import-new = جديد
import-changed = متغير
import-unchanged = دون تغيير
import-rejected = مرفوض
import-skipped = متجاوز
import-nothing = لم يُستورد شيء: صفوف تحتاج تصحيحًا أولًا: { $count }.

register-wrong-day = «{ $typed }» ليس يوماً. اكتبه مثل ⁦2009-04-16⁩.
register-documents = كيف يُستشهد بالمصادر
register-general-knowledge = معرفة عامة
register-preferred = المعتمد
register-sure-medium = بحاجة إلى تحقق
register-sure-low = غير مكتمل على الأرجح
register-for-editors = للمحررين
register-as-of-label = حتى تاريخ
register-as-of-hint = التاريخ الذي يصل إليه المصدر: 2009 أو ⁦2009-04⁩ أو ⁦2009-04-16⁩
register-date-hint = سنة أو شهر أو يوم: 2009 أو ⁦2009-04⁩ أو ⁦2009-04-16⁩
register-source-hint = الوثيقة والموضع فيها
register-note = ملاحظة
cadence-times = { $times } مرات في { $years } سنوات
mechanism-founding-type = النص المؤسس
mechanism-founding = يستند إلى
mechanism-status = الصفة
mechanism-via = عبر
mechanism-about = الموضوع
mechanism-cadence = كم مرة
mechanism-when = التاريخ
mechanism-rule-value = الرقم
mechanism-activities = أنشطة اختيارية
mechanism-activities-why = لا يشارك العضو إلا في الأنشطة التي انضم إليها.
mechanism-joined = انضم إليها
mechanism-joined-count = كم عددهم
mechanism-named = مذكورون أيضاً في المصادر
mechanism-capacity = السلطة والموظفون والموارد
mechanism-profile = هذا الملف
membership-listed = مدرجون واحداً واحداً
membership-union = جميع دول
membership-parties = الأطراف في
covers-all = الجميع
covers-labour-begging = التسول القسري
covers-slavery = الاسترقاق
covers-servitude = الاستعباد
covers-other = أغراض أخرى
covers-other-forced_marriage = الزواج القسري
covers-other-illegal_adoption = التبني غير القانوني
covers-other-armed = الاستخدام في النزاع المسلح
covers-other-forced_crime = الإجرام القسري
map-members = دول { $mechanism } في { $date }
map-disclaimer = لا تعبر الحدود والأسماء في هذه الخريطة عن أي رأي في وضع أي إقليم. والقائمة تقول الشيء نفسه.
body-quorum = النصاب: { $count }
body-reports-to = يرفع تقاريره إلى
body-sees = يطلع على تقارير
plan-period = الفترة
plan-predecessor = يلي
plan-review = مراجعة الخطة السابقة
plan-phases = المراحل
plan-theme = الموضوع
plan-principles = المبادئ
plan-structure = كيف تنقسم الخطة
duty-who = من
duty-what = ماذا
duty-to = إلى من
state-formal = الاسم الكامل
state-contact = نقاط الاتصال الوطنية
state-no-contact = لا توجد هنا نقطة اتصال مفتوحة لهذه الدولة.
state-get-help = أرقام للاتصال في هذه الدولة
adherence-nothing-stored = لا يحتوي السجل بعد على أي إجراء في هذا الشأن، ولا تدل القائمة الفارغة على شيء.
adherence-date = التاريخ
adherence-enter = إضافة إجراء أو تصحيحه
adherence-enter-why = يأخذ الإجراء الموجود من النوع نفسه التاريخ الجديد، وتضاف التحفظات والإعلانات.
adherence-detail = ما يتعلق به
adherence-detail-hint = للتحفظ أو الإعلان، بكلماتك
law-nothing-entered = لم يُدخَل شيء بعد
law-asked-by = يطلبه
law-words = ما ينص عليه أو ما ينقص
law-days = أيام التعافي والتفكير
law-days-hint = لفترة التعافي والتفكير فقط: كم يومًا يمنح القانون على الأقل
agreement-without-monitoring = لا يوجد أو غير معروف
agreement-facilitated = بمساعدة
agreement-sops = الإجراءات المتفق عليها
agreement-bodies = الجهات المسؤولة
agreement-needs-missing = مفقود. لا يمكن وسم الاتفاق بأنه ساري العمل بدونه.
agreement-last-review = آخر مراجعة
agreement-next-review = المراجعة القادمة
agreement-in-budget = في الميزانيات الوطنية
agreement-budget-line = بند الميزانية
agreement-cases = { $opened } فُتحت، { $closed } أُغلقت
agreement-cases-title = القضايا المعالجة
agreement-key = الاسم المختصر
agreement-key-hint = حروف صغيرة وأرقام وشرطات لعنوانه
agreement-parties-hint = واحد في كل سطر، بالاسم أو الرمز، مثل { $state } أو ECOWAS
agreement-ends = ينتهي أو انتهى
agreement-lines-hint = واحد في كل سطر
error-agreement-own-state = يجب أن تكون دولتكم بين الأطراف: اكتبوا اسمها في سطر
error-agreement-key = `{ $key }` ليس اسماً قصيراً. استخدموا الحروف اللاتينية الصغيرة والأرقام والشرطات
error-agreement-one-party = للاتفاق طرفان على الأقل: اكتبوا اسم الطرف الآخر في سطر مستقل
error-agreement-party-twice = ورد { $party } مرتين بين الأطراف: احذفوا إحداهما
error-agreement-needs-assessment = لا يصبح الاتفاق بين آلية ودولة سارياً إلا بتقييم للاحتياجات: أضيفوه أدناه أو اختاروا حالة أخرى
error-agreement-in-force-early = دخل حيز النفاذ في `{ $in_force }` قبل توقيعه في `{ $signed }`: صححوا أحد التاريخين
error-in-the-future = `{ $date }` تاريخ في المستقبل
error-unknown-instrument = `{ $id }` ليس في سجل الصكوك
error-before-adoption = `{ $date }` يسبق اعتماد الصك في `{ $first }`
error-until-before-act = `{ $date }` يسبق الإجراء نفسه
error-law-missing = يقول الجواب إن القانون ينص على ذلك: اكتبوا اسم القانون
error-law-article-missing = يقول الجواب إن القانون ينص على ذلك: اكتبوا المادة أو القسم
error-source = اذكروا مصدراً يمكن الرجوع إليه: مرجعاً كاملاً أو وثيقة من وثائق المشروع مع الموضع فيها، مثل S1:177
error-obstacle-party = هذه الدولة طرف منذ `{ $since }`: لم يبق عائق يُبلَّغ عنه
error-obstacle-words = العائق من نوع آخر يحتاج إلى كلمات تبين ما هو
agreement-needs-title = تقييم الاحتياجات: العنوان
agreement-needs-finished = تقييم الاحتياجات: تاريخ الانتهاء
instrument-missing-of = إظهار من ينقص من أعضاء
instrument-opened = فُتح للتوقيع
instrument-definition = يستخدم تعريف بروتوكول باليرمو
instrument-no-gap-known = لا توجد ثغرة معروفة.
instrument-covers = ما يشمله، مع المصادر
timeline-year = السنة
timeline-joining = المنضمون
model-text-no-use = لا يُعرف أي استخدام
model-text-introduced = تاريخ التقديم
model-text-authors = أعده
model-text-none-named = لا تسمي المصادر أي دولة استخدمته.
model-text-result = النتيجة
model-text-counted = { $said } (محسوب من الدول المسماة)
statement-add = إضافة بيان
statement-why = يبقى البيانان جنباً إلى جنب مع مصدر كل منهما، ويُعتمد واحد على الأكثر.
statement-field = أي معلومة
statement-field-name = الاسم
statement-field-members = الأعضاء
statement-field-founded = التأسيس
statement-field-secretariat = الأمانة
statement-field-plan = خطة العمل
statement-field-policy = السياسة
statement-field-title = العنوان
statement-field-adopted = الاعتماد
statement-field-opened = فتح باب التوقيع
statement-field-in_force = النفاذ
statement-field-depositary = الوديع
statement-field-scope = النطاق
statement-field-parties = الأطراف
statement-field-signed = التوقيع
statement-field-ends = الانتهاء
statement-field-introduced = البدء بالاستعمال (اكتبوا تاريخاً: 2009 أو 2009-04 أو 2009-04-16)
statement-field-authors = الواضعون
statement-field-kind = النوع
statement-field-ended = انتهى في
statement-field-languages = اللغات
statement-field-persons = الأشخاص المشمولون
statement-field-forms = أشكال الاستغلال المشمولة
statement-field-bodies = الهيئات
statement-field-cadence = كم مرة
statement-field-duties = واجبات الإبلاغ
statement-field-status = الحالة
statement-field-monitoring = بند الرصد
statement-field-contact = نقطة الاتصال
statement-field-law = القانون الوطني
statement-field-other = واقعة أخرى
statement-value = ما يقوله المصدر
statement-prefer = هل يعتمده السجل؟
adoption-new = إضافة استخدام
obstacle-why = المطلوب الدولة والمصدر فقط. وسائر الإجابات اختيارية، ولا تعيق الإجابة الفارغة شيئاً.
obstacle-words = بكلماتك
import-counts = { $new } جديدة، { $changed } متغيرة، { $unchanged } دون تغيير، { $rejected } مرفوضة
import-kept = تبقى الأطراف التي لا يذكرها الملف كما هي
import-skip = هل تُترك الصفوف المرفوضة؟
import-left-out = صفوف متروكة: { $rows }. لا يُحفظ منها شيء؛ صححها في الملف ثم استورده من جديد.
import-nothing-stored = لم يُحفظ شيء: بعض الصفوف مرفوضة ولم تطلب تركها.
import-preview = ما الذي سيتغير
import-value = القيمة
import-problem = ما الخطأ
done-register-saved = تم تغيير السجل.
register-own-laws = قيود مؤسستكم بشأن القانون
register-own-obstacles = ما أبلغت عنه مؤسستكم من عقبات
register-own-uses = استعمالات النصوص النموذجية التي أدخلتها مؤسستكم
register-own-statements = الأقوال التي أضافتها مؤسستكم
register-own-why = ما أدخلته مؤسستكم. يمكن تصحيح كل قيد أو سحبه، ويُحفظ أدناه ما كان يقوله من قبل.
register-own-none = لم تُدخل مؤسستكم شيئاً هنا.
register-entry = القيد
register-says = ما يقوله
register-take-back = سحب هذا القيد
register-take-back-why = لماذا يُسحب؟
register-take-back-hint = يخرج من السجل. ويُحفظ ما كان يقوله وسببكم مع قيود مؤسستكم.
register-past = ما كانت القيود تقوله من قبل
register-past-until = حتى
register-past-how = ما آل إليه
register-corrected = صُحّح
register-taken-back = سُحب: { $why }
done-register-taken-back = سُحب القيد.
done-imported = تم استيراد الملف.
error-partial-date = اكتب التاريخ مثل 2009 أو ⁦2009-04⁩ أو ⁦2009-04-16⁩
error-as-of-future = ‏`{ $typed }` في المستقبل. اكتب اليوم الذي يتحدث الملف حتى تاريخه، على أن يكون { $today } على الأكثر
error-no-file = اختر ملفاً
cadence-a-year =
    { $times ->
        [zero] { $shown } مرة في السنة
        [one] مرة في السنة
        [two] مرتين في السنة
        [few] { $shown } مرات في السنة
        [many] { $shown } مرة في السنة
       *[other] { $shown } مرة في السنة
    }
cadence-every =
    { $years ->
        [zero] كل { $shown } سنة
        [one] كل سنة
        [two] كل سنتين
        [few] كل { $shown } سنوات
        [many] كل { $shown } سنة
       *[other] كل { $shown } سنة
    }
model-text-used-by =
    { $count ->
        [zero] لم تستخدمه أي دولة ({ $shown })
        [one] استخدمته دولة واحدة ({ $shown })
        [two] استخدمته دولتان ({ $shown })
        [few] استخدمته { $shown } دول
        [many] استخدمته { $shown } دولة
       *[other] استخدمته { $shown } دولة
    }
model-text-years-after =
    { $count ->
        [zero] عند تقديمه ({ $shown })
        [one] بعد سنة واحدة من تقديمه ({ $shown })
        [two] بعد سنتين من تقديمه ({ $shown })
        [few] بعد { $shown } سنوات من تقديمه
        [many] بعد { $shown } سنة من تقديمه
       *[other] بعد { $shown } سنة من تقديمه
    }
model-text-named =
    { $count ->
        [zero] لا دولة مسماة ({ $shown })
        [one] دولة واحدة مسماة ({ $shown })
        [two] دولتان مسماتان ({ $shown })
        [few] { $shown } دول مسماة
        [many] { $shown } دولة مسماة
       *[other] { $shown } دولة مسماة
    }
instrument-no-members-then = لا يُعرف لها أي عضو في هذا اليوم، فلا يمكن أن ينقص أحد.
