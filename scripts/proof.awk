# Makes the proofs in a file of generated weights those of a large state. The bencher adds to what it
# recorded the trie of the one map whose trie is the longest. The other maps that a function reads have
# tries too: this adds them, `from_parts(time, bencher's + others')`.
#
# A map with so many entries has the bencher's layers, of 15 hashes with their lengths.

function layers(entries,   count, room) {
	count = 1
	for (room = 16; room < entries; room *= 16) count++
	return count
}

function begin_function() {
	delete seen
	sum = 0
	longest = 0
}

BEGIN {
	LAYER = 15 * 33
	# As many as the bencher supposes where a map has no bound.
	MAP = 1000000
	begin_function()
}

/\/\/\/ Storage: `/ {
	match($0, /\(r:[0-9]+/)
	reads = substr($0, RSTART + 3, RLENGTH - 3)
}

/\/\/\/ Proof: `/ {
	split($0, quoted, "`")
	map = quoted[2]
	# A map has a line for each of its keys, and a trie once.
	if (reads > 0 && !(map in seen)) {
		seen[map]
		entries = match($0, /`max_values`: Some\([0-9]+/) ? substr($0, RSTART + 19, RLENGTH - 19) : MAP
		trie = layers(entries) * LAYER
		sum += trie
		if (trie > longest) longest = trie
	}
}

/^\t\tWeight::from_parts\([0-9_]+, [0-9]+\)$/ {
	if (sum > longest) sub(/\)$/, " + " sum - longest ")")
	begin_function()
}

{ print }
