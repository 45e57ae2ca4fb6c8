//! One connection to a node, kept open.

use std::{net::SocketAddr, time::Duration};

use madang_network::{
	rpc::{self, Connection},
	Error, Outcome, Tried,
};
use serde_json::{json, Value};
use sp_core::bytes;

/// Most that one answer may take of a node that has much to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub struct Line {
	connection: Connection,
	to: SocketAddr,
}

impl Line {
	/// Connects to where a node answers JSON-RPC.
	pub fn open(to: SocketAddr) -> Outcome<Self> {
		let connection =
			Connection::open(to, PATIENCE).tried(|| format!("cannot connect to {to}"))?;
		Ok(Self { connection, to })
	}

	/// Calls a method, and gives its result.
	pub fn ask(&mut self, method: &str, params: Value) -> Outcome<Value> {
		let body = self.post(method, &rpc::request(method, params))?;
		let mut answer = self.read(method, &body)?;
		match answer.get("error") {
			Some(error) => Err(self.silent(method, error.to_string())),
			None => Ok(answer["result"].take()),
		}
	}

	/// Calls a method several times in one request, and gives the answers as they came.
	pub fn ask_several(&mut self, method: &str, requests: &[String]) -> Outcome<Vec<Value>> {
		let body = format!("[{}]", requests.join(","));
		let body = self.post(method, body.as_bytes())?;
		match self.read(method, &body)? {
			Value::Array(answers) if answers.len() == requests.len() => Ok(answers),
			other => Err(self.silent(method, other.to_string())),
		}
	}

	/// Posts a request, and gives the bytes that came back.
	pub fn post(&mut self, method: &str, request: &[u8]) -> Outcome<Vec<u8>> {
		let answer = self
			.connection
			.post(request)
			.map_err(|error| self.silent(method, error.to_string()))?;
		match answer.status {
			200 => Ok(answer.body),
			other => Err(self.silent(method, format!("HTTP {other}"))),
		}
	}

	/// What is stored under a key at a block.
	pub fn stored(&mut self, key: &[u8], at: &str) -> Outcome<Option<Vec<u8>>> {
		let key = bytes::to_hex(key, false);
		let value = self.ask("state_getStorage", json!([key, at]))?;
		value.as_str().map(hex).transpose()
	}

	fn read(&self, method: &str, body: &[u8]) -> Outcome<Value> {
		serde_json::from_slice(body).map_err(|error| self.silent(method, error.to_string()))
	}

	fn silent(&self, method: &str, why: String) -> Error {
		Error::Silent {
			node: self.to.to_string(),
			method: method.into(),
			why,
		}
	}
}

/// Bytes from their hexadecimal digits.
pub fn hex(text: &str) -> Outcome<Vec<u8>> {
	bytes::from_hex(text).map_err(|_| Error::Broken(format!("{text} are no hexadecimal digits")))
}

/// The text that an answer should be.
pub fn text(value: &Value) -> Outcome<String> {
	value
		.as_str()
		.map(Into::into)
		.ok_or_else(|| Error::Broken(format!("{value} is no text")))
}
