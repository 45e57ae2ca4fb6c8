//! What every pallet says about its weights.

/// Declares the trait `WeightInfo`: one function for each benchmark of the pallet that makes a weight.
///
/// The runtime implements it with generated files. `()` is for tests of the pallet, in which nothing
/// weighs anything.
#[macro_export]
macro_rules! weight_info {
	($( $(#[$doc:meta])* fn $name:ident($($component:ident),*); )+) => {
		/// What each call costs at most.
		pub trait WeightInfo {
			$( $(#[$doc])* fn $name($($component: u32),*) -> Weight; )+
		}

		impl WeightInfo for () {
			$( fn $name($(_: $crate::weight_info!(@number $component)),*) -> Weight {
				Weight::zero()
			} )+
		}
	};
	(@number $component:ident) => { u32 };
}
