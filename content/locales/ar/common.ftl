### machine-translated
### What is on every page: names, navigation, lists, forms.

product-name = باليرمو
product-tagline = معلومات إقليمية لمكافحة الاتجار بالأشخاص

machine-translated = تُرجمت هذه الصفحة آليًا ولم يراجعها شخص بعد.

nav-work = عملي
nav-mechanisms = الآليات
nav-states = الدول
nav-instruments = الصكوك
nav-agreements = الاتفاقات
nav-laws = القوانين الوطنية
nav-admin = الإدارة
nav-audit = سجل التدقيق
nav-account = حسابي
nav-help = المساعدة
nav-demo = العرض التوضيحي
nav-sign-in = تسجيل الدخول
nav-sign-out = تسجيل الخروج

footer-label = عن هذا الموقع
footer-help = المساعدة
footer-rights = حقوقك
footer-accessibility = إمكانية الوصول
footer-privacy = الخصوصية
footer-api = للبرامج (API)
footer-disclaimer = لا تعني الحدود والأسماء الواردة هنا أي رأي بشأن الوضع القانوني لأي إقليم.

demo-banner = عرض توضيحي. كل الأشخاص والمنظمات والدول هنا من نسج الخيال. لا تُدخل شيئًا عن أشخاص حقيقيين.
demo-title = اختر دورًا
demo-choose = تقمّص أي شخص من هؤلاء الأشخاص المتخيَّلين لترى ما يراه. لا يصل أي شيء تفعله هنا إلى أحد.
demo-step-in = ادخل
demo-watermark = عرض توضيحي، جميع البيانات مختلقة

list-search = بحث
list-all = الكل
list-empty = لا توجد نتائج. أزل التصفية لعرض الكل.
list-not-taken = «{ $value }» ليس من خيارات «{ $filter }». يُعرض ما يلي من دون هذا المرشِّح.
list-nothing = لا شيء بعد تحت «{ $title }». يظهر هنا حالما يُدخله أحد أو يرسله أو يستورده.
list-count =
    { $count ->
        [zero] لا عناصر ({ $shown })
        [one] عنصر واحد ({ $shown })
        [two] عنصران ({ $shown })
        [few] { $shown } عناصر
        [many] { $shown } عنصرًا
       *[other] { $shown } عنصر
    }

count-states =
    { $count ->
        [zero] لا دول ({ $shown })
        [one] دولة واحدة ({ $shown })
        [two] دولتان ({ $shown })
        [few] { $shown } دول
        [many] { $shown } دولةً
       *[other] { $shown } دولة
    }
count-parties =
    { $count ->
        [zero] لا أطراف ({ $shown })
        [one] طرف واحد ({ $shown })
        [two] طرفان ({ $shown })
        [few] { $shown } أطراف
        [many] { $shown } طرفًا
       *[other] { $shown } طرف
    }
count-members =
    { $count ->
        [zero] لا أعضاء ({ $shown })
        [one] عضو واحد ({ $shown })
        [two] عضوان ({ $shown })
        [few] { $shown } أعضاء
        [many] { $shown } عضوًا
       *[other] { $shown } عضو
    }

form-save = حفظ
form-continue = متابعة
form-cancel = إلغاء
form-remove = إزالة
form-change = تغيير
form-choose = اختر…
form-optional = (اختياري)
form-send = إرسال
form-back = رجوع
form-title-error = خطأ: { $title }

date-day = اليوم
date-month = الشهر
date-year = السنة
date-hint = مثلًا 27 3 2025

word-yes = نعم
word-no = لا
word-unknown = غير معروف
word-none = لا يوجد
word-and-more = وغيرها
