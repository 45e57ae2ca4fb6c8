//! The two messages: what is read from them, and what is wrong with others.
//!
//! Fields that are reserved, and fields that nobody here needs, are not looked at.

use std::{fmt, str::FromStr};

use serde::{de::DeserializeOwned, Deserialize};
use serde_json::Value;

/// Largest message in bytes.
pub const MAX_BODY: usize = 16 * 1024;

/// Longest `location` in bytes.
const MAX_LOCATION: usize = 128;

/// Longest `userId` in bytes.
const MAX_USER: usize = 256;

/// Longest address to call back in bytes.
const MAX_URL: usize = 512;

/// Longest signature as text: a type, an ECDSA signature, and `0x`, with room for quirks.
const MAX_SIGNATURE: usize = 160;

/// Most digits of a pin.
const MAX_PIN: usize = 9;

/// What is wrong with a message, in a sentence for whoever sent it.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(String);

impl Malformed {
	fn new(sentence: impl Into<String>) -> Self {
		Self(sentence.into())
	}
}

/// Names one attempt to come, 128 bits at random. Written as a UUID.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TeleportId(u128);

impl FromStr for TeleportId {
	type Err = Malformed;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let shaped = text.len() == 36
			&& text.bytes().enumerate().all(|(at, byte)| match at {
				8 | 13 | 18 | 23 => byte == b'-',
				_ => byte.is_ascii_hexdigit(),
			});
		let number = u128::from_str_radix(&text.replace('-', ""), 16).ok();
		number.filter(|_| shaped).map(Self).ok_or_else(|| {
			Malformed::new(
				"`teleportId` must be a UUID in a string, like 0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5e",
			)
		})
	}
}

impl fmt::Display for TeleportId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let hex = format!("{:032x}", self.0);
		let parts = [
			&hex[..8],
			&hex[8..12],
			&hex[12..16],
			&hex[16..20],
			&hex[20..],
		];
		f.write_str(&parts.join("-"))
	}
}

/// What the visitor sees on both sides. A number, because some send it as one and lose the zeros in
/// front.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pin(u32);

impl Pin {
	fn read(value: &Value) -> Result<Self, Malformed> {
		let digits = match value {
			Value::Number(number) => number.to_string(),
			Value::String(text) => text.clone(),
			_ => String::new(),
		};
		let plain = (1..=MAX_PIN).contains(&digits.len())
			&& digits.bytes().all(|byte| byte.is_ascii_digit());
		digits
			.parse()
			.ok()
			.filter(|_| plain)
			.map(Self)
			.ok_or_else(|| Malformed::new("`teleportPin` must be a number of 1 to 9 digits"))
	}
}

/// Where to tell the world of origin how it went. Empty where it did not say.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Callbacks {
	/// When the visitor was let in.
	pub ack: String,
	/// When not.
	pub nack: String,
}

/// A visit that is announced: what the specification calls the bundle A.2.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Visit {
	/// Names the attempt.
	pub id: TeleportId,
	/// Who comes.
	pub user: String,
	/// What the visitor sees.
	pub pin: Pin,
	/// Whom to tell.
	pub callbacks: Callbacks,
}

/// May somebody come?
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Query {
	/// Where to.
	pub location: String,
	/// Who, when somebody is about to come.
	pub visit: Option<Visit>,
}

/// Somebody is coming.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Teleport {
	/// Names the attempt.
	pub id: TeleportId,
	/// What the visitor sees.
	pub pin: Option<Pin>,
	/// Who comes.
	pub user: Option<String>,
	/// Whether this side is to start the visitor's program.
	pub launch_client: bool,
	/// When the visitor was let in.
	pub ack: Option<String>,
	/// When not.
	pub nack: Option<String>,
	/// By whom the visitor is known to own the pass. A field of Madang.
	pub signature: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct QueryFields {
	location: String,
	teleport_id: Option<String>,
	user_id: Option<String>,
	teleport_pin: Option<Value>,
	source_ack_url: Option<String>,
	source_nack_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TeleportFields {
	teleport_id: String,
	teleport_pin: Option<Value>,
	user_id: Option<String>,
	launch_client: Option<bool>,
	source_ack_url: Option<String>,
	source_nack_url: Option<String>,
	user_signature: Option<String>,
}

impl Query {
	/// Reads a message.
	pub fn read(body: &[u8]) -> Result<Self, Malformed> {
		let fields: QueryFields = read(body)?;
		Ok(Self {
			location: short("location", fields.location, MAX_LOCATION)?,
			visit: visit(
				fields.teleport_id,
				fields.user_id,
				fields.teleport_pin,
				fields.source_ack_url,
				fields.source_nack_url,
			)?,
		})
	}
}

impl Teleport {
	/// Reads a message.
	pub fn read(body: &[u8]) -> Result<Self, Malformed> {
		let fields: TeleportFields = read(body)?;
		let maybe =
			|name, text: Option<String>, most| text.map(|text| short(name, text, most)).transpose();
		Ok(Self {
			id: fields.teleport_id.parse()?,
			pin: fields.teleport_pin.as_ref().map(Pin::read).transpose()?,
			user: maybe("userId", fields.user_id, MAX_USER)?,
			launch_client: fields.launch_client.unwrap_or(false),
			ack: maybe("sourceAckUrl", fields.source_ack_url, MAX_URL)?,
			nack: maybe("sourceNackUrl", fields.source_nack_url, MAX_URL)?,
			signature: maybe("userSignature", fields.user_signature, MAX_SIGNATURE)?,
		})
	}
}

/// The bundle, all of it or nothing.
fn visit(
	id: Option<String>,
	user: Option<String>,
	pin: Option<Value>,
	ack: Option<String>,
	nack: Option<String>,
) -> Result<Option<Visit>, Malformed> {
	let missing: Vec<_> = [
		("teleportId", id.is_none()),
		("userId", user.is_none()),
		("teleportPin", pin.is_none()),
		("sourceAckUrl", ack.is_none()),
		("sourceNackUrl", nack.is_none()),
	]
	.into_iter()
	.filter_map(|(name, missing)| missing.then_some(name))
	.collect();
	let (Some(id), Some(user), Some(pin), Some(ack), Some(nack)) = (id, user, pin, ack, nack)
	else {
		return if missing.len() == 5 {
			Ok(None)
		} else {
			Err(Malformed::new(format!(
				"a visit is announced with teleportId, userId, teleportPin, sourceAckUrl and \
				 sourceNackUrl together; {} missing",
				list(&missing)
			)))
		};
	};
	let user = short("userId", user, MAX_USER)?;
	if user.is_empty() {
		return Err(Malformed::new("`userId` is empty"));
	}
	Ok(Some(Visit {
		id: id.parse()?,
		user,
		pin: Pin::read(&pin)?,
		callbacks: Callbacks {
			ack: short("sourceAckUrl", ack, MAX_URL)?,
			nack: short("sourceNackUrl", nack, MAX_URL)?,
		},
	}))
}

fn list(names: &[&str]) -> String {
	let verb = if names.len() == 1 { "is" } else { "are" };
	format!("{} {verb}", names.join(", "))
}

fn read<Fields: DeserializeOwned>(body: &[u8]) -> Result<Fields, Malformed> {
	// The first look is for what is hidden in fields that are not read: it bounds how deep they nest.
	serde_json::from_slice::<Value>(body)
		.and_then(|_| serde_json::from_slice(body))
		.map_err(|why| Malformed::new(format!("the body is not this message in JSON: {why}")))
}

fn short(name: &str, text: String, most: usize) -> Result<String, Malformed> {
	if text.len() > most {
		return Err(Malformed::new(format!(
			"`{name}` has more than {most} bytes"
		)));
	}
	Ok(text)
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	const ID: &str = "0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5e";

	fn bundle() -> Value {
		json!({
			"location": "7", "teleportId": ID, "userId": "ann", "teleportPin": 47,
			"sourceAckUrl": "", "sourceNackUrl": "",
		})
	}

	fn query(value: &Value) -> Result<Query, Malformed> {
		Query::read(value.to_string().as_bytes())
	}

	#[test]
	fn reserved_and_unknown_fields_are_not_looked_at() {
		let mut value = bundle();
		value["assets"] = json!([{ "anything": [] }]);
		value["sourceCharacteristics"] = json!(0);
		value["sourceOs"] = json!("windows");
		value["status"] = json!(null);
		assert_eq!(query(&value), query(&bundle()));
	}

	#[test]
	fn a_part_of_the_bundle_is_refused_by_name() {
		for field in [
			"teleportId",
			"userId",
			"teleportPin",
			"sourceAckUrl",
			"sourceNackUrl",
		] {
			let mut value = bundle();
			value[field] = Value::Null;
			let Err(Malformed(sentence)) = query(&value) else {
				panic!("{field} may be missing");
			};
			assert!(
				sentence.contains(&format!("{field} is missing")),
				"{sentence}"
			);
		}
		let without = query(&json!({ "location": "7" }));
		assert!(without.is_ok_and(|query| query.visit.is_none()));
	}

	#[test]
	fn ids_are_uuids_and_nothing_else() {
		let id: TeleportId = ID.parse().unwrap_or_else(|error| panic!("{error}"));
		assert_eq!(id.to_string(), ID);
		let upper: Result<TeleportId, _> = ID.to_uppercase().parse();
		assert_eq!(upper, Ok(id), "letters are the same in both cases");
		for bad in [
			"",
			"1",
			"0b0f1c0e6c1a4f5e9d2e3b6a1f2c4d5e",
			"0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5",
			"0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5g",
			"+b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5e",
			"0b0f1c0e-6c1a-4f5e-9d2e-3b6a1f2c4d5é",
			"------------------------------------",
		] {
			assert!(bad.parse::<TeleportId>().is_err(), "{bad}");
		}
	}

	#[test]
	fn pins_are_numbers_with_or_without_zeros() {
		assert_eq!(Pin::read(&json!(7)), Pin::read(&json!("07")));
		assert_eq!(Pin::read(&json!("999999999")), Ok(Pin(999_999_999)));
		for bad in [
			json!(-1),
			json!(1.5),
			json!(""),
			json!("pin"),
			json!("1000000000"),
			json!("+1"),
			json!(true),
			json!({}),
			json!([1]),
		] {
			assert!(Pin::read(&bad).is_err(), "{bad}");
		}
	}

	#[test]
	fn long_texts_are_refused_by_name() {
		for (field, len) in [
			("location", MAX_LOCATION),
			("userId", MAX_USER),
			("sourceAckUrl", MAX_URL),
			("sourceNackUrl", MAX_URL),
		] {
			let mut value = bundle();
			value[field] = json!("a".repeat(len));
			assert!(query(&value).is_ok(), "{field}");
			value[field] = json!("a".repeat(len + 1));
			let Err(Malformed(sentence)) = query(&value) else {
				panic!("{field} may be longer");
			};
			assert!(sentence.contains(field), "{sentence}");
		}
		let long = json!({ "teleportId": ID, "userSignature": "0".repeat(MAX_SIGNATURE + 1) });
		assert!(Teleport::read(long.to_string().as_bytes()).is_err());
	}

	#[test]
	fn what_is_not_json_is_refused() {
		let deep = format!("{}{}", "[".repeat(8_000), "]".repeat(8_000));
		let hidden = format!("{{\"location\":\"7\",\"assets\":{deep}}}");
		for bad in [
			"",
			"null",
			"[]",
			"7",
			"{",
			"{\"location\":7}",
			"\u{0}",
			&deep,
			&hidden,
		] {
			assert!(Query::read(bad.as_bytes()).is_err(), "{bad:.40}");
			assert!(Teleport::read(bad.as_bytes()).is_err(), "{bad:.40}");
		}
		assert!(Query::read(b"{\"location\":\"\xff\"}").is_err());
		let twice = format!("{{\"teleportId\":\"{ID}\",\"teleportId\":\"{ID}\"}}");
		assert!(Teleport::read(twice.as_bytes()).is_err(), "said twice");
	}

	#[test]
	fn a_teleport_needs_its_id_only() {
		let least = json!({ "teleportId": ID });
		let read = Teleport::read(least.to_string().as_bytes());
		assert!(read.is_ok_and(|message| !message.launch_client && message.pin.is_none()));
		let wrong = json!({ "teleportId": ID, "launchClient": "yes" });
		assert!(Teleport::read(wrong.to_string().as_bytes()).is_err());
	}
}
