//! Machines with a wrong clock or a full disk.

use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
	time::{Duration, Instant},
};

use super::with_network;
use crate::{
	must,
	network::{Network, VALIDATORS},
	witness::Witness,
	Error, Outcome, Tried,
};

/// How far the clock is off, in seconds.
const SKEW: i64 = 30;

/// Most that so many final blocks may take of which every fourth author is out of step.
const GOES_ON: Duration = Duration::from_secs(60);

/// Where distributions put the library that gives a process another time.
const FAKETIME: [&str; 3] = [
	"/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
	"/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
	"/usr/lib/faketime/libfaketimeMT.so.1",
];

/// The clock of the fourth validator is wrong in either direction, then right again.
pub fn clock(network: &mut Network) -> Outcome<Vec<String>> {
	let library = FAKETIME
		.iter()
		.find(|path| Path::new(path).exists())
		.ok_or_else(|| {
			Error::Impossible(
				"libfaketime is not installed; on Debian: apt-get install libfaketime".into(),
			)
		})?;
	let others = [0, 1, 2];
	let mut witness = Witness::default();
	let mut lines = Vec::new();
	for (skew, way) in [(SKEW, "ahead"), (-SKEW, "behind")] {
		network.nodes[3].stop()?;
		network.nodes[3].set_env("LD_PRELOAD", library);
		network.nodes[3].set_env("FAKETIME", &format!("{skew:+}s"));
		// Only what time it is; how long something takes stays as it is.
		network.nodes[3].set_env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
		network.nodes[3].start()?;
		network.wait(
			GOES_ON,
			"answer of the node with the wrong clock",
			|network| network.nodes[3].height().is_ok(),
		)?;
		let before = network.nodes[0].height()?.finalized;
		let took = network.wait_for_finality(&others, before + 8, GOES_ON)?;
		let own = network.nodes[3].height()?;
		let seen = network.nodes[3].skew()?;
		must((seen - skew).abs() <= 5, || {
			format!("the clock of the node was off by {seen} s, and should have been by {skew}")
		})?;
		lines.push(format!(
			"clock of one of four {SKEW} s {way}: eight more blocks final at the others after {:.1} s; it \
			 follows up to final block {} of {}",
			took.as_secs_f64(),
			own.finalized,
			before + 8
		));
		witness.look_at(&network.nodes)?;
	}
	network.nodes[3].stop()?;
	for name in ["LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC"] {
		network.nodes[3].unset_env(name);
	}
	network.nodes[3].start()?;
	let back = network.wait_for_head(3, GOES_ON)?;
	let head = network.nodes[0].height()?.finalized;
	network.wait_for_finality(&[0, 1, 2, 3], head, GOES_ON)?;
	witness.check_at(&network.nodes)?;
	lines.push(format!(
		"with the right clock it is at the head {:.1} s after its start",
		back.as_secs_f64()
	));
	Ok(lines)
}

/// Size of the small disk, in megabytes. A database that is new takes about a third of it.
const DISK: u32 = 256;

/// Room below which the node stops, in megabytes.
const THRESHOLD: u32 = 32;

/// Most that it may take until the disk is full.
const FILLING: Duration = Duration::from_secs(180);

/// A file system in memory, as small as one likes. It is taken away when this goes out of scope.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
	fn mount(at: &'a Path, megabytes: u32) -> Outcome<Self> {
		fs::create_dir_all(at).tried(|| format!("cannot make {at:?}"))?;
		let size = format!("size={megabytes}m");
		let mounted = Command::new("mount")
			.args(["-t", "tmpfs", "-o", &size, "madang-fault"])
			.arg(at)
			.output()
			.tried(|| "cannot run mount".into())?;
		if !mounted.status.success() {
			return Err(Error::Impossible(format!(
				"a small disk needs the rights of root: {}",
				String::from_utf8_lossy(&mounted.stderr).trim()
			)));
		}
		Ok(Self(at))
	}

	/// Lets a file take all room but so many megabytes of it, as another program does that shares the disk.
	fn fill(&self, leave: u32) -> Outcome<()> {
		let told = Command::new("df")
			.args(["--output=avail", "--block-size=1M"])
			.arg(self.0)
			.output()
			.tried(|| "cannot run df".into())?;
		let told = String::from_utf8_lossy(&told.stdout).into_owned();
		let room: u32 = told
			.lines()
			.nth(1)
			.and_then(|room| room.trim().parse().ok())
			.ok_or_else(|| {
				Error::Broken(format!("df does not tell the room on the disk: {told}"))
			})?;
		// It says how much it took, and that this was not all, which is expected for nothing left.
		let megabytes = if leave == 0 { room + 1 } else { room - leave };
		Command::new("dd")
			.args(["if=/dev/zero", "bs=1M", &format!("count={megabytes}")])
			.arg(format!("of={}", self.filler().display()))
			.output()
			.tried(|| "cannot run dd".into())?;
		Ok(())
	}

	fn empty(&self) -> Outcome<()> {
		fs::remove_file(self.filler()).tried(|| "cannot remove the file that took the room".into())
	}

	fn filler(&self) -> PathBuf {
		self.0.join("filler")
	}
}

impl Drop for Disk<'_> {
	fn drop(&mut self) {
		let _ = Command::new("umount").arg("-l").arg(self.0).status();
	}
}

/// The disk of the fourth validator has too little room, and then none at all.
pub fn disk() -> Outcome<Vec<String>> {
	let place = tempfile::tempdir().tried(|| "cannot make a folder".into())?;
	let at = place.path().join("disk");
	// Before the network, so that a machine without the rights says so at once.
	let disk = Disk::mount(&at, DISK)?;
	let network = Network::start("local", &VALIDATORS, &[])?;
	with_network(network, |network| {
		let mut witness = Witness::default();
		network.nodes[3].stop()?;
		let data = network.nodes[3].base_path();
		// It has its database anew from the others.
		fs::create_dir_all(at.join("data")).tried(|| "cannot make a folder".into())?;
		fs::remove_dir_all(&data).tried(|| format!("cannot remove {}", data.display()))?;
		std::os::unix::fs::symlink(at.join("data"), &data).tried(|| "cannot make a link".into())?;
		network.nodes[3].add_args(["--db-storage-threshold".into(), THRESHOLD.to_string()]);
		network.nodes[3].start()?;
		network.wait_for_head(3, FILLING)?;
		let lines = vec![
			little_room(network, &disk, &mut witness)?,
			no_room(network, &disk, &mut witness)?,
		];
		// It has to end before its disk goes away.
		network.nodes[3].stop()?;
		Ok(lines)
	})
}

/// There is less room than the node asks for: it says so and stops.
fn little_room(network: &mut Network, disk: &Disk, witness: &mut Witness) -> Outcome<String> {
	let before = network.nodes[3].log().len();
	let begin = Instant::now();
	disk.fill(THRESHOLD / 2)?;
	let ended = network.nodes[3].wait_for_end(FILLING)?;
	let stopped = begin.elapsed();
	must(ended.code() == Some(1), || {
		format!("the node did not stop by itself, but with {ended}")
	})?;
	let log = network.nodes[3].log();
	let said = log[before..]
		.lines()
		.find(|line| line.contains("dropped below threshold"));
	must(said.is_some(), || {
		"the node did not say that there is no room on the disk".into()
	})?;
	let back = recover(network, disk, witness)?;
	Ok(format!(
		"less room than --db-storage-threshold on the disk of one of four: it said so and stopped after \
		 {:.0} s; with room again it was at the head {:.1} s after its start, with every final block",
		stopped.as_secs_f64(),
		back.as_secs_f64()
	))
}

/// There is no room at all from one moment to the next: the node ends this way or that.
fn no_room(network: &mut Network, disk: &Disk, witness: &mut Witness) -> Outcome<String> {
	disk.fill(0)?;
	let ended = network.nodes[3].wait_for_end(FILLING)?;
	let back = recover(network, disk, witness)?;
	Ok(format!(
		"no room left from one moment to the next: it ended ({ended}); with room again it was at the head \
		 {:.1} s after its start, with every final block",
		back.as_secs_f64()
	))
}

/// The others go on meanwhile; with room again, so does the fourth.
fn recover(network: &mut Network, disk: &Disk, witness: &mut Witness) -> Outcome<Duration> {
	let before = network.nodes[0].height()?.finalized;
	network.wait_for_finality(&[0, 1, 2], before + 4, GOES_ON)?;
	disk.empty()?;
	network.nodes[3].start()?;
	let back = network.wait_for_head(3, FILLING)?;
	let head = network.nodes[0].height()?.finalized;
	network.wait_for_finality(&[0, 1, 2, 3], head, GOES_ON)?;
	witness.look_at(&network.nodes)?;
	witness.check(&network.nodes[3])?;
	Ok(back)
}
