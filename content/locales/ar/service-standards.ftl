### machine-translated
# المعايير الدنيا للخدمات.
standards-title = معايير الخدمات
standards-line = ما يجب أن تقدمه الخدمات وكم منها يفي به
standards-lead = المعايير الدنيا لكل دولة وللمنطقة، مع عدد الخدمات المفتوحة الملزمة بها التي قُيّمت اليوم مستوفية لها. لا تُعدّ الخدمات ذات العناوين المحمية.
standards-none = لا معيار محفوظ بعد.
standard-name = المعيار
standard-name-hint = هكذا تسميه التقييمات
standard-by = وضعته
standard-new = معيار جديد
standard-edit = تغيير المعيار
standard-whole-region = المنطقة كلها
standard-all-needs = كل الخدمات
standard-bound = الخدمات الملزمة
standard-met = تستوفيه اليوم
standard-points = ما يطلبه
standard-points-hint = نقطة في كل سطر
standard-state-hint = اتركه فارغًا للمنطقة كلها؛ والأمانة وحدها تحفظ هذه المعايير
standard-needs = فقط لخدمات
standard-not-assessed = لم يُقيَّم
standard-not-under = لا تستوفي
error-standard-bar = لا تضع شريطًا عموديًا (|) في الاسم: فهو في التقييم يفصل الاسم عما بعده
error-standard-days = لا يمكن أن يسبق آخر يوم أوّله. راجع اليومين
object-service-standard = معيار للخدمات
