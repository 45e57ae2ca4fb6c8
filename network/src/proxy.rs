//! A wire between two nodes that can be cut: a proxy of TCP on loopback.
//!
//! While it is cut, connections that exist are closed and new ones are closed at once, which is what
//! nodes see of a network whose routers answer that nobody is there.

use std::{
	io::{self, Read, Write},
	net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, Mutex,
	},
	thread,
	time::Duration,
};

use crate::{Outcome, Tried};

/// How long the far side may take to accept.
const CONNECT: Duration = Duration::from_secs(2);

/// A wire from one node to another.
pub struct Wire {
	port: u16,
	state: Arc<State>,
}

#[derive(Default)]
struct State {
	cut: AtomicBool,
	over: AtomicBool,
	open: Mutex<Vec<TcpStream>>,
}

impl State {
	fn close_all(&self) {
		let mut open = self
			.open
			.lock()
			.unwrap_or_else(|poisoned| poisoned.into_inner());
		for stream in open.drain(..) {
			let _ = stream.shutdown(Shutdown::Both);
		}
	}

	/// Remembers a connection, so that it can be closed. Says whether it may go on.
	fn keep(&self, stream: &TcpStream) -> io::Result<bool> {
		let mut open = self
			.open
			.lock()
			.unwrap_or_else(|poisoned| poisoned.into_inner());
		// Under the lock, so that cutting either sees this connection or comes before it.
		if self.cut.load(Ordering::SeqCst) || self.over.load(Ordering::SeqCst) {
			return Ok(false);
		}
		// Those that were closed on their own.
		open.retain(|stream| stream.peer_addr().is_ok());
		open.push(stream.try_clone()?);
		Ok(true)
	}
}

impl Wire {
	/// A wire that leads to this port.
	pub fn to(port: u16) -> Outcome<Self> {
		let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
			.tried(|| "cannot listen on loopback".into())?;
		let own = listener
			.local_addr()
			.tried(|| "cannot tell the port of a wire".into())?
			.port();
		let state = Arc::new(State::default());
		let shared = state.clone();
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				if shared.over.load(Ordering::SeqCst) {
					break;
				}
				let shared = shared.clone();
				thread::spawn(move || carry(stream, port, &shared));
			}
		});
		Ok(Self { port: own, state })
	}

	/// Where the near node connects to.
	pub fn port(&self) -> u16 {
		self.port
	}

	/// Cuts the wire.
	pub fn cut(&self) {
		self.state.cut.store(true, Ordering::SeqCst);
		self.state.close_all();
	}

	/// Mends it.
	pub fn mend(&self) {
		self.state.cut.store(false, Ordering::SeqCst);
	}
}

impl Drop for Wire {
	fn drop(&mut self) {
		self.state.over.store(true, Ordering::SeqCst);
		self.state.close_all();
		// Wakes the thread that accepts, so that it ends.
		let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
	}
}

/// Carries bytes both ways until one side closes or the wire is cut.
fn carry(near: TcpStream, port: u16, state: &State) {
	let far = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
	let Ok(far) = TcpStream::connect_timeout(&far, CONNECT) else {
		return;
	};
	let _ = near.set_nodelay(true);
	let _ = far.set_nodelay(true);
	let (Ok(true), Ok(true)) = (state.keep(&near), state.keep(&far)) else {
		let _ = near.shutdown(Shutdown::Both);
		let _ = far.shutdown(Shutdown::Both);
		return;
	};
	let (Ok(near_back), Ok(far_back)) = (near.try_clone(), far.try_clone()) else {
		return;
	};
	let back = thread::spawn(move || pour(far_back, near_back));
	pour(near, far);
	let _ = back.join();
}

/// Moves bytes in one direction, and closes both ends after the last.
fn pour(mut from: TcpStream, mut to: TcpStream) {
	let mut bytes = [0; 16 * 1024];
	while let Ok(length @ 1..) = from.read(&mut bytes) {
		if to.write_all(&bytes[..length]).is_err() {
			break;
		}
	}
	let _ = from.shutdown(Shutdown::Both);
	let _ = to.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Sends everything back.
	fn echo() -> u16 {
		let listener = TcpListener::bind("127.0.0.1:0").expect("there are free ports");
		let port = listener.local_addr().expect("it is bound").port();
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				thread::spawn(move || {
					let back = stream.try_clone().expect("a stream has two ends");
					pour(stream, back);
				});
			}
		});
		port
	}

	fn connect(wire: &Wire) -> TcpStream {
		let stream = TcpStream::connect(("127.0.0.1", wire.port())).expect("the wire listens");
		stream
			.set_read_timeout(Some(Duration::from_secs(5)))
			.expect("it is a socket");
		stream
	}

	fn comes_back(stream: &mut TcpStream) -> bool {
		let mut read = [0; 5];
		stream.write_all(b"hello").is_ok()
			&& stream.read_exact(&mut read).is_ok()
			&& read == *b"hello"
	}

	#[test]
	fn a_wire_carries_until_it_is_cut_and_again_when_it_is_mended() {
		let wire = Wire::to(echo()).expect("a wire can be made");
		let mut first = connect(&wire);
		assert!(comes_back(&mut first));

		wire.cut();
		assert!(!comes_back(&mut first), "what was open is closed");
		assert!(!comes_back(&mut connect(&wire)), "nothing new is carried");

		wire.mend();
		assert!(comes_back(&mut connect(&wire)));
		assert!(!comes_back(&mut first), "what was closed stays so");
	}

	#[test]
	fn a_wire_to_nowhere_closes() {
		let listener = TcpListener::bind("127.0.0.1:0").expect("there are free ports");
		let port = listener.local_addr().expect("it is bound").port();
		drop(listener);
		let wire = Wire::to(port).expect("a wire can be made");
		assert!(!comes_back(&mut connect(&wire)));
	}
}
