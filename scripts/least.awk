# Takes the least that each function took in several runs of the bencher. A machine that does something else
# beside it, or whose host does, only ever takes longer.
#
#   awk -f scripts/least.awk RUN/PALLET.rs ANOTHER_RUN/PALLET.rs...
#
# Two runs differ in nothing but time. So the file is the first one, with each function from the run in
# which it took the least time with its components in the middle of their ranges, where a fit is surest, and
# tells how many runs there were.

# Adds the time that a line declares, in picoseconds.
function add_time(line,   figures, factor) {
	match(line, /Weight::from_parts\([0-9_]+/)
	figures = substr(line, RSTART + 19, RLENGTH - 19)
	gsub(/_/, "", figures)
	factor = 1
	if (match(line, /saturating_mul\([a-z]+/)) factor = middle[substr(line, RSTART + 15, RLENGTH - 15)]
	time += figures * factor
}

FNR == 1 { runs++ }

!inside {
	if (runs == 1) {
		if (ended) tail = tail $0 "\n"
		else head = head $0 "\n"
	}
	if (/^impl/) inside = 1
	next
}

/^}/ {
	inside = 0
	if (runs == 1) {
		ended = 1
		tail = $0 "\n"
	}
	next
}

{ text = text $0 "\n" }

/\/\/\/ The range of component `/ {
	split($0, quoted, "`")
	split(substr(quoted[4], 2), ends, ", ")
	middle[quoted[2]] = (ends[1] + ends[2]) / 2
}

/^\tfn / {
	name = $2
	sub(/\(.*/, "", name)
}

/Weight::from_parts\(/ { add_time($0) }

/^\t}/ {
	if (runs == 1) names[++count] = name
	times[name]++
	if (!(name in least) || time < least[name]) {
		least[name] = time
		function_of[name] = text
	}
	text = ""
	time = 0
}

END {
	for (name in times) if (times[name] != runs) {
		print "least.awk: " name " is in " times[name] " of " runs " runs" >"/dev/stderr"
		exit 1
	}
	sub(/Runs: RUNS/, "Runs: " runs, head)
	printf "%s", head
	for (i = 1; i <= count; i++) printf "%s", function_of[names[i]]
	printf "%s", tail
}
