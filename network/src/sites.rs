//! Two sites with a cable between them that can be pulled: network namespaces of Linux.
//!
//! A node tells its neighbours on which addresses it listens, and they tell others, so a proxy between
//! two nodes on one loopback is soon gone around. In a namespace nothing leads to the other site but the
//! cable. Making namespaces takes the rights of root and the program `ip` (Debian's package iproute2).

use std::{net::Ipv4Addr, process::Command};

use crate::{must, Error, Outcome, Tried};

/// How many sites there are.
const SITES: u8 = 2;

/// After so many repetitions without an answer a connection is given up (`net.ipv4.tcp_retries2`). With
/// the 15 that Linux begins with, repetitions soon come so seldom that a connection still sleeps long after
/// the cable is back, blocks are asked for in vain, and who does not answer is not asked again for a minute.
const TCP_RETRIES: u8 = 5;

/// Where a node stands.
#[derive(Clone, Debug)]
pub struct Site {
	/// The namespace.
	pub namespace: String,
	/// The address for nodes of both sites.
	pub inside: Ipv4Addr,
	/// The address under which this machine reaches the site, whatever becomes of the cable.
	pub outside: Ipv4Addr,
}

/// Both sites. They are taken away when this goes out of scope; nodes in them must have ended before.
pub struct Sites {
	/// Distinguishes these from those of another run at the same time.
	number: u32,
	sites: Vec<Site>,
}

impl Sites {
	/// Makes the sites and lays the cable.
	pub fn new() -> Outcome<Self> {
		let number = std::process::id();
		let [.., low] = number.to_be_bytes();
		let mut sites = Self {
			number,
			sites: Vec::new(),
		};
		let bridge = sites.link("cable");
		ip(&["link", "add", &bridge, "type", "bridge"])?;
		ip(&["link", "set", &bridge, "up"])?;
		for place in 0..SITES {
			let site = Site {
				namespace: format!("madang-{number}-{place}"),
				inside: Ipv4Addr::new(10, 213, 0, place + 1),
				outside: Ipv4Addr::new(10, 214 + place, low, 2),
			};
			ip(&["netns", "add", &site.namespace])?;
			sites.sites.push(site);
			sites.furnish(place)?;
		}
		Ok(sites)
	}

	/// Gives a site its two lines: the cable to the other one, and one to this machine.
	fn furnish(&self, place: u8) -> Outcome<()> {
		let Site {
			namespace,
			inside,
			outside,
		} = &self.sites[usize::from(place)];
		let (plug, line) = (self.plug(place), self.link(&format!("line{place}")));
		let pair = ["type", "veth", "peer", "name"];
		ip(&[
			&["link", "add", &plug][..],
			&pair,
			&["cable", "netns", namespace],
		]
		.concat())?;
		ip(&["link", "set", &plug, "master", &self.link("cable"), "up"])?;
		ip(&[
			&["link", "add", &line][..],
			&pair,
			&["line", "netns", namespace],
		]
		.concat())?;
		let [a, b, c, _] = outside.octets();
		let near = format!("{a}.{b}.{c}.1/30");
		ip(&["address", "add", &near, "dev", &line])?;
		ip(&["link", "set", &line, "up"])?;
		for (name, address) in [
			("cable", format!("{inside}/24")),
			("line", format!("{outside}/30")),
		] {
			ip(&["-n", namespace, "address", "add", &address, "dev", name])?;
			ip(&["-n", namespace, "link", "set", name, "up"])?;
		}
		ip(&["-n", namespace, "link", "set", "lo", "up"])?;
		// As docs/operations.md asks of validators.
		let set = format!("echo {TCP_RETRIES} > /proc/sys/net/ipv4/tcp_retries2");
		ip(&["netns", "exec", namespace, "sh", "-c", &set])
	}

	/// The name of an interface of this machine, at most 15 characters.
	fn link(&self, name: &str) -> String {
		format!("{name}{}", self.number)
	}

	/// The end of the cable that belongs to a site.
	fn plug(&self, place: u8) -> String {
		self.link(&format!("plug{place}"))
	}

	/// One of them.
	pub fn site(&self, place: usize) -> &Site {
		&self.sites[place]
	}

	/// Pulls the cable: what either site sends to the other is lost without a word.
	pub fn pull(&self) -> Outcome<()> {
		ip(&["link", "set", &self.plug(0), "down"])
	}

	/// Plugs it in again.
	pub fn plug_in(&self) -> Outcome<()> {
		ip(&["link", "set", &self.plug(0), "up"])
	}
}

impl Drop for Sites {
	fn drop(&mut self) {
		// With a namespace go the lines that end in it.
		for site in &self.sites {
			let _ = ip(&["netns", "delete", &site.namespace]);
		}
		let _ = ip(&["link", "delete", &self.link("cable")]);
	}
}

/// Runs `ip`.
fn ip(args: &[&str]) -> Outcome<()> {
	let told = match Command::new("ip").args(args).output() {
		Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
			return Err(Error::Impossible(
				"there is no program `ip`; on Debian: apt-get install iproute2".into(),
			));
		}
		told => told.tried(|| "cannot run ip".into())?,
	};
	let said = String::from_utf8_lossy(&told.stderr);
	if said.contains("not permitted") {
		return Err(Error::Impossible(format!(
			"making network namespaces needs the rights of root: {}",
			said.trim()
		)));
	}
	must(told.status.success(), || {
		format!("ip {}: {}", args.join(" "), said.trim())
	})
}
