### Help and pages about this site.

start-title = What States have agreed, and what they do about it
start-lead = Regional mechanisms against trafficking in persons: who belongs to them, who is bound by what, and what they have achieved. Every fact names its source.
start-demo = This is a demonstration. Step into an invented person’s role to see the rest.
start-mechanisms = Regional bodies and processes, their members, plans and duties
start-states = What each State belongs to and has agreed
start-instruments = Conventions, protocols and declarations, and their parties at any date
start-matrix = States against instruments, on one page
start-agreements = What States and mechanisms have agreed with one another
start-laws = What national law says, topic by topic

help-lead = How to find your way, and what to do when something does not work.
help-1-title = Someone is in danger now
help-1 = Call the emergency number of the country you are in. Palermo is not watched around the clock.
help-2-title = Leaving quickly
help-2 = Press “Exit this page”, or press Shift three times. The page goes blank and another opens. Your browser may still list this site in its history.
help-3-title = Signing in
help-3 = You need your e-mail address, your passphrase and your second factor. Nobody will ever ask you for them. If you have lost one, ask for recovery; two colleagues decide.
help-4-title = Lists
help-4 = Filter, sort by the column heads, and take the same view away as CSV or XLSX. The address of the page is the view: send it to a colleague to show the same.
help-5-title = Sources
help-5 = Every fact in the registers names its source and the date it was true. Where sources contradict one another, both are shown. What no source says reads “unknown”, with the reason.
help-6-title = Languages
help-6 = Choose a language at the top. Pages a machine translated say so; tell the secretariat about mistakes. Names and quotations stay in their own language.

rights-lead = These rules are built into Palermo. No role, setting or administrator can switch them off.

rule-1 = Help never depends on whether you speak with the authorities, on your nationality or on your papers.
rule-2 = Whoever may have been trafficked is helped at once, and also if no authority confirms it.
rule-3 = If it is not certain that someone is of age, they have the rights of a child until it is shown otherwise.
rule-4 = You have time to recover and think, at least 30 days. Nobody may end it for you, and you may decide or leave earlier.
rule-5 = Nobody arranges your return without your informed wish, a check of the risks and someone to receive you; for a child, only if it is best for the child.
rule-6 = Nothing about you is shared without your consent for that purpose and recipient, or a law that requires it. Never to remove or to prosecute you.
rule-7 = You should not be punished for what you were made to do.
rule-8 = Your name and your story are sealed. Only those who care for you open them; secretariats, donors and technicians never.
rule-9 = A protected address can be reached through a contact point, never looked up.
rule-10 = Published figures are made so that nobody can be recognised in them, also not by comparing two of them.
rule-11 = Figures with different definitions are never added together.
rule-12 = Every decision about you names who decided, why, and how you can contest it.

accessibility-lead = Palermo aims at WCAG 2.2 level AA.
accessibility-1-title = What works
accessibility-1 = Every page works with the keyboard, without scripts, enlarged to 400 per cent, in dark colours and in high contrast. Every figure has a table.
accessibility-2-title = What needs a script
accessibility-2 = Only the warning before a session ends. Without a script the session ends unannounced and the sign-in page follows.
accessibility-3-title = Something does not work for you
accessibility-3 = Tell the secretariat which page and what you use to read it.

privacy-lead = What this site knows about its visitors, and what it does not.
privacy-1-title = Visitors
privacy-1 = Nobody is counted or followed. This site asks no other site for anything.
privacy-2-title = Cookies
privacy-2 = One cookie, set only when you sign in, and gone when you sign out.
privacy-3-title = Staff
privacy-3 = Of staff Palermo keeps name, e-mail address, roles, sessions, and what they changed or read about people.
privacy-4-title = People who are helped
privacy-4 = Their data belong to the organisation that helps them, sealed with keys only its staff hold. Each reading is written down.
privacy-5-title = Your rights
privacy-5 = You may know what is held about you, have it corrected, withdraw consent and complain. Ask the organisation that helps you.

api-lead = What these pages show can also be read by programs.
api-body = The description lists every address, what it takes and what it answers. For more than the public registers a program needs a token, made under Administration.
