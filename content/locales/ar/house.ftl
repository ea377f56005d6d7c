### machine-translated
### ما يحتاج إلى شخصين (المحو، والعناوين المحمية)، وأجهزة المرء، والاستعادة حين يعمل اثنان معًا.

case-erase = محو هذا الشخص
case-erase-why = تُتلف الأسماء والروايات والعناوين والموافقات إلى الأبد، في كل حالات هذا الشخص. ولا يبقى إلا عدد لا يسمّي أحدًا.
case-erase-two = المحو يحتاج إلى شخصين. يذهب سؤالك إلى زملاء يمكنهم الموافقة؛ فإذا وافق أحدهم فعُد إلى هنا.
case-erase-agreed = وافق شخص ثانٍ. يمكن فعل ذلك الآن، مرة واحدة.
case-erase-waits = سؤال عن هذا ينتظر شخصه الثاني.
case-erase-ask = اطلب شخصًا ثانيًا
case-erase-now = امحُ الآن
case-erase-ground = السبب
case-erase-ground-persons-request = الشخص يطلب ذلك
case-erase-ground-not-lawful = ما كان ينبغي حفظه قط
case-erase-ground-made-in-error = سُجّل خطأً
case-erase-ground-not-for-matters = لا يريد الشخص أن يُحفظ الملف من أجل مطالبة أو تصريح أو تهمة أو محام، وقد انتهت مدته فيما عدا ذلك
error-erased-already = مُحي هذا الشخص من قبل
error-erase-open-matter = إحالة لهذا الشخص ما زالت جارية وتحتاج إلى السجل. أنهِها أولًا.
done-second-person-asked = طُلب شخص ثانٍ. فإذا وافق فأعد المحاولة.
done-person-erased = مُحي كل ما كان يسمّي الشخص.

approval-about = بشأن
approval-action-person-erase = محو شخص
approval-action-service-address = فتح عنوان محمي
service-address-two = فتحه يحتاج إلى شخصين: اطلب، ثم افتحه هنا حين يوافق زميل.
service-address-asked = طلب { $name } ({ $roles }) فتح هذا العنوان. يسري الطلب حتى { $until }؛ ويجب أن يوافق أولًا شخص آخر يحق له فتحه:
service-address-agreed = وافق { $other } على فتح هذا العنوان كما طلب { $name } ({ $roles }). يستطيع أي منهما فتحه مرة واحدة حتى { $until }.
service-address-back = العودة إلى الخدمة

device-title = هذا الجهاز
device-why = إذا ظل غرباء يجرّبون عنوانك حُجب مدة. ومن جهاز علّمته بأنه لك تدخل مع ذلك. لا تعلّم إلا جهازًا لا يستعمله غيرك: فالعلامة تدل على أن Palermo يُستعمل هنا.
device-mine = معلّم بأنه لك
device-not-mine = غير معلّم
device-remember = هذا الجهاز لي
device-forget = انسَ هذا الجهاز
done-device-remembered = عُلّم هذا الجهاز بأنه لك لنصف سنة.
done-device-forgotten = لم يعد هذا الجهاز معلّمًا.

admin-recoveries-small = إذا لم يبق إلا زميل واحد يمكنه الموافقة فالشخص الثاني هو من يشغّل هذا التثبيت.
error-no-recovery-asked = لم يطلب أحد استعادة هذا الحساب، أو انقضى الطلب
error-recovery-by-colleagues = لهذا الحساب زميلان يمكنهما الموافقة؛ القرار لهما لا لمن يشغّل الآلة

agreement-follow = متابعة ما آل إليه
agreement-follow-review = مراجعة
agreement-follow-budget = مكانه في ميزانية
agreement-follow-mandate = مكانه في الولايات
agreement-in-mandate = في ولايات الهيئات
agreement-mandate-text = الهيئة ونص ولايتها
agreement-follow-there = ما أُدخل حتى الآن
agreement-follow-remove = إزالة
agreement-follow-activity = عمل تم في إطاره
agreement-follow-cases = حالات عولجت
agreement-follow-party = الطرف
agreement-follow-date = متى
agreement-follow-kind = النوع
agreement-follow-what = ماذا، بكلمات قليلة
agreement-follow-from = أول يوم في العدّ
agreement-follow-to = آخر يوم في العدّ
agreement-follow-opened = حالات فُتحت
agreement-follow-closed = حالات أُغلقت
agreement-follow-due = موعدها
agreement-follow-held = جرت في
agreement-follow-held-hint = اتركه فارغًا ما دامت المراجعة مقبلة.
agreement-follow-outcome = ما نتج عنها
error-ends-before-it-begins = تنتهي الفترة قبل أن تبدأ؛ بدّل اليومين
