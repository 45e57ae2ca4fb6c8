//! The real pallets: makes the calls, and tells what can be compared with the model.

use std::collections::BTreeMap;

use frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate as _,
		fungibles::{self, InspectHold, Mutate as _},
		tokens::Preservation,
		PalletInfoAccess,
	},
};
use madang_mock::*;
use madang_primitives::{
	escrow::AssetKind,
	geometry::{Area, Cut},
	land::SalePolicy,
	metaverse::{Roles, Stage},
	portal::{
		Access as RealAccess, DestinationInput, Direction, GateInput, Proof as RealProof, Rate,
		Split, Terms, Toll as RealToll, Way,
	},
	traits::{Metaverses, ParcelOwners},
};
use pallet_portal::HoldReason;
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult, Permill};

use crate::{
	steps, tree,
	words::{
		Access, Account, Around, Call, Coin, Deal, Deposits, Gate, Goal, Mark, Model, Proof, Purse,
		Who, World,
	},
};

/// What can be compared: a name for each thing, and what is to be said of it.
pub type Facts = BTreeMap<String, String>;

/// Why a call failed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
	pub reason: &'static str,
	/// Whether portals say so, and not another pallet.
	pub of_portals: bool,
}

pub fn person(number: u8) -> AccountId {
	match people().get(usize::from(number)) {
		Some(founder) => founder.clone(),
		None => AccountId::new([number + 20; 32]),
	}
}

fn number(account: &AccountId) -> Option<u8> {
	(0..steps::PERSONS).find(|number| person(*number) == *account)
}

fn own(world: u32) -> AccountId {
	<Metaverse as Metaverses<RuntimeOrigin, AccountId>>::account(world)
}

fn account(who: Account) -> AccountId {
	match who {
		Account::Person(number) => person(number),
		Account::World(world) => own(world),
		Account::Treasury => treasury(),
	}
}

fn origin(who: Who) -> RuntimeOrigin {
	match who {
		Who::Person(number) => by(number),
		Who::Network => root(),
	}
}

fn by(number: u8) -> RuntimeOrigin {
	signed(person(number))
}

fn asset(coin: Coin) -> AssetKind {
	match coin {
		Coin::Native => native(),
		Coin::Stable => stable(),
		Coin::Other => other(),
	}
}

/// Four founders with five metaverses, their plots and plots in the towns; tells the model of it.
pub fn found() -> Model {
	let mut model = Model {
		now: System::block_number(),
		next_world: FIRST_ID,
		..Default::default()
	};
	for town in 0..FIRST_ID {
		let free = SalePolicy::Open { price_per_cell: 0 };
		assert_ok!(Land::set_sale(root(), town, free));
		let town_of_nobody = World {
			launched: true,
			..Default::default()
		};
		model.worlds.insert(town, town_of_nobody);
	}
	for who in 4..steps::PERSONS {
		let (native, stable) = steps::funds(who);
		if native > 0 {
			assert_ok!(Balances::mint_into(&person(who), native));
		}
		if stable > 0 {
			assert_ok!(Assets::mint_into(STABLE, &person(who), stable));
		}
	}
	for around in steps::beginning() {
		assert_eq!(run(&Call::Around(around.clone())), Ok(()), "{around:?}");
		model.around(&around).expect("there are no portals yet");
	}
	// Whatever has an account in the stablecoin can be paid the least of shares.
	let worlds = (0..4).map(own);
	for payee in worlds.chain([treasury()]) {
		assert_ok!(Assets::mint_into(STABLE, &payee, STABLE_MIN));
	}
	model.deposits = measure();
	sync(&mut model);
	model
}

/// What is held for what. Everything that is done for this is undone.
fn measure() -> Deposits {
	let mut found = Deposits::default();
	let gate = |world| GateInput {
		metaverse: world,
		parcel: None,
		spawn: vec![],
	};
	let terms = || terms(&steps::free_for_all());
	let amounts = |id| {
		let view = Portal::api_get(id).expect("it was just proposed");
		view.deposits
			.into_iter()
			.map(|(_, amount)| amount)
			.collect::<Vec<_>>()
	};
	let undone = tx(|| -> DispatchResult {
		Portal::propose(by(0), gate(2), DestinationInput::Gate(gate(3)), terms())?;
		let [side, offer] = amounts(0)[..] else {
			panic!("the deposits of one end and of an offer");
		};
		let uri = b"x".to_vec();
		let outside = DestinationInput::External {
			uri,
			manifest: H256::zero(),
		};
		Portal::propose(by(0), gate(2), outside, terms())?;
		let [external] = amounts(1)[..] else {
			panic!("the deposit of the beginning, for nobody pays at the end");
		};
		outcome(Portal::travel(by(0), 1, 1, Way::There, 0, RealProof::None))?;
		let pass = pallet_portal::Passes::<Test>::get(1, person(0));
		found = Deposits {
			side,
			external: external - BYTE_DEPOSIT,
			offer,
			pass: pass.expect("it was just taken").deposit,
		};
		Err(DispatchError::Other("only measured"))
	});
	assert_eq!(undone, Err(DispatchError::Other("only measured")));
	found
}

fn terms(deal: &Deal) -> Terms<BlockNumber> {
	let list = |list: &[u8]| list.iter().map(|who| person(*who)).collect::<Vec<_>>();
	Terms {
		direction: if deal.two_way {
			Direction::TwoWay
		} else {
			Direction::OneWay
		},
		toll: deal.toll.as_ref().map(|toll| {
			let [source, destination, network] = toll.split.map(Permill::from_parts);
			RealToll {
				asset: asset(toll.coin),
				amount: toll.amount,
				split: Split {
					source,
					destination,
					network,
				},
			}
		}),
		access: match &deal.access {
			Access::Open => RealAccess::Open,
			Access::List(persons) => RealAccess::Allowlist {
				root: tree::root(&list(persons)),
				leaves: persons.len() as u32,
			},
			Access::Landlords(world) => RealAccess::Holder { collection: *world },
		},
		rate: deal.rate.map(|(refill, window, burst)| Rate {
			refill,
			window,
			burst,
		}),
		expires_at: deal.expires_at,
		notice: deal.notice,
	}
}

fn gate(gate: &Gate) -> GateInput {
	GateInput {
		metaverse: gate.place.world,
		parcel: gate.place.plot,
		spawn: gate.spawn.clone(),
	}
}

fn proof(proof: &Proof) -> RealProof {
	match proof {
		Proof::Nothing => RealProof::None,
		Proof::Plot(plot) => RealProof::Item(*plot),
		Proof::List { list, of, bent } => {
			let place = list.iter().position(|who| who == of).unwrap_or_default();
			let list: Vec<_> = list.iter().map(|who| person(*who)).collect();
			let mut nodes = tree::proof(&list, place);
			if *bent {
				match nodes.last_mut() {
					Some(node) => node.0[0] ^= 1,
					None => nodes.push(H256::zero()),
				}
			}
			RealProof::Allowlist {
				leaf_index: place as u32,
				nodes: nodes.try_into().expect("lists are short"),
			}
		}
	}
}

/// Makes a call, as a transaction.
pub fn run(call: &Call) -> Result<(), Failure> {
	tx(|| make(call)).map_err(|error: DispatchError| match error {
		DispatchError::Module(module) => Failure {
			reason: module.message.expect("errors of pallets have names"),
			of_portals: usize::from(module.index) == Portal::index(),
		},
		error => Failure {
			reason: error.into(),
			of_portals: false,
		},
	})
}

fn make(call: &Call) -> DispatchResult {
	match call {
		Call::Propose {
			who,
			source,
			goal,
			deal,
		} => {
			let destination = match goal {
				Goal::Gate(goal) => DestinationInput::Gate(gate(goal)),
				Goal::External { uri } => DestinationInput::External {
					uri: uri.clone(),
					manifest: H256::repeat_byte(7),
				},
			};
			Portal::propose(origin(*who), gate(source), destination, terms(deal))
		}
		Call::Accept {
			who,
			portal,
			version,
		} => Portal::accept(origin(*who), *portal, *version),
		Call::Amend { who, portal, deal } => Portal::amend(origin(*who), *portal, terms(deal)),
		Call::Pause(who, id) => Portal::pause(origin(*who), *id),
		Call::Resume(who, id) => Portal::resume(origin(*who), *id),
		Call::Affirm(who, id) => Portal::affirm(origin(*who), *id),
		Call::Close(who, id) => Portal::close(origin(*who), *id),
		Call::Travel {
			who,
			portal,
			version,
			back,
			max_toll,
			proof: shown,
		} => {
			let way = if *back { Way::Back } else { Way::There };
			outcome(Portal::travel(
				by(*who),
				*portal,
				*version,
				way,
				*max_toll,
				proof(shown),
			))
		}
		Call::Admit(who, id, guest) => Portal::admit(origin(*who), *id, person(*guest)),
		Call::Refuse(who, id, guest) => Portal::refuse(origin(*who), *id, person(*guest)),
		Call::Reap(who, id) => Portal::reap(by(*who), *id),
		Call::ReapPass(who, id, guest) => Portal::reap_pass(by(*who), *id, person(*guest)),
		Call::Around(around) => disturb(around),
	}
}

/// Whoever owns a metaverse: the network owns the towns.
fn owner(world: u32) -> RuntimeOrigin {
	<Metaverse as Metaverses<RuntimeOrigin, AccountId>>::owner(world).map_or(root(), signed)
}

fn landlord(world: u32, plot: u32) -> RuntimeOrigin {
	Land::owner(world, plot).map_or(RuntimeOrigin::none(), signed)
}

/// What does not come from portals.
fn disturb(around: &Around) -> DispatchResult {
	match *around {
		Around::Wait(blocks) => pass(blocks),
		Around::Sell {
			world,
			plot,
			to,
			by_nfts,
		} => {
			let (owner, to) = (landlord(world, plot), account(to));
			if by_nfts {
				Nfts::transfer(owner, world, plot, to)?;
			} else {
				outcome(Land::transfer(owner, world, plot, to))?;
			}
		}
		Around::Burn { world, plot, reap } => {
			Nfts::burn(landlord(world, plot), world, plot)?;
			if reap {
				outcome(Land::reap(by(0), world, plot))?;
			}
		}
		Around::Release { world, plot } => {
			outcome(Land::release(landlord(world, plot), world, plot))?;
		}
		Around::Split { world, plot } => {
			let owner = landlord(world, plot);
			outcome(Land::split(owner, world, plot, Cut::Column(1)))?;
		}
		Around::Claim { who, world } => {
			// One row of plots after the other, each two cells wide, so that it can be split once.
			let next =
				pallet_land::Territories::<Test>::get(world).map_or(0, |land| land.next_parcel);
			let next = u16::try_from(next).expect("lives are short");
			let area = Area::new(next % 8 * 2, next / 8, 2, 1);
			Land::claim(by(who), world, area, Balance::MAX)?;
		}
		Around::HandOver { world, to } => {
			Metaverse::nominate_owner(owner(world), world, person(to))?;
			Metaverse::accept_ownership(by(to), world)?;
		}
		Around::Manager {
			world,
			who,
			portals,
		} => {
			let roles = Roles {
				portal: portals == Some(true),
				land: portals.is_some(),
				..Default::default()
			};
			Metaverse::set_manager(owner(world), world, person(who), roles)?;
		}
		Around::Suspend { world, blocks } => {
			let until = System::block_number() + blocks;
			Metaverse::suspend(root(), world, until, H256::zero())?;
		}
		Around::Lift(world) => Metaverse::resume(root(), world)?,
		Around::Launch(world) => {
			Metaverse::set_endpoint(owner(world), world, 0, endpoint("https://example.org"))?;
			Metaverse::launch(owner(world), world)?;
		}
		Around::Found(who) => {
			let slug = format!("demo-{}", pallet_metaverse::NextId::<Test>::get()).into_bytes();
			Metaverse::register(by(who), slug, profile("Demo"), 16, 16, Balance::MAX)?;
		}
		Around::CloseWorld(world) => Metaverse::close(owner(world), world)?,
		Around::FreezeAsset(true) => Assets::freeze_asset(signed(issuer()), STABLE)?,
		Around::FreezeAsset(false) => Assets::thaw_asset(signed(issuer()), STABLE)?,
		Around::Mark(who, mark) => {
			let (issuer, who) = (signed(issuer()), account(who));
			match mark {
				Some(Mark::Frozen) => Assets::freeze(issuer, STABLE, who),
				Some(Mark::Blocked) => Assets::block(issuer, STABLE, who),
				None => Assets::thaw(issuer, STABLE, who),
			}?;
		}
		Around::Drain(world, coin) => {
			let has = balance(&asset(coin), &own(world));
			match coin {
				Coin::Native => {
					let amount = has.saturating_sub(EXISTENTIAL);
					Metaverse::spend(owner(world), world, person(0), amount)?;
				}
				_ => Metaverse::spend_asset(owner(world), world, STABLE, person(0), has)?,
			}
		}
		Around::Give {
			from,
			to,
			coin,
			amount,
		} => {
			let (from, to) = (person(from), account(to));
			match coin {
				Coin::Native => Balances::transfer_keep_alive(signed(from), to, amount)?,
				_ => {
					let keep = Preservation::Preserve;
					<Assets as fungibles::Mutate<_>>::transfer(STABLE, &from, &to, amount, keep)?;
				}
			}
		}
	}
	Ok(())
}

fn purse(who: Account, coin: Coin) -> Purse {
	let (asset, who) = (asset(coin), account(who));
	let held = |reason: HoldReason| {
		<TokenHolds as InspectHold<AccountId>>::balance_on_hold(asset.clone(), &reason.into(), &who)
	};
	Purse {
		free: balance(&asset, &who),
		portals: held(HoldReason::Portal),
		passes: held(HoldReason::Pass),
		tolls: held(HoldReason::Toll),
	}
}

/// All who can have money.
fn accounts(model: &Model) -> Vec<Account> {
	let persons = (0..steps::PERSONS).map(Account::Person);
	let worlds = (0..model.next_world).map(Account::World);
	persons.chain(worlds).chain([Account::Treasury]).collect()
}

/// Tells the model what others have moved. What is on hold for portals is theirs alone, so it stays.
pub fn sync(model: &mut Model) {
	for who in accounts(model) {
		for coin in [Coin::Native, Coin::Stable] {
			model.purse(who, coin).free = purse(who, coin).free;
		}
	}
}

fn name(by: &AccountId) -> String {
	match number(by) {
		Some(number) => format!("person {number}"),
		None => "the network".into(),
	}
}

/// What the chain says of everything.
pub fn facts(model: &Model) -> Facts {
	let mut facts = Facts::new();
	for who in accounts(model) {
		for coin in [Coin::Native, Coin::Stable] {
			let purse = purse(who, coin);
			facts.insert(format!("{who:?} {coin:?}"), format!("{purse:?}"));
		}
	}
	for world in 0..model.next_world {
		let Some(view) = Metaverse::api_get(world) else {
			continue;
		};
		let owner = view.owner.as_ref().map(name);
		let launched = view.stage == Stage::Launched;
		facts.insert(format!("world {world}"), format!("{owner:?} {launched}"));
		let ids = |views: Vec<madang_primitives::portal::PortalView<AccountId, BlockNumber>>| {
			views.into_iter().map(|view| view.id).collect::<Vec<_>>()
		};
		let from = ids(Portal::api_from(world).expect("it exists"));
		let to = ids(Portal::api_to(world).expect("it exists"));
		facts.insert(format!("portals of {world}"), format!("{from:?} {to:?}"));
		let next = pallet_land::Territories::<Test>::get(world).map_or(0, |land| land.next_parcel);
		for plot in 0..next {
			if let Some(owner) = Land::owner(world, plot) {
				let owner = match number(&owner) {
					Some(person) => Account::Person(person),
					None => Account::World(world),
				};
				facts.insert(format!("plot {plot} in {world}"), format!("{owner:?}"));
			}
		}
	}
	facts.insert(
		"next portal".into(),
		pallet_portal::NextPortal::<Test>::get().to_string(),
	);
	for id in pallet_portal::Portals::<Test>::iter_keys() {
		portal_facts(id, &mut facts);
	}
	for (id, who) in pallet_portal::Passes::<Test>::iter_keys() {
		let guest = number(&who).expect("only persons travel");
		let pass = Portal::api_pass(id, &who).expect("it is there");
		let toll = pass.toll.map(|(_, amount)| amount);
		facts.insert(
			format!("pass {id} of {guest}"),
			format!(
				"{} to {:?} {:?} until {} toll {toll:?}",
				pass.from, pass.to, pass.state, pass.valid_until
			),
		);
	}
	facts
}

fn portal_facts(id: u32, facts: &mut Facts) {
	let view = Portal::api_get(id).expect("it is there");
	let consents = |consents: &[madang_primitives::portal::ConsentView<AccountId>]| {
		let mut said: Vec<_> = consents
			.iter()
			.map(|consent| {
				let by = match &consent.by {
					Some(by) => name(by),
					None if consent.by_rule => "the rule".into(),
					None => "nobody".into(),
				};
				format!("{:?}: {by} {}", consent.party, consent.counts)
			})
			.collect();
		said.sort();
		said.join(", ")
	};
	let mut paid: Vec<_> = view
		.deposits
		.iter()
		.map(|(who, amount)| format!("{} {amount}", name(who)))
		.collect();
	paid.sort();
	facts.insert(format!("deposits of {id}"), paid.join(", "));
	facts.insert(format!("state of {id}"), format!("{:?}", view.state));
	if let Some(agreement) = view.agreement {
		let mut paused: Vec<_> = agreement
			.paused_by
			.iter()
			.map(|by| format!("{by:?}"))
			.collect();
		paused.sort();
		facts.insert(
			format!("agreement of {id}"),
			format!(
				"version {}, {}, paused by {paused:?}, closes {:?}, passes {:?}, notice {}",
				agreement.version,
				consents(&agreement.consents),
				agreement.closes_at,
				agreement.passes_left,
				agreement.terms.notice,
			),
		);
	}
	if let Some(offer) = view.offer {
		facts.insert(
			format!("offer of {id}"),
			format!(
				"version {}, {}, until {}, notice {}",
				offer.version,
				consents(&offer.consents),
				offer.expires_at,
				offer.terms.notice,
			),
		);
	}
}
