### machine-translated
### What went wrong and what helps.

error-required = املأ هذا الحقل
error-choose = اختر من القائمة
error-too-long = عدد الأحرف { $length } والحد الأقصى { $longest }
error-control-characters = أزل الأحرف غير المرئية، مثلًا بكتابة النص بدل لصقه
error-duplicate = يوجد إدخال مماثل من قبل
error-dependent = ما زال شيء آخر يعتمد على هذا
error-form-reused = أُرسل هذا النموذج من قبل. افتح الصفحة من جديد لإرسال غيره.
error-erased = مُحيت البيانات بطلب من الشخص أو لانتهاء مدتها
error-email = `{ $email }` ليس عنوان بريد إلكتروني
error-already-member = هذا الشخص عضو في المنظمة من قبل
error-passphrase-short = استخدم { $least } حرفًا على الأقل
error-passphrase-guessable = يسهل تخمينها. أضف كلمة لا علاقة لها بالبقية.
error-passphrase-differs = العبارتان مختلفتان. اكتب العبارة نفسها مرتين.
error-old-passphrase = هذه ليست عبارة مرورك الحالية
error-key-passphrase = لا تفتح هذه العبارة مفتاحك
error-keys-established = مفاتيح هذه المنظمة موجودة من قبل
error-no-key-yet = ليس لهذا الشخص مفتاح بعد. سيحصل عليه عند تسجيل دخوله القادم.
error-code = يجب أن يكون الرمز الأرقام الستة الظاهرة الآن في التطبيق
error-passkey = لم يُقبل مفتاح المرور. حاول مرة أخرى.
error-offer-too-old = بقيت هذه الصفحة مفتوحة طويلًا. ابدأ من جديد.
error-last-factor = هذا آخر عامل تحقق لديك. أضف غيره أولًا.
error-last-administrator = يجب أن يبقى أحد مديرًا. امنح الدور لشخص آخر أولًا.
error-not-oneself = لا يمكنك فعل ذلك بحسابك. اطلبه من زميل.
error-own-recovery = لا يمكنك البت في طلب استعادتك
error-recovery-decided = بُتّ في هذا الطلب من قبل، أو استُخدم رابطه أو انتهت صلاحيته
error-role-does-not-fit = لا يمكن لهذا النوع من المنظمات أن يكون له هذا الدور
error-role-held = لدى الشخص هذا الدور من قبل
error-status-change = لا تسمح حالة الحساب بذلك
error-unknown-state = لا توجد دولة بالرمز `{ $code }`. استخدم ثلاثة أحرف مثل XAA.
error-language-code = `{ $code }` ليس رمز لغة. استخدم الحرفين أو الأحرف الثلاثة التي يعطيها ISO 639 للغة، مثل fr.
error-time-zone = `{ $zone }` ليست منطقة زمنية. اكتبها مثل Africa/Lagos.
error-telephone = اكتب الرقم مع + ورمز البلد ثم الأرقام
error-no-such-date = التاريخ `{ $date }` غير موجود
error-days = اختر بين 1 و{ $longest } يومًا
error-register-entry = لا يمكن إدخال هذا: { $why }
error-not-a-form = ما وصل ليس نموذجًا من هذه الصفحة
error-form-too-large = الحجم كبير جدًا. أرسل ملفًا أصغر.
error-other-site = لم يأتِ النموذج من هذا الموقع. افتح الصفحة هنا وأرسله مجددًا.

sign-in-wrong = البريد أو عبارة المرور أو الرمز غير متطابقة. تحقق من الثلاثة.

second-factor-wrong = لم يُقبل عامل التحقق الثاني. انتظر الرمز التالي وحاول مجددًا.

failure-title = لم ينجح ذلك
failure-title-not-found = لا توجد هذه الصفحة
failure-title-conflict = سبقك شخص آخر
failure-title-unavailable = غير متاح الآن
failure-not-found = قد يكون العنوان خاطئًا، أو لم يعد ما كان فيه موجودًا.
failure-sign-in = سجّل الدخول للمتابعة.
failure-step-up = أظهر عامل التحقق الثاني للمتابعة.
failure-unlock = مفتاحك مغلق. افتحه بعبارة مرورك لقراءة هذا.
failure-invalid = بعض الإجابات بحاجة إلى تصحيح.
failure-conflict = غيّر شخص آخر هذا أثناء كتابتك. ارجع وحمّل الصفحة من جديد وقارن.
failure-rule = لا تسمح القاعدة { $number } بذلك (المصدر: { $source }).
failure-too-many = محاولات كثيرة. دقائق الانتظار: { $minutes }.
failure-unavailable = لم يتمكن باليرمو من ذلك الآن. لم يتغير شيء. حاول بعد دقيقة.
failure-go-home = الذهاب إلى الصفحة الأولى
failure-show-factor = إظهار عامل التحقق الثاني
failure-open-key = فتح مفتاحي
