### Help and pages about this site.

help-title = Help
help-intro = Palermo holds what a regional mechanism and its States know together: who is bound by what, what was planned and done, and, apart and sealed, the cases of people who are helped.
help-emergency-title = Someone is in danger now
help-emergency = Call the emergency number of the country you are in. Palermo is not watched around the clock.
help-sign-in-title = Signing in
help-sign-in = You need your e-mail address, your passphrase and your second factor. Nobody will ever ask you for them. If you have lost one, ask for recovery; two colleagues decide.
help-lists-title = Lists
help-lists = Filter on the side, sort by the column heads, and take the same view away as CSV or XLSX. The address of the page is the view: send it to a colleague to show the same.
help-sources-title = Sources
help-sources = Every fact in the registers names its source and the date it was true. Where sources contradict one another, both are shown. What no source says reads “unknown”, with the reason.
help-leave-title = Leaving quickly

rights-title = Your rights
rights-intro = If something about you is held here, you may know it, have it corrected, and agree or not to each sharing. Help never depends on whether you speak with the police.

accessibility-title = Accessibility
accessibility-body = Palermo aims at WCAG 2.2 level AA. Every page works with the keyboard, without scripts, enlarged to 400 per cent and in dark colours. Tell the secretariat what does not work for you.

privacy-title = Privacy
privacy-body = This site sets one cookie, and only after you sign in. It asks no other site for anything and counts no visitors.

api-title = For programs
api-body = Everything on these pages can also be read by programs. The description lists every address, what it takes and what it answers.

home-title = Palermo
home-intro = What States have agreed against trafficking in persons, and what they do about it.
