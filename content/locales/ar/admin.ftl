### machine-translated
### Administration of an organisation, and the audit.

admin-title = الإدارة
admin-tenant-why = اسم منظمتك ونوعها ودولتها ولغتها
admin-tenants-why = إضافة منظمة جديدة في هذا النظام
admin-desks-why = المكاتب التي يراسلها الآخرون مع ساعاتها ولغاتها
admin-people-why = من يعمل هنا وبأي دور، مع الدعوة وإنهاء الوصول
admin-deliveries-why = الرسائل التي خرجت أو تنتظر وتلك التي فشلت
admin-audit = سجل التدقيق
admin-audit-why = كل تغيير وكل اطلاع على بيانات شخصية
admin-keys = المفاتيح
admin-keys-why = ما تفتحه مفاتيح الموظفين: الأسماء والروايات والعناوين المحمية. ولا يستطيع أحد قراءتها دون موظف مسجل الدخول، ولا حتى من يدير هذا الخادم.

keys-open = مفتاحك مفتوح
keys-closed = مفتاحك مغلق
keys-lock = إغلاق مفتاحي
keys-unlock = فتح مفتاحي
keys-unlock-title = افتح مفتاحك
keys-unlock-why = تفتح عبارة مرورك مفتاحك حتى تسجيل خروجك.
keys-not-established = ليس لهذه المنظمة مفاتيح بعد. قبل أول حالة ينشئها مسؤول ويدوّن سر الاسترداد.
keys-establish = إنشاء المفاتيح
keys-holds = يفتح
keys-missing = ينبغي أن يفتح لكنه لا يستطيع بعد
keys-no-pair = لم يسجل الدخول منذ منحه هذا الدور
keys-hand-over = تسليم المفاتيح
keys-rotate-title = مفاتيح جديدة
keys-rotate-why = بعد مغادرة شخص أو فقدان جهاز تحصل الإدخالات الجديدة على مفتاح جديد، ويبقى ما كُتب من قبل مقروءًا.
keys-rotate = إنشاء مفتاح جديد

admin-tenant = هذه المنظمة
admin-tenants = المنظمات
admin-desks = نقاط الاتصال
admin-people = الأشخاص
admin-rights = عرض بصفة دور: ما يراه الدور
admin-rights-why = اختر دوراً لترى ما يراه من يحمله وما يستطيع فعله في منظمة كمنظمتك. لا تُعرض بيانات، ولا يسجَّل دخول أحد، ولا يتغير شيء. وتسري قواعد الحقوق بعد ذلك ولا يمكن تغييرها.
admin-recoveries = طلبات الاستعادة
admin-recoveries-why = لا توافق إلا إذا تحدثت مع الشخص بنفسك. ويجب أن يوافق زميل ثانٍ أيضًا.
admin-tokens = رموز الوصول للبرامج
admin-tokens-why = يتيح الرمز لبرنامج التصرف ببعض صلاحياتك. ولا يفتح أي مفتاح، فلا يقرأ اسمًا ولا رواية.
admin-deliveries = الرسائل الصادرة

tenant-name = الاسم
tenant-kind = النوع
tenant-new = منظمة جديدة
tenant-new-why = المنظمة مسؤولة عن بياناتها: مأوى أو وحدة شرطة أو وزارة. ولا تكون الدولة منظمةً هنا أبدًا.
tenant-kind-secretariat = أمانة آلية
tenant-kind-national-coordination = التنسيق الوطني
tenant-kind-rapporteur = المقرر الوطني
tenant-kind-care = المساعدة والإيواء
tenant-kind-identification = التعرف على الضحايا
tenant-kind-enforcement = الشرطة والعدالة
tenant-kind-human-rights = مؤسسة حقوق الإنسان
tenant-kind-expert-body = هيئة خبراء
tenant-kind-donor = جهة مانحة
tenant-kind-civil-society = المجتمع المدني

desk-new = نقطة اتصال جديدة
desk-edit = تعديل نقطة الاتصال
desk-name = الاسم
desk-name-hint = المكتب لا الشخص، فالأشخاص يتغيرون
desk-level = المستوى
desk-level-regional = إقليمي
desk-level-national = وطني
desk-level-hotspot = نقطة ساخنة
desk-level-border-office = مكتب حدودي
desk-level-consulate = قنصلية
desk-languages = اللغات
desk-languages-hint = رموز تفصلها مسافات أو فواصل مثل en fr ar
desk-hours = ساعات العمل
desk-hours-hint = مثلًا Mo-Fr 08:00-16:00 (Mo الاثنين، Tu الثلاثاء، We الأربعاء، Th الخميس، Fr الجمعة، Sa السبت، Su الأحد) أو 24/7
desk-time-zone = المنطقة الزمنية
desk-time-zone-hint = مثلًا Africa/Lagos
desk-telephone = الهاتف
desk-telephone-hint = مع + ورمز البلد
desk-no-telephone = لا هاتف
desk-topics = المواضيع
desk-topics-hint = ما يمكن للآخرين سؤاله عنه
desk-members = الأعضاء
desk-nobody = لا أحد هنا بعد. يبقى ما يُرسل إلى هنا في الانتظار حتى يُعيَّن أحد.
desk-lead = مسؤول
desk-alternate = نائب
desk-seat = الشخص
desk-seat-kind = بصفة
desk-seat-do = تعيين
desk-close = إغلاق نقطة الاتصال
desk-closed = مغلقة
desk-status = الحالة
desk-reopen = إعادة فتح نقطة الاتصال
desk-open = مفتوحة

people-access = الوصول
people-access-why = يمكن السماح لمن أُوقف بالدخول من جديد. أما من غادر فلا يعود بهذا الحساب ولا بعنوانه. وفي الحالتين يبقى ما فعله في السجل.
people-invite = دعوة شخص
people-give-role = منح دور
people-give-role-do = منح هذا الدور
people-end-role = إنهاء هذا الدور
people-suspend = تعليق
people-resume = إعادة الوصول
people-left = غادر المنظمة
people-leave-alone = ملفات يتولاها هذا الشخص وحده
people-leave-beside = ملفات يتولاها آخرون أيضًا، أو يساعد فيها فقط
people-leave-why = في إجراء واحد: يتسلم زميل ما يتولاه هذا الشخص وحده، وتنتهي أماكنه في الفرق الأخرى وأدواره ومفتاحه وجلساته. ولا يمكن التراجع عن ذلك. وإن وجب إنهاء الوصول في هذه اللحظة فأوقف الحساب أولًا.
people-leave-to = من يتسلم الملفات التي يتولاها وحده
people-leave-to-hint = زملاء يتولى دورهم الملفات. يُبلَّغون بذلك ويرون الملفات منذ ذلك الحين، ولا ترى أنت أيًّا منها.
people-leave-needs-one = اختر من يتسلم الملفات التي يتولاها وحده: لا يبقى ملف عند من غادر. وإن لم يستطع أحد فامنح الدور زميلًا أولًا
people-leave-held = لدى هذا الشخص ما لا يستطيع غيره من الموظفين فتحه أو نقله: مفتاح (اطلب تسليمه إلى زميل في صفحة المفاتيح أو استعادته على يد مسؤولَين)، أو عمل لا يسلّمه إلا فريقه نفسه (يراجع ملفاته ويجعل زميلًا يتولاه). وإلى ذلك الحين يمكنك تعليق الحساب لا إنهاؤه.
notice-cases-taken-over = أنت تتولى ملفات زميل غادر. تجدها في قائمة ملفاتك.
people-has-left = غادر
people-end-sessions = إنهاء كل الجلسات

account-status-invited = مدعو
account-status-active = نشط
account-status-suspended = معلّق
account-status-left = غادر

role-since = منذ { $from }
role-from-until = من { $from } إلى { $until }

invitation-sent-title = أُنشئت الدعوة
invitation-sent = رسالة إلى { $email } في الطريق. يمكنك أيضًا تسليم هذا الرابط بنفسك، وهو يعمل مرة واحدة.
invitation-no-mail = لم يُعَدّ البريد هنا، فلا تُرسل أي رسالة إلى { $email }. سلّم هذا الرابط بنفسك، وهو يعمل مرة واحدة.
invitation-name = اسم الشخص المدعو
invitation-name-hint = يمكنه تغييره عند القبول
invitation-waiting = دعوات لم يُرد عليها بعد
invitation-until = صالحة حتى { $date }
invitation-take-back = سحب
invitation-made = أُنشئت في { $date }

recovery-none = لم يطلب أحد ذلك.
recovery-approve = موافقة
recovery-refuse = رفض
recovery-approvals =
    { $count ->
        [zero] لم يوافق أحد بعد ({ $count } من 2)
        [one] وافق شخص واحد ({ $count } من 2)
        [two] وافق الشخصان ({ $count } من 2)
        [few] وافق { $count } من 2
        [many] وافق { $count } من 2
       *[other] وافق { $count } من 2
    }
recovery-asked = مطلوبة
recovery-approved = موافق عليها
recovery-used = مستخدمة
recovery-refused = مرفوضة
recovery-reason = السبب
recovery-agreed = الموافقات
recovery-standing = وضع الطلب

token-name = الاسم
token-name-hint = البرنامج الذي سيستخدمه
token-scopes = ما يُسمح له به
token-days = الأيام حتى انتهائه
token-make = إنشاء رمز
token-made = أُنشئ الرمز
token-shown-once = انسخه الآن. لن يظهر مرة أخرى.
token-ended = منتهٍ
token-none = لا توجد رموز.
token-revoke = إلغاء
token-days-hint = من ⁦1⁩ إلى ⁦365⁩
token-new = رمز جديد
token-made-on = أُنشئ
token-ends = ينتهي
token-used = آخر استخدام
token-never-used = لم يُستخدم قط
token-standing = هل هو سارٍ؟
token-counts = سارٍ

rights-where = أين
rights-scope = النطاق
rights-keys = المفاتيح التي يفتحها هذا الدور:
rights-no-keys = لا شيء
view-as-link = انظر ما يفتحه دور وما يبقى مغلقاً أمامه
view-as-navigation = الأقسام التي يراها
view-as-parts = ما يفتحه وما يرسله
view-as-what = بالكلمات
view-as-kind = النوع
view-as-page = صفحة
view-as-form = استمارة
view-as-download = ملف
view-as-everyone = صفحات مفتوحة للجميع: { $count }
view-as-not = ما لا يراه ولا يفعله
view-as-not-why = يجيب كل هذا كأنه غير موجود.
view-as-keys-shut = مفاتيح لا يفتحها:
view-as-new = { $page }: جديد
view-as-edit = { $page }: تغيير
view-as-one = { $page }: واحد منها
view-as-file = { $page } ({ $kind })
view-as-button = { $page }: { $button }
view-as-registers = السجلات
view-as-house = النظام

scope-own = الخاص به
scope-assigned = ما أُسند إليه
scope-tenant = المنظمة
scope-state = الدولة
scope-region = المنطقة
scope-public = عام
scope-step-up = مع إظهار عامل التحقق الثاني مجددًا

compartment-case = الحالة (رموز فقط)
compartment-care = الرعاية
compartment-identity = الهوية
compartment-protected-address = العناوين المحمية
compartment-account = الحساب الخاص (أسرار العامل الثاني، يفتحها البرنامج نفسه)

delivery-when = متى
delivery-channel = الوسيلة
delivery-kind = ماذا
delivery-to = إلى
delivery-state = الحالة
delivery-waiting = في الانتظار
delivery-sending = قيد الإرسال
delivery-delivered = سُلّمت
delivery-failed = فشلت
delivery-retry = إعادة المحاولة
delivery-no-mail = لم يُعَدّ خادم بريد هنا، فالرسائل تنتظر. سلّم الروابط بنفسك، أو اطلب ممن يدير هذه المنظومة تحديد خادم بريد.
done-delivery-retried = تُعاد محاولة إرسال الرسالة.

channel-mail = بريد إلكتروني

letter-invitation = دعوة
letter-recovery = استعادة
letter-reminder = تذكير

done-desk-created = أُنشئت نقطة الاتصال.
done-desk-reopened = أُعيد فتح نقطة الاتصال.
done-desk-closed = أُغلقت نقطة الاتصال.
done-desk-seated = عُيّن الشخص في نقطة الاتصال هذه.
done-desk-unseated = لم يعد الشخص معيّنًا في نقطة الاتصال هذه.
done-role-given = مُنح الدور.
done-role-ended = أُنهي الدور.
done-invitation-taken-back = سُحبت الدعوة.
done-recovery-approved = وافق شخصان وأُرسل الرابط.
done-recovery-half = لقد وافقت. ويجب أن يوافق شخص آخر.
done-recovery-refused = رُفض الطلب.
tenant-created-title = أُنشئت المنظمة
recovery-link-title = وافق شخصان
recovery-link-shown = الرسالة التي تحمل الرابط تنتظر خادم بريد. سلّم هذا الرابط إلى الشخص بنفسك، مباشرة أو عبر رقم هاتف تعرفه؛ يعمل مرة واحدة ويبقى العامل الثاني مطلوبًا. ويذكر السجل أنك رأيته.
done-their-sessions-ended = أُنهيت كل جلسات هذا الشخص.
done-keys-handed-over = سُلّمت المفاتيح.
done-keys-rotated = يوجد الآن مفتاح جديد.
done-key-opened = مفتاحك مفتوح حتى تسجيل خروجك.
done-key-closed = مفتاحك مغلق.
done-token-revoked = أُلغي الرمز.

audit-title = سجل التدقيق
audit-why = كل تغيير وكل اطلاع على بيانات شخصية، بالترتيب. لا يمكن حذف شيء من هذه القائمة دون أن يظهر ذلك.
audit-nothing = السجل فارغ بعد. كل تغيير وكل اطلاع على بيانات شخصية يظهر هنا من تلقاء نفسه.
audit-seq = الرقم
audit-when = متى
audit-who = من
audit-action = الإجراء
audit-about = بشأن
audit-outcome = النتيجة
audit-from = من يوم
audit-until = حتى يوم
audit-kind = نوع السجل
audit-record = معرّف السجل
audit-order = الترتيب
audit-newest = الأحدث أولا
audit-oldest = الأقدم أولا
audit-code = رمز الإجراء
audit-reasons = التفاصيل
audit-error-until = اليوم الأخير قبل اليوم الأول. اختر يوما لاحقا.
audit-cut = يحتوي الملف على أول { $most } من { $total } قيدا. ضيّق العرض للبقية.

outcome-done = تم
outcome-read = اطلاع
outcome-refused = رُفض

actor-public = شخص غير مسجل
actor-token = برنامج لـ { $name }
actor-operator = المشغّل { $name }
actor-system = باليرمو نفسه ({ $job })
