//! What the chain itself has to tell Prometheus: land, metaverses, portals, and the money in campaigns.
//!
//! The rest of the node counts blocks, peers and transactions; these gauges say what the chain is
//! about. A task reads the best block through the runtime APIs that everybody can call, every
//! [`INTERVAL`] and only when there is something new. It runs only in a node that serves metrics.
//!
//! The work of one look is bounded, whatever the size of the chain: one call for the supply of land,
//! and at most [`PAGES_PER_LOOK`] pages of [`MAX_PAGE`] rows of each of three lists, metaverses,
//! campaigns and portals. A longer list takes several looks, and its gauges change when its end is
//! reached: until then they show the count before. Each page is read at the block that is best when its turn
//! comes, so the count of a long list mixes blocks that are some seconds apart.
//!
//! Gauges hold floating-point numbers, which are exact up to 2^53. Amounts of money are in the
//! smallest unit of their token, because a node does not know what is one of an asset; beyond
//! 9,007 MDG they are exact to 16 digits. What must be exact is asked of `land_*` and `escrow_*`.

use std::{
	collections::{BTreeMap, BTreeSet},
	mem,
	sync::Arc,
	time::Duration,
};

use log::debug;
use madang_primitives::{
	escrow::{AssetKind, CampaignId, CampaignView, State},
	land::SupplyView,
	portal::{PortalId, PortalState},
	Balance, MetaverseId, Page, MAX_PAGE,
};
use madang_runtime::{AccountId, BlockNumber, Hash};
use madang_runtime_api::{EscrowApi, LandApi, MetaverseApi, PortalApi};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, GaugeVec, Opts, PrometheusError, Registry, F64, U64,
};
use tokio::time::{interval, MissedTickBehavior};

use crate::{rpc::error::Error, service::FullClient};

/// Time from one look to the next: two blocks. Prometheus asks less often.
pub const INTERVAL: Duration = Duration::from_secs(4);

/// Most pages of one list that are read in one look.
pub const PAGES_PER_LOOK: usize = 5;

/// Where the log tells of looks that failed.
const LOG_TARGET: &str = "madang::metrics";

/// Looks at the chain for as long as the node runs.
pub async fn watch(client: Arc<FullClient>, gauges: Gauges) {
	let mut watcher = Watcher::new(gauges);
	let mut timer = interval(INTERVAL);
	// Looks that were missed while the machine was busy are not made up for.
	timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
	loop {
		timer.tick().await;
		watcher.look(&*client);
	}
}

/// Where the figures come from.
trait Source {
	/// The best block.
	fn best(&self) -> (BlockNumber, Hash);

	/// How scarce land is.
	fn supply(&self, at: Hash) -> Result<SupplyView<Balance, BlockNumber>, Error>;

	/// Some metaverses from this id on.
	fn metaverses(&self, at: Hash, first: MetaverseId) -> Result<Page<(), MetaverseId>, Error>;

	/// Some campaigns from this id on.
	fn campaigns(&self, at: Hash, first: CampaignId) -> Result<Page<Campaign, CampaignId>, Error>;

	/// Some portals from this id on.
	fn portals(&self, at: Hash, first: PortalId) -> Result<Page<PortalState, PortalId>, Error>;
}

impl Source for FullClient {
	fn best(&self) -> (BlockNumber, Hash) {
		let info = self.info();
		(info.best_number, info.best_hash)
	}

	fn supply(&self, at: Hash) -> Result<SupplyView<Balance, BlockNumber>, Error> {
		Ok(LandApi::supply(&*self.runtime_api(), at)?)
	}

	fn metaverses(&self, at: Hash, first: MetaverseId) -> Result<Page<(), MetaverseId>, Error> {
		let page = MetaverseApi::list(&*self.runtime_api(), at, Some(first), MAX_PAGE)??;
		Ok(Page {
			items: vec![(); page.items.len()],
			next: page.next,
		})
	}

	fn campaigns(&self, at: Hash, first: CampaignId) -> Result<Page<Campaign, CampaignId>, Error> {
		let page = EscrowApi::campaigns(&*self.runtime_api(), at, Some(first), MAX_PAGE)??;
		Ok(Page {
			items: page.items.into_iter().map(Campaign::from).collect(),
			next: page.next,
		})
	}

	fn portals(&self, at: Hash, first: PortalId) -> Result<Page<PortalState, PortalId>, Error> {
		let page = PortalApi::portals(&*self.runtime_api(), at, Some(first), MAX_PAGE)??;
		Ok(Page {
			items: page.items.iter().map(|view| view.state).collect(),
			next: page.next,
		})
	}
}

/// What is on hold in pots, in the order of [`PURPOSES`].
type Held = [Balance; 3];

/// What is counted of a campaign.
#[derive(Clone, Debug)]
struct Campaign {
	state: State,
	asset: AssetKind,
	held: Held,
}

impl From<CampaignView<AccountId, BlockNumber>> for Campaign {
	fn from(view: CampaignView<AccountId, BlockNumber>) -> Self {
		let dispute = view.dispute.map_or(0, |dispute| dispute.bond);
		let money = view.money;
		Self {
			state: view.state,
			asset: view.terms.asset,
			held: [
				view.pool.saturating_add(view.stale),
				view.bond.saturating_add(dispute),
				money.revenue.saturating_sub(money.revenue_claimed),
			],
		}
	}
}

/// What money is on hold for: investors, founders and those who dispute, or revenue to be shared.
const PURPOSES: [&str; 3] = ["principal", "bond", "revenue"];

/// The states of a campaign, as labels.
const STATES: [(State, &str); 6] = [
	(State::Draft, "draft"),
	(State::Funding, "funding"),
	(State::Active, "active"),
	(State::Failed, "failed"),
	(State::WindDown, "wind_down"),
	(State::Completed, "completed"),
];

/// The states of a portal, as labels.
const PORTAL_STATES: [(PortalState, &str); 9] = [
	(PortalState::Proposed, "proposed"),
	(PortalState::Open, "open"),
	(PortalState::Paused, "paused"),
	(PortalState::Closing, "closing"),
	(PortalState::Closed, "closed"),
	(PortalState::Expired, "expired"),
	(PortalState::Stale, "stale"),
	(PortalState::Suspended, "suspended"),
	(PortalState::Gone, "gone"),
];

/// Portals in the order of [`PORTAL_STATES`].
type Portals = [u64; 9];

/// Counts one more thing in this state.
fn count<State: PartialEq>(states: &[(State, &str)], counts: &mut [u64], found: &State) {
	for ((state, _), count) in states.iter().zip(counts) {
		*count += u64::from(state == found);
	}
}

/// The asset as a label: `native`, or the id of `pallet-assets`.
fn asset_label(asset: &AssetKind) -> String {
	match asset {
		AssetKind::Native => "native".into(),
		AssetKind::WithId(id) => id.to_string(),
	}
}

/// The sums over the campaigns that were seen so far.
#[derive(Default)]
struct Tally {
	/// Campaigns in the order of [`STATES`].
	campaigns: [u64; 6],
	held: BTreeMap<String, Held>,
}

impl Tally {
	fn add(&mut self, campaign: Campaign) {
		count(&STATES, &mut self.campaigns, &campaign.state);
		let sums = self.held.entry(asset_label(&campaign.asset)).or_default();
		for (sum, amount) in sums.iter_mut().zip(campaign.held) {
			*sum = sum.saturating_add(amount);
		}
	}
}

/// A walk through a list that may take several looks.
#[derive(Default)]
struct Walk<Sums> {
	next: u32,
	sums: Sums,
}

impl<Sums: Default> Walk<Sums> {
	/// Reads on, and gives the sums when the end of the list was reached. The next walk then starts
	/// at the beginning, as it does after an error: a block that went away may have taken the row
	/// with it at which this one stood.
	fn go_on<Item>(
		&mut self,
		page: impl Fn(u32) -> Result<Page<Item, u32>, Error>,
		add: impl Fn(&mut Sums, Item),
	) -> Result<Option<Sums>, Error> {
		for _ in 0..PAGES_PER_LOOK {
			let page = page(self.next).inspect_err(|_| *self = Self::default())?;
			page.items
				.into_iter()
				.for_each(|item| add(&mut self.sums, item));
			match page.next {
				Some(next) => self.next = next,
				None => return Ok(Some(mem::take(self).sums)),
			}
		}
		Ok(None)
	}

	fn is_under_way(&self) -> bool {
		self.next > 0
	}
}

/// Reads the chain again and again, and remembers where it is in the lists.
struct Watcher {
	gauges: Gauges,
	seen: Option<Hash>,
	metaverses: Walk<u64>,
	campaigns: Walk<Tally>,
	portals: Walk<Portals>,
}

impl Watcher {
	fn new(gauges: Gauges) -> Self {
		Self {
			gauges,
			seen: None,
			metaverses: Walk::default(),
			campaigns: Walk::default(),
			portals: Walk::default(),
		}
	}

	/// Reads as much as one look may. A figure that cannot be read keeps its last value, and is
	/// counted as failed; the others are read all the same.
	fn look(&mut self, source: &impl Source) {
		let (number, at) = source.best();
		let is_new = self.seen.replace(at) != Some(at);

		if is_new {
			let supply = source.supply(at).map(Some);
			self.gauges
				.keep("land", number, supply, |gauges, supply| gauges.land(supply));
		}
		if is_new || self.metaverses.is_under_way() {
			let count = self.metaverses.go_on(
				|first| source.metaverses(at, first),
				|count, ()| *count += 1,
			);
			self.gauges
				.keep("metaverses", number, count, |gauges, count| {
					gauges.metaverses.set(count)
				});
		}
		if is_new || self.campaigns.is_under_way() {
			let tally = self
				.campaigns
				.go_on(|first| source.campaigns(at, first), Tally::add);
			self.gauges
				.keep("campaigns", number, tally, |gauges, tally| {
					gauges.campaigns(tally)
				});
		}
		if is_new || self.portals.is_under_way() {
			let counts = self.portals.go_on(
				|first| source.portals(at, first),
				|counts, state| count(&PORTAL_STATES, counts, &state),
			);
			self.gauges
				.keep("portals", number, counts, |gauges, counts| {
					gauges.portals(counts)
				});
		}
	}
}

/// The gauges, as Prometheus sees them.
pub struct Gauges {
	cap: Gauge<U64>,
	allocated: Gauge<U64>,
	claimed: Gauge<U64>,
	price: Gauge<F64>,
	metaverses: Gauge<U64>,
	campaigns: GaugeVec<U64>,
	portals: GaugeVec<U64>,
	held: GaugeVec<F64>,
	/// The assets that were ever shown, so that one of which nothing is left goes to zero.
	assets: BTreeSet<String>,
	block: GaugeVec<U64>,
	failures: CounterVec<U64>,
}

impl Gauges {
	/// Adds the gauges to those of the node.
	pub fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let whole = |name: &str, help: &str| register(Gauge::<U64>::new(name, help)?, registry);
		Ok(Self {
			cap: whole(
				"madang_land_cap_cells",
				"Cells that can ever be allocated to territories at one time",
			)?,
			allocated: whole(
				"madang_land_allocated_cells",
				"Cells allocated to territories",
			)?,
			claimed: whole("madang_land_claimed_cells", "Cells that belong to parcels")?,
			price: register(
				Gauge::<F64>::new(
					"madang_land_cell_price_units",
					"Price of one cell of new territory, in the smallest unit of the native token",
				)?,
				registry,
			)?,
			metaverses: whole("madang_metaverses", "Metaverses that are not closed")?,
			campaigns: register(
				GaugeVec::<U64>::new(
					Opts::new(
						"madang_escrow_campaigns",
						"Campaigns that exist, by their state",
					),
					&["state"],
				)?,
				registry,
			)?,
			portals: register(
				GaugeVec::<U64>::new(
					Opts::new(
						"madang_portals",
						"Portals that exist, by their state; open and closing ones carry visitors",
					),
					&["state"],
				)?,
				registry,
			)?,
			held: register(
				GaugeVec::<F64>::new(
					Opts::new(
						"madang_escrow_held_units",
						"Money on hold in the pots of campaigns, in the smallest unit of the asset",
					),
					&["asset", "purpose"],
				)?,
				registry,
			)?,
			assets: BTreeSet::new(),
			block: register(
				GaugeVec::<U64>::new(
					Opts::new(
						"madang_figures_block",
						"Block at which these figures were last read to their end",
					),
					&["figures"],
				)?,
				registry,
			)?,
			failures: register(
				CounterVec::<U64>::new(
					Opts::new(
						"madang_figures_failures_total",
						"How often these figures could not be read",
					),
					&["figures"],
				)?,
				registry,
			)?,
		})
	}

	/// Shows what was read, if it was read to its end.
	fn keep<T>(
		&mut self,
		figures: &str,
		number: BlockNumber,
		read: Result<Option<T>, Error>,
		show: impl FnOnce(&mut Self, T),
	) {
		let failures: Counter<U64> = self.failures.with_label_values(&[figures]);
		match read {
			Ok(Some(read)) => {
				show(self, read);
				self.block
					.with_label_values(&[figures])
					.set(u64::from(number));
			}
			Ok(None) => (),
			Err(error) => {
				failures.inc();
				debug!(target: LOG_TARGET, "{figures} cannot be read at block {number}: {error}");
			}
		}
	}

	fn land(&self, supply: SupplyView<Balance, BlockNumber>) {
		self.cap.set(supply.cap);
		self.allocated.set(supply.allocated);
		self.claimed.set(supply.claimed);
		self.price.set(supply.price_per_cell as f64);
	}

	fn portals(&self, counts: Portals) {
		for ((_, label), count) in PORTAL_STATES.iter().zip(counts) {
			self.portals.with_label_values(&[label]).set(count);
		}
	}

	fn campaigns(&mut self, tally: Tally) {
		for ((_, label), count) in STATES.iter().zip(tally.campaigns) {
			self.campaigns.with_label_values(&[label]).set(count);
		}
		self.assets.extend(tally.held.keys().cloned());
		for asset in &self.assets {
			let sums = tally.held.get(asset).copied().unwrap_or_default();
			for (purpose, sum) in PURPOSES.iter().zip(sums) {
				self.held
					.with_label_values(&[asset, purpose])
					.set(sum as f64);
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::traits::{BlakeTwo256, Hash as _};
	use std::cell::RefCell;
	use substrate_prometheus_endpoint::prometheus::proto::MetricType;

	/// Most rows that one look may read of one list.
	const PER_LOOK: u32 = PAGES_PER_LOOK as u32 * MAX_PAGE;

	/// A chain that is what the test says, and that writes down which rows it was asked for.
	struct Chain {
		number: BlockNumber,
		supply: Result<SupplyView<Balance, BlockNumber>, Error>,
		/// How many metaverses were ever founded; every third one is closed.
		founded: u32,
		campaigns: Vec<Option<Campaign>>,
		/// `None` for those that are gone.
		portals: Vec<Option<PortalState>>,
		asked: RefCell<Vec<(&'static str, u32)>>,
	}

	impl Chain {
		fn new(founded: u32, campaigns: Vec<Option<Campaign>>) -> Self {
			Self {
				number: 1,
				supply: Ok(SupplyView {
					cap: 1 << 24,
					allocated: 135_168,
					claimed: 576,
					price_per_cell: 1_000_000_000,
					period: 0,
					next_period_at: 1_800,
					allocated_in_period: 0,
				}),
				founded,
				campaigns,
				portals: Vec::new(),
				asked: RefCell::default(),
			}
		}

		fn is_open(id: u32) -> bool {
			id % 3 != 2
		}

		fn page<Item>(
			&self,
			list: &'static str,
			first: u32,
			end: u32,
			row: impl Fn(u32) -> Option<Item>,
		) -> Result<Page<Item, u32>, Error> {
			self.asked.borrow_mut().push((list, first));
			if first > end {
				return Err(Error::BadCursor);
			}
			let mut items = Vec::new();
			let mut id = first;
			while id < end && items.len() < MAX_PAGE as usize {
				items.extend(row(id));
				id += 1;
			}
			Ok(Page {
				items,
				next: (id < end).then_some(id),
			})
		}

		/// How often a list was asked for a page since the last time.
		fn pages(&self, list: &str) -> usize {
			let mut asked = self.asked.borrow_mut();
			let before = asked.len();
			asked.retain(|(of, _)| *of != list);
			before - asked.len()
		}
	}

	impl Source for Chain {
		fn best(&self) -> (BlockNumber, Hash) {
			(self.number, BlakeTwo256::hash(&self.number.to_le_bytes()))
		}

		fn supply(&self, _: Hash) -> Result<SupplyView<Balance, BlockNumber>, Error> {
			self.asked.borrow_mut().push(("supply", 0));
			self.supply.clone()
		}

		fn metaverses(&self, _: Hash, first: u32) -> Result<Page<(), u32>, Error> {
			self.page("metaverses", first, self.founded, |id| {
				Self::is_open(id).then_some(())
			})
		}

		fn campaigns(&self, _: Hash, first: u32) -> Result<Page<Campaign, u32>, Error> {
			let end = self.campaigns.len() as u32;
			self.page("campaigns", first, end, |id| {
				self.campaigns[id as usize].clone()
			})
		}

		fn portals(&self, _: Hash, first: u32) -> Result<Page<PortalState, u32>, Error> {
			let end = self.portals.len() as u32;
			self.page("portals", first, end, |id| self.portals[id as usize])
		}
	}

	fn watcher() -> (Watcher, Registry) {
		let registry = Registry::new();
		let gauges = Gauges::register(&registry).expect("the names are new and well formed");
		(Watcher::new(gauges), registry)
	}

	/// The value of a gauge or counter, `None` while it has none.
	fn value(registry: &Registry, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
		let families = registry.gather();
		let family = families.iter().find(|family| family.get_name() == name)?;
		let metric = family.get_metric().iter().find(|metric| {
			labels.iter().all(|(key, value)| {
				metric
					.get_label()
					.iter()
					.any(|label| label.get_name() == *key && label.get_value() == *value)
			})
		})?;
		Some(match family.get_field_type() {
			MetricType::COUNTER => metric.get_counter().get_value(),
			_ => metric.get_gauge().get_value(),
		})
	}

	fn campaign(state: State, asset: AssetKind, held: Held) -> Option<Campaign> {
		Some(Campaign { state, asset, held })
	}

	#[test]
	fn a_small_chain_is_told_in_one_look() {
		let dollar = AssetKind::WithId(1);
		let mut chain = Chain::new(
			5,
			vec![
				campaign(State::Funding, AssetKind::Native, [40, 3, 0]),
				None,
				campaign(State::Active, dollar.clone(), [1_000, 30, 7]),
				campaign(State::Active, dollar, [2_000, 60, 0]),
			],
		);
		chain.portals = vec![
			Some(PortalState::Open),
			None,
			Some(PortalState::Open),
			Some(PortalState::Stale),
		];
		let (mut watcher, registry) = watcher();
		watcher.look(&chain);
		for (name, labels, expected) in [
			("madang_land_cap_cells", &[][..], 16_777_216.0),
			("madang_land_allocated_cells", &[], 135_168.0),
			("madang_land_claimed_cells", &[], 576.0),
			("madang_land_cell_price_units", &[], 1e9),
			("madang_metaverses", &[], 4.0),
			("madang_escrow_campaigns", &[("state", "draft")], 0.0),
			("madang_escrow_campaigns", &[("state", "funding")], 1.0),
			("madang_escrow_campaigns", &[("state", "active")], 2.0),
			("madang_escrow_campaigns", &[("state", "completed")], 0.0),
			(
				"madang_escrow_held_units",
				&[("asset", "native"), ("purpose", "principal")],
				40.0,
			),
			(
				"madang_escrow_held_units",
				&[("asset", "1"), ("purpose", "principal")],
				3_000.0,
			),
			(
				"madang_escrow_held_units",
				&[("asset", "1"), ("purpose", "bond")],
				90.0,
			),
			(
				"madang_escrow_held_units",
				&[("asset", "1"), ("purpose", "revenue")],
				7.0,
			),
			("madang_portals", &[("state", "open")], 2.0),
			("madang_portals", &[("state", "stale")], 1.0),
			("madang_portals", &[("state", "gone")], 0.0),
			("madang_figures_block", &[("figures", "campaigns")], 1.0),
			("madang_figures_block", &[("figures", "portals")], 1.0),
			("madang_figures_failures_total", &[("figures", "land")], 0.0),
		] {
			assert_eq!(
				value(&registry, name, labels),
				Some(expected),
				"{name} {labels:?}"
			);
		}
	}

	#[test]
	fn a_block_is_read_once() {
		let mut chain = Chain::new(5, Vec::new());
		let (mut watcher, _) = watcher();
		watcher.look(&chain);
		watcher.look(&chain);
		assert_eq!(chain.pages("supply"), 1);
		assert_eq!(chain.pages("metaverses"), 1);
		assert_eq!(chain.pages("campaigns"), 1);
		chain.number += 1;
		watcher.look(&chain);
		assert_eq!(chain.pages("supply"), 1);
	}

	#[test]
	fn long_lists_take_several_looks_of_bounded_work() {
		// Two looks and a bit: pages hold rows without gaps here, for campaigns have none.
		let many = PER_LOOK * 2 + 1;
		let all = vec![campaign(State::Failed, AssetKind::Native, [2, 0, 0]); many as usize];
		let mut chain = Chain::new(1, all);
		let (mut watcher, registry) = watcher();
		let failed = |registry: &Registry| {
			value(registry, "madang_escrow_campaigns", &[("state", "failed")])
		};
		for pages in [PAGES_PER_LOOK, PAGES_PER_LOOK] {
			watcher.look(&chain);
			assert_eq!(chain.pages("campaigns"), pages);
			assert_eq!(failed(&registry), None, "half a count is not shown");
			chain.number += 1;
		}
		watcher.look(&chain);
		assert_eq!(chain.pages("campaigns"), 1);
		assert_eq!(failed(&registry), Some(f64::from(many)));
		assert_eq!(
			value(
				&registry,
				"madang_escrow_held_units",
				&[("asset", "native"), ("purpose", "principal")]
			),
			Some(f64::from(many) * 2.0)
		);

		// The next walk counts from the beginning, not on top.
		for _ in 0..3 {
			chain.number += 1;
			watcher.look(&chain);
		}
		assert_eq!(failed(&registry), Some(f64::from(many)));
	}

	#[test]
	fn every_state_of_a_portal_has_a_gauge_of_its_own() {
		let mut chain = Chain::new(1, Vec::new());
		chain.portals = PORTAL_STATES
			.iter()
			.enumerate()
			.flat_map(|(place, (state, _))| vec![Some(*state); place + 1])
			.collect();
		let (mut watcher, registry) = watcher();
		watcher.look(&chain);
		for (place, (_, label)) in PORTAL_STATES.iter().enumerate() {
			assert_eq!(
				value(&registry, "madang_portals", &[("state", label)]),
				Some(place as f64 + 1.0),
				"{label}"
			);
		}
	}

	#[test]
	fn many_portals_take_several_looks_of_bounded_work() {
		let mut chain = Chain::new(1, Vec::new());
		chain.portals = vec![Some(PortalState::Open); PER_LOOK as usize + 1];
		let (mut watcher, registry) = watcher();
		let open = |registry: &Registry| value(registry, "madang_portals", &[("state", "open")]);
		watcher.look(&chain);
		assert_eq!(chain.pages("portals"), PAGES_PER_LOOK);
		assert_eq!(open(&registry), None, "half a count is not shown");
		watcher.look(&chain);
		assert_eq!(chain.pages("portals"), 1);
		assert_eq!(open(&registry), Some(f64::from(PER_LOOK + 1)));
	}

	#[test]
	fn a_walk_goes_on_while_the_chain_stands_still() {
		let chain = Chain::new(PER_LOOK * 3, Vec::new());
		let open = (0..chain.founded).filter(|id| Chain::is_open(*id)).count();
		let (mut watcher, registry) = watcher();
		let mut looks = 0;
		while value(
			&registry,
			"madang_figures_block",
			&[("figures", "metaverses")],
		)
		.is_none()
		{
			watcher.look(&chain);
			looks += 1;
			assert!(chain.pages("metaverses") <= PAGES_PER_LOOK);
			assert!(looks < 10, "the walk ends");
		}
		assert!(looks > 1, "the list is too long for one look");
		assert_eq!(
			value(&registry, "madang_metaverses", &[]),
			Some(open as f64)
		);
	}

	#[test]
	fn what_fails_is_counted_and_hides_nothing_else() {
		let mut chain = Chain::new(5, Vec::new());
		let (mut watcher, registry) = watcher();
		watcher.look(&chain);
		chain.supply = Err(Error::NodeFailure("no state".into()));
		chain.founded = 7;
		chain.number += 1;
		watcher.look(&chain);
		let failures = |figures: &str| {
			value(
				&registry,
				"madang_figures_failures_total",
				&[("figures", figures)],
			)
		};
		assert_eq!(failures("land"), Some(1.0));
		assert_eq!(failures("metaverses"), Some(0.0));
		assert_eq!(
			value(&registry, "madang_land_claimed_cells", &[]),
			Some(576.0),
			"the last value stays"
		);
		assert_eq!(
			value(&registry, "madang_figures_block", &[("figures", "land")]),
			Some(1.0),
			"and tells its age"
		);
		assert_eq!(value(&registry, "madang_metaverses", &[]), Some(5.0));
	}

	#[test]
	fn a_list_that_became_shorter_is_read_again_from_its_beginning() {
		let mut chain = Chain::new(PER_LOOK * 3, Vec::new());
		let (mut watcher, registry) = watcher();
		watcher.look(&chain);
		// Another branch on which fewer were founded.
		chain.founded = 4;
		chain.number += 1;
		watcher.look(&chain);
		assert_eq!(
			value(
				&registry,
				"madang_figures_failures_total",
				&[("figures", "metaverses")]
			),
			Some(1.0)
		);
		chain.number += 1;
		watcher.look(&chain);
		assert_eq!(value(&registry, "madang_metaverses", &[]), Some(3.0));
	}

	#[test]
	fn an_asset_of_which_nothing_is_left_goes_to_zero() {
		let mut chain = Chain::new(
			1,
			vec![campaign(State::Active, AssetKind::WithId(9), [5, 6, 7])],
		);
		let (mut watcher, registry) = watcher();
		watcher.look(&chain);
		chain.campaigns[0] = None;
		chain.number += 1;
		watcher.look(&chain);
		for purpose in PURPOSES {
			assert_eq!(
				value(
					&registry,
					"madang_escrow_held_units",
					&[("asset", "9"), ("purpose", purpose)]
				),
				Some(0.0)
			);
		}
	}
}
