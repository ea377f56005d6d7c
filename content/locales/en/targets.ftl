### Targets of plans.

plan-targets = Targets
plan-targets-caption = Targets by State and period
plan-targets-joint = All States together
plan-targets-draft = The plan is a draft: targets are saved as you type them. A State without a target of its own has the joint one.
plan-targets-adopted = The plan is adopted: every target you change here is an amendment. The old figure stays visible with the reason. A State without a target of its own has the joint one.
plan-targets-none = No indicator of this plan can have targets yet. What only gives context has none.
plan-targets-more = One more period
plan-targets-before = Targets that were changed
plan-targets-conflict = Someone else changed the plan in the meantime. What you typed is still here; save again to keep it.
done-plan-targets-saved = The targets were saved.
