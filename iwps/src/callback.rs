//! Tells the world of origin how it went.
//!
//! The address comes from whoever sent the message, so calling it blindly would let strangers reach
//! what only this machine can reach. Nobody is called whose origin the operator did not name,
//! redirects are not followed, the answer is not read, and few calls are under way at a time.

use std::{sync::Arc, time::Duration};

use axum::http::Uri;
use serde_json::{json, Value};
use tokio::sync::Semaphore;
use ureq::Agent;

use crate::{message::TeleportId, options::Origin};

/// Most calls under way at a time.
const AT_ONCE: usize = 8;

/// Most that one call may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Calls worlds of origin back.
pub struct Caller {
	allowed: Vec<Origin>,
	agent: Agent,
	permits: Arc<Semaphore>,
}

impl Caller {
	/// One that calls these origins and nobody else.
	pub fn new(allowed: Vec<Origin>) -> Self {
		let config = Agent::config_builder()
			.timeout_global(Some(PATIENCE))
			.max_redirects(0)
			// What is right for programs of this machine need not be for addresses of strangers.
			.proxy(None)
			.build();
		Self {
			allowed,
			agent: config.into(),
			permits: Arc::new(Semaphore::new(AT_ONCE)),
		}
	}

	/// Whether an address may be called.
	pub fn may_call(&self, url: &str) -> bool {
		url.parse()
			.ok()
			.and_then(|uri: Uri| Origin::of(&uri))
			.is_some_and(|origin| self.allowed.contains(&origin))
	}

	/// Calls an address if that is allowed and not too many calls are under way, and waits for nothing.
	pub fn call(&self, url: &str, id: TeleportId, approval: bool) {
		if !self.may_call(url) {
			return;
		}
		let Ok(permit) = self.permits.clone().try_acquire_owned() else {
			eprintln!(
				"{id}: the world of origin was not told, because too many calls are under way"
			);
			return;
		};
		let (agent, url) = (self.agent.clone(), url.to_string());
		tokio::task::spawn_blocking(move || {
			let _permit = permit;
			if let Err(error) = agent.post(&url).send_json(body(id, approval)) {
				eprintln!("{id}: the world of origin was not told: {error}");
			}
		});
	}
}

/// The specification has no body for this call.
fn body(id: TeleportId, approval: bool) -> Value {
	json!({ "teleportId": id.to_string(), "approval": approval })
}

#[cfg(test)]
mod tests {
	use super::*;

	fn caller(allowed: &[&str]) -> Caller {
		let origin = |text: &&str| {
			text.parse()
				.unwrap_or_else(|error| panic!("{text}: {error}"))
		};
		Caller::new(allowed.iter().map(origin).collect())
	}

	#[test]
	fn nobody_is_called_who_was_not_named() {
		assert!(!caller(&[]).may_call("http://127.0.0.1/"));
		let caller = caller(&["http://alpha.example:8080"]);
		for good in [
			"http://alpha.example:8080/ack?t=1",
			"http://ALPHA.example:8080",
		] {
			assert!(caller.may_call(good), "{good}");
		}
		for bad in [
			"",
			"/ack",
			"alpha.example:8080",
			"https://alpha.example:8080/",
			"http://alpha.example/",
			"http://alpha.example:80801/",
			"http://alpha.example:8080@127.0.0.1/",
			"http://x@alpha.example:8080/",
			"http://alpha.example.evil:8080/",
			"http://127.0.0.1:8080/",
			"http://[::1]:8080/",
			"file:///etc/passwd",
		] {
			assert!(!caller.may_call(bad), "{bad}");
		}
	}
}
