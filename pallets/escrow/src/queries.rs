//! What the runtime API answers. Every query is bounded.

use alloc::vec::Vec;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use madang_primitives::{
	escrow::{
		AssetKind, AssetRules, CampaignId, CampaignView, Claimable, EscrowQueryError, Phase,
		Policy, PolicyInput, PositionId, PositionView, Rules, State, TicketQuote,
	},
	traits::Metaverses,
	Balance, MetaverseId, Page, MAX_PAGE,
};

use crate::{pallet::*, types::Agreement};

/// Most ids that one page of `api_campaigns` looks at, since closed campaigns leave gaps. A page may
/// be shorter than its limit for this reason and still have a next one.
const MAX_SCAN: u32 = 1_000;

type CampaignViewOf<T> = CampaignView<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
type PositionViewOf<T> = PositionView<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
type CampaignPage<T> = Result<Page<CampaignViewOf<T>, CampaignId>, EscrowQueryError>;
type PositionPage<T> = Result<Page<PositionViewOf<T>, CampaignId>, EscrowQueryError>;

impl<T: Config> Pallet<T> {
	/// One campaign.
	pub fn api_campaign(id: CampaignId) -> Option<CampaignViewOf<T>> {
		Some(Self::view(
			id,
			Campaigns::<T>::get(id)?,
			Agreements::<T>::get(id)?,
		))
	}

	/// All campaigns in ascending order of their ids. The cursor is the first id to look at.
	pub fn api_campaigns(cursor: Option<CampaignId>, limit: u32) -> CampaignPage<T> {
		let limit = Self::check_limit(limit)?;
		let end = NextCampaign::<T>::get();
		let mut id = cursor.unwrap_or_default();
		ensure!(id <= end, EscrowQueryError::BadCursor);
		let stop = end.min(id.saturating_add(MAX_SCAN));
		let mut items = Vec::new();
		while id < stop && items.len() < limit {
			items.extend(Self::api_campaign(id));
			id = id.saturating_add(1);
		}
		Ok(Page {
			items,
			next: (id < end).then_some(id),
		})
	}

	/// The campaigns of a metaverse. The cursor is the last id that was seen.
	pub fn api_campaigns_of(
		metaverse: MetaverseId,
		cursor: Option<CampaignId>,
		limit: u32,
	) -> CampaignPage<T> {
		let limit = Self::check_limit(limit)?;
		let mut ids = match cursor {
			None => CampaignsOf::<T>::iter_key_prefix(metaverse),
			Some(last) => {
				let key = CampaignsOf::<T>::hashed_key_for(metaverse, last);
				ensure!(
					CampaignsOf::<T>::contains_key(metaverse, last),
					EscrowQueryError::BadCursor
				);
				CampaignsOf::<T>::iter_key_prefix_from(metaverse, key)
			}
		};
		let seen: Vec<_> = ids.by_ref().take(limit).collect();
		let next = seen.last().copied().filter(|_| ids.next().is_some());
		Ok(Page {
			items: seen.into_iter().filter_map(Self::api_campaign).collect(),
			next,
		})
	}

	/// One position.
	pub fn api_position(id: PositionId) -> Option<PositionViewOf<T>> {
		let position = Positions::<T>::get(id)?;
		let campaign = Campaigns::<T>::get(position.campaign)?;
		Some(PositionView {
			id,
			live: Self::is_live(&position, &campaign),
			deployed: Self::deployed(&position, &campaign),
			claimable: Self::claimable(&position, &campaign),
			position,
		})
	}

	/// The positions of one owner. The cursor is the campaign of the last position that was seen.
	pub fn api_positions_of(
		owner: T::AccountId,
		cursor: Option<CampaignId>,
		limit: u32,
	) -> PositionPage<T> {
		let limit = Self::check_limit(limit)?;
		let mut found = match cursor {
			None => PositionOfOwner::<T>::iter_prefix(&owner),
			Some(last) => {
				ensure!(
					PositionOfOwner::<T>::contains_key(&owner, last),
					EscrowQueryError::BadCursor
				);
				let key = PositionOfOwner::<T>::hashed_key_for(&owner, last);
				PositionOfOwner::<T>::iter_prefix_from(&owner, key)
			}
		};
		let seen: Vec<_> = found.by_ref().take(limit).collect();
		let next = seen
			.last()
			.map(|(campaign, _)| *campaign)
			.filter(|_| found.next().is_some());
		Ok(Page {
			items: seen
				.into_iter()
				.filter_map(|(_, position)| Self::api_position(position))
				.collect(),
			next,
		})
	}

	/// What a ticket would be accepted for now, by the cap; limits for persons come on top.
	pub fn api_quote(id: CampaignId, amount: Balance) -> Result<TicketQuote, EscrowQueryError> {
		let campaign = Campaigns::<T>::get(id).ok_or(EscrowQueryError::UnknownCampaign)?;
		let Agreement { terms, policy, .. } =
			Agreements::<T>::get(id).ok_or(EscrowQueryError::UnknownCampaign)?;
		Self::ensure_takes_commitments(&campaign, &Self::now())
			.and_then(|()| Self::ensure_not_suspended(&campaign))
			.map_err(|_| EscrowQueryError::NotOpen)?;
		let room = terms.cap.saturating_sub(campaign.units);
		let min_ticket = terms.min_ticket.min(room);
		let accepted = amount.min(room);
		Ok(TicketQuote {
			accepted: if accepted < min_ticket { 0 } else { accepted },
			room,
			min_ticket,
			deposit: Self::position_deposit(),
			version: campaign.version,
			terms_hash: campaign.terms_hash,
			limits_apply: matches!(policy, Policy::Attested { .. }),
		})
	}

	/// What a position could take out now.
	pub fn api_claimable(id: PositionId) -> Option<Claimable> {
		Some(Self::api_position(id)?.claimable)
	}

	/// The rules of this chain.
	pub fn api_rules() -> Rules<BlockNumberFor<T>> {
		Self::rules()
	}

	/// On what terms campaigns may collect an asset; `None` when they may not.
	pub fn api_asset_rules(asset: AssetKind) -> Option<AssetRules> {
		Assets::<T>::get(asset)
	}

	fn check_limit(limit: u32) -> Result<usize, EscrowQueryError> {
		ensure!((1..=MAX_PAGE).contains(&limit), EscrowQueryError::BadLimit);
		Ok(limit as usize)
	}

	fn claimable(position: &PositionOf<T>, campaign: &CampaignOf<T>) -> Claimable {
		let id = position.campaign;
		let now = Self::now();
		let units = position.units;
		let live = Self::is_live(position, campaign);
		let share = |units: Balance| {
			let mut campaign = campaign.clone();
			Self::take_share(&mut campaign, units).unwrap_or_default()
		};
		let may_withdraw = campaign.state == State::Funding
			&& (!live
				|| Agreements::<T>::get(id).is_some_and(|agreement| {
					Self::may_withdraw(position, campaign, &agreement.terms, &now)
				}));
		let may_exit = live
			&& units > 0
			&& Self::phase(id, campaign, &now) == Phase::Grace
			&& Rounds::<T>::get(id).is_some_and(|round| {
				Self::was_overruled(position, &round, Self::verdict(id, &round))
			});
		Claimable {
			withdraw: if may_withdraw { units } else { 0 },
			exit: if may_exit { share(units) } else { 0 },
			claim: match campaign.state {
				_ if !live => units,
				State::Failed => units,
				State::WindDown if units > 0 => share(units),
				_ => 0,
			},
			revenue: Self::pending_revenue(position, campaign),
		}
	}

	fn view(
		id: CampaignId,
		campaign: CampaignOf<T>,
		agreement: AgreementOf<T>,
	) -> CampaignViewOf<T> {
		let now = Self::now();
		let round = Rounds::<T>::get(id);
		let policy: PolicyInput<T::AccountId> = match agreement.policy.clone() {
			Policy::Open => Policy::Open,
			Policy::Attested {
				attester,
				limits,
				affiliates,
			} => Policy::Attested {
				attester,
				limits: limits.into_inner(),
				affiliates: affiliates.into_inner(),
			},
		};
		CampaignView {
			id,
			metaverse: campaign.metaverse,
			founder: T::Metaverses::owner(campaign.metaverse),
			beneficiary: T::Metaverses::account(campaign.metaverse),
			pot: Self::pot(id),
			phase: Self::phase(id, &campaign, &now),
			next: Self::next_steps(id, &campaign, &agreement, &now),
			next_tranche: Self::next_tranche(&campaign, &agreement).unwrap_or_default(),
			now,
			policy,
			outcome: round.as_ref().map(|round| round.outcome()),
			round,
			dispute: Disputes::<T>::get(id),
			petition: Petitions::<T>::get(id),
			terms: agreement.terms,
			milestones: agreement.milestones.into_inner(),
			sponsor: campaign.sponsor,
			state: campaign.state,
			version: campaign.version,
			terms_hash: campaign.terms_hash,
			schedule: campaign.schedule,
			reconfirm_until: campaign.reconfirm_until,
			pool: campaign.pool,
			units: campaign.units,
			stale: campaign.stale,
			bond: campaign.bond,
			money: campaign.money,
			positions: campaign.positions,
			investors: campaign.investors,
			next_milestone: campaign.milestone,
			attempts: campaign.attempts,
			due: campaign.due,
		}
	}
}
