# The verb `chopsticks` of the task runner, which sources this and has set `target` and `build`: the
# parachain in another implementation, and both compared.

# Oldest Node.js that runs it, and oldest npm that knows the format of the lock file.
NODE=20
NPM=7

setup_node() {
	command -v node >/dev/null && command -v npm >/dev/null ||
		setup_stop "Node.js is missing: install version $NODE or newer, with npm, from https://nodejs.org."
	local node npm
	node=$(node --version) npm=$(npm --version)
	node=${node#v}
	[ "${node%%.*}" -ge "$NODE" ] ||
		setup_stop "Node.js $node is too old: install version $NODE or newer from https://nodejs.org."
	[ "${npm%%.*}" -ge "$NPM" ] ||
		setup_stop "npm $npm is too old: install version $NPM or newer with 'npm install -g npm'."
}

# The packages as the lock file has them, whose copy says that they are all there.
setup_chopsticks() {
	local installed=chopsticks/node_modules/.installed
	! cmp -s chopsticks/package-lock.json "$installed" || return 0
	npm ci --prefix chopsticks --loglevel error ||
		setup_stop "the packages of chopsticks cannot be installed: see what npm says above; it needs its registry."
	cp chopsticks/package-lock.json "$installed"
}

chopsticks() {
	setup_node
	setup_chopsticks
	cargo build "${build[@]}" --bin madang-reference --example chain-specs
	local reference="$target/release/madang-reference" folder="$target/chopsticks"
	"$target/release/examples/chain-specs" --with-runtime "$folder"
	"$reference" raw "$folder/parachain-development.json" >"$folder/raw.json"
	node chopsticks/main.js "$folder/raw.json" "$folder/blocks.json"
	"$reference" execute "$folder/raw.json" "$folder/blocks.json"
}
