//! What this machine can do, by the SDK's own means: the measurements with which a node judges the
//! machine of a validator.
//!
//! Run it with `cargo bench -p madang-node --bench machine`. Nothing here is a target: it says what
//! the figures of the other benchmarks are worth, and whether weights of this machine hold on the
//! reference hardware of the SDK.

use std::{path::PathBuf, process::ExitCode, thread};

use madang_report::{
	benchmark,
	figures::{grouped, median, spread},
	Part, Table,
};
use sc_sysinfo::{
	benchmark_cpu, benchmark_cpu_parallelism, benchmark_disk_random_writes,
	benchmark_disk_sequential_writes, benchmark_memory, benchmark_sr25519_verify, gather_sysinfo,
	ExecutionLimit, Throughput,
};
use tempfile::TempDir;

/// How often each is measured.
const ROUNDS: usize = 5;

/// Seconds that one measurement takes: as many as the SDK's `benchmark machine` takes by default.
const SECONDS: f32 = 5.0;

/// The same when it is only to be shown that the benchmark works.
const FEW_SECONDS: f32 = 0.05;

/// Bytes of a message whose signature is verified.
const MESSAGE: f64 = 32.0;

/// Something that a machine does.
struct Ability {
	name: &'static str,
	unit: Unit,
	/// What the reference hardware does, in MiB/s.
	reference: f64,
	measure: fn(&Place) -> Throughput,
}

/// How it is told.
#[derive(Clone, Copy)]
enum Unit {
	Mebibytes,
	Signatures,
}

/// For how long and where it is measured.
struct Place {
	limit: ExecutionLimit,
	cores: usize,
	folder: PathBuf,
}

/// The references are those of `machine/reference_hardware.json` in `frame-benchmarking-cli` 64.
const ABILITIES: [Ability; 6] = [
	Ability {
		name: "BLAKE2b-256, one core",
		unit: Unit::Mebibytes,
		reference: 1_000.0,
		measure: |place| benchmark_cpu(place.limit),
	},
	Ability {
		name: "BLAKE2b-256, all cores at once, for each",
		unit: Unit::Mebibytes,
		reference: 1_000.0,
		measure: |place| benchmark_cpu_parallelism(place.limit, place.cores),
	},
	Ability {
		name: "sr25519, signatures verified",
		unit: Unit::Signatures,
		reference: 0.622675781,
		measure: |place| benchmark_sr25519_verify(place.limit),
	},
	Ability {
		name: "memory, copied",
		unit: Unit::Mebibytes,
		reference: 11_768.341,
		measure: |place| benchmark_memory(place.limit),
	},
	Ability {
		name: "disk, written in sequence",
		unit: Unit::Mebibytes,
		reference: 950.0,
		measure: |place| {
			benchmark_disk_sequential_writes(place.limit, &place.folder)
				.expect("temporary files can be written")
		},
	},
	Ability {
		name: "disk, written at random places",
		unit: Unit::Mebibytes,
		reference: 420.0,
		measure: |place| {
			benchmark_disk_random_writes(place.limit, &place.folder)
				.expect("temporary files can be written")
		},
	},
];

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let quick = Part::quick();
	let folder = tempfile::tempdir().expect("temporary folders can be made");
	let place = Place::new(&folder, if quick { FEW_SECONDS } else { SECONDS });

	let mut part = Part::new("machine");
	part.table(description());
	part.table(abilities(&place));
	part.note(format!(
		"Medians of {ROUNDS} measurements by `sc-sysinfo`, with the lowest and the highest. The \
		 reference is the hardware for which the SDK states what a validator needs \
		 (`reference_hardware.json` of `frame-benchmarking-cli` 64, what `benchmark machine` checks); \
		 of several cores it asks for eight, and here are {}. The disk is the one with the temporary \
		 folder, where the other benchmarks have their chains. The SDK counts signatures in bytes of \
		 messages of {MESSAGE} bytes; here they are counted one by one.",
		place.cores
	));
	if quick {
		part.note("A dry run: too short to mean anything.");
	}
	part
}

impl Place {
	fn new(folder: &TempDir, seconds: f32) -> Self {
		Self {
			limit: ExecutionLimit::from_secs_f32(seconds),
			cores: thread::available_parallelism().map_or(1, |cores| cores.get()),
			folder: folder.path().to_path_buf(),
		}
	}
}

impl Unit {
	/// The figure in this unit, of so many MiB/s.
	fn of(self, mebibytes: f64) -> f64 {
		match self {
			Self::Mebibytes => mebibytes,
			Self::Signatures => mebibytes * f64::from(1 << 20) / MESSAGE,
		}
	}

	fn name(self) -> &'static str {
		match self {
			Self::Mebibytes => "MiB/s",
			Self::Signatures => "1/s",
		}
	}
}

impl Ability {
	fn row(&self, place: &Place) -> [String; 7] {
		eprintln!("{}", self.name);
		let figures: Vec<f64> = (0..ROUNDS)
			.map(|_| (self.measure)(place).as_mibs())
			.collect();
		let (lowest, highest) = spread(&figures);
		let middle = median(figures);
		let told = |mebibytes: f64| grouped(self.unit.of(mebibytes).round() as u64);
		[
			self.name.into(),
			self.unit.name().into(),
			told(middle),
			told(lowest),
			told(highest),
			told(self.reference),
			format!("{:.2}", middle / self.reference),
		]
	}
}

/// What the machine can do.
fn abilities(place: &Place) -> Table {
	let columns = [
		"what",
		"unit",
		"median",
		"lowest",
		"highest",
		"reference",
		"median / reference",
	];
	let mut table = Table::new("What it can do", columns);
	for ability in &ABILITIES {
		table.row(ability.row(place));
	}
	table
}

/// What the machine is.
fn description() -> Table {
	let info = gather_sysinfo();
	let unknown = || "unknown".to_string();
	let cores = info
		.core_count
		.map_or_else(unknown, |cores| cores.to_string());
	let threads = thread::available_parallelism();
	let threads = threads.map_or_else(|_| unknown(), |threads| threads.to_string());
	let memory = info.memory.map_or_else(unknown, |bytes| {
		format!("{} MiB", grouped(bytes / (1024 * 1024)))
	});
	let is_virtual = info
		.is_virtual_machine
		.map_or_else(unknown, |is| String::from(if is { "yes" } else { "no" }));
	let mut table = Table::new("The machine", ["what", "is"]);
	for (what, is) in [
		("processor", info.cpu.unwrap_or_else(unknown)),
		("cores", cores),
		("threads at once", threads),
		("memory", memory),
		("kernel", info.linux_kernel.unwrap_or_else(unknown)),
		("distribution", info.linux_distro.unwrap_or_else(unknown)),
		("virtual machine", is_virtual),
	] {
		table.row([what.into(), is]);
	}
	table
}
