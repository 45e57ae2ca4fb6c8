//! Reads the files that the bencher writes with our template, `scripts/weights.hbs`.

use std::{collections::HashMap, fs, path::Path};

/// What a function of a generated file declares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
	/// Execution in picoseconds, without the database.
	pub time: u64,
	/// Bytes of the storage proof.
	pub proof: u64,
	/// Keys read.
	pub reads: u64,
	/// Keys written.
	pub writes: u64,
}

/// A function of a generated file.
#[derive(Debug, Default, PartialEq)]
pub struct Function {
	/// What it costs whatever the components.
	pub base: Cost,
	/// What each component adds for every one of it, and the largest that it can be.
	pub slopes: HashMap<String, (Cost, u64)>,
}

impl Function {
	/// What it costs with its largest components.
	pub fn at_most(&self) -> Cost {
		self.slopes
			.values()
			.fold(self.base, |sum, (cost, largest)| Cost {
				time: sum.time + cost.time * largest,
				proof: sum.proof + cost.proof * largest,
				reads: sum.reads + cost.reads * largest,
				writes: sum.writes + cost.writes * largest,
			})
	}
}

/// The functions of every file in a folder, by `pallet::function`.
pub fn read_all(folder: &Path) -> HashMap<String, Function> {
	let entries = fs::read_dir(folder).expect("the folder of the generated files is there");
	entries
		.map(|entry| entry.expect("the folder can be read").path())
		.filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
		.filter(|path| path.file_stem().is_some_and(|stem| stem != "mod"))
		.flat_map(|path| {
			let pallet = path.file_stem().expect("filtered above").to_string_lossy();
			let text = fs::read_to_string(&path).expect("a generated file is text");
			parse(&text)
				.into_iter()
				.map(|(name, function)| (format!("{pallet}::{name}"), function))
				.collect::<Vec<_>>()
		})
		.collect()
}

/// The functions of a generated file.
pub fn parse(text: &str) -> Vec<(String, Function)> {
	let mut functions = Vec::<(String, Function)>::new();
	let mut ranges = HashMap::new();
	for line in text.lines().map(str::trim) {
		if let Some(range) = line.strip_prefix("/// The range of component `") {
			let (component, range) = range.split_once('`').expect("a component has a name");
			let largest = range.rsplit(' ').next().expect("a range has an end");
			ranges.insert(
				component.to_owned(),
				number(largest.trim_end_matches("]`.")),
			);
		} else if let Some(head) = line.strip_prefix("fn ") {
			let (name, _) = head.split_once('(').expect("a function has parameters");
			let slopes = ranges
				.drain()
				.map(|(component, largest)| (component, (Cost::default(), largest)))
				.collect();
			let base = Cost::default();
			functions.push((name.to_owned(), Function { base, slopes }));
		} else if let Some(cost) = cost(line) {
			let (_, function) = functions.last_mut().expect("costs stand in functions");
			let sum = match line.split_once(".saturating_mul(") {
				Some((_, factor)) => {
					let component = factor.split('.').next().expect("a split has a first part");
					&mut function
						.slopes
						.get_mut(component)
						.expect("components have ranges")
						.0
				}
				None => &mut function.base,
			};
			sum.time += cost.time;
			sum.proof += cost.proof;
			sum.reads += cost.reads;
			sum.writes += cost.writes;
		}
	}
	functions
}

/// The cost that a line names, if it names one.
fn cost(line: &str) -> Option<Cost> {
	let figures = |call: &str| -> Option<Vec<u64>> {
		let (_, rest) = line.split_once(call)?;
		let (figures, _) = rest.split_once(')').expect("a call is closed");
		Some(figures.split(", ").map(sum).collect())
	};
	let nothing = Cost::default();
	if let Some(weight) = figures("Weight::from_parts(") {
		let [time, proof] = weight[..] else {
			panic!("a weight has two parts: {line}");
		};
		Some(Cost {
			time,
			proof,
			..nothing
		})
	} else if let Some(keys) = figures("::get().reads_writes(") {
		let [reads, writes] = keys[..] else {
			panic!("reads and writes are two: {line}");
		};
		Some(Cost {
			reads,
			writes,
			..nothing
		})
	} else if let Some(keys) = figures("::get().reads(") {
		Some(Cost {
			reads: keys[0],
			..nothing
		})
	} else {
		let keys = figures("::get().writes(")?;
		Some(Cost {
			writes: keys[0],
			..nothing
		})
	}
}

/// A number, or several with a plus between them.
fn sum(text: &str) -> u64 {
	text.split(" + ").map(number).sum()
}

fn number(text: &str) -> u64 {
	text.replace('_', "")
		.parse()
		.unwrap_or_else(|_| panic!("'{text}' is no number"))
}

#[test]
fn a_generated_function_is_understood() {
	let text = "
	/// Storage: `Land::Parcels` (r:1 w:1)
	/// The range of component `c` is `[1, 25]`.
	fn claim(c: u32, ) -> Weight {
		// The shortest run took 100_000 ns.
		Weight::from_parts(150_000_000, 3093 + 500)
			.saturating_add(T::DbWeight::get().reads_writes(10, 9))
			// Standard error: 1_000.
			.saturating_add(Weight::from_parts(8_000_000, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 2600).saturating_mul(c.into()))
	}
	fn transfer() -> Weight {
		Weight::from_parts(60_000_000, 4000)
			.saturating_add(T::DbWeight::get().reads_writes(5, 4))
	}
";
	let (claim, transfer) = match &parse(text)[..] {
		[(claim, first), (transfer, second)] => {
			assert_eq!((claim.as_str(), transfer.as_str()), ("claim", "transfer"));
			(first.at_most(), second.at_most())
		}
		other => panic!("{other:?}"),
	};
	let cost = |time, proof, reads, writes| Cost {
		time,
		proof,
		reads,
		writes,
	};
	assert_eq!(claim, cost(350_000_000, 68_593, 35, 59));
	assert_eq!(transfer, cost(60_000_000, 4_000, 5, 4));
}
