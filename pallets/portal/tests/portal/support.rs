//! What the tests of portals share: a portal with good terms, and short words for every call.
//!
//! Alice and Bob own the metaverses at both ends, where a test does not say otherwise. Carol and Dave
//! travel, or own land.

pub use madang_mock::*;
pub use madang_primitives::{
	escrow::AssetKind,
	geometry::{Area, Cut},
	land::SalePolicy,
	metaverse::Roles,
	portal::{
		Access, DestinationInput, Direction, GateInput, Parties, Party, PassState, PassView,
		PortalId, PortalQueryError, PortalState, PortalView, Proof, Rate, Side, Split, Terms, Toll,
		Version, Way, MAX_HOPS, MAX_PORTALS,
	},
	MetaverseId, ParcelId,
};
pub use pallet_portal::{
	Buckets, Error, Event, GatesOn, HoldReason, NextPortal, Offers, Portals, PortalsFrom,
	PortalsTo, ProposalsOf,
};
pub use sp_core::H256;
pub use sp_runtime::{DispatchError, DispatchResult, Permill};

use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungible::Mutate as _,
		fungibles::{InspectHold as _, Mutate as _},
	},
};
use madang_primitives::traits::Metaverses;

/// The call succeeds, as a transaction.
macro_rules! assert_ok {
	($call:expr $(,)?) => {{
		frame_support::assert_ok!(tx(|| $call));
	}};
}

/// The call fails with this error and, as a transaction, changes nothing.
macro_rules! assert_noop {
	($call:expr, $error:expr $(,)?) => {{
		frame_support::assert_noop!(tx(|| $call), $error);
	}};
}

pub(crate) use {assert_noop, assert_ok};

/// What is paid at a gate with a toll: an odd amount, which no share divides.
pub const TOLL: Balance = 1_001;
/// What each metaverse gets of it, 49 % rounded down.
pub const WORLDS: Balance = 490;
/// What the network gets of it: 2 % and all that rounding left.
pub const NETWORKS: Balance = 21;
/// The notice of the portals here.
pub const NOTICE: BlockNumber = 7;
/// The town in which plots are claimed here.
pub const TOWN: MetaverseId = 1;
/// Every hold of this pallet.
pub const REASONS: [HoldReason; 3] = [HoldReason::Portal, HoldReason::Pass, HoldReason::Toll];

/// Runs a test once in each kind of asset.
pub fn on_both(test: impl Fn(AssetKind)) {
	for asset in accepted() {
		build_and_execute(|| test(asset.clone()));
	}
}

/// Does something, tells what came of it, and undoes it.
pub fn undone<R>(deed: impl FnOnce() -> R) -> R {
	let mut result = None;
	let _ = with_transaction(|| -> TransactionOutcome<DispatchResult> {
		result = Some(deed());
		TransactionOutcome::Rollback(Ok(()))
	});
	result.unwrap()
}

/// A signed origin.
pub fn by(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// The block in which we are.
pub fn now() -> BlockNumber {
	System::block_number()
}

/// Something was announced in this way.
pub fn expect_event(event: Event<Test>) {
	System::assert_has_event(event.into());
}

/// A metaverse of 16 x 16 cells.
pub fn world(owner: &AccountId) -> MetaverseId {
	register_demo(owner.clone(), 16, 16)
}

/// A metaverse that is open to visitors, with a parcel of its owner in the last corner.
pub fn launched_world(owner: &AccountId) -> MetaverseId {
	let id = world(owner);
	claim_demo(owner.clone(), id, Area::new(15, 15, 1, 1));
	assert_ok!(Metaverse::set_endpoint(
		by(owner),
		id,
		0,
		endpoint("https://world.example")
	));
	assert_ok!(Metaverse::launch(by(owner), id));
	id
}

/// A parcel of 2 x 2 cells in somebody's metaverse, given to somebody; `place` tells them apart.
pub fn parcel(metaverse: MetaverseId, owner: &AccountId, place: u16) -> ParcelId {
	let host = owner_of(metaverse);
	let parcel = claim_demo(host.clone(), metaverse, Area::new(2 * place, 0, 2, 2));
	if host != *owner {
		sell_land(metaverse, parcel, &host, owner);
	}
	parcel
}

/// A plot of 2 x 2 cells in the town.
pub fn plot(owner: &AccountId, place: u16) -> ParcelId {
	let free = SalePolicy::Open { price_per_cell: 0 };
	assert_ok!(Land::set_sale(root(), TOWN, free));
	claim_demo(owner.clone(), TOWN, Area::new(2 * place, 0, 2, 2))
}

/// Who owns a metaverse that is no town.
pub fn owner_of(metaverse: MetaverseId) -> AccountId {
	<Metaverse as Metaverses<RuntimeOrigin, AccountId>>::owner(metaverse).expect("somebody owns it")
}

/// The metaverse gets another owner.
pub fn sell_world(metaverse: MetaverseId, from: &AccountId, to: &AccountId) {
	assert_ok!(Metaverse::nominate_owner(by(from), metaverse, to.clone()));
	assert_ok!(Metaverse::accept_ownership(by(to), metaverse));
}

/// The parcel gets another owner.
pub fn sell_land(metaverse: MetaverseId, parcel: ParcelId, from: &AccountId, to: &AccountId) {
	assert_ok!(Land::transfer(by(from), metaverse, parcel, to.clone()));
}

/// Makes somebody a manager who agrees to portals and nothing else.
pub fn make_manager(metaverse: MetaverseId, who: &AccountId) {
	set_roles(
		metaverse,
		who,
		Roles {
			portal: true,
			..Default::default()
		},
	);
}

/// Sets the roles of a manager.
pub fn set_roles(metaverse: MetaverseId, who: &AccountId, roles: Roles) {
	assert_ok!(Metaverse::set_manager(
		by(&owner_of(metaverse)),
		metaverse,
		who.clone(),
		roles
	));
}

/// Suspends a metaverse for so many blocks.
pub fn suspend(metaverse: MetaverseId, blocks: BlockNumber) {
	assert_ok!(Metaverse::suspend(
		root(),
		metaverse,
		now() + blocks,
		H256::repeat_byte(9)
	));
}

/// The account of a metaverse.
pub fn purse(metaverse: MetaverseId) -> AccountId {
	pallet_metaverse::Pallet::<Test>::account_of(metaverse)
}

/// Everything in this asset that belongs to an account, on hold or not.
pub fn wealth(asset: &AssetKind, who: &AccountId) -> Balance {
	balance(asset, who) + on_hold(asset, who)
}

/// What both assets hold of everybody, and what everybody can spend: for "nothing was taken".
pub fn everybody() -> Vec<[(Balance, Balance); 2]> {
	people()
		.into_iter()
		.chain([treasury()])
		.map(|who| accepted().map(|asset| (balance(&asset, &who), on_hold(&asset, &who))))
		.collect()
}

/// What is on hold from an account for one reason of portals.
pub fn held_for(reason: HoldReason, asset: &AssetKind, who: &AccountId) -> Balance {
	TokenHolds::balance_on_hold(asset.clone(), &reason.into(), who)
}

/// What is on hold from an account for portals and offers.
pub fn deposits(who: &AccountId) -> Balance {
	held_for(HoldReason::Portal, &native(), who)
}

/// Sends money without any ceremony.
pub fn send(asset: &AssetKind, from: &AccountId, to: &AccountId, amount: Balance) {
	match asset {
		AssetKind::Native => {
			assert_ok!(Balances::transfer_allow_death(by(from), to.clone(), amount))
		}
		AssetKind::WithId(id) => {
			assert_ok!(Assets::transfer(by(from), *id, to.clone(), amount))
		}
	}
}

/// Another visitor with enough of both.
pub fn visitor(number: u8) -> AccountId {
	let who = stranger(number);
	frame_support::assert_ok!(Balances::mint_into(&who, 1_000_000));
	frame_support::assert_ok!(Assets::mint_into(STABLE, &who, 1_000_000));
	who
}

/// Three parts in millionths.
pub fn split(source: u32, destination: u32, network: u32) -> Split {
	Split {
		source: Permill::from_parts(source),
		destination: Permill::from_parts(destination),
		network: Permill::from_parts(network),
	}
}

/// [`TOLL`] in this asset, in the usual parts.
pub fn toll(asset: &AssetKind) -> Toll {
	Toll {
		asset: asset.clone(),
		amount: TOLL,
		split: split(490_000, 490_000, 20_000),
	}
}

/// A gate in a metaverse.
pub fn gate(metaverse: MetaverseId, parcel: Option<ParcelId>) -> GateInput {
	GateInput {
		metaverse,
		parcel,
		spawn: b"plaza".to_vec(),
	}
}

/// A world that is not on this chain.
pub fn elsewhere() -> DestinationInput {
	DestinationInput::External {
		uri: b"https://elsewhere.example".to_vec(),
		manifest: H256::repeat_byte(5),
	}
}

/// Free, for everybody, one way and without an end.
pub fn plain_terms() -> Terms<BlockNumber> {
	Terms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: NOTICE,
	}
}

/// A portal as somebody proposes it.
#[derive(Clone, Debug)]
pub struct Draft {
	/// Where it begins.
	pub source: GateInput,
	/// Where it ends.
	pub destination: DestinationInput,
	/// The terms.
	pub terms: Terms<BlockNumber>,
}

impl Draft {
	/// From one metaverse to another, on no land, with [`plain_terms`].
	pub fn between(source: MetaverseId, destination: MetaverseId) -> Self {
		Self::on_land((source, None), (destination, None))
	}

	/// The same with gates on parcels.
	pub fn on_land(
		source: (MetaverseId, Option<ParcelId>),
		destination: (MetaverseId, Option<ParcelId>),
	) -> Self {
		Self {
			source: gate(source.0, source.1),
			destination: DestinationInput::Gate(gate(destination.0, destination.1)),
			terms: plain_terms(),
		}
	}

	/// From a metaverse out of this chain.
	pub fn out_of(source: MetaverseId) -> Self {
		Self {
			source: gate(source, None),
			destination: elsewhere(),
			terms: plain_terms(),
		}
	}

	/// From a new metaverse of Alice to a new one of Bob.
	pub fn new() -> Self {
		Self::between(world(&alice()), world(&bob()))
	}

	/// The same with other terms.
	pub fn with(mut self, change: impl FnOnce(&mut Terms<BlockNumber>)) -> Self {
		change(&mut self.terms);
		self
	}

	/// The same with a toll.
	pub fn tolled(self, asset: &AssetKind) -> Self {
		self.with(|terms| terms.toll = Some(toll(asset)))
	}

	/// The same both ways.
	pub fn two_way(self) -> Self {
		self.with(|terms| terms.direction = Direction::TwoWay)
	}

	/// The call `propose`.
	pub fn propose_by(&self, who: &AccountId) -> DispatchResult {
		self.propose(by(who))
	}

	/// The call `propose` of whatever origin.
	pub fn propose(&self, origin: RuntimeOrigin) -> DispatchResult {
		Portal::propose(
			origin,
			self.source.clone(),
			self.destination.clone(),
			self.terms.clone(),
		)
	}

	/// Proposes it, which must succeed.
	pub fn proposed_by(&self, who: &AccountId) -> Door {
		let door = Door(NextPortal::<Test>::get());
		assert_ok!(self.propose_by(who));
		door
	}

	/// Proposes it in the name of who owns its beginning and lets everybody agree who has to.
	pub fn opened(&self) -> Door {
		let door = self.proposed_by(&owner_of(self.source.metaverse));
		for who in people() {
			// Who has no say is refused, and nobody looks at that here: in the end it is open.
			let _ = tx(|| door.accept(&who));
		}
		assert_eq!(door.state(), PortalState::Open);
		door
	}
}

/// A portal that was proposed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Door(pub PortalId);

impl Door {
	/// What `portal_get` answers.
	pub fn view(self) -> PortalView<AccountId, BlockNumber> {
		Portal::api_get(self.0).expect("there is such a portal")
	}

	/// How things stand with it.
	pub fn state(self) -> PortalState {
		self.view().state
	}

	/// Whether it is stored at all.
	pub fn exists(self) -> bool {
		Portals::<Test>::contains_key(self.0)
	}

	/// The version in force.
	pub fn version(self) -> Version {
		self.view().agreement.expect("it is in force").version
	}

	/// The version that is offered, or the youngest there was.
	pub fn offered(self) -> Version {
		Portals::<Test>::get(self.0).map_or(0, |portal| portal.version)
	}

	/// The terms in force.
	pub fn terms(self) -> Terms<BlockNumber> {
		self.view().agreement.expect("it is in force").terms
	}

	/// Who paid how much for its source and its destination.
	pub fn payers(self) -> [Option<(AccountId, Balance)>; 2] {
		let portal = Portals::<Test>::get(self.0).expect("there is such a portal");
		[portal.source_deposit, portal.destination_deposit]
			.map(|deposit| deposit.map(|deposit| (deposit.payer, deposit.amount)))
	}

	/// The call `accept` of what is offered.
	pub fn accept(self, who: &AccountId) -> DispatchResult {
		Portal::accept(by(who), self.0, self.offered())
	}

	/// The call `amend`: the terms in force, or the plain ones, with a change.
	pub fn amend(
		self,
		who: &AccountId,
		change: impl FnOnce(&mut Terms<BlockNumber>),
	) -> DispatchResult {
		let agreement = self.view().agreement;
		let mut terms = agreement.map_or_else(plain_terms, |agreement| agreement.terms);
		change(&mut terms);
		Portal::amend(by(who), self.0, terms)
	}

	/// The call `pause`.
	pub fn pause(self, who: &AccountId) -> DispatchResult {
		Portal::pause(by(who), self.0)
	}

	/// The call `resume`.
	pub fn resume(self, who: &AccountId) -> DispatchResult {
		Portal::resume(by(who), self.0)
	}

	/// The call `affirm`.
	pub fn affirm(self, who: &AccountId) -> DispatchResult {
		Portal::affirm(by(who), self.0)
	}

	/// The call `close`.
	pub fn close(self, who: &AccountId) -> DispatchResult {
		Portal::close(by(who), self.0)
	}

	/// The call `reap`, by somebody who has nothing to do with it.
	pub fn reap(self) -> DispatchResult {
		Portal::reap(by(&stranger(9)), self.0)
	}

	/// The call `travel` in all its parts, with the version in force.
	pub fn travel_with(
		self,
		who: &AccountId,
		way: Way,
		max_toll: Balance,
		proof: Proof,
	) -> DispatchResult {
		let version = self.version();
		outcome(Portal::travel(
			by(who),
			self.0,
			version,
			way,
			max_toll,
			proof,
		))
	}

	/// The call `travel` there at any toll.
	pub fn travel(self, who: &AccountId) -> DispatchResult {
		self.travel_with(who, Way::There, Balance::MAX, Proof::None)
	}

	/// The call `travel` back at any toll.
	pub fn travel_back(self, who: &AccountId) -> DispatchResult {
		self.travel_with(who, Way::Back, Balance::MAX, Proof::None)
	}

	/// The call `admit`.
	pub fn admit(self, gatekeeper: &AccountId, who: &AccountId) -> DispatchResult {
		Portal::admit(by(gatekeeper), self.0, who.clone())
	}

	/// The call `refuse`.
	pub fn refuse(self, gatekeeper: &AccountId, who: &AccountId) -> DispatchResult {
		Portal::refuse(by(gatekeeper), self.0, who.clone())
	}

	/// The call `reap_pass`, by somebody who has nothing to do with it.
	pub fn reap_pass(self, who: &AccountId) -> DispatchResult {
		Portal::reap_pass(by(&stranger(9)), self.0, who.clone())
	}

	/// What `portal_pass` answers.
	pub fn pass(self, who: &AccountId) -> Option<PassView<BlockNumber>> {
		Portal::api_pass(self.0, who)
	}
}

/// A portal from Alice's to Bob's metaverse with a toll, both ways, and the metaverses.
pub fn toll_road(asset: &AssetKind) -> (Door, MetaverseId, MetaverseId) {
	let (a, b) = (world(&alice()), world(&bob()));
	(Draft::between(a, b).two_way().tolled(asset).opened(), a, b)
}

/// What these have of an asset, on hold or not.
pub fn fortunes<const N: usize>(asset: &AssetKind, who: &[AccountId; N]) -> [Balance; N] {
	who.clone().map(|who| wealth(asset, &who))
}
