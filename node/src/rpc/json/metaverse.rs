//! What `metaverse_*` answers.

use madang_primitives::{
	metaverse::{
		EndpointView, ManagerView, MetaverseView, ProfileView, Protocol, Role, Roles, Stage,
		SuspensionView,
	},
	MetaverseId,
};
use madang_runtime::{AccountId, Balance, BlockNumber, Hash};
use serde::Serialize;

use super::{address, amount, land::Territory, text};

/// One metaverse.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metaverse {
	/// Its id.
	pub id: MetaverseId,
	/// Its unique name.
	pub slug: String,
	/// Its owner; nobody for a town, which the network owns.
	pub owner: Option<String>,
	/// Who has been asked to take it over.
	pub nominee: Option<String>,
	/// How far it has come: `preparation` or `launched`.
	pub stage: &'static str,
	/// Block in which it was founded.
	pub founded_at: BlockNumber,
	/// Its own account, which is also its treasury.
	pub account: String,
	/// Display name and content.
	pub profile: Option<Profile>,
	/// Where clients enter.
	pub endpoints: Vec<Endpoint>,
	/// Managers named by the present owner.
	pub managers: Vec<Manager>,
	/// Why and until when sales and portals are closed.
	pub suspension: Option<Suspension>,
	/// What is on hold from the owner for the storage that the metaverse takes.
	pub deposit: String,
	/// Its land.
	pub territory: Option<Territory>,
}

impl From<MetaverseView<AccountId, Balance, BlockNumber>> for Metaverse {
	fn from(metaverse: MetaverseView<AccountId, Balance, BlockNumber>) -> Self {
		Self {
			id: metaverse.id,
			slug: text(metaverse.slug),
			owner: metaverse.owner.as_ref().map(address),
			nominee: metaverse.nominee.as_ref().map(address),
			stage: stage(metaverse.stage),
			founded_at: metaverse.founded_at,
			account: address(&metaverse.account),
			profile: metaverse.profile.map(Into::into),
			endpoints: metaverse.endpoints.into_iter().map(Into::into).collect(),
			managers: metaverse.managers.into_iter().map(Into::into).collect(),
			suspension: metaverse.suspension.map(Into::into),
			deposit: amount(metaverse.deposit),
			territory: metaverse.territory.map(Into::into),
		}
	}
}

/// Display name and content of a metaverse.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
	/// Display name.
	pub name: String,
	/// Where the content is; empty when there is none.
	pub uri: String,
	/// Hash of the content.
	pub hash: Option<Hash>,
}

impl From<ProfileView> for Profile {
	fn from(profile: ProfileView) -> Self {
		Self {
			name: text(profile.name),
			uri: text(profile.uri),
			hash: profile.hash,
		}
	}
}

/// One place where clients enter a world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Endpoint {
	/// Which of the places of this metaverse.
	pub index: u8,
	/// How to talk to it: `web`, `iwps`, `hyperfy`, `decentraland` or `custom`.
	pub protocol: &'static str,
	/// Where it is.
	pub uri: String,
	/// Hash of its manifest.
	pub manifest: Option<Hash>,
}

impl From<EndpointView> for Endpoint {
	fn from(endpoint: EndpointView) -> Self {
		Self {
			index: endpoint.index,
			protocol: protocol(endpoint.protocol),
			uri: text(endpoint.uri),
			manifest: endpoint.manifest,
		}
	}
}

/// One manager and the roles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manager {
	/// Who.
	pub account: String,
	/// The roles: `profile`, `land`, `portal`, `treasury`.
	pub roles: Vec<&'static str>,
}

impl From<ManagerView<AccountId>> for Manager {
	fn from(manager: ManagerView<AccountId>) -> Self {
		Self {
			account: address(&manager.account),
			roles: roles(manager.roles),
		}
	}
}

/// Why and until when a metaverse is suspended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suspension {
	/// First block in which it is over.
	pub until: BlockNumber,
	/// Hash of the published reason.
	pub reason: Hash,
}

impl From<SuspensionView<BlockNumber>> for Suspension {
	fn from(suspension: SuspensionView<BlockNumber>) -> Self {
		Self {
			until: suspension.until,
			reason: suspension.reason,
		}
	}
}

/// The name of a stage.
const fn stage(stage: Stage) -> &'static str {
	match stage {
		Stage::Preparation => "preparation",
		Stage::Launched => "launched",
	}
}

/// The name of a protocol.
const fn protocol(protocol: Protocol) -> &'static str {
	match protocol {
		Protocol::Web => "web",
		Protocol::Iwps => "iwps",
		Protocol::Hyperfy => "hyperfy",
		Protocol::Decentraland => "decentraland",
		Protocol::Custom => "custom",
	}
}

/// The names of the roles that somebody has.
fn roles(roles: Roles) -> Vec<&'static str> {
	[
		(Role::Profile, "profile"),
		(Role::Land, "land"),
		(Role::Portal, "portal"),
		(Role::Treasury, "treasury"),
	]
	.into_iter()
	.filter(|(role, _)| roles.has(*role))
	.map(|(_, name)| name)
	.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use madang_primitives::{
		geometry::Size,
		land::{SalePolicy, TerritoryView},
	};
	use serde_json::{json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	#[test]
	fn a_metaverse_has_every_key() {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		let full = MetaverseView {
			id: 3,
			slug: "seoul-games".into(),
			owner: Some(alice.clone()),
			nominee: Some(bob.clone()),
			stage: Stage::Launched,
			founded_at: 12u32,
			account: bob.clone(),
			profile: Some(ProfileView {
				name: "서울 게임".into(),
				uri: Vec::new(),
				hash: None,
			}),
			endpoints: vec![EndpointView {
				index: 1,
				protocol: Protocol::Hyperfy,
				uri: "https://seoul.example".into(),
				manifest: Some(Hash::zero()),
			}],
			managers: vec![ManagerView {
				account: bob.clone(),
				roles: Roles {
					profile: true,
					treasury: true,
					..Default::default()
				},
			}],
			suspension: Some(SuspensionView {
				until: 40,
				reason: Hash::zero(),
			}),
			deposit: 5_000_000u128,
			territory: Some(TerritoryView {
				size: Size::new(64, 32),
				claimed: 10,
				parcels: 1,
				collection: 3,
				sale: SalePolicy::Closed,
			}),
		};
		let (alice, bob) = (address(&alice), address(&bob));
		let zero = format!("0x{}", "00".repeat(32));
		assert_eq!(
			to_value(Metaverse::from(full)).expect("this is JSON"),
			json!({
				"id": 3,
				"slug": "seoul-games",
				"owner": alice,
				"nominee": bob,
				"stage": "launched",
				"foundedAt": 12,
				"account": bob,
				"profile": { "name": "서울 게임", "uri": "", "hash": null },
				"endpoints": [{
					"index": 1,
					"protocol": "hyperfy",
					"uri": "https://seoul.example",
					"manifest": zero,
				}],
				"managers": [{ "account": bob, "roles": ["profile", "treasury"] }],
				"suspension": { "until": 40, "reason": zero },
				"deposit": "5000000",
				"territory": {
					"size": { "width": 64, "height": 32 },
					"claimed": 10,
					"parcels": 1,
					"collection": 3,
					"sale": { "kind": "closed" },
				},
			})
		);
	}

	#[test]
	fn all_roles_have_a_name() {
		assert_eq!(roles(Roles::ALL), ["profile", "land", "portal", "treasury"]);
		assert!(roles(Roles::default()).is_empty());
	}
}
