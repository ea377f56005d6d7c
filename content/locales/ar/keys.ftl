### machine-translated
### المفاتيح، والاسترداد بمسؤولَين، ومفاتيح المرور، وما يحتاج إلى شخصين، والإشعارات، وكسر الزجاج.

account-key = مفتاحك
account-key-why = يفتح الأسماء والروايات التي يتيح لك دورك قراءتها. وهو مفتوح ما دمت مسجّل الدخول فقط.

keys-nothing = لا شيء بعد
keys-officers = مسؤولو الاسترداد
keys-officers-why = يستطيع أي اثنين منهم معًا إعادة المفاتيح إذا ضاعت مفاتيح العاملين. ولا يستطيع ذلك واحد وحده.
keys-unfinished = المفتاح الجديد لـ{ $compartment } لم يكتمل: انقطع تغيير سابق.
keys-finish = إكماله
keys-unlock-first = ليس لك مفتاح بعد. عبارة المرور تنشئه وتفتحه.
keys-unlock-vault = عبارة الخزنة تفتح مفتاحك حتى تسجيل الخروج.
keys-unlock-choose = أنت تدخل بلا عبارة مرور، فيحتاج مفتاحك إلى عبارة خاصة به. اخترها الآن؛ فهي تنشئ مفتاحك وتفتحه كل مرة.
keys-unlock-passkey-only = لا يفتح مفتاحك إلا مفتاح المرور. استخدم الجهاز الذي هو عليه.
keys-unlock-by-passkey = الفتح بمفتاح مرور
field-vault-passphrase = عبارة الخزنة

recovery-title = استرداد المفاتيح
recovery-short = إذا ضاعت مفاتيح العاملين أعادها مسؤولان معًا.
recovery-why = إذا ضاعت مفاتيح العاملين كلها أعادها مسؤولان معًا. لا يستطيع أحدهما ذلك وحده، ولا يرى أحد سرّ الاسترداد أبدًا.
recovery-go = المسؤولون والأوراق والاسترداد
recovery-none-made = لم يُنشأ بعد
recovery-nobody = لا أحد يستطيع فتحه
recovery-no-pair = لا يستطيع أي زوج من المسؤولين فتح هذا الاسترداد بما لديهم الآن من مفاتيح وأوراق. فليجدده أولًا من مفتاحه مفتوح، في هذه الصفحة.
recovery-under-way = أطلقه أحد المسؤولين
recovery-outdated = يلزم تجديده
recovery-good = سليم
recovery-pairs =
    { $count ->
        [zero] لا يستطيع فتحه أي زوج من الأشخاص.
        [one] يستطيع فتحه زوج واحد من الأشخاص.
        [two] يستطيع فتحه زوجان من الأشخاص.
        [few] يستطيع فتحه { $count } أزواج من الأشخاص.
        [many] يستطيع فتحه { $count } زوجًا من الأشخاص.
       *[other] يستطيع فتحه { $count } زوج من الأشخاص.
    }
recovery-outdated-why = لدى أحد المسؤولين مفتاح أو ورقة أحدث من الاسترداد. لا يُحتسب ذلك حتى يُجدَّد الاسترداد.
recovery-officer = مسؤول
recovery-has-key = له مفتاح خاص
recovery-has-no-key = ليس له مفتاح بعد
recovery-paper-since = له ورقة منذ { $date }
recovery-no-paper = ليس له ورقة
recovery-paper-title = ورقتك
recovery-paper-why = تحلّ الورقة محل مفتاحك إذا ضاع. احفظها في خزنة بعيدًا عن أوراق المسؤولين الآخرين. وحدها لا تفتح شيئًا.
recovery-paper-make = إنشاء ورقتي
recovery-paper-anew = إنشاء ورقة جديدة؛ تبطل القديمة
recovery-paper-page = ورقة الاسترداد الخاصة بك
recovery-paper-once = اطبع هذه الصفحة أو انسخ الحروف الآن. تُعرض مرة واحدة ولا تُحفظ في أي مكان.
recovery-paper-then = ثم جدّد الاسترداد لكي تُحتسب هذه الورقة.
recovery-renew-title = التجديد
recovery-renew-why = ينشئ استردادًا جديدًا للمسؤولين الذين تختارهم بمفاتيحهم وأوراقهم الحالية. ولا يفتح القديم شيئًا بعد ذلك.
recovery-renew = تجديد الاسترداد
recovery-needs-open = افتح مفتاحك أولًا.
recovery-open-title = الفتح معًا
recovery-open-why = يطلق المسؤول الأول، ويفتح الثاني: عندئذ يعود إلى كل عضو له مفتاح ما يفتحه دوره. يُدوَّن الاسمان في السجل ويُبلَّغ كل معني.
recovery-paper = حروف ورقتك
recovery-paper-or-key = فقط إذا ضاع مفتاحك. وإلا فاتركه فارغًا: يكفي مفتاحك المفتوح.
recovery-paper-typed = مفتاحك مغلق أو ضائع. اكتب حروف ورقتك، أو افتح مفتاحك أولًا.
recovery-release = الإطلاق لمسؤول ثانٍ
recovery-waits-for-you = أطلق مسؤول آخر الاسترداد. إن لم تكن تتوقع ذلك فاسحبه وتحدث معه.
recovery-open = الفتح وإعادة المفاتيح
recovery-take-back = سحب الإطلاق
recovery-opened = عادت المفاتيح
recovery-opened-why = فتح مسؤولان الاسترداد ثم خُتم من جديد.
recovery-opened-none = كان لدى الجميع مفاتيحهم.
recovery-opened-without = ليس لهؤلاء مفتاح خاص بعد. يفتحون مفتاحهم مرة ثم يسلّمهم زميل:

passkey-failed = لم يعطِ المتصفح مفتاح مرور. حاول مرة أخرى أو استخدم وسيلة أخرى.
passkey-key-title = السماح لمفتاح المرور هذا بفتح مفتاحك
passkey-key-why = المس مفتاح المرور مرة أخرى. بعد ذلك يفتح الدخول به مفتاحك أيضًا من غير كتابة عبارة مرور.
passkey-key-bind = السماح لمفتاح مرور بفتح مفتاحي
passkey-key-more = السماح لمفتاح مرور آخر بفتح مفتاحي
passkey-key-later = ليس الآن
sign-in-passkey = الدخول بمفتاح مرور

approvals-title = ما يحتاج إلى شخصين
approvals-why = بعض الأمور لا يفعلها شخص وحده أبدًا. لا توافق إلا إذا عرفت سبب الطلب.
approval-when = وقت الطلب
approval-what = الأمر
approval-by = من
approval-decided = قرّره
approval-state = الحالة
approval-decide = جوابك
approval-asked = ينتظر
approval-agreed = ووفق عليه
approval-refused = مرفوض
approval-used = تمّ
approval-lapsed = انقضى
approval-agree = موافقة
approval-refuse = رفض
approval-action-key-recover = تسليم المفاتيح لمن أضاع مفتاحه
approval-action-tenant-export = تصدير كل ما لدى المنظمة

work-notices =
    { $count ->
        [0] إشعارات
        [zero] إشعارات
        [one] إشعار جديد واحد
        [two] إشعاران جديدان
        [few] { $count } إشعارات جديدة
        [many] { $count } إشعارًا جديدًا
       *[other] { $count } إشعار جديد
    }
notices-title = إشعارات
notices-why = يقول الإشعار إن شيئًا حدث وأين تنظر، ولا يقول مضمونه أبدًا.
notices-read = تعليم الكل مقروءًا
notice-when = متى
notice-what = ما حدث
notice-state = الحالة
notice-is-read = مقروء
notice-is-new = جديد
notice-other = أمر يعنيك
notice-recovery-released = أطلق مسؤول استرداد المفاتيح ليفتحه مسؤول ثانٍ
notice-keys-recovered = فتح مسؤولان استرداد المفاتيح
notice-second-person = يطلب أحدهم شخصًا ثانيًا
notice-agreed = ووفق على طلبك
notice-refused = رُفض طلبك
notice-break-glass = كسر مناوب الزجاج
letter-digest = إشعارات
letter-digest-body =
    لديك في Palermo إشعارات لم تقرأها.

    { $link }

admin-break-glass = كسر الزجاج
admin-break-glass-why = من فتح ملفًا أثناء المناوبة، والنظر فيه بعد ذلك
admin-break-glass-long = فتح مناوب رعاية شخص وهويته لمدة ساعة على الأكثر. ثم ينظر شخص آخر في كل فتح.
break-glass-title = فتح ملف أثناء المناوبة
break-glass-why = فقط إذا كان شخص في خطر أو يطلب المساعدة ولا يمكن الوصول إلى أحد من فريق الرعاية. ابحث عن الملف برقمه.
break-glass-warning = يُبلَّغ حاملو الملف فورًا وينظر فيه شخص آخر بعد ذلك. وينتهي من تلقاء نفسه.
break-glass-minutes = لكم دقيقة
break-glass-minutes-hint = من 1 إلى 60
break-glass-do = كسر الزجاج
break-glass-until = ملف مفتوح حتى { $moment }.
break-glass-end = إغلاقه الآن
case-search-name = البحث في ملفاتك
case-search-name-hint = اسم بأي كتابة أو لقب، أو رقم ملف، أو رقم وثيقة. تُبحث ملفاتك وحدها.
case-search-alike = مشابه
case-search-rest = البحث في هذه القائمة (ليس بالاسم)
break-glass-opened = وقت الفتح
break-glass-by = من
break-glass-reason = السبب
break-glass-state = الحالة
break-glass-reviewed = نظر فيه
break-glass-holds = مفتوح الآن
break-glass-ended = انتهى
break-glass-by-another = يفعل ذلك شخص آخر
break-glass-review = لقد نظرت فيه
break-reason-danger-to-life = خطر على الحياة أو السلامة
break-reason-medical-emergency = طارئ طبي
break-reason-person-asks = يطلب الشخص المساعدة ولا يمكن الوصول إلى غيرك
break-reason-child-in-danger = طفل مفقود أو في خطر
break-reason-safe-place-known = صار المكان الآمن معروفًا

error-only-way-to-key = مفتاح المرور هذا هو الوسيلة الوحيدة لفتح مفتاحك. أضف مفتاح مرور آخر أولًا.
error-two-officers = يلزم مسؤولان مختلفان لكل منهما مفتاح أو ورقة. اطلب من زميل له أحد هذه الأدوار أن يدخل مرة: { $roles }. وإن لم يكن لأحد منها شيء فليمنحه مدير النظام أولًا.
error-not-every-compartment = مفتاحك لا يحوي كل شيء. يجب أن يجدد الاسترداد من يحوي مفتاحه كل شيء.
error-keys-not-established = لم تُنشأ مفاتيح هذه المنظمة بعد
error-paper = ليست هذه حروف ورقتك الحالية. قارنها حرفًا حرفًا.
error-not-an-officer = لا مفتاحك ولا ورقتك جزء من الاسترداد الحالي
error-not-released = لم يطلقه لك مسؤول آخر
error-papers-do-not-pair = لا تفتح هاتان الورقتان معًا أي استرداد
error-second-person = يجب أن يكون الشخص الثاني غيرك
error-not-waiting = لم يعد هذا الطلب ينتظر
error-done-once = تمّ هذا من قبل. ما عُرض يُعرض مرة واحدة: انظر القائمة، واسحبه واصنع غيره إن ضاع
error-asked-already = طُلب هذا من قبل وينتظر شخصًا ثانيًا
error-needs-second-person = يحتاج هذا إلى شخصين. اطلب أولًا؛ وعندما يوافق شخص ثانٍ أعد المحاولة.
error-nobody-may-agree = يحتاج هذا إلى شخصين، ولا يحق لأحد آخر في منظمتك أن يوافق عليه. اطلب من مدير النظام أن يمنح زميلًا أحد هذه الأدوار: { $roles }. ثم اطلب من جديد.
error-own-break-glass = من كسر الزجاج لا يحكم عليه
error-reviewed-already = نظر فيه شخص من قبل
error-break-glass-minutes = اكتب دقائق صحيحة من 1 إلى 60
error-no-passkeys-here = ليس لهذا النظام عنوان تُربط به مفاتيح المرور. يستطيع مشغّله إعطاءه عنوانًا.
error-passkey-opens-nothing = لا يفتح مفتاح المرور هذا مفتاحك. استخدم عبارة المرور، أو اسمح له بفتحه من صفحة حسابك.
failure-unlock-program = هذا مختوم بمفاتيح العاملين. لا يفتح الرمز أي مفتاح؛ يقرؤه أحد العاملين في الصفحات.

done-keys-established = أُنشئت المفاتيح. لينشئ كل مسؤول ورقته الآن.
done-keys-second-officer = لقد طلبت. ولأن هذا الزميل أضاع مفتاحًا سابقًا يجب أن يسلّمه مسؤول ثانٍ أيضًا.
done-recovery-renewed = جُدِّد الاسترداد.
done-recovery-released = أُطلق. يستطيع مسؤول آخر فتحه الآن.
done-recovery-taken-back = سُحب الإطلاق.
done-passkey-opens = يفتح مفتاح المرور هذا مفتاحك من الآن فصاعدًا.
done-passkey-no-prf = يدخلك مفتاح المرور، لكن جهازه لا يستطيع فتح المفاتيح. عبارة المرور تفتحه.
done-approval-agreed = لقد وافقت.
done-approval-refused = لقد رفضت.
done-notices-read = لا شيء غير مقروء.
done-break-glass-reviewed = دُوِّن أنك نظرت فيه.
done-break-glass-ended = أُغلق ما كنت قد فتحته.
