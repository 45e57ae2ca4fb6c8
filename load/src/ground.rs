//! The specification of a chain with accounts and land of our own in its first block.

use std::{fs, path::Path};

use madang_network::{
	must,
	network::{folder, program, Network},
	node, Error, Outcome, Tried,
};
use madang_primitives::{geometry::Size, Balance, MetaverseId};
use madang_runtime::AccountId;
use serde_json::{json, Value};

/// Where a specification has what differs from the default genesis.
const PATCH: &str = "/genesis/runtimeGenesis/patch";

/// A chain before its first block.
pub struct Ground {
	specification: Value,
}

impl Ground {
	/// A chain that the node knows by name.
	pub fn of(chain: &str) -> Outcome<Self> {
		let folder = folder()?;
		let told = node::run(
			&program()?,
			&["export-chain-spec", "--chain", chain],
			folder.path(),
		)?;
		must(told.status.success(), || {
			format!("no specification of {chain}: {}", told.stderr)
		})?;
		let specification = serde_json::from_str(&told.stdout)
			.map_err(|error| Error::Broken(format!("the specification of {chain}: {error}")))?;
		Self::new(specification)
	}

	/// The chain of a specification, which is not raw.
	pub fn new(specification: Value) -> Outcome<Self> {
		must(
			specification.pointer(PATCH).is_some_and(Value::is_object),
			|| format!("the specification has nothing at {PATCH}; is it raw?"),
		)?;
		Ok(Self { specification })
	}

	/// Gives accounts money.
	pub fn endow(
		mut self,
		accounts: impl IntoIterator<Item = AccountId>,
		amount: Balance,
	) -> Outcome<Self> {
		// Numbers of JSON hold no more.
		let amount = u64::try_from(amount)
			.map_err(|_| Error::Broken(format!("{amount} is too much for a genesis")))?;
		let rows = accounts.into_iter().map(|account| json!([account, amount]));
		self.list("balances", "balances")?.extend(rows);
		Ok(self)
	}

	/// Founds a metaverse, and gives its id.
	pub fn found(&mut self, owner: &AccountId, slug: &str, size: Size) -> Outcome<MetaverseId> {
		// Towns have the first ids.
		let towns = self.list("metaverse", "towns")?.len();
		let metaverses = self.list("metaverse", "metaverses")?;
		let id = towns + metaverses.len();
		metaverses.push(json!({
			"owner": owner,
			"slug": slug,
			"name": slug,
			"width": size.width,
			"height": size.height,
		}));
		MetaverseId::try_from(id).map_err(|_| Error::Broken(format!("{id} is no id")))
	}

	/// Leaves only so many validators.
	pub fn keep_validators(mut self, count: usize) -> Outcome<Self> {
		self.list("session", "keys")?.truncate(count);
		self.list("validatorSelection", "invulnerables")?
			.truncate(count);
		Ok(self)
	}

	/// Starts validators of this chain, as nodes run that are told nothing else.
	pub fn start(&self, validators: &[&str]) -> Outcome<Network> {
		let folder = folder()?;
		let file = folder.path().join("specification.json");
		write(&file, &self.specification)?;
		Network::start(&file.display().to_string(), validators, &[])
	}

	/// A list in the genesis of a pallet. It is made if there is none.
	fn list(&mut self, pallet: &str, field: &str) -> Outcome<&mut Vec<Value>> {
		let patch = self.specification.pointer_mut(PATCH);
		let list = patch.map(|patch| &mut patch[pallet][field]);
		let list = list.ok_or_else(|| Error::Broken(format!("nothing is at {PATCH}")))?;
		if list.is_null() {
			*list = json!([]);
		}
		list.as_array_mut()
			.ok_or_else(|| Error::Broken(format!("{pallet}.{field} is no list in the genesis")))
	}
}

fn write(file: &Path, specification: &Value) -> Outcome<()> {
	fs::write(file, specification.to_string()).tried(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::senders::key;
	use madang_client::chain::account_of;

	fn ground() -> Ground {
		let patch = json!({
			"metaverse": { "towns": [{}, {}] },
			"session": { "keys": [1, 2, 3, 4] },
		});
		Ground::new(json!({ "genesis": { "runtimeGenesis": { "patch": patch } } }))
			.expect("this is a specification")
	}

	#[test]
	fn a_genesis_gets_accounts_and_land() {
		let owner = account_of(&key("owner", 0));
		let mut ground = ground();
		let size = Size::new(8, 4);
		assert_eq!(ground.found(&owner, "one", size).ok(), Some(2));
		assert_eq!(ground.found(&owner, "two", size).ok(), Some(3));
		let ground = ground
			.endow([owner.clone()], 5)
			.and_then(|ground| ground.keep_validators(3))
			.expect("nothing is in the way");
		let patch = &ground.specification["genesis"]["runtimeGenesis"]["patch"];
		assert_eq!(patch["balances"]["balances"], json!([[owner, 5]]));
		assert_eq!(patch["metaverse"]["metaverses"][1]["width"], 8);
		assert_eq!(patch["session"]["keys"], json!([1, 2, 3]));
	}

	#[test]
	fn raw_specifications_are_refused() {
		assert!(Ground::new(json!({ "genesis": { "raw": {} } })).is_err());
		assert!(ground().endow([], Balance::MAX).is_err());
	}
}
