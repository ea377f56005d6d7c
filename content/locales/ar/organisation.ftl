### machine-translated
### تسجيل الدخول الخاص بمنظمة.

admin-sign-in = تسجيل دخول خاص بكم
admin-sign-in-why = دخول الأعضاء عن طريق تسجيل دخول منظمتكم (OpenID Connect)
provider-why = يقول مزوّدكم من هو الشخص ولا شيء غير ذلك. تُنشأ الحسابات والأدوار هنا، ويربط كل عضو حسابه بنفسه مرة واحدة وهو مسجّل الدخول.
provider-redirect = أدخلوا لدى المزوّد عنوان العودة: عنوان هذا النظام متبوعًا بـ
provider-name = الاسم في صفحة تسجيل الدخول
provider-name-hint = مثل اسم منظمتكم
provider-issuer = المُصدِر
provider-issuer-hint = حرفًا حرفًا كما يكتبه المزوّد في وثيقة الاكتشاف
provider-authorization = عنوان الإذن
provider-token = عنوان الرموز
provider-keys = عنوان مفاتيح التوقيع
provider-client = معرّف العميل
provider-secret = سرّ العميل
provider-secret-hint = اتركه فارغًا إن لم يعطِ المزوّد سرًّا
provider-secret-kept = يوجد سرّ محفوظ. اتركه فارغًا لإبقائه.
provider-claim = الصفة التي تُدخِل
provider-claim-hint = مثل tid أو groups أو email_domain
provider-values = القيم التي تُدخِل
provider-values-hint = قيمة في كل سطر، حرفًا حرفًا
provider-second = العامل الثاني
provider-second-yes = قبول عامل ثانٍ عُرض لدى المزوّد؛ وإلا طُلب هنا
provider-open = الحالة
provider-open-yes = يمكن الدخول عن طريقه
organisation-sign-in = الدخول عن طريق { $name }
organisation-link = الربط مع { $name }
error-provider = لا يمكن استخدام المزوّد هكذا: { $why }
error-organisation-sign-in = لم يسمح لك تسجيل دخول منظمتك بالمرور. ابدأ من جديد أو استخدم عبارة المرور.
error-organisation-not-linked = لا حساب مرتبط بتسجيل الدخول هذا. ادخل مرة بعبارة المرور واربطه من صفحة حسابك.
error-organisation-linked = تسجيل الدخول هذا مرتبط بحساب من قبل
done-provider-saved = حُفظ تسجيل الدخول.
done-organisation-linked = رُبط حسابك. يمكنك الدخول عن طريق منظمتك من الآن فصاعدًا.
