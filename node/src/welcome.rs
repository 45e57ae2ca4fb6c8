//! What a development chain prints once it listens: where, who has money, and what to do next.

use std::{
	io::{self, Write},
	net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use sc_network::multiaddr::{Multiaddr, Protocol};
use sp_keyring::Sr25519Keyring;

use crate::rpc::json::address;

/// The command that plays a story on the chain.
const STORY: &str = "./task story";

/// The port on which a node listens unless it is told another.
const USUAL_PORT: u16 = 9944;

/// Prints the welcome. The chain does not depend on anybody reading it.
pub fn print(listening: &[Multiaddr]) {
	let sockets: Vec<_> = listening.iter().filter_map(socket).map(reachable).collect();
	let mut out = io::stdout().lock();
	let _ = out
		.write_all(text(&sockets).as_bytes())
		.and_then(|()| out.flush());
}

/// The welcome for a node that listens on these sockets.
fn text(sockets: &[SocketAddr]) -> String {
	let listening = match sockets.first() {
		None => "  JSON-RPC       not listening\n".into(),
		Some(socket) => format!("  JSON-RPC       ws://{socket}  and  http://{socket}\n"),
	};
	// The client asks the usual port unless it is told another.
	let story = match sockets.first() {
		Some(socket) if socket.port() != USUAL_PORT => format!("{STORY} --url ws://{socket}"),
		_ => STORY.into(),
	};
	let accounts: String = Sr25519Keyring::invulnerable()
		.map(|who| {
			let name: &str = who.into();
			let uri = who.to_seed();
			format!(
				"    {name:<8} {uri:<10} {}\n",
				address(&who.to_account_id())
			)
		})
		.collect();
	let wallet = match sockets.first() {
		None => String::new(),
		Some(socket) => format!(
			"    https://polkadot.js.org/apps/?rpc=ws://{socket}   look around and sign with a wallet\n"
		),
	};
	format!(
		"\n\
		 Madang development chain: one validator, a block every two seconds.\n\
		 It forgets everything when it stops, unless --base-path names a folder to keep it in.\n\n\
		 {listening}\
		 \n  Accounts with money, and the secret of each (never use them on a live network)\n\
		 {accounts}\
		 \n  Next step\n\
		 \x20   {story}   plays startups that found metaverses, claim land and trade it\n\
		 {wallet}\n"
	)
}

/// The socket of an address, if it is one of TCP.
fn socket(address: &Multiaddr) -> Option<SocketAddr> {
	let mut parts = address.iter();
	let ip = match parts.next()? {
		Protocol::Ip4(ip) => IpAddr::V4(ip),
		Protocol::Ip6(ip) => IpAddr::V6(ip),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some(SocketAddr::new(ip, port)),
		_ => None,
	}
}

/// The socket to connect to from this machine, when the node listens on all interfaces.
fn reachable(mut socket: SocketAddr) -> SocketAddr {
	match socket.ip() {
		IpAddr::V4(ip) if ip.is_unspecified() => socket.set_ip(Ipv4Addr::LOCALHOST.into()),
		IpAddr::V6(ip) if ip.is_unspecified() => socket.set_ip(Ipv6Addr::LOCALHOST.into()),
		_ => (),
	}
	socket
}

#[cfg(test)]
mod tests {
	use super::*;

	fn parsed(address: &str) -> Multiaddr {
		address.parse().expect("this is an address")
	}

	#[test]
	fn sockets_are_read_from_addresses() {
		let expected = |text: &str| Some(text.parse::<SocketAddr>().expect("this is a socket"));
		assert_eq!(
			socket(&parsed("/ip4/127.0.0.1/tcp/9944")),
			expected("127.0.0.1:9944")
		);
		assert_eq!(socket(&parsed("/ip6/::1/tcp/9944")), expected("[::1]:9944"));
		assert_eq!(socket(&parsed("/ip4/127.0.0.1/udp/9944")), None);
		assert_eq!(socket(&parsed("/dns/madang.example/tcp/9944")), None);
	}

	#[test]
	fn all_interfaces_are_reached_from_this_machine() {
		let everywhere = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 9944);
		assert_eq!(reachable(everywhere).to_string(), "127.0.0.1:9944");
		let one = SocketAddr::new(Ipv4Addr::new(10, 0, 0, 7).into(), 9944);
		assert_eq!(reachable(one), one);
	}

	#[test]
	fn the_welcome_names_urls_accounts_and_the_next_step() {
		let socket = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 12345);
		let text = text(&[socket]);
		for part in [
			"ws://127.0.0.1:12345",
			"http://127.0.0.1:12345",
			"Alice    //Alice    5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
			"Ferdie",
			STORY,
			"polkadot.js.org",
		] {
			assert!(text.contains(part), "{part} is missing in\n{text}");
		}
	}
}
