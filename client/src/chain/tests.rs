use super::*;

#[test]
fn refusals_are_told_with_the_sentence_of_the_metadata() {
	let (name, text) = explain(pallet_land::Error::<Runtime>::Occupied.into());
	assert_eq!(name, "Land.Occupied");
	assert!(!text.is_empty());
}

#[test]
fn refusals_of_no_pallet_are_told_in_words() {
	let (name, text) = explain(DispatchError::BadOrigin);
	assert_eq!(name, "BadOrigin");
	assert_eq!(text, "Bad origin");
}

#[test]
fn keys_of_assets_are_those_of_the_runtime() {
	let who = AccountId::from([7; 32]);
	let mut key = storage_prefix(b"Assets", b"Account").to_vec();
	key.extend(concat_hash(&1u32.encode()));
	key.extend(concat_hash(&who.encode()));
	assert_eq!(
		key,
		pallet_assets::Account::<Runtime>::hashed_key_for(1, who)
	);
}

#[test]
fn states_of_a_transaction_are_read_as_nodes_write_them() {
	let read = |text: &str| serde_json::from_str::<Status>(text).map_err(|why| why.to_string());
	let hash = format!("0x{}", "11".repeat(32));
	assert!(matches!(read("\"ready\""), Ok(Status::Ready)));
	assert!(matches!(
		read(r#"{"broadcast":["peer"]}"#),
		Ok(Status::Broadcast(_))
	));
	assert!(matches!(
		read(&format!(r#"{{"inBlock":"{hash}"}}"#)),
		Ok(Status::InBlock(_))
	));
	assert!(matches!(
		read(&format!(r#"{{"finalized":"{hash}"}}"#)),
		Ok(Status::Finalized(_))
	));
}
