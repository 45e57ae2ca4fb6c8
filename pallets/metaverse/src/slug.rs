//! What a slug may look like.
//!
//! Only small ASCII letters, digits and the hyphen: no capitals, accents or other scripts with which
//! one slug could pass for another in a link, on a sign or over the phone.

use crate::types::{MAX_SLUG_LEN, MIN_SLUG_LEN};

/// Slugs that nobody can register, since visitors would take them for the network itself. Genesis
/// gives some of them to the towns.
pub const RESERVED_SLUGS: [&str; 26] = [
	"admin",
	"administrator",
	"api",
	"council",
	"foundation",
	"guardian",
	"help",
	"launch",
	"launch-town",
	"madang",
	"mainnet",
	"network",
	"null",
	"official",
	"preparation",
	"preparation-town",
	"root",
	"security",
	"staff",
	"support",
	"system",
	"testnet",
	"town",
	"treasury",
	"wallet",
	"www",
];

/// Why a slug cannot be used by anyone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SlugProblem {
	/// Fewer than [`MIN_SLUG_LEN`] characters.
	TooShort,
	/// More than [`MAX_SLUG_LEN`] characters.
	TooLong,
	/// Something else than `a-z`, `0-9` and `-`.
	BadCharacter,
	/// A `-` at either end.
	BadHyphen,
}

/// Whether the slug has the right shape. Says nothing of who may use it.
pub fn check(slug: &[u8]) -> Result<(), SlugProblem> {
	if slug.len() < MIN_SLUG_LEN as usize {
		return Err(SlugProblem::TooShort);
	}
	if slug.len() > MAX_SLUG_LEN as usize {
		return Err(SlugProblem::TooLong);
	}
	if !slug
		.iter()
		.all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-'))
	{
		return Err(SlugProblem::BadCharacter);
	}
	if slug.first() == Some(&b'-') || slug.last() == Some(&b'-') {
		return Err(SlugProblem::BadHyphen);
	}
	Ok(())
}

/// Whether only the network may use the slug.
pub fn is_reserved(slug: &[u8]) -> bool {
	RESERVED_SLUGS
		.iter()
		.any(|reserved| reserved.as_bytes() == slug)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn slugs_of_the_right_shape_pass() {
		let longest = "z".repeat(32);
		for slug in [
			"abc",
			"a1b",
			"123",
			"a-b",
			"a--b",
			"han-river-2026",
			longest.as_str(),
		] {
			assert_eq!(check(slug.as_bytes()), Ok(()), "{slug}");
		}
	}

	#[test]
	fn boundary_of_length() {
		assert_eq!(check(b""), Err(SlugProblem::TooShort));
		assert_eq!(check(b"ab"), Err(SlugProblem::TooShort));
		assert_eq!(check(&[b'a'; 33]), Err(SlugProblem::TooLong));
	}

	#[test]
	fn fails_when_a_character_is_not_allowed() {
		for slug in [
			"Abc",
			"ab_c",
			"ab c",
			"ab.c",
			"마당",
			"ab\u{0}",
			"a\u{301}bc",
		] {
			assert_eq!(
				check(slug.as_bytes()),
				Err(SlugProblem::BadCharacter),
				"{slug}"
			);
		}
	}

	#[test]
	fn fails_when_a_hyphen_is_at_an_end() {
		for slug in ["-abc", "abc-", "---", "-a-"] {
			assert_eq!(
				check(slug.as_bytes()),
				Err(SlugProblem::BadHyphen),
				"{slug}"
			);
		}
	}

	#[test]
	fn reserved_slugs_have_the_right_shape_and_stand_once_in_order() {
		assert!(RESERVED_SLUGS
			.iter()
			.all(|slug| check(slug.as_bytes()).is_ok()));
		assert!(RESERVED_SLUGS.windows(2).all(|pair| pair[0] < pair[1]));
		assert!(is_reserved(b"root"));
		assert!(!is_reserved(b"root-beer"));
	}
}
