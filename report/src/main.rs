//! `madang-report`: puts what was measured into a document.

use std::{
	fs, io,
	path::{Path, PathBuf},
	process::ExitCode,
};

use clap::Parser;
use madang_report::{
	document::{BadMark, Document, Overview},
	Part,
};

/// Puts the figures of benchmarks into the marked places of a document, draws its pictures into the
/// folder beside it that has its name, and prints all targets.
#[derive(Parser)]
struct Cli {
	/// The folder that the benchmarks wrote their figures into.
	figures: PathBuf,

	/// The document, for example docs/performance.md.
	document: PathBuf,
}

/// Why nothing was put into the document.
#[derive(Debug, thiserror::Error)]
enum Error {
	#[error("{}: {source}", path.display())]
	File { path: PathBuf, source: io::Error },
	#[error("{}: {source}; remove the file and measure this part again", path.display())]
	Figures {
		path: PathBuf,
		source: serde_json::Error,
	},
	#[error("{} has no figures; measure some with ./task bench", .0.display())]
	NothingMeasured(PathBuf),
	#[error("{}: {source}", path.display())]
	Mark { path: PathBuf, source: BadMark },
}

fn main() -> ExitCode {
	match report(&Cli::parse()) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("madang-report: {error}");
			ExitCode::FAILURE
		}
	}
}

fn report(cli: &Cli) -> Result<(), Error> {
	let path = &cli.document;
	let text = fs::read_to_string(path).map_err(failed(path))?;
	let mut document = Document::new(&text);
	let parts = in_order(read_parts(&cli.figures)?, &document);
	let overview = Overview::new(&parts, &document);
	let pictures = path.with_extension("");
	let folder = pictures.file_name().unwrap_or_default().to_string_lossy();
	document
		.fill(&parts, &overview, &folder)
		.map_err(|source| Error::Mark {
			path: path.clone(),
			source,
		})?;

	draw(&parts, &pictures)?;
	fs::write(path, document.text()).map_err(failed(path))?;
	println!("{}", overview.text());
	for name in overview.unmeasured() {
		eprintln!(
			"{name} was not measured; {} keeps what it has",
			path.display()
		);
	}
	Ok(())
}

/// All parts in a folder, of which there is at least one.
fn read_parts(folder: &Path) -> Result<Vec<Part>, Error> {
	let mut parts = Vec::new();
	for entry in fs::read_dir(folder).map_err(failed(folder))? {
		let path = entry.map_err(failed(folder))?.path();
		if path
			.extension()
			.is_some_and(|extension| extension == "json")
		{
			parts.push(read_part(&path)?);
		}
	}
	if parts.is_empty() {
		return Err(Error::NothingMeasured(folder.into()));
	}
	Ok(parts)
}

fn read_part(path: &Path) -> Result<Part, Error> {
	let json = fs::read_to_string(path).map_err(failed(path))?;
	serde_json::from_str(&json).map_err(|source| Error::Figures {
		path: path.into(),
		source,
	})
}

/// The parts as they follow each other in the document.
fn in_order(mut parts: Vec<Part>, document: &Document) -> Vec<Part> {
	let places = document.places();
	parts.sort_by_key(|part| places.iter().position(|place| *place == part.name()));
	parts
}

fn draw(parts: &[Part], folder: &Path) -> Result<(), Error> {
	for plot in parts.iter().flat_map(Part::plots) {
		fs::create_dir_all(folder).map_err(failed(folder))?;
		let path = folder.join(format!("{}.svg", plot.file));
		fs::write(&path, plot.svg()).map_err(failed(&path))?;
	}
	Ok(())
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
	move |source| Error::File {
		path: path.into(),
		source,
	}
}
