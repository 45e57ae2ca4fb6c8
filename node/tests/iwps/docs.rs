//! What `docs/portal.md` says.

use madang_client::money;
use madang_primitives::Balance;
use serde_json::Value;

/// The page whose samples are sent.
const DOCS: &str = include_str!("../../../docs/portal.md");

/// The block of the docs in this language that has these words.
pub fn block_with(language: &str, words: &str) -> String {
	DOCS.split(&format!("```{language}\n"))
		.skip(1)
		.filter_map(|rest| rest.split_once("```"))
		.map(|(block, _)| block)
		.find(|block| block.contains(words))
		.unwrap_or_else(|| panic!("docs/portal.md has no {language} with {words}"))
		.into()
}

/// A message or an answer from the docs.
pub fn sample(heading: &str) -> Value {
	let (_, rest) = DOCS
		.split_once(heading)
		.unwrap_or_else(|| panic!("docs/portal.md has no {heading}"));
	let block = rest
		.split_once("```json\n")
		.and_then(|(_, rest)| rest.split_once("```"))
		.map(|(block, _)| block);
	let block = block.unwrap_or_else(|| panic!("{heading} has no sample"));
	serde_json::from_str(block).unwrap_or_else(|error| panic!("{heading}: {error}: {block}"))
}

/// The page has this amount.
pub fn is_named_in_docs(amount: Balance) {
	let told = money::format(amount);
	assert!(DOCS.contains(&told), "docs/portal.md does not name {told}");
}
