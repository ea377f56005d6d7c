### machine-translated
### Roles and purposes.

role-public = أي شخص
role-hotline-worker = عامل الخط الساخن
role-identification-officer = مسؤول التعرف على الضحايا
role-case-manager = مدير الحالة
role-service-provider = مقدم الخدمة
role-interpreter = مترجم شفوي
role-guardian = وصي
role-legal-representative = ممثل قانوني
role-investigator = محقق
role-central-authority = السلطة المركزية
role-focal-point = جهة التنسيق
role-section-author = كاتب قسم
role-data-clerk = مدخل بيانات
role-national-rapporteur = المقرر الوطني
role-human-rights-institution = مؤسسة حقوق الإنسان
role-secretariat = الأمانة
role-expert = خبير
role-committee-member = عضو لجنة
role-observer = مراقب
role-donor = جهة مانحة
role-analyst = محلل
role-data-protection-officer = مسؤول حماية البيانات
role-tenant-administrator = مدير النظام
role-auditor = مدقق
role-survivor = ناجٍ أو ناجية
role-on-call = مناوب

purpose-care = مساعدة الشخص
purpose-identification = التعرف على الضحية
purpose-referral = إحالة
purpose-remedy = الانتصاف والتعويض
purpose-persons-request = طلب الشخص
purpose-supervision = إشراف
purpose-danger-to-life = خطر على الحياة
purpose-data-protection = حماية البيانات
purpose-statistics = إحصاءات
