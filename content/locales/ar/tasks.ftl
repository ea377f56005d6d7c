### machine-translated
# Kinds of work.

tenant-administrator = بريد المدير الأول

task-answer-questionnaire = الإجابة عن استبيان
task-check-adherence = التحقق من حالة المعاهدات
task-confirm-desk = تأكيد جهة اتصال
task-confirm-law-register = تأكيد سجل القوانين
task-file-obstacle = بيان مرحلة التصديق
task-of-case = النظر في ملف
task-read-guidance = قراءة إرشادات جديدة
task-remind-report = التذكير بتقرير

task-kind = المهمة
column-name = الاسم
task-open = للإنجاز
