### machine-translated

plan-targets = الأهداف الرقمية
plan-targets-caption = الأهداف حسب الدولة والفترة
plan-targets-joint = جميع الدول معاً
plan-targets-draft = الخطة مسودة: تُحفظ الأهداف كما تكتبها. والدولة التي ليس لها هدف خاص لها الهدف المشترك.
plan-targets-adopted = الخطة معتمدة: كل هدف تغيّره هنا تعديل. ويبقى الرقم القديم ظاهراً مع السبب. والدولة التي ليس لها هدف خاص لها الهدف المشترك.
plan-targets-none = لا يمكن بعد أن يكون لأي مؤشر في هذه الخطة هدف. وما يعطي السياق فقط ليس له هدف.
plan-targets-more = فترة إضافية
plan-targets-before = أهداف جرى تغييرها
plan-targets-conflict = غيّر شخص آخر الخطة في هذه الأثناء. ما كتبته ما زال هنا؛ احفظ مرة أخرى للإبقاء عليه.
done-plan-targets-saved = حُفظت الأهداف.
