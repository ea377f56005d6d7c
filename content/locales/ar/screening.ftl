### machine-translated
# The pages of screening.

# Navigation and titles.
nav-screening = الفرز
nav-paper = نماذج ورقية
screening-title = الفرز
screening-begin = بدء فرز
screening-start = ابدأ الأسئلة
screening-in-progress = قيد الإجراء
screening-begun = بدأ { $at }
screening-kept-until = يُحفظ حتى { $until } ثم يُمحى ما لم يُبتّ فيه قبل ذلك.
screening-go-on = متابعة
screening-decided = عمليات فرز مبتوتة
screening-decided-at = وقت البت
screening-notices = إشعارات بلا هوية
screening-notices-why = يبقى إشعار عندما لا يوافق بالغ. لا يحفظ اسمًا ولا موظفًا ولا يومًا ولا كلمات.
screening-month = الشهر

# Before the first question.
screening-before = قبل أن تسأل
screening-duty-desks = بمن تتصل الآن وفي أي وقت
screening-before-safe = هل الشخص آمن هنا ووحده معك؟ إن لم يكن فالمكان الآمن أولًا.
screening-before-free = قل إن كل سؤال يمكن تخطيه وإنه يمكن التوقف في أي وقت وإن المساعدة لا تتوقف على ذلك.
screening-before-help = ما لا يحتمل الانتظار (طبيب، طعام، سرير) يسبق أي سؤال.
screening-no-service = لا توجد خدمة مسجلة في المتناول لـ { $state }. اتصل أولًا بالمكتب أدناه ثم تابع. وتُسجَّل الفجوة كاحتياج غير ملبى.
screening-no-desk = لا يوجد مكتب مسجل بهاتف. اطلب من منظمتك تسجيله، وحتى ذلك الحين اتصل برقم الطوارئ.

# Asking.
screening-question-of = السؤال { $n } من { $all }
screening-skip = تخطَّ
screening-break = اعرض استراحة: ماء وهواء ولحظة بلا أسئلة.
screening-how-to-ask = كيف تسأل
screening-how-always = استعمل كلمات الشخص نفسه. لا تلحّ ولا تعد ولا تحكم. ولا يترجم قريب أو صاحب عمل أبدًا.
screening-to-overview = كل المواضيع والنتيجة حتى الآن
screening-told-of = { $told } من { $all } مُجاب عنها
screening-ask-language = لغة الأسئلة
screening-ask-age = السن
screening-ask-age-why = ما دام السن مشكوكًا فيه تسري حقوق الطفل.
screening-ask-form = الاستغلال المشتبه فيه
screening-ask-form-why = تتبع الأسئلة هذا والسن، لا كون الشخص امرأة أو رجلًا.
screening-ask-act = ما الذي فُعل
screening-ask-means = بأي وسيلة
screening-means-not-needed = لا يلزم إثبات الوسيلة للطفل أو ما دام السن مشكوكًا فيه.
screening-ask-purpose = لأي استغلال
screening-give-up = تخلَّ وامحُ
screening-to-decision = إلى القرار

# The result.
screening-result = ما تقوله الإجابات حتى الآن
screening-advice-only = هذه نصيحة فقط. القرار لك مع أسبابك، ولا بأس أن تقرر غير ذلك.
screening-definition = التعريف (بروتوكول باليرمو، المادة 3)
screening-met = متحقق
screening-not-met = غير متحقق
screening-positive = إيجابي
screening-not-positive = غير إيجابي
screening-suggestion = اقتراح (قاعدة منظمة العمل الدولية)
screening-set = الأسئلة المستعملة
screening-ground-not-required = الوسائل غير مشترطة
screening-ground-no-act = لا فعل مدوَّن
screening-ground-no-means = لا وسيلة مدوَّنة
screening-ground-no-purpose = لا غرض استغلال مدوَّن
screening-advice-both = التعريف والإجابات تشير إلى: { $outcome }.
screening-advice-definition = التعريف يشير إلى: { $outcome }.
screening-advice-combination = الإجابات تشير إلى: { $outcome }.

# The decision.
screening-decide-title = قرارك
screening-ask-outcome = النتيجة
screening-outcome-presumed = شخص يُفترض أنه متاجَر به: تبدأ الحماية هنا
screening-outcome-exploited_worker = عامل مستغَل: أجور وحقوق ونقابة
screening-outcome-smuggled = مهاجر مهرَّب
screening-outcome-refugee_claim = طلب لجوء
screening-outcome-violence = عنف من نوع آخر
screening-outcome-nothing_found = لم يتبين شيء الآن، والباب يبقى مفتوحًا
screening-ask-reasons = ما يستند إليه القرار
screening-reason-answers = ما أجاب به الشخص
screening-reason-definition = الفعل والوسيلة والغرض
screening-reason-observation = ما رأيته
screening-reason-documents = أوراق ورسائل وقسائم أجر
screening-reason-reported = ما أبلغ عنه آخرون
screening-reason-wish = رغبة الشخص
screening-error-reasons = اختر ما يستند إليه قرارك
screening-error-future = هذا في المستقبل
screening-ask-state = الدولة التي التقيت فيها الشخص
screening-ask-path = كيف يريد الشخص المتابعة
screening-path-consent = يوافق على أن يعرفه من يساعدون
screening-path-anonymised = لا يوافق: إشعار بلا هوية فقط
screening-path-child = مسار الطفل
screening-path-why = لا تتوقف المساعدة على هذا الجواب. وبدون موافقة تُتلف كل الإجابات.
screening-child-route = طفل أو سن مشكوك فيه: مساعدة ووصي فورًا، ولا مساومة على موافقة.
screening-decide = قرر

# After the decision.
screening-left-title = ما الذي يلي
screening-next-desk = توجه إلى هذا المكتب الآن
screening-child-next = الوصي أولًا ثم أي حديث عما حدث. أسئلة السلامة والحاجة العاجلة مسموحة دائمًا.
screening-notice-left = لم يبق إلا إشعار بلا هوية. أُتلفت كل الإجابات. ويمكن للشخص العودة في أي وقت.

# Paper forms.
screening-paper = نماذج ورقية
screening-paper-print = اطبع نموذجًا
screening-paper-sheet = ورقة الفرز
screening-paper-opening = ورقة فتح ملف
screening-paper-no-names = رموز فقط. لا أسماء ولا عناوين ولا روايات في هذه الورقة إلا حيث يُسأل عن اسم المناداة.
screening-paper-number = رقم الورقة
screening-paper-when = مُلئت بتاريخ
screening-paper-enter = إدخال نموذج ورقي
screening-paper-waiting = نماذج قيد الإدخال
screening-paper-again = أدخل مرة ثانية
screening-paper-none = لا استمارة ورقية تنتظر. تظهر هنا بعد إدخالها مرة واحدة، إلى أن يُدخلها شخص ثانٍ أيضًا.
screening-paper-take = تولَّها كفرز
screening-paper-state-once = أُدخل مرة
screening-paper-state-differs = الإدخالان مختلفان
screening-paper-state-agreed = أُدخل مرتين متطابقتين
screening-paper-state-taken = جرى توليه
screening-paper-blind = أدخل الورقة مرة ثانية دون النظر إلى الإدخال الأول.
screening-paper-differ = يختلف الإدخالان عند { $codes }. انظر الورقة وأدخلها مرة أخرى، ويُعتمد ما اتفق عليه إدخالان.
screening-paper-other-sheet = هذا رقم ورقة أخرى
screening-paper-other-set = السن والاستغلال يستدعيان ورقة «{ $set }»
screening-paper-not-agreed = لم يتفق الإدخالان بعد
screening-opening-name = كيف نناديك
screening-opening-urgent = ما لا يحتمل الانتظار
screening-api-problem = { $problem }

# Hotline.
nav-hotline = خط المساعدة
hotline-title = خط المساعدة
hotline-call = مكالمة
hotline-calls = المكالمات
hotline-at = متى
hotline-caller = من يتصل
hotline-caller-person = الشخص نفسه
hotline-caller-relative = قريب أو صديق
hotline-caller-witness = شخص رأى شيئًا
hotline-caller-professional = مهني
hotline-caller-silent = صامت أو أغلق
hotline-language = اللغة المستعملة
hotline-call-back = هل يمكن معاودة الاتصال؟
hotline-call-back-safe = نعم، هذا آمن
hotline-call-back-at_times = في الأوقات المذكورة فقط
hotline-call-back-not_safe = لا، ليس آمنًا
hotline-call-back-unknown = غير معروف: لا تتصل
hotline-do-not-call = لا تعاود الاتصال.
hotline-contact = الرقم الذي يُتصل به
hotline-contact-hint = مختوم، لا يقرؤه إلا زملاء هذا الخط بمفتاح مفتوح.
hotline-error-contact = اكتب الرقم الذي يُتصل به، أو اختر أنه لا يُعرف هل يجوز معاودة الاتصال.
hotline-note = ما قيل
hotline-note-hint = أقل ما يلزم. مختوم.
hotline-locked = تُختم الكلمات بمفتاحك وهو مغلق. ويمكن تدوين الرموز على أي حال.
hotline-unlock = افتح مفتاحي
hotline-hand-over = تسليم مرافَق
hotline-hand-over-none = ليس بعد
hotline-hand-over-reached = تولى مكتب
hotline-hand-over-no_answer = جرى الاتصال، لا رد بعد
hotline-hand-over-declined = غير مرغوب
hotline-stay = ابق على الخط حتى يردوا.
hotline-do-reached = تولوا الأمر
hotline-do-no-answer = لا رد: التالي
hotline-do-declined = المتصل لا يريد ذلك
hotline-reached-by = تولى { $desk } الأمر.
hotline-case-opened = فُتحت حالة من هذه المكالمة في { $moment }. لا تفتح حالة ثانية، ولا يقرؤها إلا فريقها.
hotline-all-tried = جرى الاتصال بكل نقاط الاتصال الأخرى المدرجة. أعد المحاولة أدناه ولا تترك المتصل وحده.
hotline-try-again = اتُّصل بها ولم تُجب: أعد المحاولة
hotline-case-why = ما قاله المتصل مكتوب هنا بالفعل. غيّر ما ليس صحيحًا، وتبقى المكالمة كما دُوّنت.
hotline-case-note-hint = تصبح أول ملاحظة في الحالة. اترك ما لا حاجة إليه.
done-hotline-noted = دُوِّن.

# What was done.
done-screening-decided = تم البت.
done-screening-given-up = مُحي.
done-screening-paper-entered = أُدخل. الآن إدخال ثانٍ ويفضل من شخص آخر.
done-screening-paper-agreed = الإدخالان متطابقان.
done-screening-paper-differs = الإدخالان مختلفان.
done-screening-paper-taken = تم التولي. الآن قرر.
