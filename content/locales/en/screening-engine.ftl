# What the screening engine says: dimensions, rules, suggestions, and the elements of the definition.

# The six dimensions of the operational indicators.
screening-dimension-D1 = Deceptive recruitment
screening-dimension-D2 = Coercive recruitment
screening-dimension-D3 = Recruitment by abuse of vulnerability
screening-dimension-D4 = Exploitation
screening-dimension-D5 = Coercion at destination
screening-dimension-D6 = Abuse of vulnerability at destination

# The rule that made a dimension positive.
screening-rule-two_strong = two strong indicators
screening-rule-one_strong_and_another = one strong indicator and one medium or weak
screening-rule-three_medium = three medium indicators
screening-rule-two_medium_and_one_weak = two medium indicators and one weak
screening-stood-in = A stronger indicator stands in for a weaker one.
screening-tier-strong = strong
screening-tier-medium = medium
screening-tier-weak = weak

# What the combination of positive dimensions points to; a suggestion, never a decision.
screening-combination-nothing_found = Nothing found by these answers. Questions that were not asked can hide a lot; other protection needs are looked at all the same.
screening-combination-definition_met = The elements recorded meet the definition of trafficking (victim of trafficking), though the answers alone do not show exploitation. The elements count; ask more about work, pay and freedom.
screening-combination-coercion_shown = Coercion at destination is shown. That the answers do not show exploitation yet does not mean there was none: ask about work and pay; protection comes first.
screening-combination-too_little_asked = Too little was asked to say anything. This is no result: ask further, or decide by what you saw and what the person wishes.
screening-combination-means_without_exploitation = Means of recruitment without exploitation: perhaps found before exploitation began. The purpose of exploitation is enough for the definition.
screening-combination-coercion_without_exploitation = Coercion or abuse at destination without exploitation found: violence or control of another kind, or exploitation not yet told.
screening-combination-exploited = Exploitation alone: exploited migrant or worker. Labour rights and wages can be claimed.
screening-combination-deceived_and_exploited = Deceptive recruitment and exploitation: victim of deception and exploitation.
screening-combination-recruited_by_means_and_exploited = Coercive recruitment or recruitment by abuse of vulnerability, and exploitation, without coercion at destination: not named by the ILO rule; look at act, means and purpose.
screening-combination-exploited_and_coerced = Exploitation and coercion at destination without means of recruitment: indications of forced labour.
screening-combination-trafficked = Recruitment by deception, coercion or abuse of vulnerability, exploitation, and coercion at destination: victim of trafficking in persons.
screening-combination-child_trafficked = A child, or age in doubt: an act and exploitation are enough, means are not required: child victim of trafficking in persons.
screening-combination-child_exploited = A child, or age in doubt, exploited; no act (recruitment, transport, transfer, harbouring, receipt) recorded yet.

# Warnings of the engine.
screening-warning-set-age = The set is for { $set } and the age is { $age }: age decides, so { $rule }.
screening-warning-rule-child = the child rule applies and means are not required
screening-warning-rule-adult = the child rule does not apply and means are required
screening-warning-purpose = A purpose that is not known does not count as a purpose of exploitation.
screening-warning-not-read = Not read, because a screening has no such field: { $fields }.

# Ages, answers, sets.
screening-age-adult = adult
screening-age-child = child
screening-age-unsure = unsure
screening-set-age-adult = adults
screening-set-age-child = children
screening-set-age-any = anyone
screening-answer-yes = Yes
screening-answer-no = No
screening-answer-unsure = Not sure
screening-answer-not_asked = Not asked
screening-set-adult_labour = Adults, labour and other exploitation
screening-set-child_labour = Children, labour and other exploitation
screening-set-adult_sexual = Adults, sexual exploitation
screening-set-child_sexual = Children, sexual exploitation
screening-set-forced_labour = ILO indicators of forced labour
screening-confidence-verified-secondary = weights from a public transcription of the original
screening-confidence-GK-verify = weights not confirmed: check them against the original before use
screening-confidence-original = weights from the original

# Act, means and purpose: article 3 of the Palermo Protocol.
element-act-recruitment = Recruitment
element-act-transportation = Transportation
element-act-transfer = Transfer
element-act-harbouring = Harbouring
element-act-receipt = Receipt
element-means-threat_force = Threat of force
element-means-use_force = Use of force
element-means-other_coercion = Other forms of coercion
element-means-abduction = Abduction
element-means-fraud = Fraud
element-means-deception = Deception
element-means-abuse_power = Abuse of power
element-means-abuse_vulnerability = Abuse of a position of vulnerability
element-means-payments = Payments or benefits to someone in control of the person
element-form-sexual = Sexual exploitation
element-form-sexual-prostitution = Prostitution
element-form-sexual-pornography = Pornographic material
element-form-sexual-remote = Remote sexual services
element-form-sexual-private = Private sexual services
element-form-sexual-tourism = Child sex tourism
element-form-labour = Forced labour or services
element-form-labour-agriculture = Agriculture
element-form-labour-aquafarming = Fishing and aquafarming
element-form-labour-begging = Forced begging
element-form-labour-construction = Construction
element-form-labour-domestic = Domestic work
element-form-labour-hospitality = Hospitality
element-form-labour-manufacturing = Manufacturing
element-form-labour-mining = Mining or drilling
element-form-labour-peddling = Peddling
element-form-labour-transportation = Transport sector
element-form-labour-illicit = Illicit activities
element-form-labour-other = Another sector
element-form-slavery = Slavery or similar practices
element-form-servitude = Servitude
element-form-organs = Removal of organs
element-form-other = Other exploitation
element-form-other-forced_marriage = Forced marriage
element-form-other-illegal_adoption = Illegal adoption or sale of a child
element-form-other-armed = Forced military service, child soldier
element-form-other-forced_crime = Forced criminal activity
element-form-other-benefit_fraud = Identity or benefit fraud
element-form-other-surrogacy = Surrogacy
element-form-mixed = Mixed forms
element-form-unknown = Not known
