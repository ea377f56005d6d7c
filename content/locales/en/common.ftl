### What is on every page: names, navigation, lists, forms.

product-name = Palermo
product-tagline = Regional information against trafficking in persons

machine-translated = This page was translated by a machine and has not yet been read by a person.

nav-work = My work
nav-mechanisms = Mechanisms
nav-states = States
nav-instruments = Instruments
nav-agreements = Agreements
nav-laws = National law
nav-admin = Administration
nav-audit = Audit
nav-account = My account
nav-help = Help
nav-demo = Demonstration
nav-sign-in = Sign in
nav-sign-out = Sign out

footer-label = About this site
footer-help = Help
footer-rights = Your rights
footer-accessibility = Accessibility
footer-privacy = Privacy
footer-api = For programs (API)
footer-disclaimer = Borders and names shown here imply no opinion on the legal status of any territory.

demo-banner = Demonstration. Every person, organisation and State here is invented. Enter nothing about real people.
demo-title = Choose a role
demo-choose = Step into any of these invented people to see what they see. Nothing you do here reaches anyone.
demo-step-in = Step in
demo-watermark = Demonstration, all data invented

list-search = Search
list-all = All
list-empty = Nothing matches. Clear the filters to see everything.
list-not-taken = “{ $value }” is not one of the choices of “{ $filter }”. What follows is shown without it.
list-nothing = There is nothing under “{ $title }” yet. It appears here as soon as someone enters, sends or imports it.
list-count =
    { $count ->
        [one] { $shown } entry
       *[other] { $shown } entries
    }

count-states =
    { $count ->
        [one] { $shown } State
       *[other] { $shown } States
    }
count-parties =
    { $count ->
        [one] { $shown } party
       *[other] { $shown } parties
    }
count-members =
    { $count ->
        [one] { $shown } member
       *[other] { $shown } members
    }

form-save = Save
form-continue = Continue
form-cancel = Cancel
form-remove = Remove
form-change = Change
form-choose = Choose…
form-optional = (optional)
form-send = Send
form-back = Back
form-title-error = Error: { $title }

date-day = Day
date-month = Month
date-year = Year
date-hint = For example, 27 3 2025

word-yes = Yes
word-no = No
word-unknown = Unknown
word-none = None
word-and-more = and more
