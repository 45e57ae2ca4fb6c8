//! The little HTTP that all of this needs: one request, one answer, in bounded time.

use std::{
	io::{self, BufRead, BufReader, Read, Write},
	net::{SocketAddr, TcpStream},
	time::Duration,
};

use serde_json::{json, Value};

/// Most that a connection may take. Everything is on one machine.
const CONNECT: Duration = Duration::from_secs(2);

/// Longest answer that is read.
const LONGEST: u64 = 256 * 1024 * 1024;

/// One connection, kept open for as many requests as one likes.
pub struct Connection {
	stream: BufReader<TcpStream>,
	/// What the node is called: it answers only who calls it so, wherever it is asked from.
	host: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
	/// The status of HTTP.
	pub status: u16,
	/// The body.
	pub body: Vec<u8>,
}

impl Connection {
	/// Connects. Each answer must come within `patience`.
	pub fn open(to: SocketAddr, patience: Duration) -> io::Result<Self> {
		let stream = TcpStream::connect_timeout(&to, CONNECT)?;
		stream.set_read_timeout(Some(patience))?;
		stream.set_write_timeout(Some(patience))?;
		stream.set_nodelay(true)?;
		Ok(Self {
			stream: BufReader::new(stream),
			host: format!("localhost:{}", to.port()),
		})
	}

	/// Posts a body that claims to be JSON.
	pub fn post(&mut self, body: &[u8]) -> io::Result<Answer> {
		let head = format!(
			"POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
			self.host,
			body.len()
		);
		let stream = self.stream.get_mut();
		stream.write_all(head.as_bytes())?;
		stream.write_all(body)?;
		stream.flush()?;
		self.answer()
	}

	/// Asks for a page.
	pub fn get(&mut self, path: &str) -> io::Result<Answer> {
		let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
		let stream = self.stream.get_mut();
		stream.write_all(head.as_bytes())?;
		stream.flush()?;
		self.answer()
	}

	fn line(&mut self) -> io::Result<String> {
		let mut line = String::new();
		// Nobody sends longer ones.
		(&mut self.stream).take(64 * 1024).read_line(&mut line)?;
		if line.is_empty() {
			return Err(io::ErrorKind::UnexpectedEof.into());
		}
		Ok(line.trim_end().to_string())
	}

	fn answer(&mut self) -> io::Result<Answer> {
		let garbled = || io::Error::from(io::ErrorKind::InvalidData);
		let status = self.line()?;
		let status = status
			.split(' ')
			.nth(1)
			.and_then(|status| status.parse().ok())
			.ok_or_else(garbled)?;
		let (mut length, mut chunked) = (0, false);
		loop {
			let line = self.line()?.to_ascii_lowercase();
			if line.is_empty() {
				break;
			}
			if let Some(value) = line.strip_prefix("content-length:") {
				length = value.trim().parse().map_err(|_| garbled())?;
			}
			chunked |= line.starts_with("transfer-encoding:") && line.contains("chunked");
		}
		let mut body = Vec::new();
		if chunked {
			loop {
				let size = self.line()?;
				let size = u64::from_str_radix(&size, 16).map_err(|_| garbled())?;
				self.read(size, &mut body)?;
				self.line().or_else(|error| match error.kind() {
					io::ErrorKind::UnexpectedEof => Ok(String::new()),
					_ => Err(error),
				})?;
				if size == 0 {
					break;
				}
			}
		} else {
			self.read(length, &mut body)?;
		}
		Ok(Answer { status, body })
	}

	fn read(&mut self, length: u64, body: &mut Vec<u8>) -> io::Result<()> {
		if length > LONGEST {
			return Err(io::ErrorKind::InvalidData.into());
		}
		let read = (&mut self.stream).take(length).read_to_end(body)?;
		if (read as u64) < length {
			return Err(io::ErrorKind::UnexpectedEof.into());
		}
		Ok(())
	}
}

/// A request of JSON-RPC.
pub fn request(method: &str, params: Value) -> Vec<u8> {
	json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
		.to_string()
		.into_bytes()
}

/// Calls a method, and gives its result, or in words what came instead.
pub fn call(
	to: SocketAddr,
	method: &str,
	params: Value,
	patience: Duration,
) -> Result<Value, String> {
	let answer = Connection::open(to, patience)
		.and_then(|mut connection| connection.post(&request(method, params)))
		.map_err(|error| error.to_string())?;
	let mut answer: Value = serde_json::from_slice(&answer.body)
		.map_err(|_| format!("HTTP {} without JSON", answer.status))?;
	match answer.get("error") {
		Some(error) => Err(error.to_string()),
		None => Ok(answer["result"].take()),
	}
}

/// The number in a header.
pub fn number(header: &Value) -> Option<u64> {
	let text = header["number"].as_str()?;
	u64::from_str_radix(text.trim_start_matches("0x"), 16).ok()
}

/// The value of a metric, from a page of Prometheus: the first line that has this name and this label.
pub fn metric(page: &str, name: &str, label: &str) -> Option<f64> {
	page.lines()
		.filter(|line| !line.starts_with('#'))
		.filter(|line| {
			line.strip_prefix(name)
				.is_some_and(|rest| rest.starts_with('{') || rest.starts_with(' '))
		})
		.find(|line| line.contains(label))
		.and_then(|line| line.rsplit(' ').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
	use std::{net::TcpListener, thread};

	use super::*;

	/// A server that answers every connection with these bytes.
	fn server(answer: &'static str) -> SocketAddr {
		let listener = TcpListener::bind("127.0.0.1:0").expect("there are free ports");
		let address = listener.local_addr().expect("it is bound");
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				let mut stream = stream;
				let mut asked = [0; 1024];
				let _ = stream.read(&mut asked);
				let _ = stream.write_all(answer.as_bytes());
			}
		});
		address
	}

	const SECOND: Duration = Duration::from_secs(1);

	#[test]
	fn results_and_errors_are_told_apart() {
		let good = server("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"result\": 7 }");
		assert_eq!(call(good, "m", json!([]), SECOND), Ok(json!(7)));
		let bad = server("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"error\": \"no\"}");
		assert_eq!(call(bad, "m", json!([]), SECOND), Err("\"no\"".into()));
		let page = server("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
		assert!(call(page, "m", json!([]), SECOND).is_err_and(|why| why.contains("404")));
		let closed = server("");
		assert!(call(closed, "m", json!([]), SECOND).is_err());
	}

	#[test]
	fn chunks_are_put_together() {
		let to = server(
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
		);
		let answer = Connection::open(to, SECOND)
			.and_then(|mut connection| connection.get("/"))
			.expect("it answers");
		assert_eq!(answer.body, b"abcde");
	}

	#[test]
	fn metrics_are_found_by_name_and_label() {
		let page = "# HELP height of blocks\n\
			height_of{status=\"best\"} 1\n\
			height{status=\"best\",chain=\"a\"} 12\n\
			height{status=\"finalized\",chain=\"a\"} 9\n\
			peers 3\n";
		assert_eq!(metric(page, "height", "finalized"), Some(9.0));
		assert_eq!(metric(page, "height", "best"), Some(12.0));
		assert_eq!(metric(page, "peers", ""), Some(3.0));
		assert_eq!(metric(page, "height", "sync"), None);
	}
}
