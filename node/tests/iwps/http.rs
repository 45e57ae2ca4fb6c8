//! A server as other worlds see it.

use std::{net::SocketAddr, time::Duration};

use madang_primitives::portal::PortalId;
use serde_json::{json, Value};
use sp_core::crypto::Ss58Codec;
use sp_keyring::Sr25519Keyring;

/// A server of a world, as others see it.
pub struct World {
	/// Where it listens.
	pub address: SocketAddr,
}

impl World {
	/// Sends anything to any path.
	pub fn send(&self, path: &str, kind: &str, body: &[u8]) -> (u16, Value) {
		let agent = agent();
		let answer = agent
			.post(&format!("http://{}{path}", self.address))
			.header("content-type", kind)
			.send(body);
		read(answer)
	}

	/// Sends JSON.
	pub fn post(&self, path: &str, body: &Value) -> (u16, Value) {
		self.send(path, "application/json", body.to_string().as_bytes())
	}

	/// Sends a Query that is sound.
	pub fn query(&self, body: &Value) -> Value {
		let (status, answer) = self.post("/query", body);
		assert_eq!(status, 200, "{body}: {answer}");
		answer
	}

	/// Sends a Teleport that is sound.
	pub fn teleport(&self, body: &Value) -> Value {
		let (status, answer) = self.post("/teleport", body);
		assert_eq!(status, 200, "{body}: {answer}");
		answer
	}

	/// Announces a visit that has to be welcome.
	pub fn announce(&self, portal: PortalId, user: &str, id: &str) {
		let answer = self.query(&announcement(portal, user, id));
		assert_eq!(answer["approval"], true, "{answer}");
		assert!(answer["expiration"].as_u64().is_some_and(|time| time > 0));
	}

	/// Comes with a signature, and has to be let in.
	pub fn enter(&self, id: &str, signature: &str) {
		let answer = self.teleport(&json!({ "teleportId": id, "userSignature": signature }));
		assert_eq!(answer, json!({ "approval": true }), "{id}");
	}

	/// Comes, and has to be refused with a sentence that has these words.
	pub fn bounce(&self, body: Value, words: &str) {
		refused(&self.teleport(&body), words);
	}

	/// Asks, and has to be refused with a sentence that has these words.
	pub fn decline(&self, portal: PortalId, user: &str, words: &str) {
		let answer = self.query(&announcement(portal, user, &new_id()));
		refused(&answer, words);
		assert_eq!(
			(&answer["location"], &answer["destinationUrl"]),
			(&json!(""), &json!(""))
		);
	}
}

/// Sends requests and takes any status for an answer.
pub fn agent() -> ureq::Agent {
	ureq::Agent::config_builder()
		.http_status_as_error(false)
		.timeout_global(Some(Duration::from_secs(60)))
		.proxy(None)
		.build()
		.into()
}

/// Status and body of an answer, which has to be JSON that pages of any origin may read.
pub fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> (u16, Value) {
	let mut answer = answer.unwrap_or_else(|error| panic!("no answer: {error}"));
	let origins = answer.headers().get("access-control-allow-origin");
	assert_eq!(origins.map(|value| value.as_bytes()), Some(&b"*"[..]));
	let body = answer.body_mut().read_to_string().expect("it is text");
	let value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{body}: {error}"));
	(answer.status().as_u16(), value)
}

/// Fails unless an answer is a refusal with these words.
pub fn refused(answer: &Value, words: &str) {
	assert_eq!(answer["approval"], false, "{answer}");
	let sentence = answer["error"].as_str().unwrap_or_default();
	assert!(sentence.contains(words), "not {words:?} but {answer}");
}

/// A Query that announces a visit.
pub fn announcement(portal: PortalId, user: &str, id: &str) -> Value {
	json!({
		"location": portal.to_string(), "teleportId": id, "userId": user, "teleportPin": 47,
		"sourceAckUrl": "", "sourceNackUrl": "",
	})
}

/// An id that was not used before.
pub fn new_id() -> String {
	use std::sync::atomic::{AtomicU32, Ordering};
	static NEXT: AtomicU32 = AtomicU32::new(1);
	let number = NEXT.fetch_add(1, Ordering::Relaxed);
	format!("{number:08x}-0000-4000-8000-000000000000")
}

/// The address of somebody.
pub fn address(who: Sr25519Keyring) -> String {
	who.to_account_id().to_ss58check()
}
