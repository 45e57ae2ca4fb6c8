//! Figures that are measured: a benchmark tells them as a part, `madang-report` puts them into a
//! document.
//!
//! A benchmark makes one [`Part`], with [`Table`]s, notes, targets with their [`Bound`]s and
//! [`Plot`]s, and ends with [`Part::finish`]. That prints everything as text, and writes it into the
//! folder that the environment variable [`FOLDER`] names, so that the figures of several runs can be
//! put into one document afterwards: see [`document`].
//!
//! ```no_run
//! use madang_report::{Bound, Part, Table};
//!
//! let mut part = Part::new("calls");
//! let mut table = Table::new("Calls", ["call", "time, µs"]);
//! table.row(["`land.transfer`".into(), "233.8".into()]);
//! part.table(table);
//! part.note("Medians of nine rounds.");
//! part.target("`land.transfer`, µs", 233.8, Bound::AtMost(250.0));
//! let code = part.finish();
//! ```

pub mod document;
pub mod figures;
mod part;
mod plot;
mod table;
mod target;

pub use part::{benchmark, Part, FOLDER};
pub use plot::{Axis, Plot, Series};
pub use table::Table;
pub use target::{Bound, Target};
