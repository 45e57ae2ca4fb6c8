//! What the first block begins with: open sales, and the roads of the towns.

use frame_support::{ensure, pallet_prelude::DispatchError};
use madang_primitives::{
	geometry::Area, land::SalePolicy, traits::Metaverses, Balance, MetaverseId,
};
use sp_runtime::traits::Zero;

use crate::{Config, Error, Pallet, Parcel, Territories};

impl<T: Config> Pallet<T> {
	/// Opens the sale of a metaverse. Panics when genesis does not found it.
	#[expect(
		clippy::panic,
		reason = "a chain must not begin with less than its genesis says"
	)]
	pub(crate) fn open_sale_at_genesis(metaverse: MetaverseId, price_per_cell: Balance) {
		Territories::<T>::mutate(metaverse, |territory| {
			territory
				.as_mut()
				.unwrap_or_else(|| {
					panic!("genesis sells land of {metaverse}, which it does not found")
				})
				.sale = SalePolicy::Open { price_per_cell };
		});
	}

	/// Lays a road: a parcel of the town's own account. Panics with the reason when it cannot lie
	/// there.
	#[expect(
		clippy::panic,
		reason = "a chain must not begin with less than its genesis says"
	)]
	pub(crate) fn lay_road_at_genesis(metaverse: MetaverseId, road: &Area) {
		Self::lay_road(metaverse, road).unwrap_or_else(|why| {
			let Area {
				x,
				y,
				width,
				height,
			} = road;
			panic!(
				"genesis cannot lay the road of {width} x {height} cells at {x}, {y} of metaverse \
				 {metaverse}: {why}"
			)
		});
	}

	fn lay_road(metaverse: MetaverseId, road: &Area) -> Result<(), &'static str> {
		let mut territory = Self::territory_of(metaverse).map_err(Self::why_no_road)?;
		// A territory without an owner is the network's.
		ensure!(
			T::Metaverses::owner(metaverse).is_none(),
			"it is not a town; lay roads in the network's own metaverses only"
		);
		Self::ensure_claimable(&territory, road).map_err(Self::why_no_road)?;
		let town = T::Metaverses::account(metaverse);
		let record = Parcel {
			area: *road,
			depositor: town.clone(),
			// A town pays for nothing that it stores.
			deposit: Zero::zero(),
		};
		Self::insert_parcel(metaverse, &mut territory, record, &town).map_err(Self::why_no_road)?;
		Territories::<T>::insert(metaverse, territory);
		Ok(())
	}

	/// Says an error as whoever writes a preset needs it; the texts of the errors speak to callers.
	fn why_no_road(error: impl Into<DispatchError>) -> &'static str {
		let error = error.into();
		let sentences = [
			(
				Error::<T>::UnknownMetaverse,
				"genesis does not found it; add it to the towns",
			),
			(
				Error::EmptyArea,
				"it has no cells; give it a width and a height",
			),
			(
				Error::OutsideTerritory,
				"it reaches beyond the territory; keep to its width and height",
			),
			(
				Error::ParcelTooLarge,
				"a side is longer than MaxParcelSide; lay it in several pieces",
			),
			(
				Error::Occupied,
				"it overlaps another road; give each cell to one of them",
			),
		];
		sentences
			.into_iter()
			.find_map(|(known, sentence)| (error == DispatchError::from(known)).then_some(sentence))
			.unwrap_or_else(|| error.into())
	}
}
