### machine-translated
task-memorandum-ends = مذكرة تفاهم تنتهي
task-posting-ends = إيفاد أو اختصاص ينتهي
memoranda-lead = قبل ستين يومًا من نهاية المذكرة تُذكِّر مهمةٌ مكتبًا في المنظمة التي تحتفظ بها.
memorandum-new = مذكرة جديدة
memorandum-edit = تغيير المذكرة
memorandum-subject = موضوعها
memorandum-parties-hint = طرف في كل سطر: هيئة الدولة أولًا ثم المنظمات
memorandum-signed = تاريخ التوقيع
memorandum-until-hint = يومها الأخير. اتركه فارغًا إن لم تكن لها نهاية
memorandum-endless = بلا نهاية
memorandum-ended = انتهت
memorandum-desk = المكتب الذي يُذكَّر بنهايتها
memorandum-desk-hint = قبل ستين يومًا. إن لم يُختر مكتب فأول مكتب يعمل فيه أحد
memorandum-reminds = يُذكَّر { $desk } قبل 60 يومًا من النهاية.
memorandum-reminds-first = يُذكَّر أول مكتب في منظمتك قبل 60 يومًا من النهاية.
error-two-parties = للمذكرة طرفان على الأقل. اكتب طرفًا في كل سطر
error-ends-before-signed = لا يمكن أن تنتهي قبل توقيعها. راجع التاريخين
