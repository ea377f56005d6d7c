# What is found in files of figures, one sentence a rule. The checks themselves
# say it in English with the values; programs read those.

found-ages-do-not-add-up = ages do not add up to the total
found-dates-out-of-order = an end stands before its beginning
found-demonstration = a demonstration takes no files about persons
found-does-not-agree = two columns of this row contradict each other
found-duplicate = the same figure stands twice; leave one
found-empty = the file has no rows
found-field-twice = a column stands twice; leave one
found-jump = far from the year or month before; look whether it is right
found-missing-code = the area has no code
found-no-common-code = this word has no common code yet; map it
found-no-mapping = say first which column holds what
found-not-a-count = not a whole number of persons, nor a hidden one such as `<5`
found-not-a-date = not a day; write it as `2024-12-31`
found-not-a-number = not a number
found-not-a-period = not a year or month; write `2025` or `2025-03`
found-not-a-year = not a year
found-not-iso = the code of the area is not one of ISO 3166
found-not-listed = further findings that are not listed
found-not-taken = fields about persons are not taken in
found-not-yes-or-no = neither yes nor no
found-old-template = an older template; fetch the present one
found-one-code-only = one code only, not several
found-other-state = not of the State whose figures these are
found-parts-exceed-a-subtotal = the parts are more than their subtotal
found-parts-exceed-total = the parts are more than the total
found-repeated-line = the same line stands in the file already
found-sexes-do-not-add-up = the sexes do not add up to the total
found-small-cell = a number under 5 shown in the open
found-small-shown = numbers under 5 shown in the open; exact figures stay with their office
found-total-beside-parts = a total stands beside its parts and would be counted twice
found-unit-contradicts-values = the unit contradicts the values
found-unit-missing = the unit is missing
found-unknown-code = not a code of the list
found-unknown-field = the standard has no such column
found-unknown-format = a file of another kind; its columns are not those expected
found-unreadable = the file cannot be read as a table
found-without-consent = rows without consent
found-age-within-another = another age band beside it counts these persons already
found-no-value = no value, so no count
found-other-breakdown = persons divided by this column are counted in the rows without it
found-period-ahead = a period that has not come yet; write the period in which the persons were counted
found-rate = a rate, not a number of persons; send the counts
found-kind-error = error
found-kind-warning = warning

# What the report of an attack says. Files and programs read it in English.

attack-exposed = { $cell } could be worked out from the other cells
attack-difference = { $outer } less { $inner } leaves { $least } to { $most } people: who knows what changed learns the rest about them
attack-linked = { $cell } could be worked out by laying this release beside { $with }: { $least } to { $most } people
attack-rebuilt = Kinds of people with 1 to { $most } members that could be rebuilt by combining the tables: { $kinds }
attack-solved = Kinds of people whose number is known exactly: { $solved } of { $kinds }; none is a small group unless said above
attack-leaked = Combinations of fewer than { $k } people that are shown: { $count }
attack-zero = Cells known to be zero, where nobody was recorded: { $count }
attack-shared = Table { $table }: in { $classes } classes everybody has { $column } = { $value }; belonging to the class gives it away
attack-not-dp = Whether any one person is in the records, beyond a factor of e to the power { $epsilon } (delta { $delta }), whatever else is known
attack-not-synthetic = Any combination of values of fewer than { $k } people; no line is a real person’s
attack-not-count = Any count of 1 to { $most }, from all tables together
attack-not-interval = The number in any hidden or rounded cell; cells: { $cells }; values that remain possible for each, at least: { $values }
attack-no-earlier = (No earlier release was there to compare with)
attack-not-difference = A group of 1 to { $most } people from the difference to any earlier release; compared: { $releases }
attack-linked-not-tried = (Sums over this release and { $with } were not tried: too many cells are hidden or rounded; pairs of cells were compared)
attack-not-linked = Any count of 1 to { $most } from sums over this release and { $with }, by linear programming
attack-not-rebuilt = Anybody singled out by rebuilding the records; kinds of people tried by integer programming: { $kinds }
attack-rebuilt-not-tried = (Rebuilding the records was not tried, the kinds of people are too many: { $kinds }; the bounds above were proved by linear programming)
attack-not-rebuilt-in-groups = Anybody singled out by rebuilding the records from any one group of tables, by integer programming; groups: { $groups }
attack-groups-only = (All tables together were not tried, they have too many kinds of people; the bounds above were proved by linear programming)
attack-groups-left = (Too large even alone: { $tables })
attack-remedy-linked = Leave out the table that shows what an earlier release hides, join small categories, or release rounded counts
attack-remedy-exposed = Join small categories, or release rounded counts
attack-remedy-difference = Release rounded counts, or wait until the change is larger than a small group
attack-remedy-rebuilt = Leave out one of the tables, cross fewer columns, or release rounded counts
attack-remedy-leaked = Raise the threshold, or take out columns
