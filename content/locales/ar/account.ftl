### machine-translated
### Coming in, one’s own account, one’s own work.

field-email = البريد الإلكتروني
field-passphrase = عبارة المرور
field-old-passphrase = عبارة المرور الحالية
field-new-passphrase = عبارة المرور الجديدة
field-new-passphrase-hint = 15 حرفًا على الأقل. عدة كلمات لا علاقة بينها يسهل تذكرها ويصعب تخمينها.
field-again = أعد كتابتها
field-name = اسمك
field-name-hint = كما ينبغي أن يراه زملاؤك
field-language = اللغة
field-state = الدولة
field-state-hint = رمز من ثلاثة أحرف، أو فارغ لهيئة تخص المنطقة كلها

recover-link = لا أستطيع تسجيل الدخول
recover-title = استعادة الوصول إلى حسابك
recover-why = يجب أن يوافق شخصان من منظمتك. ثم يصلك رابط بالبريد الإلكتروني. ويبقى عامل التحقق الثاني كما هو.
recover-reason = ماذا حدث؟
recover-reason-hint = للزميلين اللذين يقرران. لا تكتب شيئًا عن أي حالة.
recovery-dead-title = لم يعد هذا الرابط صالحًا
recovery-dead = استُخدم هذا الرابط من قبل، أو انتهت مدته، أو أنه غير كامل: الرابط صالح لمرة واحدة ولمدة ثلاثة أيام، وينهيه رابط أحدث منه. إذا كانت عبارة المرور تعمل فسجّل الدخول، وإلا فاطلب رابطًا جديدًا، وسيقرر شخصان بشأنه من جديد.
recover-ask = طلب الاستعادة

renew-title = اختر عبارة مرور جديدة
renew-why = وافق زميلان على ذلك. وستنتهي جلساتك الأخرى.

second-title = أظهر عامل التحقق الثاني
second-code = الرمز من تطبيقك
second-code-hint = ستة أرقام تتغير كل نصف دقيقة
second-use-passkey = استخدام مفتاح المرور
second-lost = ليس معي الآن
second-recovery = رمز الاسترداد
second-recovery-hint = أحد الرموز التي دوّنتها. يعمل كل رمز مرة واحدة.

step-up-title = أكّد أنك أنت
step-up-demo-hint = في العرض التوضيحي تكفي أي ستة أرقام

enrol-title = إعداد عامل التحقق الثاني
enrol-why = قد تُسرق عبارة المرور وحدها. امسح هذا بتطبيق يعرض الرموز ثم اكتب الرمز الظاهر.
enrol-by-hand = اكتب المفتاح يدويًا
enrol-code-hint = ستة أرقام من التطبيق
enrol-codes-title = دوّن هذه الرموز
enrol-codes-why = يتيح لك كل رمز الدخول مرة واحدة إن فقدت تطبيقك. احفظها على ورق بعيدًا عن حاسوبك. ولن تظهر مرة أخرى.

passkey-make = إنشاء مفتاح مرور
passkey-why = يبقى مفتاح المرور على جهازك ولا يمكن كتابته في صفحة مزيفة.
passkey-needs-script = تحتاج مفاتيح المرور إلى JavaScript وهو معطل. استخدم رمزًا بدلًا من ذلك.
passkey-label = اسم مفتاح المرور هذا
passkey-label-hint = مثلًا الجهاز الموجود عليه

invitation-title = أهلًا بك
invitation-why = دُعيت إلى باليرمو. اختر كيف يراك زملاؤك وكيف ستسجل الدخول.
invitation-accept = قبول الدعوة
invitation-to = أنت مدعو إلى { $organisation } بصفة: { $roles }
invitation-for = وهي موجهة إلى { $email }: بهذا العنوان ستسجلون الدخول بعد ذلك.
invitation-dead = استُعمل هذا الرابط من قبل أو مضى عليه وقت طويل. إن كان لك حساب فسجّل الدخول، وإلا فاطلب رابطًا جديدًا ممن دعاك.
enrol-next-code = سيُطلب رمز مرة أخرى عند الدخول: انتظر حتى يعرض تطبيقك الرمز التالي.

leave-title = لقد غادرت
leave-body = سُجّل خروجك. يمكنك إغلاق هذه النافذة.

account-title = حسابي
account-edit = تغيير الاسم واللغة
account-organisation = المنظمة
account-roles = الأدوار
account-role = الدور
account-status = الحالة
account-digits = الأرقام
account-digits-western = 0 1 2 3
account-digits-own = أرقام لغتي إن وُجدت (٠ ١ ٢ ٣)
account-change-passphrase = تغيير عبارة المرور
account-factors = عوامل التحقق الثانية
account-factors-demo = عوامل التحقق الثانية معطلة في العرض التوضيحي.
account-new-codes = إنشاء رموز استرداد جديدة
account-new-passkey = إضافة مفتاح مرور
account-sessions = أماكن تسجيل دخولك

factor-since = منذ { $date }
factor-passphrase = عبارة المرور
factor-one-time-code = رموز من تطبيق
factor-recovery-codes = رموز الاسترداد
factor-passkey = مفتاح مرور
factor-oidc = تسجيل الدخول عبر منظمتك

session-present = هذه الجلسة
session-seen = آخر استخدام: { $moment }
session-end = إنهاء هذه الجلسة
session-end-others = تسجيل الخروج من كل مكان آخر
session-ends-soon = سيُسجّل خروجك بعد دقيقتين. يبقى ما كتبته في هذه الصفحة حتى ذلك الحين.
session-stay = البقاء متصلًا

work-title = عملي
work-empty = لا شيء مستحق. ستظهر هنا المهام الجديدة لك ولنقاط الاتصال الخاصة بك.
work-new = إضافة مهمة
work-new-why = المهمة تذكير لنقطة اتصال. لا تكتب اسمًا ولا شيئًا مما حدث لأي شخص.
work-done = المهام المنجزة
work-calendar = المواعيد النهائية لتقويمك

task-note = مهمة
task-what = ماذا
task-note-hint = بكلمات قليلة، دون أسماء
task-desk = نقطة الاتصال
task-due = الموعد
task-urgency = درجة الاستعجال
task-overdue = متأخرة
task-soon = قريبة الموعد
task-later = لاحقًا
task-done = منجزة
task-finish = إنهاء
task-mark-done = وضع علامة منجزة

done-saved = حُفظت التغييرات.
done-signed-out = سُجّل خروجك.
done-factor-removed = أُزيل عامل التحقق الثاني.
done-passkey-made = أُضيف مفتاح المرور.
done-passphrase-changed = تغيّرت عبارة المرور.
done-passphrase-renewed = تغيّرت عبارة المرور. سجّل الدخول بها الآن.
done-session-ended = أُنهيت الجلسة.
done-sessions-ended = أُنهيت كل الجلسات الأخرى.
done-invitation-accepted = حسابك جاهز. سجّل الدخول الآن.
done-recovery-asked = إن كان هذا الحساب موجودًا فقد طُلب من زميلين النظر في الأمر. اطلب منهما مراجعة قائمتهما.
done-task-set = أُضيفت المهمة.
done-task-finished = أُنجزت المهمة.
