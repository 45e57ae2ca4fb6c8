//! What the operator of a world decides.

use std::{
	fmt,
	net::SocketAddr,
	path::{Path, PathBuf},
	str::FromStr,
	time::Duration,
};

use axum::http::Uri;
use clap::Parser;
use madang_primitives::{MetaverseId, MAX_URI_LEN};
use sp_core::{sr25519, Pair};

/// Answers the two messages of the Inter-World Portaling System, Query and Teleport, for one
/// metaverse, with what is on chain.
#[derive(Clone, Parser)]
#[command(name = "madang-iwps", version)]
pub struct Options {
	/// Where the node listens.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,

	/// The metaverse for which it answers.
	#[arg(long, value_name = "ID")]
	pub metaverse: MetaverseId,

	/// Where to listen. What the internet reaches should be a proxy in front that speaks TLS.
	#[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8100")]
	pub listen: SocketAddr,

	/// Where other worlds send the Teleport message: the public address of `/teleport` here. Visitors
	/// sign it.
	#[arg(long, value_name = "URL")]
	pub entry: Entry,

	/// Key of a gatekeeper: a portal manager of the metaverse. With it visitors are admitted on chain,
	/// which pays their tolls out. Everybody on the machine sees what stands on a command line; use
	/// --gatekeeper-file where that matters.
	#[arg(long, value_name = "SURI", conflicts_with = "gatekeeper_file")]
	pub gatekeeper: Option<String>,

	/// A file with the key of the gatekeeper.
	#[arg(long, value_name = "FILE")]
	pub gatekeeper_file: Option<PathBuf>,

	/// Seconds for which an announced visit is remembered, 1 to 3600.
	#[arg(
		long,
		value_name = "SECONDS",
		default_value_t = 120,
		value_parser = clap::value_parser!(u64).range(1..=3_600)
	)]
	pub ttl: u64,

	/// Most visitors at a time; any number when left out. Who comes when it is full is refused, on
	/// chain if there is a gatekeeper.
	#[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(..=100_000))]
	pub capacity: Option<u32>,

	/// Seconds for which a visitor counts as present, because nobody tells this server who leaves.
	#[arg(
		long,
		value_name = "SECONDS",
		default_value_t = 3_600,
		value_parser = clap::value_parser!(u64).range(1..=86_400)
	)]
	pub stay: u64,

	/// A world that may be called back, like http://10.0.0.5:8080; can be given several times. Nobody is
	/// called back whose address does not begin with one of these.
	#[arg(long = "ack", value_name = "ORIGIN")]
	pub ack: Vec<Origin>,
}

impl Options {
	/// For how long an announced visit is remembered.
	pub const fn ttl(&self) -> Duration {
		Duration::from_secs(self.ttl)
	}

	/// For how long a visitor counts as present.
	pub const fn stay(&self) -> Duration {
		Duration::from_secs(self.stay)
	}

	/// The key of the gatekeeper, if there is one.
	pub fn gatekeeper(&self) -> Result<Option<sr25519::Pair>, BadKey> {
		let suri = match (&self.gatekeeper, &self.gatekeeper_file) {
			(Some(suri), _) => suri.clone(),
			(None, Some(file)) => read(file)?,
			(None, None) => return Ok(None),
		};
		sr25519::Pair::from_string(suri.trim(), None)
			.map(Some)
			.map_err(|_| BadKey::NoKey)
	}
}

fn read(file: &Path) -> Result<String, BadKey> {
	std::fs::read_to_string(file).map_err(|source| BadKey::File {
		file: file.into(),
		source,
	})
}

/// Why there is no key of a gatekeeper. Never shows what was given.
#[derive(Debug, thiserror::Error)]
pub enum BadKey {
	/// What was given is no key.
	#[error("what was given as the gatekeeper is no secret phrase, seed or derivation path")]
	NoKey,
	/// The file cannot be read.
	#[error("cannot read the gatekeeper's key from {}: {source}", file.display())]
	File {
		/// The file.
		file: PathBuf,
		/// What is wrong with it.
		source: std::io::Error,
	},
}

/// The public address of the Teleport message. Printable by its type: a URI has no spaces and no
/// control characters, so it cannot add lines to what a visitor signs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry(String);

impl FromStr for Entry {
	type Err = &'static str;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		if text.len() > MAX_URI_LEN as usize {
			return Err("an address has at most 256 bytes");
		}
		let uri: Uri = text.parse().map_err(|_| "this is no URL")?;
		if !matches!(uri.scheme_str(), Some("http" | "https")) {
			return Err("the address must begin with http:// or https://");
		}
		if has_user(&uri) || text.contains('#') {
			return Err("the address must have neither a user name nor a fragment");
		}
		Ok(Self(text.into()))
	}
}

impl fmt::Display for Entry {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

/// A host and a port that may be called back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Origin {
	host: String,
	port: u16,
}

impl Origin {
	/// The origin of an address, if it is one that this program can call: plain http, and no user name
	/// that could hide where it leads.
	pub fn of(uri: &Uri) -> Option<Self> {
		if uri.scheme_str() != Some("http") || has_user(uri) {
			return None;
		}
		Some(Self {
			host: uri.host()?.to_ascii_lowercase(),
			port: uri.port_u16().unwrap_or(80),
		})
	}
}

impl FromStr for Origin {
	type Err = &'static str;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let uri: Uri = text.parse().map_err(|_| "this is no URL")?;
		if uri.path() != "/" || uri.query().is_some() || text.contains('#') {
			return Err("an origin has no path: it is like http://10.0.0.5:8080");
		}
		Self::of(&uri).ok_or("an origin is like http://10.0.0.5:8080; https is not spoken here")
	}
}

/// Whether there is a user name in an address, before an `@`.
fn has_user(uri: &Uri) -> bool {
	uri.authority()
		.is_none_or(|authority| authority.as_str().contains('@'))
}

#[cfg(test)]
mod tests {
	use super::*;

	const LEAST: [&str; 5] = [
		"madang-iwps",
		"--metaverse",
		"2",
		"--entry",
		"https://beta.example/teleport",
	];

	fn parse(more: &[&str]) -> Result<Options, String> {
		Options::try_parse_from([&LEAST[..], more].concat()).map_err(|error| error.to_string())
	}

	#[test]
	fn by_default_nobody_is_called_back_and_nothing_is_signed() {
		let options = parse(&[]).unwrap_or_else(|error| panic!("{error}"));
		assert!(options.ack.is_empty());
		assert!(matches!(options.gatekeeper(), Ok(None)));
		assert_eq!(options.ttl(), Duration::from_secs(120));
		assert!(options.listen.ip().is_loopback());
	}

	#[test]
	fn numbers_out_of_range_are_refused() {
		for bad in [
			["--ttl", "0"],
			["--ttl", "3601"],
			["--stay", "0"],
			["--capacity", "100001"],
			["--listen", "nowhere"],
			["--ack", "https://alpha.example"],
			["--ack", "http://alpha.example/path"],
			["--ack", "http://user@alpha.example"],
		] {
			assert!(parse(&bad).is_err(), "{bad:?}");
		}
	}

	#[test]
	fn entries_are_plain_addresses() {
		for bad in [
			"beta.example/teleport",
			"ftp://beta.example",
			"https://user@beta.example",
			"https://beta.example/#x",
			"https://beta.example/a b",
			"https://beta.example/a\nb",
			"",
		] {
			assert!(bad.parse::<Entry>().is_err(), "{bad:?}");
		}
		let long = format!("https://beta.example/{}", "a".repeat(256));
		assert!(long.parse::<Entry>().is_err());
	}

	#[test]
	fn a_bad_key_is_not_printed() {
		let options = parse(&["--gatekeeper", "my secret that is none"]);
		let options = options.unwrap_or_else(|error| panic!("{error}"));
		let error = options.gatekeeper().err().map(|error| error.to_string());
		assert!(error.is_some_and(|error| !error.contains("secret that is none")));
	}

	#[test]
	fn keys_come_from_files_too() {
		let file = std::env::temp_dir().join(format!("madang-iwps-key-{}", std::process::id()));
		std::fs::write(&file, "//Alice\n").unwrap_or_else(|error| panic!("{error}"));
		let options = parse(&["--gatekeeper-file", &file.display().to_string()])
			.unwrap_or_else(|error| panic!("{error}"));
		let key = options.gatekeeper();
		let _ = std::fs::remove_file(&file);
		let key = key.ok().flatten().map(|pair| pair.public());
		let alice = sr25519::Pair::from_string("//Alice", None).map(|pair| pair.public());
		assert_eq!(key, alice.ok());
		assert!(matches!(options.gatekeeper(), Err(BadKey::File { .. })));
	}
}
