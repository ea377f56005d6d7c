### machine-translated
# Errors of the directory's forms.
error-places = لا يمكن أن تكون الأماكن الشاغرة أكثر من الأماكن كلها
error-ages = أصغر سن، { $youngest }، أكبر من أكبر سن، { $oldest }. صحّح أحدهما
error-whole-number = اكتب عددًا صحيحًا مثل 12
error-day-in-line = `{ $typed }` ليس تاريخًا. اكتبه هكذا: 2026-03-01
error-protected-address = الخدمة المحمية لا تأخذ عنوانًا هنا. اترك هذه الحقول فارغة؛ يُحفظ العنوان مختومًا في صفحة الخدمة
error-protected-phone = يُتوصل إلى الخدمة المحمية عبر مكتبها، ورقم الهاتف قد يدل على الدار. اترك هذا الحقل فارغًا واختر المكتب الذي يُتوصل إليها عبره؛ فالرقم مكانه نقطة الاتصال
error-funding-line = السطر { $line }، `{ $typed }`: اكتب من يدفع ثم شريطًا عموديًا ثم آخر يوم، هكذا: Northway Fund | 2026-05-01. إن لم يُعرف يوم فأنهِ السطر بالشريط
error-hours = تعذّرت قراءة `{ $part }` كأوقات عمل. اكتب مثلًا Mo-Fr 08:00-17:00; Sa 10:00-12:00 أو 24/7
error-both-admitted = لا يمكن أن تكون الفئة مقبولة ومستبعدة معًا
error-assessment = اكتب تقييمًا في كل سطر: المعيار | الجهة | met أو partly أو not-met | 2026-01-10 | 2027-01-10
error-channel = `{ $typed }` ليس قناة آمنة. قناة في كل سطر، مثل encrypted-mail | desk@focal.example
error-no-confirm-address = لا يُعرف عنوان يُرسل إليه السؤال. أضف عنوانًا أولًا
error-phone-line = `{ $typed }` بعد الشريط غير معروف. اكتب «مجاني» للمكالمة المجانية، أو رمز آلية مثل ECOWAS لرقم واحد في كل دولها
error-phone-common = الرقم الموحد في كل دول { $mechanism } هو رقم خط مساعدة في دولة من { $mechanism }
