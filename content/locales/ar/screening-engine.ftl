### machine-translated
# What the screening engine says: dimensions, rules, suggestions, and the elements of the definition.

# The six dimensions of the operational indicators.
screening-dimension-D1 = الاستقطاب بالخداع
screening-dimension-D2 = الاستقطاب بالإكراه
screening-dimension-D3 = الاستقطاب باستغلال حالة ضعف
screening-dimension-D4 = الاستغلال
screening-dimension-D5 = الإكراه في بلد المقصد
screening-dimension-D6 = استغلال الضعف في بلد المقصد

# The rule that made a dimension positive.
screening-rule-two_strong = مؤشران قويان
screening-rule-one_strong_and_another = مؤشر قوي وآخر متوسط أو ضعيف
screening-rule-three_medium = ثلاثة مؤشرات متوسطة
screening-rule-two_medium_and_one_weak = مؤشران متوسطان وآخر ضعيف
screening-stood-in = مؤشر أقوى يحل محل مؤشر أضعف.
screening-tier-strong = قوي
screening-tier-medium = متوسط
screening-tier-weak = ضعيف

# What the combination of positive dimensions points to; a suggestion, never a decision.
screening-combination-nothing_found = لم يُعثر على شيء في هذه الإجابات. الأسئلة التي لم تُطرح قد تخفي الكثير؛ وتُنظر احتياجات الحماية الأخرى على أي حال.
screening-combination-definition_met = العناصر المدوّنة تستوفي تعريف الاتجار (ضحية اتجار) وإن لم تُظهر الإجابات وحدها استغلالاً. العناصر هي المعتبرة؛ اسأل أكثر عن العمل والأجر والحرية.
screening-combination-coercion_shown = ظهر إكراه في المقصد. وعدم إظهار الإجابات استغلالاً بعد لا يعني عدم وجوده: اسأل عن العمل والأجر؛ والحماية أولاً.
screening-combination-too_little_asked = سُئل أقل مما يكفي لقول أي شيء. هذه ليست نتيجة: تابع السؤال، أو قرّر بما رأيت وبما يرغب فيه الشخص.
screening-combination-means_without_exploitation = وسائل استقطاب دون استغلال: ربما كُشف الأمر قبل بدء الاستغلال. غرض الاستغلال يكفي للتعريف.
screening-combination-coercion_without_exploitation = إكراه أو إساءة في بلد المقصد دون تبين استغلال: عنف أو سيطرة من نوع آخر، أو استغلال لم يُحكَ بعد.
screening-combination-exploited = استغلال وحده: مهاجر أو عامل مستغَل. يمكن المطالبة بحقوق العمل والأجور.
screening-combination-deceived_and_exploited = استقطاب بالخداع واستغلال: ضحية خداع واستغلال.
screening-combination-recruited_by_means_and_exploited = استقطاب بالإكراه أو باستغلال الضعف مع استغلال ودون إكراه في بلد المقصد: لا تسميه قاعدة منظمة العمل الدولية، فانظر الفعل والوسيلة والغرض.
screening-combination-exploited_and_coerced = استغلال وإكراه في بلد المقصد دون وسائل استقطاب: مؤشرات على عمل قسري.
screening-combination-trafficked = استقطاب بالخداع أو الإكراه أو استغلال الضعف، واستغلال، وإكراه في بلد المقصد: ضحية اتجار بالأشخاص.
screening-combination-child_trafficked = طفل أو سن مشكوك فيه: يكفي فعل واستغلال ولا تُشترط الوسائل: طفل ضحية اتجار بالأشخاص.
screening-combination-child_exploited = طفل أو سن مشكوك فيه، مستغَل، ولم يُدوَّن بعد أي فعل (تجنيد أو نقل أو تنقيل أو إيواء أو استقبال).

# Warnings of the engine.
screening-warning-set-age = المجموعة لفئة { $set } والسن { $age }: السن هو الحاسم، لذلك { $rule }.
screening-warning-rule-child = تسري قاعدة الطفل ولا تُشترط الوسائل
screening-warning-rule-adult = لا تسري قاعدة الطفل وتُشترط الوسائل
screening-warning-purpose = الغرض غير المعروف لا يُحسب غرض استغلال.
screening-warning-not-read = لم تُقرأ هذه الحقول لأنها ليست من حقول الفرز: { $fields }.

# Ages, answers, sets.
screening-age-adult = بالغ
screening-age-child = طفل
screening-age-unsure = غير مؤكد
screening-set-age-adult = البالغين
screening-set-age-child = الأطفال
screening-set-age-any = الجميع
screening-answer-yes = نعم
screening-answer-no = لا
screening-answer-unsure = غير متأكد
screening-answer-not_asked = لم يُسأل
screening-set-adult_labour = بالغون: استغلال في العمل وغيره
screening-set-child_labour = أطفال: استغلال في العمل وغيره
screening-set-adult_sexual = بالغون: استغلال جنسي
screening-set-child_sexual = أطفال: استغلال جنسي
screening-set-forced_labour = مؤشرات منظمة العمل الدولية للعمل القسري
screening-confidence-verified-secondary = أوزان منقولة عن نسخ علني للأصل
screening-confidence-GK-verify = أوزان غير مؤكدة: تُراجَع على الأصل قبل الاستعمال
screening-confidence-original = أوزان من الأصل

# Act, means and purpose: article 3 of the Palermo Protocol.
element-act-recruitment = التجنيد
element-act-transportation = النقل
element-act-transfer = التنقيل
element-act-harbouring = الإيواء
element-act-receipt = الاستقبال
element-means-threat_force = التهديد بالقوة
element-means-use_force = استعمال القوة
element-means-other_coercion = أشكال أخرى من القسر
element-means-abduction = الاختطاف
element-means-fraud = الاحتيال
element-means-deception = الخداع
element-means-abuse_power = استغلال السلطة
element-means-abuse_vulnerability = استغلال حالة استضعاف
element-means-payments = مبالغ أو مزايا لمن له سيطرة على الشخص
element-form-sexual = استغلال جنسي
element-form-sexual-prostitution = البغاء
element-form-sexual-pornography = مواد إباحية
element-form-sexual-remote = خدمات جنسية عن بعد
element-form-sexual-private = خدمات جنسية خاصة
element-form-sexual-tourism = سياحة جنسية تستغل الأطفال
element-form-labour = سخرة أو خدمة قسرية
element-form-labour-agriculture = الزراعة
element-form-labour-aquafarming = الصيد وتربية الأحياء المائية
element-form-labour-begging = تسول قسري
element-form-labour-construction = البناء
element-form-labour-domestic = العمل المنزلي
element-form-labour-hospitality = الضيافة
element-form-labour-manufacturing = الصناعة
element-form-labour-mining = التعدين أو الحفر
element-form-labour-peddling = البيع المتجول
element-form-labour-transportation = قطاع النقل
element-form-labour-illicit = أنشطة غير مشروعة
element-form-labour-other = قطاع آخر
element-form-slavery = الاسترقاق أو ممارسات شبيهة بالرق
element-form-servitude = الاستعباد
element-form-organs = نزع الأعضاء
element-form-other = استغلال آخر
element-form-other-forced_marriage = زواج قسري
element-form-other-illegal_adoption = تبنٍّ غير مشروع أو بيع طفل
element-form-other-armed = خدمة عسكرية قسرية أو طفل جندي
element-form-other-forced_crime = نشاط إجرامي قسري
element-form-other-benefit_fraud = احتيال بالهوية أو الإعانات
element-form-other-surrogacy = تأجير الأرحام
element-form-mixed = أشكال مختلطة
element-form-unknown = غير معروف
