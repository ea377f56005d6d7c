### machine-translated
### Words that parts of a page bring themselves.

part-error = خطأ
part-there-is-a-problem = هناك مشكلة
part-back = رجوع
part-breadcrumb = مكانك في الموقع
part-language = اللغة
part-menu = القائمة
part-skip = انتقل إلى المحتوى الرئيسي
part-important = مهم
part-success = تم
part-warning = تحذير
part-contents = المحتويات
part-pagination = الصفحات
part-previous-page = الصفحة السابقة
part-next-page = الصفحة التالية
part-page = صفحة
part-show = إظهار
part-hide = إخفاء
part-show-password = إظهار عبارة المرور
part-hide-password = إخفاء عبارة المرور
part-password-shown = عبارة المرور ظاهرة
part-password-hidden = عبارة المرور مخفية
part-up-to-characters = الحد الأقصى لعدد الأحرف: %{"{"}count{"}"}
part-characters-left = الأحرف المتبقية: %{"{"}count{"}"}
part-characters-over = الأحرف الزائدة: %{"{"}count{"}"}
part-exit = مغادرة هذه الصفحة
part-emergency = طوارئ
part-exit-activated = جارٍ مغادرة الصفحة
part-exit-two-more = اضغط مفتاح Shift مرتين أخريين للمغادرة
part-exit-one-more = اضغط مفتاح Shift مرة أخرى للمغادرة
part-exit-timed-out = أُلغيت المغادرة بمفتاح Shift
part-show-all = إظهار كل الأقسام
part-hide-all = إخفاء كل الأقسام
part-show-as-table = عرض كجدول
part-source = المصدر
part-unknown = غير معروف
part-filter = تصفية
part-apply-filters = تطبيق التصفية
part-clear-filters = إزالة التصفية
part-remove-filter = إزالة التصفية:
part-download = تنزيل
part-sorted-ascending = مرتب تصاعديًا
part-sorted-descending = مرتب تنازليًا

exit-notice = يغادر هذا الزر الصفحة فورًا. قد يبقى هذا الموقع في سجل المتصفح.
exit-how = للمغادرة بسرعة: اضغط الزر أو اضغط مفتاح Shift ثلاث مرات.
