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
import-file-hint = CSV أو XLSX مع صف عناوين
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
